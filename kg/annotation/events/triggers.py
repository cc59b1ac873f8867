"""Words that may name an event: verbs with their particle and fixed phrases, nouns and compounds, participles.

Only candidates: what stands around them decides in :mod:`kg.annotation.events.arguments`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotation.events.subject_matter import warlike_sentences
from kg.annotation.records import register_extensions
from kg.annotation.syntax.sentence import Syntax
from kg.german.inflection import ADJECTIVE_ENDINGS
from kg.german.word_sets import word_set
from kg.knowledge.event_lexicon import TriggerEntry, load_event_lexicon

PHRASE_ARTICLES, ARTICLES_IN_PHRASES, CONTRACTED_IN = (
    word_set("events", name) for name in ("phrase_articles", "articles_in_phrases", "contracted_in")
)
WITHOUT_UMLAUT = str.maketrans("äöü", "aou")
PHRASE_GAP = 3  # words that may stand between two words of a fixed phrase (in ihre Gewalt bringen)


@dataclass(frozen=True, slots=True)
class Trigger:
    """A candidate. Numbers: its sentence, clause in it, word in the sentence; its predicate or phrase in the clause.

    ``first`` is the first part of a compound noun, "" otherwise.
    """

    sentence: int
    clause: int
    word: int
    entries: tuple[TriggerEntry, ...]
    predicate: int | None = None
    chunk: int | None = None
    first: str = ""


@Language.factory(
    "lagebild_triggers", requires=["doc._.clauses", "doc._.entities", "doc._.mentions"], assigns=["doc._.triggers"]
)
def create(nlp: Language, name: str) -> Triggers:
    """Make the component."""
    return Triggers()


class Triggers:
    """Finds trigger candidates (``doc._.triggers``)."""

    def __init__(self) -> None:
        register_extensions()
        self._lexicon = load_event_lexicon()

    def __call__(self, doc: Doc) -> Doc:
        """Find the candidates of ``doc`` and return it."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> tuple[Trigger, ...]:
        """Return the candidates in the order of the text."""
        out: list[Trigger] = []
        warlike = warlike_sentences(doc, self._lexicon)
        for number, syntax in enumerate(doc._.clauses):
            out += sorted(self._sentence(number, syntax), key=lambda t: t.word) if warlike[number] else []
        return tuple(out)

    def set_annotations(self, doc: Doc, found: tuple[Trigger, ...]) -> None:
        """Write the result of :meth:`match`."""
        doc._.triggers = found

    def _sentence(self, number: int, syntax: Syntax) -> list[Trigger]:
        used: set[int] = set()
        out = []
        for clause in range(len(syntax.clauses)):
            out += list(self._verbs(number, syntax, clause, used))
        for clause in range(len(syntax.clauses)):
            out += list(self._nouns(number, syntax, clause, used))
            out += list(self._participles(number, syntax, clause))
        return out

    def _verbs(self, number: int, syntax: Syntax, clause: int, used: set[int]) -> Iterator[Trigger]:
        for k, predicate in enumerate(syntax.predicates[clause]):
            lemma = predicate.lemma.replace("ß", "ss")
            if syntax.words.lower[predicate.verb] == "ge" + lemma and "ge" + lemma in self._lexicon.verbs:
                lemma = "ge" + lemma  # unter Beschuss geraten is no form of raten
            entries = self._lexicon.verbs.get(lemma) or self._lexicon.participles.get(lemma, ())
            fitting = []
            before = (p.verb for p in syntax.predicates[clause][:k] if p.verb != p.finite != predicate.verb)
            begin = max(before, default=-1) + 1  # Häuser in Brand gesteckt und auf Menschen geschossen
            for entry in entries:
                if (words := _phrase(entry.words, syntax, clause, begin)) is not None:
                    fitting.append(entry)
                    used.update(words)
            if fitting:
                yield Trigger(number, clause, predicate.verb, tuple(fitting), predicate=k)

    def _nouns(self, number: int, syntax: Syntax, clause: int, used: set[int]) -> Iterator[Trigger]:
        for k, chunk in enumerate(syntax.chunks[clause]):
            for word in range(chunk.head, chunk.end):
                if syntax.words.tag[word] not in ("NN", "NE") or word in used or not syntax.words.text[word][0].isupper():
                    continue
                first, entries = self._named(syntax, word)
                if entries:
                    yield Trigger(number, clause, word, self._special(first, entries), chunk=k, first=first)
                    break

    def _named(self, syntax: Syntax, word: int) -> tuple[str, tuple[TriggerEntry, ...]]:
        """What the lemma of a noun names, else its form: a rare lemma may be wrong (Granatbeschus; Vorstöß of Vorstöße)."""
        lemma = syntax.words.lemma[word]
        found = self._lexicon.of_noun(lemma)
        for form in (syntax.words.text[word], lemma.translate(WITHOUT_UMLAUT)) if not found[1] else ():
            found = found if found[1] else self._lexicon.of_noun(form)
        return found

    def _special(self, first: str, entries: tuple[TriggerEntry, ...]) -> tuple[TriggerEntry, ...]:
        """Raketen+angriff: the first part may name a kind of its own."""
        last = first.lower().rsplit("-", 1)[-1].rstrip("s")
        for key in (first.lower(), last, first.lower().rstrip("s")):
            if (found := self._lexicon.compounds.get((key, entries[0].lemma))) is not None:
                return tuple(replace(e, kind=found[0], frame=found[1], needs=()) for e in entries[:1])
        return entries

    def _participles(self, number: int, syntax: Syntax, clause: int) -> Iterator[Trigger]:
        for k, chunk in enumerate(syntax.chunks[clause]):
            for word in range(chunk.begin, chunk.head):
                if syntax.words.tag[word] == "ADJA":
                    form = syntax.words.lower[word]
                    base = next((form[: -len(e)] for e in ADJECTIVE_ENDINGS if form.endswith(e)), form)
                    if entries := self._lexicon.participles.get(base, ()):
                        yield Trigger(number, clause, word, entries, chunk=k)


def _phrase(wanted: tuple[str, ...], syntax: Syntax, clause: int, begin: int) -> list[int] | None:
    """Return where the words of a fixed phrase stand in the clause, in order and close together; None when they don't.

    Word ``begin`` is the first that may be of it, but for "sich", which several verbs share.
    """
    words, lower = syntax.clauses[clause].words, syntax.words.lower
    if wanted[:1] == ("sich",):
        at = next((k for k in words if lower[k] == "sich"), None)
        rest = _phrase(wanted[1:], syntax, clause, begin)
        return None if at is None or rest is None else [at, *rest]
    if not wanted:
        return []
    for start in (k for k in words if k >= begin and _same(lower[k], wanted[0])):
        found = [start]
        for word in wanted[1:]:
            near = (k for k in range(found[-1] + 1, min(found[-1] + 2 + PHRASE_GAP, len(lower))) if _same(lower[k], word))
            if (at := next(near, None)) is None:
                break
            found.append(at)
        if len(found) == len(wanted):
            return found
    return None


def _same(form: str, word: str) -> bool:
    """A phrase is listed in one form; an article in it stands for any (die Kontrolle, ihre Kontrolle)."""
    if word in PHRASE_ARTICLES:
        return form in ARTICLES_IN_PHRASES
    return form == word or (word == "in" and form in CONTRACTED_IN)
