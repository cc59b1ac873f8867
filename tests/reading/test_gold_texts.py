"""The annotated articles that stand beside the project: titles, dates and sentences are found as readers found them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from spacy.language import Language

from kg.annotation.words.sentences import bounds
from kg.reading import Article, read_articles
from tests.support.places import PROJECT

GOLD = PROJECT.parent / "shared" / "gold"
pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason="the annotated articles do not stand beside the project")
FULL_DATE = 10  # characters; a month alone is no date


def _gold() -> list[tuple[dict[str, Any], Article]]:
    pairs = []
    for path in sorted(GOLD.glob("*/*.json")):
        gold = json.loads(path.read_text(encoding="utf8"))
        [article] = read_articles(str(path.with_suffix(".txt")), root=str(path.parent))
        pairs.append((gold, article))
    return pairs


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


def _title(gold: dict[str, Any]) -> str | None:
    """Return the title where the file has one: some are its body alone."""
    [path] = GOLD.glob(f"*/{gold['doc']}")
    title = gold["title"] or ""
    return title if title and _words(title) in _runs(path.read_text(encoding="utf8"), len(_words(title))) else None


def _runs(text: str, length: int) -> set[tuple[str, ...]]:
    """Return every run of ``length`` words of the text."""
    words = _words(text)
    return {words[i : i + length] for i in range(len(words))}


def test_every_title_and_date_is_found() -> None:
    pairs = _gold()
    assert len(pairs) > 20
    assert [(g["doc"], a.title) for g, a in pairs] == [(g["doc"], _title(g)) for g, _ in pairs]
    assert [(g["doc"], str(a.published)) for g, a in pairs] == [
        (g["doc"], g["date"] if len(g["date"]) == FULL_DATE else "None") for g, _ in pairs
    ]


def test_sentences_are_cut_as_readers_cut_them(sentence_cutter: Language) -> None:
    same = total = 0
    for gold, article in _gold():
        doc = sentence_cutter.make_doc(article.text)
        doc._.blocks = article.blocks
        ours = {_words(article.text[slice(*bounds(s))]) for s in sentence_cutter(doc).sents}
        wanted = {_words(e["sentence"]) for e in gold["events"]}
        total += len(wanted)
        same += len(wanted & ours)
    assert same / total >= 0.97
