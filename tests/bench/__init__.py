"""Measurements, no tests: ``python -m tests.bench`` or ``make bench``."""
