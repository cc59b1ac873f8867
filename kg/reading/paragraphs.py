"""Lines to paragraphs: tails and marks of the format taken off, hard-wrapped lines joined."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from kg.reading.characters import joined
from kg.resources import table

COLUMN_GAP = re.compile(r"[ \t]{2,}|\t")
COLUMN_WORDS = 4  # at most
WORD_RUN = re.compile(r"\w+(?:[-'’.]\w+)*")
RULE = re.compile(r"[\W_]*")
KEPT_LINE, KEPT_HEADING = "‖", "‖‖"  # before a line that is part of the article for sure, as readers of formats write it
MARK = re.compile(
    r"\s*(?:(?P<kept>‖{1,2})|(?P<heading>#{1,6})|(?P<quote>>)|(?P<bullet>[*•·▪‣▶►➤◆■●○✓→])|(?P<number>\d{1,2}[.)]))\s+"
)
LINK = re.compile(r"!?\[([^\]\[]*)\]\((?:[^()\s]*)\)")
EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.{1,300}?)(?<=\S)\1")
RUN_ON = 3  # sentences over a line's end at least, to believe that a text is wrapped
LABELLED = re.compile(r"\w+: ")  # Bild: ..., which only goes on where its line is quite full
NEARLY_FULL = 0.75  # of the width
REMEMBERED = 200  # lines: what is found in one is asked for again while its article is read
NARROWEST_WRAP, WIDEST_WRAP = 40, 120  # characters: the widths at which people and programs wrap


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line or a joined paragraph; ``mark`` is heading, quote, bullet, number, kept or empty.

    ``level`` counts the ``#``, or the marks of a line that is kept.
    """

    text: str
    after_blank: bool = False
    mark: str = ""
    level: int = 0


def paragraphs(text: str) -> list[TextLine]:
    """Return the paragraphs of normalised ``text``."""
    given = text.split("\n")
    raw = [_without_tail(line) for line in given]
    tails = sum(line.rstrip().endswith("|") for line in given)
    width = _wrap_width(raw, sure=tails * 2 > len(given))
    lines = _marked(raw)
    return _joined(lines, width) if width else lines


@lru_cache(maxsize=REMEMBERED)
def word_runs(text: str) -> tuple[str, ...]:
    """Return the words of ``text``: runs of letters, digits, hyphens."""
    return tuple(WORD_RUN.findall(text))


def ends_sentence(text: str) -> bool:
    """Tell whether ``text`` closes with a full stop, question or exclamation mark, also inside quotes and brackets."""
    return text.rstrip("\"'“”»«’‘)] ").endswith((".", "!", "?", "…"))


def _without_tail(line: str) -> str:
    line = line.strip()
    if line.endswith("|"):
        line = line.rstrip("| ")
    columns = COLUMN_GAP.split(line)
    narrow = len(columns) > 1 and not ends_sentence(line) and all(len(c.split(" ")) <= COLUMN_WORDS for c in columns)
    line = (" | " if narrow else " ").join(columns)  # a menu keeps its bounds
    return "" if RULE.fullmatch(line) else line


def _marked(raw: list[str]) -> list[TextLine]:
    lines: list[TextLine] = []
    blank = True
    for line in raw:
        if line:
            lines.append(_line(line, blank))
        blank = not line
    return lines


def _line(text: str, after_blank: bool) -> TextLine:
    found = MARK.match(text)
    kind = (found.lastgroup or "") if found and not _begins_with_date(text, found) else ""
    level = len(found["heading"] or found["kept"] or "") if found else 0
    if found and kind not in ("", "number"):
        text = text[found.end() :]
    plain = _unmarked(text).strip()
    return TextLine(plain or text, after_blank, kind, level)


def _unmarked(text: str) -> str:
    """Leave out the marks of links and emphasis; a line mostly has none, and looking for them in order takes long."""
    text = LINK.sub(r"\1", text) if "](" in text else text
    return EMPHASIS.sub(r"\2", text) if "**" in text or "__" in text else text


def _begins_with_date(text: str, found: re.Match[str]) -> bool:
    """9. Mai 2021. Vor einer Schule …: a day, not the number of a list."""
    following = text[found.end() :].partition(" ")[0].rstrip(".,:")
    return found.lastgroup == "number" and following.casefold() in _months()


@cache
def _months() -> frozenset[str]:
    return frozenset(row["form"] for row in table("german/months.tsv"))


def _wrap_width(lines: list[str], *, sure: bool) -> int:
    """Return the width at which the text is hard-wrapped, 0 where too few sentences run over a line's end."""
    lengths = sorted(len(line) for line in lines)
    width = lengths[round((len(lengths) - 1) * 0.98)] if lengths else 0
    inside = [(a, b) for a, b in pairwise(lines) if a and b]
    if not NARROWEST_WRAP <= width <= WIDEST_WRAP or not inside:
        return 0
    run_on = sum(_runs_on(a, b, width) for a, b in inside)
    broken = any(_breaks_sentence(a, b) for a, b in inside)
    return width if sure or broken or (run_on >= RUN_ON and run_on * 3 > len(inside)) else 0


def _breaks_sentence(line: str, following: str) -> bool:
    """Tell whether the line surely goes on in the next: a divided word, a small letter, an article before its noun."""
    if len(line) < NARROWEST_WRAP or ends_sentence(line):
        return False
    divided = line.endswith("-") and line[-2:-1].islower() and following[0].islower()
    return divided or following[0].islower() or _is_open(line)


def _is_open(line: str) -> bool:
    """Tell whether a line ends with an article or preposition, whose noun is still to come."""
    return line.rpartition(" ")[2] in _open_ends()


@cache
def _open_ends() -> frozenset[str]:
    return frozenset(row["form"] for row in table("reading/metadata.tsv") if row["kind"] == "open_end")


def _runs_on(line: str, following: str, width: int) -> bool:
    """Tell whether a sentence is broken between the two lines."""
    return not ends_sentence(line) and (_is_full(line, following, width) or line[-1] == "-" or following[0].islower())


def _is_full(line: str, following: str, width: int) -> bool:
    """Tell whether the first word of ``following`` would not have fitted on ``line``."""
    return len(line) + 1 + len(following.split(" ", 1)[0]) > width


def _joined(lines: list[TextLine], width: int) -> list[TextLine]:
    out: list[TextLine] = []
    last = ""  # the last line of the paragraph under way, as it stands in the file
    for line in lines:
        shown = line.text
        if out and not line.after_blank and _continues(out[-1], last, line, width):
            out[-1] = replace(out[-1], text=joined(out[-1].text, line.text))
        else:
            out.append(line)
        last = shown
    return out


def _continues(paragraph: TextLine, last: str, line: TextLine, width: int) -> bool:
    if line.mark and line.mark != paragraph.mark:
        return line.mark in ("bullet", "number") and not ends_sentence(last) and _is_full(last, line.text, width)
    if line.mark == "heading" or (line.mark == "" and paragraph.mark not in ("", "bullet", "number")):
        return False
    if last.isupper() and line.text.isupper():  # a headline in capitals
        return True
    if last.endswith("…"):  # a caption or teaser that the site has cut short
        return False
    nearly_full = len(last) > NEARLY_FULL * width and not LABELLED.match(paragraph.text)
    if not ends_sentence(last) and (last[-1] == "-" or line.text[0].islower() or nearly_full or _is_open(last)):
        return True
    return _is_full(last, line.text, width - (2 if line.mark == "quote" else 0))
