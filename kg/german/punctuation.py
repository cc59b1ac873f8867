"""Marks of punctuation in German text, by what they do."""

QUOTES = frozenset("\"„“”»«‚‘’›‹'")
DASHES = ("-", "–", "—")
