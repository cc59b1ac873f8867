"""Named entities of a trained pipeline, where the finders of names found nothing: typed entities known only from the text.

A trained pipeline tells persons, places and organisations apart (``doc.ents``), but not what sort of place or
organisation: the noun in the name does (Sindschar-Gebirge), a place without one is taken for a town. Its other entities
(works, peoples, events) are neither actors nor places and are left alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.annotation.names.workspace import Scene
from kg.annotation.records import Entity, Scope
from kg.german.nouns import facility_kind, group_kind, is_title, organisation_kind, place_kind
from kg.german.transliteration import key
from kg.knowledge.gazetteer import Gazetteer, shipped_gazetteer
from kg.namespaces import ACTOR_KINDS, PLACE_KINDS

FACTORY = "lagebild_entities"
Family = Literal["person", "place", "actor"]
FAMILIES: dict[str, Family] = {
    "PER": "person", "PERSON": "person", "LOC": "place", "GPE": "place", "FAC": "place", "ORG": "actor",
}  # fmt: skip
TOWNS = ("City", "District", "Region")
BEFORE_NAMES = ("ART", "APPR", "APPRART", "PPOSAT", "PDAT", "PIAT", "ADJA", "CARD")


@Language.factory(
    FACTORY,
    requires=["doc.ents", "token.tag", "token.lemma", "doc._.entities", "doc._.mentions"],
    assigns=["doc._.entities", "doc._.mentions"],
)
def create(nlp: Language, name: str) -> EntityReader:
    """Make the component on the shipped gazetteer."""
    return EntityReader(shipped_gazetteer())


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """A named entity: its first and last token, where its name begins behind titles, and what it names."""

    first: int
    last: int
    name: int
    family: Family


class EntityReader:
    """Adds the entities that a trained pipeline marks; another spelling of a gazetteer's name is known again."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def __call__(self, doc: Doc) -> Doc:
        """Annotate ``doc`` in place and return it."""
        if doc.ents:
            self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> Scene:
        """Add the longer names first, so that a surname finds its person."""
        scene = Scene.of(doc, self.gazetteer)
        _remember(scene, doc._.entities)
        found = [c for span in doc.ents if (c := _candidate(scene, span)) is not None]
        for candidate in sorted(found, key=lambda c: (c.name - c.last, c.first)):
            slug = _person(scene, candidate) if candidate.family == "person" else _other(scene, candidate)
            head = candidate.first if candidate.first < candidate.name else candidate.last
            scene.mention(slug, candidate.first, candidate.last, head)
        return scene

    def set_annotations(self, doc: Doc, scene: Scene) -> None:
        """Write all mentions, those of before among them, in text order."""
        doc._.mentions = scene.sorted_mentions()
        doc._.entities = scene.finished_entities()


def _remember(scene: Scene, entities: dict[str, Entity]) -> None:
    """Note under which names the entities of the article are known already."""
    for slug, entity in sorted(entities.items()):
        family = _family(entity.kind)
        names = (*entity.names, entity.label) if entity.scope != "gazetteer" else scene.gazetteer.entries[slug].names
        for name in names:
            scene.local.setdefault((family, key(name)), slug)
            if family == "person":
                scene.local.setdefault((family, key(name).rpartition(" ")[2]), slug)


def _family(kind: str) -> Family:
    if kind == "Person":
        return "person"
    return "place" if kind in PLACE_KINDS else "actor"


def _candidate(scene: Scene, span: Span) -> NamedSpan | None:
    """Return what a span names, None when it is no name of an actor or place or a mention lies in it already."""
    family = FAMILIES.get(span.label_)
    first, last = span.start, span.end - 1
    while first < last and scene.tags[first] in BEFORE_NAMES and scene.words[first].islower():
        first += 1
    if family is None or not all(scene.free(k) and scene.adjectives[k] is None for k in range(first, last + 1)):
        return None
    name = first
    while family == "person" and name < last and is_title(scene.words[name]):
        name += 1
    named = all(scene.words[k][:1].isalpha() and scene.words[k][-1:].isalnum() for k in (name, last))
    if not named or not any(c.isupper() for c in scene.span(name, last)):
        return None
    if family == "person" and name == first and first > 0 and scene.free(first - 1) and is_title(scene.words[first - 1]):
        first -= 1
    return NamedSpan(first, last, name, family)


def _person(scene: Scene, found: NamedSpan) -> str:
    name = _nominative(scene, found)
    words = key(name).split()
    slug = scene.local.get(("person", " ".join(words)))
    if slug is None and len(words) > 1 and (known := scene.gazetteer.by_key(name, ["Person"])):
        slug = scene.add_gazetteer(known)
    if slug is None:
        scope: Scope = "shared" if len(words) > 1 else "article"
        slug = scene.add_local("person", " ".join(words), "Person", name, scope)
    if words:
        scene.local.setdefault(("person", words[-1]), slug)
    return slug


def _other(scene: Scene, found: NamedSpan) -> str:
    """Return the slug of a place or an organisation."""
    name = _nominative(scene, found)
    slug = scene.local.get((found.family, key(name)))
    if slug is not None:
        return slug
    kind = _kind(found.family, scene.words[found.last])
    if kind in TOWNS and (known := scene.gazetteer.by_key(name, TOWNS)):
        return scene.add_gazetteer(known)
    return scene.add_local(found.family, key(name), kind, name, "article")


def _kind(family: Family, word: str) -> str:
    """Return the kind of a name by its last word: Sindschar-Gebirge, Bundeskriminalamt."""
    noun = word.rpartition("-")[2]
    if family == "place":
        return place_kind(noun) or facility_kind(noun) or "City"
    told = organisation_kind(noun) or group_kind(noun)
    return told if told in ACTOR_KINDS and told not in ("Person", "PopulationGroup") else "Organization"


def _nominative(scene: Scene, found: NamedSpan) -> str:
    """Return the name without the s of a genitive, where the text also has it without."""
    name = scene.span(found.name, found.last)
    return name[:-1] if name.endswith("s") and scene.words[found.last][:-1] in scene.known else name
