"""The page of an actor or a place."""
