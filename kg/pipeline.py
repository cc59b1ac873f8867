"""The German pipeline: the components of :mod:`kg.components` in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotation import register_extensions
from kg.articles import Article
from kg.errors import UsageError
from kg.tokenizer import german_tokenizer

COMPONENTS = (
    "lagebild_sentences", "lagebild_tagger", "lagebild_gazetteer", "lagebild_names", "lagebild_dates",
    "lagebild_quantities", "lagebild_fields", "lagebild_corefer", "lagebild_triggers", "lagebild_arguments",
    "lagebild_factuality", "lagebild_events",
)  # fmt: skip
LONGEST = 1_000_000  # code points of one article, spaCy's own limit


def load_pipeline(name: str | None = None) -> Language:
    """Return the pipeline; ``name`` is an installed German spaCy pipeline whose tags and named entities it then uses.

    Raises :class:`UsageError` when no such pipeline is installed.
    """
    register_extensions()
    nlp = spacy.blank("de") if name is None else _trained(name)
    nlp.tokenizer = german_tokenizer(nlp)
    nlp.max_length = LONGEST
    for component in COMPONENTS:
        nlp.add_pipe(component)
    return nlp


def _trained(name: str) -> Language:
    try:
        return spacy.load(name)
    except OSError as error:
        raise UsageError(f"no spaCy pipeline {name!r} is installed: python -m spacy download {name}") from error


def annotate(nlp: Language, articles: Iterable[Article]) -> Iterator[tuple[Article, Doc]]:
    """Yield every article with its annotated document, in the order given."""
    for article in articles:
        doc = nlp.make_doc(article.text)
        doc._.published = article.published
        doc._.blocks = article.blocks
        yield article, nlp(doc)
