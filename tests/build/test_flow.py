from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kg.build import annotator, deposit, flow
from kg.errors import UsageError
from kg.store.embedded import Store
from kg.validation.quarantine import Quarantine
from tests.support.building import built, entries, paths, quads
from tests.support.made import BODY, write_reports

pytestmark = pytest.mark.usefixtures("fast")

@pytest.fixture
def folder(tmp_path):
    return write_reports(tmp_path / "reports")


def rewrite(file: Path, verb: str) -> None:
    file.write_text(f"{BODY.replace('eroberte', verb)}\n\nSo stand es in der Zeitung aus der Stadt.\n")


def test_every_article_becomes_a_graph(tmp_path, folder):
    tally = built(tmp_path, folder)
    assert (tally.built, tally.unchanged, tally.failures, tally.set_aside) == (3, 0, [], [])
    assert paths(tmp_path) == ["drei.txt", "eins.txt", "zwei.txt"]


def test_the_same_input_twice_gives_the_same_quads_and_is_read_once(tmp_path, folder):
    built(tmp_path, folder)
    first = quads(tmp_path)
    tally = built(tmp_path, folder)
    assert (tally.built, tally.unchanged) == (0, 3)
    assert built(tmp_path, folder, force=True).built == 3
    assert quads(tmp_path) == first


def test_the_order_of_the_inputs_does_not_matter(tmp_path, folder):
    files = sorted(folder.iterdir())
    built(tmp_path / "a", *files)
    built(tmp_path / "b", *reversed(files))
    assert quads(tmp_path / "a") == quads(tmp_path / "b")


def test_a_changed_article_is_read_again_and_only_that(tmp_path, folder):
    built(tmp_path, folder)
    before = quads(tmp_path)
    rewrite(folder / "eins.txt", "betrat")
    tally = built(tmp_path, folder)
    assert (tally.built, tally.unchanged) == (1, 2)
    changed = {str(q.graph_name).rpartition("-")[0] for q in before ^ quads(tmp_path) if "derived" not in str(q.graph_name)}
    assert changed == {"<https://w3id.org/lagebild/article/eins"}


def test_other_software_reads_everything_again(tmp_path, folder, monkeypatch):
    built(tmp_path, folder)
    monkeypatch.setattr(flow, "run_id", lambda pipeline: "another")
    assert built(tmp_path, folder).built == 3


def test_what_does_not_conform_is_set_aside_named_and_the_rest_is_stored(tmp_path, folder):
    rewrite(folder / "zwei.txt", "stahl")
    [checked] = built(tmp_path, folder).set_aside
    assert checked.article.startswith("zwei-")
    assert paths(tmp_path) == ["drei.txt", "eins.txt", "zwei.txt"]
    with Store(tmp_path / "store") as store:
        [entry] = Quarantine(store.quarantine).entries()
        kept = {t.predicate.value.rpartition("#")[2] for t in store.triples(checked.graph)}
    assert "the agent of an event is an actor" in entry.messages[0]
    assert "isString" in kept
    assert "agent" not in kept


def test_what_conforms_again_leaves_quarantine(tmp_path, folder):
    rewrite(folder / "zwei.txt", "stahl")
    assert built(tmp_path, folder).set_aside
    rewrite(folder / "zwei.txt", "eroberte")
    assert not built(tmp_path, folder).set_aside
    assert Quarantine(tmp_path / "store" / "quarantine").entries() == []


def test_an_article_that_breaks_the_pipeline_is_named_and_the_others_are_built(tmp_path, folder):
    rewrite(folder / "zwei.txt", "wirft")
    tally = built(tmp_path, folder)
    assert tally.built == 2
    [failure] = tally.failures
    assert failure.endswith("zwei.txt: can't be annotated, ValueError: a bug; please report it")


def test_a_store_among_the_inputs_is_not_read(tmp_path, folder):
    built(tmp_path, tmp_path)
    tally = built(tmp_path, tmp_path)
    assert tally.counts == {"unchanged": 3}


def test_an_input_without_articles_is_named_and_the_others_are_built(tmp_path, folder):
    (tmp_path / "empty").mkdir()
    tally = built(tmp_path, tmp_path / "empty", folder, tmp_path / "nowhere.txt")
    assert tally.built == 3
    assert [failure.partition(": ")[0] for failure in tally.failures] == [
        str(tmp_path / "empty"),
        str(tmp_path / "nowhere.txt"),
    ]


def test_no_input_with_articles_is_wrong_usage(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="no article in this folder"):
        built(tmp_path, tmp_path / "empty")


def test_a_date_given_is_the_date_of_publication(tmp_path, folder):
    built(tmp_path, folder, published=date(2017, 11, 9))
    dates = {q.object.value for q in quads(tmp_path) if q.predicate == NamedNode("https://schema.org/datePublished")}
    assert dates == {"2017-11-09T00:00:00Z"}


def test_batches_bound_what_is_held_at_a_time(tmp_path, folder, monkeypatch):
    """Articles are read as they are wanted: while one batch is annotated, the next is still on disk."""
    monkeypatch.setattr(flow, "ARTICLES_AT_ONCE", 1)
    events: list[str] = []
    read = flow.read_articles
    real = annotator.annotate_batch

    def reading(*args, **kwargs):
        for article in read(*args, **kwargs):
            events.append("read")
            yield article

    monkeypatch.setattr(flow, "read_articles", reading)
    monkeypatch.setattr(annotator, "annotate_batch", lambda *args: events.append("annotate") or real(*args))
    built(tmp_path, folder)
    assert events == ["read", "annotate"] * 3


def test_what_was_annotated_before_an_interruption_is_stored_and_noted(tmp_path, folder, monkeypatch):
    monkeypatch.setattr(flow, "ARTICLES_AT_ONCE", 1)
    real = annotator.annotate_batch

    def annotate(batch, options):
        if "zwei" in batch[0].source_path:
            raise KeyboardInterrupt
        return real(batch, options)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(annotator, "annotate_batch", annotate)
        built(tmp_path, folder)
    assert paths(tmp_path) == ["drei.txt", "eins.txt"]
    assert [Path(entry.path).name for entry in entries(tmp_path)] == ["drei.txt", "eins.txt"]
    tally = built(tmp_path, folder)
    assert (tally.built, tally.unchanged) == (1, 2)


def test_graphs_are_stored_together_when_many_wait_or_some_time_has_passed(tmp_path, folder, monkeypatch):
    monkeypatch.setattr(flow, "ARTICLES_AT_ONCE", 1)
    puts: list[int] = []
    put = Store.put
    monkeypatch.setattr(Store, "put", lambda self, graphs: puts.append(len(graphs)) or put(self, graphs))
    for part, limit in (("whole", "nothing"), ("small", "LARGEST_DEPOSIT"), ("late", "LONGEST_HELD")):
        with monkeypatch.context() as patched:
            patched.setattr(deposit, limit, 0, raising=False)
            built(tmp_path / part, folder)
    assert puts == [3, 1, 1, 1, 1, 1, 1]
    assert quads(tmp_path / "whole") == quads(tmp_path / "small") == quads(tmp_path / "late")
