"""Phrases that name a source: laut, X zufolge, nach Angaben von X, aus Sicherheitskreisen. Syntax alone says which they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.annotation.events.sources.reporting import source_cues
from kg.annotation.syntax.attributes import Ref, preposition
from kg.annotation.syntax.chunks import Chunk
from kg.annotation.syntax.sentence import Syntax
from kg.german.reporting_nouns import names_circle, names_statement, who_states
from kg.german.word_sets import word_set

OWNERS = word_set("events", "owners")
CIRCLE_PREPOSITIONS = word_set("events", "circle_prepositions")
OWNED = "eigen"


@dataclass(frozen=True, slots=True)
class SourcePhrase:
    """``head`` is the phrase with the preposition; ``owners`` are the phrases that say whose statement it is.

    ``stated``: the head is a statement (Angaben), not the source itself.
    """

    head: Ref
    owners: tuple[Ref, ...] = ()
    stated: bool = False


def source_phrases(syntax: Syntax, clause: int) -> Iterator[SourcePhrase]:
    """Yield the source phrases of a clause, in text order."""
    behind = _before_zufolge(syntax, clause)
    for k, chunk in enumerate(syntax.chunks[clause]):
        if chunk.pronoun and k not in behind:
            continue
        name, noun = preposition(chunk), syntax.words.lemma[chunk.head]
        known = (name in source_cues().before and chunk.genitive_of is None) or k in behind
        statement = names_statement(noun) and (known or (name == "nach" and not _temporal(syntax, chunk)))
        circle = names_circle(syntax.words.lower[chunk.head]) and (known or name in CIRCLE_PREPOSITIONS)
        if statement or circle:
            own = OWNED in syntax.words.lemma[chunk.begin : chunk.head]  # nach eigenen Angaben (aus dem Zentrum vertrieben)
            yield SourcePhrase((clause, k), () if own else tuple(_owners(syntax, clause, k)), stated=True)
        elif known:
            yield SourcePhrase((clause, k))


def named_phrases(syntax: Syntax) -> frozenset[Ref]:
    """Return the phrases of a sentence that name a source: they are no participants of what it tells."""
    found = (p for c in range(len(syntax.clauses)) for p in source_phrases(syntax, c))
    return frozenset(ref for phrase in found for ref in (phrase.owners if phrase.stated else (phrase.head,)))


def _before_zufolge(syntax: Syntax, clause: int) -> set[int]:
    """Phrases that "zufolge" closes: Behörden in Mombasa zufolge, einem Bericht der Zeitung zufolge."""
    out: set[int] = set()
    closers, words = source_cues().after, syntax.words.lower
    if closers.isdisjoint(words):
        return out
    for k, chunk in enumerate(syntax.chunks[clause]):
        if closers.isdisjoint(words[chunk.end - 1 : chunk.end + 1]):
            continue
        top = k
        while (up := _up(syntax.chunks[clause][top])) is not None and up < top:
            top = up
        out.add(top)
    return out


def _up(chunk: Chunk) -> int | None:
    return chunk.genitive_of if chunk.genitive_of is not None else chunk.follows


def _temporal(syntax: Syntax, chunk: Chunk) -> bool:
    """Nach dem Bericht, nach der Meldung: then, not according to."""
    definite = chunk.determiner is not None and syntax.words.lower[chunk.determiner].startswith("d")
    return definite and not _plural(syntax, chunk)


def _plural(syntax: Syntax, chunk: Chunk) -> bool:
    return syntax.words.lower[chunk.head] != syntax.words.lemma[chunk.head].lower()


def _owners(syntax: Syntax, clause: int, head: int) -> Iterator[Ref]:
    """The genitive, von- and aus-phrases of a statement, and the lists that they begin."""
    owning: set[int] = set()
    known = who_states(syntax.words.text[syntax.chunks[clause][head].head])  # nach Armeeangaben von Rebellen getötet
    for k, chunk in enumerate(syntax.chunks[clause]):
        owner = not known and chunk.follows == head and preposition(chunk) in {*OWNERS, *source_cues().after}
        of = chunk.genitive_of == head or owner
        listed = chunk.list_with is not None and chunk.list_with in owning
        joined = bool(owning) and chunk.preposition is None and _joins(syntax, clause, owning, chunk)
        if (of and chunk.list_with is None) or listed or joined:
            owning.add(k)
            yield clause, k


def _joins(syntax: Syntax, clause: int, owning: set[int], chunk: Chunk) -> bool:
    """Nach Angaben von Bewohnern und eines Arztes: a further owner behind "und", in the genitive."""
    at = chunk.begin - 1
    return syntax.words.tag[at] == "KON" and chunk.may_be("g") and syntax.chunks[clause][max(owning)].end == at
