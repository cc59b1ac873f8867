"""Marks in a text: nested, overlapping, on the same stretch."""

from __future__ import annotations

from server.pages.resources.marks import Leaf, Mark, Node, Span, Target, marked, offsets

TEXT = "Die Armee nahm den Flughafen Basra ein."


def shown(nodes: tuple[Node, ...]) -> str:
    """Write marks as [role: text], with what the text leads to behind an arrow."""
    return "".join(
        f"[{node.role}{'#' + node.anchor if node.anchor else ''}: {shown(node.children)}]"
        if isinstance(node, Mark)
        else node.text + (f"→{node.target.iri}" if node.target else "")
        for node in nodes
    )


def span(words: str, role: str, iri: str = "", anchor: str = "") -> Span:
    begin = TEXT.index(words)
    return Span(begin, begin + len(words), role, (Target(iri, ""),) if iri else (), anchor)


def test_text_without_marks_stays_as_it_is():
    assert marked(TEXT, []) == (Leaf(TEXT),)


def test_nested_marks_lead_where_the_innermost_leads():
    found = marked(TEXT, [span("Basra", "place", "basra"), span("Flughafen Basra", "place", "airport", "offset_19_34")])
    assert shown(found) == "Die Armee nahm den [place#offset_19_34: Flughafen →airport[place: Basra→basra]] ein."


def test_of_overlapping_marks_the_second_goes_on_behind_the_first():
    found = marked(TEXT, [span("Armee nahm den", "actor", "army"), span("nahm den Flughafen", "trigger", "event", "n")])
    assert shown(found) == "Die [actor: Armee →army[trigger#n: nahm den→event]][trigger:  Flughafen→event] Basra ein."


def test_marks_on_the_same_words_are_one_that_names_all():
    found = marked("nahm", [Span(0, 4, "trigger", (Target("a", "A"),)), Span(0, 4, "trigger", (Target("b", "B"),))])
    assert found == (Mark("trigger", "", (Leaf("nahm", Target("a", "A")),), (Target("b", "B"),)),)


def test_a_mark_without_a_target_leads_where_the_one_around_it_leads():
    found = marked(TEXT, [span("nahm den Flughafen Basra ein", "sentence"), span("Armee nahm", "actor", "army")])
    assert shown(found) == "Die [actor: Armee →army[sentence: nahm→army]][sentence:  den Flughafen Basra ein]."


def test_a_part_of_a_text_has_the_marks_inside_it():
    assert shown(marked("Flughafen", [span("den Flughafen Basra", "place", "x"), span("Armee", "actor", "y")], 19)) == (
        "[place: Flughafen→x]"
    )


def test_offsets_stand_in_the_iri():
    iris = ("https://x/article/1#offset_3_17", "https://x/article/1", "urn:x")
    assert [offsets(iri) for iri in iris] == [(3, 17), None, None]
