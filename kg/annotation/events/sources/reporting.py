"""The words by which a text names a source (verbs of saying, laut, zufolge), and what is said by whom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg.annotation.syntax.sentence import Syntax
from kg.resources import table


@dataclass(frozen=True, slots=True)
class ReportingVerb:
    """A verb of saying: where what is said and who says it stand, and what the verb itself says of it (bestreiten).

    ``words`` are those that must stand in its clause (verantwortlich machen).
    """

    slots: frozenset[str] = frozenset()
    factuality: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceCues:
    """``lexicon/events/reporting.tsv`` and ``events/sources.tsv``."""

    verbs: dict[str, tuple[ReportingVerb, ...]]
    before: frozenset[str]
    after: frozenset[str]
    again: frozenset[str]


@dataclass(frozen=True, slots=True)
class Statement:
    """A clause that somebody says; ``sources`` is empty when the text does not name who."""

    sources: tuple[str, ...]
    factuality: str = ""  # what the verb of saying makes of it: denied


@lru_cache(maxsize=1)
def source_cues() -> SourceCues:
    """Read the tables once."""
    rows = list(table("events/sources.tsv"))
    before, after, again = (frozenset(r["word"] for r in rows if r["what"] == what) for what in ("before", "after", "again"))
    verbs: dict[str, tuple[ReportingVerb, ...]] = {}
    for row in table("events/reporting.tsv"):
        *words, lemma = row["verb"].split()
        verb = ReportingVerb(frozenset(row["slots"].split()), row["factuality"], tuple(words))
        verbs[lemma] = (*verbs.get(lemma, ()), verb)
    return SourceCues(verbs, before, after, again)


def saying(syntax: Syntax, clause: int, lemma: str) -> ReportingVerb:
    """Return a verb of saying by its lemma, rather one with further words that stand in the clause (bekannt geben)."""
    known = source_cues().verbs.get(lemma, ())
    words = syntax.words
    forms = (
        {form for k in syntax.clauses[clause].words for form in (words.lower[k], words.lemma[k].lower())} if known else set()
    )
    fitting = [v for v in known if forms.issuperset(w.lower() for w in v.words)]
    return max(fitting, key=lambda v: len(v.words), default=ReportingVerb())
