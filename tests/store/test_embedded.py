from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import time

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.errors import StoreError, StoreLockedError, UsageError
from kg.knowledge.triples import shipped_triples
from kg.namespaces import LB, NIF
from kg.store.embedded import Store, read_generation
from tests.support.made import small_shipped, triples

A, B = (NamedNode(f"https://w3id.org/lagebild/article/{name}") for name in "ab")


def said(value: str) -> list[Triple]:
    return triples(f'<article/a> schema:headline "{value}"@de ; lb:sourcePath "{value}.txt" .')


def values(store: Store, graph: NamedNode = A) -> set[str]:
    return {t.object.value for t in store.triples(graph)}


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "store", write=True) as opened:
        yield opened


def test_a_graph_is_replaced_whole_and_no_other_is_touched(store):
    store.replace({A: said("alt"), B: said("anders")})
    store.replace({A: said("neu")})
    assert (values(store), values(store, B)) == ({"neu", "neu.txt"}, {"anders", "anders.txt"})


def test_a_graph_is_removed_alone(store):
    store.replace({A: said("alt"), B: said("anders")})
    store.remove(A)
    assert store.graphs() == [B]


def test_a_query_sees_the_union_of_all_graphs(store):
    store.replace({A: said("eins"), B: said("zwei")})
    rows = store.query("SELECT ?o { ?s <https://schema.org/headline> ?o } ORDER BY ?o")
    assert [row["o"].value for row in rows] == ["eins", "zwei"]


def test_rdflib_sees_the_same_store(store):
    store.replace({A: said("eins"), B: said("zwei")})
    rows = store.graph().query("SELECT ?o { ?s <https://schema.org/headline> ?o } ORDER BY ?o")
    assert [str(row.o) for row in rows] == ["eins", "zwei"]


def test_a_store_says_whether_it_holds_a_graphs_triples(store):
    store.replace({A: said("eins")})
    assert store.has(A, said("eins"))
    assert not store.has(A, said("zwei"))
    assert not store.has(B, said("eins"))


@pytest.mark.parametrize("predicate", [NIF.beginIndex, LB.fatalities, LB.injuredMax])
def test_counts_come_back_with_the_datatype_they_went_in_with(store, predicate):
    count = Literal("7", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#nonNegativeInteger"))
    store.replace({A: [Triple(A, NamedNode(predicate), count)]})
    assert list(store.quads()) == [Quad(A, NamedNode(predicate), count, A)]


def test_shipped_graphs_are_loaded_once_and_again_when_they_change(store):
    first = small_shipped()
    store.load_shipped(first)
    assert store.base == "https://w3id.org/lagebild/"
    store.close()
    with Store(store.folder, write=True) as again:
        again.load_shipped(small_shipped())
        assert not again._changed
        again.load_shipped(shipped_triples(first.ontology, first.gazetteer[1:]))
        assert again._changed
        gazetteer = NamedNode("https://w3id.org/lagebild/graph/gazetteer")
        assert len(again.triples(gazetteer)) == len(first.gazetteer)  # one fewer, and the hash


def test_a_store_has_one_base(store):
    store.load_shipped(small_shipped())
    with pytest.raises(UsageError, match="give that as --base, or another --store"):
        store.load_shipped(small_shipped(), "https://example.org/")


def test_the_generation_counts_the_openings_that_wrote(tmp_path):
    folder = tmp_path / "store"
    assert read_generation(folder) == 0
    for expected, graphs in ((1, {A: said("eins")}), (2, {A: said("zwei"), B: said("drei")}), (2, None)):
        with Store(folder, write=True) as opened:
            if graphs:
                opened.replace(graphs)
        assert read_generation(folder) == expected


def test_a_second_writer_is_told_to_wait_and_a_reader_is_let_in(store):
    store.replace({A: said("eins")})
    with pytest.raises(StoreLockedError, match=r"store: another process is writing into this store: wait for its end$"):
        Store(store.folder, write=True)
    with Store(store.folder) as reader:
        assert values(reader) == {"eins", "eins.txt"}


def test_a_closed_store_lets_the_next_writer_in(tmp_path):
    for _ in range(2):
        with Store(tmp_path / "store", write=True) as opened:
            opened.replace({A: said("eins")})


@pytest.mark.parametrize(
    ("make", "write", "error", "message"),
    [
        (lambda p: p.write_text("x"), True, UsageError, "a store is a folder, this is a file"),
        (lambda p: p.write_text("x"), False, UsageError, "a store is a folder, this is a file"),
        (lambda p: None, False, StoreError, "no store here; make one with kg build INPUT --store"),
        (lambda p: (p.mkdir(), (p / "letter.doc").write_text("x")), True, UsageError, "holds other files"),
        (lambda p: (p.mkdir(), (p / "oxigraph").write_text("x")), True, UsageError, "holds other files"),
        (lambda p: (p.mkdir(), (p / "oxigraph").mkdir()), False, StoreError, "can't open the store"),
    ],
)
def test_what_is_no_store_is_named_with_a_remedy(tmp_path, make, write, error, message):
    path = tmp_path / "here"
    make(path)
    with pytest.raises(error, match=message) as caught:
        Store(path, write=write)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_an_update_that_fails_in_the_middle_changes_nothing(store, monkeypatch):
    store.replace({A: said("alt")})
    monkeypatch.setattr("kg.store.base.serialize", lambda *_, **__: b"<http://a> <http://b> . # no object\n")
    with pytest.raises(SyntaxError):
        store.replace({A: said("neu")})
    assert values(store) == {"alt", "alt.txt"}


def replace_for_ever(folder, started) -> None:
    with Store(folder, write=True) as opened:
        for number in range(1_000_000):
            opened.replace({A: [Triple(A, NamedNode(f"http://p/{k}"), Literal(str(number))) for k in range(50)]})
            started.set()


def test_a_process_killed_while_it_replaces_leaves_the_old_graph_or_the_new(tmp_path):
    """Fifty triples carry one number; after a kill they all carry the same."""
    context = multiprocessing.get_context("spawn")
    started = context.Event()
    writer = context.Process(target=replace_for_ever, args=(tmp_path / "store", started))
    writer.start()
    assert started.wait(60)
    time.sleep(0.1)
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    with Store(tmp_path / "store", write=True) as opened:
        assert len(opened.triples(A)) == 50
        assert len(values(opened)) == 1


FILL = """
import sys
from pyoxigraph import Literal, NamedNode, Triple
from kg.errors import StoreError
from kg.store.embedded import Store
name = NamedNode("https://w3id.org/lagebild/article/b")
with Store(sys.argv[1], write=True) as store:
    try:
        for part in range(1, 200):
            big = [Triple(name, NamedNode(f"http://p/{k}"), Literal("x" * 5000 + str(k))) for k in range(10 * part)]
            store.replace({NamedNode(f"http://g/{part}"): big})
    except StoreError as error:
        print(error)
        sys.exit(1)
"""


def test_a_full_disk_is_an_error_of_one_line_and_loses_nothing(tmp_path):
    folder = tmp_path / "store"
    with Store(folder, write=True) as opened:
        opened.replace({A: said("alt")})
    limit = 200_000  # bytes a file may grow to: what a full disk looks like to a writer

    done = subprocess.run(
        [sys.executable, "-c", FILL, str(folder)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert done.returncode == 1, done.stderr
    [line] = done.stdout.splitlines()
    assert line.startswith(f"{folder}: can't write into the store, what it held before is kept: ")
    with Store(folder, write=True) as opened:
        assert values(opened) == {"alt", "alt.txt"}
        sizes = {graph.value: len(opened.triples(graph)) for graph in opened.graphs() if graph != A}
    assert sizes
    assert sizes == {f"http://g/{part}": 10 * part for part in range(1, len(sizes) + 1)}
