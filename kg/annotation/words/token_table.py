"""The tokens of a tagged document as parallel lists, read once: spaCy makes a token anew each time it is looked at."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from spacy.tokens import Doc


@dataclass(frozen=True, slots=True, eq=False)
class TokenTable:
    """A document's ``text`` and its tokens: forms, tags, lemmas, and the offsets at which they begin and end.

    ``sentences`` holds for each sentence its first token and the one behind its last.
    """

    text: str
    words: list[str]
    lower: list[str]
    tags: list[str]
    lemmas: list[str]
    begins: list[int]
    ends: list[int]
    sentences: list[tuple[int, int]]

    @classmethod
    def of(cls, doc: Doc, tagged: list[tuple[str, str]]) -> TokenTable:
        """Read ``doc``, of whose tokens ``tagged`` holds tags and lemmas."""
        words, begins = forms_of(doc), begins_of(doc)
        return cls(
            doc.text,
            words,
            [word.lower() for word in words],
            [tag for tag, _ in tagged],
            [lemma for _, lemma in tagged],
            begins,
            [begin + len(word) for begin, word in zip(begins, words, strict=True)],
            sentence_bounds(doc),
        )

    def __len__(self) -> int:
        return len(self.words)

    def token_at(self, begin: int) -> int | None:
        """Return the token that begins at an offset of the text, if any."""
        found = bisect_left(self.begins, begin)
        return found if found < len(self.begins) and self.begins[found] == begin else None

    def token_to(self, end: int) -> int | None:
        """Return the token that ends at an offset of the text, if any."""
        found = bisect_left(self.ends, end)
        return found if found < len(self.ends) and self.ends[found] == end else None

    def bounds(self, sentence: int) -> tuple[int, int]:
        """Return the offsets of a sentence, white space at its end included only where it is a token."""
        first, behind = self.sentences[sentence]
        return self.begins[first], self.ends[behind - 1]


def forms_of(doc: Doc) -> list[str]:
    """Return the forms of all tokens."""
    strings = doc.vocab.strings
    return [strings[number] for number in doc.to_array("ORTH").tolist()]  # no token is made for it


def begins_of(doc: Doc) -> list[int]:
    """Return the offsets at which the tokens begin."""
    begins: list[int] = doc.to_array("IDX").tolist()
    return begins


def sentence_bounds(doc: Doc) -> list[tuple[int, int]]:
    """Return for each sentence its first token and the one behind its last; without bounds all is one."""
    if not doc.has_annotation("SENT_START"):
        return [(0, len(doc))] if len(doc) else []
    return [(sentence.start, sentence.end) for sentence in doc.sents]


def tokens_of(doc: Doc) -> TokenTable:
    """Return the tokens of ``doc`` as the tagger left them; they are read anew where no tagger has been."""
    kept: TokenTable | None = doc._.tokens
    return TokenTable.of(doc, [(token.tag_, token.lemma_) for token in doc]) if kept is None else kept


def paragraphs_of(tokens: TokenTable) -> list[int]:
    """Number the paragraph of each sentence; an empty line ends one."""
    out, number = [], 0
    for sentence in range(len(tokens.sentences)):
        out.append(number)
        begin, end = tokens.bounds(sentence)
        number += "\n\n" in tokens.text[begin:end]
    return out
