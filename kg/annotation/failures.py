"""A sentence that breaks a component costs itself, never its article: it is found, blanked out, and named."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

Stretch = tuple[int, int]  # begin and end, in code points of the text
Read = Callable[[str], Doc]


@dataclass(frozen=True, slots=True)
class SentenceFailure:
    """A sentence that was left out, and the error that it caused; offsets are code points of the text."""

    begin: int
    end: int
    error: str


def read_what_can_be(read: Read, text: str, nlp: Language) -> tuple[Doc, tuple[SentenceFailure, ...]]:
    """Return ``text`` as ``read`` annotates it, without the sentences at which it fails; offsets stay as they are.

    Raises what ``read`` raises when that happens without any words, too.
    """
    failures: list[SentenceFailure] = []
    sentences: Sequence[Stretch] = ()
    while True:
        try:
            return read(text), tuple(sorted(failures, key=lambda failure: failure.begin))
        except Exception as error:  # whatever is wrong with one sentence, the others are read, and it is named
            sentences = sentences or _sentences(nlp, text)
            if not text.strip() or not sentences:
                raise
            begin, end = _first_failing(read, text, sentences)
            failures.append(SentenceFailure(begin, end, f"{type(error).__name__}: {error}".strip(": ")))
            text = _blanked(text, begin, end)


def _first_failing(read: Read, text: str, sentences: Sequence[Stretch]) -> Stretch:
    """Return the sentence with which reading begins to fail, by halving: before it all is well, with it no more."""
    well, failing = 0, len(sentences)  # numbers of sentences that are read
    while failing - well > 1:
        middle = (well + failing) // 2
        if _fails(read, _blanked(text, sentences[middle][0], len(text))):
            failing = middle
        else:
            well = middle
    return sentences[well]


def _fails(read: Read, text: str) -> bool:
    try:
        read(text)
    except Exception:  # the same as above
        return True
    return False


def _blanked(text: str, begin: int, end: int) -> str:
    """Return ``text`` with blanks for the characters of a stretch; lines stay lines."""
    return text[:begin] + re.sub(r"\S", " ", text[begin:end]) + text[end:]


def _sentences(nlp: Language, text: str) -> list[Stretch]:
    """Return the sentences of ``text``; its lines where even they can't be found."""
    try:
        doc = nlp.get_pipe("lagebild_sentences")(nlp.make_doc(text))
        found = [(sentence.start_char, sentence.end_char) for sentence in doc.sents]
    except Exception:  # the fault lies in words or sentences
        found = [match.span() for match in re.finditer(r"[^\n]+", text)]
    return [_trimmed(text, begin, end) for begin, end in found if text[begin:end].strip()]


def _trimmed(text: str, begin: int, end: int) -> Stretch:
    inner = text[begin:end]
    return begin + len(inner) - len(inner.lstrip()), begin + len(inner.rstrip())
