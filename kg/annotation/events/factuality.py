"""How sure the text is of each event, and whom it names as the source (``doc._.stances``, one for each argued trigger)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotation.events.argued import Argued
from kg.annotation.events.certainty.clauses import is_condition, is_in_vain, is_method, is_of_anybody, is_unreal, took_time
from kg.annotation.events.governing_verbs import PREPARING
from kg.annotation.events.referents import is_amount
from kg.annotation.events.sources.reporting import Statement
from kg.annotation.events.sources.speech import Speech
from kg.annotation.records import Entity, Factuality, Mention, register_extensions
from kg.annotation.syntax.attributes import BUT_RATHER, preposition
from kg.annotation.syntax.chunk_links import SOME
from kg.annotation.syntax.verbs import Predicate, clause_mood
from kg.event_kinds import family
from kg.german.stts import NONFINITE
from kg.german.word_sets import word_set
from kg.knowledge.event_lexicon import load_event_lexicon
from kg.resources import table

TO_COME, FOR, NO = "vor", "für", "kein"
LEVELS: dict[str, Factuality] = {
    "Factual": "Factual", "Reported": "Reported", "Uncertain": "Uncertain", "Negated": "Negated", "Future": "Future",
}  # fmt: skip
STRENGTH = ("Factual", "Reported", "Uncertain", "Future", "Negated", "Generic")
NEGATIVE, NOT_NEGATED, PAST_CAN, PERFECT_FORMS, CONTENT_OPENERS = (
    word_set("events", name) for name in ("negation", "not_negated", "past_ability", "perfect_auxiliaries", "content_openers")
)
OCCURRING, INSTRUMENTAL, WANTING, WAS_DONE = (
    word_set("events", name) for name in ("occurring", "instrumental", "wanting", "past_passive_auxiliaries")
)
CLAIMING, LEAVING_OPEN = word_set("events", "claiming_lives"), word_set("events", "leaving_open")
STOPPING, TRYING = word_set("events", "stopping_verbs"), word_set("events", "trying")
ENDING, BUT_NOT = word_set("events", "ending_nouns"), word_set("events", "but_not")
ANY_AT_ALL, COPULAS = word_set("events", "any_at_all"), word_set("events", "copulas")
BEING, TRUE = word_set("events", "being"), word_set("events", "true")
OPERATIONS = family("control")
GOALS = OPERATIONS | family("harm") | {"Arrest", "Withdrawal"}  # of an operation
PRESENT_MUST = tuple(word_set("events", "present_obligation"))  # stems
PLANNED_FOR = "solle"  # the subjunctive; soll may be hearsay
STATES, IMPLICATIVE, INTENDING = (word_set("events", name) for name in ("states", "implicative_verbs", "intending"))
SUBJUNCTIVE_STEMS, EXISTENTIAL = tuple(word_set("events", "subjunctive_stems")), word_set("events", "existential")


@dataclass(frozen=True, slots=True)
class Stance:
    """The factuality of an event mention and the slugs of its sources."""

    factuality: Factuality
    sources: tuple[str, ...]
    generic: bool = False  # talk of such events in general (Anleitungen für Anschläge): none that happens


@dataclass(frozen=True, slots=True)
class Judgements:
    """The stances of an article's events, and its entities and mentions with those that are only sources."""

    stances: tuple[Stance, ...]
    entities: dict[str, Entity]
    mentions: tuple[Mention, ...]


@Language.factory(
    "lagebild_factuality",
    requires=["doc._.arguments", "doc._.clauses", "doc._.entities", "doc._.mentions", "doc._.referents"],
    assigns=["doc._.entities", "doc._.mentions", "doc._.stances"],
)
def create(nlp: Language, name: str) -> FactualityComponent:
    """Make the component."""
    return FactualityComponent()


class FactualityComponent:
    """Judges every accepted trigger."""

    def __init__(self) -> None:
        register_extensions()
        self._cues: dict[tuple[str, str], str] = {}
        for row in table("events/stance.tsv"):
            if row["factuality"]:
                self._cues[(row["what"] + ":" + row["function"] if row["what"] == "verb" else row["what"], row["word"])] = row[
                    "factuality"
                ]

    def __call__(self, doc: Doc) -> Doc:
        """Judge the events of ``doc`` and return it."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> Judgements:
        """Return the stances in the order of ``doc._.arguments``, and the entities and mentions with the sources."""
        if not doc._.arguments:
            return Judgements((), doc._.entities, doc._.mentions)
        speech = Speech(doc)
        stances = tuple(_Judgement(a, speech, self._cues).decide() for a in doc._.arguments)
        used = frozenset(source for stance in stances for source in stance.sources)
        return Judgements(stances, *speech.speakers.local.with_used(used))

    def set_annotations(self, doc: Doc, found: Judgements) -> None:
        """Write the result of :meth:`match`."""
        doc._.stances, doc._.entities, doc._.mentions = found.stances, found.entities, found.mentions


class _Judgement:
    """One event."""

    def __init__(self, argued: Argued, speech: Speech, cues: dict[tuple[str, str], str]) -> None:
        self.argued, self.trigger, self.speech, self.cues = argued, argued.trigger, speech, cues
        self.syntax = speech.syntaxes[self.trigger.sentence]
        self.grammar = speech.grammars[self.trigger.sentence]
        self.found: set[str] = {"Factual"}

    def decide(self) -> Stance:
        said = self.speech.of(self.argued) if not self._claims_lives() else self._said_of_clause()
        if said is not None:
            self.found.update(("Reported", said.factuality or "Reported"))
        if self._presupposed():
            self._noun_itself()
            return Stance(LEVELS[max(self.found - {"Reported"}, key=STRENGTH.index)], ())
        if self.argued.support and not self._was_prepared() and not self._claims_lives():
            self.found.add(self.argued.support)
        self._adverbs()
        self._negation()
        if self.trigger.predicate is not None:
            self._verb(self.syntax.predicates[self.trigger.clause][self.trigger.predicate])
        else:
            self._noun()
        self._conjunctions(self.trigger.clause)
        if is_unreal(self.syntax, self.trigger.clause, of_others=bool(said and said.sources)):
            self.found.add("Negated")
        if self._is_asked():
            self.found.add("Uncertain")
        if self._is_left_open():
            self.found = (self.found - {"Negated"}) | {"Uncertain"}
        level = max(self.found, key=STRENGTH.index)
        return Stance(LEVELS.get(level, "Uncertain"), said.sources if said else (), generic=level == "Generic")

    def _is_asked(self) -> bool:
        """Hat der IS Giftgas eingesetzt? A question that opens with its verb; why he did leaves no doubt that he did."""
        words, it = self.syntax.words, self.syntax.clauses[self.trigger.clause]
        return words.text[-1] == "?" and it.kind == "main" and it.finite is not None and it.words[0] == it.finite

    def _is_left_open(self) -> bool:
        """Schließt einen Anschlag nicht aus, nicht aus, die Stadt anzugreifen; bestätigte ihn nicht: that leaves it open."""
        words, clauses = self.syntax.words, self.syntax.clauses
        over = clauses[self.trigger.clause].parent if clauses[self.trigger.clause].kind == "infinitive" else None
        return any(
            any(words.tag[k] == "PTKNEG" and words.lower[k] == "nicht" for k in clauses[clause].words)
            and any(p.lemma in LEAVING_OPEN for p in self.syntax.predicates[clause])
            for clause in (self.trigger.clause, over)
            if clause is not None
        )

    def _said_of_clause(self) -> Statement | None:
        return self.speech.sentences[self.trigger.sentence].clauses.get(self.trigger.clause)

    def _presupposed(self) -> bool:
        """A definite noun in an adverbial or attribute (während des Überfalls): what the clause doubts or denies is not it."""
        if self.trigger.chunk is None:
            return False
        if self.argued.entry.pos != "N":  # die verschleppten Reporter
            return self.speech.phrase(self.argued) is None
        if self._is_to_end():
            return True
        if self._is_left_open():
            return False
        if self.argued.carried or not self.argued.definite:
            return False
        chunk = self.grammar.chunk((self.trigger.clause, self.trigger.chunk))
        if chunk.preposition == "unter":  # unter den Toten seien zwei Frauen: a statement about them
            return False
        if any(("verb:" + preposition(chunk), p.lemma) in self.cues for p in self.syntax.predicates[self.trigger.clause]):
            return False
        ref = self.grammar.anchor((self.trigger.clause, self.trigger.chunk))
        if ref in self.speech.sentences[self.trigger.sentence].phrases:
            return False
        return chunk.preposition is not None or (chunk.genitive_of is not None and not self._is_counted(chunk.genitive_of))

    def _is_to_end(self) -> bool:
        """Sie forderte ein Ende der Angriffe, um den Vormarsch zu stoppen: what somebody wants to end goes on."""
        if self.argued.definite and self._hangs_on(lambda verb: verb in STOPPING, ("obj",)):
            return True
        chunk = self.grammar.chunk((self.trigger.clause, self.trigger.chunk or 0))
        over = chunk.genitive_of if chunk.preposition != "von" else chunk.follows
        return over is not None and self.syntax.words.lemma[self.syntax.chunks[self.trigger.clause][over].head] in ENDING

    def _is_counted(self, over: int) -> bool:
        """Die Zahl der Toten steige auf zehn, sie soll eine der Toten sein: the toll is what is told."""
        head = self.syntax.chunks[self.trigger.clause][over].head
        return self.syntax.words.tag[head] in SOME or is_amount(self.syntax.words.lemma[head])

    def _cue(self, what: str, word: str) -> None:
        if (level := self.cues.get((what, word))) is not None:
            self.found.add(level)

    def _adverbs(self) -> None:
        words = self.syntax.words
        inside = {
            k
            for c in self.syntax.chunks[self.trigger.clause]
            for k in range(c.begin + self._opens_with_number(c.begin + 1), c.head)
            if not c.begin <= self.trigger.word < c.end
        }
        for k in self.syntax.clauses[self.trigger.clause].words:
            if words.tag[k] in ("ADV", "ADJD") and k not in inside:
                self._cue("adv", words.lower[k])

    def _opens_with_number(self, k: int) -> bool:
        """Haben offenbar acht Köche entführt: an adverb before a number says how sure the clause is, not who they are."""
        return k < len(self.syntax.words) and self.syntax.words.tag[k] == "CARD"

    def _negation(self) -> None:
        words, clause = self.syntax.words, self.syntax.clauses[self.trigger.clause]
        for k in clause.words:
            low = words.lower[k]
            if (words.tag[k] == "PTKNEG" and low == "nicht") or low in NEGATIVE:
                follows = words.lower[k + 1] if k + 1 < len(words) else ""
                if follows not in NOT_NEGATED and self._in_scope(k):
                    self.found.add("Negated")
        for chunk in self.syntax.chunks[self.trigger.clause]:
            if chunk.determiner is not None and words.lower[chunk.determiner].startswith(NO):
                own = self.trigger.chunk is not None and chunk.begin <= self.trigger.word < chunk.end
                of_verb = self.trigger.predicate is not None and chunk.preposition is None
                if own or (of_verb and not self._is_of_next_verb(chunk.head)):
                    self.found.add("Negated")

    def _in_scope(self, k: int) -> bool:
        """A negation takes in the verb of its clause, the noun that stands behind it, and one that its verb only carries.

        Where but comes before it, behind the verb, it is that of what is added: verlor das Gebiet, aber nicht die Ideologie.
        """
        words = self.syntax.words
        if k - 2 > self.trigger.word and words.lower[k - 1] in BUT_NOT and words.text[k - 2] == ",":
            return False
        if BUT_RATHER in words.lower[k : self.trigger.word]:  # nicht getötet, sondern verschleppt
            return False
        contrasted = (n for n, c in enumerate(self.syntax.chunks[self.trigger.clause]) if c.begin == k + 1)
        if self._is_of_next_verb(k) or any(self.grammar.is_contrasted((self.trigger.clause, n)) for n in contrasted):
            return False
        return self.trigger.predicate is not None or k < self.trigger.word or self._is_carried() or self._is_said_to_be()

    def _is_of_next_verb(self, k: int) -> bool:
        """Sollen die Straße sperren, die Stadt aber nicht betreten: behind a verb that is no finite one, of the next."""
        if self.trigger.predicate is None:
            return False
        verb, tag = self.trigger.word, self.syntax.words.tag
        return tag[verb] in NONFINITE and verb < k and any(k < p.verb for p in self.syntax.predicates[self.trigger.clause])

    def _is_said_to_be(self) -> bool:
        """Der Angriff fand nicht statt, ein Bekennerschreiben lag nicht vor: an event that the verb only says to be."""
        return self._hangs_on(lambda verb: verb in BEING, ("subj", "obj"))

    def _is_carried(self) -> bool:
        """Zwei Anschläge nicht verübt: an event that is brought in as the object of a support verb."""
        support = load_event_lexicon().support
        return not self.argued.definite and self._hangs_on(lambda verb: (verb, "obj") in support, ("obj",))

    def _hangs_on(self, fits: Callable[[str], bool], functions: tuple[str, ...]) -> bool:
        """Whether the event is a noun in one of ``functions`` of a verb whose lemma ``fits``."""
        if self.trigger.chunk is None:
            return False
        clause, top = self.trigger.clause, self.grammar.anchor((self.trigger.clause, self.trigger.chunk))
        verbs = (p for p in self.syntax.predicates[clause] if fits(p.lemma))
        return any(top in self.grammar.of_verb(clause, p, True).get(name, []) for p in verbs for name in functions)

    def _verb(self, predicate: Predicate) -> None:
        if is_of_anybody(self.syntax, self.trigger.clause):
            self.found.add("Generic")
        self._mood(predicate)
        if predicate.zu:
            self._governing_verb(predicate)
        elif self.syntax.words.tag[predicate.verb + 1 : predicate.verb + 2] == ("PTKZU",):  # erobert zu haben: nothing to come
            before = set(self.found)
            self._governing_verb(predicate)
            self.found = before | (self.found - {"Future"})
        self._matrix()

    def _mood(self, predicate: Predicate) -> None:
        words = self.syntax.words
        form = words.lower[predicate.finite] if predicate.finite is not None else ""
        if predicate.mood == "k1" or (form.startswith(SUBJUNCTIVE_STEMS) and predicate.modal is None):
            self.found.add("Reported")
        if predicate.future:
            self.found.add("Future")
        if predicate.modal == "wollen" and self._perfect_infinitive():
            self.found.add("Reported")  # will zehn Rebellen getötet haben: what he says of himself
        elif predicate.modal == "sollen" and is_condition(self.syntax, self.trigger.clause):
            self.found.add("Uncertain")  # sollte Mossul fallen, …
        elif predicate.modal == "wollen" or (form == PLANNED_FOR and not self._was_to_have()):
            self.found.add("Future")
        elif predicate.modal == "müssen" and form.startswith(PRESENT_MUST) and self.argued.entry.kind in family("reached"):
            self.found.add("Future")  # muss Mossul zurückerobern; but: mussten sich zurückziehen
        elif predicate.modal == "sollen":
            of_now = predicate.lemma in STATES  # sollen sich unter den Opfern befinden
            self.found.add("Uncertain" if of_now or self._perfect_infinitive() else "Future")
        elif (predicate.modal == "dürfen" and predicate.mood == "k2") or (
            predicate.modal == "können" and form not in PAST_CAN and not (form.startswith("könn") and predicate.mood == "k1")
        ):
            self.found.add("Uncertain")

    def _was_to_have(self) -> bool:
        """Solle getötet worden sein: of what was; solle bis Mai vertrieben sein: of what is to be."""
        words = self.syntax.words
        clause = self.syntax.clauses[self.trigger.clause].words
        return any(words.tag[k] == "VAPP" or (words.tag[k] == "VAINF" and words.lower[k] == "haben") for k in clause)

    def _perfect_infinitive(self) -> bool:
        """Tell soll getötet worden sein (of what is or was) from soll getötet werden (of what is to be)."""
        return any(
            self.syntax.words.lower[k] in PERFECT_FORMS and self.syntax.words.tag[k].startswith("VA")
            for k in self.syntax.clauses[self.trigger.clause].words
        )

    def _governing_verb(self, predicate: Predicate) -> None:
        clause = self.syntax.clauses[self.trigger.clause]
        own = [p for p in self.syntax.predicates[self.trigger.clause] if p is not predicate]
        parent = list(self.syntax.predicates[clause.parent]) if clause.parent is not None else []
        for verb in [*own, *parent]:
            self._cue("zu", verb.lemma)
            if verb.lemma in TRYING and self.argued.entry.kind in family("reached"):
                self.found.add("Negated" if is_in_vain(self.syntax, self.syntax.clause_of[verb.verb]) else "Uncertain")
            if verb.lemma in IMPLICATIVE:
                self._mood(verb)
        if clause.parent is not None:
            for k in self.syntax.clauses[clause.parent].words:
                if self.syntax.words.tag[k] == "PROAV":  # steht kurz davor, die Stadt zu erobern
                    self._cue("zu", self.syntax.words.lower[k])
            aimed = any(verb.lemma in COPULAS for verb in parent)
            for chunk in self.syntax.chunks[clause.parent]:
                self._cue("noun", self.syntax.words.lemma[chunk.head])
                if aimed:  # Ziel ist es, die Stadt zu erobern
                    self._cue("aim", self.syntax.words.lemma[chunk.head])
            if any(verb.lemma in IMPLICATIVE | INTENDING for verb in parent):
                self._denial(clause.parent)

    def _denial(self, clause: int) -> None:
        """Es gelang ihnen nicht, die Stadt einzunehmen; sie planen nicht, …: what did not succeed was not done."""
        words = self.syntax.words
        for k in self.syntax.clauses[clause].words:
            only = k + 1 < len(words) and words.lower[k + 1] in NOT_NEGATED  # nicht nur
            if not only and (words.tag[k] == "PTKNEG" or words.lower[k] in NEGATIVE):
                self.found.add("Negated")
            if words.tag[k] in ("ADV", "ADJD"):
                self._cue("adv", words.lower[k])

    def _matrix(self) -> None:
        """A predicate over the dass- or ob-clause in which the event stands (Es ist wahrscheinlich, dass)."""
        clause = self.syntax.clauses[self.trigger.clause]
        if clause.kind == "main" and clause_mood(self.syntax.words, clause) != "indicative":
            self._announced(self.trigger.clause)
        if clause.parent is None or clause.kind != "subordinate" or clause.opener is None:
            return
        if self.syntax.words.lower[clause.opener] not in CONTENT_OPENERS:
            return
        parent = self.syntax.clauses[clause.parent]
        for k in parent.words:
            if self.syntax.words.tag[k] in ("ADJD", "ADV"):
                self._cue("pred", self.syntax.words.lower[k])
        for verb in self.syntax.predicates[clause.parent]:
            self._cue("pred", verb.lemma)
        words = self.syntax.words
        if any(words.lower[k] in TRUE for k in parent.words) and any(words.tag[k] == "PTKNEG" for k in parent.words):
            self.found.add("Negated")  # es ist nicht wahr, dass
        for chunk in self.syntax.chunks[clause.parent]:  # (keine) Hinweise, dass
            if chunk.end >= clause.words[0] - 2:
                self._cue("noun", words.lemma[chunk.head])
                if chunk.determiner is not None and words.lower[chunk.determiner].startswith(NO):
                    self.found.add("Negated")

    def _announced(self, clause: int) -> None:
        """Er kündigte an, Mossul werde befreit: what is announced without dass lies ahead too."""
        own = self.trigger.predicate is not None and self.syntax.predicates[clause][self.trigger.predicate].perfect
        beside = [k for k in (clause - 1, clause + 1) if 0 <= k < len(self.syntax.clauses)]
        announcing = (self.cues.get(("pred", p.lemma)) == "Future" for k in beside for p in self.syntax.predicates[k])
        if not own and any(announcing):
            self.found.add("Future")

    def _noun(self) -> None:
        self._noun_itself()
        if not self.syntax.predicates[self.trigger.clause] and self._lies_ahead():
            self.found.add("Future")
        self._verb_over(self.grammar.anchor((self.trigger.clause, self.trigger.chunk or 0)))

    def _lies_ahead(self) -> bool:
        """Armee vor Einnahme von Rakka: what a headline without verb says to come."""
        top = self.grammar.chunk(self.grammar.anchor((self.trigger.clause, self.trigger.chunk or 0)))
        return preposition(top) == TO_COME and not self.argued.definite

    def _noun_itself(self) -> None:
        """Its adjectives, and the nouns above it: ein geplanter Angriff, Gefahr eines Anschlags."""
        words, ref = self.syntax.words, (self.trigger.clause, self.trigger.chunk or 0)
        chunk = self.grammar.chunk(ref)
        for k in range(chunk.begin, self.trigger.word):
            adjective = words.lower[k].rstrip("nmrs").removesuffix("e")
            if words.tag[k] == "ADJA" and not (adjective in WANTING and self._has_begun()):
                self._cue("adj", adjective)
        if self.argued.entry.pos != "N":  # der wohl getötete Sprecher
            self._adverbs_before()
        elif chunk.determiner is not None and words.lower[chunk.determiner] in ANY_AT_ALL:
            self.found.add("Generic")  # kündigte an, jeden Angriff zu erwidern
        for up in self.grammar.above(ref):
            self._cue("noun", words.lemma[self.grammar.chunk(up).head])
        if preposition(self.grammar.chunk(self.grammar.anchor(ref))) == FOR or self.grammar.above(ref):
            self._unproved(ref[0])
        if self._is_goal(ref):
            self.found.add("Future")

    def _unproved(self, clause: int) -> None:
        """Keine Beweise für den Einsatz; für einen Angriff gibt es keine Belege; Beweise dafür gibt es nicht."""
        words = self.syntax.words
        denied = any(words.tag[k] == "PTKNEG" for k in self.syntax.clauses[clause].words)
        for chunk in self.syntax.chunks[clause]:
            if denied or (chunk.determiner is not None and words.lower[chunk.determiner].startswith(NO)):
                self._cue("none", words.lemma[chunk.head])

    def _is_goal(self, ref: tuple[int, int]) -> bool:
        """Eine Offensive zur Befreiung von Sirte: what an operation is for has not come; but: zur Unterstützung der Armee."""
        chunk = self.grammar.chunk(ref)
        if preposition(chunk) != "zu" or chunk.follows is None or self.argued.entry.kind not in GOALS:
            return False
        noun = self.syntax.words.lemma[self.syntax.chunks[ref[0]][chunk.follows].head]
        return any(entry.kind in OPERATIONS for entry in load_event_lexicon().of_noun(noun)[1])

    def _adverbs_before(self) -> None:
        k = self.trigger.word - 1
        while k >= 0 and self.syntax.words.tag[k] in ("ADV", "ADJD"):
            self._cue("adv", self.syntax.words.lower[k])
            k -= 1

    def _has_begun(self) -> bool:
        """Die Armee startete die erwartete Offensive: what was expected has come."""
        anchor = self.grammar.anchor((self.trigger.clause, self.trigger.chunk or 0))
        verbs = [p for p in self.syntax.predicates[self.trigger.clause] if p.lemma in OCCURRING]
        bare = self.grammar.chunk(anchor).preposition is None
        return bare and any(p.modal is None and not p.future and p.mood == "indicative" for p in verbs)

    def _verb_over(self, top: tuple[int, int]) -> None:
        name = preposition(self.grammar.chunk(top))
        for predicate in self.syntax.predicates[self.trigger.clause]:
            functions = self.grammar.of_verb(self.trigger.clause, predicate, True)
            slots = [name] if name else [f for f in ("subj", "obj") if top in functions.get(f, [])]
            for slot in slots:
                if not self._was_prepared() and not self._claims_lives():
                    self._cue("verb:" + slot, predicate.lemma)
            bound = not name or name == "als" or self.argued.carried or predicate.lemma in EXISTENTIAL
            instrument = name in INSTRUMENTAL and not self.argued.definite and not self._is_of_event(top)
            if (bound and not self._told_before("subj" in slots, predicate)) or instrument:
                self._mood(predicate)

    def _is_of_event(self, ref: tuple[int, int]) -> bool:
        """Nach dem Anschlag mit 38 Toten will Tunis …: a phrase behind the noun of an event tells of that."""
        up = self.grammar.root(ref)
        noun = self.syntax.words.lemma[self.grammar.chunk(up).head]
        return up != ref and self.grammar.chunk(up).preposition is not None and bool(load_event_lexicon().of_noun(noun)[1])

    def _told_before(self, subject: bool, predicate: Predicate) -> bool:
        """Der Angriff könnte die Gespräche gefährden: what a definite noun does next says nothing of its happening."""
        return subject and self.argued.definite and predicate.voice == "active" and predicate.lemma not in OCCURRING

    def _claims_lives(self) -> bool:
        """Der Anschlag forderte drei Tote: they are dead, whereas the death of somebody is called for."""
        verbs = self.syntax.predicates[self.trigger.clause]
        return self.argued.entry.kind == "Killing" and not self.argued.definite and any(p.lemma in CLAIMING for p in verbs)

    def _was_prepared(self) -> bool:
        """Er hat den Anschlag geplant, soll ihn geplant haben: of an attack that was."""
        verbs = [p for p in self.syntax.predicates[self.trigger.clause] if p.lemma in PREPARING]
        return self.argued.definite and any(p.perfect or self._perfect_infinitive() or self._was_done(p) for p in verbs)

    def _was_done(self, predicate: Predicate) -> bool:
        """Die Anschläge wurden in Syrien geplant."""
        finite = predicate.finite
        return predicate.voice == "passive" and finite is not None and self.syntax.words.lower[finite] in WAS_DONE

    def _conjunctions(self, clause: int) -> None:
        at: int | None = clause
        for _ in range(6):
            if at is None:
                return
            it = self.syntax.clauses[at]
            if is_condition(self.syntax, at):
                self.found.add("Uncertain")
            if is_method(self.syntax, at):
                self.found.add("Generic")
            if it.opener is not None and not took_time(self.syntax, at):
                self._cue("conj", self.syntax.words.lower[it.opener])
            at = it.parent if it.kind in ("subordinate", "infinitive") else None
