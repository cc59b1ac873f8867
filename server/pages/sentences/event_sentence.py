"""One sentence that says what happened, as far as is known: who, whom, where, when, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from kg.namespaces import EVENT_SUBKINDS
from kg.resources import table
from server.pages.sentences.names import Named, form, is_plural, widest_left_out
from server.pages.sentences.times import in_words

_SLOT = re.compile(r"\{(\w+)(?::(\w+))?\}")
_TIME = "{time}"
_BRACKET = re.compile(r"\[([^\]]*)\]")
_AND = {"de": " und ", "en": " and "}
_SHOULD = {"de": ("soll", "sollen"), "en": ("is", "are")}
_OWN = ("its", "their")
_SURE = ("Factual", "Reported")


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence is made of: ``dead`` is the toll in words, ``certainties`` what all mentions say of themselves."""

    kinds: tuple[str, ...]
    roles: Mapping[str, Sequence[Named]]
    earliest: date | None = None
    latest: date | None = None
    certainties: frozenset[str] = frozenset(("Factual",))
    sources: tuple[Named, ...] = ()
    dead: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a sentence; ``iri`` is what it names, None for other words."""

    text: str
    iri: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """The template of one kind of event."""

    subject: str
    auxiliary: str
    middle: str
    participle: str
    infinitive: str


def event_sentence(told: Told, language: str) -> tuple[Part, ...]:
    """Return the sentence in parts, which together are its text."""
    row = _row(told, language)
    plural = _subject_is_plural(told, row.subject, language)
    frame = _frames()[_certainty(told, row.subject), language, "auxiliary" if row.auxiliary and language == "en" else "any"]
    time = in_words(told.earliest, told.latest, language)
    own_time = _TIME in row.middle  # it stands behind the reflexive pronoun
    fields = {
        "subject": row.subject, "auxiliary": _agreeing(row.auxiliary.split("|"), plural),
        "middle": row.middle.replace(_TIME, time), "participle": row.participle, "infinitive": row.infinitive,
        "should": _agreeing(_SHOULD[language], plural), "time": "" if own_time else time,
        "own": _agreeing(_OWN, plural),
    }  # fmt: skip
    template = _SLOT.sub(lambda slot: fields.get(slot[1], slot[0]), frame)
    return tuple(_finished(list(_filled(_known_brackets(template, told), told, language))))


def text_of(parts: Sequence[Part]) -> str:
    """Return the sentence as text."""
    return "".join(part.text for part in parts)


def _certainty(told: Told, subject: str) -> str:
    """Return how sure the mentions are together, which is the name of a frame."""
    said = told.certainties
    if "Negated" in said and said & {*_SURE, "Uncertain"}:
        return "Disputed"
    found = next((c for c in (*_SURE, "Uncertain", "Negated", "Future") if c in said), "Factual")
    if found != "Reported":
        return found
    acting = {one.iri for one in told.roles.get("agent", ())} if subject == "{agent}" else set()
    itself = bool(told.sources) and {one.iri for one in told.sources} == acting
    return "ReportedByItself" if itself else "Reported" if told.sources else "ReportedByNobody"


def _row(told: Told, language: str) -> _Row:
    """Return the first template of the most special type whose roles are known."""
    kinds = sorted(told.kinds, key=lambda kind: kind not in EVENT_SUBKINDS)
    for kind in (*kinds, *(EVENT_SUBKINDS.get(kind, "") for kind in kinds), "*"):
        for row in _rows().get((kind, language), ()):
            if all(_is_known(slot, told, language) for slot in _needed(row)):
                return row
    raise AssertionError(f"pages/sentences/events.tsv: the rows of * need a role, {language}")


def _needed(row: _Row) -> set[str]:
    return {slot[1] for slot in _SLOT.finditer(_BRACKET.sub("", f"{row.subject} {row.middle}"))} - {"time"}


def _is_known(slot: str, told: Told, language: str) -> bool:
    if slot != "dead":
        return bool(told.roles.get(slot)) if slot != "source" else bool(told.sources)
    whom = told.roles.get("target", ())
    return bool(told.dead) and len(whom) == 1 and is_plural(whom[0], language)


def _known_brackets(template: str, told: Told) -> str:
    """Take the brackets off; what stands in one whose role is unknown goes with it."""

    def kept(bracket: re.Match[str]) -> str:
        return bracket[1] if all(told.roles.get(slot[1]) for slot in _SLOT.finditer(bracket[1])) else ""

    return " ".join(_BRACKET.sub(kept, template).split())


def _subject_is_plural(told: Told, subject: str, language: str) -> bool:
    role = next((slot[1] for slot in _SLOT.finditer(subject) if slot[1] != "dead"), None)
    named = told.roles.get(role, ()) if role else ()
    named = widest_left_out(named) if role == "place" else named
    return len(named) > 1 or any(is_plural(one, language) for one in named)


def _agreeing(forms: Sequence[str], plural: bool) -> str:
    return forms[-1] if plural else forms[0]


def _filled(template: str, told: Told, language: str) -> Iterator[Part]:
    end = 0
    for slot in _SLOT.finditer(template):
        yield Part(template[end : slot.start()])
        if slot[1] == "dead":
            yield Part(told.dead)
        else:
            named = told.sources if slot[1] == "source" else told.roles[slot[1]]
            named = widest_left_out(named) if slot[1] == "place" else named
            yield from _listed(named, slot[2] or "", language)
        end = slot.end()
    yield Part(template[end:])


def _listed(named: Sequence[Named], slot: str, language: str) -> Iterator[Part]:
    for number, one in enumerate(named):
        if number:
            yield Part(_AND[language] if number == len(named) - 1 else ", ")
        yield Part(form(one, slot, language), one.iri, one.language)


def _finished(parts: list[Part]) -> list[Part]:
    """Begin with a capital and end with a full stop."""
    parts = [part for part in parts if part.text]
    first = parts[0]
    parts[0] = Part(first.text[:1].upper() + first.text[1:], first.iri, first.language)
    return [*parts, Part(".")]


@cache
def _rows() -> dict[tuple[str, str], tuple[_Row, ...]]:
    found: dict[tuple[str, str], list[_Row]] = {}
    for row in table("sentences/events.tsv", "pages"):
        values = (row[name] for name in ("subject", "auxiliary", "middle", "participle", "infinitive"))
        found.setdefault((row["kind"], row["language"]), []).append(_Row(*values))
    return {key: tuple(rows) for key, rows in found.items()}


@cache
def _frames() -> dict[tuple[str, str, str], str]:
    """Return the frames by certainty, language and verb; German ones hold for any verb, English active ones too."""
    rows = table("sentences/frames.tsv", "pages")
    return {(row["certainty"], row["language"], row["verb"].replace("active", "any")): row["frame"] for row in rows}
