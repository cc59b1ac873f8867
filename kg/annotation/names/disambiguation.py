"""Which of the things that share a name the context means, and whether it means one at all."""

from __future__ import annotations

from kg.annotation.names.matches import MatchedText, NameMatch
from kg.german.nouns import first_names, is_title, locatives, name_cues, organisation_kind, place_kind
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
        wanted = place_kind(word) if word else None
        fitting = [c.slug for c in names if self._fits(reading, hit, c, before, wanted)]
        if wanted in TOLD:  # but die zweitgrößte Stadt Syriens
            free = {c.slug for c in names if c.inflected and self._kind(c.slug) == "Country"}
            fitting = [s for s in fitting if s in free or self.agrees(self._kind(s), wanted)]
        if not fitting or self._is_part_of_person(reading, hit, word, tag):
            return None
        locative = tag == "APPR" and fold(word.lower()) in locatives("preposition")
        return min(fitting, key=lambda slug: self._rank(slug, wanted, locative))

    def _rank(self, slug: str, wanted: str | None, locative: bool) -> tuple[bool, bool, int, str]:
        """Return the order of preference: the kind that a noun tells, a place after "in", the usual kind."""
        kind = self._kind(slug)
        return kind != wanted, locative and kind not in PLACE_KINDS, KIND_ORDER.get(kind, len(KIND_ORDER)), slug

    def _fits(self, reading: MatchedText, hit: NameMatch, candidate: NameSense, before: int, wanted: str | None) -> bool:
        """Tell whether a name that needs a context has it."""
        word, tag = (reading.words[before], reading.tags[before]) if before >= 0 else ("", "")
        if candidate.needs == "word":
            return wanted == self._kind(candidate.slug)
        if candidate.needs == "place":
            if ARTICLE in reading.parts.norms[hit.first : hit.last + 1]:  # al-Bab, but not Bab
                return True
            listed = word in name_cues("joiner") and self._follows_place(reading, before)
            return listed or wanted is not None or (tag == "APPR" and fold(word.lower()) in locatives("preposition"))
        if candidate.needs == "person":
            return is_title(word) or tag in NAME_TAGS
        return candidate.needs != "media" or self._is_source(reading, hit)

    def _is_source(self, reading: MatchedText, hit: NameMatch) -> bool:
        """Tell whether a word that is also a paper's name stands as a source: laut Spiegel, die „Welt“, Bild meldet."""
        first, last = reading.parts.tokens[hit.first], reading.parts.tokens[hit.last]
        before = [w.lower() for w in reading.words[max(0, first - 3) : first]]
        if before and (before[-1] in QUOTES_OF_TITLES or organisation_kind(reading.words[first - 1]) == "MediaOrganization"):
            return True
        after = reading.words[last + 1] if last + 1 < len(reading.words) else ""
        return after in name_cues("reports") or not name_cues("source").isdisjoint(before)

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
            return kinds == {"Person"} or first_name
        after = reading.parts.tokens[hit.last] + 1
        if norms[0] not in first_names() or reading.tags[after : after + 1] != ["NE"]:
            return False
        return reading.parts.norms[hit.last + 1] not in self.gazetteer.root.then
