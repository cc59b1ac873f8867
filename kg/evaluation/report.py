"""Scores as lines for people and as one object for machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.evaluation.scores import Count, Cubed, Figures, Finding, Scores

COUNTED_FIGURES = ("event", "role", "link", "source", "coref")
DECIMALS = 3
EXCERPT = 120  # characters of a sentence in a table
FIGURES_HEADER = ("", "right", "surplus", "missed", "P", "R", "F1", "role F1", "source F1", "coref F1", "time", "factual")


def as_json(scores: Scores) -> dict[str, Any]:
    """Return all figures as plain data; shares are rounded, None where there is nothing to measure."""
    return {
        "documents": len(scores.by_document),
        "missing": list(scores.missing),
        **_plain(scores.total),
        "by_document": {name: _plain(figures) for name, figures in scores.by_document.items()},
        "by_type": {kind: _plain(figures) for kind, figures in scores.by_kind.items()},
    }


def summary(scores: Scores) -> Iterator[str]:
    """Yield the figures over all articles, a line each."""
    if scores.missing:
        yield f"not in the graph: {', '.join(scores.missing)}"
    for name in COUNTED_FIGURES:
        count: Count | Cubed = getattr(scores.total, name)
        yield f"{name:<8} P {count.precision:.3f}  R {count.recall:.3f}  F1 {count.f1:.3f}"
    for share in ("time", "factual"):
        value = getattr(scores.total, share)
        yield f"{share:<8} {'-' if value is None else round(value, DECIMALS)}"


def breakdown(title: str, parts: Mapping[str, Figures]) -> Iterator[str]:
    """Yield a table of the figures of every part: documents or event types."""
    yield from aligned((title, *FIGURES_HEADER[1:]), (_row(name, figures) for name, figures in parts.items()))


def findings(found: Iterable[Finding]) -> Iterator[str]:
    """Yield a table of what to look at."""
    rows = ((f.fault, f.document, f.what, f.trigger, _excerpt(f.sentence)) for f in found)
    yield from aligned(("fault", "document", "what", "trigger", "sentence"), rows)


def aligned(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield ``rows`` under ``header`` in columns as wide as their widest cell."""
    lines = [header, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)).rstrip()


def _row(name: str, figures: Figures) -> tuple[str, ...]:
    event = figures.event
    counts = (event.right, event.wrong, event.missed)
    f1s = (event.f1, figures.role.f1, figures.source.f1, figures.coref.f1)
    shares = (event.precision, event.recall, *f1s, figures.time, figures.factual)
    return (name, *map(str, counts), *("-" if share is None else f"{share:.2f}" for share in shares))


def _plain(figures: Figures) -> dict[str, Any]:
    counts = {name: _rounded_count(getattr(figures, name)) for name in COUNTED_FIGURES}
    shares = {name: getattr(figures, name) for name in ("time", "factual")}
    return counts | {name: None if share is None else round(share, DECIMALS) for name, share in shares.items()}


def _rounded_count(count: Count | Cubed) -> dict[str, float]:
    return {"p": round(count.precision, DECIMALS), "r": round(count.recall, DECIMALS), "f1": round(count.f1, DECIMALS)}


def _excerpt(sentence: str) -> str:
    line = " ".join(sentence.split())
    return line if len(line) <= EXCERPT else f"{line[: EXCERPT - 1]}…"
