"""German sentences annotated with a small gazetteer, for the tests of names."""

from __future__ import annotations

from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotation.names.gazetteer_matcher import GazetteerMatcher
from kg.annotation.names.name_finder import NameFinder
from kg.annotation.records import register_extensions
from kg.annotation.references.resolver import Resolver
from kg.annotation.words.sentences import create as sentences
from kg.annotation.words.tagger import create as tagger
from kg.annotation.words.tokenizer import german_tokenizer
from kg.knowledge.gazetteer import Gazetteer
from tests.support.places import DATA_FOLDER

TURTLE = DATA_FOLDER / "names.ttl"


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.read([(TURTLE.name, TURTLE.read_text(encoding="utf8"))])


@cache
def tagging() -> Language:
    register_extensions()
    assert sentences and tagger  # importing them registers the factories
    nlp = spacy.blank("de")
    nlp.tokenizer = german_tokenizer(nlp)
    nlp.add_pipe("lagebild_sentences")
    nlp.add_pipe("lagebild_tagger")
    return nlp


def annotated(text: str, *, names: bool = True, coreference: bool = False) -> Doc:
    doc = GazetteerMatcher(gazetteer())(tagging()(text))
    if names:
        doc = NameFinder(gazetteer())(doc)
    return Resolver(gazetteer())(doc) if coreference else doc


def found(doc: Doc, *kinds: str) -> list[tuple[str, str]]:
    """Return (text, entity) of the mentions of these kinds, of all when none is given."""
    return [(doc.text[m.begin : m.end], m.entity) for m in doc._.mentions if not kinds or m.kind in kinds]
