"""The killable processes that evaluate queries."""
