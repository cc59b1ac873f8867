"""Which known name is meant by a string: spellings, typos, genitives, other orders; scores between 0 and 1."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from kg.german.inflection import genitive
from kg.german.transliteration import articles, key
from server.data.names import levelled

SHORTEST_KEY = 3  # letters of a transliteration key that are enough to go by
SAME_KEY = 0.95  # another spelling of the same name counts so much at least
CHANGED = 0.97  # what is a name only once it is turned round or no genitive: Hamas is more than the genitive of Hama
OTHER_BEGINNING = 0.12  # taken off when the first sound differs: typing errors are rare there
WEAKEST = 0.5  # similarities below are no candidates
_QUALIFIED = re.compile(r"(?P<name>[^,()]*[^,()\s])\s*(?:\((?P<inside>[^()]+)\)|,(?P<behind>[^()]+))")
MOST = 60  # names looked at for each way of comparing
LONGEST = 300  # characters of a query; names are shorter
SHORTEST_STEM = 4


def qualified(query: str) -> tuple[str, tuple[str, ...]] | None:
    """Part «Mossul, Irak» and «Aleppo (Syrien)» in the name and what it is said to belong to; None: it is no such name."""
    found = _QUALIFIED.fullmatch(query.strip()[:LONGEST])
    if found is None:
        return None
    qualifiers = tuple(part for part in map(str.strip, (found["inside"] or found["behind"]).split(",")) if part)
    return (found["name"], qualifiers) if qualifiers else None


def sound(name: str) -> str:
    """Return the transliteration key of ``name``; an Arabic article inside it needs no hyphen (Dair az Zaur)."""
    words = name.split()
    inner = [word + "-" if word.casefold() in articles() else word + " " for word in words[1:-1]]
    return key("".join([*(word + " " for word in words[:1]), *inner, *words[1:][-1:]]))


class Names:
    """All names and whose they are."""

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        """Take (name, owner) pairs."""
        owners: defaultdict[str, set[str]] = defaultdict(set)
        keys: dict[str, str] = {}
        for name, owner in named:
            if level := levelled(name):
                owners[level].add(owner)
                keys.setdefault(level, sound(name))
        self._names = sorted(owners)
        self._keys = [keys[name] for name in self._names]
        self._owners = [sorted(owners[name]) for name in self._names]

    def scores(self, query: str) -> dict[str, float]:
        """Return the owners of similar names, each with the score of its most similar one."""
        found: defaultdict[str, float] = defaultdict(float)
        for written, most in _variants(query[:LONGEST]):
            level, heard = levelled(written), sound(written)
            for index in self._near(level, heard):
                score = min(most, _score(level, heard, self._names[index], self._keys[index]))
                for owner in self._owners[index] if score >= WEAKEST else ():
                    found[owner] = max(found[owner], score)
        return dict(found)

    def beginning_with(self, prefix: str, limit: int) -> list[str]:
        """Return the owners of names with a word that begins with ``prefix``: at the front first, short ones first."""
        wanted = levelled(prefix)
        inside = " " + wanted
        hits = [
            (not name.startswith(wanted), len(name), name, index)
            for index, name in enumerate(self._names)
            if name.startswith(wanted) or inside in name
        ]
        owners = (owner for *_, index in sorted(hits) for owner in self._owners[index])
        return list(dict.fromkeys(owners))[:limit]

    def _near(self, level: str, heard: str) -> set[int]:
        by_letters = extract(level, self._names, scorer=OSA.normalized_similarity, limit=MOST, score_cutoff=WEAKEST)
        by_sound = extract(heard, self._keys, scorer=OSA.normalized_similarity, limit=MOST, score_cutoff=WEAKEST)
        return {index for _, _, index in (*by_letters, *by_sound)}


def _variants(query: str) -> Iterator[tuple[str, float]]:
    """Yield the string itself, «Surname, First» turned round, and what it is a genitive of, each with the most it counts."""
    yield query, 1.0
    before, comma, after = query.partition(",")
    if comma and before.strip() and after.strip():
        yield f"{after.strip()} {before.strip()}", CHANGED
    stem = query.rstrip(" '’")
    for cut in (1, 2):
        base = stem[:-cut]
        if len(base) >= SHORTEST_STEM and stem in genitive(base) | genitive(base, proper=False):
            yield base, CHANGED


def _score(level: str, heard: str, name: str, name_sound: str) -> float:
    if level == name:
        return 1.0
    letters = OSA.normalized_similarity(level, name)
    if heard == name_sound and len(heard.replace(" ", "")) >= SHORTEST_KEY:
        return SAME_KEY + (1 - SAME_KEY) * letters
    score = (letters + OSA.normalized_similarity(heard, name_sound)) / 2
    return float(score if heard[:1] == name_sound[:1] else score - OTHER_BEGINNING)
