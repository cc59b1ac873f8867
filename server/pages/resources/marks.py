"""Stretches of a text marked for what they are, nested and overlapping ones too, as a tree for a template."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

_OFFSETS = re.compile(r"#offset_(\d+)_(\d+)$")


@dataclass(frozen=True, slots=True)
class Target:
    """What a mark leads to: an IRI, and what to say of it."""

    iri: str
    title: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text: offsets in code points, what it is (trigger, actor, place, time, sentence) and what it means."""

    begin: int
    end: int
    role: str
    targets: tuple[Target, ...] = ()
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """Text without a mark inside; it leads to what the innermost mark around it means."""

    text: str
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch and what it holds; ``others`` are what it means besides that to which its text leads."""

    role: str
    anchor: str
    children: tuple[Mark | Leaf, ...]
    others: tuple[Target, ...] = ()


Node = Mark | Leaf


def offsets(iri: str) -> tuple[int, int] | None:
    """Return begin and end of a stretch of text by its IRI; None where it does not end as NIF has it."""
    found = _OFFSETS.search(iri)
    return (int(found[1]), int(found[2])) if found else None


def marked(text: str, spans: Iterable[Span], begin: int = 0) -> tuple[Node, ...]:
    """Return ``text``, which starts at the offset ``begin``, with its spans marked; what lies outside of it is left out.

    Of spans that overlap, the later one goes on in a second mark.
    """
    end = begin + len(text)
    inside = [replace(s, begin=max(s.begin, begin), end=min(s.end, end)) for s in spans if s.begin < end and s.end > begin]
    return tuple(_Marking(text, begin).nodes(begin, end, _joined(inside), None))


@dataclass(frozen=True, slots=True)
class _Marking:
    text: str
    offset: int

    def nodes(self, begin: int, end: int, spans: list[Span], around: Target | None) -> Iterator[Node]:
        """Yield what lies between two offsets; all spans lie there, too."""
        at, left = begin, spans
        while left:
            first, *later = left
            yield from self._leaf(at, first.begin, around)
            inner, left = _cut(later, first.end)
            yield self._mark(first, inner, around)
            at = first.end
        yield from self._leaf(at, end, around)

    def _mark(self, span: Span, inner: list[Span], around: Target | None) -> Mark:
        target, others = (span.targets[0], span.targets[1:]) if span.targets else (around, ())
        return Mark(span.role, span.anchor, tuple(self.nodes(span.begin, span.end, inner, target)), others)

    def _leaf(self, begin: int, end: int, target: Target | None) -> Iterator[Leaf]:
        if begin < end:
            yield Leaf(self.text[begin - self.offset : end - self.offset], target)


def _cut(spans: list[Span], end: int) -> tuple[list[Span], list[Span]]:
    """Return the spans up to an offset and those behind it; one across is parted, its second half without the anchor."""
    inner = [replace(span, end=min(span.end, end)) for span in spans if span.begin < end]
    behind = [replace(span, begin=max(span.begin, end), anchor=span.anchor if span.begin >= end else "")
              for span in spans if span.end > end]  # fmt: skip
    return inner, _ordered(behind)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order; those of one stretch and role are one with the targets of all."""
    found: dict[tuple[int, int, str], Span] = {}
    for span in spans:
        key = span.begin, span.end, span.role
        old = found.get(key)
        targets = tuple(dict.fromkeys((*old.targets, *span.targets))) if old else span.targets
        found[key] = replace(span, targets=targets, anchor=(old.anchor if old else "") or span.anchor)
    return _ordered(found.values())


def _ordered(spans: Iterable[Span]) -> list[Span]:
    return sorted(spans, key=lambda span: (span.begin, -span.end, span.role != "sentence", span.role))
