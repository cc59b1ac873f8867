"""Who speaks in an interview: its paragraphs begin with a name and a colon, time and again (Kehrer: Weil die Kämpfer …)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.annotation.events.referents import Referents
from kg.annotation.syntax.sentence import Syntax
from kg.annotation.words.token_table import TokenTable

LABEL_MARK = ":"
LONGEST_SPEAKER = 4  # words
LABEL_TAGS = frozenset(("NE", "NN", "FM", "XY"))
TURNS = 2  # of one speaker, at least, in what is a dialogue
PARAGRAPH = "\n\n"


def speakers_by_turn(syntaxes: Sequence[Syntax], tokens: TokenTable, referents: Referents) -> dict[int, tuple[str, ...]]:
    """Return who says each sentence of an interview, by number; sentences of questions that nobody is named for are left out.

    A turn goes on until the next paragraph with a label. Empty where the article is no interview with somebody known.
    """
    labels = {n: label for n, syntax in enumerate(syntaxes) if (label := _label(syntax, tokens))}
    told = Counter(labels.values())
    if sum(number >= TURNS for number in told.values()) < 2:
        return {}
    out: dict[int, tuple[str, ...]] = {}
    speaker: tuple[str, ...] = ()
    for n in range(len(syntaxes)):
        if n in labels:
            speaker = _person(n, referents) if told[labels[n]] >= TURNS else ()
        if speaker:
            out[n] = speaker
    return out


def _label(syntax: Syntax, tokens: TokenTable) -> str:
    """Return the words before the colon with which a sentence opens its paragraph, "" where it does not so."""
    words = syntax.words
    if not len(words):  # a sentence that could not be read
        return ""
    first = words.index[0]
    opens = first == 0 or PARAGRAPH in tokens.words[first - 1]
    end = next((k for k in range(min(len(words), LONGEST_SPEAKER + 1)) if words.text[k] == LABEL_MARK), 0)
    named = opens and end > 0 and all(words.tag[k] in LABEL_TAGS for k in range(end))
    return " ".join(words.text[:end]) if named else ""


def _person(sentence: int, referents: Referents) -> tuple[str, ...]:
    chunks = referents.syntax(sentence).chunks[0]
    found = (f for k in range(len(chunks[:1])) for f in referents.fillers(sentence, (0, k)))
    return tuple(f.slug for f in found if f.slug and f.kind == "Person" and f.sure)
