"""Names as they are compared with each other, in the search and in reconciliation."""

from __future__ import annotations

import re

from kg.german.transliteration import fold

_GAPS = re.compile(r"[\W_]+")


def levelled(name: str) -> str:
    """Return ``name`` in lower case without diacritics and with single blanks for everything between its words."""
    return _GAPS.sub(" ", fold(name).casefold()).strip()
