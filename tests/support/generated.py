"""Small articles' graphs with random faults: what a check must find, and what it must let pass."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.namespaces import DECLARED

XSD = "http://www.w3.org/2001/XMLSchema#"
ARTICLE = """
<https://w3id.org/lagebild/article/NAME> a schema:NewsArticle , nif:Context ; lb:sourcePath "NAME.txt" ;
    nif:isString "Die Armee griff an." ;
    lb:contentHash "sha256:0000000000000000000000000000000000000000000000000000000000000000" ;
    prov:wasGeneratedBy <urn:run:NAME> ;
    schema:headline "Angriff"@de ; schema:datePublished "2017-11-09T00:00:00Z"^^xsd:dateTime ;
    schema:url <https://bote.example/NAME> .
<urn:run:NAME> a prov:Activity .
<urn:s:NAME> a nif:Sentence , nif:OffsetBasedString ; nif:anchorOf "Die Armee griff an." ;
    nif:beginIndex "0"^^xsd:nonNegativeInteger ;
    nif:endIndex "19"^^xsd:nonNegativeInteger ; nif:referenceContext <https://w3id.org/lagebild/article/NAME> .
<urn:m:NAME> a gaf:Mention , nif:OffsetBasedString ; nif:anchorOf "griff" ;
    nif:beginIndex "10"^^xsd:nonNegativeInteger ;
    nif:endIndex "15"^^xsd:nonNegativeInteger ; nif:referenceContext <https://w3id.org/lagebild/article/NAME> ;
    nif:sentence <urn:s:NAME> ;
    lb:factuality lb:Factual ; lb:confidence 0.9 ; lb:attributedTo <https://w3id.org/lagebild/entity/syrian-army> .
<urn:e:NAME> a lb:Capture ; rdfs:label "Einnahme"@de , "Capture"@en ; gaf:denotedBy <urn:m:NAME> ;
    lb:agent <urn:a:NAME> ;
    lb:target <https://w3id.org/lagebild/entity/abu-kamal> ; lb:place <https://w3id.org/lagebild/entity/abu-kamal> ;
    lb:earliest "2017-11-08T00:00:00Z"^^xsd:dateTime ; lb:latest "2017-11-09T23:59:59Z"^^xsd:dateTime ;
    lb:fatalitiesMin "2"^^xsd:nonNegativeInteger ; lb:fatalitiesMax "5"^^xsd:nonNegativeInteger .
<urn:a:NAME> a lb:ArmedGroup ; rdfs:label "Gruppe"@de ; skos:altLabel "Miliz"@de .
"""
VALUES = (
    Literal("x"), Literal("Miliz", language="de"), Literal("Militia", language="en"), Literal("Milice", language="fr"),
    Literal("3", datatype=NamedNode(f"{XSD}nonNegativeInteger")), Literal("-3", datatype=NamedNode(f"{XSD}integer")),
    Literal("0.5", datatype=NamedNode(f"{XSD}decimal")), Literal("1.5", datatype=NamedNode(f"{XSD}decimal")),
    Literal("2017-11-09T12:00:00Z", datatype=NamedNode(f"{XSD}dateTime")),
    Literal("2016-02-29T00:00:00Z", datatype=NamedNode(f"{XSD}dateTime")),
    Literal("2017-11-09", datatype=NamedNode(f"{XSD}date")), Literal("true", datatype=NamedNode(f"{XSD}boolean")),
    NamedNode("https://w3id.org/lagebild/entity/syrian-army"), NamedNode("https://w3id.org/lagebild/entity/abu-kamal"),
    NamedNode("https://w3id.org/lagebild/ontology#Negated"), NamedNode("urn:nothing"), BlankNode("nobody"),
)  # fmt: skip
COMPARED = ("Index", "earliest", "latest", "fatalitiesMin", "fatalitiesMax")
Fault = Callable[[list[Triple], random.Random], list[Triple]]


def generated(number: int, seed: int = 1) -> Iterator[tuple[NamedNode, list[Triple]]]:
    """Yield (name, triples) of articles that share no node of their own, each with up to three faults."""
    chance = random.Random(seed)
    whole = DECLARED.replace("PREFIX", "@prefix").replace("> ", "> . ") + ARTICLE
    for n in range(number):
        name = f"a{n}"
        triples = [quad.triple for quad in parse(whole.replace("NAME", name), RdfFormat.TURTLE)]
        for _ in range(chance.choice((0, 1, 1, 1, 2, 3))):
            triples = chance.choice((_without, _otherwise, _twice, _other_type))(triples, chance)
        yield NamedNode(f"https://w3id.org/lagebild/article/{name}"), list(dict.fromkeys(triples))


def _without(triples: list[Triple], chance: random.Random) -> list[Triple]:
    left = chance.randrange(len(triples))
    return triples[:left] + triples[left + 1 :]


def _otherwise(triples: list[Triple], chance: random.Random) -> list[Triple]:
    changed = chance.randrange(len(triples))
    return [*triples[:changed], _with_another(triples[changed], chance), *triples[changed + 1 :]]


def _twice(triples: list[Triple], chance: random.Random) -> list[Triple]:
    return [*triples, _with_another(chance.choice(triples), chance)]


def _with_another(triple: Triple, chance: random.Random) -> Triple:
    """Return a triple with another value; not one on which pySHACL breaks: nodes to compare, decimals in SUBSTR."""
    name = triple.predicate.value
    values = list(VALUES)
    if name.endswith(COMPARED):
        values = [value for value in values if isinstance(value, Literal)]
    if name.endswith("Index"):
        values = [value for value in values if "decimal" not in str(value)]
    return Triple(triple.subject, triple.predicate, chance.choice(values))


def _other_type(triples: list[Triple], chance: random.Random) -> list[Triple]:
    changed = [n for n, t in enumerate(triples) if t.predicate.value.endswith("#type")]
    if not changed:
        return triples
    at, kind = chance.choice(changed), chance.choice(("Place", "Actor", "City", "Event", "Capture"))
    new = Triple(triples[at].subject, triples[at].predicate, NamedNode(f"https://w3id.org/lagebild/ontology#{kind}"))
    return [*triples[:at], new, *triples[at + 1 :]]
