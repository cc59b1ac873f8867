"""When an event happened: which of the time expressions around it is its own, and what conjunctions and nouns make of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from kg.annotation.events.argued import Argued
from kg.annotation.events.event_distances import CountedFrom, EventDistances
from kg.annotation.events.referents import Referents
from kg.annotation.events.sources.reporting import saying
from kg.annotation.records import Timex
from kg.annotation.syntax.chunks import Chunk
from kg.annotation.syntax.functions import Grammar, Ref, preposition
from kg.annotation.syntax.sentence import Syntax
from kg.annotation.syntax.words import OPENING
from kg.annotation.times.calendar import LONGEST_SCENE
from kg.annotation.times.distances import moved
from kg.annotation.times.units import SHORT_UNITS
from kg.event_kinds import family
from kg.german.word_sets import word_set
from kg.knowledge.event_lexicon import load_event_lexicon
from kg.resources import table

BETWEEN_NOUN_AND_BRACKET = frozenset(("APPR", "APPRART", "ART", "ADJA", "NE", "NN", "FM"))
SIMULTANEOUS = word_set("events", "simultaneous")
SIMULTANEOUS_OPENERS = word_set("events", "simultaneous_openers")
IRREGULAR_PRESENTS = word_set("events", "irregular_presents")
PLUPERFECT = word_set("events", "pluperfect_auxiliaries")
NEWS = frozenset(("Capture", "RouteClosure"))  # who holds a place is told on the day on which it changes
MOMENTARY = family("momentary")
SHORTEST_ERA = 360  # days
JUDGING = word_set("events", "judging")
INVOLVED = ("person", "suspect", "attacker")
VAGUE_LENGTHS, VAGUELY = word_set("events", "vague_lengths"), frozenset(("vor", "seit"))
OFTEN = word_set("events", "often")
WARS = tuple(word_set("events", "wars"))
TOLL_OF_A_WAR = 100_000  # people: more than one day sees
OF_TIME = word_set("events", "of_time")
TIMELY = frozenset(("CARD", "KON", "KOUS", "APPR", "APPRART", "ADJA", "NN", "NE", "$."))  # vom 3. Mai, von 1996 bis 2001
WORDS_TO_TIME = 2  # from a noun to the time behind it: Anschlag am Montag
LEAD = 3  # sentences of title and lead, which tell of the day of the report
OPENING_SENTENCES = 5  # sentences of titles, place of writing and lead
LONGEST_DATE = 5  # words

ClauseTimes = dict[int, list[tuple[int, Timex]]]  # the times of each clause, each with its last word


@dataclass(frozen=True, slots=True)
class _Rules:
    """Words that order events in time, and days by the parts of adjectives (vier-monatig)."""

    onward: frozenset[str]
    breaks: frozenset[str]
    later: frozenset[str]
    along: frozenset[str]
    imminent: frozenset[str]
    spans: dict[str, int]
    numbers: dict[str, int]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    rows = list(table("events/sequence.tsv"))
    onward, breaks, later, along, imminent = (
        frozenset(r["word"] for r in rows if r["what"] == what) for what in ("onward", "break", "later", "along", "imminent")
    )
    spans, numbers = ({r["word"]: int(r["days"]) for r in rows if r["what"] == what} for what in ("lasting", "number"))
    return _Rules(onward, breaks, later, along, imminent, spans, numbers)


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
        self._speeches = [{c: of for c, of in t.items() if c < 0 or not _is_frame(s, c)} for s, t in by_clause]
        self.distances = EventDistances(syntaxes, referents)
        rules = _rules()
        self._onward, self._along, self._imminent = rules.onward, rules.along, rules.imminent
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
        if found is not None and self._is_over(argued, found, factuality):
            return None
        if found is not None:
            return self._noun_before(argued, syntax, found)
        if counted is not None:
            return self._report_day(trigger.sentence, counted)
        if self._is_imminent(argued, syntax):
            return self._from_now(argued)
        if factuality in ("Future", "Negated") or is_background(argued, self._referents.grammar(trigger.sentence)):
            return None
        onwards = self._onwards(argued, syntax)
        if onwards is not None or factuality == "Uncertain":
            return onwards
        if syntax.clauses[trigger.clause].kind == "relative" or sums_up(argued, syntax):
            return None
        told = self._speeches if self._is_said(argued) else self._scenes
        carried = self._carried_on(trigger.sentence, trigger.clause, told)
        return self._noun_before(argued, syntax, carried) if carried else None

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
        if self._times[sentence] or sentence == 0 or self._paragraphs[sentence] != self._paragraphs[sentence - 1]:
            return None
        before = self._whole_before(sentence, clause) or self._last_before(sentence, told)
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
        """Seitdem, daraufhin: from the day told before until now."""
        trigger = argued.trigger
        words = syntax.clauses[trigger.clause].words
        if self._published is None or not any(syntax.words.lower[k] in self._onward for k in words):
            return None
        before = self._last_before(trigger.sentence, self._scenes)
        if before is None or before.earliest is None:
            return None
        later = [t for c, of in self._times[trigger.sentence].items() if c > trigger.clause for _, t in of]
        until = next((t.latest for t in later if t.latest and t.latest > before.earliest), self._published)
        return replace(before, latest=until)

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

    def _last_before(self, sentence: int, told: Sequence[ClauseTimes]) -> Timex | None:
        for n in range(sentence - 1, max(-1, sentence - 3), -1):
            found = [t for of in told[n].values() for _, t in of if t.earliest and t.latest]
            if found:
                return found[-1]
        return None


def is_past(syntax: Syntax, clause: int) -> bool:
    """Whether a clause tells of the past: preterite, perfect, or a participle alone."""
    finite = syntax.clauses[clause].finite
    verbs = syntax.predicates[clause]
    if finite is None or any(v.perfect or v.voice == "passive" for v in verbs):
        return True
    form, lemma = syntax.words.lower[finite], syntax.words.lemma[finite].lower()
    stem = lemma.removesuffix("en").removesuffix("n")
    return form not in (lemma, stem + "t", stem + "et", stem + "e") and form not in IRREGULAR_PRESENTS


def is_pluperfect(syntax: Syntax, clause: int) -> bool:
    """Whether a clause tells what had happened before: hatten gestürmt, waren getötet worden."""
    finite = syntax.clauses[clause].finite
    return finite is not None and syntax.words.lower[finite] in PLUPERFECT and any(v.perfect for v in syntax.predicates[clause])


def _back(day: date, days: int) -> date:
    """Go back by whole months where the span is one (120 days from 1 October is 1 June)."""
    if days % 30:
        return date.fromordinal(day.toordinal() - days)
    months = day.year * 12 + day.month - 1 - days // 30
    return date(months // 12, months % 12 + 1, min(day.day, 28))


def time_of(times: ClauseTimes, argued: Argued, syntax: Syntax, referents: Referents) -> Timex | None:
    """Return the time of an event: of the noun itself or its relative clause, else of its clause."""
    trigger, news = argued.trigger, argued.entry.kind in NEWS
    if trigger.chunk is not None and argued.entry.pos != "N":
        chunk = syntax.chunks[trigger.clause][trigger.chunk]  # die am Montag verschleppten Reporter
        own = next((t for last, t in times.get(trigger.clause, []) if chunk.begin <= last < trigger.word), None)
        return _begun(own, argued) if own else None
    if trigger.chunk is None:
        own = nearest(times, trigger.clause, trigger.word, syntax, news=news)
        lasts = any(p.voice == "sein" for p in syntax.predicates[trigger.clause])
        return _begun(own, argued) if own and lasts else own
    grammar = referents.grammar(trigger.sentence)
    ref = (trigger.clause, trigger.chunk)
    if (bracketed := _in_brackets(times, syntax, grammar.chunk(ref))) is not None:
        return bracketed
    attributes = [grammar.chunk(r) for refs in grammar.of_noun(ref).values() for r in refs]
    for last, timex in times.get(trigger.clause, []):
        if any(c.begin <= last < c.end for c in attributes) or syntax.chunks[ref[0]][ref[1]].end == last:
            return timex
    for k, clause in enumerate(syntax.clauses):
        if clause.kind == "relative" and k in times and ref in grammar.antecedent(k):
            return times[k][0][1]
    if is_background(argued, grammar) or is_talked_about(argued, grammar):
        return None
    return nearest(times, trigger.clause, trigger.word, syntax, news=news)


def _begun(timex: Timex, argued: Argued) -> Timex:
    """Der seit November entführte Reporter, er ist seit November entführt: what takes a moment happened then."""
    if argued.entry.kind not in MOMENTARY or timex.begun is None:
        return timex
    return replace(timex, latest=timex.begun)


def is_background(argued: Argued, grammar: Grammar) -> bool:
    """Nach den Anschlägen, zu dem Überfall: a definite noun that the clause only looks back at has a time of its own."""
    if argued.trigger.chunk is None or argued.entry.pos != "N" or not argued.definite or argued.carried:
        return False
    if _of_people(grammar, (argued.trigger.clause, argued.trigger.chunk)):
        return True
    name = preposition(grammar.chunk(grammar.anchor((argued.trigger.clause, argued.trigger.chunk))))
    return bool(name) and name not in SIMULTANEOUS


def _of_people(grammar: Grammar, ref: Ref) -> bool:
    """Die Drahtzieher des Anschlags: a genitive that says who they are."""
    heads = (grammar.syntax.words.lemma[grammar.chunk(up).head] for up in grammar.attached(ref))
    lexicon = load_event_lexicon()
    return any(lexicon.is_a(head, name) for head in heads for name in INVOLVED)


def leaves_off(syntax: Syntax) -> bool:
    """Whether a sentence goes back to an earlier time that it does not name: zuvor, bislang, vor kurzem, vor Jahren."""
    lower = syntax.words.lower
    vague = any(lower[k] in VAGUE_LENGTHS and lower[k - 1] in VAGUELY for k in range(1, len(lower)))
    return vague or not _rules().breaks.isdisjoint(lower)


def sums_up(argued: Argued, syntax: Syntax) -> bool:
    """Whether a clause tells of all that happened in a long time: immer wieder; in dem Krieg; hundreds of thousands."""
    trigger, words = argued.trigger, syntax.words
    if any(words.lower[k] in OFTEN for k in syntax.clauses[trigger.clause].words) or leaves_off(syntax):
        return True
    if argued.count is not None and (argued.count.low or 0) >= TOLL_OF_A_WAR:
        return True
    heads = (c.head for c in syntax.chunks[trigger.clause] if not c.begin <= trigger.word < c.end)
    return any(words.lemma[k].lower().endswith(WARS) for k in heads)


def is_talked_about(argued: Argued, grammar: Grammar) -> bool:
    """Verurteilte am Montag den Angriff: the day is that of the verb, which only speaks of the event."""
    trigger = argued.trigger
    if trigger.chunk is None or argued.entry.pos != "N":
        return False
    top, syntax = grammar.anchor((trigger.clause, trigger.chunk)), grammar.syntax
    verbs = [p for p in syntax.predicates[trigger.clause] if p.lemma in JUDGING]
    return any(top in grammar.of_verb(trigger.clause, verb, True).get("obj", []) for verb in verbs)


def _in_brackets(times: ClauseTimes, syntax: Syntax, chunk: Chunk) -> Timex | None:
    """Der Anschlag von Djerba (2002): a time in brackets behind the phrase, or behind what hangs on it."""
    for clause, found in times.items():
        it = syntax.clauses[clause] if clause >= 0 else None
        if it is None or it.kind != "fragment" or syntax.words.text[it.words[0] - 1] not in OPENING:
            continue
        between = syntax.words.tag[chunk.end : it.words[0] - 1]
        if chunk.end <= it.words[0] - 1 and all(tag in BETWEEN_NOUN_AND_BRACKET for tag in between):
            return found[0][1]
    return None


def clause_times(syntax: Syntax, times: list[tuple[int, int, Timex]]) -> ClauseTimes:
    """Return the time expressions by the clause they stand in, each with its last word."""
    out: ClauseTimes = {}
    for first, last, timex in times:
        clause = next((syntax.clause_of[k] for k in range(first, last + 1) if syntax.clause_of[k] >= 0), -1)
        out.setdefault(clause, []).append((last, timex))
    return out


def nearest(times: ClauseTimes, clause: int, word: int, syntax: Syntax, *, news: bool = False) -> Timex | None:
    """Return the time of a clause: the expression in it that is nearest to ``word``, else that of a clause it hangs on.

    When something was said is not when it happened: of "wie er am Montag mitteilte" only the last day counts, and other
    verbs of saying count for ``news`` alone, which are told on the day.
    """
    at: int | None = clause
    seen: set[int] = set()
    while at is not None and at not in seen:
        seen.add(at)
        if found := [f for f in times.get(at, []) if not _says_which(syntax, f) and not _inside_phrase(syntax, at, f[0], word)]:
            best = _best(found, word)
            return best if at == clause or not _earlier(syntax, clause, at) else _until(best)
        at = _next_clause(syntax, at, news)
    return None


def _best(found: list[tuple[int, Timex]], word: int) -> Timex:
    """Of several times in a clause: one with a beginning, nearest to the event."""
    return min(found, key=lambda f: (not f[1].earliest, abs(f[0] - word)))[1]


def _says_which(syntax: Syntax, found: tuple[int, Timex]) -> bool:
    """Die Erklärung vom Samstag, die Herrschaft von 1996 bis 2001: such times say which one, not when the clause happens."""
    last, timex = found
    at = last
    while at > 0 and syntax.words.tag[at] in TIMELY and last - at < LONGEST_DATE and syntax.words.lower[at] not in OF_TIME:
        at -= 1
    if at == 0 or syntax.words.lower[at] not in OF_TIME or syntax.words.tag[at - 1] not in ("NN", "NE"):
        return False
    era = timex.earliest and timex.latest and (timex.latest - timex.earliest).days >= SHORTEST_ERA
    return bool(era) or syntax.words.lower[at] == "vom"


def _inside_phrase(syntax: Syntax, clause: int, time: int, word: int) -> bool:
    """Whether a time stands in an attribute of another phrase (der mittlerweile getötete Sprecher): its time, no other's."""
    return any(c.begin < time < c.head and not c.begin <= word < c.end for c in syntax.chunks[clause])


def _earlier(syntax: Syntax, clause: int, other: int) -> bool:
    """Whether a clause tells of something before the clause whose time it takes: nachdem; Wie er am Montag mitteilte."""
    opener = syntax.clauses[clause].opener
    return (opener is not None and syntax.words.lower[opener] == "nachdem") or _is_frame(syntax, other)


def _until(timex: Timex) -> Timex | None:
    return replace(timex, earliest=None) if timex.latest else None


def _next_clause(syntax: Syntax, clause: int, news: bool) -> int | None:
    """Return the clause whose time a clause without one of its own takes."""
    it = syntax.clauses[clause]
    if it.kind == "relative":
        return None
    other = it.shares if it.kind == "main" else it.parent
    if other is not None:
        return other if news or not says(syntax, other) else None
    if it.kind != "main":
        return None
    if (before := _before_colon(syntax, clause)) is not None:
        return before
    if (beside := _simultaneous(syntax, clause)) is not None:
        return beside
    said = _reporting_right(syntax, clause) if news else None
    return said if said is not None else _reporting_frame(syntax, clause)


def _simultaneous(syntax: Syntax, clause: int) -> int | None:
    """Als die Armee im Mai anrückte, flohen …: the clause that tells at which time the main clause happened."""
    openers = ((k, it.opener) for k, it in enumerate(syntax.clauses) if it.parent == clause and it.kind == "subordinate")
    return next((k for k, at in openers if at is not None and syntax.words.lower[at] in SIMULTANEOUS_OPENERS), None)


def _before_colon(syntax: Syntax, clause: int) -> int | None:
    """Am Montag schlug die Miliz zu: Bei einem Anschlag starben …: what stands behind the colon tells it again."""
    first = syntax.clauses[clause].words[0]
    before = syntax.clause_of[first - 2] if first > 1 and syntax.words.text[first - 1] == ":" else -1
    return before if before >= 0 and not says(syntax, before) else None


def says(syntax: Syntax, clause: int) -> bool:
    """Whether a clause has a verb of saying: when something was said is not when it happened."""
    return any("complement" in saying(syntax, clause, p.lemma).slots for p in syntax.predicates[clause])


def _is_frame(syntax: Syntax, clause: int) -> bool:
    """Whether a clause only says who tells it and when: wie die Armee am Montag mitteilte."""
    opener = syntax.clauses[clause].opener
    return opener is not None and syntax.words.lower[opener] == "wie"


def _reporting_frame(syntax: Syntax, clause: int) -> int | None:
    """Wie die Armee am Montag mitteilte, wurden …: the clause of the verb of saying in front."""
    return next((k for k, it in enumerate(syntax.clauses) if it.parent == clause and _is_frame(syntax, k)), None)


def _reporting_right(syntax: Syntax, clause: int) -> int | None:
    """The clause with the verb of saying behind this one: …, teilte die Armee am Montag mit."""
    for k in range(clause + 1, len(syntax.clauses)):
        it = syntax.clauses[k]
        if it.shares == clause and it.finite is not None and it.words[0] == it.finite:
            return k
    return None
