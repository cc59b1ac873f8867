"""The graph as files: formats, selections, Wikidata linksets, OWL."""
