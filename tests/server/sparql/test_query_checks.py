"""What is refused before the parser sees it, and that looking for it takes linear time."""

from __future__ import annotations

import pytest

from server.http.problem import Problem
from server.sparql.query_checks import MAX_CHAIN, MAX_DEPTH, Traits, inspect
from server.sparql.tokenizer import tokens

LIMIT = 1_000_000


def refused(text: str, **kwargs) -> str | None:
    try:
        inspect(text, limit=LIMIT, **kwargs)
    except Problem as problem:
        return problem.kind
    return None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT ?x", [("word", "SELECT"), ("name", "?x")]),
        ("a:b.c <urn:x> _:n", [("name", "a:b.c"), ("iri", "<urn:x>"), ("name", "_:n")]),
        ("1 < 2 && ?a<?b", [("number", "1"), ("mark", "<"), ("number", "2"), ("mark", "&"), ("mark", "&"), ("name", "?a"),
                            ("mark", "<"), ("name", "?b")]),
        ("'service' \"load\" # service\nfrom", [("string", "'service'"), ("string", '"load"'), ("word", "FROM")]),
        ('"""a " "" b""" \'\'\'c\'\'\'', [("string", '"""a " "" b"""'), ("string", "'''c'''")]),
        (r'"a\"b" x', [("string", r'"a\"b"'), ("word", "X")]),
        ("true.SERVICE", [("word", "TRUE"), ("word", "SERVICE")]),
        ('"unclosed', [("string", '"unclosed')]),
        ("'''unclosed ' ", [("string", "'''unclosed ' ")]),
        ('"de"@de-AT', [("string", '"de"'), ("name", "@de-AT")]),
        ("ä:ö ?ü \U0001f600", [("name", "ä:ö"), ("name", "?ü"), ("mark", "\U0001f600")]),
    ],
)  # fmt: skip
def test_text_falls_into_tokens(text, expected):
    assert [(token.kind, token.text) for token in tokens(text)] == expected


@pytest.mark.parametrize(
    "piece", ["a.", "a:b.", '"""', "'''\\", "<", "<a", "?", "\\", '"', "a-", "@a-", "_:.", "a:%4", "#", "{(["]
)
def test_tokens_take_linear_time(piece):
    # Quadratic behaviour would take minutes on a text of this length.
    assert list(tokens(piece * 50_000 + "\nend"))[-1].end == 50_000 * len(piece) + 4


def test_tokens_cover_the_text_in_order():
    text = "PREFIX a: <urn:a> SELECT * { ?s a:b 'x' FILTER(?s < 3) } # end"
    places = [(token.begin, token.end) for token in tokens(text)]
    assert places == sorted(places)
    assert all(
        text[begin:end].upper() == token.text.upper() for token in tokens(text) for begin, end in [(token.begin, token.end)]
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SELECT * { ?s ?p ?o }", None),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "refused"),
        ("SELECT*{service<http://127.0.0.1/>{?s ?p ?o}}", "refused"),
        ("SELECT * { OPTIONAL { SeRvIcE SILENT ?x { } } }", "refused"),
        ("SELECT * { ?s ?p 'SERVICE' # SERVICE\n }", None),
        ("SELECT * { ?service <urn:service> service:load }", None),
        ("LOAD <http://127.0.0.1/>", "refused"),
        ("CLEAR ALL; load silent <http://127.0.0.1/> into graph <urn:g>", "refused"),
        ("SELECT * " + "{" * MAX_DEPTH + "}" * MAX_DEPTH, None),
        ("SELECT * " + "{" * (MAX_DEPTH + 1), "limit"),
        ("SELECT * { FILTER " + "(" * (MAX_DEPTH + 1), "limit"),
        ("SELECT * " + "['}' " * (MAX_DEPTH + 1), "limit"),
        ("SELECT * { ?a " + "<urn:p>/" * (MAX_CHAIN + 1) + "<urn:p> ?b }", "limit"),
        ("SELECT * {" + "{} UNION " * (MAX_CHAIN + 1) + "{} }", "limit"),
        ("SELECT * {" + "OPTIONAL {} " * (MAX_CHAIN + 1) + " }", "limit"),
        ("ASK {\x00}", "syntax"),
        ("ASK {}" + " " * LIMIT, "limit"),
    ],
)
def test_what_would_harm_is_refused(text, kind):
    assert refused(text) == kind


@pytest.mark.parametrize(
    ("text", "traits"),
    [
        ("ASK {}", Traits()),
        ("SELECT * FROM <urn:g> {}", Traits(has_dataset=True)),
        ("SELECT ('from' AS ?from) {}", Traits()),
        ("SELECT (NOW() AS ?now) {}", Traits(stable=False)),
        ("SELECT * { SERVICE <urn:x> {} }", Traits(services=True)),
    ],
)
def test_the_traits_of_a_query_are_read_from_its_text(text, traits):
    assert inspect(text, limit=LIMIT, allow_service=True) == traits
    assert inspect(text + " #" + "x" * 5000, limit=LIMIT, allow_service=True) == traits


def test_the_place_of_the_first_bracket_too_many_is_named():
    with pytest.raises(Problem) as caught:
        inspect("SELECT * {\n" + "{" * MAX_DEPTH, limit=LIMIT)
    assert caught.value.extra == {"line": 2, "column": MAX_DEPTH}
