"""Clauses, topological fields, noun phrases and predicates of every sentence (``doc._.clauses``, one record a sentence)."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotation import register_extensions
from kg.frames import load_lexicon
from kg.syntax.cases import load_cases
from kg.syntax.sentence import Syntax, analyse


@Language.factory(
    "lagebild_fields", requires=["token.tag", "token.lemma", "token.is_sent_start"], assigns=["doc._.clauses"]
)
def create(nlp: Language, name: str) -> Fields:
    """Make the component."""
    return Fields()


def _named(doc: Doc) -> dict[int, int]:
    """Number the proper names and time expressions by their tokens; the first part of a compound is none."""
    entities, out = doc._.entities, {}
    spans = [
        (m.begin, m.end) for m in doc._.mentions if m.kind == "name" and entities[m.entity].kind != "PopulationGroup"
    ]
    spans += [(t.begin, t.end) for t in doc._.timexes]
    for number, (begin, end) in enumerate(
        sorted(spans, key=lambda s: s[1] - s[0])
    ):  # the longest name has the last word
        span = doc.char_span(begin, end)
        if span is not None:
            out.update(dict.fromkeys(range(span.start, span.end), number))
    return out


class Fields:
    """Analyses the syntax of each sentence on its own."""

    def __init__(self) -> None:
        register_extensions()
        self._cases = load_cases()
        self._lexicon = load_lexicon()

    def __call__(self, doc: Doc) -> Doc:
        """Analyse ``doc`` in place and return it."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> tuple[Syntax, ...]:
        """Return the syntax of every sentence, in order."""
        named = _named(doc)
        events = frozenset(t.lemma_ for t in doc if t.tag_ == "NN" and self._lexicon.of_noun(t.lemma_)[1])
        return tuple(analyse(sentence, self._cases, named, events) for sentence in doc.sents)

    def set_annotations(self, doc: Doc, found: tuple[Syntax, ...]) -> None:
        """Write the result of :meth:`match`."""
        doc._.clauses = found
