"""A small store with all that can be chosen: days sure and vague, tolls, a place with parts, one event twice, who held what."""

from __future__ import annotations

_MENTION = """
  <event/{event}> gaf:denotedBy <article/{article}#offset_{at}_9> .
  <article/{article}#offset_{at}_9> a gaf:Mention ; nif:referenceContext <article/{article}> ; lb:factuality lb:{certainty} ;
    nif:sentence <article/{article}#offset_{at}_99> {source} .
  <article/{article}#offset_{at}_99> a nif:Sentence ; nif:anchorOf "{sentence}" .
"""


def mention(event: str, article: str, at: int, certainty: str, sentence: str, source: str = "") -> str:
    """Return the triples of one mention with its sentence."""
    said = f"; lb:attributedTo <entity/{source}>" if source else ""
    return _MENTION.format(event=event, article=article, at=at, certainty=certainty, sentence=sentence, source=said)


def days(first: str, last: str) -> str:
    """Return the two bounds of an event."""
    return f'lb:earliest "{first}T00:00:00Z"^^xsd:dateTime ; lb:latest "{last}T23:59:59Z"^^xsd:dateTime'


CHOSEN_EVENTS = f"""
GRAPH <graph/ontology> {{
  lb:Capture a owl:Class ; rdfs:subClassOf lb:Event ; rdfs:label "Einnahme"@de , "capture"@en .
  lb:Bombing rdfs:subClassOf lb:Event ; rdfs:label "Anschlag"@de , "bombing"@en .
  lb:SuicideBombing rdfs:subClassOf lb:Bombing ; rdfs:label "Selbstmordanschlag"@de , "suicide bombing"@en .
  lb:Factual rdfs:label "Tatsache"@de , "factual"@en . lb:Reported rdfs:label "berichtet"@de , "reported"@en .
  lb:ArmedGroup rdfs:subClassOf lb:Actor . lb:StateForce rdfs:subClassOf lb:Actor .
  lb:PopulationGroup rdfs:subClassOf lb:Actor .
  lb:City rdfs:subClassOf lb:Place . lb:Country rdfs:subClassOf lb:Place , lb:Actor . lb:Facility rdfs:subClassOf lb:Place .
}}
GRAPH <graph/gazetteer> {{
  <entity/army> a lb:StateForce ; rdfs:label "Armee"@de , "Army"@en .
  <entity/militia> a lb:ArmedGroup ; rdfs:label "Miliz"@de , "Militia"@en .
  <entity/people> a lb:PopulationGroup ; rdfs:label "Menschen"@de , "People"@en .
  <entity/land> a lb:Country ; rdfs:label "Land"@de , "Country"@en ; lb:latitude 34.0 ; lb:longitude 42.0 .
  <entity/town> a lb:City ; rdfs:label "Stadt"@de , "Town"@en ; lb:latitude 34.4 ; lb:longitude 40.9 ;
    lb:locatedIn <entity/land> .
  <entity/port> a lb:City ; rdfs:label "Hafen"@de , "Port"@en ; lb:latitude 35.1 ; lb:longitude 41.2 .
  <entity/bridge> a lb:Facility ; rdfs:label "Brücke"@de .
}}
GRAPH <article/a> {{
  <article/a> a schema:NewsArticle ; schema:headline "Die Lage"@de .
  <event/1> a lb:Capture ; rdfs:label "Einnahme: Stadt"@de , "Capture: Town"@en ;
    lb:agent <entity/army> ; lb:target <entity/militia> ; lb:place <entity/town> ; {days("2016-06-12", "2016-06-12")} .
  {mention("1", "a", 1, "Factual", "Die Armee nahm die Stadt ein.")}
  <event/2> a lb:SuicideBombing ; rdfs:label "Selbstmordanschlag: Hafen"@de , "Suicide bombing: Port"@en ;
    lb:agent <entity/militia> ; lb:target <entity/people> ; lb:place <entity/port> ; {days("2016-05-21", "2016-07-30")} .
  {mention("2", "a", 2, "Reported", "Am Hafen starben nach Angaben der Armee Dutzende.", "army")}
  <event/3> a lb:Bombing ; rdfs:label "Anschlag: Brücke"@de ; lb:target <entity/bridge> .
  {mention("3", "a", 3, "Negated", "Die Brücke wurde nicht gesprengt.")}
}}
GRAPH <article/b> {{
  <article/b> a schema:NewsArticle ; schema:headline "Noch einmal"@de .
  <event/1> a lb:Capture ; rdfs:label "Einnahme: Stadt"@de , "Capture: Town"@en ;
    lb:agent <entity/army> ; lb:target <entity/militia> ; lb:place <entity/town> ; {days("2016-06-12", "2016-06-13")} .
  {mention("1", "b", 1, "Reported", "Die Stadt ist nach Worten der Miliz gefallen.", "militia")}
}}
GRAPH <graph/derived> {{
  <event/1> lb:reports 2 ; lb:independentReports 2 . <event/3> lb:reports 1 ; lb:independentReports 1 .
  <event/2> lb:reports 1 ; lb:independentReports 1 ; lb:fatalitiesLow 24 ; lb:fatalitiesBest 30 ; lb:fatalitiesHigh 36 .
  <control/1> a lb:ControlPeriod ; lb:place <entity/town> ; lb:holder <entity/militia> ;
    lb:earliestEnd "2016-06-12T00:00:00Z"^^xsd:dateTime ; lb:latestEnd "2016-06-13T23:59:59Z"^^xsd:dateTime .
  <control/2> a lb:ControlPeriod ; lb:place <entity/town> ; lb:holder <entity/army> ; lb:evidence <event/1> ;
    lb:earliestStart "2016-06-12T00:00:00Z"^^xsd:dateTime ; lb:latestStart "2016-06-13T23:59:59Z"^^xsd:dateTime .
}}
"""
