"""German words: spaCy's tokenizer, with the places mended where news text goes wrong.

Compounds with a hyphen stay one token (``IS-Kämpfer``, ``al-Baghdadi``); quotation marks and dashes are tokens of their
own. A number keeps its full stop where it is an ordinal (``am 3. Oktober``) and loses it where the sentence ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import Any

from spacy.lang.char_classes import ALPHA
from spacy.language import Language, create_tokenizer
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

from kg.annotation.words.token_table import forms_of
from kg.resources import table

LONG_WORD = re.compile(r"\S{200,}")
PIECE = 100  # characters; spaCy's affix rules look at a whole word again for every affix, so a long one takes forever
NUMBER_WITH_STOP = re.compile(r"(?:.*\d)\.")
ORDINAL = re.compile(r"\d{1,3}\.")
DAY_AND_MONTH = re.compile(r"\d{1,2}\.\d{1,2}\.")
INFIXES = (
    rf"(?<=[{ALPHA}0-9])[–—](?=[{ALPHA}0-9])",  # Syrien–Irak
    rf"(?<=[{ALPHA}0-9.!?,:;])[\"„“”»«‚‹›](?=[{ALPHA}0-9-])",  # „Kalifat“-Anhänger, Ende.“Danach
    r"(?<=[a-zäöüß]{2})[.!?,:;](?=[„“”»«\"])",
    r"(?<=[0-9]{4})\.(?=[A-ZÄÖÜ])",
)


@cache
def sentence_cues(kind: str) -> frozenset[str]:
    """Return the words of one ``kind`` of lexicon/words/sentence_cues.tsv."""
    return frozenset(row["form"] for row in table("words/sentence_cues.tsv") if row["kind"] == kind)


@cache
def abbreviations() -> dict[str, str]:
    """Return lexicon/words/abbreviations.tsv: form with its full stop -> when a sentence ends with it."""
    return {row["form"]: row["ends"] for row in table("words/abbreviations.tsv")}


def german_tokenizer(nlp: Language) -> GermanTokenizer:
    """Return the tokenizer for ``nlp``, a German pipeline; the pipeline itself is not changed."""
    defaults = nlp.Defaults
    base: Any = create_tokenizer()(nlp)
    base.prefix_search = compile_prefix_regex([*(defaults.prefixes or ()), "[‹›]"]).search
    base.suffix_search = compile_suffix_regex([*(defaults.suffixes or ()), "[‹›]"]).search
    base.infix_finditer = compile_infix_regex([*(defaults.infixes or ()), *INFIXES]).finditer
    for form, ends in abbreviations().items():
        if ends != "number":  # Art., Abs. ... are also words, which then close a sentence
            base.add_special_case(form, [{"ORTH": form}])
    return GermanTokenizer(base)


class GermanTokenizer:
    """Turns text into a :class:`Doc` whose text is exactly the text given."""

    def __init__(self, base: Any) -> None:
        self._base = base  # spaCy's Tokenizer, which has no type stubs

    def __call__(self, text: str) -> Doc:
        """Return the unannotated document of ``text``; time grows with its length, whatever it holds."""
        doc: Doc = self._base(text) if LONG_WORD.search(text) is None else self._rebuilt(self._cut(text))
        if any(form[-1] == "." and NUMBER_WITH_STOP.fullmatch(form) for form in forms_of(doc)):
            return self._rebuilt(_stops_apart(doc))
        return doc

    def memory_zone(self, mem: Any = None) -> AbstractContextManager[Any]:
        """Forget words met inside the ``with`` block, as :meth:`spacy.language.Language.memory_zone` asks for."""
        zone: AbstractContextManager[Any] = getattr(self._base, "memory_zone", lambda mem: nullcontext())(mem)
        return zone

    def _cut(self, text: str) -> Iterator[tuple[str, bool]]:
        done = 0
        for long in LONG_WORD.finditer(text):
            yield from _words(self._base(text[done : long.start()]))
            for begin in range(long.start(), long.end(), PIECE):
                yield text[begin : min(begin + PIECE, long.end())], False
            done = long.end()
        yield from _words(self._base(text[done:]))

    def _rebuilt(self, words: Iterable[tuple[str, bool]]) -> Doc:
        pairs = list(words)
        return Doc(self._base.vocab, words=[w for w, _ in pairs], spaces=[s for _, s in pairs])


def _words(doc: Doc) -> Iterator[tuple[str, bool]]:
    return zip(forms_of(doc), map(bool, doc.to_array("SPACY").tolist()), strict=True)


def _stops_apart(doc: Doc) -> Iterator[tuple[str, bool]]:
    pairs = list(_words(doc))
    for i, (word, space) in enumerate(pairs):
        before = pairs[i - 1][0] if i else ""
        after = pairs[i + 1][0] if i + 1 < len(pairs) else ""
        if word[-1] == "." and NUMBER_WITH_STOP.fullmatch(word) and not is_ordinal(before, word, after):
            yield word[:-1], False
            yield ".", space
        else:
            yield word, space


def is_ordinal(before: str, number: str, after: str) -> bool:
    """Tell whether the full stop of ``number`` ("3.") makes an ordinal, by the words beside it ("" or blank: none)."""
    if not after.strip() or not (ORDINAL.fullmatch(number) or DAY_AND_MONTH.fullmatch(number)):
        return False
    if after in sentence_cues("after_ordinal") or after[0].islower() or after[0].isdigit():
        return True
    if after in sentence_cues("starter") or not after[0].isalpha():
        return False
    return not before.strip() or before.lower() in sentence_cues("before_ordinal") or not before[-1].isalnum()
