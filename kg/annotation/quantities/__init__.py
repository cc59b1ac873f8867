"""Numbers of people and things."""
