"""Who is meant: epithets ("die Terrormiliz"), nouns that take up a name ("die Stadt"), described people, pronouns, "dort"."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotation.names.workspace import Scene, SceneFinder
from kg.annotation.records import Mention
from kg.annotation.references.agreement import noun_gender
from kg.annotation.references.country_parts import find_country_parts
from kg.annotation.references.epithets import Epithets, Taken
from kg.annotation.references.history import PastMention
from kg.annotation.references.narrative import GOVERNED, LONGEST_CLAUSE, SUFFERED, Narrative
from kg.annotation.references.participants import Participants
from kg.annotation.references.pronouns import Pronoun, pronoun
from kg.annotation.references.titles import aged_person, note_titles, plain_person, speaking_person, titled_person
from kg.german.finite_forms import is_plural
from kg.german.nouns import head_sense, hypernyms, is_generic, name_cues, state_words
from kg.german.reporting_nouns import names_statement
from kg.german.stts import HEAD_NOUNS
from kg.german.transliteration import fold
from kg.knowledge.event_lexicon import load_event_lexicon
from kg.knowledge.gazetteer import Gazetteer, shipped_gazetteer
from kg.namespaces import CROWD_KINDS, FIGHTING_KINDS, INSTITUTION_KINDS, ORGANIZED_KINDS, PLACE_KINDS

TOLD_ASIDE = 0.5  # what a relative clause takes off the weight of whom it names
SPOKEN = 3.0  # what a possessive adds to the weight of who has just said something: seinen Worten zufolge
OF_PERSONS = frozenset(("PPER", "PPOSAT"))  # dieser is anything
OPENS_PHRASE = frozenset(("NN", "ADJA", "ADJD", "APPR"))


@Language.factory(
    "lagebild_corefer",
    requires=["token.tag", "token.lemma", "token.is_sent_start", "doc._.clauses", "doc._.entities", "doc._.mentions"],
    assigns=["doc._.entities", "doc._.mentions"],
)
def create(nlp: Language, name: str) -> Resolver:
    """Make the component on the shipped gazetteer."""
    return Resolver(shipped_gazetteer())


class Resolver(SceneFinder):
    """Adds mentions that name nobody; one that nothing fits stays without."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        super().__init__(gazetteer)
        self._epithets = Epithets(gazetteer)

    def match(self, doc: Doc) -> Scene:
        """Go through ``doc`` from left to right: names are told, nouns take up or introduce somebody, pronouns refer."""
        scene = Scene.of(doc, self.gazetteer)
        text, people = Narrative.of(doc, scene), Participants(scene)
        done = -1  # last token of an epithet
        for i in range(len(text.words)):
            for mention in text.at.get(i, ()):
                text.tell(mention, i)
                note_titles(text, mention, i)
            covering = text.covered[i]
            if covering is not None:
                self._leader(text, scene, i, covering)
                self._soldiers(text, scene, i, covering)
                self._speaker(text, scene, i, covering)
            elif i > done:
                done = self._resolve(text, scene, people, i)
                if text.tags[i] in HEAD_NOUNS and (described := people.told(i) or people.likely(i)) is not None:
                    text.tell(described, i)
        find_country_parts(scene)
        return scene

    def _resolve(self, text: Narrative, scene: Scene, people: Participants, i: int) -> int:
        """Resolve what begins at token ``i``; return the last token of it."""
        tag, word = text.tags[i], text.words[i]
        if tag in OPENS_PHRASE:
            taken = self._epithets.phrase(text, i)
            if taken is None and tag == "NN":
                owner = self._owner(text, i) or self._own_country(text, i)
                taken = owner or self._epithets.noun(text, i)
                if taken is None and not self._epithets.is_told_apart(text, i):
                    taken = self._person(text, people, i)
            if taken is None and tag == "NN" and (named := self._epithets.compound(text, i)) is not None:
                self._add_part(text, scene, *named, i)
            if taken is not None:
                self._add(text, scene, taken.entity, taken.first, taken.last, "epithet")
                self._members(text, scene, taken)
                return taken.last
        elif tag == "PIS" and (text.tag(i - 1) in GOVERNED or text.word(i + 1) == ","):
            return i  # auf alle, die …: anybody
        elif (meant := pronoun(word, tag)) is not None and (not meant.possessive or self._owns_deed(text, scene, i)):
            for slug in self._antecedents(text, i, meant):
                self._introduce(text, scene, slug)
                self._add(text, scene, slug, i, i, "pronoun")
        elif word.lower() in name_cues("away"):
            place = text.history.whereabouts(text.sentence[i])
            if place is not None:
                self._add(text, scene, place.mention.entity, i, i, "pronoun")
        return i

    def _person(self, text: Narrative, people: Participants, i: int) -> Taken | None:
        """Return der Minister, der Angeklagte, der 24-Jährige as the person told before who is one."""
        meant = titled_person(text, i)
        if meant is None and not people.knows(i):
            meant = speaking_person(text, i) or plain_person(text, i) or aged_person(text, i)
        return Taken(meant, i, i) if meant is not None else None

    def _add(
        self, text: Narrative, scene: Scene, slug: str, first: int, last: int, kind: Literal["epithet", "pronoun"]
    ) -> None:
        self._tell(text, scene, Mention(text.begins[first], text.ends[last], slug, last, kind), first)

    def _tell(self, text: Narrative, scene: Scene, mention: Mention, first: int) -> None:
        if mention.entity not in scene.entities:
            scene.add_gazetteer(mention.entity)
        if mention.kind == "epithet" and text.is_described(mention.entity):
            mention = replace(mention, kind="description")
        scene.add(mention)
        text.tell(mention, first)

    def _introduce(self, text: Narrative, scene: Scene, slug: str) -> None:
        """Add the noun that a pronoun takes up, where it was only likely to mean people."""
        last = text.history.last[slug].mention
        if last.kind == "description" and scene.covered[last.head] is None:
            scene.add(last)

    def _add_part(self, text: Narrative, scene: Scene, slug: str, letters: int, i: int) -> None:
        """Add whom the first letters of the compound at token ``i`` mean."""
        self._tell(text, scene, Mention(text.begins[i], text.begins[i] + letters, slug, i, "epithet"), i)

    def _members(self, text: Narrative, scene: Scene, taken: Taken) -> None:
        """Let Kämpfer der Terrormiliz mean the group, as Kämpfer des IS does."""
        noun = taken.first - 2
        if noun < 0 or text.word(taken.first - 1) not in name_cues("genitive") or head_sense(text.words[noun]) != "member":
            return
        if text.history.entities[taken.entity].kind not in CROWD_KINDS:
            return
        covering = scene.covered[noun]
        if covering is not None:
            if text.history.entities[covering.entity].kind not in CROWD_KINDS or covering.end != text.ends[noun]:
                return
            scene.drop(covering)
        first = text.phrase_start(noun)
        self._tell(text, scene, Mention(text.begins[first], text.ends[taken.last], taken.entity, noun, "epithet"), first)

    def _leader(self, text: Narrative, scene: Scene, i: int, covering: Mention) -> None:
        """Let der IS-Chef mean the man, where the text names him, and keep the IS inside it."""
        if covering.kind != "name" or "-" not in text.words[i] or text.history.entities[covering.entity].kind == "Person":
            return
        slug = self._epithets.leader(text, i, covering)
        if slug is not None:
            scene.drop(covering)
            inner = Mention(covering.begin, covering.begin + text.words[i].rindex("-"), covering.entity, i)
            scene.add(inner)
            self._add(text, scene, slug, i, i, "epithet")

    def _soldiers(self, text: Narrative, scene: Scene, i: int, covering: Mention) -> None:
        """Let die Soldaten, die Rebellen, ihre Kämpfer mean the army or group told before: the gazetteer has but soldiers."""
        entity = text.history.entities[covering.entity]
        whole = (covering.begin, covering.end) == (text.begins[i], text.ends[i])
        if not whole or entity.kind not in CROWD_KINDS or not is_generic(entity.label):
            return
        group = self._owner(text, i)
        slug = group.entity if group else None
        if slug is None and entity.kind == "PopulationGroup":
            slug = self._epithets.of_government(text, i) or self._epithets.force(text, i)
            if self._possessive(text, i) is not None:
                slug = self._epithets.own_force(text, i, next(iter(self._owners(text, i)), None))
        if slug is None and entity.kind in FIGHTING_KINDS:
            slug = self._epithets.group(text, i)
        if slug is not None:
            scene.drop(covering)
            self._add(text, scene, slug, i, i, "epithet")

    def _speaker(self, text: Narrative, scene: Scene, i: int, covering: Mention) -> None:
        """Let der deutsche Diplomat mean Martin Kobler, whom the text has named: the gazetteer has but diplomats."""
        entity = text.history.entities[covering.entity]
        whole = (covering.begin, covering.end) == (text.begins[i], text.ends[i])
        if not whole or not is_generic(entity.label) or self._epithets.is_told_apart(text, i):
            return
        if text.history.so_far[covering.entity] > 1:
            return  # ein Diplomat … der Diplomat
        if (slug := titled_person(text, i) or speaking_person(text, i)) is not None:
            scene.drop(covering)
            self._add(text, scene, slug, text.phrase_start(i), i, "epithet")

    # pronouns

    def _owner(self, text: Narrative, i: int) -> Taken | None:
        """Return seine Kämpfer, ihre Mitglieder as the group that they are of."""
        first = text.phrase_start(i)
        slug = next(iter(self._owners(text, i)), None) if head_sense(text.words[i]) == "member" else None
        kinds = FIGHTING_KINDS if fold(text.words[i]) in state_words() else ORGANIZED_KINDS  # a club has no soldiers
        return Taken(slug, first, i) if slug is not None and text.history.entities[slug].kind in kinds else None

    def _own_country(self, text: Narrative, i: int) -> Taken | None:
        """Return sein Land as the country of whom a text speaks (Merkel sagte, ihr Land werde …)."""
        meant = hypernyms().get(fold(text.words[i]))
        if meant is None or meant.kinds != ("Country",):
            return None
        countries = (self.gazetteer.country_of(owner) for owner in self._owners(text, i))
        slug = next((country for country in countries if country is not None), None)
        return Taken(slug, text.phrase_start(i) - 1, i) if slug is not None else None

    def _owners(self, text: Narrative, i: int) -> tuple[str, ...]:
        """Return whom the possessive before the noun at token ``i`` means, nobody where there is none."""
        meant = self._possessive(text, i)
        return self._antecedents(text, text.phrase_start(i) - 1, meant) if meant is not None else ()

    def _possessive(self, text: Narrative, i: int) -> Pronoun | None:
        before = text.phrase_start(i) - 1
        return pronoun(text.words[before], "PPOSAT") if text.tag(before) == "PPOSAT" else None

    def _owns_deed(self, text: Narrative, scene: Scene, i: int) -> bool:
        """Tell whether a possessive says whose statement or deed it is: nach ihren Angaben; bei ihrem Angriff: of who comes."""
        noun = next((k for k in range(i + 1, len(text.words)) if text.tags[k] != "ADJA"), i)
        if text.tag(noun) != "NN":
            return False
        if names_statement(scene.lemmas[noun]):
            return True
        begin = next((k + 1 for k in range(i - 1, -1, -1) if text.sentence[k] != text.sentence[i]), 0)
        finite = next((k for k in range(i - 1, begin - 1, -1) if text.tags[k].endswith("FIN")), None)
        lexicon = load_event_lexicon()
        suffered = any(entry.kind in SUFFERED for entry in lexicon.of_noun(scene.lemmas[noun])[1])  # hat mit seinem Tod zu tun
        if finite is None or (text.tag(i - 1) in GOVERNED and not suffered):
            return False
        support = lexicon.support.get((scene.lemmas[finite].lower(), "obj"))
        asked = support is not None and not support.actor  # er verlangt ihren Abzug: that of others
        return not asked and bool(lexicon.of_noun(scene.lemmas[noun])[1])

    def _antecedents(self, text: Narrative, i: int, meant: Pronoun) -> tuple[str, ...]:
        """Return whom the pronoun at ``i`` means: of those that agree, a subject before the nearest; all of a list."""
        gender = meant.gender if not meant.by_verb else self._by_verb(text, i, meant)
        if gender == "f" and self._other_feminine(text, i):
            return ()
        suffers = text.tags[i] == "PPER" and text.suffers(i)
        best: tuple[float, tuple[str, ...]] | None = None
        for rank, said in enumerate(text.history.near(text.sentence[i])):
            kind = text.history.kind(said)
            if (kind in PLACE_KINDS and kind != "Country") or said.token >= i or self._signs(text, said, kind):
                continue
            if (suffers and kind in INSTITUTION_KINDS) or text.is_taken_as(said):
                continue  # nobody arrests a court
            listed = text.listed_with(said) if "p" in gender else ()
            if len(listed) < 2 and not set(gender) & set(said.gender):
                continue
            beside = said.subject and said.sentence == text.sentence[i] and not meant.possessive
            if beside and self._same_clause(text, said.token, i):
                continue  # Boko Haram hatte sie gezwungen
            single = kind == "Person" and "p" not in gender and text.tags[i] in OF_PERSONS  # er is rather a man than a group
            nearest = text.words[i].lower() in name_cues("nearest")  # …, diese hat …: a subject or object, the last of them
            subject = text.is_bare(said) if nearest else said.subject and not text.is_speaker(said, i)
            aside = TOLD_ASIDE if text.is_aside(said) and said.sentence < text.sentence[i] else 0.0
            score = 2.0 * subject + single - 2.5 * (text.sentence[i] - said.sentence) - 0.1 * rank - aside
            score += SPOKEN * (meant.possessive and text.states(said, i))
            if best is None or score > best[0]:
                best = score, listed if len(listed) > 1 else (said.mention.entity,)
        return best[1] if best else ()

    def _signs(self, text: Narrative, said: PastMention, kind: str) -> bool:
        """Tell whether an agency only signs: Düsseldorf (dpa)."""
        return kind == "MediaOrganization" and text.word(said.token - 1) == "("

    def _same_clause(self, text: Narrative, token: int, i: int) -> bool:
        """Tell whether no comma and no "und" part two tokens: then a pronoun means somebody else.

        Behind an "und" and a verb the subject is the same: nahmen Geiseln und töteten drei von ihnen.
        """
        if i - token > LONGEST_CLAUSE:
            return False
        breaks = (k for k in range(token + 1, i) if text.words[k] in name_cues("break"))
        return all(text.tags[k] == "KON" and text.tag(k + 1).endswith("FIN") for k in breaks)

    def _other_feminine(self, text: Narrative, i: int) -> bool:
        """Tell whether a feminine that is no actor opens the sentence and may be meant: Die Befreiung ..., da sie."""
        told = {said.token for said in text.history.near(text.sentence[i], 1)}
        for k in range(i - 1, max(0, i - LONGEST_CLAUSE), -1):
            if text.covered[k] is not None or k in told or text.sentence[k] != text.sentence[i]:
                return False
            if text.tags[k] == "NN" and text.words[k - 1].lower() in name_cues("feminine_article"):
                return noun_gender(text.words[k]) == "f" and text.tag(k - 2) not in GOVERNED
        return False

    def _by_verb(self, text: Narrative, i: int, meant: Pronoun) -> str:
        """Return the number that the verb beside the pronoun tells: sie nahm, sie nahmen."""
        if text.tag(i - 1) in ("PIS", "PPER") or text.has_subject_before(i):  # ob man sie sah, ein Gericht hatte sie …
            return meant.gender
        for k in (i + 1, i - 1, *range(i + 2, min(i + LONGEST_CLAUSE, len(text.words)))):
            if k >= 0 and text.tag(k).endswith("FIN") and text.sentence[k] == text.sentence[i]:
                return "p" if is_plural(text.words[k].lower()) else "f"
        return meant.gender
