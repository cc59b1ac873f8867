"""Which mentions of an article tell of one occurrence, and what they share."""
