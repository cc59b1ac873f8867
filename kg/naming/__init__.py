"""How names are written in German text: parts, inflection, the nouns that stand beside them."""
