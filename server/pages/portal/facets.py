"""What else can be chosen: the values of each filter with the number of events that would be seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.namespaces import LB
from server.pages.page_queries import Row
from server.pages.portal.views import View, Views
from server.pages.resources.vocabulary import Vocabulary
from server.selection.selection import LISTED, REPEATED, ROLES, Selection
from server.selection.view_queries import FACETS, ViewQueries
from server.workers.fork_client import ForkClient

_SHOWN = 7  # values of a facet that are seen at once

Labels = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be chosen, or is; ``events`` is None where they have not been counted."""

    label: str
    link: str
    events: int | None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """The choices of one filter, those that are chosen first."""

    name: str
    shown: Sequence[Choice]
    more: Sequence[Choice]


def facets_of(views: Views, view: View, queries: ViewQueries, labels: Labels, generation: ForkClient) -> list[Facet]:
    """Return the facets of all filters, counted by ``queries``."""
    return [facet(view, name, views.select(queries.facet(name), generation), labels) for name in FACETS]


def labels_of_chosen(views: Views, vocabulary: Vocabulary, view: View, generation: ForkClient) -> Labels:
    """Return what is chosen by its labels; raises the :class:`Problem` 404 on what the data do not know."""
    named = [pair for pair in view.selection.pairs() if pair[0] in ("type", "certainty", "role")]
    terms = {(name, value): vocabulary.label(value, view.reader.language) for name, value in named}
    return {**terms, **views.chosen(view, generation)}


def facet(view: View, name: str, rows: Sequence[Row], labels: Labels) -> Facet:
    """Return the facet of one filter from the rows of its query; ``labels`` names what is chosen."""
    chosen = set(getattr(view.selection, REPEATED[name]))
    counted = {value: row for row in rows if (value := address_value(name, row["value"].text, view.selection.base))}
    choices = [_chosen(view, name, value, labels, counted.get(value)) for value in sorted(chosen)]
    for value, row in counted.items():
        if value not in chosen:
            label = row["label"].text if "label" in row else value
            choices.append(Choice(label, view.link(view.selection.having(name, value)), int(row["events"].text)))
    return Facet(name, choices[:_SHOWN], choices[_SHOWN:])


def address_value(name: str, iri: str, base: str) -> str | None:
    """Return how a value stands in the address: None where it can't be chosen."""
    if name in LISTED:
        local = iri.removeprefix(str(LB))
        return local if local in LISTED[name] else None
    start = f"{base}entity/"
    return iri.removeprefix(start) if iri.startswith(start) else None


def filters_in_force(view: View, labels: Labels) -> list[tuple[str, Choice]]:
    """Return (name, choice) of everything that is filtered for; a choice leads to the selection without it."""
    found = []
    for name, value in view.selection.only_filters().pairs():
        label = labels.get((name, value), value)
        found.append((name, Choice(label, view.link(view.selection.lacking(name, value)), None, chosen=True)))
    return found


def roles(view: View) -> list[tuple[str, str, bool]]:
    """Return (role, link, whether it is chosen) for each role of the actors; ``any`` is the first."""
    free = view.selection.lacking("role")
    found = [("any", view.link(free), not view.selection.role)]
    return found + [(role, view.link(free.having("role", role)), view.selection.role == role) for role in ROLES]


def _chosen(view: View, name: str, value: str, labels: Labels, row: Row | None) -> Choice:
    label = labels.get((name, value)) or (row["label"].text if row and "label" in row else value)
    return Choice(label, view.link(view.selection.lacking(name, value)), int(row["events"].text) if row else None, chosen=True)


def hidden(selection: Selection, *names: str) -> list[tuple[str, str]]:
    """Return what a form hands on besides its own fields ``names``."""
    return [pair for pair in selection.pairs() if pair[0] not in (*names, "page")]
