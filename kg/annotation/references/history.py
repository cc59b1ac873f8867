"""What an article has spoken of so far: who may be meant when it says "die Miliz", "die Stadt" or "sie"."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from kg.annotation.records import Entity, Mention
from kg.knowledge.gazetteer import Gazetteer
from kg.namespaces import PLACE_KINDS

PRONOUN_REACH = 3  # sentences that a pronoun reaches back
PREFERENCE = 2.0  # what an epithet of its own weighs, in mentions
ACTING_STATE = 2  # mentions of a country that one of its government or forces weighs
CLOSE = 0.8  # of the weight of the country told most: where another one has that, both may be meant
STATE_ORGANS = frozenset(("StateForce", "Government"))
MENTIONS_LOOKED_BACK = 60  # mentions looked back at: bounds the work in a text without sentences
NARROWEST = ("Facility", "City", "District", "Region", "Country")


@dataclass(frozen=True, slots=True)
class PastMention:
    """A mention in its place: sentence, token of its head, its possible genders (letters of m f n p), how it stands."""

    mention: Mention
    sentence: int
    token: int
    gender: str
    subject: bool  # it may be its clause's subject: no preposition before it
    scene: bool = False  # only where something else is or happens: bei Mossul, als sie in Aleppo kämpften
    aside: bool = False  # only the seat of somebody: das Institut in Washington
    toward: bool = False  # a country that one only goes to: nach Syrien ausreisen
    governs: bool = False  # a capital that stands for its government: Moskau forderte


class History:
    """Mentions in text order as they are told; totals of the whole article are known from the start."""

    def __init__(self, gazetteer: Gazetteer, entities: dict[str, Entity], mentions: Iterable[Mention]) -> None:
        self.gazetteer = gazetteer
        self.entities = entities
        self.total = Counter(m.entity for m in mentions if m.kind == "name")
        self.so_far: Counter[str] = Counter()
        self.last: dict[str, PastMention] = {}
        self.recent: list[PastMention] = []
        self._by_kind: dict[str, list[PastMention]] = defaultdict(list)
        self._foremost: dict[str, str] = {}  # kind -> the entity of it told most
        self._countries: Counter[str] = Counter()
        self._there: dict[str, int] = {}  # country -> sentence that last told a place in it
        self._scene: tuple[int, str] | None = None  # sentence and country of the last place

    def tell(self, said: PastMention) -> None:
        """Note that the text speaks of something."""
        slug = said.mention.entity
        self._tell_country(said, slug)
        if said.mention.kind == "demonym":
            return
        kind = self.entities[slug].kind
        self.so_far[slug] += 1
        self.last[slug] = said
        self.recent.append(said)
        if not (said.aside or said.governs):
            self._by_kind[kind].append(said)
        if self.so_far[slug] > self.so_far[self._foremost.setdefault(kind, slug)]:
            self._foremost[kind] = slug

    def _tell_country(self, said: PastMention, slug: str) -> None:
        country = self.gazetteer.country_of(slug)
        if country is None or said.aside:
            return
        self._countries[country] += ACTING_STATE if self.entities[slug].kind in STATE_ORGANS else 1
        if said.mention.kind == "name" and self.entities[slug].kind in PLACE_KINDS and not said.governs:
            self._there[country] = said.sentence
            self._scene = self._scene if said.toward else (said.sentence, country)

    def kind(self, said: PastMention) -> str:
        """Return the class of what was spoken of."""
        return self.entities[said.mention.entity].kind

    def country(self, sentence: int, ahead: str | None = None, *, at_war: bool = False) -> str | None:
        """Return the country of a place in this sentence or ``ahead`` in it, else the one told most and lately.

        ``at_war``: rather one where a place was told. None where another one is told about as much: whose army it is then
        nobody knows.
        """
        if self._scene is not None and self._scene[0] == sentence:
            return self._scene[1]
        if ahead is not None or not self._countries:
            return ahead
        told = self._there.keys() & self._countries.keys() if at_war else ()
        weighed = sorted(((self._country_weight(c, sentence), c) for c in told or self._countries), reverse=True)
        return None if len(weighed) > 1 and weighed[1][0] > CLOSE * weighed[0][0] else weighed[0][1]

    def _country_weight(self, country: str, sentence: int) -> float:
        there = self._there.get(country)
        return self._countries[country] + (3 / (1 + sentence - there) if there is not None else 0)

    def known(self, kinds: Iterable[str]) -> list[str]:
        """Return the entities of ``kinds`` that were told lately, and of each kind the one told most."""
        lately = (s.mention.entity for kind in kinds for s in self._lately(kind))
        return list(dict.fromkeys([*lately, *(self._foremost[k] for k in kinds if k in self._foremost)]))

    def _lately(self, kind: str) -> Iterator[PastMention]:
        return islice(reversed(self._by_kind.get(kind, ())), MENTIONS_LOOKED_BACK)

    def salient(self, slugs: Iterable[str], sentence: int, preferred: tuple[str, ...] = ()) -> str | None:
        """Return of ``slugs`` the one that the text is most likely about; None when it names none of them."""
        known = [slug for slug in slugs if self.total[slug] or slug in self.last]
        scored = [(self._salience(slug, sentence) + PREFERENCE * (slug in preferred), slug) for slug in known]
        return max(scored)[1] if scored else None

    def _salience(self, slug: str, sentence: int) -> float:
        last = self.last.get(slug)
        recency = 4 / (1 + sentence - last.sentence) if last else 0.0
        return self.so_far[slug] + 0.5 * self.total[slug] + recency

    def place(self, kinds: tuple[str, ...], sentence: int, *, acting: bool = True) -> PastMention | None:
        """Return the place that "die Stadt" takes up: the last one, rather not one that only sets a scene.

        Without ``acting`` none that is subject of the sentence itself: Die USA hatten dort …
        """
        told = (s for k in kinds for s in self._lately(k) if acting or not (s.subject and s.sentence == sentence))
        lately = sorted(told, key=lambda s: -s.mention.begin)
        if kinds == ("Country",):  # Frankreich schickt Soldaten nach Mali. Das Land ...
            lately.sort(key=lambda s: not (s.subject and sentence - s.sentence <= 1))
        if not lately or not lately[0].scene:
            return lately[0] if lately else None
        near = [s for s in lately if sentence - s.sentence <= PRONOUN_REACH]
        topic = {self._foremost.get(kind) for kind in kinds}
        plain = next((s for s in near if not s.scene), None)
        return plain or next((s for s in near or lately if s.mention.entity in topic), lately[0])

    def whereabouts(self, sentence: int) -> PastMention | None:
        """Return the place where "dort" is: of the last sentence that told one, the narrowest."""
        last = [said for kind in NARROWEST if (said := self.place((kind,), sentence, acting=False))]
        if not last:
            return None
        told = max((not said.scene, said.sentence) for said in last)
        return min((s for s in last if (not s.scene, s.sentence) == told), key=lambda s: NARROWEST.index(self.kind(s)))

    def near(self, sentence: int, reach: int = PRONOUN_REACH) -> list[PastMention]:
        """Return the mentions of the last ``reach`` sentences, nearest first."""
        lately = islice(reversed(self.recent), MENTIONS_LOOKED_BACK)
        return [said for said in lately if sentence - said.sentence < reach]
