"""German words: what is one token and what is not."""

from __future__ import annotations

import pytest
import spacy

from kg.annotation.words.tokenizer import GermanTokenizer, german_tokenizer, is_ordinal


@pytest.fixture(scope="module")
def tokenizer() -> GermanTokenizer:
    return german_tokenizer(spacy.blank("de"))


# ¦ stands between tokens that no blank parts
WORDS = [
    "IS-Kämpfer und US-geführte Truppen",
    "Al-Kaida droht¦, al-Baghdadi schweigt¦.",
    "25.000 Menschen und 50000 Tiere",
    "„¦IS-Kämpfer¦“ und »¦Helden¦« und ‚¦Verräter¦‘",
    "«¦Sieg¦»¦, sagte er",
    "“¦Kalifat¦” und ‹¦Reich¦›",
    "„¦Kalifat¦“¦-Gründer",
    "das Ende¦.¦“¦Danach war Ruhe",
    "er sagte¦:¦„¦Geht¦!¦“",
    "die Grenze Syrien¦–¦Irak von 2014¦–¦2017",
    "Kräfte – auch kurdische – rücken vor",
    "APA¦/¦AFP und¦/¦oder dpa",
    "Es ist geschehen¦.¦Im Dorf",
    "am 3. Oktober 2015¦.",
    "Es waren 17¦.",
    "Es waren 17¦. Danach schwieg er",
    "der 45. Präsident",
    "Sa'da und auf's Ganze",
    "Dr. Hassan¦, z.B. in Erbil",
    "nach Art¦. 51",
    "Waffen dieser Art¦.",
    "Strom- und Wasserleitungen",
    "um 20.30 Uhr am 01.07.2017¦.",
    "ein T-72¦.",
    "rund 90 % der Stadt",
    "die Seite tagesschau.de meldet",
    "[¦…¦]",
    "der IS¦.",
]


@pytest.mark.parametrize("marked", WORDS)
def test_words_are_parted_as_readers_part_them(tokenizer: GermanTokenizer, marked: str) -> None:
    doc = tokenizer(marked.replace("¦", ""))
    assert [t.text for t in doc] == marked.replace("¦", " ").split(" ")
    assert doc.text == marked.replace("¦", "")


@pytest.mark.parametrize(
    ("before", "number", "after", "ordinal"),
    [
        ("am", "3.", "Oktober", True),
        ("Der", "45.", "Präsident", True),
        (",", "9.", "November", True),
        ("gestern", "9.", "November", True),
        ("", "1.", "Bundesliga", True),
        ("die", "101.", "Division", True),
        ("dem", "3.", "und", True),
        ("auf", "17.", "Bisher", False),
        ("waren", "17.", "Syrien", False),
        ("um", "17.", "", False),
        ("im", "2015.", "Sommer", False),
        ("am", "3.", "\n\n", False),
    ],
)
def test_a_number_keeps_its_full_stop_where_it_is_an_ordinal(
    before: str, number: str, after: str, ordinal: bool
) -> None:
    assert is_ordinal(before, number, after) is ordinal


@pytest.mark.parametrize(
    "text",
    ["x" * 5_000, f"vor {'y' * 999} nach", f"{'„' * 400}Wort{'“' * 400}. Ende", " ", "", "\n\n", "a  b", "مرحبا" * 100],
)
def test_no_character_is_lost(tokenizer: GermanTokenizer, text: str) -> None:
    assert tokenizer(text).text == text


def test_long_words_are_cut_so_that_time_stays_linear(tokenizer: GermanTokenizer) -> None:
    assert max(len(t.text) for t in tokenizer(f"Ende {'x' * 100_000} Anfang")) == 100


def test_words_met_inside_a_memory_zone_are_forgotten() -> None:
    nlp = spacy.blank("de")
    nlp.tokenizer = german_tokenizer(nlp)
    with nlp.memory_zone():
        assert [t.text for t in nlp("Unerhörtheiten, Ungereimtes.")] == ["Unerhörtheiten", ",", "Ungereimtes", "."]
        assert "Unerhörtheiten" in nlp.vocab.strings
    assert "Unerhörtheiten" not in nlp.vocab.strings
