"""Words to names: gazetteer matches, proper names, and which entity is meant."""
