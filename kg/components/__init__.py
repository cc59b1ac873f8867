"""The steps of annotation: one spaCy component a module, in the order of :mod:`kg.pipeline`."""
