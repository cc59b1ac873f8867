"""``/ontology`` for people: every class and property with definition, examples and relations, and a diagram."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.namespaces import LB, ONTOLOGY_IRI, PREFIXES
from server.http.call import Answer, Call
from server.pages.kept_pages import KeptPages
from server.pages.ontology_diagram import Diagram, diagram
from server.pages.page_queries import PageQueries, Row
from server.pages.pages import Pages
from server.pages.reader import Reader

_TERMS = """SELECT ?s ?p ?o { ?s a ?kind ; rdfs:isDefinedBy <%s> ; ?p ?o
  VALUES ?kind { owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty lb:Factuality } }"""
_HEADER = "SELECT ?p ?o { <%s> ?p ?o }"
_LABELS = """SELECT ?s ?label { ?s rdfs:label ?label FILTER(LANG(?label) = "%s")
  { ?s a owl:Class } UNION { ?s a owl:ObjectProperty } UNION { ?s a owl:DatatypeProperty } }"""
_SECTIONS = (
    ("classes", "Class"),
    ("relations", "ObjectProperty"),
    ("values", "DatatypeProperty"),
    ("annotations", "AnnotationProperty"),
    ("individuals", "Factuality"),
)
_RELATIONS = (
    "subClassOf", "subPropertyOf", "domain", "range", "inverseOf", "disjointWith", "exactMatch", "closeMatch", "relatedMatch",
)  # fmt: skip


@dataclass
class Term:
    """A class, property or individual of the ontology; relations lead to IRIs."""

    iri: str
    kinds: set[str] = field(default_factory=set)
    texts: defaultdict[str, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(dict))
    relations: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def name(self) -> str:
        """The last part of its IRI, which is also its place on the page."""
        return self.iri.rpartition("#")[2]

    def text(self, what: str, language: str) -> str:
        """Return the label, definition, example or scopeNote in a language."""
        return " ".join(self.texts[what].get(language, []))


@dataclass(frozen=True)
class RelatedTerm:
    """Something that a term is related to."""

    name: str
    link: str
    title: str


class OntologyPage:
    """Makes the page; once for each state of the data."""

    def __init__(self, rows: PageQueries, pages: Pages, kept: KeptPages) -> None:
        self.rows = rows
        self.pages = pages
        self.kept = kept

    def answer(self, call: Call) -> Answer:
        """Return the page."""
        reader = Reader.of(call)
        return self.kept.answer(call, reader, lambda _: self._page(reader))

    def _page(self, reader: Reader) -> Answer:
        terms = _terms(self.rows.select(_TERMS % ONTOLOGY_IRI))
        language = reader.language
        labels = {row["s"].text: row["label"].text for row in self.rows.select(_LABELS % language)}
        header = _terms([{**row, "s": row["p"]} for row in self.rows.select(_HEADER % ONTOLOGY_IRI)])
        about = {iri.rpartition("/")[2].rpartition("#")[2]: term for iri, term in header.items()}
        values = {
            "iri": str(ONTOLOGY_IRI), "title": about["title"].text("title", language) if "title" in about else "Ontology",
            "about": {name: _said(term, language) for name, term in about.items()},
            "sections": [(id_, _sorted(terms.values(), kind)) for id_, kind in _SECTIONS],
            "relations": _RELATIONS, "target": lambda iri: _target(iri, terms, labels, language),
            "below": _below(terms.values()), "diagram": _diagram(terms, language),
            "formats": (("ttl", "Turtle"), ("rdf", "RDF/XML"), ("jsonld", "JSON-LD"), ("nt", "N-Triples")),
        }  # fmt: skip
        return self.pages.page(reader, "ontology.html", values)


def _terms(rows: Iterable[Row]) -> dict[str, Term]:
    found: dict[str, Term] = {}
    for row in rows:
        term = found.setdefault(row["s"].text, Term(row["s"].text))
        name = row["p"].text.rpartition("/")[2].rpartition("#")[2]
        value = row["o"]
        if name == "type":
            term.kinds.add(value.text.rpartition("#")[2])
        elif value.kind == "uri":
            term.relations[name].append(value.text)
        elif value.text not in term.texts[name].setdefault(value.language or "", []):
            term.texts[name][value.language or ""].append(value.text)
    return found


def _said(term: Term, language: str) -> list[str]:
    """Return what a statement about the ontology itself says, in the reader's language where it is said in several."""
    texts = [text for what in term.texts.values() for text in what.get(language) or what.get("", [])]
    return sorted({iri for iris in term.relations.values() for iri in iris}) + sorted(set(texts))


def _sorted(terms: Iterable[Term], kind: str) -> list[Term]:
    return sorted((t for t in terms if kind in t.kinds), key=lambda t: t.name.casefold())


def _target(iri: str, terms: dict[str, Term], labels: dict[str, str], language: str) -> RelatedTerm:
    if iri in terms:
        return RelatedTerm(terms[iri].text("label", language) or terms[iri].name, f"#{terms[iri].name}", terms[iri].name)
    prefix, space = next(((p, s) for p, s in PREFIXES.items() if iri.startswith(s)), ("", ""))
    short = f"{prefix}:{iri[len(space) :]}" if prefix else iri.rpartition("/")[2].replace("#", ":")
    return RelatedTerm(f"{labels[iri]} ({short})" if iri in labels and "(" not in labels[iri] else short, iri, iri)


def _below(terms: Iterable[Term]) -> dict[str, list[str]]:
    """Return the direct subclasses and subproperties of each term."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for term in sorted(terms, key=lambda t: t.name):
        for above in (*term.relations["subClassOf"], *term.relations["subPropertyOf"]):
            found[above].append(term.iri)
    return dict(found)


def _diagram(terms: dict[str, Term], language: str) -> Diagram:
    """Draw the three trees of classes and the relations between them."""
    classes = _sorted(terms.values(), "Class")
    parents = {t.name: [iri.removeprefix(str(LB)) for iri in t.relations["subClassOf"]] for t in classes}
    labels = {t.name: t.text("label", language) or t.name for t in terms.values()}
    return diagram(parents, labels)
