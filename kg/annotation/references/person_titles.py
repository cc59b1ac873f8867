"""What persons are called by their office or profession, so that a noun can be found to mean one of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.german.transliteration import fold
from kg.resources import table

TITLE_ENDINGS = "nrse"  # of case and number, and of nouns like Abgeordneter
FEMININE = "in"
SHORTEST_TITLE = 3  # letters without its ending


@dataclass(frozen=True, slots=True)
class Title:
    """A title without its ending: minist, of a woman or not."""

    stem: str
    feminine: bool

    @classmethod
    def of(cls, word: str) -> Title:
        """Read a noun in any of its forms; of a compound with a hyphen the last part counts (SPD-Politiker)."""
        low = fold(word.rpartition("-")[2]).lower()
        return cls(low.removesuffix(FEMININE).rstrip(TITLE_ENDINGS), low.endswith(FEMININE))

    @property
    def is_general(self) -> bool:
        """Whether people with several titles are called so: Politiker, Terrorexperte."""
        return self.stem.endswith(tuple(_such_people()))

    @property
    def rules(self) -> bool:
        """Whether every state has one who is called so: Regierungschef."""
        return self.stem in _rulers()

    def takes_up(self, other: Title) -> bool:
        """Whether this noun may mean who bears the other title: the end of it (Außenminister), or what such people are."""
        if self.feminine != other.feminine or len(self.stem) < SHORTEST_TITLE:
            return False
        return other.stem.endswith((self.stem, *_such_people().get(self.stem, ())))


@cache
def _such_people() -> dict[str, tuple[str, ...]]:
    """Return by the stem of a noun (Politiker) the stems of the titles of such people (Minister, Abgeordneter)."""
    rows = ((Title.of(r["noun"]).stem, r["titles"]) for r in table("references/such_people.tsv"))
    return {stem: tuple(Title.of(title).stem for title in titles.split()) for stem, titles in rows}


@cache
def _rulers() -> frozenset[str]:
    return frozenset(Title.of(r["noun"]).stem for r in table("references/such_people.tsv") if r["rules"] == "yes")
