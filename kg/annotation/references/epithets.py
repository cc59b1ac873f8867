"""Epithets and nouns that take up a name: die Terrormiliz, kurdische Truppen, die Stadt, der IS-Chef."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg.annotation.records import Mention
from kg.annotation.references.agreement import noun_gender
from kg.annotation.references.history import PastMention
from kg.annotation.references.narrative import DEFINITE, Narrative
from kg.german.nouns import (
    Hypernym,
    facility_kind,
    head_sense,
    hypernyms,
    is_collective,
    is_generic,
    name_cues,
    state_words,
    title_role,
)
from kg.german.reporting_nouns import states
from kg.german.transliteration import fold
from kg.german.word_parts import closed, cut
from kg.knowledge.gazetteer import Gazetteer, Node
from kg.namespaces import FIGHTING_KINDS, PLACE_KINDS, TOWN_KINDS

MILITIA_KINDS = frozenset(("ArmedGroup", "Militia"))
STATE_KINDS = frozenset(("StateForce", "Government", "MediaOrganization"))
ARMED_SERVICES = frozenset(("army", "airforce", "navy", "police", "security"))
MILITARY = ("army", "airforce", "navy")
LONGEST_PARTICIPLE_PHRASE = 6  # tokens between an article and the participle that its noun follows
LONGEST_EPITHET = 8  # tokens
SHORTEST_PART = 3  # letters of a part of a compound
EPITHET_REACH = 8  # sentences over which "die Armee" is still that of before


@dataclass(frozen=True, slots=True)
class Taken:
    """What tokens ``first`` to ``last`` (both included) take up."""

    entity: str
    first: int
    last: int


class Epithets:
    """Finds who is meant; an epithet that nothing in the text fits is left alone."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    # epithets of the gazetteer

    def phrase(self, text: Narrative, i: int) -> Taken | None:
        """Resolve the longest epithet of more than one word that begins at token ``i``."""
        node: Node | None = self.gazetteer.epithets
        best: tuple[int, tuple[str, ...]] | None = None
        for k in range(i, min(i + LONGEST_EPITHET, len(text.words))):
            parts = cut(text.words[k])
            for norm, _, _ in parts:
                node = node.then.get(norm) if node else None
            if node is None or not parts:
                break
            if node.ends and k > i and text.covered[k] is None:
                best = k, tuple(c.slug for c in node.ends)
        slug = self._bearer(text, best[1], i) if best else None
        return Taken(slug, i, best[0]) if best and slug else None

    def _bearer(self, text: Narrative, slugs: tuple[str, ...], i: int) -> str | None:
        """Return which of the bearers of one epithet is meant: one that the text names, else one of the country."""
        country = self.country(text, i, at_war=True)
        home = {s: self.gazetteer.country_of(s) for s in slugs}
        named = [s for s in slugs if s in text.history.last]
        coming = [s for s in slugs if text.history.total[s] and home[s] in (None, country)]
        against = self._against(text, slugs)
        there = [s for s in slugs if country is not None and home[s] == country]
        homeless = [s for s in slugs if home[s] is None]
        fitting = named or coming or ([against] if against else there or homeless)
        return text.history.salient(fitting, text.sentence[i]) or (fitting[0] if len(fitting) == 1 else None)

    def _against(self, text: Narrative, slugs: tuple[str, ...]) -> str | None:
        """Return the one coalition against somebody that the text names: in reports on the IS, die Koalition."""
        total = text.history.total
        found = [s for s in slugs if any(total[p] for p in self.gazetteer.partners(s))]
        return found[0] if len(found) == 1 else None

    def leader(self, text: Narrative, i: int, mention: Mention) -> str | None:
        """Return the person whom the text names and whom der IS-Chef means."""
        if text.tags[i] != "NN" or (mention.begin, mention.end) != (text.begins[i], text.ends[i]):
            return None
        for said in text.history.recent[-2:-1]:  # the last but one: the last is this one's
            before = text.word(i - 1) == "," and i > 1 and said.mention.end == text.ends[i - 2]
            if before and text.history.kind(said) == "Person" and head_sense(text.words[i].rpartition("-")[2]) == "leader":
                return said.mention.entity  # Ali Barkah, Hamas-Chef im Libanon
        if text.word(i - 1).lower() not in name_cues("definite"):
            return None
        persons = [s for s in self._bearers(text.words[i]) if self.gazetteer.entries[s].kind == "Person"]
        return text.history.salient(persons, text.sentence[i])

    def force(self, text: Narrative, i: int) -> str | None:
        """Return whom die Soldaten, die Polizisten mean, where the text has told of a force."""
        if text.word(text.phrase_start(i) - 1).lower() not in name_cues("definite") or fold(text.words[i]) not in state_words():
            return None
        return self._state_actor(text, fold(text.words[i]), i)

    def group(self, text: Narrative, i: int) -> str | None:
        """Return the group whose epithet die Rebellen is, or of which alone die Kämpfer can be: one told by its name."""
        definite = text.phrase_start(i) == i and text.word(i - 1).lower() in name_cues("definite")
        if not definite or text.tag(i - 1) == "PRELS" or self.is_told_apart(text, i):
            return None
        if bearers := self._bearers(text.words[i]) or self._bearers(closed(text.words[i])):
            if self._is_told_without_name(text, i):
                return None
            return text.history.salient([s for s in bearers if s in text.history.last], text.sentence[i])
        meant = hypernyms().get(fold(text.words[i]))
        if meant is None or MILITIA_KINDS.isdisjoint(meant.kinds):
            return None  # die Angreifer: perhaps a few of them
        near = [said for said in text.history.near(text.sentence[i], EPITHET_REACH) if self._may_fight(text, said)]
        near = [said for said in near if not self._is_secular(said.mention.entity, text.words[i])]
        told = {said.mention.entity for said in near}
        return near[0].mention.entity if len(told) == 1 and near[0].mention.entity in self.gazetteer.entries else None

    def _is_told_without_name(self, text: Narrative, i: int) -> bool:
        """Mit verbündeten Rebellen nahmen sie al-Bab ein. … den Rebellen: whether the noun has just been said of others."""
        for said in text.history.near(text.sentence[i]):
            if fold(text.words[said.mention.head]) == fold(text.words[i]) and said.token < i:
                return said.mention.kind != "epithet" and is_generic(text.history.entities[said.mention.entity].label)
        return False

    def _may_fight(self, text: Narrative, said: PastMention) -> bool:
        """Tell whether fighters may be those of a mention: of a group, or of a force that the text only describes."""
        entity = text.history.entities[said.mention.entity]
        described = entity.scope != "gazetteer" and entity.kind in FIGHTING_KINDS
        return described or (entity.kind in MILITIA_KINDS and not is_generic(entity.label))

    def own_force(self, text: Narrative, i: int, owner: str | None) -> str | None:
        """Return whom seine Soldaten mean: the force of the owner's country, where that is not known the one told last."""
        noun = fold(text.words[i])
        if noun not in state_words():
            return None
        country = self.gazetteer.country_of(owner) if owner is not None else None
        return self._state_actor(text, noun, i) if country is None else self.gazetteer.force(country, noun)

    def compound(self, text: Narrative, i: int) -> tuple[str, int] | None:
        """Return whom Armeesprecher, Polizeiangaben mean by their first part, and the letters of the word that mean it.

        A speaker is the force he speaks for; of what it has or states only the first part names it.
        """
        if (named := _named_force(text.words[i])) is None:
            return None
        noun, letters = named
        slug = self._of_adjective(text, noun, i) or self._state_actor(text, noun, i)
        return (slug, letters) if slug is not None else None

    def _of_adjective(self, text: Narrative, noun: str, i: int) -> str | None:
        """Return the force of the country whose adjective stands before: ein türkischer Armeesprecher."""
        for k in range(text.phrase_start(i), i):
            for mention in text.at.get(k, ()):
                country = self.gazetteer.country_of(mention.entity) if mention.kind == "demonym" else None
                if country is not None:
                    return self.gazetteer.force(country, noun)
        return None

    def _bearers(self, word: str) -> tuple[str, ...]:
        node: Node | None = self.gazetteer.epithets
        for norm, _, _ in cut(word):
            node = node.then.get(norm) if node else None
        return tuple(c.slug for c in node.ends) if node else ()

    # nouns

    def noun(self, text: Narrative, i: int) -> Taken | None:
        """Resolve the noun at token ``i`` with its attributes."""
        word = text.words[i]
        meant = hypernyms().get(fold(word)) or hypernyms().get(fold(closed(word)))
        slugs = self._bearers(word) or self._bearers(closed(word))
        if meant is None and not slugs:
            return None
        first = text.phrase_start(i)
        slug = self.of_government(text, i) or self._apposed(text, first, i, meant)
        if slug is None and self._takes_up(text, first, i, meant):
            slug = self._meant(text, meant, slugs, i)
            if text.word(first - 1).lower() not in name_cues("definite") and self._is_called_otherwise(slug, slugs):
                slug = None  # Luftangriffe auf Dschihadisten: any, not the militia of before
        return Taken(slug, first, i) if slug is not None and self._agrees(text, slug, first, i) else None

    def of_government(self, text: Narrative, i: int) -> str | None:
        """Return whom Truppen der Regierung, Soldaten des Regimes mean: the force of the country spoken of."""
        word, over = state_words().get(fold(text.words[i])), state_words().get(fold(text.word(i + 2)))
        if word is None or over is None or word.kind != "StateForce" or over.kind != "Government":
            return None
        if text.word(i + 1) not in name_cues("genitive") or text.covered[i + 2] is not None:
            return None
        country = self.country(text, i, at_war=True)
        return self.gazetteer.force(country, fold(text.words[i])) if country else None

    def _takes_up(self, text: Narrative, first: int, i: int, meant: Hypernym | None) -> bool:
        """Tell whether the phrase can refer back: definite, not another one, nothing behind that says which."""
        if any(text.words[k].lower() in name_cues("other") or text.tags[k] == "CARD" for k in range(first, i)):
            return False
        k = self._determiner(text, first)
        bare = meant is not None and meant.bare and text.tag(k) != "ART"
        bare = bare or (self._is_without_article(text, k) and first == i and is_collective(text.words[i]))
        if not (bare or (text.word(k).lower() in name_cues("definite") and text.tag(k) != "PRELS")):
            return False
        return not self.is_told_apart(text, i)

    def _is_without_article(self, text: Narrative, k: int) -> bool:
        """Armee erobert Homs; Kämpfe von Armee und Polizei: whether token ``k`` before a noun leaves its article out."""
        opens = k < 0 or text.sentence[k] != text.sentence[k + 1] or text.tag(k).startswith("$")
        return opens or text.tag(k) in ("APPR", "KON")

    def _determiner(self, text: Narrative, first: int) -> int:
        """Return the token that determines a phrase: the first one of der von den USA geführten Allianz."""
        if text.tag(first) == "ADJA" and text.tag(first - 1) not in DEFINITE:
            for k in range(first - 1, max(-1, first - 1 - LONGEST_PARTICIPLE_PHRASE), -1):
                if text.tags[k] == "ART" and text.tag(k + 1) == "APPR":
                    return k
        return first - 1

    def is_told_apart(self, text: Narrative, i: int) -> bool:
        """Tell whether a genitive, "von" or a name behind the noun says which one it is."""
        after, tag = text.word(i + 1), text.tag(i + 1)
        if (tag == "ART" and after in name_cues("genitive")) or (tag == "ADJA" and after.endswith("er")):
            return True
        if after == "von":  # but: die Stadt von den Extremisten befreien
            return text.tag(i + 2) != "ART"
        if self._is_place_beside(text, i):
            return False
        return tag in ("NE", "FM") and text.sentence[i] == text.sentence[min(i + 1, len(text.sentence) - 1)]

    def _is_place_beside(self, text: Narrative, i: int) -> bool:
        """Nach tagelangen Kämpfen nahm die Armee Homs ein: a town behind who acts; but: die Armee Israels, die Stadt Homs."""
        named = text.covered[i + 1] if i + 1 < len(text.words) else None
        if named is None or named.kind != "name" or fold(text.words[i]) not in state_words():
            return False
        place = text.history.entities[named.entity]
        return place.kind in TOWN_KINDS and text.text[named.begin : named.end] == place.label

    def _apposed(self, text: Narrative, first: int, i: int, meant: Hypernym | None) -> str | None:
        """Return what stands beside the noun, parted by a comma: die nächste Hochburg, Tal Afar."""
        if meant is None:
            return None
        start = first - 1 if text.tag(first - 1) in DEFINITE else first
        for said in text.history.recent[-1:]:
            follows = text.word(start - 1) == "," and start > 1 and said.mention.end == text.ends[start - 2]
            follows = follows and not said.scene
            if follows and self._is(text, said.mention, meant):
                return said.mention.entity
        for mention in text.at.get(i + 2, ()) if text.word(i + 1) == "," else ():
            if self._is(text, mention, meant) and self._closes(text, mention):
                return mention.entity
        return None

    def _is(self, text: Narrative, mention: Mention, meant: Hypernym) -> bool:
        return mention.kind == "name" and text.history.entities[mention.entity].kind in meant.kinds

    def _closes(self, text: Narrative, mention: Mention) -> bool:
        k = mention.head
        while k + 1 < len(text.words) and text.begins[k + 1] < mention.end:
            k += 1
        return text.word(k + 1) in (",", ".", ":", "")

    def _meant(self, text: Narrative, meant: Hypernym | None, slugs: tuple[str, ...], i: int) -> str | None:
        state = state_words().get(fold(text.words[i]))
        if state is not None and (meant is None or STATE_KINDS & set(meant.kinds)):
            return self._state_actor(text, fold(text.words[i]), i)
        if meant is not None and meant.kinds[0] in PLACE_KINDS:
            return self._place(text, meant, i)
        if meant is not None and (again := self._said_before(text, meant, i)) is not None:
            return again
        told = [s for s in slugs if s in text.history.last]
        if meant is not None and meant.kinds != ("Person",):
            known = text.history.known(meant.kinds)
            if noun_gender(text.words[i]) != "p":  # die Organisation is not "Rebellen"
                known = [s for s in known if not is_generic(text.history.entities[s].label)]
            near = any(text.sentence[i] - text.history.last[s].sentence < EPITHET_REACH for s in told)
            known = [s for s in known if not self._is_secular(s, text.words[i])]
            told += [s for s in known if s not in told and not (near and self._has_other_epithets(s))]
        if self._states(text, i) and (peaceful := [s for s in told if text.history.entities[s].kind not in FIGHTING_KINDS]):
            return text.history.salient(peaceful, text.sentence[i])
        named = text.history.salient(told, text.sentence[i], preferred=slugs)
        named = named or text.history.salient(slugs, text.sentence[i])
        return named or self._against(text, slugs) or self._opposed(text, slugs, i)

    def _is_secular(self, slug: str, noun: str) -> bool:
        """Tell whether a group is none that fights for its faith, as the noun says: die Dschihadisten is not the YPG."""
        entry = self.gazetteer.entries.get(slug)
        if entry is None or not _has_stem(noun, "of_faith") or not (entry.epithets or is_generic(entry.label)):
            return False
        return not any(_has_stem(epithet, "of_faith") or _has_stem(epithet, "of_terror") for epithet in entry.epithets)

    def _opposed(self, text: Narrative, slugs: tuple[str, ...], i: int) -> str | None:
        """Return the one that a coalition of the text is against: die Anti-IS-Koalition … die Dschihadisten."""
        total = text.history.total if any(_has_stem(text.words[i], sense) for sense in ("of_faith", "of_terror")) else ()
        found = {s for coalition in total for s in self.gazetteer.partners(coalition) if s in slugs}
        return found.pop() if len(found) == 1 else None

    def _said_before(self, text: Narrative, meant: Hypernym, i: int) -> str | None:
        """Return whom the text itself called so a moment ago: eine islamistische Miliz … Stellungen der Miliz."""
        for said in text.history.near(text.sentence[i]):
            called = fold(text.words[said.mention.head]) == fold(text.words[i]) and said.token < i
            if called and said.mention.kind != "pronoun" and text.history.kind(said) in meant.kinds:
                return said.mention.entity
        return None

    def _states(self, text: Narrative, i: int) -> bool:
        """Der Organisation zufolge, nach Angaben der Gruppe: whether the noun at token ``i`` says who states something."""
        return text.word(i + 1) == "zufolge" or states(text.word(text.phrase_start(i) - 2))

    def _has_other_epithets(self, slug: str) -> bool:
        """Die Dschihadisten are not the FSA, whose epithet is Rebellen, where a group is told of that is called so."""
        entry = self.gazetteer.entries.get(slug)
        return entry is not None and bool(entry.epithets)

    def _is_called_otherwise(self, slug: str | None, bearers: tuple[str, ...]) -> bool:
        """Tell whether a noun is an epithet of others only, so that without an article it does not mean this group."""
        known = slug is not None and slug in self.gazetteer.entries
        return known and bool(bearers) and slug not in bearers

    def _place(self, text: Narrative, meant: Hypernym, i: int) -> str | None:
        if meant.kinds == ("Country",) and text.word(i - 1).lower() in name_cues("inside_land"):  # im (Norden des) Landes
            return self.country(text, i, at_war=False)
        if (part := self._told_part(text, i)) is not None:
            return part
        said = text.history.place(meant.kinds, text.sentence[i])
        if said is None or (meant.kinds[0] == "Facility" and not self._is_called(text, said, fold(text.words[i]))):
            return None
        if facility_kind(text.history.entities[said.mention.entity].label.partition(" ")[0]) and not facility_kind(
            text.words[i]
        ):
            return None  # die Region is not the Grenze zu Syrien
        return said.mention.entity

    def _told_part(self, text: Narrative, i: int) -> str | None:
        """Die Altstadt von Mossul … die Altstadt: the part of a town that the text has named by the noun."""
        told = (s for s in text.history.last if text.history.entities[s].kind == "District")
        return next((s for s in told if text.words[i] in text.history.entities[s].label.split()), None)

    def _is_called(self, text: Narrative, said: PastMention, noun: str) -> bool:
        """Tell whether a thing named before was called by ``noun``: das Gefängnis is not a bridge."""
        return noun in fold(text.history.entities[said.mention.entity].label)

    def _state_actor(self, text: Narrative, noun: str, i: int) -> str | None:
        """Return whom die Armee, Regierungstruppen mean: those told last, else those of the country spoken of."""
        history, word = text.history, state_words()[noun]
        of_the_land = noun.lower().startswith(tuple(name_cues("loyal")))  # Regierungstruppen: of where the war is
        for said in () if of_the_land else history.near(text.sentence[i], EPITHET_REACH):
            if text.is_helper(said, i):
                continue
            slug = said.mention.entity
            country = self.gazetteer.country_of(slug)
            if history.kind(said) == word.kind and country and self._is_branch(slug, country, noun):
                return self.gazetteer.force(country, noun)
            if slug.endswith(f"-{word.group}") and history.entities[slug].scope != "gazetteer":
                return slug
        country = self.country(text, i, at_war=word.group in ARMED_SERVICES)
        return self.gazetteer.force(country, noun) if country else None

    def _is_branch(self, slug: str, country: str, noun: str) -> bool:
        """Tell whether an actor is the force of ``country`` that a noun means, or another one of its army."""
        groups = MILITARY if state_words()[noun].group in MILITARY else (noun,)
        return any(self.gazetteer.force(country, group) == slug for group in (noun, *groups))

    def country(self, text: Narrative, i: int, *, at_war: bool) -> str | None:
        """Return the country spoken of at token ``i``; forces (``at_war``) are of the place that the sentence comes to."""
        return text.history.country(text.sentence[i], text.country_ahead(i) if at_war else None, at_war=at_war)

    def _agrees(self, text: Narrative, slug: str, first: int, i: int) -> bool:
        """Tell whether a country's adjective in the phrase allows the entity: die syrische Stadt is not Mossul."""
        entities = text.history.entities
        adjectives = {m.entity for k in range(first, i + 1) for m in text.at.get(k, ()) if m.kind == "demonym"}
        countries = {c for a in adjectives if entities[a].kind in ("Country", "Region") and (c := self.gazetteer.country_of(a))}
        home = self.gazetteer.country_of(slug)
        return not countries or home is None or home in countries


@lru_cache(maxsize=20_000)
def _named_force(word: str) -> tuple[str, int] | None:
    """Return the noun for a force that a compound begins with, and how many letters of the compound mean the force."""
    for cut_at in range(len(word) - SHORTEST_PART, SHORTEST_PART, -1):
        force, rest = word[:cut_at], word[cut_at:].capitalize()
        noun = next((n for n in (fold(force), fold(force.removesuffix("s"))) if n in state_words()), None)
        if noun is None or not rest[:1].isalpha():
            continue
        speaker = title_role(rest) == "speaker"
        if speaker or states(rest) or facility_kind(rest):
            return noun, len(word) if speaker else cut_at
    return None


def _has_stem(word: str, sense: str) -> bool:
    """Tell whether a word has a stem of that sense in it: Islamistenmiliz, radikalislamische Kämpfer."""
    low = fold(word).lower()
    return any(stem in low for stem in name_cues(sense))
