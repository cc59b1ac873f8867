"""From the store to the statements of one OWL document, and these to RDF/XML or Turtle.

Articles, their sentences and mentions are passed on as they are read; only what several articles may speak of (events,
actors, places) is held in memory and written last.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import BinaryIO

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize
from rdflib.namespace import DCTERMS, OWL

from kg.errors import StoreError
from kg.export.owl.kinds import INDIVIDUAL, Kinds
from kg.export.owl.labels import Labels, passage_labels, thing_labels, without_labels
from kg.knowledge.triples import LABEL, TYPE
from kg.namespaces import LANGUAGES, ONTOLOGY_IRI, PREFIXES
from kg.store.base import DERIVED, GAZETTEER, LINKS, ONTOLOGY, GraphStore

HEADER = NamedNode(ONTOLOGY_IRI)
VERSION_IRI = NamedNode(OWL.versionIRI)
TITLE = {"de": "Lagebild: Ontologie, Gazetteer und Fakten", "en": "Lagebild: ontology, gazetteer and facts"}
RIGHTS = {
    "de": "Die Texte der Artikel gehören ihren Verlagen; die Lizenz gilt für Ontologie und Gazetteer.",
    "en": "The articles' texts are their publishers'; the license is that of ontology and gazetteer.",
}
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_rdf_xml(store: GraphStore, out: BinaryIO) -> None:
    """Write the document as RDF/XML, Protégé's usual format."""
    serialize(map(_printable, document(store)), out, format=RdfFormat.RDF_XML, prefixes=PREFIXES)


def write_turtle(store: GraphStore, out: BinaryIO) -> None:
    """Write the document as Turtle."""
    serialize(document(store), out, format=RdfFormat.TURTLE, prefixes=PREFIXES)


def document(store: GraphStore) -> Iterator[Triple]:
    """Yield the statements, subject by subject, the same for the same store.

    Raises :class:`StoreError` for an empty store and for a statement that OWL 2 DL has no place for.
    """
    base = store.base
    if base is None:
        raise StoreError(f"{store}: nothing in this store yet; kg build INPUT --store {store}")
    graph = NamedNode(base + ONTOLOGY)
    ontology = [t for t in store.triples(graph) if t.subject != graph]
    return _Document(store, base, ontology).statements()


class _Document:
    def __init__(self, store: GraphStore, base: str, ontology: list[Triple]) -> None:
        self._store = store
        self._base = base
        self._ontology = ontology
        self._kinds = Kinds(ontology)
        self._things: defaultdict[NamedNode, set[Triple]] = defaultdict(set)
        self._declared: set[str] = set()
        self._meant: set[str] = set()  # what relations lead to

    def statements(self) -> Iterator[Triple]:
        """Yield header, vocabulary, articles, then everything that is shared between them."""
        yield from self._header()
        idle = self._kinds.idle(self._ontology)
        yield from sorted((t for t in self._ontology if t.subject != HEADER and t.subject not in idle), key=str)
        self._declared.update(_subject(t).value for t in self._ontology if t.object == INDIVIDUAL)
        for article in self._store.articles():
            yield from self._article(article)
        for name in (GAZETTEER, DERIVED):
            graph = NamedNode(self._base + name)
            self._keep(t for t in self._store.triples(graph) if t.subject != graph)
        self._keep(t for t in self._store.triples(NamedNode(self._base + LINKS)) if t.subject in self._things)
        yield from self._shared()
        yield from self._undescribed()

    def _header(self) -> Iterator[Triple]:
        """Say what the document is; its name is not the ontology's, which may be open in Protégé beside it."""
        node = NamedNode(f"{self._base}export")
        said = sorted((t for t in self._ontology if t.subject == HEADER), key=str)
        told = {str(DCTERMS.description), str(DCTERMS.license), str(OWL.versionInfo)}
        yield Triple(node, TYPE, NamedNode(OWL.Ontology))
        for _, p, o in said:
            if p == VERSION_IRI and isinstance(o, NamedNode):
                yield Triple(node, p, NamedNode(f"{node.value}/{o.value.rpartition('/')[2]}"))
            elif p.value in told:
                yield Triple(node, p, o)
        for predicate, texts in ((DCTERMS.title, TITLE), (LABEL.value, TITLE), (DCTERMS.rights, RIGHTS)):
            for language, text in texts.items():
                yield Triple(node, NamedNode(predicate), Literal(text, language=language))

    def _article(self, article: NamedNode) -> Iterator[Triple]:
        own: list[Triple] = []
        passage = article.value + "#"
        for t in self._store.triples(article):
            subject = _subject(t)
            if subject == article or subject.value.startswith(passage):
                own.append(t)
            else:
                self._things[subject].add(t)
        own.sort(key=str)
        for node, group in groupby(own, key=_subject):
            statements = list(group)
            yield from self._individual(node, statements, passage_labels(node, statements))

    def _keep(self, triples: Iterable[Triple]) -> None:
        for t in triples:
            self._things[_subject(t)].add(t)

    def _shared(self) -> Iterator[Triple]:
        terms = {node: said for node, said in self._things.items() if self._kinds.is_schema(node)}
        things = {node: said for node, said in self._things.items() if node not in terms}
        labels = thing_labels(things, self._ontology)
        for node in sorted(things, key=str):
            yield from self._individual(node, things[node], labels[node])
        for node in sorted(terms, key=str):
            yield from sorted(terms[node], key=str)

    def _individual(self, node: NamedNode, statements: Iterable[Triple], labels: Labels) -> Iterator[Triple]:
        self._declared.add(node.value)
        yield Triple(node, TYPE, INDIVIDUAL)
        for language in LANGUAGES:
            yield Triple(node, LABEL, Literal(labels[language], language=language))
        for t in without_labels(statements):
            if breach := self._kinds.breach(t):
                raise StoreError(f"{self._store}: OWL 2 DL has no place for {breach}: {t}; export it as trig instead")
            if isinstance(t.object, NamedNode) and self._kinds.is_relation(t.predicate):
                self._meant.add(t.object.value)
            if t.object != INDIVIDUAL:
                yield t

    def _undescribed(self) -> Iterator[Triple]:
        """Declare what is only pointed at, so that nothing in Protégé is a bare IRI."""
        for iri in sorted(self._meant - self._declared):
            node = NamedNode(iri)
            yield Triple(node, TYPE, INDIVIDUAL)
            for language in LANGUAGES:
                yield Triple(node, LABEL, Literal(iri.removeprefix(self._base), language=language))


def _subject(triple: Triple) -> NamedNode:
    if not isinstance(triple.subject, NamedNode):
        raise StoreError(f"OWL 2 DL has no place for a blank node: {triple}; export it as trig instead")
    return triple.subject


def _printable(triple: Triple) -> Triple:
    """Put U+FFFD for characters that XML can't hold: as long as they, so that text offsets still count."""
    s, p, o = triple
    if not isinstance(o, Literal) or not NOT_XML.search(o.value):
        return triple
    clean = NOT_XML.sub("\ufffd", o.value)
    return Triple(s, p, Literal(clean, language=o.language) if o.language else Literal(clean, datatype=o.datatype))
