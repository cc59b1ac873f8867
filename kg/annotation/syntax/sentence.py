"""Everything the syntax says of one sentence, in one record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.annotation.syntax.cases import CaseTable
from kg.annotation.syntax.chunk_links import link
from kg.annotation.syntax.chunks import Chunk, Hints, chunk
from kg.annotation.syntax.clauses import Clause, segment
from kg.annotation.syntax.verbs import Predicate, bracket, predicates
from kg.annotation.syntax.words import SentenceWords


@dataclass(frozen=True, slots=True)
class Syntax:
    """A sentence: its words, and for every clause (same order) its noun phrases and predicates.

    ``clause_of`` gives the clause of each word, -1 for punctuation.
    """

    words: SentenceWords
    clauses: tuple[Clause, ...]
    chunks: tuple[tuple[Chunk, ...], ...]
    predicates: tuple[tuple[Predicate, ...], ...]
    clause_of: tuple[int, ...]


def analyse(
    words: SentenceWords,
    cases: CaseTable,
    named: Mapping[int, int] | None = None,
    solitary: frozenset[int] = frozenset(),
    base: frozenset[int] = frozenset(),
) -> Syntax:
    """Return the syntax of the sentence that ``words`` are.

    ``named`` numbers proper names and dates by token, ``solitary`` are tokens of nouns that take no name as apposition,
    ``base`` tokens of names whose -s is no genitive ending.
    """
    hints = Hints(
        {k: named[i] for k, i in enumerate(words.index) if i in named} if named else {},
        frozenset(k for k, i in enumerate(words.index) if i in solitary),
        frozenset(k for k, i in enumerate(words.index) if i in base),
    )
    clauses = segment(words)
    owner = [-1] * len(words)
    for number, clause in enumerate(clauses):
        for k in clause.words:
            owner[k] = number
    return Syntax(
        words,
        clauses,
        tuple(link(chunk(words, c.words, cases, c.opener, hints), words) for c in clauses),
        tuple(predicates(words, c) for c in clauses),
        tuple(owner),
    )


def bracketing(syntax: Syntax) -> str:
    """Write the clauses, parted by ``|``, with their topological fields.

    KO conjunction, VF Vorfeld, LB left bracket, MF Mittelfeld, RB right bracket, NF Nachfeld.
    """
    return " | ".join(_fields(syntax, clause) for clause in syntax.clauses)


def _fields(syntax: Syntax, clause: Clause) -> str:
    braces = bracket(syntax.words, clause)
    right = set(braces.right)
    last = max(right, default=None)
    parts: list[tuple[str, list[int]]] = []
    for k in clause.words:
        joins = k == clause.words[0] and syntax.words.tag[k] == "KON"
        field = "KO" if joins else _field(k, clause, braces.left, right, last)
        if parts and parts[-1][0] == field:
            parts[-1][1].append(k)
        else:
            parts.append((field, [k]))
    text = syntax.words.text
    return clause.kind[:3] + ": " + " ".join(f"[{name} {' '.join(text[k] for k in ks)}]" for name, ks in parts)


def _field(k: int, clause: Clause, left: int | None, right: set[int], last: int | None) -> str:
    if k == left:
        return "LB"
    if left is None and clause.opener is not None and k <= clause.opener:
        return "LB"
    if k in right:
        return "RB"
    if left is not None and k < left:
        return "VF"
    return "NF" if last is not None and k > last else "MF"
