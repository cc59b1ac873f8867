"""Whether what an entry of the lexicon needs or avoids stands around its word."""

from __future__ import annotations

from dataclasses import replace

from kg.annotation.events.event_places import Locations
from kg.annotation.events.referents import Filler, Referents, is_amount
from kg.annotation.events.role_people import RolePeople
from kg.annotation.events.triggers import Trigger
from kg.annotation.records import Bounds, Quantity
from kg.annotation.syntax.attributes import Ref
from kg.german.nouns import name_cues
from kg.german.punctuation import QUOTES
from kg.german.word_sets import word_set
from kg.knowledge.event_lexicon import PEOPLE_CLASS, Condition, TriggerEntry, load_event_lexicon
from kg.namespaces import FIGHTING_KINDS

DEFINITE_CONTRACTIONS = word_set("events", "definite_contractions")
ACTING = word_set("events", "noun_agents") | {"subj", "mit"}
PEOPLE_UNITS = frozenset(("dead", "people"))
DEFINITE_TAGS = ("ART", "PDAT", "PDS")
Fillers = dict[str, list[Filler]]
Roles = dict[str, list[Filler]]


class Conditions:
    """Those of the entries of one trigger."""

    def __init__(self, trigger: Trigger, referents: Referents, locations: Locations, people: RolePeople) -> None:
        self._trigger, self._referents, self._locations, self._people = trigger, referents, locations, people
        self._syntax, self._grammar = referents.syntax(trigger.sentence), referents.grammar(trigger.sentence)
        self._lexicon = load_event_lexicon()

    def allow(self, entry: TriggerEntry, fillers: Fillers, roles: Roles) -> bool:
        """Whether all that an entry needs is there and nothing that it avoids."""
        if self.forbid(entry, fillers, roles):
            return False
        return not entry.needs or any(all(self._holds(c, fillers, roles) for c in part) for part in entry.needs)

    def forbid(self, entry: TriggerEntry, fillers: Fillers, roles: Roles) -> bool:
        """Whether something is there that an entry avoids."""
        return any(self._holds(c, fillers, roles) for c in entry.avoid)

    def _holds(self, condition: Condition, fillers: Fillers, roles: Roles) -> bool:
        function = condition.function
        if function == "number":
            return self.count(roles, fillers) is not None
        if function in ("plural", "definite", "named", "als", "time"):
            return self._holds_of_word(function)
        found = roles[function] if function in roles else fillers.get(function, [])
        if function == "place" and not found and self._is_noun():
            groups = self._locations.groups()
            found = [Filler(slug, self._referents.entities[slug].kind, "", (0, 0)) for group in groups for slug in group]
        if condition.kinds is not None:
            return any(f.kind in condition.kinds and self._is_telling(f) for f in found)
        if condition.noun is not None:
            return any(self._is_a(f, condition.noun, function) for f in found)
        return any(function not in roles or (f.slug is not None and self._is_telling(f)) for f in found)

    def _holds_of_word(self, function: str) -> bool:
        """What is asked of the trigger itself or of its sentence."""
        words, trigger = self._syntax.words, self._trigger
        if function == "plural":
            return words.lower[trigger.word] != words.lemma[trigger.word].lower()
        if function == "definite":
            return self.definite()
        if function == "named":
            return self._named()
        if function == "als":
            return trigger.chunk is not None and self._grammar.chunk((trigger.clause, trigger.chunk)).preposition == "als"
        return bool(self._referents.times(trigger.sentence))

    def _is_noun(self) -> bool:
        """Whether the trigger is a noun: a place beside it is as good as one in its frame."""
        return self._trigger.chunk is not None and self._trigger.entries[0].pos == "N"

    def _is_a(self, filler: Filler, name: str, function: str) -> bool:
        """Whether a filler is of a class: by its noun; people also by their number or form, a force by its adjective."""
        if name == PEOPLE_CLASS:
            return self._people.are_meant(self._trigger.sentence, filler, acting=function in ACTING)
        if self._lexicon.is_a(filler.noun, name):
            return True
        return name == "force" and self._people.are_armed(self._trigger.sentence, filler)

    def _is_telling(self, filler: Filler) -> bool:
        """Whether a filler makes an event likely: a name or armed people; a mere Händler or Verteidiger may be in any story."""
        return filler.slug is None or filler.kind in FIGHTING_KINDS or not self._referents.is_described(filler.slug)

    # -- what the roles are read from too ---------------------------------------------------------------------

    def count(self, roles: Roles, fillers: Fillers) -> Quantity | None:
        """Return how many people the roles, or the phrase of the trigger, count; not how many did it."""
        acting = {filler.ref for filler in roles["agent"]}
        said = [*roles["target"], *(f for name in ("obj", "subj") for f in fillers.get(name, []) if f.ref not in acting)]
        for filler in sorted(said, key=lambda f: not self._grammar.chunk(f.ref).pronoun):  # von 30 Geiseln wurden elf …
            ref = self._counted(filler)
            if ref[0] == self._trigger.clause and (found := self._count_in(ref)):
                return self._together(ref, found)
        if self._trigger.chunk is None:
            return None
        own = self._trigger.clause, self._trigger.chunk
        return self._count_in(own) or self._toll(own)

    def _counted(self, filler: Filler) -> Ref:
        """The phrase that counts those whom an attribute names: drei Offiziere der Armee, drei von ihnen."""
        clause, over = filler.ref[0], self._grammar.chunk(filler.ref).genitive_of
        if over is None:
            return filler.ref
        head = self._syntax.chunks[clause][over].head
        if self._syntax.words.tag[head] != "CARD" and self._syntax.words.lemma[head] != filler.noun:
            return filler.ref
        return clause, over

    def _toll(self, ref: Ref) -> Quantity | None:
        """Die Zahl der Toten stieg von 20 auf 35: the last number of dead that the clause gives behind the noun."""
        over = self._grammar.chunk(ref).genitive_of
        if over is None or not is_amount(self._syntax.words.lemma[self._syntax.chunks[ref[0]][over].head]):
            return None
        behind = self._grammar.chunk(ref).end
        clause_of, counts = self._syntax.clause_of, self._referents.counts(self._trigger.sentence)
        said = [q for first, _, q in counts if q.unit == "dead" and first >= behind and clause_of[first] == ref[0]]
        return said[-1] if said else None

    def _together(self, ref: Ref, found: Quantity) -> Quantity:
        """Drei Soldaten und ein Kind: the sum of what a list counts, open above where a member of it counts nothing."""
        chunks = self._syntax.chunks[ref[0]]
        root = chunks[ref[1]].list_with
        root = ref[1] if root is None else root
        members = (k for k, chunk in enumerate(chunks) if k == root or chunk.list_with == root)
        listed = [k for k in members if self._is_of_people(ref[0], k)]
        counts = [self._bounds((ref[0], k)) for k in listed]
        if len(listed) < 2 or found.unit not in PEOPLE_UNITS:
            return found
        highs = [bounds.high for bounds in counts if bounds is not None]
        complete = len(highs) == len(counts) and None not in highs
        return replace(
            found,
            low=sum(bounds.low or 0 for bounds in counts if bounds is not None),
            high=sum(high for high in highs if high is not None) if complete else None,
        )

    def _is_of_people(self, clause: int, number: int) -> bool:
        """Whether a phrase counts no injured and no things: 56 Tote und 600 Verletzte."""
        found = self._count_in((clause, number))
        return found is None or found.unit in PEOPLE_UNITS

    def _bounds(self, ref: Ref) -> Bounds | None:
        """Return how many a member of a list counts: by number, or one by its article."""
        if (found := self._count_in(ref)) is not None:
            return Bounds(found.low, found.high)
        article = self._grammar.chunk(ref).determiner
        one = article is not None and self._syntax.words.lower[article] in name_cues("one")
        return Bounds(1, 1) if one else None

    def _count_in(self, ref: Ref) -> Quantity | None:
        return self._referents.count_in(self._trigger.sentence, self._grammar.chunk(ref))

    def definite(self) -> bool:
        """Whether the trigger is a noun with definite article or demonstrative, which may take something up."""
        if self._trigger.chunk is None or self.predicative((self._trigger.clause, self._trigger.chunk)):
            return False
        chunk, words = self._grammar.chunk((self._trigger.clause, self._trigger.chunk)), self._syntax.words
        if chunk.determiner is None:
            return (chunk.preposition or "") in DEFINITE_CONTRACTIONS
        return words.lower[chunk.determiner].startswith(("d", "jen")) and words.tag[chunk.determiner] in DEFINITE_TAGS

    def predicative(self, ref: Ref) -> bool:
        """Es war die schwerste Niederlage: a noun behind sein says what something is and takes nothing up."""
        verbs, chunk = self._syntax.predicates[ref[0]], self._grammar.chunk(ref)
        if not verbs or verbs[0].lemma != "sein" or chunk.preposition is not None or chunk.genitive_of is not None:
            return False
        return ref not in self._grammar.subject(ref[0])

    def _named(self) -> bool:
        following, words = self._trigger.word + 1, self._syntax.words
        return following < len(words) and (words.tag[following] == "NE" or words.text[following] in QUOTES)
