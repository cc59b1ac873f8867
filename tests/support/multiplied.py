"""A store of many events made of a small one: its articles again and again, with other days, towns and sides."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pyoxigraph as ox
from rdflib.namespace import RDF, RDFS, XSD

from kg.namespaces import DEFAULT_BASE, LB
from kg.store.embedded import DATA

_DAYS = 900  # by which the days of a copy may lie before or after
_OWN = tuple(DEFAULT_BASE + kind for kind in ("article/", "event/", "control/"))  # what each copy has for itself
_MOVED = frozenset(str(LB[name]) for name in ("agent", "target", "place", "holder"))


def multiply(source: Path, folder: Path, copies: int, seed: int = 1) -> Path:
    """Write a store with ``copies`` times the articles of ``source``, each elsewhere at another time; return its folder."""
    shutil.copytree(source, folder)
    store = ox.Store(str(folder / DATA))
    template = _Template(store)
    for number in range(1, copies):
        store.bulk_extend(template.copy(number, random.Random(seed + number)))
    store.flush()
    return folder


class _Template:
    """What is copied: the graphs of articles and what is derived of them."""

    def __init__(self, store: ox.Store) -> None:
        derived = DEFAULT_BASE + "graph/derived"
        self.quads = [quad for quad in store if _name(quad).startswith(_OWN[0]) or _name(quad) == derived]
        self.local = {quad.subject.value for quad in self.quads if quad.predicate.value == str(RDFS.label)}
        gazetteer = ox.NamedNode(DEFAULT_BASE + "graph/gazetteer")
        towns = store.quads_for_pattern(None, ox.NamedNode(str(RDF.type)), ox.NamedNode(str(LB.City)), gazetteer)
        sides = store.quads_for_pattern(None, ox.NamedNode(str(LB.agent)), None, None)
        self.towns = sorted({quad.subject.value for quad in towns})
        self.sides = sorted({quad.object.value for quad in sides} - self.local)

    def copy(self, number: int, chance: random.Random) -> Iterator[ox.Quad]:
        """Yield the quads of one copy."""
        shift = timedelta(days=chance.randrange(-_DAYS, _DAYS))
        moved = {town: chance.choice(self.towns) for town in self.towns}
        moved |= {side: chance.choice(self.sides) for side in self.sides if chance.random() < 0.5}

        def term(old: ox.Term, elsewhere: bool = False) -> ox.Term:
            if isinstance(old, ox.NamedNode):
                if old.value in self.local or old.value.startswith(_OWN):
                    name, mark, part = old.value.partition("#")
                    return ox.NamedNode(f"{name}-{number}{mark}{part}")
                return ox.NamedNode(moved.get(old.value, old.value)) if elsewhere else old
            if isinstance(old, ox.Literal) and old.datatype.value == str(XSD.dateTime):
                moment = datetime.fromisoformat(old.value) + shift
                return ox.Literal(moment.strftime("%Y-%m-%dT%H:%M:%SZ"), datatype=old.datatype)
            return old

        for quad in self.quads:
            object_ = term(quad.object, quad.predicate.value in _MOVED)
            yield ox.Quad(term(quad.subject), quad.predicate, object_, term(quad.graph_name))


def _name(quad: ox.Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
