"""The review table as a page that works from a file: choose, save, hand the table to ``kg link --accept``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple
from html import escape
from importlib.resources import files
from itertools import pairwise
from string import Template

from kg.linking.review_table import ACCEPT, COLUMNS, REJECT, Row

CHOICES = ((ACCEPT, "annehmen"), (REJECT, "ablehnen"), ("", "offen"))


def review_page(rows: Sequence[Row]) -> str:
    """Return the HTML; all that comes from texts and services is escaped, and nothing is loaded from anywhere."""
    template = Template(files("kg.linking").joinpath("review.html").read_text(encoding="utf8"))
    first = [True, *(one.entity != other.entity for one, other in pairwise(rows))]
    lines = "\n".join(_line(number, row, first[number]) for number, row in enumerate(rows))
    data = json.dumps({"columns": COLUMNS, "rows": [[_flat(v) for v in astuple(row)] for row in rows]})
    return template.substitute(rows=lines, data=data.replace("<", "\\u003c"))


def _flat(value: str) -> str:
    return " ".join(value.split())


def _line(number: int, row: Row, first: bool) -> str:
    boxes = "".join(
        f'<label><input type="radio" name="d{number}" value="{value}"{" checked" if row.decision == value else ""}> '
        f"{name}</label>"
        for value, name in CHOICES
    )
    ours = f"<b>{escape(row.label)}</b><br><span class=small>{escape(row.kind)}, {escape(row.mentions)}×</span>"
    theirs = f"<b>{_linked(row)}</b><br><span class=small>{escape(row.description)}</span>"
    sure = ", der Dienst ist sicher" if row.match else ""
    why = f"{escape(row.score)}{sure}<br><span class=small>{escape(row.evidence)}</span>"
    mark = ' class="first"' if first else ""
    return f"<tr{mark}><td>{ours if first else ''}</td><td>{theirs}</td><td>{why}</td><td>{boxes}</td></tr>"


def _linked(row: Row) -> str:
    name = f"{escape(row.name)} ({escape(row.target.rsplit('/', 1)[-1])})"
    if not row.target.startswith(("http://", "https://")):
        return name
    return f'<a href="{escape(row.target, quote=True)}" target="_blank" rel="noopener noreferrer">{name}</a>'
