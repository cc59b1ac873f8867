"""The store as one OWL 2 DL file that Protégé opens: ontology, gazetteer and facts, nothing imported."""
