"""What the graph says of an event: each article's report for itself, and what is computed over all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from rdflib.namespace import RDF

from kg.namespaces import EVENT_KINDS, EVENT_SUBKINDS, LB
from server.pages.page_queries import Row
from server.pages.resources.marks import offsets
from server.pages.resources.things import Thing, known, local_name, things
from server.pages.sentences.times import day_of

ROLES = ("agent", "target", "place")
Bounds = tuple[int | None, int | None]  # least and most; equal where the number is exact


@dataclass(slots=True)
class Passage:
    """A place of an article's text that speaks of the event; ``offset`` is where its sentence begins."""

    mention: str
    words: str
    sentence: str
    text: str
    certainty: str
    confidence: str
    sources: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Report:
    """What one article says of the event; ``named`` are (mention, IRI) of who and what it names there."""

    article: str
    headline: str = ""
    day: date | None = None
    outlet: str = ""
    url: str = ""
    original: str | None = None
    values: dict[str, list[str]] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)
    named: list[tuple[str, str]] = field(default_factory=list)

    def of(self, name: str) -> list[str]:
        """Return the values of a property of the vocabulary."""
        return self.values.get(name, [])

    def shared(self, role: str) -> list[str]:
        """Return who or what has a role and means the same in every article, unlike «the attacker» of this one."""
        own = f"-{self.article.rpartition('/')[2]}"
        return [iri for iri in self.of(role) if not iri.endswith(own)]

    @property
    def earliest(self) -> date | None:
        """The first day on which it may have been."""
        return min(filter(None, map(day_of, self.of("earliest"))), default=None)

    @property
    def latest(self) -> date | None:
        """The last day on which it may have been."""
        return max(filter(None, map(day_of, self.of("latest"))), default=None)

    def bounds(self, name: str) -> Bounds | None:
        """Return the bounds of a number of people; None where the article gives none."""
        exact, least, most = (_number(self.of(f"{name}{end}")) for end in ("", "Min", "Max"))
        if exact is not None:
            return exact, exact
        return None if least is None and most is None else (least, most)

    @property
    def certainties(self) -> list[str]:
        """How sure its passages are, each once, in text order."""
        return list(dict.fromkeys(passage.certainty for passage in self.passages if passage.certainty))


@dataclass(frozen=True, slots=True)
class EventRecord:
    """All that is known of an event; ``computed`` are values of ``graph/derived``."""

    iri: str
    reports: tuple[Report, ...]
    things: dict[str, Thing]
    computed: dict[str, list[str]]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Its types, the finer ones last."""
        said = {kind for report in self.reports for kind in report.of("type")}
        return tuple(kind for kind in (*EVENT_KINDS, *EVENT_SUBKINDS) if kind in said)

    def role(self, name: str) -> list[Thing]:
        """Return who or what all reports together name in a role, of those called alike the first."""
        found = known(dict.fromkeys(iri for report in self.reports for iri in report.of(name)), self.things)
        return list({thing.named("de").name: thing for thing in reversed(found)}.values())[::-1]

    def known_in_role(self, name: str) -> list[Thing]:
        """Return those of a role who mean the same in every article; where there are none, all."""
        shared = {iri for report in self.reports for iri in report.shared(name)}
        return [thing for thing in self.role(name) if thing.iri in shared] or self.role(name)

    @property
    def sources(self) -> list[Thing]:
        """Who is named as the source of a passage."""
        passages = [passage for report in self.reports for passage in report.passages]
        return known(dict.fromkeys(iri for passage in passages for iri in passage.sources), self.things)

    @property
    def certainties(self) -> frozenset[str]:
        """How sure its passages are."""
        return frozenset(certainty for report in self.reports for certainty in report.certainties)

    @property
    def span(self) -> tuple[date | None, date | None]:
        """The days on which all reports can be right; of reports that exclude each other, all their days."""
        begins = [report.earliest for report in self.reports if report.earliest]
        ends = [report.latest for report in self.reports if report.latest]
        if begins and ends and max(begins) > min(ends):
            return min(begins), max(ends)
        return max(begins, default=None), min(ends, default=None)

    def number(self, name: str) -> int | None:
        """Return a computed number."""
        return _number(self.computed.get(name, []))

    def bounds(self, name: str) -> Bounds | None:
        """Return the lowest and the highest number of people that the reports give."""
        if name == "fatalities" and (low := self.number("fatalitiesLow")) is not None:
            return low, self.number("fatalitiesHigh")
        found = [bounds for report in self.reports if (bounds := report.bounds(name))]
        numbers = [number for bounds in found for number in bounds if number is not None]
        open_above = any(bounds[1] is None for bounds in found)
        return (min(numbers), None if open_above and len(set(numbers)) == 1 else max(numbers)) if numbers else None


def event_record(
    iri: str, derived: str, statements: Iterable[Row], participants: Iterable[Row], articles: Sequence[Row],
    passages: Iterable[Row], named_there: Iterable[Row],
) -> EventRecord:  # fmt: skip
    """Put the answers of :mod:`server.pages.event.event_queries` together; ``derived`` is the graph of what is computed."""
    reports = {row["article"].text: _report(row) for row in reversed(articles)}
    computed: dict[str, list[str]] = {}
    for row in statements:
        report = reports.get(row["graph"].text)
        values = report.values if report else computed if row["graph"].text == derived else {}
        name = "type" if row["property"].text == str(RDF.type) else local_name(row, "property")
        values.setdefault(name, []).append(row["value"].text.removeprefix(str(LB)))
    for row in passages:
        if (report := reports.get(row["article"].text)) is not None:
            _add_passage(report.passages, row)
    for row in named_there:
        if (report := reports.get(row["article"].text)) is not None:
            report.named.append((row["mention"].text, row["entity"].text))
    for report in reports.values():
        report.passages.sort(key=lambda passage: offsets(passage.mention) or (0, 0))
    in_order = tuple(sorted(reports.values(), key=lambda report: (report.day or date.max, report.article)))
    return EventRecord(iri, in_order, things(participants), computed)


def _report(row: Row) -> Report:
    headline, outlet, url, day, original = (
        row[name].text if name in row else "" for name in ("headline", "outlet", "url", "day", "original")
    )
    return Report(row["article"].text, headline, day_of(day), outlet, url, original or None)


def _add_passage(passages: list[Passage], row: Row) -> None:
    """Add a passage, or one more source of the last one."""
    if not passages or passages[-1].mention != row["mention"].text:
        confidence = row["confidence"].text if "confidence" in row else ""
        mention, words, sentence, text = (row[name].text for name in ("mention", "words", "sentence", "text"))
        passages.append(Passage(mention, words, sentence, text, local_name(row, "certainty"), confidence))
    if "source" in row and row["source"].text not in passages[-1].sources:
        passages[-1].sources.append(row["source"].text)


def _number(values: Sequence[str]) -> int | None:
    return min((int(value) for value in values if value.isdecimal()), default=None)
