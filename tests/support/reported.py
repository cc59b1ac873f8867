"""Articles as small graphs: what resolution reads of them."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Triple
from rdflib.namespace import DCTERMS, PROV, RDF, XSD

from kg.namespaces import DEFAULT_BASE, GAF, LB, NIF, SCHEMA

DATE_TIME, COUNT = NamedNode(XSD.dateTime), NamedNode(XSD.nonNegativeInteger)


def article_triples(name: str, text: str, content: str = "") -> tuple[NamedNode, list[Triple]]:
    """Make the graph of an article out of ``published event ; event``.

    An event is ``Kind id place day[..day] agent target [dead]``, ``-`` for nobody.
    """
    article = NamedNode(f"{DEFAULT_BASE}article/{name}")
    published, _, events = text.partition(" ")
    triples = [
        Triple(article, _n(RDF.type), _n(SCHEMA.NewsArticle)),
        Triple(article, _n(LB.contentHash), Literal(f"sha256:{abs(hash(text + content))}")),
        Triple(article, _n(NIF.isString), Literal(content or name)),
        Triple(article, _n(SCHEMA.datePublished), _moment(published, "T00:00:00Z")),
        Triple(article, _n(PROV.wasGeneratedBy), NamedNode(f"{DEFAULT_BASE}run/1")),
    ]
    for event in filter(None, events.split(" ; ")):
        triples += _event(article, *event.split())
    return article, triples


def _event(article: NamedNode, kind: str, identifier: str, place: str, days: str, *who: str) -> list[Triple]:
    event = NamedNode(f"{DEFAULT_BASE}event/{identifier}")
    mention = NamedNode(f"{article.value}#{identifier}")
    first, _, last = days.partition("..")
    agent, target, *dead = who
    found = [
        Triple(event, _n(RDF.type), _n(LB[kind])),
        Triple(event, _n(DCTERMS.identifier), Literal(identifier)),
        Triple(event, _n(LB.place), _entity(place)),
        Triple(event, _n(LB.earliest), _moment(first, "T00:00:00Z")),
        Triple(event, _n(LB.latest), _moment(last or first, "T23:59:59Z")),
        Triple(event, _n(GAF.denotedBy), mention),
        Triple(mention, _n(LB.factuality), _n(LB.Factual)),
    ]
    found += [Triple(event, _n(LB.agent), _entity(agent))] if agent != "-" else []
    found += [Triple(event, _n(LB.target), _entity(target))] if target != "-" else []
    return found + [Triple(event, _n(LB.fatalities), Literal(number, datatype=COUNT)) for number in dead]


def _entity(slug: str) -> NamedNode:
    return NamedNode(f"{DEFAULT_BASE}entity/{slug}")


def _moment(day: str, time: str) -> Literal:
    return Literal(day + time, datatype=DATE_TIME)


def _n(iri: str) -> NamedNode:
    return NamedNode(iri)
