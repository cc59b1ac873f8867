"""What is known of an article before it is annotated."""

from __future__ import annotations

from urllib.parse import quote

from pyoxigraph import NamedNode
from rdflib.namespace import PROV, RDF, RDFS

from kg.graph.context import GraphContext
from kg.graph.descriptions import Description, Descriptions
from kg.graph.terms import iri, literal, moment
from kg.namespaces import LB, NIF, SCHEMA
from kg.reading import Article

IRI_CHARACTERS = "/:?#[]@!$&'()*+,;=%-._~"
_TYPE, _LABEL, _ACTIVITY, _GENERATED = iri(RDF.type), iri(RDFS.label), iri(PROV.Activity), iri(PROV.wasGeneratedBy)
_KINDS = (iri(SCHEMA.NewsArticle), iri(NIF.Context))
_PATH, _HASH, _TEXT = iri(LB.sourcePath), iri(LB.contentHash), iri(NIF.isString)
_HEADLINE, _PUBLISHED = iri(SCHEMA.headline), iri(SCHEMA.datePublished)
_URL, _PUBLISHER = iri(SCHEMA.url), iri(SCHEMA.publisher)


def header(article: Article, setting: GraphContext) -> Descriptions:
    """Return what is known of an article before it is annotated; the same header means the same graph."""
    run = str(NamedNode(f"{setting.base}run/{setting.run}"))
    graph = Descriptions()
    graph.nodes[str(setting.article(article.id))] = {**_of_the_article(article), _GENERATED: [run]}
    graph.nodes[run] = {_TYPE: [_ACTIVITY], _LABEL: [literal(setting.software)]}
    return graph


def _of_the_article(article: Article) -> Description:
    address = address_of(article.url) if article.url else None
    said = {
        _TYPE: [*_KINDS],
        _PATH: [literal(readable_path(article.source_path))],
        _HASH: [literal(article.content_hash)],
        _TEXT: [literal(article.text)],
        _HEADLINE: [literal(article.title, "de")] if article.title else [],
        _PUBLISHED: [moment(article.published, "T00:00:00Z")] if article.published else [],
        _URL: [str(address)] if address else [],
        _PUBLISHER: [literal(article.publisher)] if article.publisher else [],
    }
    return {predicate: values for predicate, values in said.items() if values}


def readable_path(path: str) -> str:
    """Return a path with a mark in place of each byte that is no UTF-8: literals hold none."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def address_of(url: str) -> NamedNode | None:
    """Return ``url`` as an IRI; None for what is none, such as an address without ``https:``."""
    try:
        return NamedNode(quote(url, safe=IRI_CHARACTERS, errors="replace"))
    except ValueError:
        return None
