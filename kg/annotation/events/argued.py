"""An accepted trigger with what fills its roles: what the search for arguments hands on."""

from __future__ import annotations

from dataclasses import dataclass

from kg.annotation.events.triggers import Trigger
from kg.annotation.records import Quantity
from kg.knowledge.event_lexicon import TriggerEntry

ANYBODY = "people"  # whom it happens to where nothing else is said of them
ATTACKERS = "attackers"  # die Angreifer: those of whom the text has told otherwise, where it has


@dataclass(frozen=True, slots=True)
class Argued:
    """An accepted trigger: its entry and what fills its roles; ``places`` holds one group for each event it stands for."""

    trigger: Trigger
    entry: TriggerEntry
    agents: tuple[str, ...]
    targets: tuple[str, ...]
    places: tuple[tuple[str, ...], ...]
    count: Quantity | None
    support: str  # what the support verb says of factuality, "" for nothing
    carried: bool  # it stands in a prepositional phrase of a verb that carries it (an der Offensive beteiligt)
    definite: bool  # a noun with definite article or demonstrative: it may take up an earlier event
    before: tuple[str, ...] = ()  # places named as earlier than the rest (nach Tikrit verlor er Mossul)
    first_person: bool = False  # ich or wir acts: the speaker of the quotation
    adverbial: bool = False  # the noun stands in an adverbial of its clause (nach langer Belagerung)
    purpose_of: int | None = None  # the clause whose purpose its own clause states (um … zu)
    unknown: frozenset[str] = frozenset()  # roles filled by a phrase of which nothing is known
    says_aim: bool = False  # its clause says of an event told before whom it hit (Ziel des Anschlags war er)
