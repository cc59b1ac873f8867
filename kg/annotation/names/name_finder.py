"""Names that no gazetteer holds, and people and things without a name: typed entities known only from the text."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotation.names.descriptions import describe
from kg.annotation.names.proper_names import find_names
from kg.annotation.names.state_actors import find_state_actors
from kg.annotation.names.workspace import Scene
from kg.knowledge.gazetteer import Gazetteer, shipped_gazetteer


@Language.factory(
    "lagebild_names",
    requires=["token.tag", "token.lemma", "doc._.entities", "doc._.mentions"],
    assigns=["doc._.entities", "doc._.mentions"],
)
def create(nlp: Language, name: str) -> NameFinder:
    """Make the component on the shipped gazetteer."""
    return NameFinder(shipped_gazetteer())


class NameFinder:
    """Adds local entities; a link is never guessed, only another spelling of a gazetteer's name is known again."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def __call__(self, doc: Doc) -> Doc:
        """Annotate ``doc`` in place and return it."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> Scene:
        """Find names first, then the people and things that are only described."""
        scene = Scene.of(doc, self.gazetteer)
        find_names(scene)
        find_state_actors(scene)
        describe(scene)
        return scene

    def set_annotations(self, doc: Doc, scene: Scene) -> None:
        """Write all mentions, the gazetteer's among them, in text order, a longer one before those inside it."""
        doc._.mentions = scene.sorted_mentions()
        doc._.entities = scene.finished_entities()
