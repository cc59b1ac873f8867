"""What a reader has chosen to see: the same names and values in every view's address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from kg.namespaces import EVENT_KINDS, EVENT_SUBKINDS, FACTUALITIES
from server.http.problem import Problem
from server.selection.days import first_day, last_day
from server.sparql.request import is_iri

ROLES = ("agent", "target")
TYPES = (*EVENT_KINDS, *EVENT_SUBKINDS)
SORTS = ("-day", "day", "type", "-dead", "-reports")
REPEATED = {"actor": "actors", "type": "types", "certainty": "certainties", "source": "sources", "place": "places"}
SINGLE = ("role", "from", "to", "q", "sort", "page", "day")
LISTED = {"type": TYPES, "certainty": FACTUALITIES, "role": ROLES, "sort": SORTS}
ENTITIES = ("actor", "source", "place")
ELSEWHERE = frozenset({"lang", "format"})  # in the address, but no part of the selection
_LONGEST_TEXT = 200
_MOST_DIGITS = 6  # of a page number

Arguments = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Selection:
    """Filters, order and page of one view; ``base`` is what the IRIs of the store hang under.

    ``actors``, ``sources`` and ``places`` are the ends of IRIs: ``islamic-state``. An event is seen where **all** actors take
    part in it (as ``role`` where one is given) and **any** of the types, certainties, sources and places holds; a place has
    its parts with it. ``first`` and ``last`` are days on which it may have been; ``words`` stand in its name or in a sentence
    that tells of it. ``day`` is the one of «who held what» and filters no events.
    """

    base: str
    actors: tuple[str, ...] = ()
    role: str = ""
    types: tuple[str, ...] = ()
    certainties: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    words: str = ""
    sort: str = SORTS[0]
    page: int = 1
    day: date | None = None

    @classmethod
    def from_address(cls, arguments: Arguments, base: str) -> Selection:
        """Read the names and values of a query string; raises the :class:`Problem` 400 that names the value and the remedy."""
        _check_names(arguments)
        single = {name: value.strip() for name, value in arguments if name in SINGLE and value.strip()}
        several = {field: _values(arguments, name, base) for name, field in REPEATED.items()}
        first, last, day = single.get("from"), single.get("to"), single.get("day")
        chosen = cls(
            base, **several, role=_listed("role", single.get("role", "")), sort=_listed("sort", single.get("sort", SORTS[0])),
            first=first_day("from", first) if first else None, last=last_day("to", last) if last else None,
            words=_words(single.get("q", "")), page=_page(single.get("page", "1")), day=first_day("day", day) if day else None,
        )  # fmt: skip
        if chosen.first and chosen.last and chosen.first > chosen.last:
            raise _bad("from", f"from={chosen.first} lies after to={chosen.last}: exchange them", "order")
        return chosen

    def pairs(self) -> list[tuple[str, str]]:
        """Return the names and values that stand in the address, in one order, without what is as by default."""
        found = [(name, value) for name, field in REPEATED.items() for value in getattr(self, field)]
        single = {
            "role": self.role, "from": self.first and self.first.isoformat(), "to": self.last and self.last.isoformat(),
            "q": self.words, "sort": "" if self.sort == SORTS[0] else self.sort,
            "page": "" if self.page == 1 else str(self.page), "day": self.day and self.day.isoformat(),
        }  # fmt: skip
        return [*found, *((name, value) for name, value in single.items() if value)]

    def address(self) -> str:
        """Return the query string: the same selection has the same."""
        return urlencode(self.pairs())

    def having(self, name: str, value: str) -> Selection:
        """Return the selection with one more value, or the other value of what may stand once; on its first page."""
        left = {"page"} if name in REPEATED else {"page", name}
        kept = [pair for pair in self.pairs() if pair[0] not in left]
        return Selection.from_address([*kept, (name, value)], self.base)

    def lacking(self, name: str, value: str | None = None) -> Selection:
        """Return the selection without a value, or without all values of a name; on its first page."""
        gone = [pair for pair in self.pairs() if pair[0] == name and value in (None, pair[1])]
        kept = [pair for pair in self.pairs() if pair not in gone and pair[0] != "page"]
        return Selection.from_address(kept, self.base)

    def only_filters(self) -> Selection:
        """Return what decides which events are seen, without order, page and day."""
        return replace(self, sort=SORTS[0], page=1, day=None)

    @property
    def filtered(self) -> bool:
        """Whether anything is filtered at all."""
        return self.only_filters() != Selection(self.base)

    def iri(self, slug: str) -> str:
        """Return the IRI of an entity by its end."""
        return f"{self.base}entity/{slug}"

    def entities(self) -> list[tuple[str, str]]:
        """Return (name in the address, IRI) of every entity that is chosen."""
        return [(name, self.iri(value)) for name in ENTITIES for value in getattr(self, REPEATED[name])]

    def as_json(self) -> dict[str, Any]:
        """Return names and values for the client: lists for what may be repeated, else texts."""
        found: dict[str, Any] = {name: list(getattr(self, field)) for name, field in REPEATED.items()}
        return found | {name: value for name, value in self.pairs() if name in SINGLE}


def _check_names(arguments: Arguments) -> None:
    known = (*REPEATED, *SINGLE)
    for name, _ in arguments:
        if name not in known and name not in ELSEWHERE:
            raise _bad(name, f"There is no filter {name[:50]}=: use {', '.join(known)}", "unknown", known=", ".join(known))
    for name in SINGLE:
        if (times := sum(key == name for key, _ in arguments)) > 1:
            raise _bad(name, f"{name}= stands {times} times: give it once", "twice")


def _values(arguments: Arguments, name: str, base: str) -> tuple[str, ...]:
    values = [value.strip() for key, value in arguments if key == name and value.strip()]
    if name in LISTED:
        return _sorted(_listed(name, value) for value in values)
    return _sorted(_slug(name, value, base) for value in values)


def _listed(name: str, value: str) -> str:
    if value and value not in LISTED[name]:
        known = ", ".join(LISTED[name])
        raise _bad(name, f"{name}={value[:50]} is unknown: use {known}", "value", value=value[:50], known=known)
    return value


def _slug(name: str, value: str, base: str) -> str:
    slug = value.removeprefix(f"{base}entity/")
    if not is_iri(f"{base}entity/{slug}") or "#" in slug or "?" in slug:
        detail = f"{name}={value[:50]} is the end of no IRI: copy it from a link, as in {name}=islamic-state"
        raise _bad(name, detail, "iri", value=value[:50])
    return slug


def _words(text: str) -> str:
    if len(text) > _LONGEST_TEXT:
        detail = f"q= has {len(text)} characters, the limit is {_LONGEST_TEXT}: use fewer words"
        raise _bad("q", detail, "long", limit=str(_LONGEST_TEXT))
    return " ".join(text.split())


def _page(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and int(text) > 0):
        raise _bad("page", f"page={text[:50]} is no page: pages are numbered 1, 2, 3", "page", value=text[:50])
    return int(text)


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def _bad(name: str, detail: str, why: str, **values: str) -> Problem:
    """Return the 400; ``why`` is the end of the key of the text that says it on a page."""
    return Problem(400, "selection", detail, told=(f"selection.{why}", {"name": name[:50], **values}), parameter=name[:50])
