"""The pipeline as a whole: its components fit, and the same text gives the same events wherever and whenever it is read."""

from __future__ import annotations

import gc
import inspect
import re
from datetime import date

import pytest
from spacy.language import Language

from kg.annotation.pipeline import COMPONENTS, annotate, load_pipeline
from kg.annotation.records import EXTENSIONS
from kg.errors import UsageError
from kg.reading import Article
from tests.support.extraction import PUBLISHED, events, pipeline, read, rows

GIVEN = {"published", "blocks", "failures"}  # the article and those who read it bring these
ARTICLE = (
    "Die irakische Armee hat am Donnerstag Tikrit erobert. Der IS floh aus der Stadt.\n\n"
    "In Bagdad explodierte eine Autobombe. Dabei starben drei Menschen."
)


@pytest.fixture(scope="session")
def nlp() -> Language:
    return pipeline()


def test_components_stand_in_their_order_and_have_no_problems(nlp: Language) -> None:
    found = nlp.analyze_pipes(keys=["requires", "assigns"])
    assert tuple(found["summary"]) == tuple(nlp.pipe_names) == COMPONENTS
    assert {name: problems for name, problems in found["problems"].items() if problems} == {}


@pytest.mark.parametrize("name", COMPONENTS)
def test_component_declares_every_attribute_it_touches(name: str, nlp: Language) -> None:
    meta = nlp.get_pipe_meta(name)
    source = inspect.getsource(inspect.getmodule(type(nlp.get_pipe(name))))  # type: ignore[arg-type]
    touched = {attribute for attribute in re.findall(r"\bdoc\._\.(\w+)", source) if attribute not in GIVEN}
    assert touched <= {declared.removeprefix("doc._.") for declared in [*meta.requires, *meta.assigns]}


def test_every_extension_is_assigned_by_a_component(nlp: Language) -> None:
    assigned = {a.removeprefix("doc._.") for name in COMPONENTS for a in nlp.get_pipe_meta(name).assigns}
    assert set(EXTENSIONS) - GIVEN <= assigned


def test_unknown_pipeline_is_refused_with_the_remedy() -> None:
    with pytest.raises(UsageError, match=r"no spaCy pipeline 'de_no_such' is installed: python -m spacy download"):
        load_pipeline("de_no_such")


def test_a_second_pipeline_reads_the_same() -> None:
    doc = load_pipeline().make_doc(ARTICLE)
    doc._.published = PUBLISHED
    assert load_pipeline()(doc)._.events == read(ARTICLE)._.events


def test_reading_other_texts_before_changes_nothing() -> None:
    before = events(ARTICLE)
    for text, _ in rows("discourse.tsv"):
        events(text)
    assert events(ARTICLE) == before


def test_annotate_yields_every_article_with_its_events(nlp: Language) -> None:
    thursday, published = date(2017, 11, 9), date(2016, 11, 10)
    given = [
        Article(f"a-{n}", f"{n}.txt", ARTICLE, (), "", day, None, None, "sha256:0")
        for n, day in enumerate((PUBLISHED, published, None))
    ]
    found = [(article.id, [(e.kind, e.earliest) for e in doc._.events]) for article, doc in annotate(nlp, given)]
    assert found == [
        ("a-0", [("Capture", thursday), ("Withdrawal", thursday), ("Bombing", None), ("Killing", None)]),
        ("a-1", [("Capture", published), ("Withdrawal", published), ("Bombing", None), ("Killing", None)]),
        ("a-2", [("Capture", None), ("Withdrawal", None), ("Bombing", None), ("Killing", None)]),
    ]


def test_headline_that_the_body_repeats_is_no_second_sentence_of_it() -> None:
    doc = read("Armee erobert Tikrit\n\nDie irakische Armee hat Tikrit erobert.")
    assert len(list(doc.sents)) == 2


def test_what_is_known_of_a_text_goes_with_its_document() -> None:
    """Nothing waits for a collection, which goes through all that is loaded."""
    text = "Die Armee eroberte am Montag Tikrit. In Bagdad tötete ein Attentäter zehn Menschen, teilte die Polizei mit."
    read(text)
    gc.collect()
    gc.disable()
    try:
        read(text)
        assert gc.collect() == 0
    finally:
        gc.enable()
