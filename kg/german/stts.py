"""Sets of STTS tags: the interface between whatever tags words and all that reads them."""

FINITE = frozenset(("VVFIN", "VAFIN", "VMFIN", "VVIMP", "VAIMP"))
NONFINITE = frozenset(("VVPP", "VAPP", "VMPP", "VVINF", "VAINF", "VMINF", "VVIZU"))
VERBAL = FINITE | NONFINITE
NOUNS = ("NN", "NE", "FM", "XY")
NOMINAL = frozenset((*NOUNS, "TRUNC"))
ARTICLE_TAGS = frozenset(("ART", "PPOSAT", "PDAT"))
HEAD_NOUNS = frozenset(("NN", "NE"))
NUMBERS = frozenset(("CARD", "PIAT", "PIDAT"))
ATTRIBUTIVE = NUMBERS | {"ADJA"}
RELATIVE = frozenset(("PRELS", "PRELAT"))
QUESTION = frozenset(("PWS", "PWAT", "PWAV"))
PUNCTUATION = frozenset(("$,", "$.", "$("))
