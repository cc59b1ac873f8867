"""From the Wikipedia articles that the gazetteer names to Wikidata's items, by ``schema:about``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from kg.errors import ServiceError
from kg.linking.cache import Cache
from kg.linking.web_requests import Web
from kg.namespaces import RESULTS_JSON, WD

ITEM = re.compile(re.escape(str(WD)) + r"Q[1-9][0-9]{0,11}")
PAGE = re.compile(r"https://[a-z-]+\.wikipedia\.org/wiki/[^\s<>\"{}|\\^`]+")


def items_of(pages: Iterable[str], endpoint: str, web: Web, cache: Cache) -> dict[str, str]:
    """Return the item's IRI for each Wikipedia address that has one; raises :class:`ServiceError`."""
    wanted = sorted({page for page in pages if PAGE.fullmatch(page)})
    if not wanted or not endpoint:
        return {}
    values = " ".join(f"<{page}>" for page in wanted)
    query = f"SELECT ?page ?item {{ VALUES ?page {{ {values} }} ?page <http://schema.org/about> ?item }}"
    found = cache.get(endpoint, query)
    if found is None:
        found = _checked(endpoint, web.json(endpoint, {"query": query}, RESULTS_JSON), set(wanted))
        cache.put(endpoint, query, found)
    return dict(found)


def _checked(endpoint: str, answer: Any, wanted: set[str]) -> dict[str, str]:
    try:
        rows = [(row["page"]["value"], row["item"]["value"]) for row in answer["results"]["bindings"]]
    except (KeyError, TypeError):
        raise ServiceError(f"{endpoint}: answers no SPARQL results: is this a SPARQL endpoint?") from None
    for page, item in rows:
        if page not in wanted or not isinstance(item, str) or not ITEM.fullmatch(item):
            raise ServiceError(f"{endpoint}: answers {str(item)[:80]!r}, which is no item of Wikidata")
    return dict(sorted(rows, reverse=True))
