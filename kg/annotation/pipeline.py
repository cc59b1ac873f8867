"""The German pipeline: the components of :mod:`kg.annotation` in their order."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import spacy
from spacy.attrs import IDS
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotation.failures import read_what_can_be
from kg.annotation.names.trained_entities import FACTORY as ENTITIES
from kg.annotation.records import register_extensions
from kg.annotation.words.capitals import in_true_case
from kg.annotation.words.tokenizer import german_tokenizer
from kg.errors import UsageError
from kg.reading import Article
from kg.reading.article import LONGEST_ARTICLE

COMPONENTS = (
    "lagebild_sentences", "lagebild_tagger", "lagebild_gazetteer", "lagebild_names", "lagebild_dates",
    "lagebild_quantities", "lagebild_fields", "lagebild_corefer", "lagebild_triggers", "lagebild_arguments",
    "lagebild_factuality", "lagebild_events",
)  # fmt: skip
BOUNDS = frozenset(("token.is_sent_start", "doc.sents"))
UNUSED = frozenset(("token.lemma", "token.pos", "token.morph"))
UNREAD_FLAGS = (
    "LIKE_URL", "LIKE_EMAIL", "LIKE_NUM", "IS_STOP", "IS_PUNCT", "IS_CURRENCY", "IS_QUOTE", "IS_BRACKET", "IS_LEFT_PUNCT",
    "IS_RIGHT_PUNCT", "SHAPE",
)  # fmt: skip


def load_pipeline(name: str | None = None) -> Language:
    """Return the pipeline.

    ``name`` is an installed German spaCy pipeline, or the folder of one, whose tags and named entities are then used.
    Raises :class:`UsageError` when there is none of that name, or none that can be used. What the process holds at the end
    of loading is left out of all later garbage collections.
    """
    register_extensions()
    nlp = _untrained() if name is None else _trained(name)
    nlp.tokenizer = german_tokenizer(nlp)
    nlp.max_length = LONGEST_ARTICLE
    first, *others = COMPONENTS
    nlp.add_pipe(first, first=True)  # a trained recogniser of names keeps them inside sentences
    for component in others:
        nlp.add_pipe(component)
    if any("doc.ents" in nlp.get_pipe_meta(pipe).assigns for pipe in nlp.pipe_names):
        nlp.add_pipe(ENTITIES, after="lagebild_names")
    gc.collect()
    gc.freeze()  # what was loaded stays: no collection goes through gazetteer and lexicon while articles are read
    return nlp


def _untrained() -> Language:
    """Make a pipeline that doesn't ask of each new word whether it is an address, a stop word, a currency ..."""
    nlp = spacy.blank("de")
    vocab: Any = nlp.vocab  # spaCy's types leave the getters out
    for flag in UNREAD_FLAGS:
        vocab.lex_attr_getters.pop(IDS[flag])
    return nlp


def _trained(name: str) -> Language:
    """Load a pipeline and leave out of it what would set sentence bounds again and what nothing here reads."""
    nlp = _loaded(name)
    if nlp.lang != "de":
        raise UsageError(f"the spaCy pipeline {name!r} is for {nlp.lang!r}: give one for German (de)")
    for pipe in list(nlp.pipe_names):
        assigns = set(nlp.get_pipe_meta(pipe).assigns)
        if assigns & BOUNDS or (assigns and assigns <= UNUSED):
            nlp.remove_pipe(pipe)
    return nlp


def _loaded(name: str) -> Language:
    try:
        return spacy.load(name)
    except OSError as error:
        there = "that folder holds none" if Path(name).exists() else f"python -m spacy download {name}"
        raise UsageError(f"no spaCy pipeline {name!r} is installed: {there}") from error
    except Exception as error:  # whatever a package does that is no pipeline, or one for another spaCy
        reason = str(error).strip().partition("\n")[0]
        raise UsageError(f"{name!r} can't be loaded as a spaCy pipeline ({reason}): give another") from error


def annotate(nlp: Language, articles: Iterable[Article]) -> Iterator[tuple[Article, Doc]]:
    """Yield every article with its annotated document, in the order given.

    A sentence that can't be annotated is left out and stands in ``doc._.failures``; in the document's text there are blanks
    in its place.
    """
    for article in articles:
        doc, failures = read_what_can_be(partial(_annotated, nlp, article), in_true_case(article.text), nlp)
        doc._.failures = failures
        yield article, doc


def _annotated(nlp: Language, article: Article, text: str) -> Doc:
    doc = nlp.make_doc(text)
    doc._.published = article.published
    doc._.blocks = article.blocks
    return nlp(doc)
