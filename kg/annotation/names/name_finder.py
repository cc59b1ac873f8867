"""Names that no gazetteer holds, and people and things without a name: typed entities known only from the text."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotation.names.descriptions import describe
from kg.annotation.names.proper_names import find_names
from kg.annotation.names.state_actors import find_state_actors
from kg.annotation.names.workspace import Scene, SceneFinder
from kg.knowledge.gazetteer import shipped_gazetteer


@Language.factory(
    "lagebild_names",
    requires=["token.tag", "token.lemma", "doc._.entities", "doc._.mentions"],
    assigns=["doc._.entities", "doc._.mentions"],
)
def create(nlp: Language, name: str) -> NameFinder:
    """Make the component on the shipped gazetteer."""
    return NameFinder(shipped_gazetteer())


class NameFinder(SceneFinder):
    """Adds local entities; a link is never guessed, only another spelling of a gazetteer's name is known again."""

    def match(self, doc: Doc) -> Scene:
        """Find names first, then the people and things that are only described."""
        scene = Scene.of(doc, self.gazetteer)
        find_names(scene)
        find_state_actors(scene)
        describe(scene)
        return scene
