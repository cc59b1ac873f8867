"""Which types of event may tell of one occurrence."""

from __future__ import annotations

from kg.event_kinds import family


def family_of(kind: str) -> str:
    """Return what events are compared under: all assaults together, every other type by itself."""
    return "assault" if kind in family("assault") else kind


def is_general(kind: str) -> bool:
    """Whether a type is a general word (ein Angriff) that a special one may stand for."""
    return kind in family("general")


def is_exclusive(kind: str) -> bool:
    """Whether a place has one such event at a time: who did it is then what reports disagree on, and no second event."""
    return kind in family("exclusive")


def is_utterance(kind: str) -> bool:
    """Whether an event is something said: who says it tells one from another, not where."""
    return kind in family("utterance")


def are_compatible(one: str, other: str) -> bool:
    """Whether events of two types can be one: the same type, or a general word and a special one."""
    return one == other or (family_of(one) == family_of(other) and (is_general(one) or is_general(other)))
