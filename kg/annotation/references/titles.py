"""Persons by what they are: Außenminister Heiko Maas … der Minister, der SPD-Politiker."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotation.records import Mention
from kg.annotation.references.agreement import noun_gender
from kg.annotation.references.history import PRONOUN_REACH
from kg.annotation.references.narrative import Narrative
from kg.annotation.references.person_titles import Title
from kg.german.nouns import is_title, name_cues, title_role

OFFICE_REACH = 8  # tokens of der Sprecher der Armee before the comma and the name
OFFICES = ("office", "leader", "military")
PERSON_REACH = 8  # sentences over which "der Minister" is still that of before


def note_titles(text: Narrative, mention: Mention, first: int) -> None:
    """Remember the titles with which the mention that begins at token ``first`` names a person."""
    if mention.kind != "name" or text.history.entities[mention.entity].kind != "Person":
        return
    for k in _around(text, mention, first):
        if text.tags[k] == "NN" and is_title(text.words[k]):
            text.titles.setdefault(mention.entity, set()).add(Title.of(text.words[k]))


def _around(text: Narrative, mention: Mention, first: int) -> Iterator[int]:
    """Yield the tokens where a title stands: before or in the mention, or parted from it by a comma on either side."""
    last = first
    while last + 1 < len(text.words) and text.begins[last + 1] < mention.end:
        last += 1
    yield from range(max(0, first - 1), last + 1)
    if text.word(first - 1) == ",":
        for k in range(first - 2, max(-1, first - 2 - OFFICE_REACH), -1):
            if text.sentence[k] != text.sentence[first] or text.words[k] == "," or text.tags[k].endswith("FIN"):
                break
            yield k
    if text.word(last + 1) == ",":
        k = last + 2
        while text.tag(k) in ("ART", "ADJA"):
            k += 1
        yield from range(k, min(k + 1, len(text.words)))


def titled_person(text: Narrative, i: int) -> str | None:
    """Return the person told before whom the noun at token ``i`` means by a title: die Ministerin, of a single one."""
    before = text.phrase_start(i) - 1
    article = text.word(before).lower()
    if not text.titles or article not in name_cues("definite") or text.tag(before) == "PRELS":
        return None
    meant = Title.of(text.words[i])
    if not (is_title(text.words[i]) or meant.is_general):
        return None
    if not meant.feminine and (article == "die" or (article == "der" and text.tag(before - 1) in ("NN", "NE"))):
        return None  # several: die Minister, ein Treffen der Minister
    bearers = [slug for slug, titles in text.titles.items() if any(meant.takes_up(title) for title in titles)]
    bearers = [slug for slug in bearers if _may_be_described(text, i, slug, meant)]
    told = [text.history.last[slug] for slug in bearers if slug in text.history.last]
    near = [said for said in told if text.sentence[i] - said.sentence <= PERSON_REACH]
    return max(near, key=lambda said: said.token).mention.entity if near else None


def _may_be_described(text: Narrative, i: int, slug: str, meant: Title) -> bool:
    """Tell whether the adjectives before token ``i`` fit: der deutsche Diplomat; der russische Präsident is another."""
    first, country_of = text.phrase_start(i), text.history.gazetteer.country_of
    if first == i:
        return True
    demonyms = (mention for k in range(first, i) for mention in text.at.get(k, ()) if mention.kind == "demonym")
    home, lands = country_of(slug), {country_of(mention.entity) for mention in demonyms}
    if home is not None and lands:
        return lands == {home}
    return meant.is_general and not meant.rules  # der frühere Bürgermeister is another, too


def speaking_person(text: Narrative, i: int) -> str | None:
    """Return the person without title told last who goes on as the speaker: Claudia Roth …, sagte die Grünen-Politikerin."""
    meant, phrase = Title.of(text.words[i]), text.phrases.get(i)
    holds_office = title_role(text.words[i]) in OFFICES  # sagte der Präsident: who that is, the text says elsewhere
    if not meant.is_general or holds_office or phrase is None or not phrase.speaks:
        return None
    told = _persons(text, i, "f" if meant.feminine else "m", PRONOUN_REACH)
    untitled = (slug for slug in told if slug not in text.titles)
    return next((slug for slug in untitled if _may_be_described(text, i, slug, meant)), None)


def plain_person(text: Narrative, i: int) -> str | None:
    """Return the person without title whom der Mann, die Angeklagte means, where nobody was introduced by that noun."""
    if text.words[i] not in name_cues("plain_person"):
        return None
    told = _persons(text, i, noun_gender(text.words[i]) or "", PERSON_REACH)
    return text.history.salient((slug for slug in told if slug not in text.titles), text.sentence[i])


def aged_person(text: Narrative, i: int) -> str | None:
    """Return the person told last whom der 24-Jährige means."""
    if text.words[i].rpartition("-")[2].lower() not in name_cues("aged"):
        return None
    return next(iter(_persons(text, i, "", PRONOUN_REACH)), None)


def _persons(text: Narrative, i: int, gender: str, reach: int) -> list[str]:
    """Return the persons of a gender, else of that which the article before the noun shows, the one told last first."""
    before = text.phrase_start(i) - 1
    article = text.word(before).lower()
    gender = gender or _gender_of_adjective(article, text.words[i])
    if not gender or article not in name_cues("definite") or text.tag(before) == "PRELS":
        return []
    near = (said for said in text.history.near(text.sentence[i], reach) if said.token < i and gender in said.gender)
    return list(dict.fromkeys(said.mention.entity for said in near if text.history.kind(said) == "Person"))


def _gender_of_adjective(article: str, word: str) -> str:
    """Der Angeklagte, die Angeklagte, den Angeklagten; "" for what is rather several: die Angeklagten."""
    if not word.endswith("n"):
        return {"der": "m", "die": "f"}.get(article, "")
    return "m" if article in ("dem", "den", "des") else ""
