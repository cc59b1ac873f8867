"""Where an event happened by its adverbials: the places beside the noun, in its clause, in a relative clause of it."""

from __future__ import annotations

from collections.abc import Sequence

from kg.annotation.events.referents import Filler, Referents
from kg.annotation.events.sources.headings import places_before_colon
from kg.annotation.events.triggers import Trigger
from kg.annotation.syntax.attributes import AIMING_CASE, LOCATIVE, Ref, preposition
from kg.annotation.syntax.governing import reporting_verbs
from kg.annotation.syntax.sentence import Syntax
from kg.event_kinds import family
from kg.german.people import people
from kg.german.reporting_nouns import names_statement
from kg.german.word_sets import word_set
from kg.knowledge.event_lexicon import EventLexicon, TriggerEntry
from kg.namespaces import INSTITUTION_KINDS, PLACE_KINDS, TOWN_KINDS

Places = tuple[tuple[str, ...], ...]  # a group for each event: a list of towns is as many events
SOURCE_PREPOSITIONS = word_set("events", "source_prepositions")
TWO_SIDED = word_set("events", "two_sided_prepositions")
DIRECTED = word_set("events", "directed_prepositions")  # with the accusative
LOOKING_BACK = word_set("events", "looking_back")
NEAR, AIMED_AT = word_set("events", "near_prepositions"), word_set("events", "aimed_at")
ASSAULT_KINDS, UTTERANCE_KINDS = family("assault"), family("utterance")
MESSAGES_TOO = word_set("events", "messages_too")
BEFORE_BUILDINGS = word_set("events", "before_buildings")
REVENGED = "für"  # Rache für
ORIGIN, LAUNCHED, WEAPONS = "aus", "von", frozenset(("bomb", "missile"))
ATTEMPTED = word_set("events", "implicative_verbs") | word_set("events", "time_taking_verbs") | word_set("events", "attempting")
WHERE = word_set("events", "where")
HERE = LOCATIVE - {"über"}


class Locations:
    """Places around one trigger; phrases in ``taken`` fill another role already."""

    def __init__(self, trigger: Trigger, syntax: Syntax, referents: Referents, lexicon: EventLexicon) -> None:
        self.trigger, self.syntax, self.referents, self.lexicon = trigger, syntax, referents, lexicon
        self.grammar = referents.grammar(trigger.sentence)
        self.taken: set[Ref] = set()

    def own(self) -> Places:
        """Return the places that the noun itself names."""
        if self.trigger.chunk is None:
            return ()
        return self._grouped(self._behind(self.trigger.chunk)) or self._by_adjective()

    def groups(self) -> Places:
        """Return the places: those of the noun itself before those of the clause."""
        refs = self._behind(self.trigger.chunk) if self.trigger.chunk is not None else []
        groups = self._with_town(refs) or self._by_adjective() or self._grouped(self._in_clause(self.trigger.clause))
        groups = groups or self._explained()
        if not groups:
            clauses = enumerate(self.syntax.clauses)
            relative = [k for k, c in clauses if c.kind == "relative" and c.parent == self.trigger.clause]
            modifying = [k for k in relative if not self._tells_another(k)]
            groups = next((g for k in modifying if (g := self._grouped(self._in_clause(k)))), ())
        groups = groups or self._other() or self._grouped(self._in_clause(self.trigger.clause, near=True))
        if not groups and self.trigger.clause > 0:
            groups = self._grouped(places_before_colon(self.referents, self.trigger.sentence))
        return groups or self._where_it_began() or self._of_attempt()

    def _behind(self, chunk: int) -> list[Ref]:
        """Phrases of place behind the noun; whereto people were brought after an attack is not where it was."""
        refs: list[Ref] = self.grammar.of_noun((self.trigger.clause, chunk)).get("loc", [])
        assault = any(entry.kind in ASSAULT_KINDS for entry in self.trigger.entries)
        return [ref for ref in refs if not (assault and self._is_direction(ref))]

    def _of_attempt(self) -> Places:
        """In Tikrit gelang es der Armee, Geiseln zu befreien: what is done where it succeeds."""
        parent = self.syntax.clauses[self.trigger.clause].parent
        if parent is None or self.syntax.clauses[self.trigger.clause].kind != "infinitive":
            return ()
        tried = any(p.lemma in ATTEMPTED for p in self.syntax.predicates[parent])
        return self._grouped(self._in_clause(parent)) if tried else ()

    def _explained(self) -> Places:
        """Homs, wo zehn Menschen starben; die Stadt, in der sie starben: the place that the clause explains."""
        clause, words = self.syntax.clauses[self.trigger.clause], self.syntax.words
        if clause.parent is None or not clause.words:
            return ()
        if clause.kind == "relative":
            chunks = self.syntax.chunks[self.trigger.clause]
            there = any(words.tag[c.head] == "PRELS" and preposition(c) in HERE and c.may_be("d") for c in chunks)
            return self._grouped(self.grammar.antecedent(self.trigger.clause)) if there else ()
        if words.lower[clause.words[0]] not in WHERE:
            return ()
        before = [k for k, c in enumerate(self.syntax.chunks[clause.parent]) if c.end < clause.words[0]]
        return self._grouped([(clause.parent, before[-1])]) if before else ()

    def _where_it_began(self) -> Places:
        """In Homs wurden drei Menschen verletzt, ein Mann starb: the place at the front of the clause beside this one."""
        own, beside = self.syntax.clauses[self.trigger.clause], self.syntax.clauses[max(0, self.trigger.clause - 1)]
        if own is beside or {own.kind, beside.kind} != {"main"} or beside.finite is None:
            return ()
        front = [r for r in self._in_clause(self.trigger.clause - 1) if self.grammar.chunk(r).begin < beside.finite]
        return self._grouped(front)

    def _tells_another(self, clause: int) -> bool:
        """Sie entsandte ein Schiff, von dem aus Jets Ziele bei Rakka angreifen: what a verb of another event tells is there."""
        verbs = (p.lemma for p in self.syntax.predicates[clause])
        told = (entry for verb in verbs for entry in self.lexicon.verbs.get(verb, ()) if not entry.words)
        return any((s.function, s.role) == ("subj", "agent") for entry in told for s in self.lexicon.frames[entry.frame])

    def _with_town(self, refs: list[Ref]) -> Places:
        """Bei einer Explosion in einem Lager starben in Kairo …: beside a mere building the place that the clause says."""
        own = self._grouped(refs)
        things = frozenset(slug for group in own for slug in group if self.referents.is_unnamed_thing(slug))
        if not things:
            return own
        return with_town(own, things, self._grouped([r for r in self._in_clause(self.trigger.clause) if r not in refs]))

    def _by_adjective(self) -> Places:
        """Die Pariser Anschläge: the town that an adjective of the noun names; a country would be an actor."""
        if self.trigger.chunk is None:
            return ()
        chunk = self.syntax.chunks[self.trigger.clause][self.trigger.chunk]
        named = [e.slug for e in self.referents.demonyms(self.trigger.sentence, chunk) if e.kind in TOWN_KINDS]
        return (tuple(named),) if named and chunk.head == self.trigger.word else ()

    def _other(self) -> Places:
        """Places that no phrase of place names: dort; those in the name of what is hit (eine Brücke in Mossul)."""
        found = self.referents.adverbs(self.trigger.sentence, self.syntax.clauses[self.trigger.clause].words)
        for k, chunk in enumerate(self.syntax.chunks[self.trigger.clause]):
            ref = (self.trigger.clause, k)
            acts = any(f.kind in INSTITUTION_KINDS for f in self.referents.fillers(self.trigger.sentence, ref))
            brought = self.trigger.chunk is not None and self._is_direction(ref)
            if not (found or acts or brought or self._belongs_to_source(ref)):  # das Regime in Damaskus did it wherever
                found = [
                    e
                    for e in self.referents.inside_name(self.trigger.sentence, chunk)
                    if e.kind in PLACE_KINDS and e.kind != "Country"
                ]
        return (tuple(dict.fromkeys(e.slug for e in found)),) if found else ()

    def _in_clause(self, clause: int, near: bool = False) -> list[Ref]:
        """Phrases of place in a clause; ``near`` takes those that only say what it is near to (nördlich von Mossul)."""
        out: list[Ref] = []
        for k, chunk in enumerate(self.syntax.chunks[clause]):
            located = self.grammar.direction_before(chunk) if near else preposition(chunk) in HERE
            if not located or (clause, k) in self.taken or self._is_direction((clause, k)) or self._is_of_another((clause, k)):
                continue
            elsewhere = self._belongs_to_source((clause, k)) or self._inside_adjunct((clause, k)) or self._is_home((clause, k))
            if self._is_of_participle((clause, k)) or not elsewhere:
                beside = self._town_beside((clause, k))
                out += beside or ([self._lying_there((clause, k))] if near else self.grammar.members((clause, k)))
        return list(dict.fromkeys(out))

    def _town_beside(self, ref: Ref) -> list[Ref]:
        """Die Stadt Daraja nahe Damaskus: the place that the phrase tells where to find."""
        over = self.grammar.chunk(ref).follows
        if over is None or preposition(self.grammar.chunk(ref)) not in NEAR:
            return []
        town = (ref[0], over)
        return [town] if any(f.kind in TOWN_KINDS for f in self.referents.fillers(self.trigger.sentence, town)) else []

    def _lying_there(self, ref: Ref) -> Ref:
        """Aus Homs, 160 Kilometer nördlich von Damaskus, …: the place that the distance explains, else the one it is from."""
        clause, k = ref
        explained = self.syntax.chunks[clause][k - 1].apposition_to if k else None
        if explained is None:
            return ref
        fillers = self.referents.fillers(self.trigger.sentence, (clause, explained))
        return (clause, explained) if any(f.kind in PLACE_KINDS for f in fillers) else ref

    def _is_of_another(self, ref: Ref) -> bool:
        """Zwei in Homs festgenommene Männer: the place in an attribute is where its own participle happened."""
        whole = self.grammar.in_attribute_of(ref)
        return whole is not None and not whole.begin <= self.trigger.word <= whole.head

    def _is_of_participle(self, ref: Ref) -> bool:
        """Die vom IS in Ramadi angegriffenen Soldaten: the place is of the participle, whatever stands before it."""
        whole = self.grammar.in_attribute_of(ref)
        return whole is not None and whole.begin <= self.trigger.word < whole.head

    def _is_direction(self, ref: Ref) -> bool:
        """In die Stadt geflüchtet; unterstützte Rebellen rückten auf Rakka vor: whereto, nothing happened there.

        Nor in what that lies in: in eine Klinik bei Erbil gebracht.
        """
        chunk, own = self.grammar.chunk(ref), self.trigger.chunk
        if own not in (None, chunk.follows) and chunk.follows is not None and self._is_direction((ref[0], chunk.follows)):
            return True
        attributive = own is not None and self.trigger.word < self.syntax.chunks[self.trigger.clause][own].head
        if attributive and preposition(chunk) in AIMING_CASE and chunk.may_be("a"):
            return True
        return preposition(chunk) in DIRECTED and chunk.may_be("a") and not chunk.may_be("d")

    def _belongs_to_source(self, ref: Ref) -> bool:
        """The seat of an organisation (der Beobachtungsstelle in Großbritannien) is not where things happen.

        Right before its door they do: eine Bombe explodierte vor dem Außenministerium in Kabul.
        """
        above = list(self.grammar.attached(ref))
        if any(preposition(self.grammar.chunk(up)) in BEFORE_BUILDINGS for up in above):
            return False
        for up in above:
            if preposition(self.grammar.chunk(up)) in SOURCE_PREPOSITIONS:
                return True
            apposed = self.grammar.chunk(up).apposition_to is not None  # Hamas-Chef im Südlibanon
            between = preposition(self.grammar.chunk(up)) in TWO_SIDED
            fillers = self.referents.fillers(self.trigger.sentence, up)
            if not between and any(f.kind in INSTITUTION_KINDS or apposed for f in fillers):
                return True
        return False

    def _is_home(self, ref: Ref) -> bool:
        """Eine Frau aus Lohne in Niedersachsen, Raketen von Schiffen im Meer: only where somebody or something is from."""
        chunks = self.syntax.chunks[ref[0]]
        over = chunks[ref[1]].follows
        if over is None or (who := chunks[over].follows) is None:
            return False
        if preposition(chunks[over]) == LAUNCHED:
            return self.lexicon.is_any_of(self.syntax.words.lemma[chunks[who].head], WEAPONS)
        return preposition(chunks[over]) == ORIGIN and people(self.syntax.words.text[chunks[who].head]) is not None

    def _inside_adjunct(self, ref: Ref) -> bool:
        """Als Reaktion auf den Niedergang in Syrien: the place belongs to that phrase, unless its noun is an event meanwhile.

        Nach einem Anschlag in Ankara bombardierte die Luftwaffe Stellungen: elsewhere.
        """
        top = self.grammar.root(ref)
        chunk = self.grammar.chunk(top)
        if top == ref or chunk.preposition is None or preposition(chunk) in HERE | AIMED_AT:  # gegen den IS in Rakka
            return False
        if names_statement(self.syntax.words.lemma[chunk.head]) and self.grammar.chunk(ref).follows == top[1]:
            return False  # nach eigenen Angaben in Homs getötet
        if preposition(chunk) in TWO_SIDED and any(entry.kind in family("mutual") for entry in self.trigger.entries):
            return False  # lieferten sich mit der Armee in Hama Gefechte
        told = self.lexicon.of_noun(self.syntax.words.lemma[chunk.head])[1]
        answers = preposition(chunk) == REVENGED and not any(entry.kind in UTTERANCE_KINDS for entry in self.trigger.entries)
        return not told or answers or (preposition(chunk) in LOOKING_BACK and self._is_apart_from(told))

    def _is_apart_from(self, told: Sequence[TriggerEntry]) -> bool:
        """Tell whether an assault of before need not have been where this one was; but: danach starben drei Menschen."""
        return all(entry.kind in ASSAULT_KINDS for entry in (*told, *self.trigger.entries))

    def _grouped(self, refs: list[Ref]) -> Places:
        listed = {r for r in refs if self.grammar.chunk(r).list_with is not None}
        heads = {(r[0], self.grammar.chunk(r).list_with) for r in listed}
        base: list[Filler] = []
        groups: list[list[Filler]] = []
        for ref in refs:
            found = [f for f in self.referents.fillers(self.trigger.sentence, ref) if f.kind in PLACE_KINDS and f.slug]
            if not found or self._is_message(ref):
                continue
            if ref in listed or ref in heads or (len(found) > 1 and not found[0].sure):
                groups += [[f, *self._around(f)] for f in found]
            else:
                base += [g for f in found for g in (f, *self._around(f))]
        if not groups:
            groups = [base] if base else []
        return tuple(self._finest(g) for g in groups)

    def _is_message(self, ref: Ref) -> bool:
        """In einer verbreiteten Botschaft bekannte er sich: what somebody says he says in words, whatever else these may be."""
        says = any(entry.kind in UTTERANCE_KINDS for entry in self.trigger.entries)
        return says and self.syntax.words.lemma[self.grammar.chunk(ref).head] in MESSAGES_TOO

    def _around(self, place: Filler) -> list[Filler]:
        """In a building that has no name of its own the place inside its description (eine Klinik in Mossul)."""
        return self._inside(place) if self._is_unnamed(place) else []

    def _inside(self, place: Filler) -> list[Filler]:
        inside = self.referents.inside_name(self.trigger.sentence, self.grammar.chunk(place.ref))
        return [Filler(e.slug, e.kind, place.noun, place.ref) for e in inside if e.kind in PLACE_KINDS]

    def _is_unnamed(self, place: Filler) -> bool:
        return place.slug is not None and self.referents.is_unnamed_thing(place.slug)

    def around_hit(self, buildings: list[Filler]) -> Places:
        """Where buildings stand that are hit, which are the target and not the place; () when nothing says it."""
        if around := tuple(dict.fromkeys(g.slug for f in buildings for g in self._inside(f) if g.slug)):
            return (around,)
        hit = {f.slug for f in buildings}
        stated = (tuple(s for s in group if s not in hit) for group in self.groups())
        return tuple(group for group in stated if group)

    def _finest(self, group: list[Filler]) -> tuple[str, ...]:
        """Leave out the country or region when the town is named (in Tripoli im Libanon); a district is less known."""
        town = any(f.kind == "City" for f in group)
        small = [f for f in group if f.kind != "Country" and not (town and f.kind == "Region")]
        kept = group if all(self._is_unnamed(f) for f in small) else small
        return tuple(dict.fromkeys(f.slug for f in kept if f.slug))


def place_at_front(referents: Referents, sentence: int) -> Places:
    """Return the town with which a sentence begins that tells no speech: In Mossul hoben Soldaten ein Versteck aus."""
    syntax = referents.syntax(sentence)
    if not syntax.clauses or not syntax.chunks[0]:
        return ()
    it, chunk = syntax.clauses[0], syntax.chunks[0][0]
    if it.kind != "main" or chunk.begin != it.words[0] or chunk.end != it.finite:
        return ()
    says = any(p.lemma in reporting_verbs() for p in syntax.predicates[0])
    if says or preposition(chunk) not in HERE or not chunk.may_be("d"):
        return ()
    found = [f for f in referents.fillers(sentence, (0, 0)) if f.sure and f.slug and f.kind in TOWN_KINDS]
    return as_one(tuple((f.slug,) for f in found if f.slug))


def as_one(groups: Places) -> Places:
    """Return the places of several events as those of one."""
    slugs = tuple(dict.fromkeys(slug for group in groups for slug in group))
    return (slugs,) if slugs else ()


def with_town(places: Places, things: frozenset[str], around: Places) -> Places:
    """Return the places; where they are mere ``things`` (auf einem Markt), with the one place around."""
    if len(places) != 1 or len(around) != 1 or not things.issuperset(places[0]):
        return places
    return as_one((*places, *around))
