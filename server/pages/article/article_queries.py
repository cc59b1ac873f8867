"""What the page of an article asks; ``{article}`` is its IRI, which also names its graph."""

from __future__ import annotations

from kg.namespaces import ACTOR_KINDS, EVENT_KINDS, EVENT_SUBKINDS, PLACE_KINDS

_THINGS = " ".join(f"lb:{kind}" for kind in (*PLACE_KINDS, *ACTOR_KINDS))
_EVENTS = " ".join(f"lb:{kind}" for kind in (*EVENT_KINDS, *EVENT_SUBKINDS))
HEAD = """SELECT ?text ?headline ?day ?outlet ?url ?path ?software ?original WHERE {{
  GRAPH <{article}> {{
    <{article}> nif:isString ?text .
    OPTIONAL {{ <{article}> schema:headline ?headline }}
    OPTIONAL {{ <{article}> schema:datePublished ?day }}
    OPTIONAL {{ <{article}> schema:publisher ?outlet }}
    OPTIONAL {{ <{article}> schema:url ?url }}
    OPTIONAL {{ <{article}> lb:sourcePath ?path }}
    OPTIONAL {{ <{article}> prov:wasGeneratedBy/rdfs:label ?software }}
  }}
  OPTIONAL {{ <{article}> lb:copyOf ?original }}
}}
LIMIT 1"""
COPIES = """SELECT DISTINCT ?copy ?headline WHERE {{
  ?copy lb:copyOf <{article}> . OPTIONAL {{ ?copy schema:headline ?headline }}
}}
ORDER BY ?copy
LIMIT 100"""
NAMED = f"""SELECT DISTINCT ?mention ?entity WHERE {{{{
  VALUES ?kind {{{{ {_THINGS} }}}}
  GRAPH <{{article}}> {{{{ ?entity gaf:denotedBy ?mention }}}}
  ?entity a ?kind .
}}}}
ORDER BY ?mention ?entity"""
NAMES = f"""SELECT DISTINCT ?entity ?kind ?name WHERE {{{{
  VALUES ?kind {{{{ {_THINGS} }}}}
  {{{{ SELECT DISTINCT ?entity WHERE {{{{
    GRAPH <{{article}}> {{{{
      {{{{ ?event lb:agent|lb:target|lb:place|lb:attributedTo ?entity }}}} UNION {{{{ ?entity gaf:denotedBy ?mention }}}}
    }}}}
  }}}} }}}}
  ?entity a ?kind ; rdfs:label ?name .
}}}}
ORDER BY ?entity ?kind ?name"""
EVENTS = f"""SELECT DISTINCT ?event ?kind ?mention ?certainty ?source ?earliest ?latest ?time WHERE {{{{
  VALUES ?kind {{{{ {_EVENTS} }}}}
  GRAPH <{{article}}> {{{{
    ?event a ?kind ; gaf:denotedBy ?mention .
    OPTIONAL {{{{ ?mention lb:factuality ?certainty }}}}
    OPTIONAL {{{{ ?mention lb:attributedTo ?source }}}}
    OPTIONAL {{{{ ?event lb:earliest ?earliest }}}}
    OPTIONAL {{{{ ?event lb:latest ?latest }}}}
    OPTIONAL {{{{ ?event lb:timeExpression ?time }}}}
  }}}}
}}}}
ORDER BY ?event ?mention"""
SENTENCES = """SELECT DISTINCT ?sentence WHERE {{ GRAPH <{article}> {{ ?sentence a nif:Sentence }} }}"""
ROLES = """SELECT DISTINCT ?event ?role ?entity WHERE {{
  VALUES ?role {{ lb:agent lb:target lb:place }}
  GRAPH <{article}> {{ ?event ?role ?entity }}
}}
ORDER BY ?event ?role ?entity"""
