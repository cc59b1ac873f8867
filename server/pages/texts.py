"""The words of the interface in both languages, from ``texts.tsv``; a key that is missing there raises."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from kg.errors import ResourceError
from kg.namespaces import LANGUAGES

_TABLE = "texts.tsv"


@cache
def all_texts(language: str) -> dict[str, str]:
    """Return every text by its key; raises :class:`ResourceError` on a row that lacks a language or stands twice."""
    column = 1 + LANGUAGES.index(language)
    found: dict[str, str] = {}
    for number, line in enumerate(files("server.pages").joinpath(_TABLE).read_text(encoding="utf8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 1 + len(LANGUAGES) or not all(cells) or cells[0] in found:
            raise ResourceError(f"server/pages/{_TABLE}, line {number}: write key, de and en, parted by tabs, each key once")
        found[cells[0]] = cells[column]
    return found


def text(language: str, key: str, **values: object) -> str:
    """Return a text with its ``{places}`` filled; raises KeyError on a key that there isn't."""
    return all_texts(language)[key].format(**values) if values else all_texts(language)[key]


def grouped(number: int, language: str) -> str:
    """Return a number as the language groups its digits: 12.345 or 12,345."""
    written = f"{number:,}"
    return written if language == "en" else written.replace(",", ".")
