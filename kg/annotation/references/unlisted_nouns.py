"""Nouns that no table knows: whether they may mean people, or stand for a thing, a place, a body or what can't be touched."""

from __future__ import annotations

from functools import cache, lru_cache

from kg.annotation.syntax.chunks import Chunk
from kg.annotation.syntax.words import SentenceWords
from kg.german.nouns import facility_kind, organisation_kind, place_kind
from kg.german.people import is_thing
from kg.german.word_sets import word_set
from kg.knowledge.event_lexicon import load_event_lexicon
from kg.resources import table

ABSTRACT_ENDINGS = tuple(word_set("events", "abstract_endings"))
PEOPLE_CLASSES, NOT_TELLING = word_set("events", "people_classes"), word_set("events", "not_telling")
THING_PLURALS = word_set("events", "thing_plurals")  # that end as those of people do: Uniformen, Teller
LONG_THINGS = tuple(word for word in THING_PLURALS if len(word) > 6)  # also as the end of a compound: Geldquellen
PEOPLE_PLURALS = tuple(word_set("events", "people_plurals"))
SINGULAR_ARTICLES, PERSON_ENDINGS = word_set("events", "singular_articles"), tuple(word_set("events", "person_endings"))
SHORTEST_PEOPLE = 4  # letters of the shortest noun that is taken for people


@lru_cache(maxsize=20_000)
def may_mean_people(noun: str, lemma: str) -> bool:
    """Tell whether a noun, as it stands and as a lemma, may mean people: all that is not known as something else."""
    return _is_word(noun) and not _is_known_thing(noun, lemma)


@lru_cache(maxsize=20_000)
def may_mean_several(noun: str, lemma: str) -> bool:
    """Tell whether a noun may be the plural of people: things are most of those in -e (Versuche), but not in -iere.

    What ends in -en by itself is what somebody does (Mord durch Unterlassen).
    """
    deed = noun == lemma and noun.endswith("en")
    return not deed and noun.lower().endswith(PEOPLE_PLURALS) and may_mean_people(noun, lemma)


def looks_like_people(words: SentenceWords, chunk: Chunk) -> bool:
    """Tell whether a phrase is a plural of people, or has in the singular the ending of a person: ein Kosake, but no Arm."""
    article = words.lower[chunk.determiner] if chunk.determiner is not None else ""
    if article in SINGULAR_ARTICLES:
        return words.lower[chunk.head].endswith(PERSON_ENDINGS)
    return may_mean_several(words.text[chunk.head], words.lemma[chunk.head])


def _is_word(noun: str) -> bool:
    return len(noun) >= SHORTEST_PEOPLE and noun.isalpha() and noun[0].isupper() and noun[1:].islower()


@cache
def _thing_classes() -> frozenset[str]:
    return frozenset(load_event_lexicon().classes.keys() - PEOPLE_CLASSES)


@cache
def _weapons() -> tuple[str, ...]:
    words = (r["word"].lower() for r in table("events/instruments.tsv"))
    return tuple(word for word in words if len(word) > SHORTEST_PEOPLE)


@lru_cache(maxsize=20_000)
def is_weapon(lemma: str) -> bool:
    """Tell whether a noun names what attacks are made with: Rakete, Artilleriegranate."""
    return lemma.lower().endswith(_weapons())


def _is_known_thing(noun: str, lemma: str) -> bool:
    """Whether a noun stands for a thing, a place, a body, an event, or what can't be touched."""
    lexicon = load_event_lexicon()
    if any(lemma.lower() in lexicon.classes[name] for name in PEOPLE_CLASSES):
        return False  # Ausbilder, though Bilder are things
    low = noun.lower()
    if low in NOT_TELLING | THING_PLURALS or low.endswith(LONG_THINGS) or lemma.lower().endswith(ABSTRACT_ENDINGS):
        return True
    if is_thing(noun) or is_thing(lemma):
        return True
    if any(kind(w) is not None for kind in (place_kind, facility_kind, organisation_kind) for w in (noun, lemma)):
        return True
    if lexicon.of_noun(lemma)[1] or is_weapon(lemma):
        return True
    if lexicon.is_any_of(lemma, PEOPLE_CLASSES):
        return False  # Heckenschütze, which is a word of war too
    return lexicon.is_any_of(lemma, _thing_classes())
