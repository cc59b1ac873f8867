"""VALIDATE: SHACL over an article's graph; what fails is set aside."""
