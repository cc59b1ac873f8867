"""Who is subject and object of a verb.

Case, agreement and position decide and, where these leave it open, what the phrases stand for.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.annotation.syntax.attributes import (
    AIMING_CASE,
    LOCATIVE,
    LONGEST_GENITIVE_CHAIN,
    Attributes,
    Functions,
    Ref,
    preposition,
)
from kg.annotation.syntax.chunk_links import SOME
from kg.annotation.syntax.chunks import Chunk, counting_nouns
from kg.annotation.syntax.clauses import Clause
from kg.annotation.syntax.governing import object_control, reporting_verbs
from kg.annotation.syntax.sentence import Syntax
from kg.annotation.syntax.verbs import Predicate, is_compared
from kg.german.finite_forms import is_plural
from kg.german.stts import NONFINITE
from kg.german.word_sets import word_set
from kg.knowledge.event_lexicon import load_event_lexicon

# prepositions before an event noun that stands beside what the verb says
CIRCUMSTANTIAL = word_set("syntax", "circumstantial")
OF_A_GOAL = "von", "zu"  # ein Einsatz zur Befreiung von Geiseln
AFTERTHOUGHT = 5.0  # what makes any phrase of the clause itself rather the subject
FRONTED = 0.7  # what stands first is rather the subject
STRIKING_VERBS, STRIKING_NOUNS = word_set("syntax", "striking_verbs"), word_set("syntax", "striking_nouns")
VERB_FINAL = ("subordinate", "relative")
PLANS = word_set("syntax", "plans")  # nouns over an infinitive of what their owner does or means to do
MOTION = word_set("syntax", "motion_verbs")  # their perfect is with sein, object or not
DEEPEST = 6  # clauses that may lie between a verb and its subject
WITH, JOINTLY = "mit", word_set("syntax", "jointly")
AGENT_PREPOSITIONS, AGENT_FORMS = word_set("syntax", "agent_prepositions"), word_set("syntax", "agent_forms")


class Grammar(Attributes):
    """Functions of the phrases of one sentence.

    ``actor`` and ``place`` say what a phrase stands for, ``one`` whether that is a single person or town, ``adverbial`` which
    phrases are no arguments (times), ``sources`` which only say who says it.
    """

    def __init__(
        self,
        syntax: Syntax,
        actor: Callable[[Ref], bool],
        place: Callable[[Ref], bool],
        one: Callable[[Ref], bool],
        adverbial: frozenset[Ref],
        sources: frozenset[Ref] = frozenset(),
    ) -> None:
        super().__init__(syntax, place, one, adverbial)
        self._actor = actor
        self._aside = adverbial | sources
        self._subjects: dict[tuple[int, int], list[Ref]] = {}
        self._around: dict[tuple[int, int, bool], Functions] = {}

    # -- verbs ------------------------------------------------------------------------------------------------

    def of_verb(self, clause: int, predicate: Predicate, active_sein: bool) -> Functions:
        """Return the functions around a verb, a passive turned round: its subject is "obj", its agent "subj"."""
        key = clause, predicate.verb, active_sein
        if key not in self._around:
            self._around[key] = self._around_verb(clause, predicate, active_sein)
        return self._around[key]

    def _around_verb(self, clause: int, predicate: Predicate, active_sein: bool) -> Functions:
        if self._adjunct(clause) is predicate:
            return self._of_adjunct(clause, predicate)
        if is_compared(self.syntax.words, predicate.verb):
            return self._of_compared(clause, predicate)
        grammatical = self.subject(clause, predicate)
        out: Functions = {}
        moved = active_sein or predicate.lemma in MOTION  # ist in eine Menge gefahren
        passive = predicate.voice == "passive" or (predicate.voice == "sein" and not moved)
        if self._elliptical(clause, predicate) and not active_sein:
            passive = True
        out["obj" if passive else "subj"] = [m for r in grammatical for m in self.members(r)]
        pronoun = self._pronoun_object(clause)
        acting = {*grammatical} | ({pronoun} if pronoun and self._resolve(pronoun, clause) == grammatical else set())
        for ref in self._bare(clause, predicate):
            if ref in acting or (not passive and self._of_verb_before(ref, predicate)):
                continue
            if grammatical and (self._is_some_of(ref, grammatical) or self._is_second(ref, grammatical[0])):
                out["obj" if passive else "subj"] += self.members(ref)
            elif not (out.get("obj") and self._behind_bracket(self.chunk(ref))):
                self._add_bare(out, ref, passive)
            elif self._counted(self.chunk(ref)):  # drei Geiseln wurden getötet, zwei Afghanen und ein Türke
                out["obj"] += self.members(ref)
        self._prepositional(out, clause, passive)
        if passive:
            self._partitive(out, clause, grammatical)
        if pronoun is not None:
            self._merge_relative(out, pronoun, clause, passive)
        return out

    def _is_some_of(self, ref: Ref, subject: list[Ref]) -> bool:
        return self._is_among(ref) and self._whole(ref) in subject

    def _is_second(self, ref: Ref, subject: Ref) -> bool:
        """Die Kurden greifen im Osten an, die Armee von Süden: another subject of a verb said once, each with its place."""
        chunk, chunks = self.chunk(ref), self.syntax.chunks[ref[0]]
        if not self._behind_bracket(chunk) or not chunk.may_be("n") or subject[0] != ref[0]:
            return False
        own = chunks[ref[1] + 1 : ref[1] + 2]
        beside = any(c.preposition is not None and self.chunk(subject).end <= c.begin < chunk.begin - 1 for c in chunks)
        return beside and any(c.preposition is not None and c.begin == chunk.end for c in own)

    def _of_verb_before(self, ref: Ref, predicate: Predicate) -> bool:
        """Haben Häuser angezündet und auf Soldaten geschossen: a verb with an aim of its own shares no object."""
        verbs, tag = self.syntax.predicates[ref[0]], self.syntax.words.tag
        before = [v.verb for v in verbs if v.verb < predicate.verb and tag[v.verb] == "VVPP"]
        if not before or tag[predicate.verb] != "VVPP" or self.chunk(ref).head > before[-1]:
            return False
        own = (c for c in self.syntax.chunks[ref[0]] if before[-1] < c.head < predicate.verb)
        return any(preposition(c) in AIMING_CASE and c.may_be("a") for c in own)

    def _whole(self, ref: Ref) -> Ref | None:
        """The phrase that they are some of: the last before the comma that has no preposition."""
        begin = self.chunk(ref).begin
        before = [(ref[0], k) for k, c in enumerate(self.syntax.chunks[ref[0]]) if c.end < begin and c.preposition is None]
        return before[-1] if before else None

    def _adjunct(self, clause: int) -> Predicate | None:
        """Unterstützt von Kampfjets(,) eroberte die Armee …: a participle with its agent in a clause with another verb.

        It opens the clause, stands between commas or ends it: Die Armee(, unterstützt von Kampfjets,) eroberte …(, unterstützt
        von Kampfjets).
        """
        it, verbs, words = self.syntax.clauses[clause], self.syntax.predicates[clause], self.syntax.words
        if (last := self._last_adjunct(clause)) is not None:
            return last
        if it.finite is None or len(verbs) < 2 or words.tag[verbs[0].verb] != "VVPP":
            return None
        if self._closes_front(clause, verbs[0].verb):
            return verbs[0]
        if verbs[0].verb != it.words[0] and words.text[verbs[0].verb - 1] != ",":
            return None
        closed = words.tag[it.finite] == "VAFIN" and any(words.tag[p.verb] == "VVPP" and p.verb > it.finite for p in verbs)
        own = (words.tag[it.finite] == "VVFIN" or closed) and it.finite > verbs[0].verb  # unterstützt von … hatte sie … erobert
        return verbs[0] if own and words.lower[verbs[0].verb + 1] in AGENT_FORMS else None

    def _closes_front(self, clause: int, verb: int) -> bool:
        """Vom IS aus Mossul vertrieben, suchten sie Schutz: its agent and all else stand before it."""
        it, words = self.syntax.clauses[clause], self.syntax.words
        return words.text[verb + 1 : verb + 2] == (",",) and it.finite == verb + 2 and words.lower[it.words[0]] in AGENT_FORMS

    def _last_adjunct(self, clause: int) -> Predicate | None:
        """A participle with its agent behind a comma, where the clause has had its verb."""
        it, verbs, words = self.syntax.clauses[clause], self.syntax.predicates[clause], self.syntax.words
        if it.finite is None or len(verbs) < 2:
            return None
        verb = verbs[-1].verb
        apart = words.tag[verb] == "VVPP" and verb > it.finite and words.text[verb - 1] == ","
        had = words.tag[it.finite] == "VVFIN" or any(words.tag[p.verb] in ("VVPP", "VVINF") for p in verbs[:-1])
        return verbs[-1] if apart and had and "".join(words.lower[verb + 1 : verb + 2]) in AGENT_FORMS else None

    def _of_adjunct(self, clause: int, predicate: Predicate) -> Functions:
        """Its object is the subject of the clause, its agent stands behind it."""
        begin, end = predicate.verb, self.syntax.clauses[clause].finite or predicate.verb
        end = end if end > predicate.verb else len(self.syntax.words)
        if self._closes_front(clause, predicate.verb):
            begin, end = -1, predicate.verb
        main = next(p for p in self.syntax.predicates[clause] if p.verb != predicate.verb)
        inside = [(clause, k) for k, c in enumerate(self.syntax.chunks[clause]) if begin < c.head < end and c.preposition]
        out: Functions = {"obj": [m for r in self.subject(clause, main) for m in self.members(r)], "subj": []}
        for ref in inside:
            name = preposition(self.chunk(ref))
            out.setdefault("subj" if name == "von" else name, []).extend(self.members(ref))
        return out

    def _of_compared(self, clause: int, predicate: Predicate) -> Functions:
        """Erklärte die Stadt für befreit; die Stadt gilt als befreit: of what is so, the verb before says."""
        main = next((p for p in self.syntax.predicates[clause] if p.verb != predicate.verb), None)
        found = self.of_verb(clause, main, False) if main is not None else {}
        around = {name: refs for name, refs in found.items() if name not in ("subj", "dat")}
        return around | {"obj": found.get("obj") or found.get("subj", [])}

    def _elliptical(self, clause: int, predicate: Predicate) -> bool:
        """A participle without auxiliary (Dutzende Kämpfer getötet) is a shortened passive."""
        return (
            predicate.finite is None
            and self.syntax.words.tag[predicate.verb] == "VVPP"
            and self.syntax.clauses[clause].kind == "fragment"
        )

    def is_part(self, ref: Ref) -> bool:
        """Whether a phrase is part of another and no function of its own.

        It stands in a participial attribute (die vom IS gehaltene Stadt), or behind the phrase that fills the place before
        the finite verb, where there is room for one only (Die Regierung in Bagdad hat …).
        """
        clause = ref[0]
        chunk, it = self.chunk(ref), self.syntax.clauses[clause]
        if self.in_attribute_of(ref) is not None:
            return True
        adjunct, finite = self._adjunct(clause), it.finite or 0
        if adjunct is not None and chunk.head < adjunct.verb and self._closes_front(clause, adjunct.verb):
            return True
        if adjunct is not None and adjunct.verb < chunk.head and (chunk.head < finite or adjunct.verb > finite):
            return True
        fronted = it.kind == "main" and it.finite is not None and chunk.begin < it.finite
        return fronted and chunk.follows is not None and self.chunk(self.root(ref)).preposition is None

    def in_attribute_of(self, ref: Ref) -> Chunk | None:
        """Return the phrase in whose participial attribute ``ref`` stands: zwei in Homs festgenommene Männer."""
        chunk = self.chunk(ref)
        for other in self.syntax.chunks[ref[0]]:
            begins = other.begin < chunk.begin or (chunk.preposition is not None and other.begin == chunk.begin)
            if begins and chunk.end <= other.head and other is not chunk:
                return other
        return None

    def _add_bare(self, out: Functions, ref: Ref, passive: bool) -> None:
        chunk = self.chunk(ref)
        if chunk.may_be("a") and not passive:
            given = [] if self._actor(ref) else [r for r in out.get("obj", []) if self.chunk(r).may_be("d") and self._actor(r)]
            if given:  # leisten den Peschmerga Militärhilfe
                out["obj"], out["dat"] = [r for r in out["obj"] if r not in given], [*out.get("dat", []), *given]
            out.setdefault("obj", []).extend(self.members(ref))
        elif chunk.may_be("d"):
            out.setdefault("dat", []).extend(self.members(ref))

    def _partitive(self, out: Functions, clause: int, subject: list[Ref]) -> None:
        """Von 30 Geiseln wurden elf getötet: the whole of which a mere number in the passive is a part."""
        finite = self.syntax.clauses[clause].finite
        if finite is None or not subject or self.syntax.words.tag[self.chunk(subject[0]).head] not in SOME:
            return
        for ref in [r for r in out.get("subj", []) if r[0] == clause and self.chunk(r).begin < finite]:
            out["subj"].remove(ref)
            out["obj"].append(ref)

    def _prepositional(self, out: Functions, clause: int, passive: bool) -> None:
        for k, chunk in enumerate(self.syntax.chunks[clause]):
            name = "near" if self.direction_before(chunk) else preposition(chunk)
            if not name or (clause, k) in self._aside or self.is_part((clause, k)):
                continue
            if self._hangs_on_event((clause, k), preposition(chunk)):
                continue
            refs = self.members((clause, k))
            out.setdefault(name, []).extend(refs)
            if name in LOCATIVE:
                out.setdefault("loc", []).extend(refs)
            if name == WITH and chunk.begin > 0 and self.syntax.words.lower[chunk.begin - 1] in JOINTLY:
                side = "subj" if not passive or out.get("subj") else "obj"
                out.setdefault(side, []).extend(refs)  # gemeinsam mit Milizen eroberte die Armee …
            by_agent = passive and name in AGENT_PREPOSITIONS and not self._of_remains(chunk, clause)
            if by_agent and not self._by_another((clause, k)):
                out.setdefault("subj", []).extend(refs)

    def _by_another(self, ref: Ref) -> bool:
        """Wegen der Hetze von Predigern von einem Gericht verurteilt: of two agents one may hang on a noun, and does."""
        this = self.chunk(ref)
        if self._stands_free(this, ref[0]):
            return False
        others = [c for c in self.syntax.chunks[ref[0]] if c is not this and preposition(c) in AGENT_PREPOSITIONS]
        return any(self._stands_free(c, ref[0]) or c.begin == this.end for c in others if c.list_with is None)

    def _of_remains(self, chunk: Chunk, clause: int) -> bool:
        """Wurden die Leichen von 53 Männern gefunden, Dutzende von Soldaten getötet: where no article says who did it."""
        if chunk.follows is None or chunk.determiner is not None:
            return False
        words, head = self.syntax.words, self.syntax.chunks[clause][chunk.follows].head
        return words.lower[head] in counting_nouns() or load_event_lexicon().is_a(words.lemma[head], "remains")

    def _stands_free(self, chunk: Chunk, clause: int) -> bool:
        """Whether a phrase hangs on no noun; one behind a mere place (in Homs von Rebellen) does not."""
        return chunk.follows is None or self._place((clause, chunk.follows))

    def _hangs_on_event(self, ref: Ref, name: str) -> bool:
        """Nach einem Anschlag auf Soldaten griff sie … an: the noun before has that function itself, the verb has not.

        It stays so behind a genitive: seit der Einnahme Mossuls durch die Armee wurden … getötet.
        """
        up, chunks = self.chunk(ref).follows, self.syntax.chunks[ref[0]]
        for _ in range(LONGEST_GENITIVE_CHAIN):
            if name not in AGENT_PREPOSITIONS or up is None or chunks[up].genitive_of is None:
                break
            up = chunks[up].genitive_of
        over = preposition(self.syntax.chunks[ref[0]][up]) if up is not None else ""
        if up is None or (over not in CIRCUMSTANTIAL and (name, over) != OF_A_GOAL):
            return False
        lexicon = load_event_lexicon()
        entries = lexicon.of_noun(self.syntax.words.lemma[self.syntax.chunks[ref[0]][up].head])[1]
        functions = {name, "gen"} if name == "von" else {name}
        return bool(entries) and any(slot.function in functions for slot in lexicon.frames[entries[0].frame])

    def _merge_relative(self, out: Functions, pronoun: Ref, clause: int, passive: bool) -> None:
        antecedents = self.antecedent(clause)
        for refs in out.values():
            if pronoun in refs:
                refs.remove(pronoun)
                refs.extend(antecedents)

    def subject(self, clause: int, predicate: Predicate | None = None, depth: int = 0) -> list[Ref]:
        """Return the grammatical subject of a clause, looked for outside it where it has none (ellipsis, infinitives)."""
        key = (clause, predicate.verb if predicate else -1)
        if key not in self._subjects:
            self._subjects[key] = []  # ends a circle
            self._subjects[key] = self._find_subject(clause, predicate, depth)
        return self._subjects[key]

    def _find_subject(self, clause: int, predicate: Predicate | None, depth: int) -> list[Ref]:
        it = self.syntax.clauses[clause]
        if self._says_we(clause):
            return [(0, 0)]
        zu = it.kind == "infinitive" or (it.finite is None and predicate is not None and predicate.zu)
        bare = [] if zu or self._gapped(it) else self._bare(clause, self._own_subject(predicate))
        if it.kind in VERB_FINAL and it.shares is not None and (left := self._left_subject(clause, it.shares, bare, depth)):
            return left
        candidates = [(self._score(r, it), r) for r in bare]
        best = max(candidates, key=lambda c: (c[0], -c[1][1]), default=None)
        if best is not None and (best[0] > 0 or (len(candidates) == 1 and best[0] > -4)):
            return self._resolve(best[1], clause)
        if depth > DEEPEST:
            return []
        if zu and it.parent is not None:
            return self._whose_plan(it) or self._controller(it.parent, depth)
        if it.shares is not None and it.kind != "fragment":
            return self.subject(it.shares, None, depth + 1)
        return []

    def _left_subject(self, clause: int, before: int, bare: list[Ref], depth: int) -> list[Ref]:
        """Dass Kämpfer das Dorf überfielen und die Frauen verschleppten: the only phrase of a verb with an object is that."""
        verb, finite = next(iter(self.syntax.predicates[clause]), None), self.syntax.clauses[clause].finite
        if verb is None or finite is None or verb.voice != "active" or depth > DEEPEST or len(bare) > 1:
            return []
        plural = is_plural(self.syntax.words.lower[finite])
        if bare and not (self.chunk(bare[0]).may_be("a") and load_event_lexicon().may_have_object(verb.lemma)):
            return []
        found = self.subject(before, None, depth + 1)
        phrases = [self.chunk(r) for r in found]
        fits = len(found) > 1 or all(c.may_agree(plural) and self._number_fits(c, plural) for c in phrases)
        return found if fits else []

    def _says_we(self, clause: int) -> bool:
        """Kreml: Haben IS-Chef getötet. A headline whose speaker leaves out the we of what he says he has done."""
        words, it = self.syntax.words, self.syntax.clauses[clause]
        if clause != 1 or not self.syntax.chunks[0] or it.finite != it.words[0] or words.text[-1] == "?":
            return False
        said = self.syntax.chunks[0][0]
        whole = said.begin == 0 and said.end == it.words[0] - 1 and words.text[said.end] == ":"
        return whole and words.tag[it.finite] in ("VAFIN", "VMFIN") and is_plural(words.lower[it.finite])

    def _own_subject(self, predicate: Predicate | None) -> Predicate | None:
        """Only a passive may change its subject between two participles (wurden getötet und drei verletzt)."""
        return predicate if predicate is not None and predicate.voice == "passive" else None

    def _gapped(self, clause: Clause) -> bool:
        """Und tötete 98 Menschen; …, tötete sie und floh: a finite verb in front leaves the subject to the clause before.

        Without a conjunction it does unless it says who speaks: …, sagte ein Sprecher.
        """
        words, finite = self.syntax.words, clause.finite
        if clause.shares is None or finite is None or finite not in clause.words[:2]:
            return False
        if words.tag[clause.words[0]] == "KON":
            return clause.words[1] == finite
        before = self.syntax.clauses[clause.shares]  # Sollte Ankara angreifen, müsse man …: a condition is no statement
        sentence = clause.words[0] == finite and before.finite not in (None, before.words[0])
        return sentence and self._has_one_each(self.syntax.clause_of[finite]) and not self._speaks(finite, clause.shares)

    def _has_one_each(self, clause: int) -> bool:
        """Hatten das Gefängnis besetzt und Häftlinge befreit: whether a verb has no phrase that would be its subject."""
        verbs = self.syntax.predicates[clause] or (None,)
        return all(sum(self.chunk(ref).may_be("n") for ref in self._bare(clause, verb)) < 2 for verb in verbs)

    def _speaks(self, finite: int, before: int) -> bool:
        """Whether a finite verb behind a comma says who speaks, by itself or as the clause before is in reported speech."""
        own = (p for p in self.syntax.predicates[self.syntax.clause_of[finite]] if p.verb == finite)
        moods = (p.mood for p in self.syntax.predicates[before])
        return any(p.lemma in reporting_verbs() for p in own) or any(mood != "indicative" for mood in moods)

    def _resolve(self, ref: Ref, clause: int) -> list[Ref]:
        it = self.syntax.clauses[clause]
        chunk = self.chunk(ref)
        if it.kind == "relative" and self._is_relative(chunk, it):
            return self.antecedent(clause) or [ref]
        return [ref]

    def _whose_plan(self, clause: Clause) -> list[Ref]:
        """Der Versuch des IS, Kirkuk einzunehmen: who owns the noun on which an infinitive hangs."""
        parent, begin = clause.parent or 0, clause.words[0]
        behind = [k for k, c in enumerate(self.syntax.chunks[parent]) if c.end == begin - 1 and c.genitive_of is not None]
        ref = (parent, behind[-1]) if behind and self.syntax.words.text[begin - 1] == "," else None
        if ref is None or clause.opener is not None:
            return []
        noun = self.syntax.words.lemma[self.syntax.chunks[parent][self.chunk(ref).genitive_of or 0].head]
        return [ref] if noun in PLANS and self._actor(ref) else []

    def _controller(self, parent: int, depth: int) -> list[Ref]:
        verbs = self.syntax.predicates[parent]
        if verbs and verbs[-1].lemma in object_control():
            subject = self.subject(parent, None, depth + 1)
            other = [r for r in self._bare(parent, None) if r not in subject]
            return (subject or other) if verbs[-1].voice == "passive" else other  # den Hirten wird vorgeworfen
        return self.subject(parent, None, depth + 1)

    def _bare(self, clause: int, predicate: Predicate | None) -> list[Ref]:
        """Phrases without preposition that are no attributes, list members, appositions or times."""
        low, high = self._span(clause, predicate)
        return [
            (clause, k)
            for k, c in enumerate(self.syntax.chunks[clause])
            if c.preposition is None and c.genitive_of is None and c.list_with is None and c.apposition_to is None
            and (clause, k) not in self._aside and low <= c.head <= high and self.syntax.words.tag[c.head] != "PRF"
            and not self._after_so(c) and not self.direction_before(c)
        ]  # fmt: skip

    def _after_so(self, chunk: Chunk) -> bool:
        """…, so die Armee: a speaker, no part of the clause."""
        at = chunk.begin - 1
        return at > 0 and self.syntax.words.lower[at] == "so" and self.syntax.words.tag[at - 1] in ("$,", "$(")

    def _span(self, clause: int, predicate: Predicate | None) -> tuple[int, int]:
        """Two participles or infinitives of one bracket (wurden getötet und drei verletzt) part the phrases between them."""
        verbs = self.syntax.predicates[clause]
        if predicate is None or len(verbs) < 2 or self.syntax.words.tag[predicate.verb] not in NONFINITE:
            return -1, 10**9
        alike = [v.verb for v in verbs if v.zu == predicate.zu and self.syntax.words.tag[v.verb] in NONFINITE]
        before = [verb for verb in alike if verb < predicate.verb]
        own = any(
            c.preposition is None and before and before[-1] < c.head < predicate.verb and (clause, k) not in self._adverbial
            for k, c in enumerate(self.syntax.chunks[clause])
        )
        return (before[-1] if own else -1), (predicate.verb if alike[-1] > predicate.verb else 10**9)

    def _score(self, ref: Ref, clause: Clause) -> float:
        chunk, words = self.chunk(ref), self.syntax.words
        if not chunk.may_be("n"):
            return -10.0
        score = 2.0 if chunk.may_be("a") else 5.0
        meant = self._resolve(ref, ref[0])[:1]  # a relative pronoun is what it explains
        if clause.finite is not None:
            form = words.lower[clause.finite]
            plural = is_plural(form)
            listed = len(self.members(ref)) > 1
            if listed:
                score += 2.0 if plural else 0.0
            else:
                fits = chunk.may_agree(plural) and self._number_fits(chunk, plural) and not (plural and self._one(ref))
                fits = fits and (meant[:1] == [ref] or self._number_fits(self.chunk(meant[0]), plural))
                score += 2.0 if fits else -6.0
        if words.lower[chunk.head] == "es":
            score -= 2.0
        score += 1.5 if meant[:1] != [ref] else 0.0  # die Leute, die Händler töteten: rather the subject, where both may be
        before = clause.finite is not None and chunk.head < clause.finite
        opens = before and (words.tag[chunk.head] == "PPER" or self._strikes(chunk, ref[0]))
        first = before or self._stands_first(chunk, ref[0], clause)
        score += FRONTED if clause.kind == "main" and first else 0.0
        actor = any(map(self._actor, meant)) or opens  # Sie töteten drei Männer: somebody, whoever it is
        score += 1.5 if actor else 0.0
        score -= 1.0 if any(map(self._place, meant)) and not actor else 0.0
        armed = load_event_lexicon().is_a(words.lemma[chunk.head], "force")
        if chunk.determiner is None and self._counted(chunk) and not armed:
            score -= 0.8  # 32 Menschen rissen die Attentäter in den Tod: a mere number is rather the object
        score -= AFTERTHOUGHT if self._behind_bracket(chunk) or self._is_among(ref) else 0.0
        return score - 0.3 * ref[1]

    def _stands_first(self, chunk: Chunk, clause: int, it: Clause) -> bool:
        """In Paris nahmen drei Männer Geiseln: right behind the verb, where no subject can stand before it."""
        if it.finite is None or chunk.begin != it.finite + 1:
            return False
        chunks = enumerate(self.syntax.chunks[clause])
        before = [c for k, c in chunks if c.head < chunk.begin and (clause, k) not in self._aside]
        return all(c.preposition is not None or c.genitive_of is not None for c in before)

    def _strikes(self, chunk: Chunk, clause: int) -> bool:
        """Luftangriff tötet IS-Führer, Bombe trifft Polizisten: an attack or a weapon is what does it."""
        if not any(verb.lemma in STRIKING_VERBS for verb in self.syntax.predicates[clause]):
            return False
        lexicon, noun = load_event_lexicon(), self.syntax.words.lemma[chunk.head]
        return bool(lexicon.of_noun(noun)[1]) or any(lexicon.is_a(noun, name) for name in STRIKING_NOUNS)

    def _counted(self, chunk: Chunk) -> bool:
        return any(self.syntax.words.tag[k] == "CARD" for k in range(chunk.begin, chunk.head))

    def _behind_bracket(self, chunk: Chunk) -> bool:
        """…, wurde Suleimani getötet, ein General: what follows the verb behind a comma only explains."""
        at, tag, clause = chunk.begin - 1, self.syntax.words.tag, self.syntax.clause_of
        behind = at > 0 and tag[at] == "$," and tag[at - 1] in ("VVPP", "VVINF", "VAPP", "PTKVZ")
        return behind and clause[at - 1] == clause[chunk.head]
