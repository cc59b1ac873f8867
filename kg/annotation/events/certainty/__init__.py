"""How sure a text is of what its clauses tell."""
