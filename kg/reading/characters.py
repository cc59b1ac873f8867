"""Characters: NFC, one kind of blank, nothing invisible, and words that a line break has torn put together again."""

from __future__ import annotations

import html
import re
import unicodedata

import ftfy
from ftfy.badness import is_bad

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]")
LINE_ENDS = re.compile("\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
OTHER_BLANK = re.compile(r"[^\S\n\t ]")
ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
STRANGE, SIDE_BY_SIDE = re.compile("[^\x00-\x7fäöüÄÖÜß„“]"), re.compile("[^\x00-\x7f]{2}")
CONJUNCTIONS = r"(?:und|oder|sowie|bis|bzw\.?|beziehungsweise|als|wie|noch|statt|aber|respektive|u\.|and|or)\b"
TORN_BEFORE_CAPITAL = re.compile(r"(?<=\w)- (?=[^\W\d_])(?=[A-ZÄÖÜ])")
TORN_AFTER_ACRONYM = re.compile(rf"(?<![^\W_])([A-ZÄÖÜ]{{2,}}|\d+)- (?=[a-zäöüß])(?!{CONJUNCTIONS})")


def normalised(text: str) -> str:
    """Return ``text`` in NFC with LF line ends, no other white space than blanks and tabs, nothing invisible.

    What was decoded with the wrong encoding, such as ``tÃ¼rkisch``, is repaired, line by line.
    """
    if ENTITY.search(text):
        text = html.unescape(text)
    if may_be_bad(text) and is_bad(text):
        text = "\n".join(ftfy.fix_encoding(line) if is_bad(line) else line for line in text.split("\n"))
    text = LINE_ENDS.sub("\n", text)
    text = INVISIBLE.sub("", CONTROL_CHARACTERS.sub("", text))
    return OTHER_BLANK.sub(" ", unicodedata.normalize("NFC", text))


def may_be_bad(text: str) -> bool:
    """Tell whether ``text`` may hold what a wrong encoding leaves: not where German letters and quotes stand between ASCII."""
    return STRANGE.search(text) is not None or SIDE_BY_SIDE.search(text) is not None


def one_line(text: str) -> str:
    """Return ``text`` normalised, in one line with single blanks."""
    return " ".join(normalised(text).split())


def mended(text: str) -> str:
    """Join what a lost line break left apart: ``IS- Bastion``, ``US- geführten``; not ``Ost- und Westteil``."""
    return TORN_AFTER_ACRONYM.sub(r"\1-", TORN_BEFORE_CAPITAL.sub("-", text)) if "- " in text else text


def joined(line: str, following: str) -> str:
    """Join two lines of a hard-wrapped paragraph, and the word that the break has divided."""
    if not line.endswith("-") or line.endswith((" -", "--")):
        return f"{line} {following}"
    if following[:1].islower() and not re.match(CONJUNCTIONS, following):
        divided = re.search(r"(?:[A-ZÄÖÜ]{2,}|\d)-$", line) is None
        return (line[:-1] if divided else line) + following
    return line + following if following[:1].isupper() else f"{line} {following}"
