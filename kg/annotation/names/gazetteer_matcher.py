"""Names of the gazetteer in the text: in every spelling, inflected, inside compounds, after a country's adjective."""

from __future__ import annotations

from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotation.names.disambiguation import NAME_TAGS, Choice
from kg.annotation.names.matches import MatchedText, NameMatch
from kg.annotation.names.state_actors import state_actor
from kg.annotation.records import Entity, Mention
from kg.annotation.words.token_table import tokens_of
from kg.german.inflection import directions
from kg.german.nouns import (
    announces_several,
    facility_kind,
    head_sense,
    is_prefix,
    is_single_person,
    is_title,
    lends_soldiers,
    name_cues,
    place_kind,
)
from kg.german.transliteration import fold
from kg.german.word_parts import ARTICLE, Parts
from kg.knowledge.gazetteer import Gazetteer, NameSense, Node, shipped_gazetteer
from kg.namespaces import NOUN_GROUP_KINDS, PLACE_KINDS

ATTRIBUTES_IN_ROW = frozenset(("ADJA", "ADJD", "CARD", "TRUNC", "PIAT"))
DESCRIBING = frozenset(("ADJA", "ADJD", "NN", "NE", "FM", "TRUNC"))
TIES = frozenset(("ART", "APPR", "APPRART"))
LONGEST_PHRASE = 6  # tokens from a country's adjective to its noun
TOWN_ADJECTIVE = "er"
SHORTEST_COMPOUND = 8  # letters of Hamaschef


@Language.factory("lagebild_gazetteer", requires=["token.tag"], assigns=["doc._.entities", "doc._.mentions"])
def create(nlp: Language, name: str) -> GazetteerMatcher:
    """Make the component on the shipped gazetteer."""
    return GazetteerMatcher(shipped_gazetteer())


class GazetteerMatcher:
    """Finds the gazetteer's names; a name that needs a context it doesn't have is left alone."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._choice = Choice(gazetteer)
        self._directions = frozenset(fold(d).capitalize() for d in directions())
        self._compound = lru_cache(maxsize=50_000)(self._cut_compound)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate ``doc`` in place and return it."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> MatchedText:
        """Find the names of ``doc``, in text order."""
        tokens = tokens_of(doc)
        parts = Parts.of(zip(tokens.begins, tokens.words, strict=True))
        reading = MatchedText(tokens.words, tokens.tags, parts)
        norms, then = reading.parts.norms, self.gazetteer.root.then
        i = 0
        while i < len(norms):
            norm = norms[i]
            if norm in then or norm == ARTICLE or norm.isupper() or norm in self._directions:
                i = self._named(reading, i)
                continue
            if norm.endswith(TOWN_ADJECTIVE) and (town := self._of_town(reading, i)):
                i = self._demonym(reading, town)
            elif len(norm) >= SHORTEST_COMPOUND and (compound := self._compound(norm)):
                i = self._add_compound(reading, i, *compound)
            else:
                i += 1
        return reading

    def set_annotations(self, doc: Doc, reading: MatchedText) -> None:
        """Write mentions and the entities they name."""
        doc._.mentions = tuple(sorted(reading.mentions, key=lambda m: (m.begin, -m.end)))
        doc._.entities = reading.entities

    def _entity(self, slug: str) -> Entity:
        entry = self.gazetteer.entries[slug]
        return Entity(slug, entry.kind, entry.label)

    def _kind(self, slug: str) -> str:
        return self.gazetteer.entries[slug].kind

    # what stands at a part

    def _named(self, reading: MatchedText, i: int) -> int:
        """Add what is named from part ``i`` on; return the part to go on with."""
        hit = self._longest(reading.parts.norms, i) or self._directed(reading, i) or self._of_town(reading, i)
        if hit is None and reading.parts.norms[i] == ARTICLE and not reading.parts.closes_word(i):
            hit = self._longest(reading.parts.norms, i + 1)
            if hit and self._kind(hit.candidates[0].slug) in (*PLACE_KINDS, "Person"):
                hit = NameMatch(i, hit.last, hit.candidates)
        if hit is None or not self._opens_name(reading, i):
            return i + 1
        exact = tuple(c for c in hit.candidates if not c.inflected) or hit.candidates
        names = tuple(c for c in exact if c.role == "name")
        if not names:
            return self._demonym(reading, hit)
        chosen = self._choice.of(reading, hit, names)
        if chosen and self._kind(chosen) == "StateForce" and self._is_one_of(reading, hit):
            return self._demonym(reading, NameMatch(i, i, self.gazetteer.root.then[reading.parts.norms[i]].ends))
        if chosen is None or self._is_part_of_country(reading, i, chosen) or self._is_attribute(reading, hit, chosen):
            return i + 1
        return self._name(reading, hit, chosen)

    def _directed(self, reading: MatchedText, i: int) -> NameMatch | None:
        """Return what Ost-Ukraine names, where the gazetteer has Ostukraine."""
        norms = reading.parts.norms
        if reading.parts.closes_word(i) or norms[i] not in self._directions:
            return None
        node = self.gazetteer.root.then.get(norms[i] + norms[i + 1].lower())
        return NameMatch(i, i + 1, node.ends) if node is not None and node.ends else None

    def _of_town(self, reading: MatchedText, i: int) -> NameMatch | None:
        """Return the town whose adjective in -er stands before a noun: die Stockholmer Innenstadt, der Bremer Hafen."""
        parts, norm = reading.parts, reading.parts.norms[i]
        if not norm.endswith(TOWN_ADJECTIVE) or not norm[0].isupper() or not (parts.opens_word(i) and parts.closes_word(i)):
            return None
        token = parts.tokens[i]
        if reading.tags[token] != "ADJA" or reading.tags[token + 1 : token + 2] != ["NN"]:
            return None
        stem = norm.removesuffix(TOWN_ADJECTIVE)
        slug = self.gazetteer.single.get(stem) or self.gazetteer.single.get(stem + "en")
        known = slug is not None and self._kind(slug) == "City"
        return NameMatch(i, i, (NameSense(slug, "demonym"),)) if slug is not None and known else None

    def _opens_name(self, reading: MatchedText, i: int) -> bool:
        """Tell whether a name may begin at part ``i``: not inside Tehrik-i-Taliban, but inside Anti-IS-Einsatz."""
        if reading.parts.opens_word(i) or is_prefix(reading.parts.norms[i - 1]):
            return True
        return bool(reading.mentions) and reading.mentions[-1].end == reading.parts.ends[i - 1]

    def _is_part_of_country(self, reading: MatchedText, i: int, slug: str) -> bool:
        """Tell whether a direction makes another region of a country: Nord-Syrien."""
        apart = reading.parts.opens_word(i) or self._kind(slug) != "Country"
        return not apart and reading.parts.norms[i - 1].lower() in map(fold, directions())

    def _is_attribute(self, reading: MatchedText, hit: NameMatch, slug: str) -> bool:
        """Tell whether a noun for people is only the adjective of another, at the front: Bewaffnete Hirten."""
        token = reading.parts.tokens[hit.last]
        alone = hit.first == hit.last and reading.tags[token] == "ADJA" and self._kind(slug) in NOUN_GROUP_KINDS
        return alone and reading.tags[token + 1 : token + 2] == ["NN"]

    def _longest(self, norms: list[str], i: int) -> NameMatch | None:
        node: Node | None = self.gazetteer.root
        best: NameMatch | None = None
        for j in range(i, len(norms)):
            norm = norms[j]
            after = node.then.get(norm) if node else None
            if after is None and len(norm) > 3 and norm.isupper() and node:
                after = node.then.get(norm.capitalize())
            if after is None:
                break
            node = after
            if node.ends:
                best = NameMatch(i, j, node.ends)
        return best

    # names and their compounds

    def _name(self, reading: MatchedText, hit: NameMatch, slug: str) -> int:
        parts = reading.parts
        token = parts.tokens[hit.last]
        end = self._word_end(reading, hit)
        entity = self._entity(slug)
        if end == hit.last or not parts.opens_word(hit.first):
            reading.add(entity, *self._with_noun(reading, hit, entity.kind))
            self._inside(reading, hit, entity.kind)
            return hit.last + 1
        tail, head = parts.norms[end], parts.tokens[end]
        if entity.kind == "Country":
            actor = state_actor(self.gazetteer, slug, tail)
        else:
            actor = self._member(reading, entity, tail, head)
        if actor is not None:
            reading.add(actor, hit.first, end, head)
            return end + 1
        reading.add(entity, hit.first, hit.last, token, "demonym" if entity.kind == "Country" else "name")
        return (end if lends_soldiers(slug, tail) else hit.last) + 1

    def _inside(self, reading: MatchedText, hit: NameMatch, kind: str) -> None:
        """Add the names inside a longer one: Bagdad in Flughafen Bagdad, Assad in Assads Truppen."""
        parts = reading.parts
        for i in range(hit.first, hit.last + 1):
            inner = self._longest(parts.norms[: hit.last + 1 - (i == hit.first)], i) if parts.opens_word(i) else None
            if inner is None:
                continue
            tied = i > hit.first and reading.tags[parts.tokens[i] - 1] in TIES
            placed = i > hit.first and kind in ("Facility", "Region")
            owner = i == hit.first and self._kind(inner.candidates[0].slug) == "Person"
            if not (tied or placed or owner):
                continue
            names = tuple(c for c in inner.candidates if c.role == "name")
            chosen = self._choice.of(reading, inner, names) if names else None
            if chosen is not None and chosen not in {c.slug for c in hit.candidates}:
                reading.add(self._entity(chosen), inner.first, inner.last, parts.tokens[inner.last])

    def _word_end(self, reading: MatchedText, hit: NameMatch) -> int:
        """Return the last part of the compound that a name opens: IS-Kämpfer, also with a stray blank (IS- Kämpfer)."""
        parts, end = reading.parts, hit.last
        while not parts.closes_word(end):
            end += 1
        token = parts.tokens[end]
        hangs = end == hit.last and reading.words[token].endswith("-")
        if hangs and end + 1 < len(parts.norms) and reading.words[token + 1] not in name_cues("joiner"):
            return end + 1 if parts.norms[end + 1][:1].isalpha() else end
        return end

    def _with_noun(self, reading: MatchedText, hit: NameMatch, kind: str) -> tuple[int, int, int]:
        """Return first part, last part and head: the noun before a name carries case and number (der Stadt Rakka)."""
        token = reading.parts.tokens[hit.first]
        if token > 0 and reading.parts.opens_word(hit.first):
            noun = reading.words[token - 1]
            first = reading.parts.first[token - 1]
            begin = reading.parts.begins[first]
            apart = any(m.begin < begin < m.end for m in reading.mentions[-1:])  # the noun is another mention's
            if kind == "Person":
                fits = is_title(noun)
            else:
                told = place_kind(noun) or facility_kind(noun)
                fits = kind in PLACE_KINDS and told is not None and not announces_several(noun)
                fits = fits and told is not None and self._choice.agrees(kind, told)
            if fits and not apart and reading.tags[token - 1] in ("NN", "NE"):
                return first, hit.last, token - 1
        return hit.first, hit.last, reading.parts.tokens[hit.last]

    def _member(self, reading: MatchedText, actor: Entity, tail: str, token: int) -> Entity | None:
        """Return the actor when the compound means it as a whole: IS-Kämpfer, an IS-Sprecher without a name."""
        if actor.kind in PLACE_KINDS or actor.kind == "Person" or lends_soldiers(actor.slug, tail):
            return None
        sense = head_sense(tail)
        if sense in ("leader", "member") and token + 1 < len(reading.words) and reading.tags[token + 1] in NAME_TAGS:
            return None
        return actor if sense in ("member", "leader") else None

    # countries' adjectives

    def _demonym(self, reading: MatchedText, hit: NameMatch) -> int:
        """Add the actor that adjective and noun mean together, else the country that the adjective is of."""
        slug = hit.candidates[0].slug
        token = reading.parts.tokens[hit.last]
        if reading.tags[token] not in DESCRIBING and reading.parts.closes_word(hit.last):
            return hit.last + 1  # westlich des Flusses
        head, shared = self._phrase_head(reading, token)
        actor = state_actor(self.gazetteer, slug, reading.words[head]) if head is not None else None
        if actor is not None and head is not None and self._is_one_person(reading, token, head):
            actor = None
        if actor is None or head is None:
            reading.add(self._entity(slug), hit.first, hit.last, token, "demonym")
            return hit.last + 1
        last = hit.last if shared else reading.parts.first[head + 1] - 1
        reading.add(actor, hit.first, last, head)
        return last + 1

    def _is_one_of(self, reading: MatchedText, hit: NameMatch) -> bool:
        """Tell whether a name that is adjective and noun means one man of a force here: einem irakischen Soldaten."""
        first, last = reading.parts.tokens[hit.first], reading.parts.tokens[hit.last]
        adjective = reading.parts.norms[hit.first] in self.gazetteer.adjectives
        return adjective and last > first and self._is_one_person(reading, first, last)

    def _is_one_person(self, reading: MatchedText, adjective: int, head: int) -> bool:
        """Tell whether ein afghanischer Soldat is meant, who is not the army."""
        before = reading.words[adjective - 1].lower() if adjective else ""
        return before in name_cues("one") and is_single_person(reading.words[head])

    def _phrase_head(self, reading: MatchedText, token: int) -> tuple[int | None, bool]:
        """Return the noun that an adjective belongs to, and whether another country's adjective shares it."""
        shared = False
        adjectives = self.gazetteer.adjectives
        for k in range(token + 1, min(token + 1 + LONGEST_PHRASE, len(reading.words))):
            tag, word = reading.tags[k], reading.words[k]
            if word in adjectives:
                shared = True
            elif tag in ("NN", "NE"):
                return k, shared
            elif tag not in ATTRIBUTES_IN_ROW and (word not in name_cues("joiner") or reading.tags[k + 1 : k + 2] != ["ADJA"]):
                break
        return None, False

    # closed compounds

    def _cut_compound(self, word: str) -> tuple[NameSense, int] | None:
        """Cut Talibankämpfer, nordsyrisch into what is named and where its name ends; None where nothing is."""
        small = word.lower()
        for direction in map(fold, directions()):
            rest = small[len(direction) :]
            if small.startswith(direction) and rest in self.gazetteer.adjectives:
                return self._longest([rest], 0).candidates[0], len(word)  # type: ignore[union-attr]
        if not word[0].isupper() or not word.isalpha() or word in self.gazetteer.epithets.then:  # Schiitenmiliz
            return None
        for cut in range(len(word) - 3, 3, -1):
            slug = self.gazetteer.single.get(word[:cut])
            if slug is not None and head_sense(word[cut:].capitalize()):
                return NameSense(slug), cut
        return None

    def _add_compound(self, reading: MatchedText, i: int, named: NameSense, cut: int) -> int:
        """Add what the closed compound at part ``i`` names; return the part to go on with."""
        parts = reading.parts
        if named.role == "demonym":
            return self._demonym(reading, NameMatch(i, i, (named,)))
        if not (parts.opens_word(i) and parts.closes_word(i)):
            return i + 1
        entity, token = self._entity(named.slug), parts.tokens[i]
        actor = self._member(reading, entity, parts.norms[i][cut:].capitalize(), token)
        if actor is not None:
            reading.add(actor, i, i, token)
        elif entity.kind != "Country":
            reading.entities.setdefault(entity.slug, entity)
            reading.mentions.append(Mention(parts.begins[i], parts.begins[i] + cut, entity.slug, token))
        return i + 1
