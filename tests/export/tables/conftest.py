"""One small store for all tables: four papers, of which two report the same two events."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store.embedded import Store
from tests.support.told import fill_with, said

ARTICLES = {
    "morgenpost": "2017-03-02 Capture c1 mosul 2017-03-01 iraqi-army islamic-state"
    " ; Killing k1 raqqa 2017-02-20..2017-02-24 islamic-state civilians 12",
    "abendblatt": "2017-03-03 Capture c2 mosul 2017-03-01 iraqi-army islamic-state"
    " ; Killing k2 raqqa 2017-02-20..2017-02-24 islamic-state civilians 15",
    "anzeiger": "2017-03-05 Airstrike a1 eastern-ghouta 2017-02-01..2017-02-28 russian-air-force fighters 7"
    " ; Clash f1 northern-iraq 2017-01-01..2017-12-31 peshmerga islamic-state 0",
    "kurier": "2017-03-06 Incitement i1 berlin 2017-03-06 islamic-state people ; Attack b1 syria 2017-03-04 - people 3",
}
EXTRA = {
    "morgenpost": said("morgenpost", "c1", "Reported", "sana", "Die Armee nahm Mossul ein."),
    "kurier": "<event/n1> a lb:Capture ; lb:place <entity/tikrit> ."
    "<event/u1> a lb:Deployment ; lb:agent <entity/bundeswehr> ; lb:place <entity/mosul>, <entity/tikrit> ."
    + said("kurier", "n1", "Negated")
    + said("kurier", "u1", "Reported", "german-government"),
}


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("told") / "store", write=True) as store:
        fill_with(store, ARTICLES, EXTRA)
        yield store


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "empty", write=True) as store:
        yield store
