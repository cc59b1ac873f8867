"""What the page of an actor or a place asks; ``{entity}`` is its IRI."""

from __future__ import annotations

ABOUT = """SELECT DISTINCT ?property ?value ?name WHERE {{
  VALUES ?property {{
    rdf:type rdfs:label skos:altLabel lb:epithet skos:exactMatch lb:country lb:latitude lb:longitude
  }}
  <{entity}> ?property ?value .
  OPTIONAL {{ ?value rdfs:label ?name FILTER(LANG(?name) = "{language}") }}
}}
ORDER BY ?property ?value"""
WITHIN = """SELECT DISTINCT ?place ?name WHERE {{
  <{entity}> lb:locatedIn+ ?place . ?place rdfs:label ?name FILTER(LANG(?name) = "{language}")
}}
LIMIT 12"""
MENTIONS = """SELECT (COUNT(DISTINCT ?mention) AS ?mentions) (COUNT(DISTINCT ?article) AS ?articles) WHERE {{
  <{entity}> gaf:denotedBy ?mention . ?mention nif:referenceContext ?article
}}"""
DEALINGS = """SELECT ?type ?direction ?other (MIN(?label) AS ?name) (COUNT(DISTINCT ?event) AS ?events) WHERE {{
  {{ ?event lb:agent <{entity}> ; lb:target ?other BIND("to" AS ?direction) }}
  UNION {{ ?event lb:target <{entity}> ; lb:agent ?other BIND("by" AS ?direction) }}
  UNION {{
    VALUES ?mutual {{ lb:Clash lb:Agreement }}
    ?event a ?mutual ; lb:agent <{entity}> , ?other BIND("with" AS ?direction) FILTER(?other != <{entity}>)
  }}
  ?event a ?type .
  ?type rdfs:subClassOf lb:Event .
  OPTIONAL {{ ?other rdfs:label ?label FILTER(LANG(?label) = "{language}") }}
}}
GROUP BY ?type ?direction ?other
ORDER BY DESC(?events) ?type ?direction ?other
LIMIT 60"""
AS_SOURCE = """SELECT (COUNT(DISTINCT ?mention) AS ?mentions) WHERE {{ ?mention lb:attributedTo <{entity}> }}"""
HELD = """SELECT DISTINCT ?place ?placeName ?holder ?holderName ?earliestStart ?latestStart ?earliestEnd ?latestEnd WHERE {{
  ?period a lb:ControlPeriod ; lb:place ?place ; lb:holder ?holder .
  FILTER(?place = <{entity}> || ?holder = <{entity}>)
  OPTIONAL {{ ?place rdfs:label ?placeName FILTER(LANG(?placeName) = "{language}") }}
  OPTIONAL {{ ?holder rdfs:label ?holderName FILTER(LANG(?holderName) = "{language}") }}
  OPTIONAL {{ ?period lb:earliestStart ?earliestStart }}
  OPTIONAL {{ ?period lb:latestStart ?latestStart }}
  OPTIONAL {{ ?period lb:earliestEnd ?earliestEnd }}
  OPTIONAL {{ ?period lb:latestEnd ?latestEnd }}
}}
ORDER BY ?placeName ?earliestStart ?holder
LIMIT 60"""
