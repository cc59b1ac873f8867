"""Plain text: one article, or the many of a press database's export."""

from __future__ import annotations

from kg.reading.article import LONGEST_ARTICLE
from kg.reading.characters import normalised
from kg.reading.content import Content, Extracted, Outcomes
from kg.reading.encoding import decoded
from kg.reading.outcome import RefusedError
from kg.reading.plain_text import read_normalised
from kg.reading.press.exports import exported, may_be_export


def outcomes(content: Content) -> Outcomes:
    """Yield the article of a text file, or those of an export."""
    raw = content.read()
    yield from text_articles(decoded(raw), raw)


def text_articles(text: str, raw: bytes) -> Outcomes:
    """Yield what is in ``text``, which stands in ``raw``; raise :class:`RefusedError` on a text too long for one article."""
    is_long = len(text) > LONGEST_ARTICLE
    plain = "" if is_long and not may_be_export(text) else normalised(text)
    several = exported(plain)
    if several:
        for number, article in enumerate(several, 1):
            if article.text:
                raw = article.text.encode("utf-8", "replace")
                yield Extracted(article.draft(), raw, f"article {number}", str(number))
            else:
                yield RefusedError("empty", "no text in it, only what the database says of it", f"article {number}")
        return
    if is_long:
        raise RefusedError(
            "unreadable", f"{len(text):,} characters, an article has at most {LONGEST_ARTICLE:,}: split it into articles"
        )
    yield Extracted(read_normalised(plain), raw)
