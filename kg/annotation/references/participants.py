"""People and bodies of people whom only a noun phrase tells: drei Händler, ein malischer Offizier, die Angestellten.

Each becomes an entity of its article, told again by a definite phrase with the same noun. Whether it is spoken of in the
graph is decided later: only who fills a role of an event or is its source.
"""

from __future__ import annotations

from kg.annotation.names.descriptions import (
    apposed_person,
    complement_end,
    last_noun,
    people_label,
    phrase_key,
    phrase_names,
    phrase_start,
)
from kg.annotation.names.workspace import Scene
from kg.annotation.records import Mention
from kg.annotation.references.unlisted_nouns import may_mean_several
from kg.german.nouns import is_single_person, name_cues, organisation_kind, state_words, title_role
from kg.german.people import People, is_one_woman, is_thing, people
from kg.german.reporting_nouns import states
from kg.german.stts import ARTICLE_TAGS, HEAD_NOUNS, NUMBERS
from kg.german.transliteration import fold
from kg.namespaces import PLACE_KINDS

SUBJECT_ARTICLE = "der"
ARMED_BANDS = frozenset(("ArmedGroup", "Militia"))


class Participants:
    """Tells whom the nouns describe that no name covers and that take up nobody of before."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        _remember(scene)

    def told(self, i: int) -> Mention | None:
        """Add whom the noun at token ``i`` means, None where it means nobody or somebody else is found for it."""
        scene = self._scene
        if scene.tags[i] not in HEAD_NOUNS or scene.covered[i] is not None:
            return None
        if scene.tags[i] == "NE" and (slug := scene.local.get(("apposed", scene.words[i]))):
            scene.mention(slug, i, i, i)
        elif (meant := _whom(scene, i)) is not None:
            _tell(scene, i, meant)
        return scene.covered[i]

    def knows(self, i: int) -> bool:
        """Tell whether somebody was introduced before by the noun at token ``i``: ein Mann … der Mann."""
        noun = last_noun(self._scene.words[i])
        return any(_same_noun(word, noun) for word in self._scene.people)

    def likely(self, i: int) -> Mention | None:
        """Return, without adding it, whom an unlisted noun at token ``i`` would mean if a pronoun takes it up: Kosaken."""
        scene = self._scene
        if scene.tags[i] != "NN" or not scene.free(i) or states(scene.words[i]):
            return None
        if not may_mean_several(scene.words[i], scene.lemmas[i]):
            return None
        first = phrase_start(scene, i)
        armed = any(scene.words[k].lower() in name_cues("armed") for k in range(first, i))
        slug = _new(scene, first, i, i, "ArmedGroup" if armed else "PopulationGroup")
        return Mention(scene.begins[first], scene.ends[i], slug, i, "description")


def _remember(scene: Scene) -> None:
    """Note by their nouns the people of this article that were described before."""
    for mention in scene.mentions:
        if scene.entities[mention.entity].scope == "article" and scene.tags[mention.head] == "NN":
            scene.people[last_noun(scene.words[mention.head])] = mention.entity


def _whom(scene: Scene, i: int) -> People | None:
    """Return whom the noun at token ``i`` means, None when it means nobody in particular."""
    word = scene.words[i]
    if title_role(word) == "speaker" or _is_title(scene, i):
        return None
    demonym = scene.adjectives[i]
    if demonym is not None:
        noun = demonym.end == scene.ends[i] and (demonym.begin == scene.begins[i] or "-" in word)  # Iraker, Deutsch-Iraker
        return People("PopulationGroup", True) if noun else None
    if is_thing(word):
        return None
    if (force := state_words().get(fold(word))) is not None:
        return People(force.kind, is_single_person(word))
    meant = people(word)
    if meant is None and scene.tag(i - 1) == "ADJA" and (group := organisation_kind(word)) in ARMED_BANDS:
        return People(group or "", False)
    return meant


def _is_title(scene: Scene, i: int) -> bool:
    """Tell whether a name follows, which says who it is: Präsident Assad."""
    if scene.tag(i + 1) != "NE" or scene.begins[i + 1] - scene.ends[i] != 1:
        return False
    named = scene.covered[i + 1]
    return named is None or scene.entities[named.entity].kind not in PLACE_KINDS  # eine Spezialeinheit Indonesiens


def _tell(scene: Scene, i: int, meant: People) -> None:
    first, last = phrase_start(scene, i), complement_end(scene, i)
    single = meant.one and _is_single(scene, first, i)
    beside = _explained(scene, first) if meant.one else None
    if (bearer := beside or (apposed_person(scene, first, i) if single else _one_of_them(scene, first))) is not None:
        scene.mention(bearer, first, i, i, "epithet")
        return
    slug = _apposed(scene, first, i, meant) or _told_before(scene, first, i, last)
    if slug is None:
        slug = _new(scene, first, i, last, "Person" if single else meant.kind)
    scene.mention(slug, first, i, i, "description")
    scene.people[last_noun(scene.words[i])] = slug


def _explained(scene: Scene, first: int) -> str | None:
    """Return the person whom a phrase with article explains: Abu Omar, der Händler."""
    k = first - 3
    beside = k >= 0 and scene.words[k + 1] == "," and scene.tag(first - 1) == "ART"
    before = scene.covered[k] if beside else None
    return before.entity if before is not None and scene.entities[before.entity].kind == "Person" else None


def _one_of_them(scene: Scene, first: int) -> str | None:
    """Return the person who stands before the comma: Abu Omar, einer der gesuchten Händler."""
    k = first - 4
    before = scene.covered[k] if k >= 0 and scene.words[k + 1] == "," and _is_one_of(scene, first - 1) else None
    return before.entity if before is not None and scene.entities[before.entity].kind == "Person" else None


def _is_one_of(scene: Scene, k: int) -> bool:
    """Tell whether token ``k`` closes einer der, eine von."""
    return k > 0 and scene.words[k] in name_cues("one_of") and scene.words[k - 1].lower() in name_cues("one")


def _apposed(scene: Scene, first: int, i: int, meant: People) -> str | None:
    """Return whom an unknown name before a comma names: Dulmar, ein gesuchter Terrorist; Dulmar, einer der Täter."""
    k = first - 1 if scene.tag(first - 1) in ARTICLE_TAGS else first
    one_of = _is_one_of(scene, k)
    k -= one_of
    last = k - 2
    bare = scene.tag(last - 1) not in (*ARTICLE_TAGS, "ADJA", "APPR")
    plain = one_of and scene.free(last) and scene.tags[last] == "NN" and bare
    if k < 2 or scene.words[k - 1] != "," or not (plain or _is_unknown_name(scene, last)):
        return None
    start = last
    while _is_unknown_name(scene, start - 1):
        start -= 1
    name = scene.span(start, last)
    slug = scene.add_local("apposed", name, "Person" if meant.one else meant.kind, name, "article")
    scene.mention(slug, start, last, last)
    return slug


def _is_unknown_name(scene: Scene, k: int) -> bool:
    return scene.free(k) and scene.tags[k] in ("NE", "FM") and scene.words[k][:1].isalpha()


def _told_before(scene: Scene, first: int, i: int, last: int) -> str | None:
    """Return whom a definite phrase takes up that says no more than its noun: zwei Händler ... die Händler."""
    numbered = all(scene.tags[k] in NUMBERS for k in range(first, i))
    if not numbered or last > i or not _is_definite(scene, first - 1):
        return None
    noun = last_noun(scene.words[i])
    return next((slug for word, slug in reversed(scene.people.items()) if _same_noun(word, noun)), None)


def _is_definite(scene: Scene, k: int) -> bool:
    return scene.word(k).lower() in name_cues("definite") and scene.tag(k) != "PRELS"


def _same_noun(word: str, noun: str) -> bool:
    """Tell whether two nouns differ only in their ending or first part: Händler, Händlern, Gemüsehändler."""
    return word.endswith(noun) or word.removesuffix("n").endswith(noun.removesuffix("n"))


def _new(scene: Scene, first: int, i: int, last: int, kind: str) -> str:
    tail = scene.span(i + 1, last) if last > i else ""
    number = " ".join(scene.words[k].lower() for k in range(first, i) if scene.tags[k] in NUMBERS)
    key = f"{kind} {number} {phrase_key(scene, first, i)} {tail}".strip()
    slug = scene.add_local("people", key, kind, people_label(scene, first, i, kind), "article")
    names = phrase_names(scene, first, i, last)
    if scene.tag(first - 1) in ARTICLE_TAGS:
        names.add(scene.span(first - 1, i))
    scene.surface[slug].update(names)
    return slug


def _is_single(scene: Scene, first: int, i: int) -> bool:
    article = scene.word(first - 1).lower()
    one = article in name_cues("one") or (article in name_cues("feminine_article") and is_one_woman(scene.words[i]))
    weak = first < i and all(scene.tags[k] == "ADJA" and scene.words[k].endswith("e") for k in range(first, i))
    one = one or (weak and article == SUBJECT_ARTICLE)  # der junge Arzt; but: (Angaben) der jungen Ärzte
    return one and all(scene.tags[k] not in NUMBERS for k in range(first, i))
