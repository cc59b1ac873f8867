"""The store's links for people who work with links: an RDF linkset with VoID, an SSSOM table, a Mix'n'match catalogue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, XSD

from kg.errors import StoreError
from kg.linking.entities import Match, StoredEntity, read_entities, read_matches
from kg.namespaces import LB, ONTOLOGY_IRI, PREFIXES, VOID, WD
from kg.provenance import software
from kg.store.base import GAZETTEER, GraphStore

PUBLIC_DOMAIN = "https://creativecommons.org/publicdomain/zero/1.0/"
SEMAPV = "https://w3id.org/semapv/vocab/"
CURATED, LEXICAL = "semapv:ManualMappingCuration", "semapv:LexicalSimilarityThresholdMatching"
SSSOM_COLUMNS = (
    "subject_id", "subject_label", "subject_category", "predicate_id", "object_id", "object_label",
    "mapping_justification", "confidence", "mapping_tool", "comment",
)  # fmt: skip
CATALOGUE_COLUMNS = ("id", "name", "desc", "url", "q")
_SCORES = f"""SELECT ?entity ?target ?score ?name ?evidence {{
  ?link <{RDFS.seeAlso}> ?target ; <https://schema.org/about> ?entity .
  OPTIONAL {{ ?link <{LB.linkScore}> ?score }} OPTIONAL {{ ?link <{DCTERMS.title}> ?name }}
  OPTIONAL {{ ?link <{DCTERMS.description}> ?evidence }} }}"""


def write_linkset(store: GraphStore, out: BinaryIO) -> None:
    """Write exact links as owl:sameAs and close ones as skos:closeMatch, a VoID linkset for each data set and kind."""
    serialize(_linkset(_base(store), read_matches(store)), out, format=RdfFormat.TURTLE, prefixes=PREFIXES)


def _linkset(base: str, matches: Iterable[Match]) -> Iterator[Triple]:
    sets: defaultdict[tuple[str, bool], list[Match]] = defaultdict(list)
    for match in matches:
        sets[match.target.rpartition("/")[0] + "/", match.exact].append(match)
    for number, ((space, exact), links) in enumerate(sorted(sets.items(), key=lambda item: (item[0][0], not item[0][1]))):
        node, predicate = NamedNode(f"{base}linkset/{number + 1}"), OWL.sameAs if exact else SKOS.closeMatch
        pairs = sorted({(link.entity, link.target) for link in links})
        for what, value in (
            (RDF.type, NamedNode(VOID.Linkset)),
            (VOID.linkPredicate, NamedNode(predicate)),
            (VOID.subjectsTarget, NamedNode(base + GAZETTEER)),
            (VOID.objectsTarget, NamedNode(space)),
            (VOID.triples, Literal(str(len(pairs)), datatype=NamedNode(XSD.integer))),
            (DCTERMS.license, NamedNode(PUBLIC_DOMAIN)),
        ):
            yield Triple(node, NamedNode(what), value)
        for entity, target in pairs:
            yield Triple(NamedNode(entity), NamedNode(predicate), NamedNode(target))


def write_sssom(store: GraphStore, out: BinaryIO) -> None:
    """Write an SSSOM table with its metadata as comments above it."""
    base, known, told = _base(store), read_entities(store), _told(store)
    spaces = {"lbe": f"{base}entity/", "wd": str(WD), "lb": str(LB), "skos": PREFIXES["skos"], "semapv": SEMAPV}
    lines = [
        "#curie_map:",
        *(f'#  {prefix}: "{iri}"' for prefix, iri in sorted(spaces.items())),
        f'#mapping_set_id: "{base}linkset"',
        f'#mapping_set_version: "{software().rpartition(" ")[2]}"',
        '#mapping_set_title: "Lagebild: actors and places of conflict reporting, linked"',
        f'#license: "{PUBLIC_DOMAIN}"',
        f'#subject_source: "{ONTOLOGY_IRI}"',
        "\t".join(SSSOM_COLUMNS),
    ]
    for match in read_matches(store):
        lines.append("\t".join(_cells(_mapping(match, known.get(match.entity), told, spaces))))
    out.write(("\n".join(lines) + "\n").encode())


def _mapping(
    match: Match, entity: StoredEntity | None, told: dict[tuple[str, str], dict[str, str]], spaces: dict[str, str]
) -> list[str]:
    said = told.get((match.entity, match.target), {})
    score = "" if match.exact or not said.get("score") else f"{float(said['score']) / 100:.3f}"
    return [
        _curie(match.entity, spaces), entity.label("en") if entity else "", f"lb:{entity.kind}" if entity else "",
        "skos:exactMatch" if match.exact else "skos:closeMatch", _curie(match.target, spaces), said.get("name", ""),
        CURATED if match.exact else LEXICAL, score, "" if match.shipped else software(), said.get("evidence", ""),
    ]  # fmt: skip


def write_catalogue(store: GraphStore, out: BinaryIO) -> None:
    """Write actors and places as a catalogue for Mix'n'match, with the Wikidata item where it is known."""
    base, known = _base(store), read_entities(store)
    items = {m.entity: m.target.removeprefix(str(WD)) for m in read_matches(store) if m.exact and m.target.startswith(WD)}
    lines = ["\t".join(CATALOGUE_COLUMNS)]
    for entity in sorted(known.values(), key=lambda e: e.iri):
        where = [known[iri].label("en") for iri in (entity.place, entity.country) if iri in known]
        description = ", ".join([entity.kind, *dict.fromkeys(where)])
        cells = [entity.iri.removeprefix(f"{base}entity/"), entity.label("en"), description, entity.iri]
        lines.append("\t".join(_cells([*cells, items.get(entity.iri, "")])))
    out.write(("\n".join(lines) + "\n").encode())


def _base(store: GraphStore) -> str:
    if store.base is None:
        raise StoreError(f"{store}: nothing in this store yet; kg build INPUT --store {store}")
    return store.base


def _told(store: GraphStore) -> dict[tuple[str, str], dict[str, str]]:
    """Return what linking wrote down of its links, by entity and target."""
    rows = sorted(store.query(_SCORES), key=str)
    return {
        (row["entity"].value, row["target"].value): {
            name: row[name].value for name in ("score", "name", "evidence") if row[name] is not None
        }
        for row in rows
    }


def _curie(iri: str, spaces: dict[str, str]) -> str:
    """Return the short form of an IRI, the IRI itself where no prefix fits."""
    for prefix, space in spaces.items():
        if iri.startswith(space) and "/" not in iri[len(space) :]:
            return f"{prefix}:{iri[len(space) :]}"
    return iri


def _cells(values: Iterable[str]) -> list[str]:
    return [" ".join(value.split()) for value in values]
