"""Tables of events as analysts know them: one row an event, over all articles that report it."""
