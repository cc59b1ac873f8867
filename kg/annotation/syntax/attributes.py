"""What hangs on a noun: genitives, prepositional attributes, lists, relative clauses.

A phrase is named by :data:`Ref`, (number of its clause, number in that clause).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.annotation.syntax.chunks import Chunk, plain
from kg.annotation.syntax.clauses import Clause
from kg.annotation.syntax.sentence import Syntax
from kg.german.finite_forms import is_plural
from kg.german.inflection import compass_points
from kg.german.people import is_people
from kg.german.word_sets import word_set

Ref = tuple[int, int]
Functions = dict[str, list[Ref]]

LOCATIVE = word_set("syntax", "locative")
BEARINGS = tuple(word_set("syntax", "bearings"))  # how adverbs of direction end: nordwestlich
AIMING_CASE = word_set("syntax", "aiming_case")  # prepositions that aim with the accusative, and place with the dative
LONGEST_GENITIVE_CHAIN = 12  # attributes within attributes that are followed
BUT_RATHER = "sondern"
AMONG = word_set("syntax", "among")
ONE_AS_NUMERAL = word_set("syntax", "one_as_numeral")
SINGULAR = frozenset("bdefgkmptz")  # a noun that ends so in its base form is singular; Kämpfer, Taliban may be either


def preposition(chunk: Chunk) -> str:
    """Return the plain form of a phrase's preposition (im → in), "" when it has none."""
    return plain(chunk.preposition)


class Attributes:
    """How the phrases of one sentence hang on each other.

    ``place`` says whether a phrase stands for a place, ``one`` whether for a single person or town, ``adverbial`` which phrases
    are no attributes (times).
    """

    def __init__(
        self, syntax: Syntax, place: Callable[[Ref], bool], one: Callable[[Ref], bool], adverbial: frozenset[Ref]
    ) -> None:
        self.syntax = syntax
        self._place, self._one, self._adverbial = place, one, adverbial

    def chunk(self, ref: Ref) -> Chunk:
        """Return the phrase that ``ref`` names."""
        return self.syntax.chunks[ref[0]][ref[1]]

    def members(self, ref: Ref) -> list[Ref]:
        """Return a phrase, the others of its list and those whom it is said to be among (20 Menschen, darunter zwei Ärzte)."""
        clause, number = ref
        chunks = self.syntax.chunks[clause]
        some = [k for k, c in enumerate(chunks) if c.apposition_to == number and self._is_among((clause, k))]
        found = [ref, *((clause, k) for k, c in enumerate(chunks) if c.list_with in (number, *some) or k in some)]
        return [r for r in found if not self.is_contrasted(r)] or found

    def is_contrasted(self, ref: Ref) -> bool:
        """Nicht der IS, sondern die Taliban: whether a phrase says who or what it is not, before it says who it is."""
        words, chunk = self.syntax.words, self.chunk(ref)
        negated = chunk.begin > 0 and words.tag[chunk.begin - 1] == "PTKNEG"
        others = (c for c in self.syntax.chunks[ref[0]] if c.list_with == ref[1])
        return negated and any(words.lower[c.begin - 1] == BUT_RATHER for c in others)

    def _is_among(self, ref: Ref) -> bool:
        """Whether a phrase names some of those told before it: …, darunter zwei Ärzte; …, unter ihnen zwei Ärzte."""
        at, words = self.chunk(ref).begin - 1, self.syntax.words
        if at > 1 and words.tag[at] == "PPER" and words.lower[at - 1] in AMONG:
            at -= 1
        return at > 0 and words.lower[at] in AMONG and words.tag[at - 1] == "$,"

    def direction_before(self, chunk: Chunk) -> bool:
        """nördlich von Mossul, westlich der Stadt, im Westen von Mali: a place, neither an origin nor an agent."""
        k = chunk.begin - 1
        if preposition(chunk).endswith(BEARINGS):
            return True
        if k >= 0 and chunk.preposition is None and chunk.determiner is not None and chunk.may_be("g"):
            return self.syntax.words.lower[k].endswith(BEARINGS)
        if k < 0 or preposition(chunk) != "von":
            return False
        return self.syntax.words.lower[k].endswith(("lich", "wärts")) or self.syntax.words.text[k] in compass_points()

    def _pronoun_object(self, clause: int) -> Ref | None:
        """The relative pronoun of a relative clause when it is not its subject."""
        it = self.syntax.clauses[clause]
        if it.kind != "relative" or it.opener is None:
            return None
        for k, chunk in enumerate(self.syntax.chunks[clause]):
            if self._is_relative(chunk, it):
                return (clause, k)
        return None

    def _is_relative(self, chunk: Chunk, clause: Clause) -> bool:
        """Whether a phrase is the relative pronoun of a clause; deren Anführer is somebody else."""
        opener = clause.opener
        return opener is not None and chunk.begin <= opener < chunk.end and self.syntax.words.tag[opener] != "PRELAT"

    def antecedent(self, clause: int) -> list[Ref]:
        """Return the phrase (with its list) that a relative clause explains: the nearest before it that agrees.

        A pronoun that must be the subject agrees with the verb, too: den Rebellen die Schuld geben, die … beschossen hätten.
        """
        it = self.syntax.clauses[clause]
        if it.parent is None or not it.words:
            return []
        begin = it.words[0]
        pronoun = self._pronoun_object(clause)
        wanted = {r[1:] for r in self.chunk(pronoun).readings} if pronoun else set()
        number = self._number_of_subject(pronoun) if pronoun else None
        wanted = {w for w in wanted if w[0] == number} or wanted
        found = [(it.parent, k) for k, c in enumerate(self.syntax.chunks[it.parent]) if c.end <= begin and not c.pronoun]
        found += [(it.parent, k) for k, c in enumerate(self.syntax.chunks[it.parent]) if c.end <= begin and c.pronoun]
        nearest = sorted(found, key=lambda r: -self.chunk(r).end)[:4]
        for ref in nearest:
            if wanted and self._is_town(ref) and not any(w[0] == "s" and w[1] in "nx" for w in wanted):
                continue  # die Regierung in Bagdad, die …: towns are neuter
            alone = self.chunk(ref).list_with is None
            if number is not None and alone and not self._number_fits(self.chunk(ref), number == "p"):
                continue
            if not wanted or any(_agree(r[1:], w) for r in self.chunk(ref).readings for w in wanted):
                return self._whole_list(ref, wanted)
        return nearest[:1]

    def _number_of_subject(self, pronoun: Ref) -> str | None:
        """Return the number (s or p) that the verb gives a relative pronoun where nothing else can be its subject."""
        clause = pronoun[0]
        finite = self.syntax.clauses[clause].finite
        if finite is None or not self.chunk(pronoun).may_be("n"):
            return None
        plural = is_plural(self.syntax.words.lower[finite])
        for k, chunk in enumerate(self.syntax.chunks[clause]):
            bare = chunk.preposition is None and chunk.genitive_of is None and (clause, k) not in self._adverbial
            agrees = chunk.may_agree(plural) and self._number_fits(chunk, plural) and not (plural and self._one((clause, k)))
            if bare and k != pronoun[1] and agrees:
                return None
        return "p" if plural else "s"

    def _is_town(self, ref: Ref) -> bool:
        return self._place(ref) and self._one(ref) and self.chunk(ref).determiner is None

    def _whole_list(self, ref: Ref, wanted: set[str]) -> list[Ref]:
        root = self.chunk(ref).list_with
        if root is not None and any(w[0] == "p" for w in wanted) and not any(w[0] == "s" for w in wanted):
            return self.members((ref[0], root))
        return [ref]

    def of_noun(self, ref: Ref) -> Functions:
        """Return what hangs on a noun: "gen", its prepositions, "loc"."""
        out: Functions = {}
        clause = ref[0]
        chunks = self.syntax.chunks[clause]
        for k in self._attributes(ref):
            chunk, refs = chunks[k], self.members((clause, k))
            if chunk.genitive_of is not None:
                out.setdefault("gen", []).extend(refs if chunk.genitive_of == ref[1] else [])
                continue
            name = "near" if self.direction_before(chunk) else preposition(chunk)
            if name == "von" and self._has_owner(ref, chunk):
                continue
            out.setdefault(name, []).extend(refs)
            if name == "von" and chunk.follows == ref[1]:
                out.setdefault("gen", []).extend(refs)
            if name in LOCATIVE:
                out.setdefault("loc", []).extend(refs)
        return out

    def _has_owner(self, ref: Ref, chunk: Chunk) -> bool:
        """Der Anschlag auf die Redaktion von Le Monde: of the nearest common noun that has no genitive yet, not of ``ref``."""
        up, chunks = chunk.follows, self.syntax.chunks[ref[0]]
        if up is None or up == ref[1] or self.syntax.words.tag[chunks[up].head] != "NN":
            return False
        owned = chunks[up].end > chunks[up].head + 1 or chunks[up].genitive_of not in (None, ref[1])
        return not owned

    def _attributes(self, ref: Ref) -> Iterator[int]:
        """Numbers of the phrases that hang on ``ref``, directly or by way of another."""
        hanging = {ref[1]}
        for k, c in enumerate(self.syntax.chunks[ref[0]]):
            up = c.genitive_of if c.genitive_of is not None else self._followed(ref[0], c)
            if up in hanging and c.list_with is None:
                hanging.add(k)
                yield k
            elif c.list_with is not None and c.list_with in hanging and c.list_with != ref[1]:
                hanging.add(k)

    def _followed(self, clause: int, chunk: Chunk) -> int | None:
        """Return the phrase that a prepositional one stands behind, times aside: Angriff gegen elf Uhr auf Rebellen."""
        up, chunks = chunk.follows, self.syntax.chunks[clause]
        while up and (clause, up) in self._adverbial and chunks[up - 1].end == chunks[up].begin:
            up -= 1
        return up

    def root(self, ref: Ref) -> Ref:
        """Return the phrase at the top of the chain of attributes in which ``ref`` stands."""
        return next(reversed(list(self.above(ref))), ref)

    def anchor(self, ref: Ref) -> Ref:
        """Return the phrase by which ``ref`` takes part in its clause: its head noun where it is a genitive or von-phrase."""
        clause, k = ref
        for _ in range(LONGEST_GENITIVE_CHAIN):
            chunk = self.syntax.chunks[clause][k]
            up = chunk.genitive_of
            if up is None and preposition(chunk) == "von":
                up = chunk.follows
            if up is None and chunk.preposition is None:
                up = chunk.list_with
            if up is None or (clause, up) in self._adverbial:
                break
            k = up
        return clause, k

    def attached(self, ref: Ref) -> Iterator[Ref]:
        """Yield the phrases that ``ref`` is an attribute of, from the nearest up."""
        return self._climb(ref, lists=False)

    def above(self, ref: Ref) -> Iterator[Ref]:
        """Yield the phrases that ``ref`` hangs on, also as a member of a list, from the nearest up."""
        return self._climb(ref, lists=True)

    def _climb(self, ref: Ref, *, lists: bool) -> Iterator[Ref]:
        clause, k = ref
        for _ in range(LONGEST_GENITIVE_CHAIN):
            chunk = self.syntax.chunks[clause][k]
            up = chunk.genitive_of if chunk.genitive_of is not None else chunk.follows
            up = chunk.list_with if up is None and lists else up
            if up is None or (clause, up) in self._adverbial:
                return
            k = up
            yield clause, k

    def _number_fits(self, chunk: Chunk, plural: bool) -> bool:
        """Whether the noun's own form allows that number: Miliz is singular, Einheiten plural, Kämpfer both."""
        words, head = self.syntax.words, chunk.head
        if any(words.tag[k] == "CARD" and words.lower[k] not in ONE_AS_NUMERAL for k in range(chunk.begin, head)):
            return plural
        if words.tag[head] != "NN" or chunk.pronoun:
            return True
        if not plural and chunk.determiner is not None and words.lower[chunk.determiner] == "die":
            return words.text[head] == words.lemma[head]  # die Journalisten
        surely = chunk.determiner is not None or is_people(words.lemma[head].lower())  # the lemma of Fallensteller is wrong
        if words.text[head] == words.lemma[head] + "r" and surely:  # ein Bewaffneter
            return not plural
        if words.text[head] == words.lemma[head]:
            return not plural or chunk.determiner is None or words.lower[head][-1] not in SINGULAR or chunk.end - head > 1
        if words.lemma[head].endswith("el") and words.text[head] == words.lemma[head] + "n":
            return plural  # Geiseln
        return plural or words.lower[head].endswith(("n", "s"))


def _agree(a: str, b: str) -> bool:
    """Number and gender fit; x is any gender."""
    return a[0] == b[0] and (a[1] == b[1] or "x" in (a[1], b[1]))
