"""What the page of an event asks; ``{event}`` is its IRI. Each query may be sent to ``/sparql`` as it is."""

from __future__ import annotations

_SAID = (
    "rdf:type", "lb:agent", "lb:target", "lb:place", "lb:earliest", "lb:latest", "lb:fatalities", "lb:fatalitiesMin",
    "lb:fatalitiesMax", "lb:injured", "lb:injuredMin", "lb:injuredMax", "lb:timeExpression", "lb:reports",
    "lb:independentReports", "lb:fatalitiesLow", "lb:fatalitiesBest", "lb:fatalitiesHigh",
)  # fmt: skip
STATEMENTS = f"""SELECT ?graph ?property ?value WHERE {{{{
  VALUES ?property {{{{ {" ".join(_SAID)} }}}}
  GRAPH ?graph {{{{ <{{event}}> ?property ?value }}}}
}}}}
ORDER BY ?graph ?property ?value"""
PARTICIPANTS = """SELECT DISTINCT ?entity ?kind ?name ?latitude ?longitude WHERE {{
  <{event}> lb:agent|lb:target|lb:place|(gaf:denotedBy/lb:attributedTo) ?entity .
  ?entity a ?kind ; rdfs:label ?name .
  OPTIONAL {{ ?entity lb:latitude ?latitude ; lb:longitude ?longitude }}
}}
ORDER BY ?entity ?kind ?name"""
ARTICLES = """SELECT DISTINCT ?article ?headline ?day ?outlet ?url ?original WHERE {{
  GRAPH ?article {{ <{event}> gaf:denotedBy ?mention }}
  OPTIONAL {{ ?article schema:headline ?headline }}
  OPTIONAL {{ ?article schema:datePublished ?day }}
  OPTIONAL {{ ?article schema:publisher ?outlet }}
  OPTIONAL {{ ?article schema:url ?url }}
  OPTIONAL {{ ?article lb:copyOf ?original }}
}}
ORDER BY ?day ?article"""
PASSAGES = """SELECT DISTINCT ?article ?mention ?words ?sentence ?text ?certainty ?confidence ?source WHERE {{
  GRAPH ?article {{
    <{event}> gaf:denotedBy ?mention .
    ?mention nif:sentence ?sentence ; nif:anchorOf ?words .
    ?sentence nif:anchorOf ?text .
    OPTIONAL {{ ?mention lb:factuality ?certainty }}
    OPTIONAL {{ ?mention lb:confidence ?confidence }}
    OPTIONAL {{ ?mention lb:attributedTo ?source }}
  }}
}}
ORDER BY ?article ?mention ?source"""
NAMED_THERE = """SELECT DISTINCT ?article ?mention ?entity WHERE {{
  VALUES ?role {{ lb:agent lb:target lb:place }}
  GRAPH ?article {{
    <{event}> ?role ?entity ; gaf:denotedBy/nif:sentence ?sentence .
    ?entity gaf:denotedBy ?mention .
    ?mention nif:sentence ?sentence .
  }}
}}
ORDER BY ?article ?mention ?entity"""
RESOLUTION = """SELECT DISTINCT ?score ?reason ?before WHERE {{
  {{ ?resolution lb:resolves <{event}> ; lb:score ?score ; lb:reason ?reason }}
  UNION {{ ?before dcterms:isReplacedBy <{event}> }}
}}
ORDER BY ?reason ?before"""
CONTROL = """SELECT DISTINCT ?period ?place ?placeName ?holder ?holderName ?earliestStart ?latestStart
  ?earliestEnd ?latestEnd WHERE {{
  ?period lb:evidence <{event}> ; lb:place ?place ; lb:holder ?holder .
  OPTIONAL {{ ?place rdfs:label ?placeName FILTER(LANG(?placeName) = "{language}") }}
  OPTIONAL {{ ?holder rdfs:label ?holderName FILTER(LANG(?holderName) = "{language}") }}
  OPTIONAL {{ ?period lb:earliestStart ?earliestStart }}
  OPTIONAL {{ ?period lb:latestStart ?latestStart }}
  OPTIONAL {{ ?period lb:earliestEnd ?earliestEnd }}
  OPTIONAL {{ ?period lb:latestEnd ?latestEnd }}
}}
ORDER BY ?placeName ?earliestStart ?holder"""
MAP = """SELECT ?place (MIN(?name) AS ?label) (MIN(?class) AS ?kind) (MIN(?north) AS ?latitude) (MIN(?east) AS ?longitude)
  (COUNT(DISTINCT ?event) AS ?events) WHERE {{
  VALUES ?event {{ <{event}> }}
  ?event lb:place ?place .
  ?place lb:latitude ?north ; lb:longitude ?east ; a ?class .
  ?class rdfs:subClassOf lb:Place .
  OPTIONAL {{ ?place rdfs:label ?name FILTER(LANG(?name) = "{language}") }}
}}
GROUP BY ?place
ORDER BY ?place"""
