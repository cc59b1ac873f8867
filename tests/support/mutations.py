"""Texts as they come from broken sources: cut off, wrapped hard, with letters and words lost, doubled or exchanged."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable, Iterator, Sequence

from kg.resources import listed

NARROWEST, WIDEST = 40, 80  # characters of a hard-wrapped line
STRAY = ["(", ")", "„", "“", "–", ",", ":", ";", ".", "/", "-", "…", "[", "&", "%", "1.", "2017", "am", "von", "als", "dass"]


def passages() -> list[str]:
    """Return the paragraphs of the shipped sample articles."""
    texts = [file.read_text(encoding="utf8") for file in listed("samples", ".txt")]
    return [passage for text in texts for passage in re.split(r"\n\s*\n", text.strip()) if passage.strip()]


def every_cut(passage: str) -> Iterator[str]:
    """Yield a passage cut off behind each of its words."""
    words = passage.split()
    return (" ".join(words[:end]) for end in range(1, len(words) + 1))


def mutated(chance: random.Random, passages: Sequence[str]) -> str:
    """Return one text, broken in one to four ways; it has a word at least."""
    text = chance.choice(passages)
    for _ in range(chance.randint(1, 4)):
        text = chance.choice(WAYS)(chance, text) or text
    return text if text.split() else "Die"


def _cut(chance: random.Random, text: str) -> str:
    words = text.split()
    begin = chance.randrange(len(words)) if chance.random() < 0.3 else 0
    return " ".join(words[begin : chance.randint(begin + 1, len(words))])


def _wrapped(chance: random.Random, text: str) -> str:
    return textwrap.fill(text, chance.randint(NARROWEST, WIDEST), break_long_words=False)


def _with_words(change: Callable[[random.Random, list[str], int], None]) -> Callable[[random.Random, str], str]:
    def mutate(chance: random.Random, text: str) -> str:
        words = text.split()
        for _ in range(chance.randint(1, 3)):
            if words:
                change(chance, words, chance.randrange(len(words)))
        return " ".join(words)

    return mutate


def _with_letters(change: Callable[[random.Random, str], str]) -> Callable[[random.Random, str], str]:
    def mutate(chance: random.Random, text: str) -> str:
        for _ in range(chance.randint(1, 5)):
            at = chance.randrange(len(text))
            text = text[:at] + change(chance, text[at]) + text[at + 1 :]
            text = text or "a"
        return text

    return mutate


def _drop(chance: random.Random, words: list[str], at: int) -> None:
    del words[at]


def _double(chance: random.Random, words: list[str], at: int) -> None:
    words.insert(at, words[at])


def _exchange(chance: random.Random, words: list[str], at: int) -> None:
    other = chance.randrange(len(words))
    words[at], words[other] = words[other], words[at]


def _stray(chance: random.Random, words: list[str], at: int) -> None:
    words.insert(at, chance.choice(STRAY))


def _shuffle(chance: random.Random, text: str) -> str:
    words = text.split()
    chance.shuffle(words)
    return " ".join(words[: chance.randint(1, 15)])


WAYS: list[Callable[[random.Random, str], str]] = [
    _cut,
    _wrapped,
    _shuffle,
    *map(_with_words, (_drop, _double, _exchange, _stray)),
    _with_letters(lambda chance, letter: ""),
    _with_letters(lambda chance, letter: letter * 2),
    _with_letters(lambda chance, letter: letter.swapcase()),
    _with_letters(lambda chance, letter: chance.choice("\u00ad\u200b\t\n \u00a0'’„“(-0aZß")),
]
