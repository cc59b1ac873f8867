"""Sentence bounds of German news: ordinals, abbreviations, quotations, headlines and captions do not mislead them."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Any, cast

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.annotation.words.token_table import begins_of, forms_of
from kg.annotation.words.tokenizer import abbreviations, sentence_cues
from kg.german.punctuation import DASHES, QUOTES

TERMINAL = frozenset({".", "!", "?", "!!", "!!!", "??", "???", "?!", "!?"})
ELLIPSES = frozenset({"…", "...", "....", ".."})
QUOTES_AND_TICKS = QUOTES | {"''", "``"}
OPENING_SENTENCE = frozenset("([{") | QUOTES_AND_TICKS
CLOSING_SENTENCE = frozenset(")]}") | QUOTES_AND_TICKS
DASHES_AND_BULLETS = frozenset((*DASHES, "--", "•", "*"))
COMMAS = frozenset({",", ";", ":", "–", "—", "-", "|"})
ROMAN = re.compile(r"[IVX]+")
LONGEST_SENTENCE = 300  # tokens; what is longer is no sentence but a list or a text without full stops, and is cut at a comma


@Language.factory("lagebild_sentences", assigns=["token.is_sent_start"])
def create(nlp: Language, name: str) -> Sentences:
    """Make the component."""
    return Sentences()


def bounds(sentence: Span) -> tuple[int, int]:
    """Return begin and end of ``sentence`` in code points of the text, without white space at its edges."""
    text = sentence.text
    begin = sentence.start_char + len(text) - len(text.lstrip())
    return begin, max(begin, sentence.start_char + len(text.rstrip()))


class Sentences:
    """Sets ``token.is_sent_start``; every block of ``doc._.blocks`` and every paragraph begins a sentence."""

    def __init__(self) -> None:
        self._abbreviations = abbreviations()
        self._starters = sentence_cues("starter")

    def __call__(self, doc: Doc) -> Doc:
        """Set the bounds of ``doc`` in place and return it."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[int]:
        """Return the index of the first token of every sentence, rising; the first is 0 when there is a token."""
        words = forms_of(doc)
        if not words:
            return []
        starts = {0, *self._after_stops(doc, words), *_after_paragraphs(words), *_block_starts(doc)}
        return _with_limit(words, sorted(s for s in starts if s < len(words)))

    def set_annotations(self, doc: Doc, starts: list[int]) -> None:
        """Write the result of :meth:`match`."""
        if not starts:
            return
        flags = np.full((len(doc), 1), -1, dtype="int64")
        flags[starts] = 1
        # All at once: every token.is_sent_start = ... looks at the whole document again, which is quadratic.
        doc.from_array(["SENT_START"], cast(Any, flags.view("uint64")))

    def _after_stops(self, doc: Doc, words: list[str]) -> list[int]:
        starts = []
        for i, word in enumerate(words):
            if word[-1] not in ".!?…":
                continue
            after = _behind_closers(doc, words, i + 1)
            ahead = _first_word(words, after)
            if ahead < len(words) and self._ends(doc, words, i, after, ahead):
                starts.append(_behind_blanks(words, after))
        return starts

    def _ends(self, doc: Doc, words: list[str], i: int, after: int, ahead: int) -> bool:
        """Tell whether a sentence ends with word ``i``; the next begins at ``after``, its first word is ``ahead``."""
        word, following = words[i], words[ahead]
        if _goes_on(following):
            return False
        if word in ELLIPSES:
            return following in self._starters or _in_brackets(words, i)
        if word == "." and not doc[i].whitespace_ and after == i + 1 == ahead:
            return _is_missing_blank(words[i - 1] if i else "", following)
        if word == ".":
            return self._full_stop_ends(words[i - 1] if i else "", following)
        return word in TERMINAL or self._abbreviation_ends(word, following)

    def _full_stop_ends(self, before: str, following: str) -> bool:
        if ROMAN.fullmatch(before) and len(before) > 1:
            return following in self._starters
        if before + "." in self._abbreviations:
            return self._abbreviation_ends(before + ".", following)
        return True

    def _abbreviation_ends(self, word: str, following: str) -> bool:
        ends = self._abbreviations.get(word)
        if ends == "number":
            return not following[0].isdigit()
        if ends == "never" or word[:-1].isdigit():
            return False
        return following in self._starters


def _behind_closers(doc: Doc, words: list[str], i: int) -> int:
    """Return the index behind the quotes and brackets that close at ``i``: no blank parts them from the stop."""
    while i < len(words) and words[i] in CLOSING_SENTENCE and not doc[i - 1].whitespace_:
        i += 1
    return i


def _behind_blanks(words: list[str], i: int) -> int:
    """Return the index of the next token that is not white space: a line's end belongs to the sentence before it."""
    while i < len(words) and words[i].isspace():
        i += 1
    return i


def _first_word(words: list[str], i: int) -> int:
    """Return the index of the next word or number, behind opening marks, dashes and blanks, ten tokens on at most."""
    limit = min(len(words), i + 10)
    while i < limit and (words[i] in OPENING_SENTENCE or words[i] in DASHES_AND_BULLETS or words[i].isspace()):
        i += 1
    return i


def _goes_on(following: str) -> bool:
    """Tell whether the sentence runs on: with a small letter or a comma, but not with a name like al-Baghdadi."""
    first = following[0]
    if first.islower():
        _, hyphen, rest = following.partition("-")
        return not (hyphen and rest[:1].isupper() and len(following) > len(rest) + 2)
    return not first.isalnum()


def _in_brackets(words: list[str], i: int) -> bool:
    return 0 < i < len(words) - 1 and words[i - 1] in ("[", "(") and words[i + 1] in ("]", ")")


def _is_missing_blank(before: str, following: str) -> bool:
    """Tell ``geschehen.Im`` from ``Ph.D`` and ``U.S.Army``."""
    return (len(before) > 2 or before.isdigit()) and len(following) > 1 and following[0].isupper()


def _after_paragraphs(words: list[str]) -> list[int]:
    return [i + 1 for i, word in enumerate(words) if word.isspace() and word.count("\n") > 1]


def _block_starts(doc: Doc) -> list[int]:
    """Return the first token of every block; a block behind the last token has none."""
    begins = begins_of(doc)
    blocks = doc._.blocks if Doc.has_extension("blocks") else ()
    return [first for block in blocks if (first := bisect_left(begins, block.begin)) < len(begins)]


def _with_limit(words: list[str], starts: list[int]) -> list[int]:
    """Cut what is longer than :data:`LONGEST_SENTENCE` at its last comma, or where it must."""
    out: list[int] = []
    for begin, end in zip(starts, [*starts[1:], len(words)], strict=True):
        while end - begin > LONGEST_SENTENCE:
            out.append(begin)
            commas = (i + 1 for i in range(begin + LONGEST_SENTENCE - 1, begin, -1) if words[i] in COMMAS)
            begin = next(commas, begin + LONGEST_SENTENCE)
        out.append(begin)
    return out
