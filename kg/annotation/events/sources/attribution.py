"""Who says what in one sentence: verbs of saying with what they govern, source phrases, a speaker before a colon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.annotation.events.sources.phrases import source_phrases
from kg.annotation.events.sources.reporting import ReportingVerb, Statement, saying
from kg.annotation.events.sources.speakers import Speakers
from kg.annotation.syntax.attributes import Functions, Ref, preposition
from kg.annotation.syntax.clauses import Clause
from kg.annotation.syntax.functions import Grammar
from kg.annotation.syntax.sentence import Syntax
from kg.annotation.syntax.verbs import Predicate, clause_mood
from kg.german.punctuation import QUOTES
from kg.german.reporting_nouns import names_circle, names_claim, names_statement
from kg.german.word_sets import word_set

# where the source stands: hieß es bei der Armee, geht aus dem Bericht hervor
SPEAKER_SLOTS = word_set("events", "speaker_slots")
THAT = word_set("events", "said_openers")
CONTENT = frozenset(("complement", "zu", "quoted"))
NEGATED, RESUMING = word_set("events", "denied"), word_set("events", "resuming")


@dataclass(slots=True)
class Attribution:
    """What is said by whom in one sentence: by clause, and for single noun phrases that a verb of saying governs.

    ``taken_up`` are clauses that go on with the source of before (den Angaben zufolge).
    """

    clauses: dict[int, Statement] = field(default_factory=dict)
    phrases: dict[Ref, Statement] = field(default_factory=dict)
    speaker: tuple[str, ...] | None = None  # of the sentence's reporting verb, for quotations that go on
    taken_up: set[int] = field(default_factory=set)


def attribute(sentence: int, syntax: Syntax, grammar: Grammar, speakers: Speakers) -> Attribution:
    """Return the attributions that the words of one sentence state."""
    return _Sentence(sentence, syntax, grammar, speakers).run()


class _Sentence:
    def __init__(self, sentence: int, syntax: Syntax, grammar: Grammar, speakers: Speakers) -> None:
        self.sentence, self.syntax, self.grammar, self.speakers = sentence, syntax, grammar, speakers
        self.words = syntax.words
        self.out = Attribution()

    def run(self) -> Attribution:
        for clause in range(len(self.syntax.clauses)):
            self._phrases(clause)
            self._verbs(clause)
            self._so(clause)
        self._claimed()
        self._before_colon()
        return self.out

    def _named(self, refs: list[Ref], *, anybody: bool = False) -> tuple[str, ...]:
        return self.speakers.named(self.sentence, refs, anybody=anybody)

    # -- laut, nach Angaben, zufolge --------------------------------------------------------------------------

    def _phrases(self, clause: int) -> None:
        for phrase in source_phrases(self.syntax, clause):
            if phrase.stated:
                sources = self._named(list(phrase.owners), anybody=True) or self.speakers.behind(self.sentence, phrase.head)
            elif self.grammar.root(phrase.head) == phrase.head or not self._is_of_statement(phrase.head):
                sources = self._named([phrase.head], anybody=True)
            else:
                continue
            if not sources and self._is_known(phrase.head):
                self.out.taken_up.add(clause)
            self._say(clause, Statement(sources))
        for k, chunk in enumerate(self.syntax.chunks[clause]):
            if preposition(chunk) == "nach" and self.speakers.are_media(self.sentence, (clause, k)):
                self._say(clause, Statement(self._named([(clause, k)], anybody=True)))

    def _is_of_statement(self, ref: Ref) -> bool:
        """Der Bericht laut dpa; but: Ramadi laut Armee befreit."""
        return any(names_statement(self.words.lemma[self.grammar.chunk(up).head]) for up in self.grammar.above(ref))

    def _is_known(self, ref: Ref) -> bool:
        """Den Angaben zufolge, laut dem Bericht: a statement told before."""
        chunk = self.grammar.chunk(ref)
        return chunk.determiner is not None and names_statement(self.words.lemma[chunk.head])

    def _so(self, clause: int) -> None:
        """..., so der Sprecher der Gruppe: a speaker behind "so" at the end of a clause."""
        for k, chunk in enumerate(self.syntax.chunks[clause]):
            at = chunk.begin - 1
            behind = at > 0 and self.words.lower[at] == "so" and self.words.tag[at - 1] in ("$,", "$(")
            if behind and chunk.may_be("n"):
                self._say(clause, Statement(self._named([(clause, k)], anybody=True)))

    def _claimed(self) -> None:
        """Nach Vorwürfen der Medien, die Armee habe …; der Vorwurf, sie hätten …: a noun that governs indirect speech."""
        for k, clause in enumerate(self.syntax.clauses):
            if k in self.out.clauses or not (self._indirect(k) or self._that(k)):
                continue
            before = clause.parent if clause.parent is not None else k - 1
            noun = self._claim(before, clause.words[0]) if before >= 0 else None
            noun = noun or self._claim_inside(k)
            if noun is not None:
                sources = self._named(self.grammar.of_noun(noun).get("gen", []), anybody=True)
                self._say(k, Statement(sources or self.speakers.behind(self.sentence, noun)))

    def _claim(self, clause: int, before: int) -> Ref | None:
        """The last noun of a claim that stands directly before a clause, with its genitive."""
        chunks = [k for k, c in enumerate(self.syntax.chunks[clause]) if c.end <= before]
        for k in reversed(chunks[-2:]):
            if names_claim(self.words.lemma[self.syntax.chunks[clause][k].head]):
                between = self.syntax.chunks[clause][k + 1 : chunks[-1] + 1]
                return (clause, k) if all(c.genitive_of is not None or c.follows is not None for c in between) else None
        return None

    def _claim_inside(self, clause: int) -> Ref | None:
        """Nach Vorwürfen der Medien, die Armee habe …: where the comma has not parted the two."""
        first = self.syntax.chunks[clause][0] if self.syntax.chunks[clause] else None
        claims = first is not None and preposition(first) == "nach" and names_claim(self.words.lemma[first.head])
        return (clause, 0) if claims else None

    def _before_colon(self) -> None:
        """Polizei: Zwei Tote bei Angriff. A headline names its source before a colon, or its subject (Irak-Krieg, Syrien).

        A report that is nobody's says it all the same: Bericht: …; laut Medienbericht: …
        """
        first = self.syntax.chunks[0][0] if self.syntax.chunks and self.syntax.chunks[0] else None
        if first is None or first.pronoun or first.end >= len(self.words) - 1:
            return
        of_report = names_statement(noun := self.words.lemma[first.head]) or names_circle(noun)
        opens = first.begin == self._quotes_at(0) and (not first.preposition or of_report)
        headed = self.words.text[first.end + self._quotes_at(first.end)] == ":"
        if not opens or not headed or not self.speakers.may_head(self.sentence, (0, 0)):
            return
        if not (sources := self._named([(0, 0)])) and not of_report:
            return
        for k, clause in enumerate(self.syntax.clauses):
            if clause.words[-1] > first.end and k not in self.out.clauses:
                self.out.clauses[k] = Statement(sources)

    def _quotes_at(self, k: int) -> int:
        """Return 1 where a quotation mark stands there ("Spiegel": …), else 0."""
        return int(self.words.text[k] in QUOTES and k + 1 < len(self.words))

    # -- verbs of saying --------------------------------------------------------------------------------------

    def _verbs(self, clause: int) -> None:
        for predicate in self.syntax.predicates[clause]:
            verb = saying(self.syntax, clause, predicate.lemma)
            if not verb.slots:
                continue
            functions = self.grammar.of_verb(clause, predicate, False)
            speaker = self._speaker(clause, verb, functions)
            content = [functions.get(slot, []) for slot in sorted(verb.slots - CONTENT - SPEAKER_SLOTS)]
            if not speaker and (speaker := self._seat(clause)):
                content.append(functions.get("subj", []))
            said = Statement(speaker, verb.factuality if not self._is_negated(clause) else "")
            self._govern(clause, predicate, said, verb.slots)
            for ref in (r for refs in content for r in refs):
                self.out.phrases.setdefault(ref, said)

    def _seat(self, clause: int) -> tuple[str, ...]:
        """Kiew meldet die Einnahme: a capital at the front that is not taken for the subject."""
        front = self.syntax.chunks[clause][0] if self.syntax.chunks[clause] else None
        return self.speakers.seat(self.sentence, (clause, 0)) if front is not None and front.preposition is None else ()

    def _speaker(self, clause: int, verb: ReportingVerb, functions: Functions) -> tuple[str, ...]:
        for slot in sorted(verb.slots & SPEAKER_SLOTS):
            named = [s for r in functions.get(slot, []) for s in self._named([r]) or self.speakers.behind(self.sentence, r)]
            if named:
                return tuple(dict.fromkeys(named))
        speaker = self._named(functions.get("subj", []))
        if "quoted" in verb.slots:  # die Zeitung zitierte den General
            return tuple(dict.fromkeys((*self._named(functions.get("obj", [])), *speaker)))
        return speaker or self._written(clause)

    def _written(self, clause: int) -> tuple[str, ...]:
        """In einem Bericht der Zeitung heißt es: whose statement it stands in."""
        for k, chunk in enumerate(self.syntax.chunks[clause]):
            if preposition(chunk) == "in" and names_statement(self.words.lemma[chunk.head]):
                return self.speakers.behind(self.sentence, (clause, k))
        return ()

    def _is_negated(self, clause: int) -> bool:
        return any(self.words.lower[k] in NEGATED for k in self.syntax.clauses[clause].words)

    def _govern(self, clause: int, predicate: Predicate, said: Statement, slots: frozenset[str]) -> None:
        if "complement" not in slots:
            return
        complements = list(dict.fromkeys(self._complements(clause, slots)))
        if complements or self.syntax.clauses[clause].kind == "main":
            self.out.speaker = said.sources
        for k in complements:
            self._say(k, Statement(said.sources) if self._behind_colon(k) else said, skip=clause)

    def _behind_colon(self, clause: int) -> bool:
        """Sie wies das zurück: Ihre Kämpfer hätten …: not what is denied, but what is said against it."""
        first = self.syntax.clauses[clause].words[0]
        return first > 0 and self.words.text[first - 1] == ":"

    def _complements(self, clause: int, slots: frozenset[str]) -> Iterator[int]:
        it = self.syntax.clauses[clause]
        inner = [k for k, c in enumerate(self.syntax.clauses) if c.parent == clause]
        yield from (k for k in inner if self._that(k))
        if "zu" in slots:
            yield from (k for k in inner if self.syntax.clauses[k].kind == "infinitive")
        if it.opener is not None and self.words.lower[it.opener] == "wie" and it.parent is not None:
            yield it.parent
        if it.finite is not None and it.words and it.kind == "main" and self._takes_up(it):
            yield from self._before(clause)
        yield from (k for k in self._after(clause) if self._indirect(k))

    def _takes_up(self, clause: Clause) -> bool:
        """…, sagte die Armee; …, das bestätigte die Armee: whether a verb of saying comes behind what it says."""
        front = self.words.lower[clause.words[0]] in RESUMING and clause.words[1:2] == (clause.finite,)
        return clause.finite == clause.words[0] or front

    def _that(self, clause: int) -> bool:
        opener = self.syntax.clauses[clause].opener
        return opener is not None and self.words.lower[opener] in THAT

    def _before(self, clause: int) -> list[int]:
        """The statement in front of an inverted verb of saying: …, sagte der General."""
        left = self.syntax.clauses[clause].shares
        return [left] if left is not None else [k for k in (clause - 1,) if k >= 0 and self.syntax.clauses[k].kind == "main"]

    def _after(self, clause: int) -> list[int]:
        later = range(clause + 1, len(self.syntax.clauses))
        return [k for k in later if self.syntax.clauses[k].kind in ("main", "relative")][:2]

    def _indirect(self, clause: int) -> bool:
        return clause_mood(self.words, self.syntax.clauses[clause]) != "indicative"

    def _say(self, clause: int, said: Statement, skip: int = -1) -> None:
        """Attribute a clause and all inside it."""
        for k in range(len(self.syntax.clauses)):
            if k != skip and self._inside(k, clause, skip) and not (k in self.out.clauses and self.out.clauses[k].sources):
                self.out.clauses[k] = said

    def _inside(self, k: int, clause: int, skip: int) -> bool:
        at: int | None = k
        for _ in range(len(self.syntax.clauses)):
            if at == clause:
                return True
            if at is None or at == skip:
                return False
            at = self.syntax.clauses[at].parent
        return False
