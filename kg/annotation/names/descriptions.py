"""People and things that the text describes without a name: zwei koptische Priester, die Brücke über den Tigris."""

from __future__ import annotations

from kg.annotation.names.workspace import Scene
from kg.annotation.records import Mention
from kg.annotation.words.noun_phrases import attributes_start
from kg.german.inflection import PLURAL_ENDING, as_inside, subject_form
from kg.german.measures import MEASURES
from kg.german.nouns import (
    complements,
    facility_kind,
    gender,
    group_kind,
    group_name,
    head_sense,
    hypernyms,
    is_generic,
    is_single_person,
    lends_soldiers,
    name_cues,
    organisation_kind,
    single_ending,
    state_words,
)
from kg.german.punctuation import QUOTES
from kg.german.stts import ARTICLE_TAGS, HEAD_NOUNS, NUMBERS
from kg.german.transliteration import fold
from kg.german.word_parts import cut
from kg.german.word_sets import word_set
from kg.knowledge.gazetteer import Node
from kg.namespaces import NAMED_GROUP_KINDS, NOUN_GROUP_KINDS

RELATIVES = frozenset(("PRELAT", "PRELS", "PDS"))
SINGLE_KINDS = NOUN_GROUP_KINDS | {"one"}
PART_ENDS, PREPOSITIONS = ("$,", "$."), ("APPR", "APPRART")
PARTICIPLES = ("t", "en")
QUANTIFYING = word_set("syntax", "counted_genitives") | word_set("german", "quantifiers")  # zweier Händler, zahlreiche Händler
LONGEST_TITLE = 7  # tokens from a title to the comma before the name
LONGEST_COMPLEMENT = 4  # tokens between the noun and the name that places it
LONGEST_ATTRIBUTE = 4  # tokens between an article and its noun


def describe(scene: Scene) -> None:
    """Add the described people and things that no name covers."""
    for i, mention in enumerate(scene.covered):
        if mention is not None and scene.tags[i] == "NN":
            _drop_kind(scene, i, mention)
    for i, tag in enumerate(scene.tags):
        if tag not in HEAD_NOUNS:
            continue
        mention, word = scene.covered[i], scene.words[i]
        if mention is not None:
            _note_thing(scene, i, mention)
            _particular(scene, i, mention)
            _contingent(scene, i, mention)
        elif (kind := facility_kind(word) or facility_kind(scene.lemmas[i])) is not None:
            _thing(scene, i, kind)
        elif (kind := group_kind(word)) is not None:
            _people(scene, i, kind)
        elif (kind := organisation_kind(word)) is not None and not _members(scene, phrase_start(scene, i), i):
            _organisation(scene, i, kind)
        elif kind is None:
            _members(scene, phrase_start(scene, i), i)


def _drop_kind(scene: Scene, i: int, mention: Mention) -> None:
    """Take back Rebellengruppe before Ahrar asch-Scham: there it says only what the name is."""
    beside = scene.covered[i + 1] if i + 1 < len(scene.words) else None
    if beside is None or beside is mention or mention.end != scene.ends[i] or beside.kind != "name":
        return
    generic = scene.entities[mention.entity].kind in NOUN_GROUP_KINDS and organisation_kind(scene.words[i]) is not None
    if generic and beside.begin == scene.begins[i + 1] and scene.entities[beside.entity].kind in NAMED_GROUP_KINDS:
        scene.drop(mention)


# phrases


def phrase_start(scene: Scene, noun: int, inside: Mention | None = None) -> int:
    """Return the first attribute of the noun phrase that ``noun`` closes; ``inside`` is the mention over the noun."""

    def may_stand(k: int) -> bool:
        says = scene.tags[k] != "ADJD" or scene.words[k + 1].lower() in MEASURES or scene.words[k].lower() in MEASURES
        return says and scene.covered[k] in (None, inside)  # whom a phrase names, "schwer" does not say, but: 27 Jahre alt

    first = attributes_start(scene.words, scene.tags, noun, may_stand)
    return first + (first < noun and scene.lemmas[first].endswith(PARTICIPLES) and _has_agent(scene, first))


def _has_agent(scene: Scene, participle: int) -> bool:
    """Von der Armee unterstützte Rebellen: the participle belongs to the phrase before it, the people are just Rebellen."""
    k = participle - 1
    inside = (*HEAD_NOUNS, *ARTICLE_TAGS, *PREPOSITIONS, "ADJA")
    while k > 0 and scene.tags[k] in inside and scene.words[k].lower() not in name_cues("agent"):
        k -= 1
    return k < participle - 1 and scene.words[k].lower() in name_cues("agent")


def phrase_key(scene: Scene, first: int, noun: int) -> str:
    """Return lemma and adjectives: what tells one described thing from another; numbers and measures don't."""
    begin = _behind_measure(scene, first, noun)
    words = [scene.lemmas[k] for k in range(begin, noun + 1) if scene.tags[k] in ("ADJA", *HEAD_NOUNS)]
    return fold(" ".join(words)).lower()


def _behind_measure(scene: Scene, first: int, noun: int) -> int:
    """Return where the phrase goes on behind a measure with its adjective: (27 Jahre alter) Syrer."""
    measure = next((k for k in range(first, noun) if scene.tags[k] == "ADJD" and scene.words[k].lower() in MEASURES), None)
    return first if measure is None else min(measure + 2, noun)


def phrase_label(scene: Scene, first: int, noun: int) -> str:
    """Return the phrase without numbers."""
    start = next(k for k in range(first, noun + 1) if scene.tags[k] not in NUMBERS)
    return scene.span(start, noun)


def people_label(scene: Scene, first: int, noun: int, kind: str) -> str:
    """Return the phrase for people as a subject without numbers; as it stands where more than adjectives are in it."""
    begin = _behind_measure(scene, first, noun)
    start = next(k for k in range(begin, noun + 1) if k == noun or not _counts(scene, k))
    adjectives = scene.words[start:noun]
    if adjectives and scene.tag(start - 1) in ("", "$.", "_SP"):  # Iranische Berater opens the sentence
        adjectives = as_inside(adjectives, scene.lemmas[start:noun])
    if any(tag != "ADJA" for tag in scene.tags[start:noun]) or not all(map(str.islower, adjectives)):
        return scene.span(start, noun)
    feminine = scene.word(first - 1).lower() in name_cues("feminine")
    several = scene.words[noun] == scene.lemmas[noun] + "n" and scene.lemmas[noun].endswith("er")  # Fahrern
    ending = single_ending(scene.lemmas[noun]) if kind == "Person" and not feminine and not several else PLURAL_ENDING
    return subject_form(adjectives, scene.words[noun], scene.lemmas[noun], ending)


def _counts(scene: Scene, k: int) -> bool:
    """Tell whether a word says how many they are: zwei, zahlreiche, Tausende (Familien)."""
    return scene.tags[k] in NUMBERS or scene.words[k].lower() in QUANTIFYING


def thing_label(scene: Scene, first: int, noun: int, start: int | None = None) -> str:
    """Return the noun as a subject behind the adjectives from ``start`` on, else that of a country: türkische Botschaft."""
    start = next((k for k in range(first, noun) if scene.adjectives[k]), noun) if start is None else start
    if start == noun and scene.words[noun] in (f"{scene.lemmas[noun]}s", f"{scene.lemmas[noun]}es"):
        return scene.lemmas[noun]  # des Stützpunkts
    if any(scene.tags[k] != "ADJA" or not scene.words[k].islower() for k in range(start, noun)):
        return scene.span(start, noun)
    feminine = scene.word(first - 1).lower() in name_cues("feminine") or gender(scene.words[noun].rpartition("-")[2]) == "f"
    ends_in_e = feminine or scene.words[noun] != scene.lemmas[noun]
    if not ends_in_e:  # the gender is not known: einem türkischen Konsulat
        return scene.span(start, noun)
    return subject_form(scene.words[start:noun], scene.words[noun], scene.lemmas[noun], PLURAL_ENDING)


def phrase_names(scene: Scene, first: int, noun: int, last: int) -> set[str]:
    """Return the phrase with and without number and adjectives; with its complement where there is one."""
    starts = {scene.begins[first], scene.begins[noun], scene.ends[noun] - len(phrase_label(scene, first, noun))}
    if last > noun:
        whole = {scene.text[s : scene.ends[last]] for s in starts}
        return whole | {scene.span(first, noun), phrase_label(scene, first, noun)}
    return {scene.text[s : scene.ends[noun]] for s in starts}


def complement_end(scene: Scene, i: int) -> int:
    """Return the last token of what places a thing: a name behind a preposition, in the genitive, or beside it."""
    k = i + 1
    of_people = group_kind(scene.words[i]) is not None or fold(scene.words[i]) in state_words()
    tied = scene.word(k) in (name_cues("of") if of_people else complements())
    if tied or (scene.tag(k) in ARTICLE_TAGS and scene.word(k) in name_cues("genitive")):
        k += 1
        while k <= i + LONGEST_COMPLEMENT and (scene.tag(k) in (*ARTICLE_TAGS, "ADJA") or scene.word(k) in QUOTES):
            k += 1  # des „Islamischen Staats“
        if not tied and scene.tag(k) == "NN" and scene.free(k):
            return _name_end(scene, k + 1) or k
    beside = k == i + 1
    if beside and scene.tag(k) == "NN" and _is_of_people(scene, k):
        return i  # nahm in einem Supermarkt Geiseln
    end = _name_end(scene, k) if k <= i + LONGEST_COMPLEMENT and not (beside and group_kind(scene.words[i])) else None
    if end is None:
        return i
    pair = scene.word(i + 1) == "zwischen" and scene.word(end + 1) == "und"
    return _second_end(scene, end + 2) or end if pair else end


def _second_end(scene: Scene, k: int) -> int | None:
    """Return the last token of what begins at token ``k``, a name or a thing: zwischen Mossul und der syrischen Grenze."""
    if (end := _name_end(scene, k)) is not None:
        return end
    while scene.tag(k) in (*ARTICLE_TAGS, "ADJA"):
        k += 1
    return k if scene.tag(k) == "NN" and scene.free(k) else None


def _is_of_people(scene: Scene, k: int) -> bool:
    """Tell whether what is named at token ``k`` are people of a sort: Geiseln."""
    named = scene.covered[k] if k < len(scene.words) else None
    return named is not None and scene.entities[named.entity].kind == "PopulationGroup"


def _name_end(scene: Scene, k: int) -> int | None:
    """Return the last token of the name that begins at token ``k``, None when none does."""
    named = scene.covered[k] if k < len(scene.words) else None
    if named is None or named.kind != "name":
        return None
    while k + 1 < len(scene.words) and scene.covered[k + 1] is named:
        k += 1
    return k


# things


def _thing(scene: Scene, i: int, kind: str) -> None:
    first, last = phrase_start(scene, i), complement_end(scene, i)
    if kind == "Region" and last == i and not any(scene.adjectives[k] for k in range(first, i)):
        return  # "die Grenze" alone is for corefer
    if first < i and scene.words[first].lower() in name_cues("anywhere") and scene.tag(first - 1) in PREPOSITIONS:
        return  # auf offener Straße
    if last == i == first and scene.word(i - 1).lower() in name_cues("definite"):
        known = scene.things.get(last_noun(scene.words[i]))
        if known is not None:
            scene.mention(known, i, i, i, "epithet")
            return
    tail = scene.span(i + 1, last) if last > i else ""
    named = scene.covered[last] if tail else None
    where = named.entity if named is not None and named.begin > scene.begins[i] else tail  # in (der Hauptstadt) Kabul
    if named is not None and named.begin == scene.begins[i + 1] and last_noun(scene.words[i]) in name_cues("borrowing"):
        scene.drop(named)  # das Hotel Bagdad in Erbil
    other = any(scene.words[k].lower() in name_cues("other") for k in range(first, i))
    key = phrase_key(scene, first if other or not tail else i, i)  # ein beliebtes Hotel in Kabul, das Hotel in Kabul
    slug = scene.add_local("thing", f"{key} {where}".strip(), kind, f"{thing_label(scene, first, i)} {tail}".strip(), "article")
    scene.surface[slug].update(phrase_names(scene, first, i, last))
    scene.mention(slug, first, last, i)
    scene.things[last_noun(scene.words[i])] = slug


def _note_thing(scene: Scene, i: int, mention: Mention) -> None:
    """Remember by its noun what the gazetteer names: after the US-Botschaft, die Botschaft is that one."""
    if scene.entities[mention.entity].kind == "Facility" and facility_kind(scene.words[i]) is not None:
        scene.things[last_noun(scene.words[i])] = mention.entity


def last_noun(noun: str) -> str:
    """Return a noun without what a hyphen puts before it and without its genitive."""
    return fold(noun.rpartition("-")[2]).lower().removesuffix("s")


# people


def _particular(scene: Scene, i: int, mention: Mention) -> None:
    """Make ein Augenzeuge, mutmaßliche Attentäter people of this text; the gazetteer has only all eyewitnesses."""
    entry = scene.gazetteer.entries.get(mention.entity)
    if entry is None or entry.kind not in NOUN_GROUP_KINDS or not is_generic(entry.label) or group_name(scene.words[i]) != "-":
        return
    if scene.begins[i] != mention.begin or scene.ends[i] != mention.end:
        return
    first = phrase_start(scene, i, mention)
    known = _same_people(scene, first, i)
    if known is not None:
        scene.drop(mention)
        scene.mention(known, first, i, i, "epithet")
        return
    if _members(scene, first, i) or _is_epithet(scene, first, i):
        scene.drop(mention)
        return
    one = scene.word(first - 1).lower() in name_cues("one")
    if one or any(scene.tags[k] == "ADJA" and not _says_nothing(scene.words[k]) for k in range(first, i)):
        scene.drop(mention)
        if scene.word(first - 1).lower() not in name_cues("definite"):
            _add_people(scene, first, i, "Person" if one else "PopulationGroup")


def _contingent(scene: Scene, i: int, mention: Mention) -> None:
    """Add UN-Soldaten as people of this text: they are no soldiers of the organisation that the compound names."""
    noun = scene.words[i].rpartition("-")[2]
    part = scene.begins[i] == mention.begin and mention.end < scene.ends[i]
    if not part or not lends_soldiers(mention.entity, noun):
        return
    first = phrase_start(scene, i, mention)
    kind = "Person" if scene.word(first - 1).lower() in name_cues("one") and is_single_person(noun) else "StateForce"
    key, label = f"{kind} {phrase_key(scene, first, i)}", people_label(scene, first, i, kind)
    slug = scene.add_local("people", key, kind, label, "article")
    scene.surface[slug].update(phrase_names(scene, first, i, i))
    scene.mention(slug, first, i, i)


def _says_nothing(adjective: str) -> bool:
    """Tell whether an adjective leaves open who somebody is: weitere, verletzte."""
    return adjective.lower() in name_cues("other") or adjective.lower() in name_cues("plain")


def _people(scene: Scene, i: int, kind: str) -> None:
    first = phrase_start(scene, i)
    if _members(scene, first, i) or _is_epithet(scene, first, i):
        return
    same = _same_people(scene, first, i)
    if same is not None:
        scene.mention(same, first, i, i, "epithet")
        return
    known = group_name(scene.words[i])
    if kind == "PopulationGroup" and any(scene.words[k].lower() in name_cues("armed") for k in range(first, i)):
        kind, known = "ArmedGroup", "-"
    if known and known != "-":
        _known_people(scene, first, i, known)
        return
    one = kind == "one" or scene.word(first - 1).lower() in name_cues("one")
    bare = first == i or all(scene.tags[k] in NUMBERS for k in range(first, i))
    owned = scene.covered[first - 1] if first else None
    if bare and scene.word(first - 1).lower() in name_cues("definite") and complement_end(scene, i) == i:
        return  # "die Soldaten" alone is for corefer
    if bare and kind == "one" and owned is None and scene.tag(first - 1) not in (*ARTICLE_TAGS, *RELATIVES):
        return  # a title, or a noun in passing
    member = head_sense(scene.words[i]) == "member"
    if bare and scene.tag(first - 1) == "PPOSAT" and (member or kind in ("Government", "StateForce")):
        return  # seine Kämpfer, ihre Regierung: whose, is for corefer
    taken_up = hypernyms().get(fold(scene.words[i]))
    definite = scene.word(first - 1).lower() in name_cues("definite") and complement_end(scene, i) == i
    if taken_up is not None and (definite or (bare and taken_up.bare)):
        return  # die radikalen Islamisten, (dass) Dschihadisten ...: most likely those of before
    _add_people(scene, first, i, "Person" if one and kind in SINGLE_KINDS else kind)


def _members(scene: Scene, first: int, i: int) -> bool:
    """Add Kämpfer des IS, Kampfflugzeuge der Koalition: the group or force itself."""
    if head_sense(scene.words[i]) != "member" and fold(scene.words[i]) not in state_words():
        return False
    last = complement_end(scene, i)
    named = scene.covered[last] if last > i and scene.covered[i + 1] is None and not _is_acted_on(scene, i) else None
    if named is None or scene.entities[named.entity].kind not in NAMED_GROUP_KINDS:
        return False
    scene.mention(named.entity, first, last, i)
    return True


def _is_acted_on(scene: Scene, i: int) -> bool:
    """Tell whether von opens who acts: (es wurden) Soldaten von Rebellen (angegriffen)."""
    if scene.word(i + 1).lower() not in name_cues("agent"):
        return False
    begin = max((k + 1 for k in range(i) if scene.tags[k] in PART_ENDS), default=0)
    end = next((k for k in range(i, len(scene.tags)) if scene.tags[k] in PART_ENDS), len(scene.tags))
    passive = any(scene.tags[k] in ("VAFIN", "VAPP") and scene.lemmas[k] == "werden" for k in range(begin, end))
    return passive and "VVPP" in scene.tags[i:end]


def _is_epithet(scene: Scene, first: int, i: int) -> bool:
    """Tell whether adjective and noun are an epithet of the gazetteer (kurdische Kämpfer), which is for corefer."""
    node: Node | None = scene.gazetteer.epithets
    for norm in (norm for k in range(first, i + 1) for norm, _, _ in cut(scene.words[k])):
        node = node.then.get(norm) if node else None
    return node is not None and bool(node.ends) and i > first


def _known_people(scene: Scene, first: int, i: int, known: str) -> None:
    slug = scene.gazetteer.single.get(known)
    if slug is not None:
        scene.add_gazetteer(slug)
    else:
        slug = scene.add_local("people", fold(known), "PopulationGroup", known, "article")
    scene.mention(slug, first, i, i)


def _add_people(scene: Scene, first: int, i: int, kind: str) -> None:
    last = complement_end(scene, i)
    bearer = apposed_person(scene, first, i) if kind == "Person" else None
    if bearer is not None:
        scene.mention(bearer, first, i, i, "epithet")
        return
    start = _collective_start(scene, first)
    label = people_label(scene, first, i, kind)
    tail = scene.span(i + 1, last) if last > i else ""
    slug = scene.add_local("people", f"{kind} {phrase_key(scene, first, i)} {tail}".strip(), kind, label, "article")
    names = phrase_names(scene, first, i, last)
    if start < first:
        names.add(scene.span(start, i))
    if kind == "Person" and scene.tag(first - 1) in ARTICLE_TAGS:
        names.add(scene.span(first - 1, i))
    owner = scene.covered[first - 1] if first else None
    if owner is not None and scene.entities[owner.entity].kind == "Person" and scene.words[first - 1].endswith("s"):
        names.add(scene.text[owner.begin : scene.ends[i]])
    scene.surface[slug].update(names)
    scene.mention(slug, start, i, i)
    scene.people[last_noun(scene.words[i])] = slug


def _same_people(scene: Scene, first: int, i: int) -> str | None:
    """Return those of before whom the text takes up by the same noun: ein Augenzeuge ... der Zeuge, die Ingenieure."""
    if first < i or scene.word(first - 1).lower() not in name_cues("definite") or complement_end(scene, i) > i:
        return None
    taken_up = hypernyms().get(fold(scene.words[i]))
    if taken_up is not None and taken_up.kinds != ("Person",):
        return None  # die Terroristen: rather the group told before
    noun = last_noun(scene.words[i])
    return next((slug for word, slug in reversed(scene.people.items()) if word.endswith(noun)), None)


def apposed_person(scene: Scene, first: int, i: int) -> str | None:
    """Return the person whom a noun explains across a comma: Bakary, der Gouverneur; der Gouverneur der Region, Bakary."""
    k = first - 1 - (scene.tag(first - 1) in ARTICLE_TAGS)
    before = scene.covered[k - 1] if k > 0 and scene.words[k] == "," else None
    if before is not None and scene.entities[before.entity].kind == "Person":
        return before.entity
    for k in range(i + 1, min(i + 1 + LONGEST_TITLE, len(scene.words) - 1)):
        if scene.words[k] == ",":
            after = scene.covered[k + 1]
            return after.entity if after is not None and scene.entities[after.entity].kind == "Person" else None
        if scene.tags[k] not in ("ART", "APPR", "APPRART", "ADJA", "NN", "NE", "FM"):
            return None
    return None


def _collective_start(scene: Scene, first: int) -> int:
    """Return where eine Gruppe bewaffneter Männer, Dutzende von Häftlingen begins, else ``first``."""
    k = first - 1
    if scene.word(k) == "von":
        k -= 1
    return k if k >= 0 and scene.free(k) and scene.words[k].lower() in name_cues("collective") else first


def _organisation(scene: Scene, i: int, kind: str) -> None:
    """Add an unnamed group that the text brings in: eine separatistische Bewegung, eine dem IS nahestehende Gruppe."""
    first = i
    while first > 0 and i - first < LONGEST_ATTRIBUTE and _attributive(scene, first - 1):
        first -= 1
    if first == i or scene.word(first - 1).lower() not in name_cues("indefinite") or scene.tag(i - 1) != "ADJA":
        return
    key = f"{kind} {phrase_key(scene, first, i)}"
    slug = scene.add_local("people", key, kind, thing_label(scene, first, i, first), "article", (scene.span(first, i),))
    scene.mention(slug, first, i, i)


def _attributive(scene: Scene, k: int) -> bool:
    """Tell whether token ``k`` may stand between an article and its noun."""
    return scene.tags[k] in ("ADJA", "ADJD", "ADV") or scene.covered[k] is not None
