"""When the events of an article happened: their own times, what conjunctions and nouns make of these, what goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kg.annotation.events.argued import Argued
from kg.annotation.events.referents import Referents
from kg.annotation.events.timing.asides import is_background, is_past, is_pluperfect, sums_up
from kg.annotation.events.timing.clause_times import ClauseTimes, clause_times, is_frame, nearest, says
from kg.annotation.events.timing.event_distances import CountedFrom, EventDistances
from kg.annotation.events.timing.own_time import time_of
from kg.annotation.events.timing.sequence import sequence_words
from kg.annotation.records import Timex
from kg.annotation.syntax.attributes import preposition
from kg.annotation.syntax.sentence import Syntax
from kg.annotation.times.calendar import LONGEST_SCENE
from kg.annotation.times.distances import moved
from kg.annotation.times.units import SHORT_UNITS

WORDS_TO_TIME = 2  # from a noun to the time behind it: Anschlag am Montag
LEAD = 3  # sentences of title and lead, which tell of the day of the report
OPENING_SENTENCES = 5  # sentences of titles, place of writing and lead


class EventTimes:
    """Times of the events of one article.

    ``published`` bounds what goes on from a past day until now, ``paragraphs`` numbers the paragraph of each sentence.
    """

    def __init__(
        self, syntaxes: Sequence[Syntax], referents: Referents, published: date | None, paragraphs: Sequence[int]
    ) -> None:
        self._paragraphs = paragraphs
        self._syntaxes, self._referents, self._published = syntaxes, referents, published
        self._times = [clause_times(s, referents.times(n)) for n, s in enumerate(syntaxes)]
        by_clause = list(zip(syntaxes, self._times, strict=True))
        self._scenes = [{c: of for c, of in t.items() if c < 0 or not says(s, c)} for s, t in by_clause]
        self._speeches = [{c: of for c, of in t.items() if c < 0 or not is_frame(s, c)} for s, t in by_clause]
        self._headings = self._dated_paragraphs()
        self.distances = EventDistances(syntaxes, referents)
        rules = sequence_words()
        self._onward, self._along, self._imminent = rules.onward, rules.along, rules.imminent
        self._so_far = rules.so_far
        self._breaks = rules.breaks | rules.later
        self._spans, self._numbers = rules.spans, rules.numbers

    def of(self, argued: Argued, factuality: str) -> Timex | None:
        """Return the time of an event, None when the text gives none."""
        trigger = argued.trigger
        syntax = self._syntaxes[trigger.sentence]
        if (counted := self.distances.of_noun(argued)) is not None and counted.distance is not None:
            return self._start(argued, counted, syntax)
        counted = self.distances.of_clause(argued)
        if counted is not None and (own := self._own_of(trigger.sentence, counted)) is not None:
            return counted.after(own, self._published)
        found = time_of(self._times[trigger.sentence], argued, syntax, self._referents)
        if found is not None:
            return None if self._is_over(argued, found, factuality) else self._noun_before(argued, syntax, found)
        if counted is not None:
            return self._report_day(trigger.sentence, counted)
        if self._is_imminent(argued, syntax):
            return self._from_now(argued)
        return self._of_the_story(argued, syntax, factuality)

    def _of_the_story(self, argued: Argued, syntax: Syntax, factuality: str) -> Timex | None:
        """Return the time at which the sentences before leave an event that says nothing of it."""
        trigger = argued.trigger
        if factuality in ("Future", "Negated") or is_background(argued, self._referents.grammar(trigger.sentence)):
            return None
        onwards = self._onwards(argued, syntax)
        if onwards is not None or factuality == "Uncertain":
            return onwards
        if syntax.clauses[trigger.clause].kind == "relative" or sums_up(argued, syntax):
            return None
        told = self._speeches if self._is_said(argued) else self._scenes
        carried = self._headed(trigger.sentence, trigger.clause) or self._carried_on(trigger.sentence, trigger.clause, told)
        return self._noun_before(argued, syntax, carried) if carried else None

    def _dated_paragraphs(self) -> dict[int, Timex]:
        """Return by sentence the time with which its paragraph begins, as in a chronicle: 10. Juni 2014: ….."""
        out: dict[int, Timex] = {}
        heading: Timex | None = None
        for n, syntax in enumerate(self._syntaxes):
            if n == 0 or self._paragraphs[n] != self._paragraphs[n - 1]:
                opening = [(last, t) for first, last, t in self._referents.times(n) if first == 0]
                heading = next((t for last, t in opening if syntax.words.text[last + 1 : last + 2] == (":",)), None)
            if heading is not None:
                out[n] = heading
        return out

    def _headed(self, sentence: int, clause: int) -> Timex | None:
        """Return the time of the paragraph, unless the sentence names another or looks back."""
        heading = self._headings.get(sentence)
        if heading is None or self._scenes[sentence] or self._leaves_off(sentence):
            return None
        return None if is_pluperfect(self._syntaxes[sentence], clause) else heading

    def _is_over(self, argued: Argued, found: Timex, factuality: str) -> bool:
        """Drohte am Montag mit Angriffen: a day before publication is no day of what is to come."""
        to_come = factuality == "Future" and argued.entry.pos == "N"
        return to_come and found.latest is not None and self._published is not None and found.latest < self._published

    def _start(self, argued: Argued, counted: CountedFrom, syntax: Syntax) -> Timex | None:
        """The day of what a clause counts from: its own, else so long before that of the clause, in the lead the report's."""
        trigger = argued.trigger
        if own := self._own_of(trigger.sentence, counted):
            return own
        said = nearest(self._times[trigger.sentence], trigger.clause, trigger.word, syntax)
        said = said or self._report_day(trigger.sentence, counted)
        return moved(said, counted.distance, back=True) if said and counted.distance else None

    def _report_day(self, sentence: int, counted: CountedFrom) -> Timex | None:
        """Zwei Tage nach dem Anschlag hat …: a lead that names no other day tells of that of the report."""
        distance = counted.distance
        recent = distance is not None and distance.unit in SHORT_UNITS and distance.count > 0
        given = {t.latest for times in self._times[: sentence + 1] for of in times.values() for _, t in of}
        lead = sentence < OPENING_SENTENCES and given <= {self._published}
        return Timex(0, 0, self._published, self._published) if recent and lead and self._published else None

    def _own_of(self, sentence: int, counted: CountedFrom) -> Timex | None:
        """The time that stands behind what a clause counts from: zwei Tage nach dem Anschlag am Montag.

        What has gone on since then has no other time in its clause.
        """
        behind = range(counted.begin, counted.end + WORDS_TO_TIME)
        words = self._syntaxes[sentence].clause_of
        times = [(first, t) for first, _, t in self._referents.times(sentence) if words[first] == words[counted.begin]]
        if counted.distance is None and any(first not in behind for first, _ in times):
            return None
        return next((t for first, t in times if first in behind), None)

    def _is_said(self, argued: Argued) -> bool:
        """Zugleich drohte er den USA: what is said goes on when something was said before."""
        trigger = argued.trigger
        verb = trigger.predicate is not None
        return verb and (argued.entry.kind == "Incitement" or says(self._syntaxes[trigger.sentence], trigger.clause))

    def _carried_on(self, sentence: int, clause: int, told: Sequence[ClauseTimes]) -> Timex | None:
        """A paragraph goes on at the time its last sentence gave, as long as the tense fits."""
        if self._scenes[sentence] or sentence == 0 or self._paragraphs[sentence] != self._paragraphs[sentence - 1]:
            return None
        if self._referents.undated(sentence, clause):
            return None
        before = self._whole_before(sentence, clause) or self._last_before(sentence, told, clause)
        if before is None or before.earliest is None or before.latest is None or self._leaves_off(sentence):
            return None
        if (before.latest - before.earliest).days > LONGEST_SCENE:
            return None
        now = before.latest == self._published
        return before if now or is_past(self._syntaxes[sentence], clause) else None

    def _noun_before(self, argued: Argued, syntax: Syntax, timex: Timex) -> Timex:
        """Nach Monaten heftiger Kämpfe, nach viermonatiger Belagerung: the event ends, the clause's time begins."""
        trigger = argued.trigger
        if trigger.chunk is None or argued.entry.pos != "N":
            return timex
        chunk = syntax.chunks[trigger.clause][trigger.chunk]
        chain = [chunk] + ([syntax.chunks[trigger.clause][chunk.genitive_of]] if chunk.genitive_of is not None else [])
        if not any(preposition(c) == "nach" for c in chain):
            return timex
        lasted = next((d for k in range(chunk.begin, chunk.head) if (d := self._lasting(syntax.words.lower[k]))), None)
        if lasted and timex.earliest:
            return replace(timex, earliest=_back(timex.earliest, lasted))
        return replace(timex, earliest=None) if timex.latest and chunk.determiner is None else timex

    def _lasting(self, adjective: str) -> int | None:
        """Days of an adjective like viermonatig, dreiwöchigen; None for any other."""
        for unit, days in self._spans.items():
            at = adjective.find(unit)
            if at > 0 and (number := self._numbers.get(adjective[:at].rstrip("-"))):
                return number * days
        return None

    def _is_imminent(self, argued: Argued, syntax: Syntax) -> bool:
        return any(p.lemma in self._imminent for p in syntax.predicates[argued.trigger.clause])

    def _from_now(self, argued: Argued) -> Timex | None:
        return Timex(0, 0, self._published, None) if self._published else None

    def _onwards(self, argued: Argued, syntax: Syntax) -> Timex | None:
        """Seitdem, daraufhin: from the day told before until now; bisher: so long as what began then goes on."""
        trigger = argued.trigger
        words = {syntax.words.lower[k] for k in syntax.clauses[trigger.clause].words}
        onward, so_far = not words.isdisjoint(self._onward), not words.isdisjoint(self._so_far)
        if not (onward or so_far):
            return None
        before = self._last_before(trigger.sentence, self._scenes, trigger.clause)
        if before is None or before.earliest is None or not (onward or before.begun):
            return None
        later = [t for c, of in self._times[trigger.sentence].items() if c > trigger.clause for _, t in of]
        until = next((t.latest for t in later if t.latest and t.latest > before.earliest), self._published)
        return replace(before, latest=until)  # without a day of publication it is open

    def _whole_before(self, sentence: int, clause: int) -> Timex | None:
        """Dabei: what accompanies all that the sentence before told spans all its times."""
        syntax = self._syntaxes[sentence]
        if not any(syntax.words.lower[k] in self._along for k in syntax.clauses[clause].words):
            return None
        found = [t for of in self._scenes[sentence - 1].values() for _, t in of]
        begins, ends = [t.earliest for t in found if t.earliest], [t.latest for t in found if t.latest]
        return replace(found[0], earliest=min(begins), latest=max(ends)) if begins and ends else None

    def _leaves_off(self, sentence: int) -> bool:
        """A word such as zuvor or später takes the story to another time."""
        return any(low in self._breaks for low in self._syntaxes[sentence].words.lower)

    def _last_before(self, sentence: int, told: Sequence[ClauseTimes], clause: int) -> Timex | None:
        looks_back = is_pluperfect(self._syntaxes[sentence], clause)
        for n in range(sentence - 1, max(-1, sentence - 3), -1):
            if n + 1 < sentence and self._leaves_off(n + 1):
                return None
            found = [(c, t) for c, of in told[n].items() for _, t in of if t.earliest and t.latest]
            if found:
                of, last = found[-1]
                returned = n + 1 < sentence and not looks_back and is_pluperfect(self._syntaxes[n], max(of, 0))
                return None if returned else last  # am Vortag waren … gestorben. … Soldaten stürmten …
        return None


def _back(day: date, days: int) -> date:
    """Go back by whole months where the span is one (120 days from 1 October is 1 June)."""
    if days % 30:
        return date.fromordinal(day.toordinal() - days)
    months = day.year * 12 + day.month - 1 - days // 30
    return date(months // 12, months % 12 + 1, min(day.day, 28))
