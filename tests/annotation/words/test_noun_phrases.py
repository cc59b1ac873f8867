from __future__ import annotations

import pytest

from kg.annotation.words.noun_phrases import attributes_start


@pytest.mark.parametrize(
    ("phrase", "attributes"),
    [
        ("die/ART zwei/CARD jungen/ADJA Hirten/NN", "zwei jungen Hirten"),
        ("einige/PIAT schwer/ADJD bewaffnete/ADJA Reiter/NN", "einige schwer bewaffnete Reiter"),
        ("Im/APPRART Mai/NN 2014/CARD stürmten/ADJA Reiter/NN", "Reiter"),
        ("vor/APPR der/ART Küste/NN gerettete/ADJA Fischer/NN", "gerettete Fischer"),
        ("durch/APPR alte/ADJA Gassen/NN", "alte Gassen"),
        ("Hirten/NN", "Hirten"),
    ],
)
def test_a_noun_phrase_begins_with_its_first_attribute(phrase: str, attributes: str) -> None:
    words, tags = zip(*(token.split("/") for token in phrase.split()), strict=True)
    first = attributes_start(words, tags, len(words) - 1, lambda k: True)
    assert " ".join(words[first:]) == attributes


def test_an_attribute_stands_only_where_the_caller_allows_one() -> None:
    assert attributes_start(["alte", "alte", "Gassen"], ["ADJA", "ADJA", "NN"], 2, lambda k: k > 0) == 1
