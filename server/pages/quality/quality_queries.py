"""What the quality page asks, each as anybody may send it to ``/sparql``."""

from __future__ import annotations

from kg.namespaces import ACTOR_KINDS, PLACE_KINDS

_KINDS = " ".join(f"lb:{kind}" for kind in (*ACTOR_KINDS, *PLACE_KINDS))
_EVENT = "?event a/rdfs:subClassOf* lb:Event ; gaf:denotedBy ?mention ."
FIGURES = {
    "articles": "SELECT (COUNT(DISTINCT ?article) AS ?n) WHERE { ?article a schema:NewsArticle }",
    "events": f"SELECT (COUNT(DISTINCT ?event) AS ?n) WHERE {{ {_EVENT} }}",
    "mentions": f"SELECT (COUNT(DISTINCT ?mention) AS ?n) WHERE {{ {_EVENT} }}",
    "shared": "SELECT (COUNT(DISTINCT ?event) AS ?n) WHERE { ?event lb:reports ?reports FILTER(?reports > 1) }",
    "copies": "SELECT (COUNT(DISTINCT ?article) AS ?n) WHERE { ?article lb:copyOf ?original }",
}
GAPS = {
    name: f"SELECT (COUNT(DISTINCT ?event) AS ?n) WHERE {{\n  {_EVENT}\n  FILTER NOT EXISTS {{ ?event {path} ?value }}\n}}"
    for name, path in (("agent", "lb:agent"), ("target", "lb:target"), ("place", "lb:place"), ("time", "lb:earliest|lb:latest"))
}
WARNINGS = {
    "RecommendedArticle-date": """SELECT (COUNT(DISTINCT ?article) AS ?n) WHERE {
  ?article a schema:NewsArticle . FILTER NOT EXISTS { ?article schema:datePublished ?day }
}""",
    "RecommendedArticle-headline": """SELECT (COUNT(DISTINCT ?article) AS ?n) WHERE {
  ?article a schema:NewsArticle . FILTER NOT EXISTS { ?article schema:headline ?headline }
}""",
    "RecommendedEvent-role": f"""SELECT (COUNT(DISTINCT ?event) AS ?n) WHERE {{
  {_EVENT}
  FILTER NOT EXISTS {{ ?event lb:agent|lb:target|lb:place ?value }}
}}""",
}
BY_TYPE = """SELECT ?value (COUNT(DISTINCT ?event) AS ?n) WHERE {
  ?value rdfs:subClassOf lb:Event . ?event a ?value ; gaf:denotedBy ?mention .
}
GROUP BY ?value
ORDER BY DESC(?n) ?value"""
BY_CERTAINTY = """SELECT ?value (COUNT(DISTINCT ?mention) AS ?n) WHERE { ?mention lb:factuality ?value }
GROUP BY ?value
ORDER BY DESC(?n) ?value"""
BY_SOURCE = """SELECT ?value (MIN(?label) AS ?name) ?n WHERE {{
  {{ SELECT ?value (COUNT(DISTINCT ?mention) AS ?n) WHERE {{ ?mention lb:attributedTo ?value }}
    GROUP BY ?value ORDER BY DESC(?n) ?value LIMIT 20 }}
  OPTIONAL {{ ?value rdfs:label ?label FILTER(LANG(?label) = "{language}") }}
}}
GROUP BY ?value ?n
ORDER BY DESC(?n) ?value"""
LINKED = f"""SELECT ?kind (COUNT(DISTINCT ?entity) AS ?n) (COUNT(DISTINCT ?linked) AS ?links) WHERE {{
  VALUES ?kind {{ {_KINDS} }}
  ?entity a ?kind .
  FILTER EXISTS {{ ?entity gaf:denotedBy ?mention }}
  OPTIONAL {{ ?entity skos:exactMatch ?item BIND(?entity AS ?linked) }}
}}
GROUP BY ?kind
ORDER BY DESC(?n) ?kind"""
