"""German syntax from STTS tags: clauses, topological fields, predicates, noun phrases. No statistics, linear time."""
