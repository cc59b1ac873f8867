"""The page of an actor or a place: its names, where and when events were, with whom it has to do, who held it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from rdflib.namespace import RDF, RDFS, SKOS

from kg.namespaces import ACTING_KINDS, ACTOR_KINDS, LB, PLACE_KINDS
from server.config import Config
from server.http.call import Answer, Call
from server.pages.entity import entity_queries
from server.pages.entity.dealings import dealings
from server.pages.kept_pages import KeptPages
from server.pages.page_queries import PageQueries, Row, Value
from server.pages.pages import Pages
from server.pages.reader import Reader
from server.pages.resources.paging import Paging, known_only, page_number
from server.pages.resources.vocabulary import Vocabularies
from server.pages.sentences.times import day_of, in_words
from server.selection.pattern import declared
from server.selection.selection import Selection
from server.selection.view_queries import ROWS, ViewQueries
from server.workers.fork_client import ForkClient

_QUERIES = {
    "about": entity_queries.ABOUT, "within": entity_queries.WITHIN, "mentions": entity_queries.MENTIONS,
    "dealings": entity_queries.DEALINGS, "as_source": entity_queries.AS_SOURCE, "held": entity_queries.HELD,
}  # fmt: skip
_PLACES_SHOWN, _YEAR = 12, 4  # where nothing is drawn; characters of a moment
_DRAWN = ("map", "timeline", "count")


@dataclass(slots=True)
class About:
    """What is said of an actor or place itself; ``links`` are IRIs of the same thing elsewhere, ``country`` its state."""

    names: dict[str, str] = field(default_factory=dict)
    others: list[Value] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    country: tuple[str, str] | None = None
    latitude: str = ""
    longitude: str = ""

    def name(self, language: str, iri: str) -> str:
        """Return its name in a language, else the one that there is."""
        return self.names.get(language) or self.names.get("de") or min(self.names.values(), default=iri.rpartition("/")[2])

    @property
    def is_place(self) -> bool:
        """Whether events happen in it."""
        return any(kind in PLACE_KINDS for kind in self.kinds)

    @property
    def acts(self) -> bool:
        """Whether it takes part in events."""
        return not self.kinds or any(kind in ACTING_KINDS for kind in self.kinds)


class EntityPage:
    """Makes pages of actors and places."""

    def __init__(
        self, config: Config, rows: PageQueries, pages: Pages, vocabularies: Vocabularies, kept: KeptPages
    ) -> None:
        self.base = config.base
        self.rows = rows
        self.pages = pages
        self.vocabularies = vocabularies
        self.kept = kept

    def answer(self, call: Call, iri: str) -> Answer:
        """Return the page; raises :class:`Problem`."""
        reader = Reader.of(call)
        known_only(reader.arguments, ("page",))
        number = page_number(reader.arguments)
        return self.kept.answer(call, reader, lambda generation: self._page(reader, iri, number, generation))

    def _page(self, reader: Reader, iri: str, number: int, generation: ForkClient) -> Answer:
        ask = partial(self.rows.select, generation=generation)
        queries = {name: declared(query.format(entity=iri, language=reader.language)) for name, query in _QUERIES.items()}
        asked = {name: ask(query) for name, query in queries.items()}
        about = _about(asked["about"])
        selection = self._selection(iri, about, number)
        views = ViewQueries(selection, reader.language)
        total = int(ask(views.count())[0]["events"].text)
        paging = Paging(reader, number, ROWS, total)
        paging.check()
        drawn = {name: query for name, query in views.all().items() if name in _DRAWN}
        values = {
            "iri": iri, "about": about, "name": about.name(reader.language, iri), "queries": {**queries, "list": views.list()},
            "within": asked["within"], "mentions": _first(asked["mentions"]), "as_source": _first(asked["as_source"]),
            "dealings": dealings(asked["dealings"]), "held": asked["held"], "events": ask(views.list()) if total else [],
            "places": ask(drawn["map"])[:_PLACES_SHOWN] if total else [],
            "years": _years(ask(drawn["timeline"])) if total else {},
            "paging": paging, "drawn": drawn, "vocabulary": self.vocabularies.newest(), "selection": selection.address(),
            "slug": self._slug(iri), "slug_of": self._slug,
            "between": partial(_between, reader.language), "client": self.pages.client(reader, drawn) if total else None,
        }  # fmt: skip
        return self.pages.page(reader, "entity.html", values)

    def _slug(self, iri: str) -> str:
        return iri.removeprefix(f"{self.base}entity/")

    def _selection(self, iri: str, about: About, number: int) -> Selection:
        role = "places" if about.is_place else "actors"
        return Selection(self.base, page=number, **{role: (self._slug(iri),)})  # type: ignore[arg-type]


def _about(rows: Iterable[Row]) -> About:
    about = About()
    for row in rows:
        name, value = row["property"].text, row["value"]
        if name == str(RDF.type):
            kind = value.text.removeprefix(str(LB))
            about.kinds += [kind] if kind in (*ACTOR_KINDS, *PLACE_KINDS) else []
        elif name == str(RDFS.label):
            about.names.setdefault(value.language or "de", value.text)
        elif name in (str(SKOS.altLabel), str(LB.epithet)):
            about.others.append(value)
        elif name == str(SKOS.exactMatch):
            about.links.append(value.text)
        elif name == str(LB.country):
            about.country = value.text, row["name"].text if "name" in row else value.text.rpartition("/")[2]
        elif name == str(LB.latitude):
            about.latitude = value.text
        elif name == str(LB.longitude):
            about.longitude = value.text
    return about


def _years(rows: list[Row]) -> dict[str, int]:
    """Return how many events each year has, of those whose year is certain."""
    found: Counter[str] = Counter()
    for row in rows:
        if row["first"].text[:_YEAR] == row["last"].text[:_YEAR]:
            found[row["first"].text[:_YEAR]] += int(row["events"].text)
    return dict(sorted(found.items()))


def _first(rows: list[Row]) -> dict[str, int]:
    return {name: int(value.text) for name, value in rows[0].items()} if rows else {}


def _between(language: str, first: Value | None, last: Value | None) -> str:
    return in_words(day_of(first.text) if first else None, day_of(last.text) if last else None, language)
