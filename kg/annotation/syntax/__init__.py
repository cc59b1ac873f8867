"""Sentences to clauses, phrases and their functions."""
