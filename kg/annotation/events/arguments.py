"""Decides which candidate is an event, of which type, and who or what fills its roles.

The syntax says which phrase stands in which function; the frame of the lexicon says which role that function fills and
what kind of entity may fill it; the entry's needs and avoids say whether it is an event at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotation.events import governing_verbs
from kg.annotation.events.argued import ANYBODY, Argued
from kg.annotation.events.conditions import Conditions, Fillers, Roles
from kg.annotation.events.culprits import culprits, is_denied
from kg.annotation.events.event_places import AIMED_AT, Locations, Places, as_one
from kg.annotation.events.overlaps import STRIKES, beside_hit, without_doubles
from kg.annotation.events.referents import Filler, Referents
from kg.annotation.events.role_people import RolePeople
from kg.annotation.events.timing.asides import is_apart, is_judged
from kg.annotation.events.triggers import Trigger
from kg.annotation.records import register_extensions
from kg.annotation.references.pronouns import PERSONAL
from kg.annotation.syntax.attributes import AIMING_CASE, Functions, Ref, preposition
from kg.event_kinds import family
from kg.german.word_sets import word_set
from kg.knowledge.event_lexicon import EventLexicon, Support, TriggerEntry, load_event_lexicon
from kg.namespaces import FIGHTING_KINDS, GROUP_KINDS, ROLES, TERRITORY_KINDS

HOLDER_LOSES = family("holder_loses")  # who is named with the place holds it
MOVING = family("moving")  # in Bussen is how, not where
JOINT_PLACES = family("joint_places")  # one event for all places that are listed
ADJUNCT, BY_AGENT, SPEAKERS_OWN, FORMS_OF_OWN_DEEDS = (
    word_set("events", name) for name in ("adjunct_prepositions", "agent_prepositions", "speakers_own", "forms_of_own_deeds")
)
ANYONE = "man"  # who acts by a verb of those forms is who speaks
MEETING_PREPOSITIONS = word_set("events", "meeting_prepositions")
NOUN_AGENTS = tuple(sorted(word_set("events", "noun_agents")))  # functions in which a noun has who acts
HIT_AS = tuple(sorted(word_set("events", "hit_as")))  # functions in which one frame or another has whom a noun hits
NOUN_TARGETS = tuple(sorted(word_set("events", "noun_targets")))  # in which it has whom it happens to
TWO_SIDED_FRAMES, RECEIVING_FRAMES = word_set("events", "two_sided_frames"), word_set("events", "receiving_frames")
WOUNDED_IN, LATE_AGENTS = word_set("events", "wounded_in"), word_set("events", "late_agents")
GENITIVE_PHRASES = word_set("events", "genitive_phrase_frames")  # unter Beschuss der Armee geraten
INSTEAD = {("zu", "obj"): "subj", ("subj", "dat"): "obj"}  # rief zum Kampf auf; den Peschmerga gelang, which may be either
JOINED_IN = word_set("events", "joined_in")  # prepositions of what one takes part in
ANSWERING, MEANS = "für", "durch"  # the prepositions of verantwortlich and of a means
CRAFT = frozenset(("aircraft", "vehicle"))  # classes of nouns for what is in no place of its own
REACH = 4  # sentences back within which a definite noun takes up an event


@Language.factory(
    "lagebild_arguments",
    requires=[
        "doc._.clauses",
        "doc._.entities",
        "doc._.mentions",
        "doc._.quantities",
        "doc._.time_distances",
        "doc._.timexes",
        "doc._.triggers",
        "doc._.undated_times",
    ],
    assigns=["doc._.arguments", "doc._.entities", "doc._.mentions", "doc._.referents"],
)
def create(nlp: Language, name: str) -> Arguments:
    """Make the component."""
    return Arguments()


class Arguments:
    """Fills ``doc._.arguments``, in the order of the triggers."""

    def __init__(self) -> None:
        register_extensions()
        self._lexicon = load_event_lexicon()

    def __call__(self, doc: Doc) -> Doc:
        """Find the roles in ``doc`` and return it."""
        referents = Referents(doc, doc._.clauses)
        people = RolePeople(doc, referents)
        self.set_annotations(doc, self.match(doc, referents, people), referents, people)
        return doc

    def match(self, doc: Doc, referents: Referents, people: RolePeople) -> tuple[Argued, ...]:
        """Return the accepted triggers with their roles; ``people`` takes those whom only a role tells."""
        out = []
        searches: dict[Trigger, _RoleSearch] = {}
        told: dict[str, int] = {}  # where each kind of event was last told
        for trigger in doc._.triggers:
            one = _RoleSearch(trigger, referents, self._lexicon, people)
            if (argued := one.decide() or one.taken_up(told)) is not None:
                out.append(argued)
                searches[trigger] = one
                told[argued.entry.kind] = trigger.sentence
        kept = beside_hit(without_doubles(out, referents), referents)
        return tuple(searches[a.trigger].with_people(a) for a in kept)

    def set_annotations(self, doc: Doc, found: tuple[Argued, ...], referents: Referents, people: RolePeople) -> None:
        """Write the result of :meth:`match`, and what it was read from for those that go on from it."""
        doc._.arguments = found
        doc._.entities = referents.entities = {**doc._.entities, **people.entities}
        doc._.mentions = tuple(sorted((*doc._.mentions, *people.mentions.values()), key=lambda m: (m.begin, -m.end, m.entity)))
        doc._.referents = referents


class _RoleSearch:
    """One trigger in its sentence."""

    def __init__(self, trigger: Trigger, referents: Referents, lexicon: EventLexicon, people: RolePeople) -> None:
        self.trigger, self.referents, self.lexicon, self.people = trigger, referents, lexicon, people
        self.syntax, self.grammar = referents.syntax(trigger.sentence), referents.grammar(trigger.sentence)
        self.support: Support | None = None
        self.locations = Locations(trigger, self.syntax, referents, lexicon)
        self.conditions = Conditions(trigger, referents, self.locations, people)
        self.given: list[Ref] = []  # to whom a support verb gives the event (leistete der Armee Hilfe)
        self.nameless: dict[tuple[str, str], list[Filler]] = {}  # by role and function, what nothing is known of
        self.filled: dict[tuple[str, str], list[str]] = {}  # by role and function, what fills it

    def decide(self) -> Argued | None:
        """Return the first entry whose conditions hold, with its roles; None if there is none."""
        for entry in self.trigger.entries:
            fillers = self._functions(entry)
            roles = self._roles(entry, fillers)
            if self.conditions.allow(entry, fillers, roles) and not self._is_only_handled(entry):
                return self._argued(entry, fillers, roles)
        return None

    def _is_only_handled(self, entry: TriggerEntry) -> bool:
        clause, chunk = self.trigger.clause, self.trigger.chunk
        return chunk is not None and governing_verbs.is_only_handled(entry, self.grammar, (clause, chunk))

    def taken_up(self, told: dict[str, int]) -> Argued | None:
        """A definite noun that takes up an event told shortly before needs nothing of its own (der Vormarsch)."""
        for entry in self.trigger.entries:
            last = told.get(entry.kind)
            if last is not None and self.trigger.sentence - last <= REACH and entry.pos == "N" and self.conditions.definite():
                fillers = self._functions(entry)
                roles = self._roles(entry, fillers)
                if not self.conditions.forbid(entry, fillers, roles):
                    return self._argued(entry, fillers, roles)
        return None

    def with_people(self, argued: Argued) -> Argued:
        """Return ``argued`` with those whom only their role tells as people: Kosaken verhafteten zwei Lotsen."""
        agents, targets = self._agents_with_people(argued), argued.targets
        if not set(targets) - {ANYBODY}:
            harmed = self._unlisted("target", ("obj", "subj") if self._is_verbal(argued) else NOUN_TARGETS)
            targets = (*targets, *self.people.harmed(self.trigger.sentence, argued.entry.kind, harmed))
        found = {role for role, slugs in (("agent", agents), ("target", targets)) if slugs}
        return replace(argued, agents=agents, targets=targets, unknown=argued.unknown - found)

    def _agents_with_people(self, argued: Argued) -> tuple[str, ...]:
        sentence, verbal = self.trigger.sentence, self._is_verbal(argued)
        unlisted = self._unlisted("agent", ("subj",) if verbal else NOUN_AGENTS)
        if argued.agents and (not verbal or ("agent", "subj") in self.filled):
            joint = argued.entry.frame in TWO_SIDED_FRAMES  # Hirten und Soldaten; Zusammenstöße von Hirten mit Soldaten
            beside = [f for f in unlisted if joint or self._is_listed(f)]
            return (*argued.agents, *self.people.acting(sentence, "", beside))
        told = self.people.acting(sentence, argued.entry.lemma if verbal else "", unlisted)
        sent = self.filled.get(("agent", "obj"), []) if told else []  # Kosaken entsandten Soldaten
        return (*told, *(slug for slug in argued.agents if slug not in sent))

    def _is_verbal(self, argued: Argued) -> bool:
        return self.trigger.predicate is not None or argued.entry.pos == "A"

    def _unlisted(self, role: str, functions: Iterable[str]) -> list[Filler]:
        return [filler for function in functions for filler in self.nameless.get((role, function), [])]

    def _is_listed(self, filler: Filler) -> bool:
        chunk, chunks = self.grammar.chunk(filler.ref), self.syntax.chunks[filler.ref[0]]
        return chunk.list_with is not None or any(c.list_with == filler.ref[1] for c in chunks)

    def _functions(self, entry: TriggerEntry) -> Fillers:
        if self.trigger.predicate is not None:
            predicate = self.syntax.predicates[self.trigger.clause][self.trigger.predicate]
            verb = self.grammar.of_verb(self.trigger.clause, predicate, self.lexicon.allows_active_sein(entry.frame))
            return self._filled(self._of_phrase(entry) | verb)
        ref = (self.trigger.clause, self.trigger.chunk or 0)
        return self._of_noun(ref) if entry.pos == "N" else self._of_participle(ref)

    def _of_phrase(self, entry: TriggerEntry) -> Functions:
        """Die Verantwortung für den Anschlag übernahm …: what hangs on the noun of a fixed phrase is of its verb."""
        out: Functions = {}
        for k, chunk in enumerate(self.syntax.chunks[self.trigger.clause]):
            if entry.words and self.syntax.words.lower[chunk.head] == entry.words[-1]:
                out |= self.grammar.of_noun((self.trigger.clause, k))
        return out if entry.frame in GENITIVE_PHRASES else {name: refs for name, refs in out.items() if name != "gen"}

    def _filled(self, functions: Functions) -> Fillers:
        out = {name: [f for r in dict.fromkeys(refs) for f in self._resolved(r)] for name, refs in functions.items()}
        if "subj" in out:
            out["subj"] = [g for f in out["subj"] for g in self._behind_event(f)]
        return out

    def _behind_event(self, filler: Filler) -> list[Filler]:
        """Ein Luftangriff der Koalition zerstörte …: who acts is who leads the event that is the subject."""
        if filler.slug is not None or not self.lexicon.of_noun(filler.noun)[1]:
            return [filler]
        found = [f for r in self.grammar.of_noun(filler.ref).get("gen", []) for f in self._resolved(r)]
        chunk = self.grammar.chunk(filler.ref)
        parts = self.referents.compound_part(self.trigger.sentence, chunk.head) or self.referents.demonyms(
            self.trigger.sentence, chunk
        )
        return found or [Filler(e.slug, e.kind, filler.noun, filler.ref) for e in parts] or [filler]

    def _resolved(self, ref: Ref) -> list[Filler]:
        return self.referents.fillers(self.trigger.sentence, ref)

    def _of_noun(self, ref: Ref) -> Fillers:
        sentence, chunk = self.trigger.sentence, self.grammar.chunk(ref)
        out = self._filled(self.grammar.of_noun(ref))
        noun = self.syntax.words.lemma[chunk.head]
        out["comp"] = [Filler(e.slug, e.kind, noun, ref) for e in self.referents.compound_part(sentence, self.trigger.word)]
        out["adj"] = [Filler(e.slug, e.kind, noun, ref) for e in self.referents.demonyms(sentence, chunk)]
        if chunk.determiner is not None and self.syntax.words.tag[chunk.determiner] == "PPOSAT":
            owner = [Filler(e.slug, e.kind, noun, ref) for e in self.referents.pronoun(sentence, chunk.determiner)]
            fronted = self.grammar.chunk(self.grammar.anchor(ref)).preposition is not None
            out["poss"] = owner or (self._acting_subject(ref[0]) if fronted else [])  # Bei ihrer Offensive nahm die Armee …
            if out["poss"]:  # in ihrem Schreiben von drei Toten sprechen
                out["gen"] = [f for f in out.get("gen", []) if self.grammar.chunk(f.ref).preposition is None]
        if governing_verbs.BEFORE not in out and ref in self.grammar.subject(ref[0]):  # vor dem Gericht begann der Prozess
            out[governing_verbs.BEFORE] = [f for r in governing_verbs.courts(self.grammar, ref[0]) for f in self._resolved(r)]
        out["light"] = self._light(ref)
        for name, found in self._beside_support(ref[0]).items():
            out[name] = out.get(name) or found
        out["dat"] = [f for r in self.given for f in self._resolved(r)]
        hit = [f for r in governing_verbs.hit_by_verb(self.trigger.entries[0], self.grammar, ref) for f in self._resolved(r)]
        if told := hit or self._wounded(ref, out.get("auf", [])):
            for name in HIT_AS:
                out[name] = [*out.get(name, []), *told]
        if not out.get(governing_verbs.BETWEEN):
            out[governing_verbs.BETWEEN] = [f for r in governing_verbs.free_sides(self.grammar, ref) for f in self._resolved(r)]
        if self._done_by_subject(ref) and out["light"] == []:
            out["adjunct"] = [f for f in self._acting_subject(ref[0]) if f.kind != "PopulationGroup"]
        if preposition(chunk) == MEANS and out["light"] == []:  # Russland verletzte durch einen Luftangriff …
            out["means"] = [f for f in self._acting_subject(ref[0]) if f.kind != "PopulationGroup"]  # Zahl der Toten durch …
        if self._done_by_subject(ref) and not out.get("adjunct") and out.get("mit"):
            out["adjunct"] = self._other_side(ref[0])
        if preposition(chunk) == "zu" and self.support is None:  # zur Unterstützung der Armee
            out |= {"purpose": self._acting_subject(ref[0]), "helped": out.get("gen", [])}
        if self.conditions.predicative(ref):  # Für die Miliz ist es ein Verlust
            verb = self.grammar.of_verb(ref[0], self.syntax.predicates[ref[0]][0], True)
            out |= self._filled({name: refs for name, refs in verb.items() if name == "für"})
        if chunk.preposition == "als":
            out |= self._taken_as(ref)
        if chunk.preposition == "unter":
            among = [m for r in self.grammar.subject(ref[0]) for m in self.grammar.members(r)]
            out["member"] = self._filled({"member": among})["member"]
        for name, found in self._modifying_clause(ref).items():
            out.setdefault(name, []).extend(found)
        return out

    def _beside_support(self, clause: int) -> Fillers:
        """Auf die Armee verübte er einen Anschlag; mit den Rebellen schloss sie ein Abkommen: of the noun, beside its verb."""
        names = AIMED_AT | ({"mit"} if self.trigger.entries[0].frame in TWO_SIDED_FRAMES else set())
        beside = governing_verbs.beside_support(self.support, self.grammar, clause)
        return self._filled({name: refs for name, refs in beside.items() if name in names})

    def _taken_as(self, ref: Ref) -> Fillers:
        """Als Geiseln nehmen, von Rebellen als Geiseln genommene Händler: what the verb or the participle says of them."""
        around = (k for k, c in enumerate(self.syntax.chunks[ref[0]]) if c.begin < self.trigger.word < c.head)
        if (outer := next(around, None)) is not None:
            return self._of_participle((ref[0], outer))
        verbs = self.syntax.predicates[ref[0]]
        verb = self.grammar.of_verb(ref[0], verbs[-1], False) if verbs else {}
        return self._filled({name: refs for name, refs in verb.items() if name in ("subj", "obj")}) if verb.get("obj") else {}

    def _wounded(self, ref: Ref, aimed_at: list[Filler]) -> list[Filler]:
        """Bei dem Anschlag in Kabul wurden zehn Polizisten verletzt: they were hit, where only a town is said to have been.

        Whose soldiers are wounded in an offensive stays open.
        """
        inside = preposition(self.grammar.chunk(ref)) in WOUNDED_IN and self.trigger.entries[0].kind in family("assault")
        if not inside or any(f.kind not in TERRITORY_KINDS for f in aimed_at):
            return []
        return [f for r in governing_verbs.wounded(self.grammar, ref[0]) for f in self._resolved(r)]

    def _modifying_clause(self, ref: Ref) -> Fillers:
        """What a relative clause says of the event noun: die Angriffe, die von Rebellen ausgeführt wurden."""
        for k, clause in enumerate(self.syntax.clauses):
            if clause.kind != "relative" or clause.parent != ref[0] or ref not in self.grammar.antecedent(k):
                continue
            for predicate in self.syntax.predicates[k]:
                found = self.grammar.of_verb(k, predicate, False)
                carries = (predicate.lemma, "obj") in self.lexicon.support and ref in found.get("obj", [])
                filled = self._filled({"light": found.get("subj", []) if carries else []})
                return filled | self._filled({n: r for n, r in found.items() if n in AIMED_AT and carries})
        return {}

    def _done_by_subject(self, ref: Ref) -> bool:
        """In einer Offensive, nach langer Belagerung, auf dem Rückzug; but nach dem Anschlag may be anybody's."""
        chunk = self.grammar.chunk(ref)
        name = preposition(chunk if chunk.list_with is None else self.grammar.chunk((ref[0], chunk.list_with)))
        definite = chunk.determiner is not None and self.syntax.words.tag[chunk.determiner] == "ART"
        on_the_way = name == "auf" and chunk.follows is None and self.trigger.entries[0].kind in MOVING
        return on_the_way or (name in ADJUNCT and not (name == "nach" and definite))

    def _acting_subject(self, clause: int) -> list[Filler]:
        """The subject of an active clause in which the event is an adverbial (in einer Offensive nahm der IS …)."""
        verbs, kind = self.syntax.predicates[clause], self.trigger.entries[0].kind
        if not verbs or verbs[-1].voice != "active" or governing_verbs.did_nothing(verbs[-1].lemma, kind):
            return []
        return self._filled({"subj": [m for r in self.grammar.subject(clause) for m in self.grammar.members(r)]})["subj"]

    def _other_side(self, clause: int) -> list[Filler]:
        """Bei Gefechten mit der Armee wurden Kämpfer getötet: armed people to whom it happens are the other side."""
        subject = self._filled({"subj": [m for r in self.grammar.subject(clause) for m in self.grammar.members(r)]})["subj"]
        return [f for f in subject if f.kind in FIGHTING_KINDS]

    def _opponents(self) -> list[Filler]:
        """Who killed in a battle: bei Gefechten mit der Armee wurden Kämpfer getötet."""
        clause = self.trigger.clause
        for k, chunk in enumerate(self.syntax.chunks[clause]):
            entries = self.lexicon.of_noun(self.syntax.words.lemma[chunk.head])[1]
            if entries and entries[0].kind == "Clash" and preposition(chunk) in MEETING_PREPOSITIONS:
                return self._filled({"mit": self.grammar.of_noun((clause, k)).get("mit", [])})["mit"]
        return []

    def _light(self, ref: Ref) -> list[Filler]:
        """Who acts by a support verb whose object the noun is: Die Armee begann eine Offensive."""
        top = self.grammar.anchor(ref)
        clause, chunk = ref[0], self.grammar.chunk(top)
        slot = preposition(chunk) or "obj"
        for predicate in self.syntax.predicates[clause]:
            of_subject = self.lexicon.support.get((predicate.lemma, "subj")) if slot == "obj" else None
            if (support := of_subject or self.lexicon.support.get((predicate.lemma, slot))) is None:
                continue
            found = self.grammar.of_verb(clause, predicate, slot != "obj" and support.actor == "subj")
            if slot == "obj" and top not in found.get(support.slot, []):
                continue
            if support.slot in JOINED_IN and is_denied(self.syntax, clause):
                return []  # nimmt an den Kämpfen nicht teil
            self.support = support
            self.given = found.get("dat", []) if support.actor != "dat" else []
            if self.trigger.entries[0].kind in support.not_of:
                return []
            actors = found.get(support.actor) or found.get(INSTEAD.get((support.slot, support.actor), ""), [])
            return [f for r in actors if r != top for f in self._resolved(r)]
        return []

    def _of_participle(self, ref: Ref) -> Fillers:
        out: Fillers = {"obj": self._resolved(ref), "subj": []}
        chunk = self.grammar.chunk(ref)
        for k, inner in enumerate(self.syntax.chunks[ref[0]]):
            if chunk.begin <= inner.begin and inner.end <= self.trigger.word:
                name = preposition(inner)
                found = self._resolved((ref[0], k))
                out.setdefault(name, []).extend(found)
                out["subj"] += found if name in BY_AGENT else []
        return out

    # -- roles ------------------------------------------------------------------------------------------------

    def _roles(self, entry: TriggerEntry, fillers: Fillers) -> Roles:
        roles: Roles = {role: [] for role in ROLES}
        taken: set[tuple[Ref, str]] = set()
        self.nameless, self.filled = {}, {}
        for slot in self.lexicon.frames[entry.frame]:
            if slot.function in LATE_AGENTS and slot.role == "agent" and roles["agent"]:
                continue
            found = fillers.get(slot.function, [])
            if slot.function == "dat" and slot.role == "target" and roles["target"]:
                found = [f for f in found if self.grammar.chunk(f.ref).may_be("n")]  # but dem Händler wurden Söhne ermordet
            for filler in self._behind_staff(found) if slot.role == "agent" else found:
                of_passive = self.trigger.predicate is not None and slot.function in BY_AGENT and slot.role == "agent"
                if of_passive and entry.frame not in RECEIVING_FRAMES:
                    continue  # the agent of a passive is its "subj" already
                if slot.role == "target" and self._is_place_of(filler):
                    continue
                if slot.role == "place" and filler.kind == "Country" and self.lexicon.is_any_of(filler.noun, CRAFT):
                    continue  # ein russisches Flugzeug
                if slot.role == "agent" and slot.function in ("gen", "von") and self.lexicon.is_a(filler.noun, "building"):
                    if filler.slug and filler.kind in GROUP_KINDS and (filler.ref, filler.slug) not in taken:
                        taken.add((filler.ref, filler.slug))
                        roles["target"].append(filler)  # der Beschuss der Stellungen des IS, von Rebellenlagern
                    continue
                named = filler.slug is not None or self.lexicon.of_noun(filler.noun)[1]  # durch Beschuss getötet
                if not named and filler.noun.istitle() and slot.role != "place":
                    self.nameless.setdefault((slot.role, slot.function), []).append(filler)
                if filler.slug is None or filler.kind not in slot.kinds or (filler.ref, filler.slug) in taken:
                    continue
                taken.add((filler.ref, filler.slug))
                self.filled.setdefault((slot.role, slot.function), []).append(filler.slug)
                if slot.role in roles:
                    roles[slot.role].append(filler)
        governing_verbs.liberated_from(self.trigger.entries[0], self.grammar, roles)
        hit = {f.slug for f in roles["target"] if not self._is_pronoun(f)}
        guessed = [f for f in roles["agent"] if self._is_pronoun(f) and f.slug in hit]
        roles["agent"] = [f for f in roles["agent"] if f not in guessed]  # Sie töteten die Angreifer: others did
        acting = {f.slug for f in roles["agent"]}
        roles["target"] = [f for f in roles["target"] if f.slug not in acting]
        owned = {f.ref for f in roles["target"] if f.kind != "Facility"}
        roles["target"] = [f for f in roles["target"] if f.kind != "Facility" or f.ref not in owned]
        return roles

    def _is_place_of(self, filler: Filler) -> bool:
        """Der Anschlag auf dem Markt: the dative says where."""
        chunk = self.grammar.chunk(filler.ref)
        return preposition(chunk) in AIMING_CASE and not chunk.may_be("a")

    def _is_pronoun(self, filler: Filler) -> bool:
        return self.syntax.words.tag[self.grammar.chunk(filler.ref).head] in PERSONAL

    def _behind_staff(self, fillers: list[Filler]) -> list[Filler]:
        """Mitarbeiter einer Organisation fanden …: the organisation acts, unless it is somebody with a name."""
        named = {f.ref for f in fillers if f.kind == "Person" and f.slug and not self.referents.is_described(f.slug)}
        staff = ([] if f.ref in named else self.referents.employer(self.trigger.sentence, f.ref) for f in fillers)
        return [g for f, employers in zip(fillers, staff, strict=True) for g in employers or [f]]

    def _is_particular(self, filler: Filler) -> bool:
        """Whether somebody is meant whom a side of a battle would aim at: not the people or civilians of the gazetteer."""
        return filler.kind != "PopulationGroup" or (filler.slug is not None and self.referents.is_described(filler.slug))

    def _holders(self, places: list[Filler]) -> list[Filler]:
        """Who held the place: die IS-Hochburg Rakka, ein Stützpunkt der Armee."""
        out: list[Filler] = []
        for filler in places:
            chunk = self.grammar.chunk(filler.ref)
            found = [e for k in range(chunk.begin, chunk.end) for e in self.referents.compound_part(self.trigger.sentence, k)]
            out += [Filler(e.slug, e.kind, filler.noun, filler.ref) for e in found if e.kind in GROUP_KINDS]
            out += [f for f in self._resolved(filler.ref) if f.kind in GROUP_KINDS]
        return out

    def _argued(self, entry: TriggerEntry, fillers: Fillers, roles: Roles) -> Argued:
        if entry.kind in HOLDER_LOSES and not roles["target"]:
            roles["target"] = self._holders(roles["place"])
        if entry.kind == "Killing" and not roles["agent"] and any(self._is_particular(f) for f in roles["target"]):
            roles["agent"] = [f for f in self._opponents() if f.kind in GROUP_KINDS]
        if entry.kind in STRIKES and not roles["agent"]:
            answerable = fillers.get("light", []) if self.support and self.support.slot == ANSWERING else []
            roles["agent"] = [f for f in answerable if f.slug] or culprits(self.trigger, self.referents)
        before = _slugs([f for f in roles["place"] if entry.frame == "lose" and f in fillers.get("nach", [])])
        first_person = any(self._is_speaker_himself(f) for f in fillers.get("subj", []))
        return Argued(
            self.trigger,
            entry,
            _slugs(roles["agent"]),
            _slugs(roles["target"]),
            self._places(entry, fillers, roles),
            self.conditions.count(roles, fillers),
            self.support.factuality if self.support else "",
            self.support is not None and self.support.slot not in ("obj", "subj"),
            self.conditions.definite(),
            before,
            first_person,
            self.trigger.chunk is not None
            and self.grammar.chunk(self.grammar.anchor((self.trigger.clause, self.trigger.chunk))).preposition is not None,
            governing_verbs.purpose_of(self.grammar, self.trigger.clause, self.trigger.chunk),
            frozenset(role for role, _ in self.nameless) | ({"agent"} if first_person else set()),
            self._says_aim(),
        )

    def _is_speaker_himself(self, filler: Filler) -> bool:
        """Wir haben Soldaten entsandt; man habe Soldaten entsandt, sagte er: whether who acts is who says it."""
        finite = self.syntax.clauses[self.trigger.clause].finite
        own = finite is not None and self.syntax.words.lower[finite] in FORMS_OF_OWN_DEEDS
        return filler.noun in SPEAKERS_OWN or (filler.noun == ANYONE and own)

    def _says_aim(self) -> bool:
        clause, chunk = self.trigger.clause, self.trigger.chunk
        return chunk is not None and bool(governing_verbs.aimed_at(self.grammar, (clause, chunk)))

    def _places(self, entry: TriggerEntry, fillers: Fillers, roles: Roles) -> Places:
        """Return the groups of places; nobody deploys troops to himself (die USA haben Soldaten im Land)."""
        found = self._stated_places(entry, fillers, roles)
        if entry.kind != "Deployment":
            return found
        own = set(_slugs(roles["agent"]))
        return tuple(group for group in found if own.isdisjoint(group))

    def _stated_places(self, entry: TriggerEntry, fillers: Fillers, roles: Roles) -> Places:
        core = [f for f in roles["place"] if entry.kind not in MOVING or not self.lexicon.is_a(f.noun, "vehicle")]
        if entry.kind in MOVING and all(f.slug and self.referents.is_unnamed_thing(f.slug) for f in core):
            core = []  # in Mossul aus ihren Häusern vertrieben
        core = [f for f in core if f.sure] or core
        if core:
            if entry.kind in STRIKES and all(f.kind == "Facility" for f in core):
                return self.locations.around_hit(core)
            slugs = _slugs(core)
            return (slugs,) if entry.kind in JOINT_PLACES else tuple((s,) for s in slugs)
        self.locations.taken = {f.ref for role in ("agent", "target") for f in roles[role] if f.kind not in GROUP_KINDS}
        groups = self.locations.own() if self._looks_back(entry) else self.locations.groups()
        counted = entry.kind == "Killing" and self.conditions.count(roles, fillers) is not None  # the dead of all these places
        return as_one(groups) if counted or entry.kind in JOINT_PLACES else groups

    def _looks_back(self, entry: TriggerEntry) -> bool:
        """Nach dem Anschlag flog Frankreich Angriffe in Rakka: an event of before was where it says itself."""
        if self.trigger.chunk is None or entry.pos != "N":
            return False
        ref = self.trigger.clause, self.trigger.chunk
        told_before = self.conditions.definite() or governing_verbs.names_only(self.grammar, ref[0])
        apart = self.support is None and is_apart(self.grammar, ref) and told_before
        return apart or governing_verbs.is_prepared(self.grammar, ref) or is_judged(self.grammar, ref)


def _slugs(fillers: list[Filler]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f.slug for f in fillers if f.slug))
