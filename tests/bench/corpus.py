"""Any number of articles: the samples with other towns, days, months and years in them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from kg.knowledge.triples import TYPE, load_shipped
from kg.namespaces import LB
from kg.resources import listed

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip
TIME = re.compile(rf"\b(?:(?P<day>\d\d?)\. )?(?P<month>{'|'.join(MONTHS)})\b|\b20[01]\d\b")


def varied(number: int) -> Iterator[tuple[str, str]]:
    """Yield (file name, text) of ``number`` articles, the same for the same number."""
    samples = [(f.name.removesuffix(".txt"), f.read_text(encoding="utf8")) for f in listed("samples", ".txt")]
    known = towns()
    names = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(known, key=len, reverse=True))) + r")\b")
    for index in range(number):
        name, text = samples[index % len(samples)]
        yield f"{name}-{index:05}.txt", _changed(text, names, known, random.Random(index))


def write(folder: Path, number: int) -> int:
    """Write ``number`` articles into ``folder``; return how many words they hold."""
    words = 0
    for name, text in varied(number):
        (folder / name).write_text(text, encoding="utf8")
        words += len(text.split())
    return words


def towns() -> list[str]:
    """Return the German names of the gazetteer's cities."""
    shipped = load_shipped()
    cities = sorted(t.subject.value for t in shipped.gazetteer if t.predicate == TYPE and t.object.value == str(LB.City))
    return [label for city in cities if (label := shipped.label(city, "de"))]


def _changed(text: str, names: re.Pattern[str], towns: list[str], choice: random.Random) -> str:
    chosen: dict[str, str] = {}

    def other_time(match: re.Match[str]) -> str:
        if match["month"] is None:
            return str(choice.randrange(2012, 2020))
        day = f"{choice.randrange(1, 29)}. " if match["day"] else ""
        return day + choice.choice(MONTHS)

    text = names.sub(lambda match: chosen.setdefault(match[0], choice.choice(towns)), text)
    return TIME.sub(other_time, text)
