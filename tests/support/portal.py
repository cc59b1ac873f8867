"""A store for pages: an event that two articles report and one denies, names that were given up, text that tries to be HTML."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
NASTY = "<img src=x onerror=alert(1)>"
_TEXTS = {
    "a": ("Armee nimmt Rawa ein", "Bote", "2017-11-18",
          "Am 17. November nahm die Armee die Stadt Rawa ein. Dabei starben zwölf Kämpfer."),
    "b": ("Rawa gefallen", "Kurier", "2017-11-19", "Die Armee eroberte Rawa am 17. November nach Angaben der Miliz."),
    "c": ("Streit um Rawa", "", "2017-11-20", "Die Miliz bestritt, dass Rawa erobert wurde."),
}  # fmt: skip


def _stretch(article: str, words: str) -> str:
    begin = _TEXTS[article][3].index(words)
    return f"<article/{article}#offset_{begin}_{begin + len(words)}>"


def _spans(article: str, sentence: str, *words: str) -> str:
    whole = _stretch(article, sentence)
    parts = [f'{whole} a nif:Sentence ; nif:anchorOf "{sentence}" ; nif:referenceContext <article/{article}> .']
    parts += [
        f'{_stretch(article, one)} nif:anchorOf "{one}" ; nif:referenceContext <article/{article}> ; nif:sentence {whole} .'
        for one in words
    ]
    return " ".join(parts)


def _head(article: str) -> str:
    headline, outlet, day, text = _TEXTS[article]
    publisher = f'; schema:publisher "{outlet}"' if outlet else ""
    return f"""<article/{article}> a schema:NewsArticle , nif:Context ; lb:sourcePath "{article}.txt" ; nif:isString "{text}" ;
      schema:headline "{headline}"@de ; schema:datePublished "{day}T00:00:00Z"^^xsd:dateTime {publisher} ;
      lb:contentHash "sha256:{article}" ; prov:wasGeneratedBy <run/1> ."""


_CAPTURE = """<event/one> a lb:Capture ; rdfs:label "Einnahme: Rawa"@de , "Capture: Rawa"@en ; lb:place <entity/rawa> ;
  lb:earliest "2017-11-17T00:00:00Z"^^xsd:dateTime ; lb:latest "2017-11-17T23:59:59Z"^^xsd:dateTime ; lb:agent <entity/army>"""
PORTAL = f"""
GRAPH <graph/ontology> {{
  lb:Event a owl:Class ; rdfs:label "Ereignis"@de , "event"@en . lb:Place a owl:Class .
  lb:Capture rdfs:subClassOf lb:Event ; rdfs:label "Einnahme"@de , "capture"@en ; skos:definition "Ein Ort fällt."@de .
  lb:Killing rdfs:subClassOf lb:Event ; rdfs:label "Tötung"@de , "killing"@en .
  lb:City rdfs:subClassOf lb:Place ; rdfs:label "Ortschaft"@de , "city"@en .
  lb:StateForce rdfs:label "staatliche Kraft"@de , "state force"@en . lb:Militia rdfs:label "Miliz"@de , "militia"@en .
  lb:Factual rdfs:label "Tatsache"@de , "factual"@en . lb:Reported rdfs:label "berichtet"@de , "reported"@en .
  lb:Negated rdfs:label "verneint"@de , "negated"@en .
}}
GRAPH <graph/gazetteer> {{
  <entity/army> a lb:StateForce ; rdfs:label "Irakische Armee"@de , "Iraqi Army"@en ; skos:altLabel "Regierungstruppen"@de ;
    skos:exactMatch wd:Q1664529 .
  <entity/militia> a lb:Militia ; rdfs:label "Freie Miliz"@de , "Free Militia"@en .
  <entity/rawa> a lb:City ; rdfs:label "Rawa"@de , "Rawah"@en ; lb:latitude 34.48 ; lb:longitude 41.91 ;
    lb:locatedIn <entity/iraq> .
  <entity/iraq> a lb:Country ; rdfs:label "Irak"@de , "Iraq"@en .
}}
GRAPH <article/a> {{ {_head("a")} {_CAPTURE} ; lb:target <entity/militia> ; dcterms:identifier "one" ; lb:fatalities 12 ;
  lb:timeExpression {_stretch("a", "17. November")} ; gaf:denotedBy {_stretch("a", "nahm")} .
  {_spans("a", "Am 17. November nahm die Armee die Stadt Rawa ein.", "nahm", "17. November", "die Armee", "die Stadt Rawa")}
  {_stretch("a", "nahm")} a gaf:Mention ; lb:factuality lb:Factual ; lb:confidence 0.9 .
  <entity/army> gaf:denotedBy {_stretch("a", "die Armee")} . <entity/rawa> gaf:denotedBy {_stretch("a", "die Stadt Rawa")} .
  <event/deaths> a lb:Killing ; rdfs:label "Tötung"@de , "Killing"@en ; dcterms:identifier "deaths" ; lb:fatalities 12 ;
    lb:target <entity/fighters-a> ; gaf:denotedBy {_stretch("a", "starben")} .
  <entity/fighters-a> a lb:Militia ; rdfs:label "{NASTY}"@de ; gaf:denotedBy {_stretch("a", "zwölf Kämpfer")} .
  {_spans("a", "Dabei starben zwölf Kämpfer.", "starben", "zwölf Kämpfer")}
  {_stretch("a", "starben")} a gaf:Mention ; lb:factuality lb:Factual .
}}
GRAPH <article/b> {{ {_head("b")} {_CAPTURE} ; dcterms:identifier "two" ; lb:fatalitiesMin 20 ;
    gaf:denotedBy {_stretch("b", "eroberte")} .
  {_spans("b", "Die Armee eroberte Rawa am 17. November nach Angaben der Miliz.", "eroberte", "Rawa")}
  {_stretch("b", "eroberte")} a gaf:Mention ; lb:factuality lb:Reported ; lb:attributedTo <entity/militia> .
  <entity/rawa> gaf:denotedBy {_stretch("b", "Rawa")} .
}}
GRAPH <article/c> {{ {_head("c")} {_CAPTURE} ; dcterms:identifier "three" ; gaf:denotedBy {_stretch("c", "erobert")} .
  {_spans("c", "Die Miliz bestritt, dass Rawa erobert wurde.", "erobert")}
  {_stretch("c", "erobert")} a gaf:Mention ; lb:factuality lb:Negated .
}}
GRAPH <graph/derived> {{
  <event/one> lb:reports 3 ; lb:independentReports 2 ; lb:fatalitiesLow 12 ; lb:fatalitiesBest 20 ; lb:fatalitiesHigh 20 .
  <event/two> dcterms:isReplacedBy <event/one> . <event/three> dcterms:isReplacedBy <event/one> .
  <article/c> lb:copyOf <article/b> .
  <resolution/one> a lb:Resolution ; lb:resolves <event/one> ; lb:score 0.75 ; lb:reason "same place"@en , "same day"@en .
  <control/one> a lb:ControlPeriod ; lb:place <entity/rawa> ; lb:holder <entity/army> ; lb:evidence <event/one> ;
    lb:earliestStart "2017-11-17T00:00:00Z"^^xsd:dateTime ; lb:latestStart "2017-11-17T23:59:59Z"^^xsd:dateTime .
}}
"""


def page(client: FlaskClient, path: str, language: str = "de", status: int = 200) -> str:
    """Return a page as a browser gets it."""
    answer = client.get(path, headers={**BROWSER, "Accept-Language": language})
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "text/html; charset=utf-8"), answer.text
    return answer.text


def words(html: str) -> str:
    """Return what a page's main part says, without its markup, with single blanks."""
    main = html.partition("<main")[2].partition("</main>")[0]
    main = re.sub(r"<script.*?</script>", "", main, flags=re.DOTALL)
    main = re.sub(r"</(?:li|td|th|dt|dd|p|h[1-6])>|<br>", " ", main.partition(">")[2])
    plain = re.sub(r"<[^>]*>", "", main)
    return " ".join(plain.split())
