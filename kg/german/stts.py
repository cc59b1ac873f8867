"""Sets of STTS tags: the interface between whatever tags words and all that reads them."""

FINITE = frozenset(("VVFIN", "VAFIN", "VMFIN", "VVIMP", "VAIMP"))
NONFINITE = frozenset(("VVPP", "VAPP", "VMPP", "VVINF", "VAINF", "VMINF", "VVIZU"))
VERBAL = FINITE | NONFINITE
NOMINAL = frozenset(("NN", "NE", "FM", "XY", "TRUNC"))
RELATIVE = frozenset(("PRELS", "PRELAT"))
QUESTION = frozenset(("PWS", "PWAT", "PWAV"))
PUNCTUATION = frozenset(("$,", "$.", "$("))
