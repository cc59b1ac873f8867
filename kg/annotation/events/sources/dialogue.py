"""Who speaks in an interview: its paragraphs begin with a name and a colon, time and again (Kehrer: Weil die Kämpfer …)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.annotation.events.referents import Referents
from kg.annotation.events.sources.headings import heading
from kg.annotation.syntax.sentence import Syntax
from kg.annotation.words.token_table import TokenTable, paragraphs_of

LONGEST_SPEAKER = 4  # words
TURNS = 2  # of one speaker, at least, in what is a dialogue
FEWEST_SPEAKERS = 2


def speakers_by_turn(syntaxes: Sequence[Syntax], tokens: TokenTable, referents: Referents) -> dict[int, tuple[str, ...]]:
    """Return who says each sentence of an interview, by number; sentences of questions that nobody is named for are left out.

    A turn goes on until the next paragraph with a label. Empty where the article is no interview with somebody known.
    """
    paragraphs = paragraphs_of(tokens)
    opening = (n for n in range(len(syntaxes)) if n == 0 or paragraphs[n] != paragraphs[n - 1])
    labels = {n: label for n in opening if (label := _label(syntaxes[n]))}
    told = Counter(labels.values())
    if sum(number >= TURNS for number in told.values()) < FEWEST_SPEAKERS:
        return {}
    out: dict[int, tuple[str, ...]] = {}
    speaker: tuple[str, ...] = ()
    for n in range(len(syntaxes)):
        if n in labels:
            speaker = _person(n, referents) if told[labels[n]] >= TURNS else ()
        if speaker:
            out[n] = speaker
    return out


def _label(syntax: Syntax) -> str:
    """Return the words before the colon with which a sentence opens, "" where it does not so."""
    if not syntax.clauses or not heading(syntax):  # it has no clauses where it could not be read
        return ""
    words = syntax.clauses[0].words
    return " ".join(syntax.words.text[k] for k in words) if len(words) <= LONGEST_SPEAKER else ""


def _person(sentence: int, referents: Referents) -> tuple[str, ...]:
    found = referents.fillers(sentence, heading(referents.syntax(sentence))[0])
    return tuple(f.slug for f in found if f.slug and f.kind == "Person" and f.sure)
