"""STTS tags and lemmas of forms that a trigram tagger gets wrong, and what a look at the whole clause repairs."""

from __future__ import annotations

import pytest
import spacy

from kg.annotation.words.retagging import Retagging
from kg.annotation.words.tagger import Tagger, stts
from tests.support.extraction import read, rows

SENTENCES = rows("tagging.tsv")


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger()


@pytest.mark.parametrize(("sentence", "tags"), SENTENCES, ids=[s for s, _ in SENTENCES])
def test_sentence_has_these_lemmas_and_tags(sentence: str, tags: str) -> None:
    assert " ".join(f"{t.lemma_}/{t.tag_}" for t in read(sentence)) == tags


@pytest.mark.parametrize(
    ("tag", "expected"), [("VV(FIN)", "VVFIN"), ("NNA", "NN"), ("NNI", "NN"), ("$,", "$,"), ("APPRART", "APPRART")]
)
def test_hanta_tag_is_written_as_stts(tag: str, expected: str) -> None:
    assert stts(tag) == expected


def test_same_sentence_has_the_same_tags_wherever_it_stands(tagger: Tagger) -> None:
    sentence = "Die Armee nahm die Stadt ein."
    alone = [(t.tag_, t.lemma_) for t in read(sentence)]
    behind = [(t.tag_, t.lemma_) for t in read(f"Es regnet. {sentence}")]
    assert behind[-len(alone) :] == alone


def test_word_longer_than_any_german_word_is_tagged_by_its_end(tagger: Tagger) -> None:
    doc = spacy.blank("de")("Donau" * 400 + "angriff")
    doc[0].is_sent_start = True
    assert tagger.match(doc) == [("NE", doc.text)]


def test_retagging_gives_no_tag_that_a_word_can_not_have() -> None:
    tagged = [("NN", "Armee"), ("VVPP", "töten"), ("NN", "Kind")]
    found = Retagging(["Armee", "getötet", "Kind"], tagged, lambda word, tag, known: None if known else "töten").run()
    assert found == tagged
