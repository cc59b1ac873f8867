"""Plain text as it comes: what each paragraph is there for, and what the lines around the article say of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kg.reading import metadata
from kg.reading.article import BlockKind, LeftOut
from kg.reading.boilerplate import categories, is_body_like, kept_lines, left_out
from kg.reading.characters import mended, normalised
from kg.reading.paragraphs import TextLine, ends_sentence, paragraphs, word_runs

TITLE_WORDS = 25  # at most
HEADING_WORDS = 14  # at most; a longer paragraph without full stop is body
TEASER_WORDS = 8  # at least, for a line between title and body that is no heading
CAPTION_WORDS = 45  # at most
KICKER_WORDS = 3  # at most
HEAD_LINES = 12  # in which "key: value" lines are looked for
SITE_BEFORE = re.compile(r"((?:[\w-]+\.)+(?:de|at|ch|com|org|net|info|eu))\s+(?:--?|–|—|\||:)\s+(?=\S)")
PAPER_BEFORE = re.compile(r"((?:[A-ZÄÖÜ][\w.-]*\s){1,4})--\s+(?=\S)")
SECTION_BEFORE = re.compile(r"([A-ZÄÖÜ][\w-]+)\s+(?:--?|–|—|\|)\s+(?=(?:\S+\s+){2})")  # Konflikte - Armee nimmt Rawa ein
SITE_BEHIND = re.compile(r"\s+(?:--?|–|—|\|)\s+((?:[\w-]+\.)+(?:de|at|ch|com|org|net|info|eu))$")
DECORATION = "-–—+*=~_#| "
QUOTED = re.compile("[„\"»«‚“].{20,}[“\"«»‘”]")
SITE = re.compile(r"(?:[\w-]+\.)+(?:de|at|ch|com|org|net|info|eu)")
LEADS = 2  # paragraphs between title and date at most
NUMERIC_DATE = re.compile(r"\d[\d./-]{5,}\d")
FOOT_CATEGORIES = ("media", "programme", "copyright")  # their lines may say when the article appeared


@dataclass(slots=True)
class Draft:
    """An article under way: its paragraphs with their kinds, and what is known of it."""

    pieces: list[tuple[BlockKind, str]] = field(default_factory=list)
    title: str | None = None
    published: date | None = None
    url: str | None = None
    publisher: str | None = None
    impossible: str | None = None  # what stands as its date and is none
    left_out: list[LeftOut] = field(default_factory=list)


def read_plain(text: str, title: str | None = None) -> Draft:
    """Return the draft of raw ``text``; ``title`` is what is known from outside the text."""
    return read_normalised(normalised(text), title)


def read_normalised(text: str, title: str | None = None) -> Draft:
    """Return the draft of ``text`` as :func:`~kg.reading.characters.normalised` gives it."""
    draft = Draft(title=title)
    lines, found = _head_fields(paragraphs(text), draft)
    marks = categories(lines)
    found += _foot_dates(lines, marks)
    kept = kept_lines(lines, marks)
    draft.left_out = list(left_out(lines, marks, frozenset(kept)))
    remaining = [_mended(lines[i]) for i in kept]
    dated, remaining = _dates_taken(_captions_joined(remaining), draft)
    draft.published = draft.published or metadata.best_date([*dated, *found])
    draft.pieces = [(kind, _undecorated(text)) for kind, text in _pieces(remaining, draft)]
    return draft


def _mended(line: TextLine) -> TextLine:
    text = mended(line.text)
    return line if text == line.text else replace(line, text=text)


def _undecorated(text: str) -> str:
    """Take dashes, stars and the like off both ends, where a blank parts them from the words."""
    begin, end = len(text) - len(text.lstrip(DECORATION)), len(text.rstrip(DECORATION))
    head = text[begin:] if text[begin - 1 : begin] == " " else text
    return head[: end - len(text)] if text[end : end + 1] == " " else head


@dataclass(frozen=True, slots=True)
class _Caption(TextLine):
    """A line that a picture's credit has marked as its caption."""


def _head_fields(lines: list[TextLine], draft: Draft) -> tuple[list[TextLine], list[metadata.Dated]]:
    """Take ``key: value`` lines and an inline ``date 2017-11-09`` off the head."""
    found: list[metadata.Dated] = []
    out: list[TextLine] = []
    for i, line in enumerate(lines):
        key = metadata.field(line.text) if i < HEAD_LINES and not is_body_like(line) else None
        inline = metadata.INLINE_DATE.match(line.text) if not out and key is None else None
        if key is not None and _takes(draft, *key, found):
            continue
        if inline:
            found += metadata.dates(inline[1])
            line = replace(line, text=line.text[inline.end() :])
        out.append(line)
    return out, found


def _takes(draft: Draft, name: str, value: str, found: list[metadata.Dated]) -> bool:
    """Put one field into the draft; False where its value can't be one, so that the line stays."""
    if name == "published":
        days = metadata.dates(value)
        found += [replace(d, rank="published") for d in days]
        draft.impossible = draft.impossible or metadata.impossible_date(value)
        return bool(days) or metadata.is_partial_date(value)
    if name == "url":
        draft.url = value if re.match(r"https?://\S+$", value) else None
        return draft.url is not None
    if name == "title":
        draft.title = draft.title or value
    elif name in ("publisher", "source"):
        draft.publisher = draft.publisher or value
    return True


def _foot_dates(lines: Sequence[TextLine], marks: Sequence[str | None]) -> list[metadata.Dated]:
    foot = [line.text for line, mark in zip(lines, marks, strict=True) if mark in FOOT_CATEGORIES]
    return [d for text in foot for d in metadata.dates(text)]


def _captions_joined(lines: Sequence[TextLine]) -> list[TextLine]:
    """Take the credits off; a line of nothing but a credit makes the line before or behind it a caption."""
    out: list[TextLine] = []
    is_next = False  # the credit has come before its caption
    for i, line in enumerate(lines):
        text, had_credit = metadata.credit_cut(line.text)
        if not had_credit:
            out.append(_Caption(line.text, line.after_blank) if is_next else line)
            is_next = False
        elif text and metadata.is_bare_date(text):  # "9.11.2017, 18:20 Uhr Quelle: dpa" dates no picture
            out.append(replace(line, text=text))
        elif not text:
            is_next = _caption_follows(line, lines[i + 1 : i + 2], out)
            if not is_next and out and _may_be_caption(out[-1], line):
                out[-1] = _Caption(out[-1].text, out[-1].after_blank)
        elif len(word_runs(text)) <= CAPTION_WORDS:
            out.append(_Caption(text, line.after_blank))
        else:
            out.append(replace(line, text=text))
    return out


def _caption_follows(credit: TextLine, following: Sequence[TextLine], before: Sequence[TextLine]) -> bool:
    """Tell whether the caption stands behind its credit: without a blank line, and not better before it."""
    if not following or following[0].after_blank or len(word_runs(following[0].text)) > CAPTION_WORDS:
        return False
    alone = credit.after_blank or not before
    return alone or (ends_sentence(before[-1].text) and not ends_sentence(following[0].text))


def _may_be_caption(before: TextLine, credit: TextLine) -> bool:
    close = not credit.after_blank or not ends_sentence(before.text)
    return close and before.mark == "" and KICKER_WORDS < len(word_runs(before.text)) <= CAPTION_WORDS


def _dates_taken(lines: Sequence[TextLine], draft: Draft) -> tuple[list[metadata.Dated], list[TextLine]]:
    """Take the lines that only date or number the article off its head and foot, and return their dates."""
    first, last = _body_span(lines)
    behind_lead = _date_behind_lead(lines, first, last)
    found: list[metadata.Dated] = []
    out: list[TextLine] = []
    for i, line in enumerate(lines):
        outside = i < first or i > last or i == behind_lead
        if outside and SITE.fullmatch(line.text):
            draft.publisher = draft.publisher or line.text
        elif outside and metadata.is_record_id(line.text):
            day = metadata.record_id_date(line.text)
            found += [metadata.Dated(day, "plain")] if day else []
        elif outside and (metadata.is_date_line(line.text) or metadata.is_partial_date(line.text)):
            found += metadata.dates(line.text)
        else:
            if outside and metadata.is_byline(line.text):
                found += metadata.dates(line.text)
            out.append(line)
    if lines and last >= 0:
        signed = metadata.signature(lines[last].text)[1]
        found += metadata.dates(signed or "")
    head = metadata.dateline(lines[first].text)[0] if first < len(lines) else ""
    return [*found, *metadata.dates(head)], out


def _date_behind_lead(lines: Sequence[TextLine], first: int, last: int) -> int | None:
    """Return the line that dates the article behind a lead of one or two paragraphs.

    A chronicle or ticker has date lines all over its body, so that one without a label has to stand alone there; a
    mere day with its month written out may be a heading.
    """
    inside = range(first, last)
    dated = [i for i in inside if metadata.is_date_line(lines[i].text) and not is_body_like(lines[i])]
    if not dated or sum(is_body_like(lines[j]) for j in range(first, dated[0])) > LEADS:
        return None
    text = lines[dated[0]].text
    labelled = any(d.rank != "plain" for d in metadata.dates(text))
    alone = len(dated) == 1 and (metadata.is_marked_date(text) or NUMERIC_DATE.fullmatch(text))
    return dated[0] if labelled or alone else None


def _body_span(lines: Sequence[TextLine]) -> tuple[int, int]:
    """Return the indices of the first and last paragraph of body; (number of lines, -1) when there is none."""
    body = [i for i, line in enumerate(lines) if not isinstance(line, _Caption) and is_body_like(line)]
    if len(body) > 1 and _is_called_title(lines[body[0]].text, lines[body[1]].text):
        del body[0]
    return (body[0], body[-1]) if body else (len(lines), -1)


def _is_called_title(text: str, following: str) -> bool:
    """Tell whether ``text``, a short question or call before a longer paragraph, is a title in spite of its end."""
    length = len(word_runs(text))
    called = text.rstrip("\"“«").endswith(("?", "!"))
    return called and length <= HEADING_WORDS and len(word_runs(following)) > 2 * length


def _pieces(lines: Sequence[TextLine], draft: Draft) -> list[tuple[BlockKind, str]]:
    first, last = _body_span(lines)
    title = _title_index(lines, first)
    if title is not None and draft.title is None:
        draft.title, site = headline(lines[title].text)
        draft.publisher = draft.publisher or site
    pieces: list[tuple[BlockKind, str]] = []
    begun = 0  # paragraphs of body so far
    for i, line in enumerate(lines):
        if i == title:
            pieces.append(("title", headline(line.text)[0]))
        elif isinstance(line, _Caption):
            pieces.append(("caption", line.text))
        elif line.mark == "kept":
            pieces.append(("heading" if line.level > 1 else "body", line.text))
        elif metadata.is_byline(line.text):
            pieces.append(("byline", line.text))
        elif i < first:
            pieces += _head_piece(line, has_title=title is not None and i > title, last=last)
        elif is_body_like(line):
            new = _body_pieces(line, is_teaser=i == first and _is_teaser(lines, i), begun=begun)
            begun += any(kind == "body" for kind, _ in new)
            pieces += new
        else:
            pieces += _other_piece(line, behind=i > last)
    return pieces


def _title_index(lines: Sequence[TextLine], first: int) -> int | None:
    """Return the title's place: a ``#`` heading, else the first heading-like line of the head, kickers apart."""
    marked = next((i for i, line in enumerate(lines) if line.mark == "heading" and line.level == 1), None)
    if marked is not None and marked <= first:
        return marked
    heads = [i for i in range(min(first, len(lines))) if _may_be_title(lines[i])]
    return max(heads, key=lambda i: (_title_points(lines[i].text), -i), default=None)


def _may_be_title(line: TextLine) -> bool:
    plain = not isinstance(line, _Caption) and line.mark in ("", "heading") and not metadata.is_byline(line.text)
    plain = plain and not line.text.endswith(".")
    return plain and 1 < len(word_runs(line.text)) <= TITLE_WORDS and line.text[0] not in "(["


def _title_points(text: str) -> int:
    """A title has more words than a kicker, some of them small, which names of papers and sections have not."""
    found = word_runs(text)
    named = any(w[0].isupper() and len(w) > 2 for w in found)
    return 2 * any(w.islower() for w in found) + (len(found) > KICKER_WORDS) - 4 * (not named)


def headline(text: str) -> tuple[str, str | None]:
    """Cut the name of the site and an agency's section off a title: (title, site)."""
    found = SITE_BEFORE.match(text) or PAPER_BEFORE.match(text)
    if found:
        return text[found.end() :], found[1].strip()
    section = SECTION_BEFORE.match(text)
    if section and section[1].casefold() in metadata.forms("section"):
        text = text[section.end() :]
    found = SITE_BEHIND.search(text)
    return (text[: found.start()], found[1]) if found else (text, None)


def _head_piece(line: TextLine, *, has_title: bool, last: int) -> list[tuple[BlockKind, str]]:
    listed = line.mark in ("number", "bullet") or len(word_runs(line.text)) < 2
    if last >= 0 and (listed or (not has_title and _title_points(line.text) < 2)):
        return []
    if line.mark == "quote" or (has_title and len(word_runs(line.text)) >= TEASER_WORDS):
        return [("teaser", line.text)]
    if ends_sentence(line.text):
        return [("teaser" if has_title and last >= 0 else "body", line.text)]
    return [("heading" if last >= 0 else "body", line.text)]


def _is_teaser(lines: Sequence[TextLine], i: int) -> bool:
    """Tell whether the byline stands between this first paragraph and the body."""
    if lines[i].mark == "quote":
        return True
    following = next((line for line in lines[i + 1 :] if not isinstance(line, _Caption)), None)
    return following is not None and metadata.is_byline(following.text) and i + 2 < len(lines)


def _body_pieces(line: TextLine, *, is_teaser: bool, begun: int) -> list[tuple[BlockKind, str]]:
    text = metadata.dateline(line.text)[1] if begun < 2 else line.text  # a lead may stand before the agency's text
    places, text = metadata.place_line(text) if begun == 0 else ("", text)
    text, signed = metadata.signature(text)
    kind: BlockKind = "teaser" if is_teaser else "body"
    pieces: list[tuple[BlockKind, str]] = [("byline", places), (kind, text), ("byline", signed or "")]
    return [piece for piece in pieces if piece[1]]


def _other_piece(line: TextLine, *, behind: bool) -> list[tuple[BlockKind, str]]:
    """A paragraph that does not close like a sentence, or a very short one, inside the body or behind it."""
    length = len(word_runs(line.text))
    text, signed = metadata.signature(line.text)
    if ends_sentence(text) and length > 1 and not (text.endswith("?") and length < TEASER_WORDS and not behind):
        return [("body", text), ("byline", signed)] if signed else [("body", text)]
    if length > HEADING_WORDS or line.text.endswith((":", ",", ";")) or line.mark in ("bullet", "number"):
        is_rest = behind and length <= HEADING_WORDS and not line.text.endswith(":")
        return [] if is_rest else [("body", line.text)]
    if behind and QUOTED.fullmatch(line.text):
        return [("body", line.text)]
    return [] if behind or length == 0 else [("heading", line.text)]


