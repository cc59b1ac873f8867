"""Mails (EML), mailboxes (mbox) and saved pages (MHT): the text or HTML part of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from kg.reading.characters import one_line
from kg.reading.content import Content, Extracted, Outcomes
from kg.reading.encoding import decoded
from kg.reading.formats.page import read_html
from kg.reading.formats.records import draft_of
from kg.reading.outcome import RefusedError
from kg.reading.plain_text import Draft

FROM_LINE = re.compile(rb"(?:\A|\n)From \S+[^\n]*\d{4}[^\n]*\n")
SUBJECT_PREFIX = re.compile(r"(?:(?:re|aw|fwd?|wg)\s*:\s*)+", re.I)
QUOTED_PRINTABLE_FROM = re.compile(rb"^>(>*From )", re.M)


def outcomes(content: Content) -> Outcomes:
    """Yield the article of a mail or saved page; of a mailbox, that of each mail."""
    raw = content.read()
    mails = list(_mails(raw))
    for number, one in enumerate(mails, 1):
        several = len(mails) > 1
        try:
            found = _found(one)
        except RefusedError as error:
            if not several:
                raise
            yield RefusedError(error.reason, error.detail, f"mail {number}")
            continue
        record, own = (f"mail {number}", str(number)) if several else (None, None)
        yield Extracted(found, one, record, own)


def _mails(raw: bytes) -> Iterator[bytes]:
    """Part a mailbox at its ``From`` lines; a mail alone is one."""
    if not raw.startswith(b"From "):
        yield raw
        return
    for part in FROM_LINE.split(raw.replace(b"\r\n", b"\n"))[1:]:
        yield QUOTED_PRINTABLE_FROM.sub(rb"\1", part)


def _found(raw: bytes) -> Draft:
    mail = message_from_bytes(raw, policy=policy.default)
    location = str(mail.get("Snapshot-Content-Location") or mail.get("Content-Location") or "")
    part = _text_part(mail)
    if part is None:
        raise RefusedError("empty", "a mail without a text part: give its attachments as files of their own")
    subject = SUBJECT_PREFIX.sub("", one_line(str(mail.get("Subject") or "")))
    name, address = parseaddr(str(mail.get("From") or ""))
    fields = {"title": subject, "published": _day(mail), "publisher": one_line(name) or address.partition("@")[2]}
    is_page = bool(location)
    body = part.get_payload(decode=True)
    text = decoded(body if isinstance(body, bytes) else b"", part.get_content_charset())
    if part.get_content_subtype() != "html":
        return draft_of({"text": text} | {k: v for k, v in fields.items() if v})
    draft = read_html(text, location if location.startswith("http") else None)
    if is_page:  # its head is the browser's: when it was saved, which is not when it was published
        draft.url = draft.url or location
        return draft
    draft.title = fields["title"] or draft.title
    draft.published = date.fromisoformat(fields["published"]) if fields["published"] else draft.published
    draft.publisher = fields["publisher"] or draft.publisher
    return draft


def _text_part(mail: EmailMessage) -> EmailMessage | None:
    """Return the plain text, else the HTML; of a saved page its HTML, which comes first."""
    found = [part for part in mail.walk() if isinstance(part, EmailMessage) and part.get_content_maintype() == "text"]
    found = [part for part in found if part.get_content_disposition() != "attachment"]
    plain = [part for part in found if part.get_content_subtype() == "plain"]
    pages = [part for part in found if part.get_content_subtype() == "html"]
    return next(iter([*plain, *pages]), None)


def _day(mail: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(str(mail.get("Date"))).date().isoformat()
    except (ValueError, TypeError):
        return ""
