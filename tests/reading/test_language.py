"""Other languages are set aside, German texts never are, however short or full of names."""

from __future__ import annotations

import pytest

from kg.reading import Article, read_articles
from kg.reading.language import OTHER_SCRIPT, foreign
from tests.support.places import PROJECT

SAMPLES = PROJECT / "kg" / "samples"


@pytest.mark.parametrize(
    "text",
    [
        "USA greifen Stellungen an",
        "Mossul: Milizen fliehen Richtung Tal Afar, Sindschar, Baadsch",
        "Von Rana Haddad, Studio Kairo",
        "Rawa, Anah, Hit, Haditha",
        "Die Gruppe Harakat al-Nudschaba teilte mit: „Inna lillahi wa inna ilaihi radschiun, Allahu akbar.“",
        "Der Sprecher sagte: „We will not leave.“ Danach verließ er den Saal und sprach nicht mehr mit den Reportern.",
        "Armee rückt vor - Zivilisten fliehen - UN warnt",
        "IS",
    ],
)
def test_german_texts_are_german(text: str) -> None:
    assert foreign(text) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The army recaptured the town near the border on Monday, killing dozens of militants, officials said.", "en"),
        ("L'armée a repris la ville aux djihadistes lundi. Dix civils ont été tués dans les combats.", "fr"),
        ("Het leger heeft de stad maandag heroverd, zei een woordvoerder. Tientallen strijders kwamen daarbij om.", "nl"),
        ("Ordu kenti pazartesi günü geri aldı, on sivil çatışmalarda öldürüldü, dedi sözcü.", "tr"),
        ("قال الجيش إنه استعاد المدينة.", OTHER_SCRIPT),
        ("Армия вернула город под свой контроль.", OTHER_SCRIPT),
    ],
    ids=["English", "French", "Dutch", "Turkish", "Arabic", "Russian"],
)
def test_other_languages_are_named(text: str, language: str) -> None:
    assert foreign(text) == language


def test_no_sample_and_no_paragraph_of_one_is_set_aside() -> None:
    articles = [a for path in sorted(SAMPLES.glob("*.txt")) for a in read_articles(str(path), root=None)]
    texts = [a.text for a in articles if isinstance(a, Article)]
    assert len(texts) == len(articles) > 0
    assert [part for text in texts for part in text.split("\n\n") if foreign(part)] == []
