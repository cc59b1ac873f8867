"""A sentence that breaks a component costs itself, and is named; the rest of the article is read as ever."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotation.pipeline import annotate, load_pipeline
from kg.build import Options
from kg.graph.article_graph import article_graph
from kg.reading import Article
from kg.validation.validator import Validator
from tests.support.extraction import PUBLISHED
from tests.support.made import article as made

FIRST = "Die irakische Armee eroberte am Donnerstag Tikrit."
SECOND = "Rebellen beschossen am Freitag Aleppo."
THIRD = "Die Taliban entführten am Samstag in Kabul einen Arzt."


@Language.factory("faulty")
def create(nlp: Language, name: str, words: list[str]) -> Faulty:
    return Faulty(*words)


class Faulty:
    """A component that can't bear a set of words: all of them must stand in the text for it to fail."""

    def __init__(self, *words: str) -> None:
        self._words = words

    def __call__(self, doc: Doc) -> Doc:
        if all(word in doc.text for word in self._words):
            raise IndexError("list index out of range")
        return doc


def read(text: str, *words: str) -> tuple[Article, Doc]:
    nlp = load_pipeline()
    nlp.add_pipe("faulty", config={"words": list(words)}, last=True)
    [(article, doc)] = annotate(nlp, [made(text, published=PUBLISHED)])
    return article, doc


def kinds(doc: Doc) -> list[str]:
    return [event.kind for event in doc._.events]


def left_out(article: Article, doc: Doc) -> Iterator[tuple[str, str]]:
    for failure in doc._.failures:
        yield article.text[failure.begin : failure.end], failure.error


@pytest.mark.parametrize(
    ("word", "left", "expected"),
    [
        ("Tikrit", FIRST, ["Shelling", "Abduction"]),
        ("Aleppo", SECOND, ["Capture", "Abduction"]),
        ("Kabul", THIRD, ["Capture", "Shelling"]),
    ],
)
@pytest.mark.parametrize("gap", [" ", "\n\n"])
def test_a_faulty_sentence_costs_itself(word: str, left: str, expected: list[str], gap: str) -> None:
    article, doc = read(gap.join((FIRST, SECOND, THIRD)), word)
    assert list(left_out(article, doc)) == [(left, "IndexError: list index out of range")]
    assert kinds(doc) == expected
    assert len(doc.text) == len(article.text)


def test_two_sentences_that_fail_only_together_cost_the_second() -> None:
    article, doc = read(f"{FIRST} {SECOND} {THIRD}", "Tikrit", "Kabul")
    assert [text for text, _ in left_out(article, doc)] == [THIRD]
    assert kinds(doc) == ["Capture", "Shelling"]


def test_several_faulty_sentences_cost_each_itself() -> None:
    article, doc = read(f"{FIRST} {SECOND} {FIRST} {THIRD}", "Tikrit")
    assert [text for text, _ in left_out(article, doc)] == [FIRST, FIRST]
    assert kinds(doc) == ["Shelling", "Abduction"]


def test_a_text_that_fails_without_words_is_an_error() -> None:
    with pytest.raises(IndexError):
        read(FIRST, "")


def test_offsets_stay_and_the_graph_conforms() -> None:
    article, doc = read(f"{FIRST} {SECOND} {THIRD}", "Aleppo")
    setting = Options().setting()
    graph = article_graph(article, doc, setting).triples()
    name = setting.article(article.id)
    assert Validator(setting.shipped).validate({name: graph})[name].conforms
    anchors = {t.object.value for t in graph if t.predicate.value.endswith("#anchorOf")}
    assert {FIRST, THIRD} <= anchors
    assert not any("Aleppo" in anchor for anchor in anchors)


def test_nothing_is_left_out_of_a_text_without_fault() -> None:
    article, doc = read(f"{FIRST} {SECOND}", "Bagdad")
    assert list(left_out(article, doc)) == []
    assert kinds(doc) == ["Capture", "Shelling"]
