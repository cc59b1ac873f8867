"""``--pipeline NAME``: the tags and named entities of a trained spaCy pipeline. The pipeline is trained here, in seconds."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.annotation.names.trained_entities import EntityReader
from kg.annotation.pipeline import COMPONENTS, load_pipeline
from kg.annotation.records import Entity, Mention, register_extensions
from kg.annotation.words.tagger import create as tagger
from kg.cli import main
from kg.errors import UsageError
from tests.support.extraction import read, written
from tests.support.naming import gazetteer
from tests.support.training import train

STORY = "Hasso Tewfik wurde in Gundik festgenommen. Truppen umstellen Rakka, Rebellen fliehen. Davon schwieg Tewfik."


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Return the folder of the trained pipeline."""
    place = tmp_path_factory.mktemp("trained") / "pipeline"
    train().to_disk(place)
    return place


@pytest.fixture(scope="module")
def nlp(folder):
    return load_pipeline(str(folder))


def names(doc: Doc) -> list[tuple[str, str, str]]:
    """Return (text, entity, its kind) of the mentions by name."""
    found = [(doc.text[m.begin : m.end], m.entity) for m in doc._.mentions if m.kind == "name"]
    return [(text, slug, doc._.entities[slug].kind) for text, slug in found]


def test_the_components_stand_around_those_of_the_trained_pipeline_and_none_sets_bounds_again(nlp):
    first, second, third, fourth, *others = COMPONENTS
    assert nlp.pipe_names == [first, "tagger", "ner", second, third, fourth, "lagebild_entities", *others]
    assert not any(nlp.analyze_pipes()["problems"].values())


def test_a_pipeline_without_named_entities_needs_no_component_for_them():
    assert tuple(load_pipeline().pipe_names) == COMPONENTS


def test_its_tags_are_used_in_our_spelling_and_lemmas_are_ours(nlp):
    sentence = "Truppen umstellen die Stadt, sehr viele Rebellen fliehen. Davon schwieg Tewfik."
    assert [(t.text, t.tag_, t.lemma_) for t in nlp(sentence) if t.text in ("fliehen", "viele", "Davon")] == [
        ("viele", "PIAT", "viel"), ("fliehen", "VVFIN", "fliehen"), ("Davon", "PROAV", "davon"),
    ]  # fmt: skip
    assert {t.tag_ for t in read(sentence) if t.text == "fliehen"} == {"VVINF"}, "what the pipeline is to do better"


def test_its_named_entities_are_added_where_no_name_was_found(nlp):
    assert names(nlp(STORY)) == [
        ("Hasso Tewfik", "hasso-tewfik", "Person"), ("Gundik", "gundik", "City"), ("Rakka", "raqqa", "City"),
        ("Rebellen", "insurgents", "ArmedGroup"), ("Tewfik", "hasso-tewfik", "Person"),
    ]  # fmt: skip
    assert ("Tewfik", "hasso-tewfik", "Person") not in names(read(STORY))


def test_its_tags_and_names_make_events_more_complete(nlp):
    doc = nlp(STORY)
    assert [written(doc, event) for event in doc._.events] == [
        "Arrest festgenommen t=[Hasso Tewfik] p=[Gundik] Factual",
        "Siege umstellen a=[Truppen] p=raqqa Factual",
        "Withdrawal fliehen a=insurgents Factual",
    ]


def test_text_is_cut_into_words_and_sentences_by_our_rules(nlp):
    text = "Am 3. Oktober fiel Rakka. IS-Kämpfer flohen aus al-Bab, z. B. nach Deir ez-Zor."
    assert [[t.text for t in s] for s in nlp(text).sents] == [[t.text for t in s] for s in read(text).sents]


GIVEN = (
    ("nahm", "VVFIN", "VVFIN", "nehmen"),
    ("eingenommen", "VVPP", "VVPP", "einnehmen"),
    ("gefallen", "VVPP", "VVPP", "fallen"),
    ("vorzurücken", "VVIZU", "VVIZU", "vorrücken"),
    ("vor", "PTKVZ", "PTKVZ", "vor"),
    ("daran", "PAV", "PROAV", "daran"),
    ("beide", "PIDAT", "PIAT", "beide"),
    ("Luftangriffen", "NN", "NN", "Luftangriff"),
    ("Mossuls", "NE", "NE", "Mossul"),
    ("(", "$*LRB*", "$(", "("),
    ("–", "$[", "$(", "–"),
    (".", "$.", "$.", "."),
    ("\n\n", "NN", "_SP", "\n\n"),
    ("Toten", "NOUN", "NN", "Tote"),  # no STTS: our own tag
)


@pytest.mark.parametrize(("word", "given", "tag", "lemma"), GIVEN)
def test_tags_of_other_treebanks_and_their_lemmas_are_brought_to_one_convention(word, given, tag, lemma):
    vocab, bounds = spacy.blank("de").vocab, [True, False]
    doc = Doc(vocab, words=["Sie", word], tags=["PPER", given], lemmas=["--", "ein|nehmen"], sent_starts=bounds)
    found = tagger(spacy.blank("de"), "tagger")(doc)[1]
    assert (found.tag_, found.lemma_) == (tag, lemma)


def marked(text: str, *entities: tuple[str, str], before: tuple[Mention, ...] = ()) -> list[tuple[str, str, str]]:
    """Return the names in ``text`` after a pipeline marked ``entities`` (label, words) in it."""
    register_extensions()
    nlp = spacy.blank("de")
    doc = nlp(text)
    spans = [(text.index(words), text.index(words) + len(words), label) for label, words in entities]
    doc.ents = [span for span in (doc.char_span(*s) for s in spans) if isinstance(span, Span)]
    assert len(doc.ents) == len(entities)
    for token in doc:
        token.tag_ = "ART" if token.text in ("der", "die") else "NE"
        token.lemma_ = token.text
    doc._.mentions = before
    doc._.entities = {m.entity: Entity(m.entity, "City", m.entity, (text[m.begin : m.end],), "article") for m in before}
    return names(EntityReader(gazetteer())(doc))


@pytest.mark.parametrize(
    ("text", "label", "words", "expected"),
    [
        ("wie Nisan Haydo sagte", "PER", "Nisan Haydo", ("Nisan Haydo", "nisan-haydo", "Person")),
        ("wie General Haydo sagte", "PER", "Haydo", ("General Haydo", "haydo", "Person")),
        ("wie General Haydo sagte", "PER", "General Haydo", ("General Haydo", "haydo", "Person")),
        ("nahe Gundik", "LOC", "Gundik", ("Gundik", "gundik", "City")),
        ("am Kafrin-Gebirge", "LOC", "Kafrin-Gebirge", ("Kafrin-Gebirge", "kafrin-gebirge", "Region")),
        ("wie der Barzan-Fonds sagt", "ORG", "der Barzan-Fonds", ("Barzan-Fonds", "barzan-fonds", "Organization")),
        ("wie die Gundik-Miliz sagt", "ORG", "Gundik-Miliz", ("Gundik-Miliz", "gundik-miliz", "ArmedGroup")),
    ],
)
def test_a_named_entity_becomes_a_local_entity_of_the_kind_its_words_tell(text, label, words, expected):
    assert marked(text, (label, words)) == [expected]


@pytest.mark.parametrize(("label", "words"), [("MISC", "Newrozfest"), ("PER", "2017"), ("LOC", "„"), ("ORG", "oder")])
def test_what_names_no_actor_or_place_is_left_alone(label, words):
    assert marked("auf dem Newrozfest 2017 „ oder später", (label, words)) == []


def test_what_has_a_mention_keeps_it():
    text = "in Gundik Stadt"
    before = Mention(3, 9, "gundik", 1)
    assert marked(text, ("PER", "Gundik Stadt"), before=(before,)) == [("Gundik", "gundik", "City")]


def test_one_name_is_one_entity_also_with_a_mention_that_was_there_before():
    text = "in Gundik und Gundik, Gundiks Umland"
    before = Mention(3, 9, "gundik", 1)
    doc = marked(text, ("LOC", "Gundiks"), before=(before,))
    assert doc == [("Gundik", "gundik", "City"), ("Gundiks", "gundik", "City")]


def test_a_pipeline_is_found_by_the_name_of_its_package(folder, tmp_path, monkeypatch):
    package = tmp_path / "de_probe"
    meta = json.loads((folder / "meta.json").read_text()) | {"name": "probe", "version": "1.0"}
    (package / "de_probe-1.0").parent.mkdir()
    folder_copy = package / "de_probe-1.0"
    spacy.load(folder).to_disk(folder_copy)
    (package / "meta.json").write_text(json.dumps(meta))
    (package / "__init__.py").write_text(
        "from spacy.util import load_model_from_init_py\n"
        "def load(**settings):\n    return load_model_from_init_py(__file__, **settings)\n"
    )
    (tmp_path / "de_probe-1.0.dist-info").mkdir()
    (tmp_path / "de_probe-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: de_probe\nVersion: 1.0\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert ("Gundik", "gundik", "City") in names(load_pipeline("de_probe")("Die Truppen zogen aus Gundik ab."))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("de_core_news_xy", "no spaCy pipeline 'de_core_news_xy' is installed: python -m spacy download de_core_news_xy"),
        ("numpy", "'numpy' can't be loaded as a spaCy pipeline (load() "),
        (".", "no spaCy pipeline '.' is installed: that folder holds none"),
    ],
)
def test_a_name_of_no_pipeline_is_named_with_the_remedy(name, message):
    with pytest.raises(UsageError) as raised:
        load_pipeline(name)
    assert str(raised.value).startswith(message) and "\n" not in str(raised.value)


def test_a_pipeline_for_another_language_is_refused(tmp_path):
    spacy.blank("en").to_disk(tmp_path / "english")
    with pytest.raises(UsageError, match="english' is for 'en': give one for German"):
        load_pipeline(str(tmp_path / "english"))


def test_a_pipeline_that_tags_nothing_leaves_tagging_to_ours(tmp_path):
    blank = spacy.blank("de")
    blank.add_pipe("sentencizer")
    blank.to_disk(tmp_path / "blank")
    doc = load_pipeline(str(tmp_path / "blank"))("Die Truppen zogen ab.")
    assert [t.tag_ for t in doc] == ["ART", "NN", "VVFIN", "PTKVZ", "$."]


def test_the_command_line_takes_it_as_option_and_from_the_environment(folder, tmp_path, monkeypatch, capsys):
    article = tmp_path / "bericht.txt"
    article.write_text(STORY + " " + "Die Soldaten rückten auf Kafrin vor. " * 2, encoding="utf8")

    def told(*options: str) -> bool:
        assert main(["annotate", str(article), "--date", str(date(2017, 11, 10)), *options]) == 0
        return "names: Tewfik = hasso-tewfik (Person)" in capsys.readouterr().out

    assert not told()
    assert told("--pipeline", str(folder))
    monkeypatch.setenv("KG_PIPELINE", str(folder))
    assert told()


def test_the_command_line_names_a_pipeline_that_is_not_installed(tmp_path, capsys):
    article = tmp_path / "bericht.txt"
    article.write_text(STORY, encoding="utf8")
    assert main(["annotate", str(article), "--pipeline", "de_core_news_xy"]) == 2
    assert "python -m spacy download de_core_news_xy" in capsys.readouterr().err
