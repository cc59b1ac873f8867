"""``/articles``: what was read, newest first, with outlet, date and number of events."""

from __future__ import annotations

from functools import partial

from server.http.call import Answer, Call, only
from server.pages.kept_pages import KeptPages
from server.pages.page_queries import PageQueries
from server.pages.pages import Pages
from server.pages.reader import Reader
from server.pages.resources.paging import Paging, known_only, page_number
from server.pages.sentences.times import date_words, day_of
from server.selection.pattern import declared, literal
from server.workers.fork_client import ForkClient

_ROWS = 50  # articles on a page
_KNOWN = ("outlet", "page")
_ARTICLES = """SELECT ?article ?headline ?day ?outlet ?original (COUNT(DISTINCT ?event) AS ?events) WHERE {{
  {{ SELECT DISTINCT ?article ?day WHERE {{
    {chosen}
    OPTIONAL {{ ?article schema:datePublished ?day }}
  }} ORDER BY DESC(?day) ?article LIMIT {rows} OFFSET {offset} }}
  OPTIONAL {{ ?article schema:headline ?headline }}
  OPTIONAL {{ ?article schema:publisher ?outlet }}
  OPTIONAL {{ ?article lb:copyOf ?original }}
  OPTIONAL {{ GRAPH ?article {{ ?event gaf:denotedBy ?mention . ?mention lb:factuality ?certainty }} }}
}}
GROUP BY ?article ?headline ?day ?outlet ?original
ORDER BY DESC(?day) ?article"""
_COUNT = "SELECT (COUNT(DISTINCT ?article) AS ?articles) WHERE {{ {chosen} }}"
_OUTLETS = """SELECT ?outlet (COUNT(DISTINCT ?article) AS ?articles) WHERE {
  ?article a schema:NewsArticle ; schema:publisher ?outlet .
}
GROUP BY ?outlet
ORDER BY DESC(?articles) ?outlet
LIMIT 40"""


class ArticleList:
    """Makes the pages of the list."""

    def __init__(self, rows: PageQueries, pages: Pages, kept: KeptPages) -> None:
        self.rows = rows
        self.pages = pages
        self.kept = kept

    def answer(self, call: Call) -> Answer:
        """Return one page of the list; raises :class:`Problem`."""
        reader = Reader.of(call)
        known_only(reader.arguments, _KNOWN)
        number, outlet = page_number(reader.arguments), only(list(reader.arguments), "outlet") or ""
        return self.kept.answer(call, reader, lambda generation: self._page(reader, number, outlet, generation))

    def _page(self, reader: Reader, number: int, outlet: str, generation: ForkClient) -> Answer:
        ask = partial(self.rows.select, generation=generation)
        chosen = "?article a schema:NewsArticle ." + (f" ?article schema:publisher {literal(outlet)} ." if outlet else "")
        total = int(ask(declared(_COUNT.format(chosen=chosen)))[0]["articles"].text)
        paging = Paging(reader, number, _ROWS, total)
        paging.check()
        query = declared(_ARTICLES.format(chosen=chosen, rows=_ROWS, offset=(number - 1) * _ROWS))
        outlets = declared(_OUTLETS)
        values = {
            "articles": ask(query), "outlets": ask(outlets), "outlet": outlet, "paging": paging,
            "queries": {"articles": query, "outlets": outlets}, "day": partial(_day, reader.language),
        }  # fmt: skip
        return self.pages.page(reader, "articles.html", values)


def _day(language: str, moment: str) -> str:
    day = day_of(moment)
    return date_words(day, language) if day else moment
