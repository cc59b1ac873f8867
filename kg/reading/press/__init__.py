"""Press databases: one module for each, and one that knows them all."""
