"""A small spaCy pipeline for German, trained in seconds: what ``--pipeline`` is tested with."""

from __future__ import annotations

import re
from collections.abc import Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import fix_random_seed, minibatch
from spacy.vocab import Vocab

from tests.support.places import DATA_FOLDER

SENTENCES = DATA_FOLDER / "tagged.txt"
MARKED = re.compile(r"\{(?P<label>[A-Z]+) (?P<words>[^}]+)\}|\S+")
ROUNDS = 40
TOGETHER = 6  # sentences learnt from at once
TOK2VEC = {"@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None, "width": 32, "depth": 1,
           "embed_size": 500, "window_size": 1, "maxout_pieces": 2, "subword_features": True}  # fmt: skip


def sentences(vocab: Vocab) -> Iterator[Doc]:
    """Yield the sentences of :data:`SENTENCES` with their tags and named entities."""
    for line in SENTENCES.read_text(encoding="utf8").splitlines():
        if line.startswith("#"):
            continue
        words: list[list[str]] = []
        marks: list[tuple[int, int, str]] = []
        for found in MARKED.finditer(line):
            begin = len(words)
            words += [word.rsplit("/", 1) for word in (found["words"] or found[0]).split()]
            if found["label"]:
                marks.append((begin, len(words), found["label"]))
        doc = Doc(vocab, words=[word for word, _ in words], tags=[tag for _, tag in words])
        doc.set_ents([Span(doc, *mark) for mark in marks], default="outside")
        yield doc


def train(lang: str = "de") -> Language:
    """Return a pipeline of tagger, recogniser of names and sentencizer that knows the sentences by heart."""
    fix_random_seed(1)
    nlp = spacy.blank(lang)
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("tagger", config={"model": {"tok2vec": TOK2VEC}})
    nlp.add_pipe("ner", config={"model": {"tok2vec": TOK2VEC, "hidden_width": 32}})
    docs = list(sentences(nlp.vocab))
    examples = [Example(Doc(nlp.vocab, words=[t.text for t in doc]), doc) for doc in docs]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(ROUNDS):
        for batch in minibatch(examples, TOGETHER):
            nlp.update(batch, sgd=optimizer)
    return nlp
