"""Unknown proper names: their extent, and what their context says they name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.annotation.names.workspace import Scene
from kg.annotation.records import Scope
from kg.annotation.words.morphology import german_morphology
from kg.german.inflection import directions, is_genitive_plural
from kg.german.nouns import (
    announces_several,
    facility_kind,
    first_names,
    group_kind,
    hypernyms,
    is_month,
    is_title,
    locatives,
    name_cues,
    organisation_kind,
    particles,
    place_kind,
    state_words,
    title_role,
)
from kg.german.punctuation import QUOTES
from kg.german.stts import HEAD_NOUNS
from kg.german.transliteration import fold, key
from kg.german.word_parts import ARTICLE, closed, cut
from kg.knowledge.event_lexicon import load_event_lexicon
from kg.namespaces import PLACE_KINDS, PROPER_GROUP_KINDS

PROPER = frozenset(("NE", "FM"))
LONGEST_OFFICE = 8  # tokens: der Polizeichef der afghanischen Provinz Kundus
LONGEST_NAME = 6  # tokens
LONGEST_MIDDLE = 9  # tokens from a verb to its object, from an auxiliary to its participle
PASSIVES = frozenset(("VAFIN", "VAPP"))
AUXILIARIES = PASSIVES | {"VMFIN"}
VERB_ENDS = frozenset(("VVPP", "VVINF", "VVIZU", "PTKVZ"))  # what ends a clause with its verb
OBJECTS = frozenset(("ART", "PPOSAT", "ADJA", "NN", "CARD"))  # open another object: eroberte Meier den Titel
BEFORE_NOUNS = frozenset(("ART", "ADJA", "APPRART", "CARD", "PDAT", "PIAT", "PPOSAT"))  # what a noun has before it, and no name
NOTED_TITLES = frozenset(("office", "leader"))  # a surname after one of these is known without its first name


@dataclass(frozen=True, slots=True)
class Run:
    """A row of tokens that make up one proper name, both ends included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """Return the number of tokens."""
        return self.last - self.first + 1


def find_names(scene: Scene) -> None:
    """Add what the proper names of the text name: full names first, so that their short forms find them."""
    for i in range(len(scene.words)):
        _compound_name(scene, i)
    persons = Persons(scene)
    rest = [run for run in runs(scene) if not _named_by_noun(scene, run)]
    rest = [run for run in rest if run.length == 1 or not persons.full(run)]
    rest = [run for run in rest if not persons.full(run) and not persons.short(run) and not _placed(scene, run)]
    for run in rest:
        _known_again(scene, run)
    for i in range(len(scene.words)):
        persons.surname(i)


def runs(scene: Scene) -> Iterator[Run]:
    """Yield the rows of proper names that no gazetteer name covers."""
    i, end = 0, len(scene.words)
    while i < end:
        if not _opens(scene, i):
            i += 1
            continue
        last = i
        while last + 1 < end and last - i + 1 < LONGEST_NAME and _continues(scene, i, last + 1):
            last += 1
        while last > i and not _is_name_word(scene.words[last]):
            last -= 1
        yield Run(i, last)
        i = last + 1


@lru_cache(maxsize=20_000)
def _is_name_word(word: str) -> bool:
    parts = cut(word)
    if not parts or not parts[-1][0][:1].isupper():
        return False
    return not word.isupper() or len(word) > 1


def _opens(scene: Scene, i: int) -> bool:
    word = scene.words[i]
    if not scene.free(i) or scene.adjectives[i] is not None:
        return False
    if word.lower() in ("al", "el"):
        return _is_name_word(scene.word(i + 1)) and scene.tag(i + 1) in (*PROPER, "NN") and scene.free(i + 1)
    if not _is_name_word(word) or (is_title(word) and scene.tag(i + 1) in PROPER and not _sentence_between(scene, i + 1)):
        return False  # General Hassan: no name opens with a title, however it is tagged
    if scene.tags[i] == "NN" and (_is_directed(scene, word) or _is_strange_object(scene, i)):
        return True
    titled = scene.tag(i - 1) == "NN" and is_title(scene.word(i - 1)) and not _sentence_between(scene, i)  # Ministerin Ines H.
    return scene.tags[i] in PROPER or (word in first_names() and (titled or scene.tag(i + 1) in PROPER))


def _continues(scene: Scene, first: int, i: int) -> bool:
    word = scene.words[i]
    if not scene.free(i) or scene.adjectives[i] is not None or _sentence_between(scene, i):
        return False
    if word.lower() in particles() and word.islower():
        after = scene.word(i + 1)
        named = _is_name_word(after) and scene.tag(i + 1) in (*PROPER, "NN") and not _is_body(scene, i + 1)
        behind = after in particles() and not _is_body(scene, i + 2)
        return scene.free(i + 1) and (named or behind)
    if not _is_name_word(word):
        return False
    if scene.tags[i] in PROPER:
        return True
    before = scene.words[i - 1]
    explained = first > 0 and organisation_kind(scene.words[first - 1]) is not None
    return scene.tags[i] == "NN" and (before.lower() in particles() or fold(before) in first_names() or explained)


def _is_body(scene: Scene, i: int) -> bool:
    """Tell whether a noun names a force or office: (Sami al-Aridi von) den Anti-Terror-Kräften."""
    word = scene.word(i)
    return scene.tag(i) == "NN" and ("-" in word or organisation_kind(word) is not None or fold(word) in state_words())


def _sentence_between(scene: Scene, i: int) -> bool:
    """Tell whether a line break parts token ``i`` from the one before."""
    return "\n" in scene.text[scene.ends[i - 1] : scene.begins[i]]


def _before(scene: Scene, run: Run) -> int:
    """Return the token before a name, a quotation mark left out."""
    i = run.first - 1
    return i - 1 if i > 0 and scene.words[i] in QUOTES else i


# names that a noun explains


def _compound_name(scene: Scene, i: int) -> None:
    """Huthi-Rebellen, Badr-Brigaden: a name and what it is, in one word."""
    word = scene.words[i]
    if "-" not in word or not scene.free(i) or not word[:1].isalpha() or not word[-1:].isalpha():
        return
    name, _, noun = word.rpartition("-")
    kind = organisation_kind(noun) or group_kind(noun)
    if fold(closed(word)) in hypernyms():
        return  # Terror-Miliz
    if kind in PROPER_GROUP_KINDS and any(name[a].isupper() and norm != ARTICLE for norm, a, b in cut(name)):
        slug = scene.add_local("actor", key(name), kind, scene.lemmas[i], "article")
        scene.mention(slug, i, i, i)


def _named_by_noun(scene: Scene, run: Run) -> bool:
    """Die Provinz Helmand, der Sender „Al-Huda“, das Flüchtlingslager Nahr al Bared."""
    noun = _before(scene, run)
    if noun < 0 or scene.tags[noun] != "NN" or _sentence_between(scene, noun + 1):
        return False
    if not (scene.free(noun) or _is_offshoot(scene, noun)):
        return False
    word, name = scene.words[noun], scene.span(run.first, run.last)
    family, kind = "place", place_kind(word) or facility_kind(word) or facility_kind(scene.lemmas[noun])
    if kind is None:
        family, kind = "actor", organisation_kind(word)
    if kind is None or (is_title(word) and family == "actor" and fold(scene.words[run.first]) in first_names()):
        return False
    slug = _another_spelling(scene, name, kind)
    if slug is None:
        lemma = scene.lemmas[noun]
        called = lemma if word in (f"{lemma}s", f"{lemma}es") else word  # des Luxushotels Radisson Blu
        slug = scene.add_local(family, f"{kind} {key(name)}", kind, _label(called, name, kind), "article", (name,))
    first = run.first if announces_several(word) else noun
    last = run.last + (scene.word(run.last + 1) in QUOTES and first == noun and scene.words[run.first - 1] in QUOTES)
    scene.mention(slug, first, last, noun if first == noun else run.last)
    return True


def _is_offshoot(scene: Scene, noun: int) -> bool:
    """Die Taliban-Splittergruppe Jamaat-ul-Ahrar: whether only the first part of the noun before a name is named."""
    named, word = scene.covered[noun], scene.words[noun]
    part = named is not None and named.begin == scene.begins[noun] and named.end < scene.ends[noun]
    return part and "-" in word and organisation_kind(word.rpartition("-")[2]) is not None


def _label(noun: str, name: str, kind: str) -> str:
    """A facility is called by its noun too (Grenzübergang al-Qaim), everything else by its name."""
    return f"{noun} {name}" if kind in ("Facility", "Region") and not announces_several(noun) else name


def _another_spelling(scene: Scene, name: str, kind: str) -> str | None:
    kinds = [kind] if kind not in ("City", "District") else ["City", "District"]
    slug = scene.gazetteer.by_key(name, kinds) if kind in PLACE_KINDS and kind != "Region" else None
    return scene.add_gazetteer(slug) if slug else None


# persons


class Persons:
    """The persons of an article by their names' keys."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.by_short: dict[str, str] = {}
        for slug, entity in scene.entities.items():
            if entity.kind == "Person" and slug in scene.gazetteer.entries:
                for name in scene.gazetteer.entries[slug].names:
                    self.by_short.setdefault(key(name).rpartition(" ")[2], slug)

    def full(self, run: Run) -> bool:
        """Add the person that a full name, or a name after a title, names."""
        scene = self.scene
        name = scene.span(run.first, run.last)
        title = self._title(run)
        if title and run.length == 1 and self._are_several(run.first - 1):
            return False
        if not (title or self._is_full(run) or (run.length == 1 and self._explained(run))):
            return False
        words = key(name).split()
        if len(words) < 2 and words and words[0] in self.by_short:
            slug = self.by_short[words[0]]
        else:
            slug = self._slug(name, words, scene.words[run.first - 1] if title else "")
        first = run.first - 1 if title else run.first
        told = scene.covered[first]
        if title and told is not None and (told.begin, told.end) == (scene.begins[first], scene.ends[first]):
            scene.drop(told)  # Augenzeuge Ali Hassan is one man, not eyewitnesses
        scene.mention(slug, first, run.last, first if title else run.last)
        if slug in scene.surface:
            scene.surface[slug].add(name)
        return True

    def short(self, run: Run) -> bool:
        """Add the person of whom a run is the surname, or the only name by which the text goes on."""
        scene = self.scene
        wanted = key(_without_genitive(scene.span(run.first, run.last), scene.known))
        slug = self.by_short.get(wanted) or self.by_short.get(key(scene.span(run.first, run.last)))
        if slug is None and run.length > 1 and fold(scene.words[run.first]) not in first_names():
            slug = self.by_short.get(wanted.rpartition(" ")[2])  # Shahid Soleimani: an epithet, no first name
        if slug is None or (len(wanted) < 3 and not _is_initial(scene.words[run.last])):
            return False
        scene.mention(slug, run.first, run.last, run.last)
        return True

    def _is_native(self, i: int) -> bool:
        """Tell whether a noun says where one is from: dem Tunesier Anis Brandt."""
        scene = self.scene
        demonym = scene.adjectives[i] if i >= 0 else None
        return demonym is not None and scene.tags[i] == "NN" and demonym.end == scene.ends[i] and scene.word(i)[:1].isupper()

    def surname(self, i: int) -> None:
        """Add the person of whom a noun without article is the surname: Matthias Kehrer … sagte Kehrer."""
        scene = self.scene
        if scene.tags[i] != "NN" or not scene.free(i) or scene.tag(i - 1) in BEFORE_NOUNS:
            return
        slug = self.by_short.get(key(_without_genitive(scene.words[i], scene.known)))
        if slug is not None and scene.words[i][:1].isupper():
            scene.mention(slug, i, i, i)

    def _slug(self, name: str, words: list[str], title: str) -> str:
        scene = self.scene
        known = scene.gazetteer.by_key(name, ["Person"]) if len(words) > 1 else None
        if known is None and len(words) == 1 and title_role(title) in NOTED_TITLES:
            known = scene.gazetteer.by_surname(name)
            if known and fold(name) in first_names() and not self._is_called(known, name):
                known = None  # Bürgermeister Hassan is not General al-Hassan
        if known:
            slug = scene.add_gazetteer(known)
        else:
            scope: Scope = "shared" if len(words) > 1 else "article"
            slug = scene.add_local("person", " ".join(words), "Person", _without_genitive(name, scene.known), scope)
        if words:
            self.by_short.setdefault(words[-1], slug)
        return slug

    def _is_called(self, slug: str, surname: str) -> bool:
        return any(name.rpartition(" ")[2] == surname for name in self.scene.gazetteer.entries[slug].names)

    def _title(self, run: Run) -> bool:
        before = run.first - 1
        scene = self.scene
        if before < 0 or scene.tags[before] not in ("NN", "NE", "XY") or _sentence_between(scene, run.first):
            return False
        return is_title(scene.words[before])

    def _are_several(self, title: int) -> bool:
        """Nach Angaben britischer Diplomaten Chlorgas …: a title of several is that of no name."""
        noun, lemma = self.scene.words[title], self.scene.lemmas[title]
        return self.scene.tag(title - 1) == "ADJA" and is_genitive_plural(self.scene.word(title - 1), noun, lemma)

    def _explained(self, run: Run) -> bool:
        """Tell whether a title explains a name across a comma (der Polizeichef der Stadt, Mutalib Big), or it speaks."""
        scene = self.scene
        around = (scene.word(run.first - 1), scene.word(run.last + 1))
        aged = scene.tag(run.first - 1) == "ADJA" and scene.word(run.first - 2).lower() in name_cues("definite")
        before_age = scene.word(run.first - 3) if aged else ""  # sagte die 30-jährige Amina
        if not name_cues("speaks").isdisjoint((*around, before_age)):
            return True
        if around[1] == ",":
            behind = range(run.last + 2, min(run.last + 5, len(scene.words)))
            title = next((k for k in behind if scene.tags[k] not in ("ART", "ADJA")), run.last)
            if scene.tags[title] == "NN" and is_title(scene.words[title]):
                return True
        if around[0] != "," or around[1][:1] not in (",", ".", "(", ""):
            return False
        before = range(run.first - 2, max(-1, run.first - 2 - LONGEST_OFFICE), -1)
        return any(scene.tags[k] == "NN" and is_title(scene.words[k]) for k in before)

    def _is_full(self, run: Run) -> bool:
        """Tell whether a run of two words or more is a person's name by its first name, an initial or an Arabic particle."""
        scene = self.scene
        words = [fold(w) for w in scene.words[run.first : run.last + 1]]
        if run.length == 1:
            return False
        if words[0] in first_names() or words[0].partition("-")[0] in first_names() or self._explained(run):
            return True
        if self._is_native(run.first - 1):
            return True
        if run.length == 2 and _is_initial(words[1]) and words[0].isalpha():
            return True  # courts and papers abridge surnames: Fatou S.
        inner = {w.lower() for w in words}
        if any(particles().get(w) == "arabic" for w in inner - {"al", "el"}):
            return True
        in_place = scene.word(run.first - 1).lower() in locatives("preposition") or _taken(scene, run)  # bei Urum al-Kubra
        return not in_place and any(cut(w)[0][0] == ARTICLE for w in words[1:] if cut(w))


def _is_initial(word: str) -> bool:
    """Tell whether a word is a letter with its full stop."""
    return len(word) == 2 and word[0].isupper() and word[1] == "."


def _without_genitive(name: str, known: frozenset[str]) -> str:
    """Return ``name`` without an s that the text also leaves out (Nafisatus, Nafisatu), not that of Jones."""
    return name[:-1] if name.endswith("s") and name.rpartition(" ")[2][:-1] in known else name


# what is left


def _placed(scene: Scene, run: Run) -> bool:
    """In Hilla, östlich von Balad: a town, also when the gazetteer spells it otherwise."""
    i = run.first - 1
    while i > 0 and scene.words[i] in QUOTES:
        i -= 1
    word = scene.word(i)
    if (run.length == 1 and scene.word(run.last + 1) in name_cues("lies")) or _taken(scene, run):
        _add_town(scene, run)
        return True
    if scene.tag(i) not in ("APPR", "ADJD", "ADV", "KOKOM") or scene.word(run.first) == "" or run.length > 3:
        return _listed(scene, run)
    advancing = _is_aimed(scene, i) or _verb_behind(scene, run.last + 1) in locatives("advancing")
    if word.lower() in locatives("aiming") and advancing:
        _add_town(scene, run)
        return True
    related = word == "von" and fold(scene.word(i - 1)) in locatives("relation")
    if not related and word.lower() not in locatives("preposition"):
        return False
    _add_town(scene, run)
    return True


def _taken(scene: Scene, run: Run) -> bool:
    """Tell whether a verb takes what is named: eroberten Balad, nahm die Armee Balad ein, Balad wurde gestern erobert."""
    before, after = run.first - 1, run.last + 1
    if is_month(scene.words[run.first]):
        return False  # hat Aleppo Mitte November erobert
    if run.length > 2 or scene.tag(before) in ("ART", "ADJA", "APPR", "APPRART", "CARD") or is_title(scene.word(before)):
        return False
    if _is_closed(scene, after):
        return True
    if scene.tag(after) in PASSIVES:
        rest = range(after, min(after + LONGEST_MIDDLE, len(scene.words)))
        end = next((k for k in rest if scene.tags[k] in ("$.", "$,", "_SP")), len(scene.words))
        return fold(scene.word(end - 1)) in locatives("taken")
    return scene.word(after) != "aus" and scene.tag(after) not in OBJECTS and _is_object(scene, before, after)


def _is_closed(scene: Scene, after: int) -> bool:
    """Tell whether the clause ends in a verb that takes places: wollen Balad einnehmen, Balad soll erobert worden sein."""
    fronted = scene.tag(after) in AUXILIARIES
    verb = _verb_behind(scene, after + fronted)
    return verb in locatives("taken" if scene.tag(after) in PASSIVES else "taking")


def _verb_behind(scene: Scene, k: int) -> str:
    """Return the verb that closes the clause behind token ``k``, "" where a phrase without preposition comes before."""
    governed = False
    for i in range(k, min(k + LONGEST_MIDDLE, len(scene.words))):
        tag = scene.tags[i]
        if tag in VERB_ENDS:
            return fold(scene.words[i])
        if tag.startswith(("$", "K", "_")) or (tag in (*OBJECTS, *PROPER) and not governed):
            return ""
        governed = tag.startswith("APPR") or (governed and tag not in HEAD_NOUNS)
    return ""


def _is_strange_object(scene: Scene, i: int) -> bool:
    """Tell whether a bare noun that no table knows is what a verb takes: eroberten Balad, where the tagger sees a noun."""
    word = scene.words[i]
    meanings = (place_kind, facility_kind, organisation_kind, group_kind, title_role)
    known = fold(word) in hypernyms() or load_event_lexicon().is_a(word, "territory") or any(m(word) for m in meanings)
    if known or scene.lemmas[i] != word:
        return False
    closed = scene.tag(i + 1) in ("$.", "$,", "KON", "PTKVZ", "VVPP", "_SP", "")
    if closed and scene.tag(i - 1) == "NN" and place_kind(scene.word(i - 1)) in ("City", "District"):
        return not german_morphology().knows(word.lower())  # im Dorf Tschirkel; but: legten in der Stadt Feuer
    return closed and scene.tag(i - 1) in ("VVFIN", "NN", "NE") and _taken(scene, Run(i, i))


def _is_aimed(scene: Scene, i: int) -> bool:
    """Tell whether the noun before the preposition at token ``i`` is of what is aimed at places alone: Offensive auf Balad."""
    noun = fold(scene.word(i - 1)).lower()
    return any(noun.endswith(end) for end in locatives("directed"))


def _is_object(scene: Scene, before: int, after: int) -> bool:
    """Tell whether the last verb before a name, perhaps with its particle behind it, takes places."""
    middle = range(before, max(-1, before - LONGEST_MIDDLE), -1)
    verb = next((k for k in middle if scene.tags[k].startswith(("VV", "$"))), None)
    if verb is None:
        return False
    joiners = name_cues("joiner")
    while scene.word(after) in joiners or (scene.tag(after) in PROPER and scene.word(after - 1) in joiners):
        after += 1  # nahmen Balad und Baidschi ein
    closes = scene.word(after) in name_cues("particle") and scene.tag(after + 1) in ("$.", "$,", "KON", "_SP", "")
    taken = fold(scene.words[verb].lower())
    return taken in locatives("taking") or (closes and taken in locatives("taking apart"))


def _listed(scene: Scene, run: Run) -> bool:
    """In Hilla und Balad: the second name of a list."""
    comma = run.first - 1
    if scene.word(comma) not in name_cues("joiner") or comma == 0:
        return False
    before = scene.covered[comma - 1]
    if before is None or before.kind != "name" or scene.entities[before.entity].kind != "City" or run.length > 2:
        return False
    if scene.word(comma) == "," and scene.word(run.last + 1) not in name_cues("joiner"):
        return False
    _add_town(scene, run)
    return True


def _add_town(scene: Scene, run: Run) -> None:
    name = scene.span(run.first, run.last)
    slug = scene.gazetteer.by_key(name, ("City", "Region", "District"))
    if slug is not None:
        scene.add_gazetteer(slug)
    else:
        kind = "Region" if _is_directed(scene, name) else "City"
        slug = scene.add_local("place", f"{kind} {key(name)}", kind, name, "article")
    scene.mention(slug, run.first, run.last, run.last)


def _is_directed(scene: Scene, name: str) -> bool:
    """Tell whether a name is a part of a country: Nordfrankreich."""
    small = fold(name).lower()
    if not small.startswith(_directions()):
        return False
    rests = (small[len(d) :] for d in _directions() if small.startswith(d))
    found = (scene.gazetteer.single.get(rest.capitalize()) for rest in rests)
    return any(slug is not None and scene.gazetteer.entries[slug].kind == "Country" for slug in found)


@cache
def _directions() -> tuple[str, ...]:
    return tuple(map(fold, directions()))


def _known_again(scene: Scene, run: Run) -> None:
    """A bare name that the text has explained elsewhere: Haaretz, Helmand, die Huthis."""
    name = scene.span(run.first, run.last)
    for wanted in dict.fromkeys((key(name), key(_without_genitive(name, scene.known)))):
        for family in ("place", "actor"):
            for kind in ("", "City ", "Region ", "District ", "MediaOrganization ", "Organization ", "ArmedGroup "):
                slug = scene.local.get((family, kind + wanted))
                if slug is not None and wanted:
                    scene.mention(slug, run.first, run.last, run.last)
                    return
