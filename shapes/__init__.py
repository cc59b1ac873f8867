"""SHACL shapes, as Turtle files beside this one."""
