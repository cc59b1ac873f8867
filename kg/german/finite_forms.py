"""What the ending of a finite verb tells: nahmen is plural, nahm and begann are not."""

from __future__ import annotations

from kg.german.word_sets import word_set

PLURAL_FORMS, SINGULAR_FORMS = word_set("german", "plural_finite"), word_set("german", "singular_in_n")


def is_plural(form: str) -> bool:
    """Tell whether a finite verb, in small letters, stands with a plural of the third person."""
    return (form.endswith("n") and form not in SINGULAR_FORMS) or form in PLURAL_FORMS
