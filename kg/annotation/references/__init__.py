"""Epithets and pronouns to the entity meant."""
