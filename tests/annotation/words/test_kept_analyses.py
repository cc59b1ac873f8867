from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from kg.annotation.words.kept_analyses import KEPT_TOGETHER, KeptAnalyses, analyses_file
from kg.annotation.words.morphology import Morphology
from kg.annotation.words.tagger import Tagger

WORDS = ["Die", "Flughafenwachen", "versenkten", "gestern", "zwölf", "schwankende", "Lastkähne", "vor", "Eckernförde", "."]


def never() -> None:
    raise AssertionError("analysed again")


def test_what_was_found_is_found_again_by_the_next_process(tmp_path: Path) -> None:
    first = KeptAnalyses(tmp_path / "cache" / "words.sqlite")
    found = [first.kept(f"form {n}", lambda n=n: [(n, -n / 3)]) for n in range(KEPT_TOGETHER)]
    second = KeptAnalyses(tmp_path / "cache" / "words.sqlite")
    assert [[tuple(pair) for pair in second.kept(f"form {n}", never)] for n in range(KEPT_TOGETHER)] == found


def test_a_file_that_is_none_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "words.sqlite").write_text("nonsense " * 1000)
    for file in (None, tmp_path / "words.sqlite", tmp_path / "words.sqlite" / "below"):
        analyses = KeptAnalyses(file)
        assert [analyses.kept(str(n), lambda n=n: n) for n in range(2 * KEPT_TOGETHER)] == list(range(2 * KEPT_TOGETHER))


def test_tags_and_lemmas_are_the_same_from_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    doc = spacy.tokens.Doc(spacy.blank("de").vocab, WORDS, sent_starts=[True, *[False] * (len(WORDS) - 1)])
    expected = Tagger().match(doc)
    monkeypatch.setenv("KG_CACHE", str(tmp_path))
    monkeypatch.setattr("kg.annotation.words.kept_analyses.KEPT_TOGETHER", 1)
    assert Tagger().match(doc) == expected
    for name in ("_tag_word", "_analyze"):
        monkeypatch.setattr(Morphology, name, lambda *_, **__: never())
    assert Tagger().match(doc) == expected


def test_the_user_says_where_or_that_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert analyses_file() is None
    monkeypatch.setenv("KG_CACHE", str(tmp_path))
    assert str(analyses_file()).startswith(f"{tmp_path}/words-")
    monkeypatch.setenv("KG_CACHE", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "usual"))
    assert str(analyses_file()).startswith(f"{tmp_path}/usual/lagebild/words-")
