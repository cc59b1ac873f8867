"""Media types of answers and uploads, and content negotiation; no state, no I/O."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class Format:
    """One serialisation: its short name (``?format=``), media type and the further types that mean it."""

    name: str
    media_type: str
    extension: str
    aliases: tuple[str, ...] = ()
    charset: bool = False  # text/* types say their character set

    @property
    def content_type(self) -> str:
        """The value of the Content-Type header."""
        return f"{self.media_type}; charset=utf-8" if self.charset else self.media_type


RESULTS = (
    Format("json", "application/sparql-results+json", "srj", ("application/json", "text/json")),
    Format("xml", "application/sparql-results+xml", "srx", ("application/xml", "text/xml")),
    Format("csv", "text/csv", "csv", charset=True),
    Format("tsv", "text/tab-separated-values", "tsv", ("text/tsv",), charset=True),
)
GRAPHS = (
    Format("ttl", "text/turtle", "ttl", ("application/turtle", "application/x-turtle", "text/plain"), charset=True),
    Format("nt", "application/n-triples", "nt"),
    Format("rdf", "application/rdf+xml", "rdf", ("application/xml", "text/xml")),
    Format("jsonld", "application/ld+json", "jsonld", ("application/json",)),
    Format("trig", "application/trig", "trig", ("application/x-trig",)),
    Format("nq", "application/n-quads", "nq", ("text/x-nquads",)),
)
OX_RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
OX_GRAPHS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
}
BY_NAME = {format_.name: format_ for format_ in (*RESULTS, *GRAPHS)}
_NAMED = {  # what ?format= may say: (for rows, for graphs)
    "json": ("json", "jsonld"), "xml": ("xml", "rdf"), "csv": ("csv", None), "tsv": ("tsv", None),
    "ttl": (None, "ttl"), "turtle": (None, "ttl"), "n3": (None, "ttl"), "nt": (None, "nt"), "rdf": (None, "rdf"),
    "rdf+xml": (None, "rdf"), "jsonld": (None, "jsonld"), "json-ld": (None, "jsonld"), "trig": (None, "trig"),
    "nq": (None, "nq"),
}  # fmt: skip
_LONGEST_ACCEPT = 2000


@lru_cache(maxsize=256)
def preferences(accept: str) -> tuple[tuple[str, float], ...]:
    """Return the media ranges of an Accept header with their q, in their order; what is unreadable is left out."""
    ranges = []
    for part in accept[:_LONGEST_ACCEPT].split(","):
        media_range, *parameters = (piece.strip().casefold() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    quality = min(1.0, max(0.0, float(parameter[2:])))
                except ValueError:
                    quality = 0.0
        if media_range == "*":
            media_range = "*/*"
        if "/" in media_range:
            ranges.append((media_range, quality))
    return tuple(ranges)


def quality(accept: str, media_type: str) -> float:
    """Return how welcome a media type is: the q of the most specific range that covers it, else 0."""
    best, welcome = -1, 0.0
    main = media_type.split("/")[0] + "/*"
    for media_range, q in preferences(accept):
        rank = 2 if media_range == media_type else 1 if media_range == main else 0 if media_range == "*/*" else -1
        if rank > best:
            best, welcome = rank, q
    return welcome


@lru_cache(maxsize=512)
def choose(accept: str, offered: tuple[Format, ...]) -> Format | None:
    """Return the format that the Accept header likes best, the first offered on a tie; None: none is acceptable."""
    if not accept.strip():
        return offered[0]
    best: tuple[float, Format] | None = None
    for format_ in offered:
        exact = quality(accept, format_.media_type)
        named = [q for media_range, q in preferences(accept) if media_range in format_.aliases]
        welcome = max([exact, *named])
        if welcome > 0 and (best is None or welcome > best[0]):
            best = (welcome, format_)
    return best[1] if best else None


def named(values: Iterable[str]) -> tuple[Format | None, Format | None] | None:
    """Return the formats for rows and for graphs that the values of ``format=`` ask for, None where they ask for none.

    A value is a word of :func:`format_names` or a list of media types, as some clients send both; what is unknown is left
    out, and None is returned where nothing is known. Raises ValueError on values that ask for different formats.
    """
    words = [word.strip().casefold() for value in values for word in value.split(",")]
    known = [pair for word in words if (pair := _NAMED.get(word) or _typed(word)) is not None]
    if not known:
        return None
    rows, graphs = ({name for name in column if name} for column in zip(*known, strict=True))
    if len(rows) > 1 or len(graphs) > 1:
        raise ValueError(" and ".join(sorted(rows if len(rows) > 1 else graphs)))
    return _only_format(rows), _only_format(graphs)


def _typed(media_type: str) -> tuple[str | None, str | None] | None:
    name = next((f.name for f in (*RESULTS, *GRAPHS) if f.media_type == media_type), None)
    return None if name is None else (name, None) if BY_NAME[name] in RESULTS else (None, name)


def _only_format(names: set[str]) -> Format | None:
    return BY_NAME[names.pop()] if names else None


def format_names() -> tuple[str, ...]:
    """Return the words that ``?format=`` knows."""
    return tuple(_NAMED)


def wants_page(accept: str) -> bool:
    """Say whether a person's browser asks: text/html is named and no RDF or result format is liked better."""
    if "text/html" not in accept.casefold():
        return False
    page = quality(accept, "text/html")
    named = {media_range for media_range, _ in preferences(accept)}
    machine = [quality(accept, f.media_type) for f in (*RESULTS, *GRAPHS) if f.media_type in named]
    return page > 0 and page >= max(machine, default=0.0)


def upload_format(content_type: str | None, file_name: str | None = None) -> Format | None:
    """Return the RDF format of an upload by its Content-Type, else by its file name; None: can't be read."""
    media_type = (content_type or "").split(";")[0].strip().casefold()
    extension = (file_name or "").rpartition(".")[2].casefold()
    exact = {f.media_type: f for f in GRAPHS}
    loose = {alias: f for f in reversed(GRAPHS) for alias in f.aliases}
    if media_type in exact:
        return exact[media_type]
    if by_name := _by_extension(extension, GRAPHS):
        return by_name
    return loose.get(media_type)


def _by_extension(extension: str, offered: Iterable[Format]) -> Format | None:
    return next((f for f in offered if f.extension == extension), None)
