"""The quality page: what conforms, what is set aside, how much is known."""
