"""``/search`` for people: what was found in the reader's language, with facets to narrow it down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from server.data.names import levelled
from server.http.call import Answer, Call
from server.pages.page_queries import PageQueries
from server.pages.pages import Pages
from server.pages.reader import Reader
from server.pages.resources.marks import Node, Span, marked
from server.pages.resources.vocabulary import Vocabularies
from server.search import Search, SearchRequest
from server.sparql.request import is_iri

_NAMES = 'SELECT ?iri ?name WHERE {{ VALUES ?iri {{ {iris} }} ?iri rdfs:label ?name FILTER(LANG(?name) = "{language}") }}'
_WORDS = re.compile(r"\w+")
_SHOWN = 12  # values of a facet
_NAMED = ("actor", "place")  # facets whose values are IRIs


class SearchPage:
    """Makes the pages of results."""

    def __init__(self, search: Search, rows: PageQueries, pages: Pages, vocabularies: Vocabularies) -> None:
        self.search = search
        self.rows = rows
        self.pages = pages
        self.vocabularies = vocabularies

    def answer(self, call: Call) -> Answer:
        """Return one page of results; raises :class:`Problem`."""
        reader = Reader.of(call)
        asked = SearchRequest.read(call)
        found = self.search.found(asked)
        wanted = {"q": asked.text, **asked.wanted}
        words = found.get("corrected") or asked.text
        values = {
            "found": found, "asked": wanted, "offset": asked.offset, "vocabulary": self.vocabularies.newest(), "shown": _SHOWN,
            "names": self._names(found, reader.language), "hits": lambda text: hits(text, words),
            "narrowed": lambda name, value: "/search?" + urlencode({**wanted, name: value}),
            "widened": lambda name: "/search?" + urlencode({key: value for key, value in wanted.items() if key != name}),
        }  # fmt: skip
        return self.pages.page(reader, "search.html", values)

    def _names(self, found: dict[str, Any], language: str) -> dict[str, str]:
        """Return what the things found and the values of facets are called in a language, by IRI."""
        iris = {result["iri"] for result in found["results"] if result["kind"] in ("entity", "event")}
        iris |= {value["value"] for name in _NAMED for value in found["facets"].get(name, ())[:_SHOWN]}
        listed = " ".join(f"<{iri}>" for iri in sorted(iris) if is_iri(iri))
        if not listed:
            return {}
        rows = self.rows.select(_NAMES.format(iris=listed, language=language))
        return {row["iri"].text: row["name"].text for row in reversed(rows)}


def hits(text: str, words: str) -> tuple[Node, ...]:
    """Return a text with its words marked that begin like one that was looked for."""
    wanted = [levelled(word) for word in _WORDS.findall(words)]
    return marked(text, _spans(text, wanted))


def _spans(text: str, wanted: Iterable[str]) -> Iterator[Span]:
    for found in _WORDS.finditer(text):
        if any(levelled(found[0]).startswith(word) for word in wanted):
            yield Span(found.start(), found.end(), "hit")
