"""Sentences with what is to be read in them: every construction with every verb it allows, the other slots in turn."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

HERE = Path(__file__).parent
MOTION = ("abgezogen", "geflohen", "vorgerückt")  # participles that take sein


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence says.

    Entities by what their label holds, empty for none; the time as ``first..last``, or empty.
    """

    kind: str
    certainty: str
    agent: str = ""
    target: str = ""
    place: str = ""
    time: str = ""
    source: str = ""
    toll: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a construction and its reading."""

    construction: str
    text: str
    reading: Reading


@dataclass(slots=True)
class _Fillers:
    """Fillers of every role, each in its turn; as the roles have as many as no other, all meet each other."""

    rows: dict[str, list[dict[str, str]]]
    turns: dict[str, Iterator[int]] = field(default_factory=dict)

    def take(self, role: str, who: str = "") -> dict[str, str]:
        rows = [row for row in self.rows[role] if who in ("", row["who"])]
        turn = next(self.turns.setdefault(role, count()))
        return rows[turn % len(rows)]


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of this folder."""
    lines = [line for line in (HERE / name).read_text(encoding="utf8").splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval=""))


def sentences() -> Iterator[Sentence]:
    """Yield all sentences, in the order of the tables."""
    rows: dict[str, list[dict[str, str]]] = {}
    for row in table("fillers.tsv"):
        rows.setdefault(row["role"], []).append(row)
    fillers = _Fillers(rows)
    for construction in table("constructions.tsv"):
        for verb in table("verbs.tsv"):
            if _fits(construction, verb):
                yield _sentence(construction, verb, fillers)


def _fits(construction: dict[str, str], verb: dict[str, str]) -> bool:
    """No passive without its subject; hätten and haben as they stand take no verb of motion."""
    template = construction["template"].lower()
    passive = "{passive}" in template
    fixed = any(word in template for word in ("hätten", "haben.", "zu haben"))
    return bool(verb["passive"]) >= passive and not (fixed and verb["participle"] in MOTION)


def _sentence(construction: dict[str, str], verb: dict[str, str], fillers: _Fillers) -> Sentence:
    agents = fillers.take("agents", verb["who"])
    victims, place, source = (fillers.take(role) for role in ("victims", "place", "source"))
    time = fillers.take(construction["when"]) if construction["when"] else {"form": "", "key": ""}
    number, _, noun = victims["key"].partition(" ")
    inner = {"victims": victims["form"], "place": place["form"], "in": f"in {place['form']}"}
    sein, single = verb["participle"] in MOTION, verb["passive"] == "{place}"
    parts = {name: verb[name] for name in ("finite", "particle", "participle", "infinitive", "to", "sich")} | {
        "agents": agents["form"], "of_agents": agents["dative"], "source": source["form"], "of_source": source["dative"],
        "time": time["form"], "have": "sind" if sein else "haben", "had": "waren" if sein else "hatten",
        "wurden": "wurde" if single else "wurden", "sind": "ist" if single else "sind",
        "sollen": "soll" if single else "sollen", "object": verb["object"].format(**inner),
        "passive": verb["passive"].format(**inner), "rest": verb["rest"].format(**inner),
    }  # fmt: skip
    says, acting = construction["says"].split(), agents["key"]
    flees = "f" in verb["reading"]
    reading = Reading(
        kind=verb["kind"],
        certainty=construction["certainty"],
        agent=acting if "agent" in says and not flees else "",
        target=acting if flees else noun if "v" in verb["reading"] else "",
        place=place["key"] if "p" in verb["reading"] else "",
        time=time["key"],
        source=source["key"] if "source" in says else "",
        toll=number if "d" in verb["reading"] else "",
    )
    return Sentence(construction["name"], _written(construction["template"], parts), reading)


def _written(template: str, parts: dict[str, str]) -> str:
    """Fill a template; a name with a capital letter opens a sentence."""
    capitals = {name.capitalize(): text[:1].upper() + text[1:] for name, text in parts.items()}
    text = " ".join(template.format(**parts, **capitals).split())
    return text.replace(" .", ".").replace(" ,", ",")
