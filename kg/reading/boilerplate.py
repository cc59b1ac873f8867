"""What stands around an article: consent walls, menus, share buttons, related articles, comment sections.

The cues are data (``lexicon/reading/boilerplate.tsv``); the rules here weigh them. A paragraph that reads like body text is
only dropped on several cues or at the foot of the page: text lost is worse than a menu kept.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from kg.reading.article import LeftOut
from kg.reading.metadata import dates, has_credit, signature
from kg.reading.paragraphs import REMEMBERED, TextLine, ends_sentence, word_runs
from kg.resources import table

BODY_WORDS = 8  # a paragraph of at least so many words that closes like a sentence reads like body text
SURE_POINTS = 4  # points: a phrase counts three, a weak word one
DENSE = 0.06  # points a word
DISTINCT, WEAK_SHARE = 3, 0.25  # weak cues, and their share of the words, that suffice without a phrase
SHORT_LINE = 120  # characters of a menu or button
LONG_LINE = 12  # words
CONSENT_GAP = 8  # lines of a consent wall between two of its paragraphs
NAV_PARTS = re.compile(r"\s+[>»›|·•→/+]+\s+|\s*[>»›→]\s*")
PART_WORDS = 5  # of a part of a menu at most
COUNT = re.compile(r"^[\W\d_]+|[\W\d_]+$")


@dataclass(frozen=True, slots=True)
class BoilerplateCues:
    """The table, ready for use; every cue in small letters."""

    lines: dict[str, str]  # whole line -> category
    starts: tuple[tuple[str, str], ...]  # (cue, category)
    any_start: tuple[str, ...]  # all their cues
    phrases: re.Pattern[str]
    phrase_of: dict[str, str]  # phrase -> category
    stems: re.Pattern[str]
    cutting: frozenset[str]  # categories


@cache
def boilerplate_cues() -> BoilerplateCues:
    """Return lexicon/reading/boilerplate.tsv."""
    rows = list(table("reading/boilerplate.tsv"))
    by_match = {m: [r for r in rows if r["match"] == m] for m in ("line", "start", "phrase", "word")}
    return BoilerplateCues(
        lines={r["cue"]: r["category"] for r in by_match["line"]},
        starts=tuple((r["cue"], r["category"]) for r in by_match["start"]),
        any_start=tuple(r["cue"] for r in by_match["start"]),
        phrases=re.compile("|".join(re.escape(r["cue"]) for r in by_match["phrase"])),
        phrase_of={r["cue"]: r["category"] for r in by_match["phrase"]},
        stems=re.compile(r"\b(?:" + "|".join(re.escape(r["cue"]) for r in by_match["word"]) + ")"),
        cutting=frozenset(r["category"] for r in rows if r["action"] == "cut"),
    )


@lru_cache(maxsize=REMEMBERED)
def is_body_like(line: TextLine) -> bool:
    """Tell whether the paragraph reads like body text: several words that close like a sentence."""
    if line.mark == "kept":
        return True
    if line.mark == "number" or len(word_runs(line.text)) < BODY_WORDS:
        return False
    return ends_sentence(line.text) or signature(line.text)[1] is not None


def categories(lines: Sequence[TextLine]) -> list[str | None]:
    """Return the category of every line that is boilerplate by its own words, None for the others."""
    found = [_category(line) for line in lines]
    starts = [None if category else _by_start(line.text) for line, category in zip(lines, found, strict=True)]
    body = [i for i, line in enumerate(lines) if is_body_like(line) and not found[i] and not starts[i]]
    foot = body[-1] if body else -1
    for i, line in enumerate(lines):
        if starts[i] and not (is_body_like(line) and i < foot):
            found[i] = starts[i]
    return _without_gaps(lines, found)


def kept_lines(lines: Sequence[TextLine], found: Sequence[str | None]) -> list[int]:
    """Return the indices of the lines that remain: no boilerplate, nothing behind a cutting line."""
    keep: list[int] = []
    i, body = 0, 0
    while i < len(lines):
        category = found[i]
        if category is None:
            keep.append(i)
            body += is_body_like(lines[i])
        elif category in boilerplate_cues().cutting and body:
            i = _resumes(lines, found, i)
            continue
        i += 1
    return keep


def left_out(lines: Sequence[TextLine], found: Sequence[str | None], kept: Collection[int]) -> Iterator[LeftOut]:
    """Yield the lines that do not remain; what only stands behind a cutting line is of its category."""
    cut = ""
    for i, line in enumerate(lines):
        category = found[i]
        if i in kept:
            cut = ""
            continue
        if category in boilerplate_cues().cutting:
            cut = category
        yield LeftOut(cut or category or "", line.text)


def _category(line: TextLine) -> str | None:
    if line.mark == "kept":
        return None
    text = line.text.casefold()
    if len(text) <= SHORT_LINE:
        bare = COUNT.sub("", text) or text
        exact = boilerplate_cues().lines.get(text.strip(" #*:.")) or boilerplate_cues().lines.get(bare)
        if exact or (is_menu(line.text) and not dates(line.text)):
            return exact or "navigation"
    return _by_phrase(text, len(word_runs(text)))


def _by_phrase(text: str, length: int) -> str | None:
    cues = boilerplate_cues()
    phrases = cues.phrases.findall(text) if any(map(text.__contains__, cues.phrase_of)) else []  # mostly there is none
    weak = cues.stems.findall(text)
    if not phrases:
        full = len(set(weak)) >= DISTINCT and len(weak) >= WEAK_SHARE * length
        return "consent" if full else None
    points = 3 * len(set(phrases)) + len(weak)
    if length <= LONG_LINE or (points >= SURE_POINTS and points >= DENSE * length):
        return "consent" if "consent" in (kinds := {boilerplate_cues().phrase_of[p] for p in phrases}) else min(kinds)
    return None


def _may_be_consent(line: TextLine) -> bool:
    """Tell whether the line fits into a consent wall: it is no sentence, or full of the words of such walls."""
    weak = boilerplate_cues().stems.findall(line.text.casefold())
    return not is_body_like(line) or (len(set(weak)) >= 2 and len(weak) >= 2 * DENSE * len(word_runs(line.text)))


def _by_start(text: str) -> str | None:
    text = text.casefold().lstrip("#*>– -„\"“»")
    cues = boilerplate_cues()
    if not text.startswith(cues.any_start):
        return None
    return next(category for cue, category in cues.starts if text.startswith(cue))


def is_menu(text: str) -> bool:
    """Tell whether ``text`` is a bread crumb: short parts between arrows or bars, or nothing but names of sections."""
    parts = [p.strip(" +") for p in NAV_PARTS.split(text) if p.strip(" +")]
    if len(parts) > 2 and all(len(word_runs(p)) <= PART_WORDS and not ends_sentence(p) for p in parts):
        return not has_credit(text)
    known = boilerplate_cues().lines
    if len(parts) == 2 and all(len(word_runs(p)) <= 3 for p in parts) and any(p.casefold() in known for p in parts):
        return True
    tokens = text.split()
    return len(tokens) > 1 and all(known.get(t.casefold().strip(",;|")) == "navigation" for t in tokens)


def _without_gaps(lines: Sequence[TextLine], found: list[str | None]) -> list[str | None]:
    """Fill a consent wall: what fits between its sure paragraphs, and what behind them is full of its words."""
    out = list(found)
    sure = [i for i, category in enumerate(found) if category == "consent"]
    for a, b in pairwise(sure):
        if b - a > CONSENT_GAP:
            continue
        for i in range(a + 1, b):
            if out[i] is None and _may_be_consent(lines[i]):
                out[i] = "consent"
    for i in range(max(0, sure[0] - CONSENT_GAP) if sure else 0, sure[0] if sure else 0):  # its heading
        if i < CONSENT_GAP and not is_body_like(lines[i]) and boilerplate_cues().stems.search(lines[i].text.casefold()):
            out[i] = out[i] or "consent"
    for i in range(1, len(lines)):
        if out[i] is None and out[i - 1] == "consent" and is_body_like(lines[i]) and _may_be_consent(lines[i]):
            out[i] = "consent"
    return out


def _resumes(lines: Sequence[TextLine], found: Sequence[str | None], cut: int) -> int:
    """Return where the article goes on behind the cutting line: a box of links ends at two paragraphs of body."""
    whole_section = lines[cut].mark == "heading" or lines[cut].text.isupper()
    if whole_section or found[cut] in ("comments", "tags", "sources"):
        return len(lines)
    for i in range(cut + 1, len(lines) - 1):
        if all(found[j] is None and is_body_like(lines[j]) for j in (i, i + 1)):
            return i
    return len(lines)
