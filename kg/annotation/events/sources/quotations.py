"""Words in quotation marks: which of them are speech."""

from __future__ import annotations

from kg.annotation.words.token_table import TokenTable

QUOTE_PAIRS = {"„": '“”"', "“": "”“", "»": "«", "«": "»", '"': '"', "›": "‹"}
LONGEST_QUOTATION = 300  # words within which a quotation over several paragraphs must end
SPOKEN_WORDS = 4  # a quotation of fewer words is a name or a distancing, not speech


def _closes(words: list[str], start: int) -> bool:
    """Whether a quotation opened by „ goes on: its end comes before the next beginning, and not too far away."""
    for word in words[start : start + LONGEST_QUOTATION]:
        if word == "„":
            return False
        if word in "“”":
            return True
    return False


def quoted_words(tokens: TokenTable) -> list[int]:
    """Return for every token the number of the quotation it stands in, -1 outside; a quotation ends with its paragraph."""
    out, open_with, number = [-1] * len(tokens), "", -1
    lengths: dict[int, int] = {}
    for i, word in enumerate(tokens.words):
        if "\n\n" in word and word.isspace():
            open_with = open_with if open_with == "„" and _closes(tokens.words, i) else ""
        elif open_with and word in QUOTE_PAIRS[open_with]:
            open_with = ""
            continue
        elif not open_with and word in QUOTE_PAIRS:
            open_with, number = word, number + 1
            continue
        if open_with:
            out[i] = number
            lengths[number] = lengths.get(number, 0) + 1
    return [q if q >= 0 and lengths[q] >= SPOKEN_WORDS else -1 for q in out]
