"""Clauses and topological fields: every sentence of data/bracketing.tsv with its whole bracketing."""

from __future__ import annotations

import pytest

from kg.annotation.syntax.sentence import bracketing
from tests.support.extraction import read, rows

SENTENCES = rows("bracketing.tsv")


@pytest.mark.parametrize(("sentence", "fields"), SENTENCES, ids=[s for s, _ in SENTENCES])
def test_sentence_has_its_clauses_and_fields(sentence: str, fields: str) -> None:
    assert " || ".join(bracketing(s) for s in read(sentence)._.clauses) == fields


def test_table_is_large_enough_and_has_no_sentence_twice() -> None:
    assert len(SENTENCES) == len(dict(SENTENCES)) >= 120


@pytest.mark.parametrize("sentence", [s for s, _ in SENTENCES])
def test_every_word_belongs_to_one_clause(sentence: str) -> None:
    for syntax in read(sentence)._.clauses:
        owned = [k for clause in syntax.clauses for k in clause.words]
        assert len(owned) == len(set(owned))
        assert all(syntax.clause_of[k] == n for n, clause in enumerate(syntax.clauses) for k in clause.words)
        words = [k for k in range(len(syntax.words)) if not syntax.words.tag[k].startswith("$")]
        assert sorted(owned) == words


def test_a_clause_names_the_one_it_hangs_on_and_whose_subject_it_shares() -> None:
    [syntax] = read("Die Armee, die Ramadi hielt, floh und ließ Waffen zurück.")._.clauses
    assert [(c.kind, c.parent, c.shares) for c in syntax.clauses] == [
        ("main", None, None), ("relative", 0, None), ("main", None, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "predicates"),
    [
        ("Die Armee nahm die Stadt ein.", "einnehmen active indicative"),
        ("Die Armee hat die Stadt eingenommen.", "einnehmen active indicative perfect"),
        ("Die Stadt wurde eingenommen.", "einnehmen passive indicative"),
        ("Die Stadt ist eingenommen worden.", "einnehmen passive indicative perfect"),
        ("Die Stadt ist umzingelt.", "umzingeln sein indicative perfect"),
        ("Die Stadt sei umzingelt.", "umzingeln sein k1 perfect"),
        ("Die Stadt wäre gefallen.", "fallen sein k2 perfect"),
        ("Die Armee wird die Stadt erobern.", "erobern active indicative future"),
        ("Die Armee will die Stadt erobern.", "erobern active indicative wollen"),
        ("Die Stadt soll erobert werden.", "erobern passive indicative sollen"),
        ("Die Stadt könnte erobert worden sein.", "erobern passive k2 können perfect"),
        ("Er behauptet, die Miliz fliehe.", "behaupten active indicative | fliehen active k1"),
        ("Sie drohen, die Geiseln zu töten.", "drohen active indicative | töten active indicative zu"),
        ("Sie drohen, die Geiseln umzubringen.", "drohen active indicative | umbringen active indicative zu"),
        ("Die Lage ist ruhig.", "sein active indicative"),
    ],
)
def test_predicate_has_voice_mood_and_modal(sentence: str, predicates: str) -> None:
    [syntax] = read(sentence)._.clauses
    found = []
    for p in (p for clause in syntax.predicates for p in clause if p.lemma != "ruhig"):
        marks = [name for name in ("future", "zu", "perfect") if getattr(p, name)]
        found.append(" ".join([p.lemma, p.voice, p.mood, *([p.modal] if p.modal else []), *marks]))
    assert " | ".join(found) == predicates
