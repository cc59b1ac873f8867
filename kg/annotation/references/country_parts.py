"""Parts of countries by their point of the compass: im Süden Israels, im Norden des Landes, in den Osten der Türkei."""

from __future__ import annotations

from dataclasses import replace

from kg.annotation.names.workspace import Scene
from kg.german.inflection import compass_points
from kg.german.nouns import name_cues
from kg.german.stts import ARTICLE_TAGS


def find_country_parts(scene: Scene) -> None:
    """Add the part that a noun of the compass and a country behind it name: the gazetteer's region, or one of the text."""
    for i, word in enumerate(scene.words):
        if word in compass_points() and scene.tags[i] == "NN" and scene.free(i):
            _part(scene, i)


def _part(scene: Scene, i: int) -> None:
    behind = _country_behind(scene, i)
    if behind is not None:
        last, country = behind
        slug = _region(scene, scene.words[i], country)
        if slug in scene.surface:
            scene.surface[slug].add(scene.span(i, last))
        scene.mention(slug, i, i, i)
    elif (told := _told_before(scene, i)) is not None:
        scene.mention(told, i, i, i)


def _country_behind(scene: Scene, i: int) -> tuple[int, str] | None:
    """Return the last token and the slug of the country in the genitive behind a noun, or behind its von."""
    k = i + 1
    k += scene.word(k) in name_cues("of")
    k += scene.tag(k) in ARTICLE_TAGS
    named = scene.covered[k] if k < len(scene.words) else None
    country = named is not None and scene.entities[named.entity].kind == "Country"
    return (named.head, named.entity) if named is not None and country else None


def _region(scene: Scene, noun: str, country: str) -> str:
    if (known := scene.gazetteer.region(noun, country)) is not None:
        return scene.add_gazetteer(known.slug)
    name = scene.entities[country].label
    label = compass_points()[noun] + name.lower()
    if not name.isalpha() or label in scene.gazetteer.single:  # Vereinigte Staaten (Süden); Südsudan is another country
        label = f"{name} ({noun})"
    told = (slug for slug, entity in scene.entities.items() if entity.kind == "Region" and entity.label == label)
    slug = next(told, None) or scene.add_local("place", f"Region {label}", "Region", label, "article")
    scene.entities[slug] = replace(scene.entities[slug], within=country)
    return slug


def _told_before(scene: Scene, i: int) -> str | None:
    """Im Norden: the part that the text has called so in full."""
    governed = scene.tag(i - 1) == "APPRART" or (scene.tag(i - 1) in ARTICLE_TAGS and scene.tag(i - 2) == "APPR")
    if not governed:
        return None
    told = (m for m in reversed(scene.mentions) if m.head < i and scene.words[m.head] == scene.words[i])
    return next((m.entity for m in told if scene.entities[m.entity].kind == "Region"), None)
