"""When an event happened: which time expression is its own, what it is counted from, and what tells of another time."""
