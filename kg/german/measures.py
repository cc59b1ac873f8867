"""Nouns that measure what an adjective says: 27 Jahre alt, 500 Meter lang."""

from __future__ import annotations

from kg.german.word_sets import word_set

MEASURES = word_set("german", "measures")  # in small letters
