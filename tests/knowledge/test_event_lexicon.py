"""The event lexicon: what its loader refuses, and that every row of its tables is well-formed and can be reached."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

import pytest
from spacy.tokens import Doc

from kg.annotation.records import Factuality
from kg.annotation.syntax.chunks import plain
from kg.errors import ResourceError
from kg.knowledge import event_lexicon
from kg.knowledge.event_lexicon import KIND_CLASSES, POS, load_event_lexicon
from kg.namespaces import ACTOR_KINDS, EVENT_KINDS, EVENT_SUBKINDS, PLACE_KINDS, ROLES
from kg.resources import table
from tests.support.extraction import read

TRIGGERS = list(table("events/triggers.tsv"))
SPECIAL = {"number", "plural", "time", "definite", "named", "als"}
FUNCTIONS = {"subj", "obj", "dat", "gen", "poss", "comp", "adj", "light", "member", "means", "loc", "near", "adjunct"} | {
    "purpose", "helped",
}  # fmt: skip
PREPOSITIONS = {plain(r["preposition"]) for r in table("syntax/prepositions.tsv")}
KINDS = {*KIND_CLASSES, *ACTOR_KINDS, *PLACE_KINDS}
LEVELS = set(Factuality.__args__)  # type: ignore[attr-defined]
GOOD = {"lemma": "erobern", "pos": "V", "kind": "Capture", "frame": "conquer", "with": "", "needs": "", "avoid": ""}


def conditions(row: dict[str, str]) -> list[str]:
    return f"{row['needs']} {row['avoid']}".replace("|", " ").split()


def reading(row: dict[str, str]) -> Callable[[str], Iterator[dict[str, str]]]:
    return lambda file: iter([row]) if file == "events/triggers.tsv" else table(file)


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("pos", "X", "lexicon/events/triggers.tsv: erobern: pos 'X' is none of V, N, W, A"),
        ("kind", "Conquest", "lexicon/events/triggers.tsv: erobern: 'Conquest' is no event type"),
        ("frame", "grab", "lexicon/events/triggers.tsv: erobern: no frame 'grab' in events/frames.tsv"),
        ("needs", "place|obj=land", "lexicon/events/triggers.tsv: erobern: no class 'land' in events/nounclasses.tsv"),
        ("avoid", "obj=heart", "lexicon/events/triggers.tsv: erobern: no class 'heart' in events/nounclasses.tsv"),
    ],
)
def test_loader_refuses_a_row_that_names_what_is_not_there(
    column: str, value: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_lexicon, "table", reading(GOOD | {column: value}))
    with pytest.raises(ResourceError) as raised:
        load_event_lexicon.__wrapped__()
    assert str(raised.value) == message


def test_loader_reads_a_good_row(monkeypatch: pytest.MonkeyPatch) -> None:
    row = GOOD | {"lemma": "Schließung", "pos": "N", "needs": "place|obj=territory time", "avoid": "subj:Person/City"}
    monkeypatch.setattr(event_lexicon, "table", reading(row))
    [entry] = load_event_lexicon.__wrapped__().nouns["schliessung"]
    assert [[c.function for c in part] for part in entry.needs] == [["place"], ["obj", "time"]]
    assert (entry.needs[1][0].noun, entry.avoid[0].kinds) == ("territory", {"Person", "City"})


def test_lexicon_is_read_once() -> None:
    assert load_event_lexicon() is load_event_lexicon()


# -- every row ------------------------------------------------------------------------------------------------


def test_at_least_500_triggers_cover_every_event_type() -> None:
    assert len(TRIGGERS) >= 500
    assert set(EVENT_KINDS) <= {r["kind"] for r in TRIGGERS} <= {*EVENT_KINDS, *EVENT_SUBKINDS}


def test_every_trigger_condition_names_a_function_and_classes_that_exist() -> None:
    classes = {*load_event_lexicon().classes, "people"}  # people also without a list
    wrong = []
    for row in TRIGGERS:
        for part in conditions(row):
            function, _, of = part.replace("=", ":").partition(":")
            known = function in SPECIAL | FUNCTIONS | PREPOSITIONS | set(ROLES)
            fits = not of or (of in classes if "=" in part else set(of.split("/")) <= KINDS)
            wrong += [] if known and fits else [(row["lemma"], part)]
    assert wrong == []


def test_no_trigger_row_hides_behind_an_earlier_one() -> None:
    earlier: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    hidden = []
    for row in TRIGGERS:
        key = (row["lemma"], row["pos"], row["with"])
        wanted = f"{row['frame']} {row['needs']}" if row["needs"] else row["avoid"]  # a role depends on the frame
        hidden += [(row["lemma"], row["kind"])] if wanted in earlier[key] or "" in earlier[key] else []
        earlier[key].append(wanted)
    assert hidden == []


def test_every_noun_is_found_in_a_sentence() -> None:
    found = {r["lemma"]: read(f"Es gab {r['lemma']}.") for r in TRIGGERS if r["pos"] in ("N", "W")}
    lost = [r["lemma"] for r in TRIGGERS if r["lemma"] in found and r["kind"] not in candidates(found[r["lemma"]])]
    assert lost == []


def candidates(doc: Doc) -> set[str]:
    return {entry.kind for trigger in doc._.triggers for entry in trigger.entries}


def test_every_verb_and_participle_is_found_by_its_lemma() -> None:
    lexicon = load_event_lexicon()
    for row in TRIGGERS:
        lemma = row["lemma"].lower().replace("ß", "ss")
        found = {"V": lexicon.verbs, "A": lexicon.participles}.get(row["pos"], {}).get(lemma, ())
        assert row["pos"] not in ("V", "A") or row["kind"] in {e.kind for e in found}


@pytest.mark.parametrize(
    ("noun", "first", "kinds"),
    [
        ("Luftangriff", "", ["Airstrike"]),
        ("Mossul-Offensive", "Mossul", ["Offensive"]),
        ("Koalitionsluftangriff", "Koalitions", ["Airstrike"]),
        ("Selbstmordanschlag", "", ["Bombing"]),
        ("Rückeroberung", "", ["Capture"]),
        ("Hochburg", "", []),
        ("IS-Hochburg", "", []),
        ("Terrorgefahr", "", []),
        ("Niederschlag", "", []),
        ("Vorschlag", "", []),
        ("Zufall", "", []),
        ("Überfallkommando", "", []),
        ("Haushalt", "", []),
    ],
)
def test_compound_is_looked_up_by_its_last_part(noun: str, first: str, kinds: list[str]) -> None:
    found = load_event_lexicon().of_noun(noun)
    assert (found[0], [e.kind for e in found[1]]) == (first, kinds)


def test_every_frame_row_is_well_formed_and_its_frame_used() -> None:
    rows = list(table("events/frames.tsv"))
    assert {r["function"] for r in rows} <= FUNCTIONS | PREPOSITIONS
    assert {r["role"] for r in rows} <= {*ROLES, "none"}
    assert {kind for r in rows for kind in r["types"].split("/")} <= KINDS
    assert Counter((r["frame"], r["function"], r["role"]) for r in rows).most_common(1)[0][1] == 1
    used = {r["frame"] for r in TRIGGERS} | {r["frame"] for r in table("events/compounds.tsv")}
    assert {r["frame"] for r in rows} == used


def test_every_support_verb_row_is_well_formed() -> None:
    rows = list(table("events/support_verbs.tsv"))
    assert {r["slot"] for r in rows} <= {"obj", "gen", "subj"} | PREPOSITIONS
    assert {r["actor"] for r in rows} <= {"subj", "obj", "dat", ""}
    assert {r["factuality"] for r in rows} <= LEVELS | {""}
    assert Counter((r["verb"], r["slot"]) for r in rows).most_common(1)[0][1] == 1


def test_every_stance_row_is_well_formed() -> None:
    rows = list(table("events/stance.tsv"))
    assert {r["what"] for r in rows} <= {"adv", "adj", "verb", "noun", "none", "aim", "zu", "pred", "conj"}
    assert {r["factuality"] for r in rows} <= LEVELS | {"Generic", ""}
    assert all(bool(r["function"]) == (r["what"] == "verb") for r in rows)
    assert {r["function"] for r in rows} <= {"", "subj", "obj"} | PREPOSITIONS
    assert Counter((r["word"], r["what"], r["function"]) for r in rows).most_common(1)[0][1] == 1


def test_every_reporting_verb_row_is_well_formed() -> None:
    rows = list(table("events/reporting.tsv"))
    assert {slot for r in rows for slot in r["slots"].split()} <= {"complement", "obj", "zu", "als", "quoted"} | PREPOSITIONS
    assert all(r["slots"] for r in rows)
    assert Counter(r["verb"] for r in rows).most_common(1)[0][1] == 1


def test_every_compound_row_changes_a_noun_that_is_a_trigger() -> None:
    nouns = load_event_lexicon().nouns
    for row in table("events/compounds.tsv"):
        assert row["kind"] in {*EVENT_KINDS, *EVENT_SUBKINDS}
        assert [second for second in row["second"].split() if second not in nouns] == []


def test_parts_of_speech_are_those_of_the_table() -> None:
    assert {r["pos"] for r in TRIGGERS} == set(POS)
