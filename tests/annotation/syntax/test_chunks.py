"""Noun phrases: extent, preposition, the cases their form allows, genitives, lists, appositions."""

from __future__ import annotations

import pytest

from kg.annotation.syntax.cases import load_cases
from kg.annotation.syntax.chunks import Chunk, plain
from kg.annotation.syntax.sentence import Syntax
from tests.support.extraction import read, rows

SENTENCES = rows("chunks.tsv")
LINKS = (("g", "genitive_of"), ("f", "follows"), ("l", "list_with"), ("a", "apposition_to"))


def phrases(text: str) -> str:
    """Write the phrases of ``text`` in the notation of data/chunks.tsv."""
    found = [(chunk, chunks, s) for s in read(text)._.clauses for chunks in s.chunks for chunk in chunks]
    return " | ".join(_phrase(*one) for one in sorted(found, key=lambda f: (f[0].end, -f[0].begin)))


def _phrase(chunk: Chunk, chunks: tuple[Chunk, ...], syntax: Syntax) -> str:
    words = " ".join(syntax.words.text[chunk.begin : chunk.end])
    cases = "".join(c for c in "nadg" if chunk.may_be(c))
    links = [f" {letter}={_head(chunks[to], syntax)}" for letter, name in LINKS if (to := getattr(chunk, name)) is not None]
    return ("P " if chunk.pronoun else "") + f"{words}:{cases}" + "".join(links)


def _head(chunk: Chunk, syntax: Syntax) -> str:
    return syntax.words.text[chunk.head]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[s for s, _ in SENTENCES])
def test_sentence_has_these_phrases(sentence: str, expected: str) -> None:
    assert phrases(sentence) == expected


@pytest.mark.parametrize(
    ("form", "cases"),
    [("der", "ndg"), ("die", "na"), ("den", "ad"), ("dem", "d"), ("einem", "d"), ("keine", "na"), ("unseres", "nag"),
     ("diesen", "ad"), ("mehreren", "ad"), ("jener", "ndg")],
)  # fmt: skip
def test_article_allows_these_cases(form: str, cases: str) -> None:
    assert "".join(c for c in "nadg" if any(r[0] == c for r in load_cases().article(form))) == cases


@pytest.mark.parametrize(
    ("preposition", "form", "cases"),
    [("mit", "der", "d"), ("auf", "die", "a"), ("auf", "der", "d"), ("durch", "die", "a"), ("wegen", "der", "dg"),
     ("gegen", "dem", "a"), ("in", "den", "ad")],
)  # fmt: skip
def test_preposition_governs_the_case(preposition: str, form: str, cases: str) -> None:
    table = load_cases()
    found = table.governed(preposition, table.article(form))
    assert "".join(c for c in "nadg" if any(r[0] == c for r in found)) == cases


@pytest.mark.parametrize(
    ("preposition", "expected"), [("im", "in"), ("vom", "von"), ("zur", "zu"), ("auf", "auf"), (None, "")]
)
def test_contracted_preposition_is_written_plain(preposition: str | None, expected: str) -> None:
    assert plain(preposition) == expected
