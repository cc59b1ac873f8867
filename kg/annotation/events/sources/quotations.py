"""Words in quotation marks: which of them are speech."""

from __future__ import annotations

from spacy.tokens import Doc

QUOTE_PAIRS = {"„": '“”"', "“": "”“", "»": "«", "«": "»", '"': '"', "›": "‹"}
LONGEST_QUOTATION = 300  # words within which a quotation over several paragraphs must end
SPOKEN_WORDS = 4  # a quotation of fewer words is a name or a distancing, not speech


def _closes(doc: Doc, start: int) -> bool:
    """Whether a quotation opened by „ goes on: its end comes before the next beginning, and not too far away."""
    for token in doc[start : start + LONGEST_QUOTATION]:
        if token.text == "„":
            return False
        if token.text in "“”":
            return True
    return False


def quoted_words(doc: Doc) -> list[int]:
    """Return for every token the number of the quotation it stands in, -1 outside; a quotation ends with its paragraph."""
    out, open_with, number = [-1] * len(doc), "", -1
    lengths: dict[int, int] = {}
    for token in doc:
        if token.is_space and "\n\n" in token.text:
            open_with = open_with if open_with == "„" and _closes(doc, token.i) else ""
        elif open_with and token.text in QUOTE_PAIRS[open_with]:
            open_with = ""
            continue
        elif not open_with and token.text in QUOTE_PAIRS:
            open_with, number = token.text, number + 1
            continue
        if open_with:
            out[token.i] = number
            lengths[number] = lengths.get(number, 0) + 1
    return [q if q >= 0 and lengths[q] >= SPOKEN_WORDS else -1 for q in out]
