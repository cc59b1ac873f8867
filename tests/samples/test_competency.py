"""Competency questions: what people want to know of a conflict, asked in SPARQL, with the answers that are right.

``tests/data/competency/*.rq`` holds the question in German and English, the query, and its answer as ``#=`` lines. The
data are the sample articles as annotated by hand, so that the answers hold whatever the extraction finds; a last test
asks the same of what the extraction finds.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.build import Options, build
from kg.namespaces import DEFAULT_BASE, PREFIXES
from kg.store.embedded import Store
from tests.support import goldgraph
from tests.support.places import DATA_FOLDER, PROJECT

FILES = sorted((DATA_FOLDER / "competency").glob("*.rq"))
NAMES = [("e", f"{DEFAULT_BASE}entity/"), *PREFIXES.items()]
DECLARED = "".join(f"PREFIX {name}: <{iri}> " for name, iri in NAMES)


@pytest.fixture(scope="module")
def annotated(tmp_path_factory):
    with Store(tmp_path_factory.mktemp("annotated") / "store", write=True) as store:
        goldgraph.fill(store)
        yield store


@pytest.fixture(scope="module")
def extracted(tmp_path_factory):
    with Store(tmp_path_factory.mktemp("extracted") / "store", write=True) as store:
        build([str(goldgraph.SAMPLES)], store, Options())
        yield store


def short(term: Any) -> str:
    if term is None:
        return "-"
    if hasattr(term, "datatype"):
        return str(term.value).removesuffix("T00:00:00Z").removesuffix("T23:59:59Z")
    prefix, space = next(((p, s) for p, s in NAMES if term.value.startswith(s)), ("", ""))
    return f"{prefix}:{term.value[len(space) :]}" if prefix else term.value


def answer(store: Store, file: Path) -> list[str]:
    rows = store.query(DECLARED + file.read_text(encoding="utf8"))
    return [" | ".join(short(row[i]) for i in range(len(rows.variables))) for row in rows]


def expected(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf8").splitlines()
    return [line.removeprefix("#= ") for line in lines if line.startswith("#= ")]


def test_there_are_at_least_25_questions_in_both_languages_and_each_has_an_answer():
    assert len(FILES) >= 25
    for file in FILES:
        first, second = file.read_text(encoding="utf8").splitlines()[:2]
        assert first.startswith("# de: ") and first.endswith("?"), file.name
        assert second.startswith("# en: ") and second.endswith("?"), file.name
        assert expected(file), file.name


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_question_is_answered(annotated, file):
    assert answer(annotated, file) == expected(file)


def test_most_questions_have_a_right_answer_in_what_extraction_finds(extracted):
    found = {file.stem: set(answer(extracted, file)) & set(expected(file)) for file in FILES}
    empty = sorted(name for name, rows in found.items() if not rows)
    print(f"competency: {len(found) - len(empty)} of {len(found)} questions get a right row from extraction; not: {empty}")
    assert len(empty) <= len(FILES) // 3


def test_the_samples_tell_who_held_mosul(extracted):
    rows = extracted.query((PROJECT / "server" / "queries" / "held-on-a-day.rq").read_text(encoding="utf8"))
    assert {short(row["holder"]) for row in rows} == {"Islamischer Staat"}
