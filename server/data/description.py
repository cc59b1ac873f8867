"""The endpoint's description of itself, as triples among the data: service, VoID, prefixes, example queries.

SPARQL editors and language models that know these vocabularies find here what they can ask.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import pyoxigraph as ox
from rdflib import Namespace
from rdflib.namespace import DCTERMS, RDF, RDFS, SH, VOID, XSD

from kg.namespaces import PREFIXES, SCHEMA
from kg.resources import listed
from kg.store.base import ONTOLOGY
from server.http.formats import GRAPHS, RESULTS
from server.ipc.messages import Head

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
GRAPH = "graph/service"
_FORMAT_IRIS = {
    "json": "SPARQL_Results_JSON", "xml": "SPARQL_Results_XML", "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV", "ttl": "Turtle", "nt": "N-Triples", "rdf": "RDF_XML", "jsonld": "JSON-LD",
    "trig": "TriG", "nq": "N-Quads",
}  # fmt: skip
_COUNTS = """SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects)
(COUNT(DISTINCT ?p) AS ?properties) { ?s ?p ?o }"""
_CLASSES = "SELECT ?class (COUNT(DISTINCT ?s) AS ?n) { ?s a ?class FILTER(isIRI(?class)) } GROUP BY ?class"
_PROPERTIES = "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p"
_BOTH = "SELECT ?class ?p (COUNT(*) AS ?n) { ?s a ?class ; ?p ?o FILTER(isIRI(?class)) } GROUP BY ?class ?p"
_LABEL = re.compile(r"^# (de|en): (.+)$", re.MULTILINE)
_SERVICE = re.compile(r"\bSERVICE\s+(?:SILENT\s+)?<([^>]*)>")
_FORM = re.compile(r"^(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.MULTILINE)

Subject = ox.NamedNode | ox.BlankNode


class Example:
    """One shipped example query."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.labels = dict(_LABEL.findall(text))
        self.query = _LABEL.sub("", text).strip() + "\n"
        self.services = frozenset(_SERVICE.findall(self.query))
        form = _FORM.search(self.query)
        assert form is not None, name
        self.form = form[1].capitalize()


def examples(allowed_services: Collection[str] = ()) -> list[Example]:
    """Return the shipped example queries, by name, without those that ask services which are not allowed."""
    shipped = [Example(file.name.removesuffix(".rq"), file.read_text(encoding="utf8")) for file in listed("queries", ".rq")]
    return [example for example in shipped if example.services <= set(allowed_services)]


class StoreDescription:
    """The graph ``graph/service`` of one store; ``settings`` are those of its fork server."""

    def __init__(self, settings: Head) -> None:
        self.base = settings["base"]
        self.graph = ox.NamedNode(self.base + GRAPH)
        self.ontology = ox.NamedNode(self.base + ONTOLOGY)
        self.dataset = ox.NamedNode(self.base + "void")
        self.writable = bool(settings["writable"])
        self.allowed_services = tuple(settings["allow_service"])
        url = settings["public_url"]
        self.address = ox.NamedNode(url.rstrip("/") + "/sparql") if url else None  # None: known only when somebody asks
        self.service = self.address or self._part("service")

    def leave(self, store: ox.Store) -> None:
        """Take the description out of the data."""
        store.remove_graph(self.graph)

    def enter(self, store: ox.Store) -> None:
        """Put the description of what the store holds now into it; a store of other people's data is left alone."""
        if not store.contains_named_graph(self.ontology):
            return
        triples = [*self.fixed(), *self._dataset(store)]
        store.bulk_extend(ox.Quad(s, p, o, self.graph) for s, p, o in triples)

    def fixed(self) -> Iterator[ox.Triple]:
        """Yield what does not depend on the data."""
        yield from self._service()
        yield from self._prefixes()
        yield from self._examples()

    def _service(self) -> Iterator[ox.Triple]:
        yield _triple(self.service, RDF.type, SD.Service)
        if self.address is not None:
            yield _triple(self.service, SD.endpoint, self.address.value)
        languages = ("SPARQL10Query", "SPARQL11Query", *(["SPARQL11Update"] if self.writable else []))
        for language in languages:
            yield _triple(self.service, SD.supportedLanguage, SD[language])
        for feature in ("UnionDefaultGraph", *(["BasicFederatedQuery"] if self.allowed_services else [])):
            yield _triple(self.service, SD.feature, SD[feature])
        for format_ in (*RESULTS, *GRAPHS):
            yield _triple(self.service, SD.resultFormat, FORMATS[_FORMAT_IRIS[format_.name]])
        for format_ in GRAPHS if self.writable else ():
            yield _triple(self.service, SD.inputFormat, FORMATS[_FORMAT_IRIS[format_.name]])
        yield _triple(self.service, SD.defaultDataset, self.dataset.value)

    def _dataset(self, store: ox.Store) -> Iterator[ox.Triple]:
        dataset = self.dataset
        for kind in (VOID.Dataset, SD.Dataset):
            yield _triple(dataset, RDF.type, kind)
        yield _triple(dataset, DCTERMS.title, ox.Literal("Lagebild: Ereignisse aus deutschen Nachrichten", language="de"))
        yield _triple(dataset, DCTERMS.title, ox.Literal("Lagebild: events from German news", language="en"))
        if self.address is not None:
            yield _triple(dataset, VOID.sparqlEndpoint, self.address.value)
        yield _triple(dataset, VOID.uriSpace, ox.Literal(self.base))
        for namespace in PREFIXES.values():
            yield _triple(dataset, VOID.vocabulary, namespace)
        default = self._part("default")
        yield _triple(dataset, SD.defaultGraph, default.value)
        yield _triple(default, RDF.type, SD.Graph)
        row = next(iter(_select(store, _COUNTS)))
        yield _triple(default, VOID.triples, row["triples"])
        for property_, name in (
            (VOID.triples, "triples"), (VOID.distinctSubjects, "subjects"), (VOID.distinctObjects, "objects"),
            (VOID.properties, "properties"),
        ):  # fmt: skip
            yield _triple(dataset, property_, row[name])
        yield from self._graphs(store)
        yield from self._partitions(store)

    def _graphs(self, store: ox.Store) -> Iterator[ox.Triple]:
        """Name the graphs that are shipped or computed; those of articles are as many as articles."""
        for graph in store.named_graphs():
            if isinstance(graph, ox.NamedNode) and graph.value.startswith(self.base + "graph/"):
                part = self._part("graph-" + graph.value.rpartition("/")[2])
                yield _triple(self.dataset, SD.namedGraph, part.value)
                yield _triple(part, RDF.type, SD.NamedGraph)
                yield _triple(part, SD.name, graph.value)

    def _partitions(self, store: ox.Store) -> Iterator[ox.Triple]:
        numbers: dict[str, int] = {}

        def part_of(term: ox.NamedNode) -> str:
            return f"class-{numbers.setdefault(term.value, len(numbers) + 1)}"

        for row in _select(store, _CLASSES):
            part = self._part(part_of(row["class"]))
            yield _triple(self.dataset, VOID.classPartition, part.value)
            yield _triple(part, VOID["class"], row["class"].value)
            yield _triple(part, VOID.entities, row["n"])
        for number, row in enumerate(_select(store, _PROPERTIES), 1):
            yield from self._properties(self.dataset, self._part(f"property-{number}"), row)
        for number, row in enumerate(_select(store, _BOTH), 1):
            part = self._part(part_of(row["class"]))
            yield from self._properties(part, self._part(f"class-property-{number}"), row)
        yield _triple(self.dataset, VOID.classes, ox.Literal(len(numbers)))

    def _properties(self, whole: ox.NamedNode, part: ox.NamedNode, row: Any) -> Iterator[ox.Triple]:
        yield _triple(whole, VOID.propertyPartition, part.value)
        yield _triple(part, VOID.property, row["p"].value)
        yield _triple(part, VOID.triples, row["n"])

    def _prefixes(self) -> Iterator[ox.Triple]:
        for prefix, namespace in PREFIXES.items():
            declaration = self._part(f"prefix-{prefix}")
            yield _triple(self.service, SH.declare, declaration.value)
            yield _triple(declaration, RDF.type, SH.PrefixDeclaration)
            yield _triple(declaration, SH.prefix, ox.Literal(prefix))
            yield _triple(declaration, SH.namespace, ox.Literal(namespace, datatype=ox.NamedNode(XSD.anyURI)))

    def _examples(self) -> Iterator[ox.Triple]:
        for example in examples(self.allowed_services):
            node = ox.NamedNode(f"{self.base}query/{example.name}")
            kind = f"SPARQL{example.form}Executable"
            for type_ in (SH.SPARQLExecutable, SH[kind]):
                yield _triple(node, RDF.type, type_)
            for language, label in example.labels.items():
                yield _triple(node, RDFS.label, ox.Literal(label, language=language))
                yield _triple(node, RDFS.comment, ox.Literal(label, language=language))
            yield _triple(node, SH.prefixes, self.service.value)
            yield _triple(node, SH[example.form.casefold()], ox.Literal(example.query))
            if self.address is not None:
                yield _triple(node, SCHEMA["url"], self.address.value)

    def _part(self, name: str) -> ox.NamedNode:
        return ox.NamedNode(f"{self.dataset.value}#{name}")


def _select(store: ox.Store, query: str) -> Iterable[Any]:
    return store.query(query, use_default_graph_as_union=True)  # type: ignore[return-value]


def _triple(subject: Subject, predicate: str, value: str | ox.NamedNode | ox.Literal) -> ox.Triple:
    term = value if isinstance(value, ox.NamedNode | ox.Literal) else ox.NamedNode(value)
    return ox.Triple(subject, ox.NamedNode(predicate), term)
