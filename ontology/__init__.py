"""The ontology and the gazetteer, as Turtle files beside this one."""
