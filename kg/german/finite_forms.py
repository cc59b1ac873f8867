"""What the form of a finite verb tells: nahmen is plural, nahm and begann are not; nahm is a preterite, nimmt is none."""

from __future__ import annotations

from kg.german.word_sets import word_set

PLURAL_FORMS, SINGULAR_FORMS = word_set("german", "plural_finite"), word_set("german", "singular_in_n")
CHANGING_PRESENTS = word_set("german", "changing_presents")


def is_plural(form: str) -> bool:
    """Tell whether a finite verb, in small letters, stands with a plural of the third person."""
    return (form.endswith("n") and form not in SINGULAR_FORMS) or form in PLURAL_FORMS


def is_preterite(form: str, lemma: str) -> bool:
    """Tell a preterite from a present, both in small letters: the latter ends in -t even where its vowel changes (schlägt)."""
    stem = lemma.removesuffix("en").removesuffix("n")
    if form in (lemma, stem + "t", stem + "et", stem + "e") or form in CHANGING_PRESENTS:
        return False
    return stem.endswith("t") or not form.endswith("t")
