"""What a noun means beside a country: die Streitkräfte des syrischen Präsidenten, Kameruns Regierung."""

from __future__ import annotations

from kg.annotation.names.workspace import Scene
from kg.annotation.records import Entity
from kg.german.nouns import is_title, name_cues, place_kind, state_words
from kg.german.transliteration import fold
from kg.knowledge.gazetteer import Gazetteer

GOVERNMENT = "Regierung"
LONGEST_GENITIVE = 4  # tokens from a noun to the country in its genitive


def state_actor(gazetteer: Gazetteer, country: str, noun: str) -> Entity | None:
    """Return the force, authority or media of ``country`` that ``noun`` means; local where the gazetteer has none."""
    slug = gazetteer.force(country, noun)
    if slug is not None:
        entry = gazetteer.entries[slug]
        return Entity(slug, entry.kind, entry.label)
    word, home = state_words().get(fold(noun)), gazetteer.entries.get(country)
    if word is None or home is None or home.kind != "Country":
        return None
    return Entity(f"{country}-{word.group}", word.kind, f"{word.label} ({home.label})", (), "shared")


def find_state_actors(scene: Scene) -> None:
    """Add the actors of countries that stand in a genitive beside them."""
    for i, word in enumerate(scene.words):
        if scene.tags[i] != "NN" or fold(word) not in state_words() or not scene.free(i) or _is_named(scene, i):
            continue
        country = _country_after(scene, i) or _country_before(scene, i)
        actor = state_actor(scene.gazetteer, country, word) if country else None
        if actor is not None:
            if actor.scope != "gazetteer":
                scene.surface.setdefault(actor.slug, set())
            scene.entities.setdefault(actor.slug, actor)
            scene.mention(actor.slug, i, i, i)


def _is_named(scene: Scene, i: int) -> bool:
    """Tell whether a noun is part of a proper name, or of "unter Führung": Demokratische Streitkräfte Syriens."""
    before, opens = scene.word(i - 1), i < 2 or scene.tags[i - 2] in ("$.", "_SP")
    if scene.tag(i - 1) == "ADJA" and before[:1].isupper() and not opens and scene.adjectives[i - 1] is None:
        return True
    return scene.tag(i - 1) == "APPR" and state_words()[fold(scene.words[i])].kind == "Government"


def _country_before(scene: Scene, i: int) -> str | None:
    """Kameruns Regierung: the country in the genitive before the noun."""
    before = scene.covered[i - 1] if i else None
    if before is None or before.kind != "name" or scene.entities[before.entity].kind != "Country":
        return None
    return before.entity if scene.words[i - 1].endswith("s") else None


def _country_after(scene: Scene, i: int) -> str | None:
    """Return the country behind a noun: Armee Syriens, Truppen der Türkei, Streitkräfte des syrischen Präsidenten."""
    seated = scene.word(i + 1) == "in" and state_words()[fold(scene.words[i])].kind == "Government"
    k = i + 1
    if not seated and scene.word(k) not in name_cues("genitive") | name_cues("of"):
        named = scene.covered[k] if k < len(scene.words) else None
        country = named is not None and scene.entities[named.entity].kind == "Country" and scene.word(k).endswith("s")
        return named.entity if named is not None and country else None
    for k in range(i + 2, min(i + 2 + LONGEST_GENITIVE, len(scene.words))):
        named, adjective = scene.covered[k], scene.adjectives[k]
        if named is not None:
            kind = scene.entities[named.entity].kind
            fits = kind in ("Country", "Person") or (seated and kind == "City") or _governs(scene.gazetteer, named.entity)
            return scene.gazetteer.country_of(named.entity) if fits and named.kind == "name" else None
        if adjective is not None and _is_of_state(scene.word(k + 1)):
            return adjective.entity
        if (seat := _seat_of_government(scene, k)) is not None:
            return scene.gazetteer.country_of(seat)
        if scene.tags[k] not in ("ADJA", "NN") or (scene.tags[k] == "NN" and not is_title(scene.words[k])):
            return None
    return None


def _seat_of_government(scene: Scene, k: int) -> str | None:
    """Truppen der Regierung in Bagdad: the town behind a government without a country."""
    word, named = state_words().get(fold(scene.words[k])), scene.covered[k + 2] if k + 2 < len(scene.words) else None
    if word is None or word.kind != "Government" or scene.word(k + 1) != "in" or named is None:
        return None
    return named.entity if scene.entities[named.entity].kind == "City" else None


def _governs(gazetteer: Gazetteer, slug: str) -> bool:
    """Tell whether an actor is the government of its country: Truppen der syrischen Regierung; not that of a region."""
    country = gazetteer.country_of(slug)
    return country is not None and gazetteer.force(country, GOVERNMENT) == slug


def _is_of_state(noun: str) -> bool:
    """Tell whether a country's adjective before ``noun`` makes it the head, the authority or the state itself."""
    return is_title(noun) or fold(noun) in state_words() or place_kind(noun) == "Country"
