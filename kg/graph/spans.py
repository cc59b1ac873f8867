"""The stretches of one article's text that its graph speaks of, as NIF resources."""

from __future__ import annotations

from bisect import bisect_right

from rdflib.namespace import RDF
from spacy.tokens import Doc

from kg.graph.descriptions import Description, Descriptions
from kg.graph.terms import count, iri, literal
from kg.namespaces import GAF, NIF
from kg.reading import Article

_TYPE, _STRETCH, _MENTION, _SENTENCE = iri(RDF.type), iri(NIF.OffsetBasedString), iri(GAF.Mention), iri(NIF.Sentence)
_WORDS, _BEGIN, _END = iri(NIF.anchorOf), iri(NIF.beginIndex), iri(NIF.endIndex)
_CONTEXT, _IN_SENTENCE = iri(NIF.referenceContext), iri(NIF.sentence)


class Spans:
    """The stretches of an article's text, each described in its graph when it is first asked for."""

    def __init__(self, graph: Descriptions, article: Article, doc: Doc, node: str) -> None:
        self._graph, self._node = graph, node
        self._text, self._read = article.text, doc.text  # sentences left out are blanks in what was read
        self._sentences = [self._trimmed(s.start_char, s.end_char) for s in doc.sents]
        self._begins = [begin for begin, _ in self._sentences]
        self._address = f"{node[:-1]}#offset_"

    def stretch(self, begin: int, end: int) -> str:
        """Return a stretch of text."""
        return self._described(begin, end)[0]

    def mention(self, begin: int, end: int) -> str:
        """Return a mention, which the graph names the sentence of."""
        span, said = self._described(begin, end)
        if _MENTION not in said[_TYPE]:
            said[_TYPE].append(_MENTION)
            index = bisect_right(self._begins, begin) - 1
            if index >= 0:
                said[_IN_SENTENCE] = [self._sentence(index)]
        return span

    def sentence_words(self, begin: int) -> str:
        """Return the words of the sentence in which ``begin`` lies."""
        index = bisect_right(self._begins, begin) - 1
        return " ".join(self._text[slice(*self._sentences[max(index, 0)])].split())

    def _sentence(self, index: int) -> str:
        span, said = self._described(*self._sentences[index])
        if _SENTENCE not in said[_TYPE]:
            said[_TYPE].append(_SENTENCE)
        return span

    def _described(self, begin: int, end: int) -> tuple[str, Description]:
        """Return a stretch and what is said of it: where it stands and its words."""
        span = f"{self._address}{begin}_{end}>"
        said = self._graph.nodes.get(span)
        if said is None:
            said = self._graph.nodes[span] = {
                _TYPE: [_STRETCH],
                _WORDS: [literal(self._text[begin:end])],
                _BEGIN: [count(begin)],
                _END: [count(end)],
                _CONTEXT: [self._node],
            }
        return span, said

    def _trimmed(self, begin: int, end: int) -> tuple[int, int]:
        """Leave out white space around a sentence."""
        inner = self._read[begin:end]
        return begin + len(inner) - len(inner.lstrip()), begin + len(inner.rstrip())
