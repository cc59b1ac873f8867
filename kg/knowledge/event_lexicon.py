"""The event lexicon: trigger words with their conditions, frames, noun classes, verbs that carry an event noun."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.errors import ResourceError
from kg.german.compounds import last_parts
from kg.namespaces import ACTING_KINDS, ACTOR_KINDS, EVENT_KINDS, EVENT_SUBKINDS, PLACE_KINDS
from kg.resources import table

KIND_CLASSES = {
    "Actor": ACTING_KINDS,
    "Group": frozenset(ACTOR_KINDS),
    "Place": frozenset(PLACE_KINDS),
    "none": frozenset[str](),
}
SHORTEST_TRIGGER = 4  # letters, as the last part of a compound
NOUNS_KEPT = 20_000  # whose classes and entries are remembered: a text asks for the same ones time and again
VOWELS = frozenset("aeiouäöüy")
PEOPLE_CLASS = "people"  # no list of nouns: the reader tells people by their form
POS = ("V", "N", "W", "A")


@dataclass(frozen=True, slots=True)
class Condition:
    """``function`` (or role) has a filler; of one of ``kinds``, or whose noun is of class ``noun``, where these are set."""

    function: str
    kinds: frozenset[str] | None = None
    noun: str | None = None


@dataclass(frozen=True, slots=True)
class TriggerEntry:
    """A row of ``events/triggers.tsv``; ``needs`` is a disjunction of conjunctions."""

    lemma: str
    pos: str
    kind: str
    frame: str
    words: tuple[str, ...]
    needs: tuple[tuple[Condition, ...], ...]
    avoid: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A row of ``events/frames.tsv``."""

    function: str
    role: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Support:
    """A support verb, the function in which its event noun stands, and that of the one who acts.

    ``not_of`` are the kinds of events that somebody else does: who ends a hostage taking took no hostages.
    """

    verb: str
    slot: str
    actor: str
    factuality: str
    not_of: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class EventLexicon:
    """All of it, by what it is looked up with (lemmas in lower case)."""

    verbs: dict[str, tuple[TriggerEntry, ...]]
    nouns: dict[str, tuple[TriggerEntry, ...]]
    whole: dict[str, tuple[TriggerEntry, ...]]
    participles: dict[str, tuple[TriggerEntry, ...]]
    frames: dict[str, tuple[Slot, ...]]
    classes: dict[str, frozenset[str]]
    support: dict[tuple[str, str], Support]
    compounds: dict[tuple[str, str], tuple[str, str]]
    longest_noun: int

    def is_a(self, noun: str, name: str) -> bool:
        """Whether a noun's lemma, or the last part of a compound, is of that class."""
        return _is_of(noun.lower(), self.classes[name], self.longest_noun)

    def is_any_of(self, noun: str, names: frozenset[str]) -> bool:
        """Whether a noun's lemma, or the last part of a compound, is of one of the classes."""
        return _is_of(noun.lower(), _members(self, names), self.longest_noun)

    def of_noun(self, lemma: str) -> tuple[str, tuple[TriggerEntry, ...]]:
        """Return the entries for a noun and the part of it that stands before the entry's lemma ("" for none)."""
        return _entries(self, lemma)

    def may_have_object(self, verb: str) -> bool:
        """Whether a verb takes an object, as far as the tables know it."""
        told = self.verbs.get(verb, ())
        asked = any(c.function == "obj" for entry in told for part in entry.needs for c in part)
        return not told or asked or any(not self.allows_active_sein(entry.frame) for entry in told)

    def allows_active_sein(self, frame: str) -> bool:
        """Whether sein + participle is a perfect here: the verbs that take no object (ist gefallen, ist geflohen)."""
        return not any(s.function == "obj" for s in self.frames[frame])


@cache
def _members(lexicon: EventLexicon, names: frozenset[str]) -> frozenset[str]:
    return frozenset[str]().union(*(lexicon.classes[name] for name in names))


@lru_cache(maxsize=NOUNS_KEPT)
def _is_of(noun: str, members: frozenset[str], longest: int) -> bool:
    return noun in members or any(part in members and _splits(noun, part) for part in last_parts(noun, longest))


@lru_cache(maxsize=NOUNS_KEPT)
def _entries(lexicon: EventLexicon, lemma: str) -> tuple[str, tuple[TriggerEntry, ...]]:
    lemma = lemma.replace("ß", "ss")  # as the tables have it; the tagger writes Beschuß
    low = lemma.lower()
    if found := lexicon.whole.get(low) or lexicon.nouns.get(low):
        return "", found
    for part in last_parts(low, lexicon.longest_noun):
        if len(part) >= SHORTEST_TRIGGER and (found := lexicon.nouns.get(part)) and _splits(low, part):
            return lemma[: len(low) - len(part)].rstrip("-"), found
    return "", ()


def _splits(lemma: str, last: str) -> bool:
    """Of an event noun, a first part is a syllable of three letters (no prefix: An-schlag), or has its hyphen (UN-, IS-)."""
    first = lemma.removesuffix(last)
    return first.endswith("-") or (len(first) >= 3 and not VOWELS.isdisjoint(first))


@lru_cache(maxsize=1)
def load_event_lexicon() -> EventLexicon:
    """Read the tables once; raise :class:`ResourceError` on a row that names an unknown kind, frame or class."""
    classes = {r["class"]: frozenset(r["nouns"].lower().split()) for r in table("events/nounclasses.tsv")}
    frames: dict[str, list[Slot]] = defaultdict(list)
    for r in table("events/frames.tsv"):
        frames[r["frame"]].append(Slot(r["function"], r["role"], _kinds(r["types"])))
    by_pos: dict[str, dict[str, list[TriggerEntry]]] = {pos: defaultdict(list) for pos in POS}
    for r in table("events/triggers.tsv"):
        _check(r, frames, classes)
        entry = TriggerEntry(
            r["lemma"].lower().replace("ß", "ss"), "N" if r["pos"] == "W" else r["pos"], r["kind"], r["frame"],
            tuple(r["with"].lower().split()),
            tuple(_conjunction(part) for part in r["needs"].split("|") if part), _conjunction(r["avoid"]),
        )  # fmt: skip
        by_pos[r["pos"]][entry.lemma].append(entry)
    compounds = {
        (r["first"], second): (r["kind"], r["frame"]) for r in table("events/compounds.tsv") for second in r["second"].split()
    }
    support = {
        (r["verb"], r["slot"]): Support(
            r["verb"], r["slot"], r["actor"], r["factuality"], frozenset(r["not_of"].split())
        )
        for r in table("events/support_verbs.tsv")
    }
    nouns = _frozen(by_pos["N"])
    longest = max(map(len, [*nouns, *(n for c in classes.values() for n in c)]))
    return EventLexicon(
        _with_phrases_first(by_pos["V"]), nouns, _frozen(by_pos["W"]), _frozen(by_pos["A"]),
        {k: tuple(v) for k, v in frames.items()},
        classes, support, compounds, longest,
    )  # fmt: skip


def _frozen(found: dict[str, list[TriggerEntry]]) -> dict[str, tuple[TriggerEntry, ...]]:
    return {lemma: tuple(rows) for lemma, rows in found.items()}


def _with_phrases_first(found: dict[str, list[TriggerEntry]]) -> dict[str, tuple[TriggerEntry, ...]]:
    """A fixed phrase says more than its verb alone."""
    return {lemma: tuple(sorted(rows, key=lambda e: -len(e.words))) for lemma, rows in found.items()}


def _check(row: dict[str, str], frames: dict[str, list[Slot]], classes: dict[str, frozenset[str]]) -> None:
    if row["pos"] not in POS:
        raise ResourceError(f"lexicon/events/triggers.tsv: {row['lemma']}: pos {row['pos']!r} is none of {', '.join(POS)}")
    if row["kind"] not in EVENT_KINDS and row["kind"] not in EVENT_SUBKINDS:
        raise ResourceError(f"lexicon/events/triggers.tsv: {row['lemma']}: {row['kind']!r} is no event type")
    if row["frame"] not in frames:
        raise ResourceError(f"lexicon/events/triggers.tsv: {row['lemma']}: no frame {row['frame']!r} in events/frames.tsv")
    for part in (row["needs"] + " " + row["avoid"]).replace("|", " ").split():
        if (
            "=" in part
            and part.split("=")[1] not in (*classes, PEOPLE_CLASS)
            and part.split("=")[0] not in ("number", "plural", "time", "definite", "named", "als")
        ):
            raise ResourceError(
                f"lexicon/events/triggers.tsv: {row['lemma']}: no class {part.split('=')[1]!r} in events/nounclasses.tsv"
            )


def _conjunction(text: str) -> tuple[Condition, ...]:
    return tuple(_condition(part) for part in text.split())


def _condition(text: str) -> Condition:
    if "=" in text:
        function, noun = text.split("=", 1)
        return Condition(function, noun=noun)
    if ":" in text:
        function, kinds = text.split(":", 1)
        return Condition(function, kinds=_kinds(kinds))
    return Condition(text)


def _kinds(text: str) -> frozenset[str]:
    out: frozenset[str] = frozenset()
    for name in text.split("/"):
        out |= KIND_CLASSES.get(name, frozenset((name,)))
    return out
