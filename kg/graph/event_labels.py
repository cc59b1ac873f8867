"""What an event is called: its type, then who, whom and where, each marked as what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from kg.namespaces import ROLES
from kg.resources import table

BARE = "-"  # the role that comes first, without a word before it
ANY_KIND = "*"


def event_label(kind: str, type_name: str, language: str, names: Mapping[str, Sequence[str]]) -> str:
    """Return the label: ``names`` are those of the entities in each role, ``type_name`` is what the type is called.

    Einnahme: Mossul, durch Irakische Armee, gegen Islamischer Staat.
    """
    parts = [_part(word, names[role]) for role, word in _roles(kind, language) if names.get(role)]
    title = type_name[:1].upper() + type_name[1:]
    return f"{title}: {', '.join(parts)}" if parts else title


def _part(word: str, names: Sequence[str]) -> str:
    named = ", ".join(names)
    return named if word == BARE else f"{word} {named}"


@cache
def _table() -> dict[tuple[str, str], dict[str, str]]:
    return {(row["kind"], row["language"]): row for row in table("graph/event_labels.tsv")}


@cache
def _roles(kind: str, language: str) -> tuple[tuple[str, str], ...]:
    """Return the roles in the order in which the label names them, each with the word before it."""
    words = _table().get((kind, language)) or _table()[ANY_KIND, language]
    return tuple((role, words[role]) for role in sorted(ROLES, key=lambda role: words[role] != BARE))
