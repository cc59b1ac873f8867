"""One key for the spellings of one transliterated name: Rakka, Raqqa and ar-Raqqah agree, Makka does not.

The key keeps the consonants, levelled by ``kg/lexicon/german/transliteration.tsv``, and where a vowel stands between them, in
two classes (a e i against o u): edit distance would take Makka for Rakka before it took Raqqa.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kg import resources

SIGNS = str.maketrans("", "", "ʿʾ‘’ʼ'`´ʻ_")
UNJOINED_ARTICLES = ("al", "el")  # also without a hyphen: Al Bab


@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """Return ``name`` without diacritics and the signs for ʿAin and Hamza, in its own case; ß becomes ss."""
    if name.isascii() and "'" not in name and "_" not in name and "`" not in name:
        return name
    plain = unicodedata.normalize("NFKD", name.translate(SIGNS).replace("ı", "i").replace("ß", "ss"))
    return "".join(c for c in plain if not unicodedata.combining(c))


@lru_cache(maxsize=1)
def articles() -> frozenset[str]:
    """Return the forms of the Arabic article in Latin letters, lower case."""
    return frozenset(row["letters"] for row in resources.table("german/transliteration.tsv") if row["kind"] == "article")


@lru_cache(maxsize=1)
def _letters() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {row["letters"]: row["key"] for row in resources.table("german/transliteration.tsv") if row["kind"] != "article"}
    longest_first = sorted(table, key=lambda letters: (-len(letters), letters))
    return re.compile("|".join(map(re.escape, longest_first))), table


@lru_cache(maxsize=50_000)
def key(name: str) -> str:
    """Return the key of ``name``: its words' keys, joined by blanks; the Arabic article and final h do not count."""
    parts = fold(name).casefold().replace("-", " - ").split()
    words = [
        _word_key(part)
        for part, after in zip(parts, [*parts[1:], ""], strict=False)
        if part != "-" and not (part in articles() and (after == "-" or part in UNJOINED_ARTICLES) and after)
    ]
    return " ".join(w for w in words if w)


def _word_key(word: str) -> str:
    """``word`` is folded and in lower case."""
    pattern, table = _letters()
    consonantal_y = re.sub(r"y(?=[aeiou])", "j", word)
    found = "".join(table[m] for m in pattern.findall(consonantal_y))
    levelled = re.sub(r"(.)\1+", r"\1", re.sub(r"[12]*([12])", _nucleus, found))
    return levelled[:-1] if len(levelled) > 2 and levelled.endswith("h") else levelled


def _nucleus(vowels: re.Match[str]) -> str:
    """Count a diphthong by its rounded part: au, ou and o are spellings of one Arabic vowel."""
    return "2" if "2" in vowels.group() else "1"
