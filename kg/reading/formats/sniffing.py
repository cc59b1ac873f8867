"""What the first bytes of a file say of its format."""

from __future__ import annotations

import re
import zlib

MAGIC = ((b"%PDF-", "PDF"), (b"{\\rtf", "RTF"), (b"WARC/", "WARC"), (b"PK\x05\x06", "ZIP"))
OTHERS = (  # what no article can be read from, and what to do about it
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file: save it as DOCX"),
    (b"\x89PNG", "an image: leave it out, or give its text"),
    (b"\xff\xd8\xff", "an image: leave it out, or give its text"),
    (b"GIF8", "an image: leave it out, or give its text"),
    (b"RIFF", "an image, sound or film: leave it out, or give its text"),
    (b"ID3", "a sound file: leave it out, or give its text"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it, or pack it as ZIP"),
    (b"Rar!", "a RAR archive: unpack it, or pack it as ZIP"),
    (b"BZh", "a bzip2 archive: unpack it, or pack it with gzip"),
    (b"\xfd7zXZ\x00", "an xz archive: unpack it, or pack it with gzip"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive: unpack it, or pack it with gzip"),
    (b"SQLite format 3", "a database: export its articles as CSV or JSON Lines"),
    (b"\x7fELF", "a program: leave it out"),
)
SPACE = rb"\s*(?:\xef\xbb\xbf)?\s*"
COMMENTS = rb"(?:<!--.*?-->\s*)*"
HTML = re.compile(
    SPACE + rb"(?:<\?xml[^>]*>\s*)?" + COMMENTS + rb"<(?:!doctype\s+html|html|head|body|article|div|p)\b", re.I | re.S
)
FEED = re.compile(
    SPACE + rb"(?:<\?xml(?:-stylesheet)?[^>]*>\s*)*" + COMMENTS + rb"<(?:rss|feed|(?:rdf:)?RDF)\b", re.I | re.S
)
MAILBOX = re.compile(rb"From \S+ .*\d{4}\r?\n(?=[\w-]+: )")
MAIL_FIELDS = re.compile(
    rb"(?:From|To|Subject|Date|Received|Return-Path|Delivered-To|Message-ID|MIME-Version|Content-Type|Reply-To"
    rb"|X-[\w-]+|List-[\w-]+|DKIM-Signature|Snapshot-Content-Location|Content-Transfer-Encoding): ?",
    re.I,
)
MAIL_SURE = re.compile(rb"^(?:MIME-Version|Received|Return-Path|Message-ID|Delivered-To|Content-Type): ?", re.I | re.M)


def is_html(raw: bytes) -> bool:
    """Tell by its first bytes whether ``raw`` is an HTML page."""
    return HTML.match(raw[:2000]) is not None


def sniffed(head: bytes, name: str) -> str | None:
    """Return the name of a format, a line on what is not read, or None where the first bytes do not tell."""
    for start, said in (*MAGIC, *OTHERS):
        if head.startswith(start):
            return said
    if head.startswith(b"\x1f\x8b"):
        return _gzip(head)
    if head.startswith(b"PK\x03\x04"):
        return _zip(head, name)
    if FEED.match(head):
        return "feed"
    if HTML.match(head):
        return "HTML"
    if MAILBOX.match(head):
        return "mailbox"
    return "mail" if _is_mail(head) else None


def _gzip(head: bytes) -> str:
    try:
        inside = zlib.decompressobj(wbits=31).decompress(head, 64)
    except zlib.error:
        inside = b""
    return "WARC" if inside.startswith(b"WARC/") else "gzip"


def _zip(head: bytes, name: str) -> str:
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in head[:120]:
        return "ODT"
    if b"mimetypeapplication/epub" in head[:120]:
        return "a book (EPUB): give its articles as HTML or text"
    office = b"[Content_Types].xml" in head or b"_rels/.rels" in head or b"word/" in head
    if office and b"xl/" not in head and b"ppt/" not in head and not name.lower().endswith((".xlsx", ".pptx")):
        return "DOCX"
    return "a table or slides of Office: save them as CSV or PDF" if office else "ZIP"


def _is_mail(head: bytes) -> bool:
    """Tell whether the head of fields is that of a mail: all of its lines known, one that only mails have."""
    fields = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    lines = [line for line in fields.splitlines() if line and line[:1] not in (b" ", b"\t")]
    known = sum(MAIL_FIELDS.match(line) is not None for line in lines)
    return len(lines) > 1 and known * 2 > len(lines) and MAIL_SURE.search(fields) is not None
