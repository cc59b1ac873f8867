"""Lines that say when an article appeared, who wrote it, who took its picture: dates, bylines, credits, datelines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from kg.german.word_sets import word_set
from kg.reading.paragraphs import ends_sentence, word_runs
from kg.resources import table

Rank = Literal["published", "plain", "updated"]
LONGEST_LABEL = 40  # characters, of what stands before a date and names it
LONGEST_DATE_LINE = 120  # characters
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100  # years; other numbers are no dates
ISO = r"(?P<y1>\d{4})[-/](?P<m1>\d{1,2})[-/](?P<d1>\d{1,2})(?:T[\d:.+-]+Z?)?"
DOTTED = r"(?P<d2>\d{1,2})\.\s?(?P<m2>\d{1,2})\.\s?(?P<y2>\d{4}|\d{2}(?!\d|[.:]))"
NAMED_MONTH = r"(?P<d3>\d{1,2})\.?\s?(?P<n3>[A-Za-zäÄ]{3,10}\.?)\s(?P<y3>\d{4})"
AMERICAN = r"(?P<n4>[A-Za-z]{3,9})\.?\s(?P<d4>\d{1,2}),?\s(?P<y4>\d{4})"
DATE = re.compile(rf"(?<![\w.-])(?:{ISO}|{DOTTED}|{NAMED_MONTH}|{AMERICAN})(?![\w-])")
RECORD_ID = re.compile(r"(?=\S*\d)(?=\S*[A-Za-z])[\w.:/-]{6,60}")
COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_]?(0[1-9]|1[0-2])[-_]?(0[1-9]|[12]\d|3[01])(?!\d)")
AGENCY_STAMP = re.compile(
    r"(?:[A-Za-zÄÖÜäöü]{1,6}(?:/[A-Za-z]{1,4})* ){0,5}"
    r"(?P<day>\d{2})(?:[01]\d|2[0-3])[0-5]\d(?: ?(?:Z|GMT|UTC))? (?P<month>[A-ZÄ][A-Za-zÄä]{2}) (?P<year>\d{2})"
)
PARTIAL = re.compile(r"(?:\d{4}-\d{2}|\d{1,2}/\d{4})")
CLOCK_TIME = re.compile(r"\b\d{1,2}[:.]\d{2}(?::\d{2})?\b")
AUTHORED = re.compile(r"(?:(?<=[,|·•;–—-])|(?<=\bUhr)|(?<=\d))\s*\b(?:[Vv]on\s+|By\s+|(?:Quellen?|Text|Autor(?:in|en)?):\s*)")
SIGNED = re.compile(r"\s?/\s?[a-zäöüß]{2,5}$")  # 9.11.2017/abc
OWN = word_set("reading", "own_people")  # papers name their own people so: Von unserem Reporter
OWN_PEOPLE = re.compile(r"Von unsere[mnr] [A-ZÄÖÜ]\w*(?i:korrespondent|reporter|redakteur|mitarbeiter|redaktion)\w*")
KEY = re.compile(r"([A-Za-zÄÖÜäöü][\w -]{1,20}?)\s*[:=]\s*(\S.*)")
INLINE_DATE = re.compile(r"(?i:date|datum)[ :]\s*(\d{4}(?:-\d{2}){0,2}|\d{1,2}\.\d{1,2}\.\d{4})\s+(?=\S)")
DATELINE = re.compile(
    r"(?P<place>[^()|–—]{0,60}?)\s*(?:\((?P<a>[^()]{2,40})\)|(?P<b>[\w/-]{2,15}))\s*(?:[-–—|:]+|\.)\s+"
)
DATED_PLACE = re.compile(  # before DATELINE, which takes the dot of a day for the dateline's end
    r"(?P<place>[A-ZÄÖÜ][^()|–—\d]{1,40}?,? (?:den )?\d{1,2}\.\s?(?P<month>[A-ZÄ][a-zä]{2,8})\.?(?: \d{4})?)"
    r"\s*\((?P<a>[^()]{2,40})\)(?P<b>)\s*[-–—|:]*\s+(?=\S)"
)
UNSIGNED = re.compile(  # a place and a whole date alone
    r"(?P<place>[A-ZÄÖÜ][^()|–—\d.]{1,40}?),?\s+(?:[–—-]\s+)?\(?(?:den\s+)?\d{1,2}\.\s?(?:(?P<month>[A-ZÄ][a-zä]{2,8})|\d{1,2}\.)\s?\d{4}\)?"
    r"\s*(?:[-–—|:]+|\.)\s+(?=[A-ZÄÖÜ„\"»«])"
)
DAY_ALONE = re.compile(  # with a colon it heads an entry of a chronicle
    r"\d{1,2}\.\s?(?P<month>[A-ZÄ][a-zä]{2,8})\s\d{4}\.\s+(?=[A-ZÄÖÜ„\"»«])"
)
DAY_OF_MONTH = re.compile(r"(?:\bden )?\b\d{1,2}\.\s?(?P<month>[A-ZÄ][a-zä]{2,8})\b(?:\.?\s\d{4})?")
SOURCE_ALONE = re.compile(r"(?P<place>)\((?P<a>[^()]{2,40})\)(?P<b>)\s+(?=[A-ZÄÖÜ„\"»])")
PLACE_LINE = re.compile(r"((?:[A-ZÄÖÜ][\w’'-]+[ /,]{0,2}){1,4}(?: ?\([A-ZÄÖÜ]\w+\))?) [–—-] (?=[A-ZÄÖÜ„\"»«])")
PLACE_STOP = re.compile(r"([A-ZÄÖÜ][\w’'-]{3,}(?:/[A-ZÄÖÜ][\w’'-]+)?)\. (?=[A-ZÄÖÜ„\"»«])")
INITIALS = re.compile(r"[a-zäöüß]{2,5}")  # how authors and houses sign
PARTICLES = word_set("reading", "place_particles")
SIGNED_CREDIT = re.compile(r"[(\[|©]\s*(?P<who>[^()\[\]|]{2,60})[)\]]?$")
CREDIT_BEFORE = re.compile(r"(\S+(?: \S+){0,3}) [–—-] (?=[A-ZÄÖÜ].{12})")
AUTHOR_NAME = re.compile(r"[A-ZÄÖÜ][\w.'’-]*|(?:al|von|van|de|der|bin|abu|el|zu)(?:-\w+)?", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and how its line names it."""

    day: date
    rank: Rank


@cache
def forms(kind: str) -> dict[str, str]:
    """Return form -> value of one ``kind`` of lexicon/reading/metadata.tsv."""
    return {row["form"]: row["value"] for row in table("reading/metadata.tsv") if row["kind"] == kind}


@cache
def months() -> dict[str, int]:
    """Return name of a month in small letters -> number, German and English."""
    german = {row["form"]: int(row["month"]) for row in table("german/months.tsv")}
    return {form: int(value) for form, value in forms("month").items()} | german


def dates(text: str) -> list[Dated]:
    """Return the full dates in ``text``, in its order; a month alone is none."""
    out = []
    for found in DATE.finditer(text):
        day = _day(found)
        if day is not None:
            before = text[max(0, found.start() - LONGEST_LABEL) : found.start()]
            out.append(Dated(day, _rank(before)))
    return out


def impossible_date(text: str) -> str | None:
    """Return what in ``text`` is written like a day in figures and is none: ``31.02.2022``."""
    written = (found for found in DATE.finditer(text) if found["y1"] or found["y2"])
    return next((found[0] for found in written if _day(found) is None), None)


def best_date(found: list[Dated]) -> date | None:
    """Return the day it was published, else the first unlabelled one, else that of the update."""
    order: tuple[Rank, ...] = ("published", "plain", "updated")
    return next((d.day for rank in order for d in found if d.rank == rank), None)


def is_date_line(text: str) -> bool:
    """Tell whether ``text`` is a date and what stands beside it: weekday, time, ``Stand``, the name of a paper."""
    if len(text) > LONGEST_DATE_LINE or not dates(text):
        return False
    head, names = _authors_cut(SIGNED.sub("", text))
    strange = _strange(head)
    return len(strange) <= 3 and not any(w.islower() for w in strange) and _are_authors(names)


def is_bare_date(text: str) -> bool:
    """Tell whether the line is a date with its time or label and nothing else."""
    return is_date_line(text) and not _strange(text)


def is_marked_date(text: str) -> bool:
    """Tell whether a date line says that an article is dated: by a label, a time, an author; a heading has none."""
    found = dates(text)
    return any(d.rank != "plain" for d in found) or bool(CLOCK_TIME.search(DATE.sub(" ", text)) or _authors_cut(text)[1])


def _strange(text: str) -> list[str]:
    """Return the words that usually do not stand beside a date."""
    rest = word_runs(CLOCK_TIME.sub(" ", DATE.sub(" ", text)))
    return [w for w in rest if w.casefold().rstrip(".") not in _beside_dates() and not w.isdigit()]


def _authors_cut(text: str) -> tuple[str, str]:
    """Part ``9.11.2017, 18:20 Uhr | Von Rana Haddad`` before the authors or sources: (date, names or empty)."""
    found = next((f for f in AUTHORED.finditer(text) if dates(text[: f.start()])), None)
    return (text[: found.start()], text[found.end() :]) if found else (text, "")


def _are_authors(text: str) -> bool:
    """Tell whether all of the list is names, agencies or initials; numbers of comments may stand behind."""
    for part in re.split(r"[,;/|()·•]", CLOCK_TIME.sub(" ", DATE.sub(" ", text))):
        tokens = [t for t in part.split() if not t.isdigit() and t.casefold().strip(":.") not in _beside_dates()]
        initials = len(tokens) == 1 and INITIALS.fullmatch(tokens[0])
        if not initials and not all(_is_name(t) or t in OWN for t in tokens):
            return False
    return True


def record_id_date(text: str) -> date | None:
    """Return the day in an archive's number ``abc0012-20160314_1`` or an agency's stamp ``141530 Mär 16``."""
    stamp = AGENCY_STAMP.fullmatch(text)
    if stamp:
        return _checked(2000 + int(stamp["year"]), months().get(stamp["month"].casefold(), 0), int(stamp["day"]))
    found = COMPACT.search(text) if RECORD_ID.fullmatch(text) else None
    return _checked(*(int(g) for g in found.groups())) if found else None


def is_record_id(text: str) -> bool:
    """Tell whether the line is one token of letters and digits, as archives number their records, or a stamp."""
    if AGENCY_STAMP.fullmatch(text):
        return True
    return RECORD_ID.fullmatch(text) is not None and sum(c.isdigit() for c in text) >= 4


def is_partial_date(text: str) -> bool:
    """Tell whether the line is a year and month alone."""
    return PARTIAL.fullmatch(text.strip()) is not None


def field(text: str) -> tuple[str, str] | None:
    """Return (field, value) of a ``Datum: 9.11.2017`` line; field is empty where nothing is kept."""
    found = KEY.fullmatch(text)
    if found is None:
        return None
    name = forms("field").get(found[1].casefold().strip())
    return None if name is None else (name, found[2].strip())


def is_byline(text: str) -> bool:
    """Tell whether the line names the authors: ``Von Rana Haddad, Erbil`` or ``Rana Haddad, dpa``."""
    if len(word_runs(text)) > 14 or ends_sentence(text):
        return False
    if OWN_PEOPLE.match(text):
        return True
    label, rest = _label_cut(text)
    names = DATE.sub(" ", rest)
    tokens = [t for t in re.split(r"[\s,;/|()]+", names) if t]
    if not tokens or not any(AUTHOR_NAME.fullmatch(t) and t[0].isupper() for t in tokens):
        return False
    if label:
        return all(_is_name(t) for t in tokens) and not (label == "von" and len(tokens) < 2)
    signed = "," in text and tokens[-1].casefold().strip(".") in forms("agency")
    house = "," in text and any(t.casefold().split("-")[0] in forms("agency") for t in tokens)
    return (signed or house) and len(tokens) <= 6 and all(_is_name(t) for t in tokens)


@cache
def _starters() -> frozenset[str]:
    return frozenset(row["form"] for row in table("words/sentence_cues.tsv") if row["kind"] == "starter")


def signature(text: str) -> tuple[str, str | None]:
    """Cut an author's or agency's signature off the end of a paragraph: (paragraph, signature or None)."""
    found = re.search(r"(?<=[.!?“”\"«»’])\s+(\([^()]{2,60}\)|[^.!?„“\"]{3,60}?, ?[\w/-]{2,12})$", text)
    if found is None:
        return text, None
    inner = found[1].strip("()")
    tokens = [t for t in re.split(r"[\s,;/|.]+", DATE.sub(" ", inner)) if t]
    agencies = [t for t in tokens if t.casefold() in forms("agency")]
    if found[1][0] == "(":
        initials = [t for t in tokens if t not in agencies]
        signed = bool(tokens) and len(initials) <= 2 and all(INITIALS.fullmatch(t) for t in initials)
    else:
        signed = is_byline(inner) and bool(agencies)
    if not signed:
        return text, None
    return text[: found.start()].rstrip(), inner


def dateline(text: str) -> tuple[str, str]:
    """Cut a dateline off a paragraph: (dateline or empty, rest).

    ``Bagdad (dpa) -``, ``Bagdad, 9. Mai (AFP) -``, ``Beirut, 9. Mai 2016 -``, ``Beirut – 9. Mai 2016.``, ``Beirut ap |``,
    ``9. Mai 2016.``.
    """
    alone = DAY_ALONE.match(text)
    if alone and _is_month(alone):
        return text[: alone.end()].strip(), text[alone.end() :]
    unsigned = UNSIGNED.match(text)
    if unsigned and (unsigned["month"] is None or _is_month(unsigned)) and _is_place(re.split(r"[\s,;/]+", unsigned["place"])):
        return text[: unsigned.end()].strip(), text[unsigned.end() :]
    dated = DATED_PLACE.match(text)
    found = (dated if dated and _is_month(dated) else None) or DATELINE.match(text) or SOURCE_ALONE.match(text)
    if found is None:
        return "", text
    source = DATE.sub(" ", found["a"] or found["b"])
    signed = [t for t in re.split(r"[\s,;/.-]+", source) if t]
    agencies = [t for t in signed if t.casefold() in forms("agency")]
    known = bool(agencies) and all(t in agencies or INITIALS.fullmatch(t) for t in signed)
    undated = DAY_OF_MONTH.sub(lambda m: " " if _is_month(m) else m[0], found["place"])
    place = [t for t in re.split(r"[\s,;/.]+", DATE.sub(" ", undated)) if t]
    if not signed or not (known or (place and all(INITIALS.fullmatch(t) for t in signed))):
        return "", text
    if not (found["a"] or source.islower() or place) or not _is_place(place) or text[found.end()].islower():
        return "", text
    return text[: found.end()].strip(), text[found.end() :]


def _is_month(found: re.Match[str]) -> bool:
    return found["month"].casefold() in months()


def _is_place(tokens: list[str]) -> bool:
    """Tell whether the words can be the place of a dateline: few, capitalised, no article or the like among them."""
    return len(tokens) <= 6 and all((t[0].isupper() and t not in _starters()) or t in PARTICLES for t in tokens)


def place_line(text: str) -> tuple[str, str]:
    """Part ``Bagdad/Mossul – `` or ``Bagdad. `` from the paragraph behind it: (places or empty, rest)."""
    found = PLACE_LINE.match(text) or PLACE_STOP.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def credit_cut(text: str) -> tuple[str, bool]:
    """Take the picture's credit off a caption: (caption, empty where nothing else stood there; was there a credit)."""
    head_label, tail_label = _credit_patterns()
    head = head_label.match(text)
    if head:
        rest = text[head.end() :]
        behind = CREDIT_BEFORE.match(rest)
        if behind and _is_credit(behind[1]):
            return rest[behind.end() :], True
        return ("" if _is_credit(rest) else rest), True
    tail = tail_label.search(text) if ":" in text or "©" in text else None  # the pattern is a slow one
    if tail and _is_credit(tail["who"]):
        return text[: tail.start()].rstrip(" ([|–-"), True
    signed = SIGNED_CREDIT.search(text)
    if signed and _is_agency_list(signed["who"]) and not ends_sentence(caption := text[: signed.start()].rstrip()):
        return caption, True
    if _is_agency_list(text) and len(word_runs(text)) > 1:
        return "", True
    return text, False


def has_credit(text: str) -> bool:
    """Tell whether the line begins with or ends in the credit of a picture."""
    return any(pattern.search(text) for pattern in _credit_patterns())


@cache
def _credit_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what a caption's credit looks like before all else, and behind the caption."""
    label = _any_of(forms("credit"))
    who = r"(?P<who>(?:[^.!?]|\.(?=\w)){2,80}?)"
    return (
        re.compile(rf"^(?i:{label})\s*:\s*"),
        re.compile(rf"[\s(\[|–-]{{1,3}}(?:(?i:{label})s?\s*:|©)\s*{who}[)\]]?\.?$"),
    )


@cache
def _byline_label() -> re.Pattern[str]:
    return re.compile(rf"((?i:{_any_of(forms('byline'))}))(?:\s*:\s*|\s+)")


@cache
def _beside_dates() -> frozenset[str]:
    labels = {word for form in forms("date_label") for word in form.split()}
    return frozenset(labels | forms("date_word").keys() | forms("agency").keys())


def _any_of(found: dict[str, str]) -> str:
    return "|".join(re.escape(form) for form in sorted(found, key=lambda f: (-len(f), f)))


def _is_credit(text: str) -> bool:
    if " " not in text:
        return bool(text)
    tokens = word_runs(text)
    strange = [t for t in tokens[1:] if t.islower() and t not in forms("agency") and len(t) > 3]
    return 0 < len(tokens) <= 10 and not strange


def _is_agency_list(text: str) -> bool:
    first = next((p for p in re.split(r"[/,]|\s-\s", text) if p.strip()), "").strip().casefold()
    return first in forms("agency") or first in ("picture alliance", "imago", "getty images")


def _is_name(token: str) -> bool:
    return bool(AUTHOR_NAME.fullmatch(token)) or any(token.casefold() in forms(kind) for kind in ("byline_word", "agency"))


def _label_cut(text: str) -> tuple[str, str]:
    found = _byline_label().match(text) if text[:1].isupper() else None
    return (found[1].casefold(), text[found.end() :]) if found else ("", text)


def _rank(before: str) -> Rank:
    start = " ".join(word_runs(before.casefold())[-3:])
    for endings, rank in _date_labels():
        if start.endswith(endings):
            return rank
    return "plain"


@cache
def _date_labels() -> list[tuple[tuple[str, ...], Rank]]:
    """Return how a text ends before the date that a label names, and what the date then is; long labels first."""
    labels = sorted(forms("date_label").items(), key=lambda form: -len(form[0]))
    return [
        ((label, f"{label} am", f"{label} vom"), "updated" if rank == "updated" else "published") for label, rank in labels
    ]


def _day(found: re.Match[str]) -> date | None:
    for n in "1234":
        if found[f"y{n}"] is not None:
            month = int(found[f"m{n}"]) if n in "12" else months().get(found[f"n{n}"].casefold(), 0)
            year = int(found[f"y{n}"])
            return _checked(year + (2000 if year < 70 else 1900) if year < 100 else year, month, int(found[f"d{n}"]))
    return None


def _checked(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if EARLIEST_YEAR <= year <= LATEST_YEAR else None
    except ValueError:
        return None
