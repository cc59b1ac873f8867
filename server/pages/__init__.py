"""Pages for people, linked data, pictures."""
