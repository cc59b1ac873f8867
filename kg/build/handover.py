"""What resolution needs of an article, taken from its graph before that is in a store."""

from __future__ import annotations

from collections import defaultdict

from rdflib.namespace import DCTERMS, PROV

from kg.graph import Descriptions
from kg.graph.descriptions import Description
from kg.graph.terms import iri, lexical
from kg.namespaces import GAF, LB, NIF, SCHEMA
from kg.resolution.copies import sign
from kg.resolution.report_reader import STATEMENTS, ArticleReports, Head, Said, day_of, report_of

_HASH, _GENERATED, _PUBLISHED = iri(LB.contentHash), iri(PROV.wasGeneratedBy), iri(SCHEMA.datePublished)
_TEXT, _IDENTIFIER = iri(NIF.isString), iri(DCTERMS.identifier)
_DENOTED_BY, _FACTUALITY = iri(GAF.denotedBy), iri(LB.factuality)
_STATEMENTS = {iri(predicate): predicate for predicate in STATEMENTS}


def reports_in(article: str, graph: Descriptions, base: str) -> ArticleReports | None:
    """Return what the graph of an article (its IRI) says of events, as :func:`read_reports` does out of a store.

    None where the graph doesn't say what was read by what.
    """
    own = graph.nodes.get(iri(article), {})
    if _HASH not in own or _GENERATED not in own:
        return None
    published = day_of(_value(own[_PUBLISHED][0]) if _PUBLISHED in own else None)
    head = Head(article, f"{_value(own[_HASH][0])} {_value(own[_GENERATED][0])}", published)
    events = ((_value(said[_IDENTIFIER][0]), _said(graph, said)) for said in graph.nodes.values() if _IDENTIFIER in said)
    reports = (report_of(article, f"{base}event/{identifier}", published, said) for identifier, said in events)
    text = "".join(map(lexical, own.get(_TEXT, ())))
    return ArticleReports(head, sign(text), tuple(report.as_json() for report in reports))


def _said(graph: Descriptions, event: Description) -> Said:
    """Return what is said of an event, with the certainties of its mentions."""
    found: Said = defaultdict(list)
    for predicate, values in event.items():
        if predicate in _STATEMENTS:
            found[_STATEMENTS[predicate]] = [_value(value) for value in values]
    mentions = (graph.nodes.get(mention, {}) for mention in event.get(_DENOTED_BY, ()))
    found["certainty"] = [_value(one).removeprefix(str(LB)) for said in mentions for one in said.get(_FACTUALITY, ())]
    return found


def _value(term: str) -> str:
    return term[1:-1] if term[0] == "<" else lexical(term)
