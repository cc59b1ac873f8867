"""Bytes to text: byte order mark, HTTP header, what the page declares, valid UTF-8, windows-1252, in this order."""

from __future__ import annotations

import codecs
import re

from kg.reading.outcome import RefusedError

BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
SAMPLE_BYTES = 65536  # bytes looked at
META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,30})|<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]{2,30})", re.I
)
META_WITHIN = 8192  # bytes
WESTERN = ("iso8859-1", "ascii", "iso8859-15", "latin-1")  # read as their superset windows-1252, as browsers do
STRAY = frozenset("äöüÄÖÜßéèàáâçñóíŠšŽž„“”‚‘’–—…€§°«»›‹")  # what a byte of windows-1252 in a UTF-8 page can mean
ESCAPED = re.compile("[\udc80-\udcff]")  # bytes that were no UTF-8
MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def decoded(raw: bytes, http: str | None = None) -> str:
    """Return the text of ``raw``; ``http`` is the charset of an HTTP or MIME header.

    A byte that fits into no encoding costs one character, never more. Raises :class:`RefusedError` when ``raw`` is
    empty or binary.
    """
    text = _text(raw, http)
    if not text.strip("\ufeff \t\r\n"):
        raise RefusedError("empty", "the file is empty: fill or remove it")
    return text


def _text(raw: bytes, http: str | None) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    wide = _wide(raw[:SAMPLE_BYTES])
    if wide is not None:
        return raw.decode(wide, "replace")
    if _is_binary(raw[:SAMPLE_BYTES]):
        raise RefusedError("kind", "a binary file: save it as UTF-8 text or HTML first")
    declared = _known(http) or _known(_declared(raw[:META_WITHIN]))
    return _utf8(raw) if declared in (None, "utf-8") else raw.decode(declared or "utf-8", "replace")


def _utf8(raw: bytes) -> str:
    """Decode UTF-8 with its slips; what has more bytes outside UTF-8 than characters of it is windows-1252."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    good, rest = len(MULTIBYTE.findall(raw)), MULTIBYTE.sub(b"", raw)
    if sum(byte > 0x7F for byte in rest) > good:
        return raw.decode("cp1252", "replace")
    return ESCAPED.sub(_meant, raw.decode("utf-8", "surrogateescape"))


def _meant(stray: re.Match[str]) -> str:
    """Read one stray byte as windows-1252 where that gives a letter or sign that German texts have."""
    meant = stray[0].encode("ascii", "surrogateescape").decode("cp1252", "replace")
    return meant if meant in STRAY else "\ufffd"


def _declared(head: bytes) -> str | None:
    found = META_CHARSET.search(head)
    return (found[1] or found[2]).decode("ascii") if found else None


def _known(name: str | None) -> str | None:
    """Return Python's name of an encoding; None for no name, one that nobody knows, or one that ASCII would not fit."""
    try:
        codec = codecs.lookup((name or "").strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    if codec.name in WESTERN:
        return "cp1252"
    try:
        return codec.name if b"<meta>".decode(codec.name) == "<meta>" else None
    except (UnicodeError, LookupError, AssertionError):
        return None


def _wide(sample: bytes) -> str | None:
    """Return the UTF-16 that a text without a mark is in: every other byte of Latin text is zero."""
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if max(odd, even) <= len(sample) // 8:
        return None
    like = "utf-16-le" if odd >= even else "utf-16-be"
    text = sample.decode(like, errors="ignore")
    return like if sum(c.isalpha() or c.isspace() for c in text) * 4 > len(text) * 3 else None


def _is_binary(sample: bytes) -> bool:
    found = len(CONTROL_BYTES.findall(sample))
    return (b"\0" in sample and found * 100 > len(sample)) or found * 10 > len(sample)
