"""A query before it is asked: the usual prefixes declared, an unknown one named, a term that no one uses hinted at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from kg.errors import UsageError
from kg.namespaces import DECLARED, LB, PREFIXES

TOKEN = re.compile(
    r"""(?P<left> \#[^\n]* | <[^<>"{}|^`\\\s]*> | \"\"\".*?\"\"\" | '''.*?''' | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' )
      | (?P<declared> \bPREFIX \s+ (?P<name>[^\s:]*) \s* : )
      | (?P<term> (?<![\w?$@.-]) (?P<prefix> [A-Za-z] (?:[\w.-]*[\w-])? | (?=:) ) : (?P<local> [\w-]* ) )""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
PLACE = re.compile(r"\bat (\d+):(\d+)")
DUMP = re.compile(r"expected one of .{200,}", re.DOTALL)


def with_prefixes(query: str) -> str:
    """Declare the usual prefixes; those that the query declares itself come later and win.

    Raises :class:`UsageError` for a prefix that nobody declares, with the one that may be meant.
    """
    declared = {match["name"] for match in TOKEN.finditer(query) if match["declared"]}
    for prefix, _ in _terms(query):
        if prefix not in PREFIXES and prefix not in declared:
            near = _near(prefix, PREFIXES)
            meant = f"did you mean {near}:?" if near else f"known are {', '.join(f'{name}:' for name in PREFIXES)}"
            raise UsageError(f"the query is wrong: nothing declares the prefix {prefix}: ({meant})")
    return DECLARED + query


def hints(query: str) -> Iterator[str]:
    """Yield a line for every term of the vocabulary's namespace that the vocabulary doesn't have."""
    own = {match["name"] for match in TOKEN.finditer(query) if match["declared"]}
    known = dir(LB)
    for prefix, local in dict.fromkeys(_terms(query)):
        if prefix == "lb" and prefix not in own and local and local not in known:
            near = _near(local, known)
            yield f"lb:{local} is not in the vocabulary" + (f": did you mean lb:{near}?" if near else "")


def explained(error: SyntaxError) -> str:
    """Return what is wrong in one line: the column is that of the user's own text, a grammar's dump is left out."""
    shift = len(DECLARED)

    def moved(match: re.Match[str]) -> str:
        line, column = int(match[1]), int(match[2])
        return f"at line {line}, column {column - shift if line == 1 else column}"

    return " ".join(DUMP.sub("something else", PLACE.sub(moved, str(error))).split())


def _terms(query: str) -> Iterator[tuple[str, str]]:
    """Yield prefix and local part of every prefixed name, outside strings, IRIs and comments."""
    return ((match["prefix"], match["local"]) for match in TOKEN.finditer(query) if match["term"])


def _near(word: str, known: Iterable[str]) -> str | None:
    words = {each.lower(): each for each in known}
    return next((words[each] for each in get_close_matches(word.lower(), words, n=1, cutoff=0.6)), None)
