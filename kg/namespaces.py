"""The closed vocabulary: a term that is not listed here raises instead of becoming a silent new IRI."""

from __future__ import annotations

from rdflib import Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, XSD, ClosedNamespace

from kg.event_kinds import event_kinds

LANGUAGES = ("de", "en")  # of labels and definitions
DEFAULT_BASE = "https://w3id.org/lagebild/"
ONTOLOGY_IRI = URIRef("https://w3id.org/lagebild/ontology")

ACTOR_KINDS = (
    "ArmedGroup", "Militia", "StateForce", "Coalition", "Government", "InternationalOrganization",
    "MediaOrganization", "Organization", "Person", "PopulationGroup",
)  # fmt: skip
PLACE_KINDS = ("Country", "Region", "City", "District", "Facility", "WaterBody")
TOWN_KINDS = frozenset(("City", "District"))
TERRITORY_KINDS = frozenset(("Country", "Region", "City", "District"))
ACTING_KINDS = frozenset((*ACTOR_KINDS, "Country"))  # who may do something: a country closes a border
IMPERSONAL_KINDS = frozenset(ACTOR_KINDS) - {"Person"}
FIGHTING_KINDS = frozenset(("ArmedGroup", "Militia", "StateForce", "Coalition"))
GROUP_KINDS = FIGHTING_KINDS | {"PopulationGroup"}
CROWD_KINDS = GROUP_KINDS - {"Coalition"}  # of people, whom a noun in the plural takes up
NOUN_GROUP_KINDS = CROWD_KINDS - {"Militia"}  # what a common noun makes of people: Kämpfer, Soldaten, Bewohner
ORGANIZED_KINDS = FIGHTING_KINDS | {"Organization"}  # with leaders and members
NAMED_GROUP_KINDS = FIGHTING_KINDS | {"InternationalOrganization"}  # whose name stands beside the noun for its people
PROPER_GROUP_KINDS = IMPERSONAL_KINDS - {"PopulationGroup", "Government"}  # with a proper name of their own
INSTITUTION_KINDS = frozenset(("Organization", "MediaOrganization", "InternationalOrganization", "Government"))
EVENT_KINDS = tuple(kind.name for kind in event_kinds().values() if not kind.parent)
EVENT_SUBKINDS = {kind.name: kind.parent for kind in event_kinds().values() if kind.parent}
ROLES = ("agent", "target", "place")
FACTUALITIES = ("Factual", "Reported", "Uncertain", "Negated", "Future")
PROPERTIES = (
    "agent", "target", "place", "earliest", "latest", "factuality", "attributedTo", "confidence", "timeExpression",
    "fatalities", "fatalitiesMin", "fatalitiesMax", "injured", "injuredMin", "injuredMax",
    "locatedIn", "country", "sourcePath", "contentHash", "epithet", "demonym", "latitude", "longitude",
    "linkScore",
    "resolves", "score", "reason", "reports", "independentReports", "copyOf",
    "fatalitiesLow", "fatalitiesBest", "fatalitiesHigh",
    "holder", "earliestStart", "latestStart", "earliestEnd", "latestEnd", "contested", "evidence",
)  # fmt: skip

LB = ClosedNamespace(
    "https://w3id.org/lagebild/ontology#",
    ["Actor", "Place", "Event", "Factuality", "ControlPeriod", "Resolution",
     *ACTOR_KINDS, *PLACE_KINDS, *EVENT_KINDS, *EVENT_SUBKINDS, *FACTUALITIES,
     *PROPERTIES],
)  # fmt: skip
SEM = ClosedNamespace(
    "http://semanticweb.cs.vu.nl/2009/11/sem/",
    ["Event", "Actor", "Place", "hasActor", "hasPlace", "hasSubEvent",
     "hasEarliestBeginTimeStamp", "hasLatestEndTimeStamp"],
)  # fmt: skip
GAF = ClosedNamespace("http://groundedannotationframework.org/gaf#", ["Mention", "denotedBy"])
NIF = ClosedNamespace(
    "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    ["Context", "OffsetBasedString", "Sentence", "String", "isString", "referenceContext", "beginIndex", "endIndex",
     "anchorOf", "sentence"],
)  # fmt: skip
GEO = ClosedNamespace("http://www.opengis.net/ont/geosparql#", ["Feature", "asWKT", "wktLiteral"])
SCHEMA = ClosedNamespace(
    "https://schema.org/",
    ["NewsArticle", "headline", "datePublished", "url", "publisher", "author", "inLanguage", "about"],
)
WD = Namespace("http://www.wikidata.org/entity/")
FOAF = ClosedNamespace("http://xmlns.com/foaf/0.1/", ["isPrimaryTopicOf"])
VOID = ClosedNamespace(
    "http://rdfs.org/ns/void#",
    ["Dataset", "Linkset", "linkPredicate", "subjectsTarget", "objectsTarget", "triples", "sparqlEndpoint",
     "dataDump", "vocabulary", "entities", "subset", "uriSpace", "exampleResource", "feature"],
)  # fmt: skip

RESULTS_JSON = "application/sparql-results+json"
PREFIXES: dict[str, str] = {
    "lb": str(LB), "sem": str(SEM), "gaf": str(GAF), "nif": str(NIF), "geo": str(GEO), "schema": str(SCHEMA),
    "wd": str(WD), "foaf": str(FOAF), "void": str(VOID), "prov": str(PROV), "dcterms": str(DCTERMS),
    "skos": str(SKOS), "owl": str(OWL), "rdf": str(RDF), "rdfs": str(RDFS), "xsd": str(XSD),
}  # fmt: skip
DECLARED = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in PREFIXES.items())  # on one line, before a query
