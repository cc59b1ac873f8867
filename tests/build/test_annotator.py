from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.build.annotator import n_quads

GRAPH, NODE = NamedNode("https://w3id.org/lagebild/article/a-1"), NamedNode("urn:s")


@pytest.mark.parametrize(
    "text", ["Mossul", "zwei\nZeilen .\n", "Punkt .", '" .\n<urn:x> .\n', "\r\n\t\\n .\\n", "", "Straße \U0001f54a .\u2028 ."]
)
@pytest.mark.parametrize("literal", [Literal, lambda text: Literal(text, language="de")])
def test_a_graph_is_a_line_a_triple_whatever_the_texts(text, literal):
    triples = [Triple(NODE, NODE, literal(text)), Triple(NODE, NODE, NODE), Triple(NODE, NODE, Literal(7))]
    quads = n_quads(GRAPH, triples)
    assert quads.count(b"\n") == 3
    assert list(parse(quads, RdfFormat.N_QUADS)) == [Quad(*triple, GRAPH) for triple in triples]
