"""German numbers: words put together (eintausendzweihundert) and digits with dots and commas (25.000; 3,5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from kg.resources import table

YEAR = re.compile(r"(?:19|20)\d\d")
LONGEST_NUMBER_WORD = 60  # letters: no number word of the news is longer, and a longer word is not taken apart


@dataclass(frozen=True, slots=True)
class Numerals:
    """The morphemes of number words by the place they take."""

    ones: dict[str, int]
    tens: dict[str, int]
    scales: tuple[tuple[str, int], ...]  # joined into words, the greatest first: tausend, hundert
    millions: dict[str, int]  # words of their own: Millionen, Mrd., tausend
    ordinals: dict[str, int]
    joint: str

    def word(self, form: str) -> int | None:
        """Return the number that a word in lower case names below a million, else None."""
        if form in self.ones:
            return self.ones[form]
        if len(form) > LONGEST_NUMBER_WORD:
            return None
        return self._scaled(form, 0)

    def _scaled(self, form: str, level: int) -> int | None:
        if level == len(self.scales):
            return self._below_hundred(form)
        name, factor = self.scales[level]
        left, found, right = form.partition(name)
        if not found:
            return self._scaled(form, level + 1)
        right = right.removeprefix(self.joint)
        count = self._scaled(left, level + 1) if left else 1
        rest = self._scaled(right, level + 1) if right else 0
        return None if count is None or rest is None else count * factor + rest

    def _below_hundred(self, form: str) -> int | None:
        if form in self.ones:
            return self.ones[form]
        one, found, ten = form.partition(self.joint)
        if found and ten in self.tens and one in self.ones:
            return self.ones[one] + self.tens[ten]
        return self.tens.get(form)


def load_numerals() -> Numerals:
    """Read ``german/numbers.tsv``."""
    places: dict[str, dict[str, int]] = {}
    for row in table("german/numbers.tsv"):
        places.setdefault(row["place"], {})[row["form"]] = int(row["value"])
    joined = {**places["hundred"], **{k: v for k, v in places["thousand"].items() if k.isalpha()}}
    return Numerals(
        ones=places["one"],
        tens=places["ten"],
        scales=tuple(sorted(joined.items(), key=lambda item: -item[1])),
        millions={**places["million"], **places["thousand"]},
        ordinals=places["ordinal"],
        joint=next(iter(places["joint"])),
    )


def digits(piece: str) -> Fraction | None:
    """Return the value of a piece of digits as German writes it, None for anything else."""
    plain = piece.replace(".", "").replace("'", "").replace("’", "").replace(",", ".", 1)
    if len(plain) > LONGEST_NUMBER_WORD or not plain.replace(".", "", 1).isdecimal() or not plain.isascii() or plain[0] == ".":
        return None
    return Fraction(plain)
