"""Who says what in an article: the attributions of its sentences, and speech that goes on from one to the next."""

from __future__ import annotations

from collections import defaultdict

from spacy.tokens import Doc

from kg.annotation.events.argued import Argued
from kg.annotation.events.referents import Referents
from kg.annotation.events.sources.attribution import Attribution, attribute
from kg.annotation.events.sources.dialogue import speakers_by_turn
from kg.annotation.events.sources.quotations import quoted_words
from kg.annotation.events.sources.reporting import Statement, source_cues
from kg.annotation.events.sources.speakers import Speakers
from kg.annotation.syntax.functions import Grammar
from kg.annotation.syntax.sentence import Syntax
from kg.annotation.syntax.verbs import clause_mood
from kg.annotation.words.token_table import tokens_of
from kg.german.word_sets import word_set

UNREAL_FORMS = word_set("events", "unreal_forms")
ONE_OF_THEM = word_set("events", "one_of_them")
FAR = 3  # sentences over which den Angaben zufolge takes up whose they were


class Speech:
    """Attributions of all sentences, with quotations and indirect speech carried on from sentence to sentence."""

    def __init__(self, doc: Doc) -> None:
        self.syntaxes: tuple[Syntax, ...] = doc._.clauses
        self.referents: Referents = doc._.referents
        self.grammars: list[Grammar] = [self.referents.grammar(n) for n in range(len(self.syntaxes))]
        self.quotes = quoted_words(tokens_of(doc))
        self.speakers = Speakers(doc, self.referents)
        self.sentences: list[Attribution] = [
            attribute(n, s, self.grammars[n], self.speakers) for n, s in enumerate(self.syntaxes)
        ]
        self._quoted = self._quotation_speakers()
        self._carry_on()
        self._turns = speakers_by_turn(self.syntaxes, tokens_of(doc), self.referents)

    def _quotation_speakers(self) -> dict[int, tuple[str, ...]]:
        """The speaker of each quotation: named in a sentence it stands in, else in the sentence before it."""
        touching: dict[int, list[int]] = defaultdict(list)
        for n, syntax in enumerate(self.syntaxes):
            for number in dict.fromkeys(self.quotes[i] for i in syntax.words.index):
                if number >= 0:
                    touching[number].append(n)
        out: dict[int, tuple[str, ...]] = {}
        for number, sentences in touching.items():
            named = [s or self._subject_before(n) for n in sentences if (s := self.sentences[n].speaker) is not None]
            before = self.sentences[sentences[0] - 1].speaker if sentences[0] else None
            out[number] = named[0] if named else before or ()
        return out

    def _subject_before(self, sentence: int) -> tuple[str, ...]:
        """Einer berichtet: one of those of whom the sentence before told."""
        words = self.syntaxes[sentence].words.lower
        if sentence == 0 or not any(w in ONE_OF_THEM for w in words[:3]):
            return ()
        grammar = self.grammars[sentence - 1]
        fillers = [f for r in grammar.subject(0) for f in self.referents.fillers(sentence - 1, r)]
        return tuple(f.slug for f in fillers if f.slug)

    def _carry_on(self) -> None:
        """Indirect speech goes on with its speaker as long as sentences stand in the subjunctive."""
        last: tuple[str, ...] = ()
        heard = -9  # the last sentence in which somebody was heard
        for n, found in enumerate(self.sentences):
            self._take_up(n, last, n - heard)
            if found.speaker:
                last, heard = found.speaker, n
            if found.clauses:
                said = [c.sources for c in found.clauses.values() if c.sources]
                last, heard = said[-1] if said else found.speaker or (), n
            unclaimed = [k for k in range(len(self.syntaxes[n].clauses)) if k not in found.clauses and self._indirect(n, k)]
            for k in unclaimed:
                found.clauses[k] = Statement(last if n - heard <= 1 else ())
            heard = n if unclaimed and n - heard <= 1 else heard

    def _take_up(self, sentence: int, last: tuple[str, ...], distance: int) -> None:
        """Demnach, den Angaben zufolge: the source of before goes on; where none is near, somebody says it all the same."""
        found, words = self.sentences[sentence], self.syntaxes[sentence].words.lower
        for k, clause in enumerate(self.syntaxes[sentence].clauses):
            named = k in found.taken_up and not found.clauses[k].sources and distance <= FAR
            spoken = found.speaker if k > 0 else None  # die Polizei bestätigte das: Demnach starben zehn
            again = k not in found.clauses and any(words[i] in source_cues().again for i in clause.words)
            if named or again:
                near = last if named or distance < FAR else ()
                found.clauses[k] = Statement((spoken if again else None) or near)

    def _indirect(self, sentence: int, clause: int) -> bool:
        syntax = self.syntaxes[sentence]
        verbs = syntax.predicates[clause]
        mood = clause_mood(syntax.words, syntax.clauses[clause])
        return bool(verbs) and mood != "indicative" and verbs[0].modal is None and not self._is_unreal(syntax, clause)

    def _is_unreal(self, syntax: Syntax, clause: int) -> bool:
        """Eine Resolution, die den Angriff verurteilt hätte: in the singular what was said would be habe."""
        it = syntax.clauses[clause]
        unreal = it.kind == "relative" and it.finite is not None and syntax.words.lower[it.finite] in UNREAL_FORMS
        return unreal and it.parent is not None and clause_mood(syntax.words, syntax.clauses[it.parent]) == "indicative"

    def of(self, argued: Argued) -> Statement | None:
        """Return who says the event, None when it is the article itself."""
        trigger = argued.trigger
        found = self.sentences[trigger.sentence]
        clause = found.clauses.get(trigger.clause)
        if (phrase := self.phrase(argued)) is not None:
            of_clause = clause is not None and not phrase.sources  # von einer Eroberung könne keine Rede sein, sagte er
            return Statement(clause.sources, phrase.factuality or clause.factuality) if clause and of_clause else phrase
        quote = self.quotes[self.syntaxes[trigger.sentence].words.index[trigger.word]]
        if quote >= 0:
            return clause or Statement(self._quoted.get(quote, ()))
        turn = self._turns.get(trigger.sentence)
        return clause if clause is not None or turn is None else Statement(turn)

    def phrase(self, argued: Argued) -> Statement | None:
        """Return the statement of the verb that governs the phrase of an event (sprach von getöteten Soldaten), if any."""
        trigger = argued.trigger
        found = self.sentences[trigger.sentence]
        if trigger.chunk is None:
            return None
        own = trigger.clause, trigger.chunk
        return found.phrases.get(own) or found.phrases.get(self.grammars[trigger.sentence].anchor(own))
