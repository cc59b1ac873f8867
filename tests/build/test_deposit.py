"""Deposits are written by a thread while the build goes on, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from pyoxigraph import NamedNode

from kg.build import deposit
from kg.build.accounts import Accounts
from kg.build.deposit import Deposit
from kg.build.results import ArticleGraph
from kg.build.tally import Tally
from kg.errors import StoreError
from kg.namespaces import DEFAULT_BASE
from kg.store.embedded import Store
from kg.store.manifest import Entry, Manifest


class SlowStore(Store):
    """A store whose writing waits until it is let on, or fails."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, write=True)
        self.begun, self.let_on, self.is_full = Event(), Event(), False

    def put(self, graphs: dict[NamedNode, bytes]) -> None:  # type: ignore[override]
        self.begun.set()
        assert self.let_on.wait(60)
        if self.is_full:
            raise StoreError("the disk is full")
        super().put(graphs)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowStore]:
    monkeypatch.setattr(deposit, "LARGEST_DEPOSIT", 1)
    with SlowStore(tmp_path / "store") as store:
        yield store


def made(name: str) -> list[ArticleGraph]:
    graph = NamedNode(f"{DEFAULT_BASE}article/{name}")
    return [ArticleGraph(name, graph, f'{graph} <x:says> "{name}" {graph} .\n'.encode(), 1)]


def opened(store: Store, *names: str) -> tuple[Deposit, Accounts, Tally]:
    accounts, tally = Accounts(Manifest(store.folder)), Tally()
    for name in names:
        accounts.begin(Entry(f"{name}.txt", None, "read", article=name))
    return Deposit(store, accounts, tally, beside=True), accounts, tally


def test_a_deposit_is_written_while_the_next_is_gathered_and_accounted_for_when_it_is_stored(store: SlowStore) -> None:
    begun, accounts, tally = opened(store, "one", "two")
    begun.take(made("one"))
    assert store.begun.wait(60)
    assert (list(accounts), tally.triples) == ([], 0)
    store.let_on.set()
    begun.take(made("two"))  # waits for the one before
    assert [entry.article for entry in accounts] == ["one"]
    begun.write()
    begun.close()
    assert [entry.article for entry in accounts] == ["one", "two"]
    assert [graph.value.rpartition("/")[2] for graph in store.graphs()] == ["one", "two"]
    assert tally.triples == 2


def test_what_goes_wrong_beside_is_raised_by_the_next_call_and_nothing_of_it_is_accounted_for(store: SlowStore) -> None:
    begun, accounts, tally = opened(store, "one", "two")
    store.is_full = True
    store.let_on.set()
    begun.take(made("one"))
    with pytest.raises(StoreError, match="the disk is full"):
        begun.take(made("two"))
    begun.close()
    assert (list(accounts), tally.triples, store.graphs()) == ([], 0, [])


def test_deposits_grow_with_what_is_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    puts: list[int] = []
    put = Store.put
    monkeypatch.setattr(Store, "put", lambda self, graphs: puts.append(len(graphs)) or put(self, graphs))
    [graph] = made("00")
    monkeypatch.setattr(deposit, "SMALLEST_DEPOSIT", 2 * len(graph.quads))
    monkeypatch.setattr(deposit, "LARGEST_DEPOSIT", 5 * len(graph.quads))
    names = [f"{number:02}" for number in range(24)]
    with Store(tmp_path / "store", write=True) as store:
        accounts, tally = Accounts(Manifest(store.folder)), Tally()
        for name in names:
            accounts.begin(Entry(f"{name}.txt", None, "read", article=name))
        one = Deposit(store, accounts, tally)
        for name in names:
            one.take(made(name))
        one.write()
        assert len(store.graphs()) == len(names)
    assert puts == [2, 2, 2, 3, 5, 5, 5]
