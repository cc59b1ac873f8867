"""Time expressions to day bounds."""
