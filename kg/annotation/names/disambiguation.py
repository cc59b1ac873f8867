"""Which of the things that share a name the context means, and whether it means one at all."""

from __future__ import annotations

from kg.annotation.names.matches import MatchedText, NameMatch
from kg.german.nouns import announces_several, first_names, is_title, locatives, name_cues, organisation_kind, place_kind
from kg.german.punctuation import QUOTES
from kg.german.transliteration import fold
from kg.german.word_parts import ARTICLE
from kg.knowledge.gazetteer import Gazetteer, NameSense
from kg.namespaces import PLACE_KINDS

# of several things with one name, that which a text without further words means
MEANT_FIRST = ("Country", "Person", "City", "Region", "District", "WaterBody", "Facility")
KIND_ORDER = {kind: n for n, kind in enumerate(MEANT_FIRST)}
TOLD = frozenset(("Region", "District", "City", "WaterBody"))  # kinds that a noun before the name settles
LOOSELY_CALLED = frozenset((("District", "City"), ("Region", "City"), ("City", "District")))  # (kind, as the noun has it)
NAME_TAGS = frozenset(("NE", "FM"))
QUOTES_OF_TITLES = QUOTES - {"'"}


class Choice:
    """Chooses among the candidates of a hit."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def _kind(self, slug: str) -> str:
        return self.gazetteer.entries[slug].kind

    def of(self, reading: MatchedText, hit: NameMatch, names: tuple[NameSense, ...]) -> str | None:
        """Return the slug that fits the context; None when the name means something else here."""
        before = reading.parts.tokens[hit.first] - 1
        if before < 0 or not reading.parts.opens_word(hit.first):
            before = -1
        word, tag = (reading.words[before], reading.tags[before]) if before >= 0 else ("", "")
        wanted = (place_kind(word) or self._announced(reading, before) or organisation_kind(word)) if word else None
        fitting = [c.slug for c in names if self._fits(reading, hit, c, before, wanted)]
        if wanted in TOLD:  # but die zweitgrößte Stadt Syriens
            free = {c.slug for c in names if c.inflected and self._kind(c.slug) == "Country"}
            fitting = [s for s in fitting if s in free or self.agrees(self._kind(s), wanted)]
        if self._is_called(reading, before):  # das Magazin „Dabiq“
            fitting = [s for s in fitting if self._kind(s) not in PLACE_KINDS]
        if not fitting or self._is_part_of_person(reading, hit, word, tag):
            return None
        locative = tag == "APPR" and fold(word.lower()) in locatives("preposition")
        best = min(self._rank(slug, wanted, locative) for slug in fitting)
        alike = [slug for slug in fitting if self._rank(slug, wanted, locative) == best]
        small = self.gazetteer.entries[alike[0]].needs == "country"
        return None if small and len(alike) > 1 else min(alike)  # which of two small towns is not to be told

    def _rank(self, slug: str, wanted: str | None, locative: bool) -> tuple[bool, bool, bool, int]:
        """Return the order of preference: the well-known, the kind that a noun tells, a place after "in", the usual kind."""
        kind, small = self._kind(slug), self.gazetteer.entries[slug].needs == "country"
        return small, kind != wanted, locative and kind not in PLACE_KINDS, KIND_ORDER.get(kind, len(KIND_ORDER))

    def _fits(self, reading: MatchedText, hit: NameMatch, candidate: NameSense, before: int, wanted: str | None) -> bool:
        """Tell whether a name that needs a context has it."""
        word, tag = (reading.words[before], reading.tags[before]) if before >= 0 else ("", "")
        if candidate.needs == "word":
            return wanted == self._kind(candidate.slug)
        if candidate.needs == "country" and self._home(candidate.slug) not in self._countries(reading):
            return False
        if candidate.needs in ("place", "country"):
            return wanted is not None or candidate.slug in reading.entities or self._is_placed(reading, hit, before)
        if candidate.needs == "person":
            return is_title(word) or tag in NAME_TAGS
        return candidate.needs != "media" or self._is_source(reading, hit)

    def _announced(self, reading: MatchedText, joiner: int) -> str | None:
        """Return the kind of place that a noun announced before the list goes on: die Provinzen Homs, Hama und Idlib."""
        noun = joiner
        while noun > 0 and (reading.words[noun] in name_cues("joiner") or reading.tags[noun] in NAME_TAGS):
            noun -= 1
        listed = noun < joiner and reading.words[joiner] in name_cues("joiner") and announces_several(reading.words[noun])
        return place_kind(reading.words[noun]) if listed else None

    def _is_called(self, reading: MatchedText, before: int) -> bool:
        """Tell whether a noun before the name, perhaps before a quotation mark, makes it that of a medium or company."""
        if before > 0 and reading.words[before] in QUOTES:
            before -= 1
        return before >= 0 and reading.tags[before] == "NN" and organisation_kind(reading.words[before]) == "MediaOrganization"

    def _home(self, slug: str) -> str | None:
        return self.gazetteer.country_of(slug)

    def _countries(self, reading: MatchedText) -> frozenset[str]:
        """Return the countries that the text speaks of: by name, by adjective, by a place in them that needs no context."""
        if reading.countries is None:
            nodes = (self.gazetteer.root.then.get(norm) for norm in set(reading.parts.norms))
            told = {c.slug for node in nodes if node is not None for c in node.ends if not c.needs}
            reading.countries = frozenset(home for slug in told if (home := self._home(slug)))
        return reading.countries

    def _is_placed(self, reading: MatchedText, hit: NameMatch, before: int) -> bool:
        """Tell whether grammar says place: in Hit, Homs und Hama, al-Bab, Einnahme von Hit, Angriff auf Hit, eroberten Hit."""
        if ARTICLE in reading.parts.norms[hit.first : hit.last + 1]:  # al-Bab, but not Bab
            return True
        words, last = reading.words, reading.parts.tokens[hit.last]
        word = fold(words[before].lower()) if before >= 0 else ""
        if not (locatives("taking") | locatives("reaching")).isdisjoint((word, fold("".join(words[last + 1 : last + 2])))):
            return True
        if before < 0 or reading.tags[before] not in ("APPR", "APZR"):
            return word in name_cues("joiner") and self._follows_place(reading, before)
        noun = fold(words[before - 1]) if before else ""
        if word in locatives("aiming"):
            return any(noun.lower().endswith(aim) for aim in locatives("aim"))
        return word in locatives("preposition") or (word == "von" and noun in locatives("relation"))

    def _is_source(self, reading: MatchedText, hit: NameMatch) -> bool:
        """Tell whether a word that is also a paper's name stands as a source: laut Spiegel, die „Welt“, Bild meldet."""
        first, last = reading.parts.tokens[hit.first], reading.parts.tokens[hit.last]
        before = [w.lower() for w in reading.words[max(0, first - 3) : first]]
        if before and (before[-1] in QUOTES_OF_TITLES or organisation_kind(reading.words[first - 1]) == "MediaOrganization"):
            return True
        after = reading.words[last + 1] if last + 1 < len(reading.words) else ""
        return after in name_cues("reports") or not (name_cues("source") | name_cues("reports")).isdisjoint(before)

    def _follows_place(self, reading: MatchedText, joiner: int) -> bool:
        """Tell whether the word before ``joiner`` ends the name of a place: in Homs und Hama, bombardierte Israel Homs."""
        if not reading.mentions or joiner == 0:
            return False
        last = reading.mentions[-1]
        ends = reading.parts.ends[reading.parts.first[joiner] - 1]
        return last.end == ends and reading.entities[last.entity].kind in PLACE_KINDS

    def agrees(self, kind: str, wanted: str) -> bool:
        """Tell whether a noun for places of kind ``wanted`` may stand before a name of ``kind``; any may but places."""
        return (
            kind not in PLACE_KINDS
            or kind == wanted
            or (kind, wanted) in (("District", "City"), ("Region", "City"), ("City", "District"))
        )

    def _is_part_of_person(self, reading: MatchedText, hit: NameMatch, before: str, tag: str) -> bool:
        """Tell whether a name of one word is part of another person's: Rifaat al-Assad, Jack London, Paris Hilton."""
        norms = [norm for norm in reading.parts.norms[hit.first : hit.last + 1] if norm != ARTICLE]
        if len(norms) > 1:
            return False
        kinds = {self._kind(c.slug) for c in hit.candidates}
        if tag in NAME_TAGS and before[:1].isupper() and not is_title(before):
            token = reading.parts.tokens[hit.first]
            first_name = fold(before) in first_names() and norms[0].istitle() and not self._follows_place(reading, token)
            titled = token > 1 and is_title(reading.words[token - 2]) and not self._follows_place(reading, token)
            return kinds == {"Person"} or first_name or titled
        after = reading.parts.tokens[hit.last] + 1
        if norms[0] not in first_names() or reading.tags[after : after + 1] != ["NE"]:
            return False
        return reading.parts.norms[hit.last + 1] not in self.gazetteer.root.then
