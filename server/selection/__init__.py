"""One filter for every view: how it stands in the address, what it means in SPARQL, and each view's query."""
