"""A graph as texts is the graph of terms that it is made of, whatever stands in its literals."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.graph import Descriptions
from kg.graph.terms import count, decimal, iri, lexical, literal, typed

GRAPH, NODE = NamedNode("https://w3id.org/lagebild/article/a-1"), NamedNode("urn:s")
TEXTS = [
    "Mossul", "zwei\nZeilen .\n", "Punkt .", '" .\n<urn:x> .\n', "\r\n\t\\n .\\n", "", "Straße \U0001f54a .\u2028 .",
    "\\u0041 \\", "\x00\x08\x0c\x1f\x7f\x85\xa0\xad", 'er sagte: "Nein"@de',
]  # fmt: skip


def plain(text: str) -> Literal:
    return Literal(text)


def german(text: str) -> Literal:
    return Literal(text, language="de")


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("make", [plain, german])
def test_a_graph_is_a_line_a_triple_whatever_the_texts(text, make):
    triples = [Triple(NODE, NODE, make(text)), Triple(NODE, NODE, NODE), Triple(NODE, NODE, Literal(7))]
    graph = Descriptions.of(triples)
    quads = graph.n_quads(GRAPH)
    assert (len(graph), quads.count(b"\n")) == (3, 3)
    assert list(parse(quads, RdfFormat.N_QUADS)) == [Quad(*triple, GRAPH) for triple in triples]
    assert graph.triples() == triples


@pytest.mark.parametrize("text", TEXTS)
def test_a_literal_is_written_as_the_store_writes_it_and_read_back(text):
    assert literal(text) == str(Literal(text))
    assert literal(text, "de") == str(Literal(text, language="de"))
    assert [lexical(literal(text)), lexical(literal(text, "de"))] == [text, text]


def test_a_typed_literal_and_an_iri_are_written_as_the_store_writes_them():
    datatype = NamedNode("urn:type")
    assert typed("x", "urn:type") == str(Literal("x", datatype=datatype))
    assert iri("urn:type") == str(datatype)
    assert [lexical(typed("x", "urn:type")), lexical(iri("urn:type"))] == ["x", "urn:type"]


@pytest.mark.parametrize(("number", "text"), [(0.9, "0.9"), (1.0, "1"), (0.85, "0.85"), (0.0, "0"), (10.0, "10")])
def test_a_decimal_is_canonical(number, text):
    assert decimal(number) == typed(text, "http://www.w3.org/2001/XMLSchema#decimal")


def test_a_number_of_things_has_its_datatype():
    assert count(12) == typed("12", "http://www.w3.org/2001/XMLSchema#nonNegativeInteger")


def test_what_is_said_twice_stands_once():
    triples = [Triple(NODE, NODE, BlankNode("b")), Triple(NODE, NODE, GRAPH), Triple(NODE, NODE, BlankNode("b"))]
    graph = Descriptions.of(triples)
    assert (len(graph), graph.nodes) == (2, {"<urn:s>": {"<urn:s>": ["_:b", f"<{GRAPH.value}>"]}})


def test_a_text_that_utf_8_does_not_hold_is_an_error():
    graph = Descriptions()
    graph.tell("<urn:s>", "<urn:p>", literal("\ud800"))
    with pytest.raises(UnicodeEncodeError):
        graph.n_quads(GRAPH)
