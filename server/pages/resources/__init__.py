"""Pages of single things: an event, an actor, a place, an article; each from queries that anybody may send."""
