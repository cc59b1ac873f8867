"""The shipped articles and their annotations: complete, verbatim, verified, and nobody else's words."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import date
from typing import Any

import pytest

from kg.namespaces import ACTOR_KINDS, EVENT_KINDS, FACTUALITIES, PLACE_KINDS
from kg.reading import Article, read_articles
from tests.support.places import DATA_FOLDER, PROJECT

SAMPLES = PROJECT / "kg" / "samples"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.txt"))
VERIFIED = DATA_FOLDER / "qids.tsv"
GOLD = PROJECT.parent / "shared" / "gold"
LINE_TAIL = " | |\n"
COPIED = 9  # words in a row
ARTICLE_KEYS = ["doc", "title", "date", "outlet", "url", "entities", "events"]
ENTITY_KEYS = {"id", "label_en", "type", "mentions"}
EVENT_KEYS = [
    "type", "trigger", "sentence", "agent", "target", "place", "earliest", "latest", "factuality", "attributed_to",
    "fatalities", "required", "same_as",
]  # fmt: skip


def raw(name: str) -> str:
    return (SAMPLES / f"{name}.txt").read_text(encoding="utf8")


def running(name: str) -> str:
    """Return the text on one line, without the tails that some outlets put behind every line."""
    return " ".join(raw(name).replace(LINE_TAIL, "\n").split())


def annotation(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf8"))
    return loaded


def read(name: str) -> Article:
    [article] = read_articles(str(SAMPLES / f"{name}.txt"), root=str(SAMPLES))
    return article


def identifiers() -> list[dict[str, str]]:
    with (SAMPLES / "entities.tsv").open(encoding="utf8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def test_there_are_twelve_articles_each_with_its_annotation() -> None:
    assert [name[:2] for name in NAMES] == [f"{n:02}" for n in range(1, 13)]
    assert sorted(path.stem for path in SAMPLES.glob("*.json")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_annotation_has_the_guidelines_form(name: str) -> None:
    record = annotation(name)
    assert list(record) == ARTICLE_KEYS
    assert (record["doc"], record["url"]) == (f"{name}.txt", None)
    assert date(2014, 1, 1) <= date.fromisoformat(record["date"]) <= date(2019, 12, 31)
    slugs = [entity["id"] for entity in record["entities"]]
    assert len(set(slugs)) == len(slugs)
    for entity in record["entities"]:
        assert set(entity) - {"participant", "optional"} == ENTITY_KEYS, entity
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entity["id"])
        assert entity["type"] in (*ACTOR_KINDS, *PLACE_KINDS)
    for index, event in enumerate(record["events"]):
        assert list(event) == EVENT_KEYS
        assert event["type"] in EVENT_KINDS
        assert event["factuality"] in FACTUALITIES
        assert type(event["required"]) is bool
        assert event["fatalities"] is None or event["fatalities"] > 0
        assert event["same_as"] is None or 0 <= event["same_as"] < index
        roles = [*event["agent"], *event["target"], *event["place"], *event["attributed_to"]]
        assert set(roles) <= set(slugs), event
        days = [date.fromisoformat(event[bound]) for bound in ("earliest", "latest") if event[bound]]
        assert days == sorted(days), event


@pytest.mark.parametrize("name", NAMES)
def test_annotation_is_verbatim(name: str) -> None:
    record, text = annotation(name), running(name)
    assert record["title"] in text
    for entity in record["entities"]:
        assert [m for m in entity["mentions"] if m not in text] == [], entity["id"]
    for event in record["events"]:
        assert text.count(event["sentence"]) >= 1, event["sentence"]
        assert event["trigger"] in event["sentence"]


@pytest.mark.parametrize("name", NAMES)
def test_every_participant_takes_part_in_an_event(name: str) -> None:
    record = annotation(name)
    required = [event for event in record["events"] if event["required"]]
    active = {s for e in record["events"] for r in ("agent", "target", "place", "attributed_to") for s in e[r]}
    assert [e["id"] for e in record["entities"] if e.get("participant", True) and e["id"] not in active] == []
    assert len(required) >= 8


@pytest.mark.parametrize("name", NAMES)
def test_reading_keeps_the_body_and_every_demanded_sentence(name: str) -> None:
    article = read(name)
    body = " ".join(article.text[b.begin : b.end] for b in article.blocks if b.kind in ("body", "teaser"))
    assert 150 <= len(re.findall(r"\w+", body)) <= 300
    text = " ".join(article.text.split())
    demanded = [event["sentence"] for event in annotation(name)["events"] if event["required"]]
    assert [sentence for sentence in demanded if sentence not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_reading_finds_title_and_date(name: str) -> None:
    record, article = annotation(name), read(name)
    assert (article.title, str(article.published)) == (record["title"], record["date"])


def test_every_event_type_and_factuality_is_demanded_somewhere() -> None:
    events = [event for name in NAMES for event in annotation(name)["events"] if event["required"]]
    assert {event["type"] for event in events} == set(EVENT_KINDS)
    assert {event["factuality"] for event in events} == set(FACTUALITIES)


def test_an_entity_is_the_same_in_every_article() -> None:
    kinds = {(e["id"], e["type"], e["label_en"]) for name in NAMES for e in annotation(name)["entities"]}
    assert [slug for slug, count in Counter(slug for slug, _, _ in kinds).items() if count > 1] == []


def test_identifiers_are_verified_and_used() -> None:
    rows = identifiers()
    slugs = [row["slug"] for row in rows]
    assert slugs == sorted(set(slugs))
    assert set(slugs) <= {entity["id"] for name in NAMES for entity in annotation(name)["entities"]}
    assert {row["demanded"] for row in rows} == {"yes", "no"}
    assert all(re.fullmatch(r"Q[1-9]\d*(\|Q[1-9]\d*)*", row["qid"]) for row in rows)


def test_identifiers_are_those_that_were_verified() -> None:
    lines = [line for line in VERIFIED.read_text(encoding="utf8").splitlines() if not line.startswith("#")]
    verified = {row["qid"] for row in csv.DictReader(lines, delimiter="\t")}
    used = {qid for row in identifiers() for qid in row["qid"].split("|")}
    assert used - verified == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_article_carries_what_real_files_carry_around_the_body(name: str) -> None:
    sentences = " ".join(event["sentence"] for event in annotation(name)["events"])
    assert len(running(name)) > len(sentences) * 0.5
    first, last = raw(name).strip().splitlines()[0], raw(name).strip().splitlines()[-1]
    assert first not in sentences
    assert last not in sentences


@pytest.mark.skipif(not GOLD.exists(), reason="the articles to compare with stand beside the repository, if at all")
def test_no_article_repeats_published_words() -> None:
    published = {run for path in GOLD.rglob("*.txt") for run in runs(path.read_text(encoding="utf8"))}
    assert len(published) > 1000
    assert [run for name in NAMES for run in runs(raw(name)) if run in published] == []


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + COPIED]) for i in range(len(words) - COPIED + 1)}
