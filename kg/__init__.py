"""Lagebild: German news reporting on armed conflict as a knowledge graph."""
