"""A spaCy pipeline of the small German size, trained for some steps on what ours annotated: only its speed counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import fix_random_seed, minibatch

from kg.namespaces import PLACE_KINDS

WIDTH, DEPTH = 96, 4
STEPS, TOGETHER = 40, 6  # documents learnt from at once
LISTENER: dict[str, Any] = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "tok2vec"}
TOK2VEC: dict[str, Any] = {
    "@architectures": "spacy.Tok2Vec.v2",
    "embed": {
        "@architectures": "spacy.MultiHashEmbed.v2", "width": WIDTH, "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
        "rows": [5000, 1000, 2500, 2500], "include_static_vectors": False,
    },
    "encode": {
        "@architectures": "spacy.MaxoutWindowEncoder.v2", "width": WIDTH, "depth": DEPTH, "window_size": 1,
        "maxout_pieces": 3,
    },
}  # fmt: skip


def transitions(state_type: str, tok2vec: dict[str, Any]) -> dict[str, Any]:
    """Return the model of a parser or recogniser of names, in the size of the small pipelines."""
    return {
        "@architectures": "spacy.TransitionBasedParser.v2", "state_type": state_type, "extra_state_tokens": False,
        "hidden_width": 64, "maxout_pieces": 2, "use_upper": True, "nO": None, "tok2vec": tok2vec,
    }  # fmt: skip


def train(annotated: Sequence[Doc]) -> Language:
    """Return tagger and parser over one tok2vec and a recogniser of names with its own, as spaCy designs its pipelines."""
    fix_random_seed(1)
    nlp = spacy.blank("de")
    nlp.add_pipe("tok2vec", config={"model": TOK2VEC})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": LISTENER}})
    nlp.add_pipe("parser", config={"model": transitions("parser", LISTENER), "min_action_freq": 1})
    nlp.add_pipe("ner", config={"model": transitions("ner", TOK2VEC)})
    examples = list(_examples(nlp, annotated))
    optimizer = nlp.initialize(lambda: examples)
    for step, batch in enumerate(minibatch(examples * STEPS, TOGETHER)):
        if step == STEPS:
            break
        nlp.update(batch, sgd=optimizer)
    return nlp


def _examples(nlp: Language, annotated: Sequence[Doc]) -> Iterator[Example]:
    for doc in annotated:
        place = {token.i: number for number, token in enumerate(t for t in doc if not t.is_space)}
        words = [doc[i].text for i in place]
        gold = Doc(nlp.vocab, words, tags=[doc[i].tag_ for i in place], **_tree(doc, place))
        gold.set_ents(list(_names(doc, gold, place)), default="outside")
        yield Example(Doc(nlp.vocab, words), gold)


def _tree(doc: Doc, place: dict[int, int]) -> dict[str, Any]:
    """Hang every word on its neighbour towards the middle of the sentence: as many steps for a parser as any tree."""
    heads: list[int] = []
    deps: list[str] = []
    for sentence in doc.sents:
        inside = [t for t in sentence if t.i in place]
        root = place[inside[len(inside) // 2].i] if inside else 0
        for token in inside:
            k = place[token.i]
            heads.append(k + (k < root) - (k > root))
            deps.append("ROOT" if k == root else token.tag_)
    return {"heads": heads, "deps": deps}


def _names(doc: Doc, gold: Doc, place: dict[int, int]) -> Iterator[Span]:
    taken: set[int] = set()
    for mention in doc._.mentions:
        span = doc.char_span(mention.begin, mention.end)
        inside = [place[t.i] for t in span or () if t.i in place]
        if mention.kind == "name" and inside and not taken & set(inside):
            taken.update(inside)
            yield Span(gold, inside[0], inside[-1] + 1, _label(doc, mention.entity))


def _label(doc: Doc, slug: str) -> str:
    kind = doc._.entities[slug].kind
    return "PER" if kind == "Person" else "LOC" if kind in PLACE_KINDS else "ORG"
