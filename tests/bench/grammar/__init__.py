"""Sentences with known readings: constructions, verbs of every type, words that no lexicon entry was written for."""
