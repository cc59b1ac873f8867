"""What is known before any text is read: shipped triples, gazetteer, event lexicon."""
