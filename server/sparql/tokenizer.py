"""A tokeniser for SPARQL text: enough to know keywords from what stands in strings, IRIs, names and comments.

It never fails and takes linear time on any text; what SPARQL would not accept is left to the real parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LOCAL = r"(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\[^\w\s])"
_TOKEN = re.compile(
    rf"""
      (?P<skip> \s++ | \#[^\n\r]*+ )
    | (?P<string> \"{{3}}(?:[^"\\]|\\.|"(?!""))*+(?:\"{{3}}|\\?\Z) | '{{3}}(?:[^'\\]|\\.|'(?!''))*+(?:'{{3}}|\\?\Z)
                | "(?:[^"\\\n\r]|\\.)*+"? | '(?:[^'\\\n\r]|\\.)*+'? )
    | (?P<iri> <[^<>"{{}}|^`\\\x00-\x20]*+> )
    | (?P<name> [?$]\w++ | @[A-Za-z]++(?:-[A-Za-z0-9]++)*+ | _:[\w.-]*+ | :{_LOCAL}*+ )
    | (?P<plain> [^\W\d_][\w.-]*+ (?P<local> :{_LOCAL}*+ )? )
    | (?P<number> \d++ )
    | (?P<mark> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_WORD = re.compile(r"[^\W\d_]\w*")


@dataclass(frozen=True, slots=True)
class Token:
    """A token and its place; ``kind`` is string, iri, name, word, number or mark; words are in upper case."""

    kind: str
    text: str
    begin: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a SPARQL text without white space and comments.

    A full stop at the end of a name belongs to the name here, where SPARQL ends the triple.
    """
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        if kind == "skip":
            continue
        if kind != "plain":
            yield Token(kind, match.group(), match.start(), match.end())
        elif match.group("local") is not None:
            yield Token("name", match.group(), match.start(), match.end())
        else:
            for word in _WORD.finditer(text, match.start(), match.end()):
                yield Token("word", word.group().upper(), word.start(), word.end())
