"""Who says it: reporting verbs with what they govern, "laut", "nach Angaben", "zufolge", quotations over several sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Doc

from kg.annotation.events.referents import Filler, Referents
from kg.annotation.syntax.functions import Grammar, Ref, preposition
from kg.annotation.syntax.sentence import Syntax
from kg.annotation.syntax.verbs import clause_mood
from kg.namespaces import ACTING_KINDS
from kg.resources import table

QUOTE_PAIRS = {"„": '“”"', "“": "”“", "»": "«", "«": "»", '"': '"', "›": "‹"}
SPEAKER_SLOTS = frozenset(("aus", "bei"))  # where the source stands: hieß es bei der Armee, geht aus dem Bericht hervor
LONGEST_QUOTATION = 300  # words within which a quotation over several paragraphs must end
SPOKEN_WORDS = 4  # a quotation of fewer words is a name or a distancing, not speech


@dataclass(frozen=True, slots=True)
class SourceCues:
    """``lexicon/events/reporting.tsv`` and ``events/sources.tsv``."""

    verbs: dict[str, frozenset[str]]
    before: frozenset[str]
    after: frozenset[str]
    nouns: frozenset[str]
    again: frozenset[str]


@dataclass(frozen=True, slots=True)
class Statement:
    """A clause that somebody says; ``sources`` is empty when the text does not name who."""

    sources: tuple[str, ...]


@lru_cache(maxsize=1)
def source_cues() -> SourceCues:
    """Read the tables once."""
    rows = list(table("events/sources.tsv"))
    of = {what: frozenset(r["word"] for r in rows if r["what"] == what) for what in ("before", "after", "noun", "again")}
    verbs = {r["verb"]: frozenset(r["slots"].split()) for r in table("events/reporting.tsv")}
    return SourceCues(verbs, of["before"], of["after"], of["noun"], of["again"])


@lru_cache(maxsize=20_000)
def _names_statement(noun: str) -> bool:
    """Whether a noun, or the last part of a compound, means what somebody states (Angaben, Armeebericht)."""
    low = noun.lower()
    return noun in source_cues().nouns or any(low.endswith(n.lower()) for n in source_cues().nouns if len(n) > 5)


@dataclass(slots=True)
class Attribution:
    """What is said by whom in one sentence: by clause, and for single noun phrases that a verb of saying governs."""

    clauses: dict[int, Statement] = field(default_factory=dict)
    phrases: dict[Ref, Statement] = field(default_factory=dict)
    speaker: tuple[str, ...] | None = None  # of the sentence's reporting verb, for quotations that go on


def attribute(sentence: int, syntax: Syntax, grammar: Grammar, referents: Referents) -> Attribution:
    """Return the attributions that the words of one sentence state."""
    return _Sentence(sentence, syntax, grammar, referents).run()


class _Sentence:
    def __init__(self, sentence: int, syntax: Syntax, grammar: Grammar, referents: Referents) -> None:
        self.sentence, self.syntax, self.grammar, self.referents = sentence, syntax, grammar, referents
        self.out = Attribution()

    def run(self) -> Attribution:
        for clause in range(len(self.syntax.clauses)):
            self._phrases(clause)
            self._verbs(clause)
            self._so(clause)
        return self.out

    # -- laut, nach Angaben, zufolge --------------------------------------------------------------------------

    def _phrases(self, clause: int) -> None:
        for k, chunk in enumerate(self.syntax.chunks[clause]):
            ref, name = (clause, k), preposition(chunk)
            noun = self.syntax.words.lemma[chunk.head]
            after = chunk.end < len(self.syntax.words) and self.syntax.words.lower[chunk.end] in source_cues().after
            stated = _names_statement(noun) and (name in ("nach", "aus") or after)
            if stated or (_names_statement(noun) and name in source_cues().before):
                self._say(clause, self._slugs([ref]) or self._behind(ref))
            elif name in source_cues().before or (after and self._top(ref) == ref):
                self._say(clause, self._slugs([ref]))

    def _top(self, ref: Ref) -> Ref:
        return self.grammar.root(ref)

    def _behind(self, ref: Ref, asked: frozenset[Ref] = frozenset()) -> tuple[str, ...]:
        """The source in nach Angaben der Armee, nach UN-Angaben, israelischen Angaben zufolge.

        ``asked`` are the phrases whose own source is being looked for: eigene Angaben may be their clause's subject.
        """
        chunk, words, asked = self.grammar.chunk(ref), self.syntax.words, asked | {ref}
        found = self._slugs(self.grammar.of_noun(ref).get("gen", []), asked)
        if not found and any(words.lemma[k].lower() == "eigen" for k in range(chunk.begin, chunk.head)):
            found = self._slugs(self.grammar.subject(ref[0]), asked)
        if not found and chunk.determiner is not None:
            found = tuple(e.slug for e in self.referents.pronoun(self.sentence, chunk.determiner) if e.kind in ACTING_KINDS)
        if not found:
            part = self.referents.compound_part(self.sentence, chunk.head) or self.referents.demonyms(self.sentence, chunk)
            found = tuple(e.slug for e in part if e.kind in ACTING_KINDS)
        return found

    def _slugs(self, refs: list[Ref], asked: frozenset[Ref] = frozenset()) -> tuple[str, ...]:
        out: list[str] = []
        for ref in dict.fromkeys(m for r in refs for m in self.grammar.members(r)):
            fillers: list[Filler] = self.referents.fillers(self.sentence, ref)
            named = [f.slug for f in fillers if f.slug and f.kind in ACTING_KINDS]
            out += named or (self._behind(ref, asked) if ref not in asked and self._speaks_for(ref) else ())
        return tuple(dict.fromkeys(out))

    def _speaks_for(self, ref: Ref) -> bool:
        """Ein Sprecher der Armee, das Büro des Ministers: who has no name of his own stands for those he speaks for."""
        chunk = self.grammar.chunk(ref)
        return not chunk.pronoun and self.syntax.words.tag[chunk.head] == "NN"

    def _so(self, clause: int) -> None:
        """..., so der Sprecher der Gruppe: a speaker behind "so" at the end of a clause."""
        for k, chunk in enumerate(self.syntax.chunks[clause]):
            at = chunk.begin - 1
            if (
                at > 0
                and self.syntax.words.lower[at] == "so"
                and self.syntax.words.tag[at - 1] in ("$,", "$(")
                and chunk.may_be("n")
            ):
                self._say(clause, self._slugs([(clause, k)]))

    # -- verbs of saying --------------------------------------------------------------------------------------

    def _verbs(self, clause: int) -> None:
        for predicate in self.syntax.predicates[clause]:
            verbs, light = source_cues().verbs, self._light(clause, predicate.lemma)
            slots = verbs.get(predicate.lemma) or verbs.get(light, frozenset())
            if not slots:
                continue
            functions = self.grammar.of_verb(clause, predicate, False)
            speaker = self._slugs(functions.get("subj", []))
            for slot in slots & SPEAKER_SLOTS:
                speaker = tuple(s for r in functions.get(slot, []) for s in self._slugs([r]) or self._behind(r)) or speaker
            self._govern(clause, speaker, slots)
            for slot in slots - {"complement", "zu"} - SPEAKER_SLOTS:
                for ref in functions.get(slot, []):
                    self.out.phrases.setdefault(ref, Statement(speaker))

    def _light(self, clause: int, lemma: str) -> str:
        """Bekannt geben, bekannt machen: the particle may stand apart as an adverb."""
        if lemma in ("geben", "machen", "werden") and any(
            self.syntax.words.lower[k] == "bekannt" for k in self.syntax.clauses[clause].words
        ):
            return "bekanntgeben"
        return ""

    def _govern(self, clause: int, speaker: tuple[str, ...], slots: frozenset[str]) -> None:
        if "complement" not in slots:
            return
        it = self.syntax.clauses[clause]
        complements = [k for k, c in enumerate(self.syntax.clauses) if c.parent == clause and self._that(k)]
        if "zu" in slots:
            complements += [k for k, c in enumerate(self.syntax.clauses) if c.parent == clause and c.kind == "infinitive"]
        if it.opener is not None and self.syntax.words.lower[it.opener] == "wie" and it.parent is not None:
            complements.append(it.parent)
        if it.finite is not None and it.words and it.finite == it.words[0] and it.kind == "main":
            complements += self._before(clause)
        complements += [k for k in self._after(clause) if self._indirect(k)]
        if complements or it.kind == "main":
            self.out.speaker = speaker
        for k in complements:
            self._say(k, speaker, skip=clause)

    def _that(self, clause: int) -> bool:
        opener = self.syntax.clauses[clause].opener
        return opener is not None and self.syntax.words.lower[opener] in ("dass", "daß", "ob", "wie", "wonach")

    def _before(self, clause: int) -> list[int]:
        """The statement in front of an inverted verb of saying: …, sagte der General."""
        left = self.syntax.clauses[clause].shares
        return [left] if left is not None else [k for k in (clause - 1,) if k >= 0 and self.syntax.clauses[k].kind == "main"]

    def _after(self, clause: int) -> list[int]:
        return [k for k in range(clause + 1, len(self.syntax.clauses)) if self.syntax.clauses[k].kind in ("main", "relative")][
            :2
        ]

    def _indirect(self, clause: int) -> bool:
        return clause_mood(self.syntax.words, self.syntax.clauses[clause]) != "indicative"

    def _say(self, clause: int, sources: tuple[str, ...], skip: int = -1) -> None:
        """Attribute a clause and all inside it."""
        for k in range(len(self.syntax.clauses)):
            if k != skip and self._inside(k, clause, skip) and not (k in self.out.clauses and self.out.clauses[k].sources):
                self.out.clauses[k] = Statement(sources)

    def _inside(self, k: int, clause: int, skip: int) -> bool:
        at: int | None = k
        for _ in range(len(self.syntax.clauses)):
            if at == clause:
                return True
            if at is None or at == skip:
                return False
            at = self.syntax.clauses[at].parent
        return False


def _closes(doc: Doc, start: int) -> bool:
    """Whether a quotation opened by „ goes on: its end comes before the next beginning, and not too far away."""
    for token in doc[start : start + LONGEST_QUOTATION]:
        if token.text == "„":
            return False
        if token.text in "“”":
            return True
    return False


def quoted_words(doc: Doc) -> list[int]:
    """Return for every token the number of the quotation it stands in, -1 outside; a quotation ends with its paragraph."""
    out, open_with, number = [-1] * len(doc), "", -1
    lengths: dict[int, int] = {}
    for token in doc:
        if token.is_space and "\n\n" in token.text:
            open_with = open_with if open_with == "„" and _closes(doc, token.i) else ""
        elif open_with and token.text in QUOTE_PAIRS[open_with]:
            open_with = ""
            continue
        elif not open_with and token.text in QUOTE_PAIRS:
            open_with, number = token.text, number + 1
            continue
        if open_with:
            out[token.i] = number
            lengths[number] = lengths.get(number, 0) + 1
    return [q if q >= 0 and lengths[q] >= SPOKEN_WORDS else -1 for q in out]
