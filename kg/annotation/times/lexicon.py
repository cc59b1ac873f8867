"""What kind of word each word of a time expression is, as the tables of ``kg/lexicon`` say."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.german.numerals import Numerals, load_numerals
from kg.resources import table

COUNTING_NOUN_KINDS = frozenset(("dead", "injured", "people", "role", "measure"))  # kinds of nouns that make a number a count
LONGEST_TAIL = 30  # letters of the last part of a compound
REMEMBERED_FORMS = 50_000  # word forms; a text without repetition must not grow the memory for ever


@dataclass(frozen=True, slots=True)
class TimeWord:
    """A word's kind (the ``kind`` column) and value: ``text`` as it stands in the table, ``number`` where it is one."""

    kind: str
    text: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class TimeLexicon:
    """Finds a word's entry; remembers what it found, so that a word is taken apart only once."""

    entries: dict[str, TimeWord]
    endings: dict[str, dict[str, TimeWord]]  # kind -> entries that also hold as the last part of a compound
    counted: frozenset[str]  # nouns that are counted or measured, with * those that may end a compound
    numerals: Numerals
    known: dict[str, TimeWord | None] = field(default_factory=dict)

    def entry(self, word: str) -> TimeWord | None:
        """Return the entry of a word in lower case, None for a word that has to do with no time."""
        try:
            return self.known[word]
        except KeyError:
            if len(self.known) >= REMEMBERED_FORMS:
                self.known.clear()
            found = self.known[word] = self._classify(word)
            return found

    def is_counted(self, word: str) -> bool:
        """Whether a number before this noun, in lower case, counts or measures it."""
        if word in self.counted:
            return True
        return any("*" + word[at:] in self.counted for at in range(max(0, len(word) - LONGEST_TAIL), len(word) - 2))

    def ends_as(self, word: str, kind: str) -> bool:
        """Whether the word is of that kind, or a compound whose last part is."""
        entry = self.entries.get(word)
        if entry is not None and entry.kind == kind:
            return True
        return any(word.endswith(ending) for ending in self.endings.get(kind, ()))

    def _classify(self, word: str) -> TimeWord | None:
        if word[0].isdecimal():
            if word.isdecimal() and word.isascii():
                return TimeWord("digits", word, int(word)) if len(word) <= 4 else None
            stem = word.removesuffix("er")
            return TimeWord("decade", word, int(stem)) if stem.isdecimal() and stem.isascii() and len(stem) < 5 else None
        if word in self.entries:
            return self.entries[word]
        number = self.numerals.word(word)
        return None if number is None else TimeWord("count", word, number)


def load_time_lexicon() -> TimeLexicon:
    """Read ``times/times.tsv``, ``german/months.tsv``, ``german/numbers.tsv`` and ``quantities/quantities.tsv``."""
    numerals = load_numerals()
    entries = {form: TimeWord("ordinal", form, value) for form, value in numerals.ordinals.items()}
    entries |= {form: TimeWord("count", form, value) for form, value in numerals.ones.items()}
    endings: dict[str, dict[str, TimeWord]] = {}
    for row in table("times/times.tsv"):
        form, text = row["form"], row["value"]
        entry = TimeWord(row["kind"], text, int(text) if text.lstrip("-").isdecimal() else 0)
        if form.startswith("*"):
            endings.setdefault(entry.kind, {})[form[1:]] = entry
        else:
            entries[form] = entry
    counted = frozenset(row["form"] for row in table("quantities/quantities.tsv") if row["kind"] in COUNTING_NOUN_KINDS)
    for row in table("german/months.tsv"):
        entries[row["form"]] = TimeWord("month", row["form"], int(row["month"]))
    return TimeLexicon(entries | _days_with_parts(entries), endings, counted, numerals)


def _days_with_parts(entries: dict[str, TimeWord]) -> dict[str, TimeWord]:
    """Return compounds of a day and its part: Montagabend, Silvesternacht; they mean the day."""
    days = [(form, entry) for form, entry in entries.items() if entry.kind in ("weekday", "holiday")]
    parts = [form for form, entry in entries.items() if entry.kind in ("daypart", "tomorrow") and form != "übermorgen"]
    return {
        day + part: TimeWord(entry.kind + "part", entry.text, entry.number)
        for day, entry in days
        for part in parts
        if not part.endswith("s") or part.endswith("ss")
    }
