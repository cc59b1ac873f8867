"""The times of the clauses of a sentence, and which clause gives its time to which."""

from __future__ import annotations

from dataclasses import replace

from kg.annotation.events.sources.reporting import saying
from kg.annotation.records import Timex
from kg.annotation.syntax.sentence import Syntax
from kg.german.word_sets import word_set
from kg.knowledge.event_lexicon import load_event_lexicon

SIMULTANEOUS_OPENERS = word_set("events", "simultaneous_openers")
CLAIM = "ClaimOfResponsibility"
SHORTEST_ERA = 360  # days
OF_TIME = word_set("events", "of_time")
TIMELY = frozenset(("CARD", "KON", "KOUS", "APPR", "APPRART", "ADJA", "NN", "NE", "$."))  # vom 3. Mai, von 1996 bis 2001
CLAUSE_JOINTS = frozenset(("KON", "$,"))
LONGEST_DATE = 5  # words

ClauseTimes = dict[int, list[tuple[int, Timex]]]  # the times of each clause, each with its last word


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
            best = _best(found, syntax, word)
            return best if at == clause or not _earlier(syntax, clause, at) else _until(best)
        at = _next_clause(syntax, at, news)
    return None


def _best(found: list[tuple[int, Timex]], syntax: Syntax, word: int) -> Timex:
    """Of several times in a clause: one with a beginning, not behind a joint (getötet und am Montag …), nearest to it."""
    return min(found, key=lambda f: (not f[1].earliest, _behind_joint(syntax, word, f[0]), abs(f[0] - word)))[1]


def _behind_joint(syntax: Syntax, word: int, time: int) -> bool:
    return any(tag in CLAUSE_JOINTS for tag in syntax.words.tag[word:time])


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
    return (opener is not None and syntax.words.lower[opener] == "nachdem") or is_frame(syntax, other)


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
    """Whether a clause has a verb of saying or claiming: when something was said is not when it happened."""
    lemmas = [p.lemma for p in syntax.predicates[clause]]
    return any("complement" in saying(syntax, clause, lemma).slots for lemma in lemmas) or claims(syntax, clause)


def claims(syntax: Syntax, clause: int) -> bool:
    """Am Montag bekannte sich der IS zu dem Anschlag: whether a clause has a verb of claiming; only that is of the day."""
    words = {syntax.words.lower[k] for k in syntax.clauses[clause].words}
    entries = (e for p in syntax.predicates[clause] for e in load_event_lexicon().verbs.get(p.lemma, ()))
    return any(e.kind == CLAIM and words.issuperset(e.words) for e in entries)


def is_frame(syntax: Syntax, clause: int) -> bool:
    """Whether a clause only says who tells it and when: wie die Armee am Montag mitteilte."""
    opener = syntax.clauses[clause].opener
    return opener is not None and syntax.words.lower[opener] == "wie"


def _reporting_frame(syntax: Syntax, clause: int) -> int | None:
    """Wie die Armee am Montag mitteilte, wurden …: the clause of the verb of saying in front."""
    return next((k for k, it in enumerate(syntax.clauses) if it.parent == clause and is_frame(syntax, k)), None)


def _reporting_right(syntax: Syntax, clause: int) -> int | None:
    """The clause with the verb of saying behind this one: …, teilte die Armee am Montag mit."""
    for k in range(clause + 1, len(syntax.clauses)):
        it = syntax.clauses[k]
        if it.shares == clause and it.finite is not None and it.words[0] == it.finite:
            return k
    return None
