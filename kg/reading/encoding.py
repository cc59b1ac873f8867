"""Bytes to text: UTF-8, or UTF-16 with its mark; anything else is refused with the command that converts it."""

from __future__ import annotations

import codecs
import re

from kg.reading.outcome import RefusedError

LARGEST = 50 * 2**20  # bytes of one article
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
FOREIGN_FORMATS = ((b"%PDF", "PDF"), (b"PK\x03\x04", "ZIP, Word or EPUB"), (b"\xd0\xcf\x11\xe0", "Word"), (b"\x1f\x8b", "gzip"))


def decoded(raw: bytes, path: str) -> str:
    """Return the text of ``raw``; raise :class:`RefusedError` when it is empty, binary or in another encoding."""
    if len(raw) > LARGEST:
        raise RefusedError("unreadable", f"larger than {LARGEST // 2**20} MB, which is no article: split it into articles")
    if not raw.strip():
        raise RefusedError("empty", "the file is empty: fill or remove it")
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return _strict(raw, encoding, path)
    _refuse_binary(raw, path)
    return _strict(raw, "utf-8", path)


def _strict(raw: bytes, encoding: str, path: str) -> str:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        like = _looks_like(raw)
        raise RefusedError(
            "unreadable", f"not UTF-8 (line {line}), it looks like {like}: iconv -f {like} -t UTF-8 {path} > NEW"
        ) from error
    if not text.strip():
        raise RefusedError("empty", "the file is empty: fill or remove it")
    return text


def _refuse_binary(raw: bytes, path: str) -> None:
    kind = next((name for start, name in FOREIGN_FORMATS if raw.startswith(start)), None)
    if kind is not None:
        raise RefusedError("kind", f"a binary file ({kind}): save it as UTF-8 text or HTML first")
    sample = raw[:65536]
    if sample[1::2].count(0) > len(sample) // 8 or sample[::2].count(0) > len(sample) // 8:
        like = "UTF-16LE" if sample[1::2].count(0) >= sample[::2].count(0) else "UTF-16BE"
        if _is_text(raw, like):
            raise RefusedError("unreadable", f"{like} without its mark: iconv -f {like} -t UTF-8 {path} > NEW")
    if (b"\0" in sample and len(CONTROL_BYTES.findall(sample)) * 100 > len(sample)) or _mostly_control(sample):
        raise RefusedError("kind", "a binary file: save it as UTF-8 text or HTML first")


def _mostly_control(sample: bytes) -> bool:
    return len(CONTROL_BYTES.findall(sample)) * 10 > len(sample)


def _is_text(raw: bytes, encoding: str) -> bool:
    try:
        text = raw[:65536].decode(encoding, errors="ignore")
    except LookupError:
        return False
    return sum(c.isalpha() or c.isspace() for c in text) * 4 > len(text) * 3


def _looks_like(raw: bytes) -> str:
    """Name the likeliest of the encodings that German text comes in: both hold every byte that Latin text needs."""
    return "WINDOWS-1252" if re.search(rb"[\x80-\x9f]", raw) else "ISO-8859-1"
