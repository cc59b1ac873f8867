"""What the noun phrases of an annotated document stand for: entities, first parts of compounds, demonyms, counts."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from spacy.tokens import Doc

from kg.annotation.events.sources.phrases import named_phrases
from kg.annotation.records import Entity, Mention, Quantity, TimeDistance, Timex
from kg.annotation.references.seats import acts, force_of, government_in
from kg.annotation.references.unlisted_nouns import may_mean_several
from kg.annotation.syntax.address import addressed
from kg.annotation.syntax.attributes import Ref
from kg.annotation.syntax.chunk_links import SOME
from kg.annotation.syntax.chunks import Chunk, plain
from kg.annotation.syntax.functions import Grammar
from kg.annotation.syntax.sentence import Syntax
from kg.annotation.syntax.words import SentenceWords
from kg.annotation.words.token_table import tokens_of
from kg.german.nouns import is_generic
from kg.german.people import people
from kg.german.stts import NUMBERS
from kg.german.word_sets import word_set
from kg.knowledge.event_lexicon import load_event_lexicon
from kg.knowledge.gazetteer import shipped_gazetteer
from kg.namespaces import ACTING_KINDS, IMPERSONAL_KINDS, ORGANIZED_KINDS, PLACE_KINDS
from kg.resources import table

SINGLE = frozenset(("Person", "City"))  # never the subject of a plural verb alone

OF_TOWNS = tuple(word_set("events", "town_adjective_endings"))
STAFF_NOUNS = tuple(word_set("events", "staff"))  # who acts for the body he works for
OPPOSING = word_set("events", "opposing")


def _spoken_to(syntax: Syntax) -> frozenset[Ref]:
    found = addressed(syntax.words)
    return frozenset((c, k) for c, chunks in enumerate(syntax.chunks) for k, x in enumerate(chunks) if x.head in found)


@dataclass(frozen=True, slots=True)
class Filler:
    """What stands in a function: the entity (None when nothing is known by that phrase), its class, and the noun."""

    slug: str | None
    kind: str
    noun: str
    ref: Ref
    sure: bool = True  # False when the entity was only found in an attribute or the first part of a compound


@lru_cache(maxsize=1)
def transparent_nouns() -> dict[str, str]:
    """Nouns that stand for what their attribute names, by what they are to it, from ``lexicon/events/transparent.tsv``."""
    return {r["noun"]: r["what"] for r in table("events/transparent.tsv")}


def is_amount(noun: str) -> bool:
    """Tell whether a noun says how many or how much of what its genitive names there is: Zahl, Hälfte."""
    return transparent_nouns().get(noun) == "quantity"


@dataclass(frozen=True, slots=True)
class _PlacedMention:
    """A mention by word positions of its sentence; ``part`` when it covers only the first part of a compound."""

    first: int
    last: int
    mention: Mention
    part: bool


class Referents:
    """Looks up entities by phrase; made once a document."""

    def __init__(self, doc: Doc, syntaxes: tuple[Syntax, ...]) -> None:
        self.entities: dict[str, Entity] = doc._.entities
        self._named = {m.entity for m in doc._.mentions if m.kind in ("name", "demonym")}
        self._at: dict[int, tuple[int, int]] = {
            i: (s, k) for s, syntax in enumerate(syntaxes) for k, i in enumerate(syntax.words.index)
        }
        tokens = tokens_of(doc)
        self._begins = {tokens.begins[i]: i for i in self._at}
        self._starts, self._ends = tokens.begins, tokens.ends
        self._syntaxes = syntaxes
        self._mentions: list[list[_PlacedMention]] = [[] for _ in syntaxes]
        self._times: list[list[tuple[int, int, Timex]]] = [[] for _ in syntaxes]
        self._undated: list[list[tuple[int, int]]] = [[] for _ in syntaxes]
        self._counts: list[list[tuple[int, int, Quantity]]] = [[] for _ in syntaxes]
        self._distances: list[list[tuple[int, int, TimeDistance]]] = [[] for _ in syntaxes]
        self._grammars: dict[int, Grammar] = {}
        self._fillers: dict[tuple[int, int, int], list[Filler]] = {}
        self._place_all(doc)

    def syntax(self, sentence: int) -> Syntax:
        """Return the words, clauses and phrases of a sentence."""
        return self._syntaxes[sentence]

    def grammar(self, sentence: int) -> Grammar:
        """Return the grammar of a sentence that knows what its phrases stand for and which of them are times."""
        if sentence not in self._grammars:
            syntax = self._syntaxes[sentence]
            times = load_event_lexicon().classes["time"]
            adverbial = frozenset(
                (c, k)
                for c, chunks in enumerate(syntax.chunks)
                for k, x in enumerate(chunks)
                if self.is_time(sentence, x) or syntax.words.lemma[x.head].lower() in times or _is_side_by_side(syntax, x)
            )
            self._grammars[sentence] = Grammar(
                syntax,
                lambda ref: any(
                    f.kind in ACTING_KINDS or (f.slug is None and self._may_act(sentence, f))
                    for f in self.fillers(sentence, ref)
                    if f.sure or any(load_event_lexicon().is_a(f.noun, name) for name in ("force", "aircraft"))
                ),
                lambda ref: any(f.kind in PLACE_KINDS for f in self.fillers(sentence, ref) if f.sure),
                lambda ref: any(f.kind in SINGLE for f in self.fillers(sentence, ref) if f.sure),
                adverbial,
                named_phrases(syntax) | _spoken_to(syntax),
            )
        return self._grammars[sentence]

    def forget_grammars(self) -> None:
        """Forget the grammars, which know this object in turn, so that all goes with its document, not at a collection."""
        self._grammars.clear()

    def _may_act(self, sentence: int, filler: Filler) -> bool:
        """Whether a noun of which nothing is known may mean people: armed ones, persons, or any in the plural."""
        if any(load_event_lexicon().is_a(filler.noun, name) for name in ("force", "person")):
            return True
        syntax = self._syntaxes[sentence]
        chunk = syntax.chunks[filler.ref[0]][filler.ref[1]]
        common = syntax.words.tag[chunk.head] == "NN" and not chunk.pronoun
        return common and chunk.may_agree(True) and may_mean_several(syntax.words.text[chunk.head], filler.noun)

    def _place_all(self, doc: Doc) -> None:
        for mention in doc._.mentions:
            if (found := self._words(mention.begin, mention.end)) is not None:
                sentence, first, last = found
                index = self._syntaxes[sentence].words.index[last]
                part = mention.end < self._ends[index] - 1 and first == last
                self._mentions[sentence].append(_PlacedMention(first, last, mention, part))
        for timex in doc._.timexes:
            if (found := self._words(timex.begin, timex.end)) is not None:
                self._times[found[0]].append((found[1], found[2], timex))
        for begin, end in doc._.undated_times:
            if (found := self._words(begin, end)) is not None:
                self._undated[found[0]].append((found[1], found[2]))
        for quantity in doc._.quantities:
            if (found := self._words(quantity.begin, quantity.end)) is not None:
                self._counts[found[0]].append((found[1], found[2], quantity))
        for distance in doc._.time_distances:
            if (found := self._words(distance.begin, distance.end)) is not None:
                self._distances[found[0]].append((found[1], found[2], distance))

    def _words(self, begin: int, end: int) -> tuple[int, int, int] | None:
        """Return (sentence, first word, last word) of a stretch of text."""
        first = self._begins.get(begin)
        if first is None:  # it begins inside a token
            first = bisect_right(self._starts, begin) - 1
            if first not in self._at:
                return None
        last = first
        while last + 1 in self._at and self._starts[last + 1] < end:
            last += 1
        sentence, k = self._at[first]
        other, m = self._at[last]
        return (sentence, k, m) if other == sentence else None

    # -- what a sentence holds --------------------------------------------------------------------------------

    def times(self, sentence: int) -> list[tuple[int, int, Timex]]:
        """Time expressions with first and last word."""
        return self._times[sentence]

    def undated(self, sentence: int, clause: int) -> bool:
        """Whether a clause holds a time expression whose days nobody can tell."""
        of = self._syntaxes[sentence].clause_of
        return any(of[first] == clause for first, _ in self._undated[sentence])

    def distances(self, sentence: int) -> list[tuple[int, int, TimeDistance]]:
        """Lengths of time counted from what happened (zwei Tage nach …) with first and last word."""
        return self._distances[sentence]

    def counts(self, sentence: int) -> list[tuple[int, int, Quantity]]:
        """Counts with first and last word."""
        return self._counts[sentence]

    def names_place(self, sentence: int, *, things: bool) -> bool:
        """Whether a sentence names a place, or takes one up (dort, die Stadt); ``things`` also counts a mere building."""
        told = (p.mention.entity for p in self._mentions[sentence] if p.mention.kind != "demonym")
        return any(self.entities[slug].kind in PLACE_KINDS and (things or not self.is_unnamed_thing(slug)) for slug in told)

    def is_unnamed_thing(self, slug: str) -> bool:
        """Whether something is built and has no name: ein Markt, die Brücke, but not der Frankfurter Flughafen."""
        entity = self.entities.get(slug)
        if entity is None or entity.kind != "Facility" or entity.scope != "article":
            return False
        first, _, then = entity.label.partition(" ")
        return not (first.istitle() and first.endswith(OF_TOWNS) and then[:1].isupper())

    def is_time(self, sentence: int, chunk: Chunk) -> bool:
        """Whether a phrase is (part of) a time expression."""
        dated = any(first <= chunk.head <= last for first, last, _ in self._times[sentence])
        return dated or any(first <= chunk.head <= last for first, last in self._undated[sentence])

    def count_in(self, sentence: int, chunk: Chunk) -> Quantity | None:
        """The count that a phrase states, of people where it can be."""
        inside = range(chunk.begin, chunk.end)
        return next((q for first, last, q in self._counts[sentence] if last in inside or first in inside), None)

    def is_described(self, slug: str) -> bool:
        """Whether the text only describes somebody (drei Händler) and names him nowhere."""
        return slug not in self._named and self.entities[slug].scope != "gazetteer"

    # -- what a phrase stands for -----------------------------------------------------------------------------

    def own(self, sentence: int, chunk: Chunk) -> list[Entity]:
        """Entities that the phrase itself names (the person of a title and name, not the title's organisation)."""
        inside = self._inside(sentence, chunk, part=False)
        at_head = [p for p in inside if p.first <= chunk.head <= p.last or p.mention.kind == "name"]
        names = [p for p in at_head if p.mention.kind == "name"] or at_head
        described = [p for p in at_head if p.mention.kind == "description"]
        if described and all(self.entities[p.mention.entity].kind in PLACE_KINDS for p in names if p not in described):
            names = described  # eine Spezialeinheit Indonesiens
        unique = dict.fromkeys(p.mention.entity for p in names)
        found = [self.entities[s] for s in unique if s in self.entities]
        joint = any(self._shares_head(sentence, p, chunk) for p in names)
        return found if len(found) < 2 or chunk.pronoun or joint else _most_telling(found)

    def _shares_head(self, sentence: int, placed: _PlacedMention, chunk: Chunk) -> bool:
        """Französische und amerikanische Soldaten: whether an adjective names its force by a noun that another one precedes."""
        apart = placed.last < chunk.head and placed.mention.kind == "name"
        return apart and placed.mention.head == self._syntaxes[sentence].words.index[chunk.head]

    def _inner(self, sentence: int, chunk: Chunk) -> list[Entity]:
        """Entities that an attribute names by itself, also inside a longer name (Stützpunkte der PKK)."""
        named = (p for p in self._mentions[sentence] if p.mention.kind == "name" and not p.part and p.last < chunk.end)
        found = [self.entities[p.mention.entity] for p in named if chunk.begin <= p.first <= chunk.head <= p.last]
        return found[-1:] or self.own(sentence, chunk)

    def _inside(self, sentence: int, chunk: Chunk, *, part: bool) -> list[_PlacedMention]:
        found = [
            p
            for p in self._mentions[sentence]
            if p.part == part and p.mention.kind != "demonym" and chunk.begin <= p.last < chunk.end
            and (p.last >= chunk.head or self._shares_head(sentence, p, chunk))
        ]  # fmt: skip
        return found if len(found) < 2 else [p for p in found if not any(_within(p, q) for q in found)]

    def compound_part(self, sentence: int, word: int) -> list[Entity]:
        """Entities named by the first part of the compound at ``word`` (IS-Angriff; not in an Anti-IS-Einsatz)."""
        against = self._syntaxes[sentence].words.lower[word].partition("-")[0] in OPPOSING
        parts = (p for p in self._mentions[sentence] if p.part and p.first == word and not against)
        return [self.entities[p.mention.entity] for p in parts if p.mention.entity in self.entities]

    def demonyms(self, sentence: int, chunk: Chunk) -> list[Entity]:
        """Countries named by adjectives of the phrase (russischer Luftangriff)."""
        return [
            self.entities[p.mention.entity]
            for p in self._mentions[sentence]
            if p.mention.kind == "demonym" and chunk.begin <= p.first < chunk.end and p.mention.entity in self.entities
        ]

    def adverbs(self, sentence: int, words: tuple[int, ...]) -> list[Entity]:
        """Places that adverbs among ``words`` refer to (dort, hier)."""
        tags = self._syntaxes[sentence].words.tag
        return [
            self.entities[p.mention.entity]
            for p in self._mentions[sentence]
            if p.mention.kind == "pronoun" and p.first in words and tags[p.first] in ("ADV", "PROAV")
            and self.entities[p.mention.entity].kind in PLACE_KINDS
        ]  # fmt: skip

    def inside_name(self, sentence: int, chunk: Chunk) -> list[Entity]:
        """Entities named inside a longer name of the phrase (Brücke in Mossul)."""
        found = [p for p in self._mentions[sentence] if chunk.begin <= p.first and p.last < chunk.end and not p.part]
        inner = [p for p in found if p.mention.kind == "name" and any(_within(p, q) for q in found)]
        return [self.entities[p.mention.entity] for p in inner if p.mention.entity in self.entities]

    def pronoun(self, sentence: int, word: int) -> list[Entity]:
        """Entities that a pronoun or possessive at ``word`` refers to."""
        return [
            self.entities[p.mention.entity]
            for p in self._mentions[sentence]
            if p.first == word and p.mention.kind == "pronoun" and p.mention.entity in self.entities
        ]

    def fillers(self, sentence: int, ref: Ref) -> list[Filler]:
        """Return what a phrase stands for; one filler without entity when nothing is known."""
        key = (sentence, *ref)
        if key not in self._fillers:
            self._fillers[key] = self._find_fillers(sentence, ref)
        return self._fillers[key]

    def _find_fillers(self, sentence: int, ref: Ref) -> list[Filler]:
        syntax = self._syntaxes[sentence]
        chunk = syntax.chunks[ref[0]][ref[1]]
        noun = syntax.words.lemma[chunk.head]
        if listed := self._listed_behind(sentence, ref):
            return listed
        if found := self.own(sentence, chunk):
            if chunk.pronoun and found[0].kind == "Person" and self.is_described(found[0].slug):
                noun = found[0].label.rpartition(" ")[2]  # ein Syrer … er starb
            if len(found) == 1 and acts(syntax, ref) and (seated := government_in(found[0])) is not None:
                self._known(seated)
                return [Filler(seated.slug, seated.kind, noun, ref)]
            if all(e.kind in ORGANIZED_KINDS for e in found) and (people := self._apposition(sentence, ref)):
                named = [e for e in people if e.kind == "Person" and not self.is_described(e.slug)]
                found = named or found  # ein Talibanführer, Baitullah Mehsud
            fillers = [Filler(e.slug, e.kind, noun, ref) for e in found]
            if all(e.kind == "PopulationGroup" or self.is_described(e.slug) or is_generic(e.label) for e in found):
                named = [e for e in self._apposition(sentence, ref) if e.kind == "Person" and not self.is_described(e.slug)]
                if named:  # der Anführer der Miliz, Abu Hamza
                    return [Filler(e.slug, e.kind, noun, ref) for e in named]
                return self._of_group(sentence, ref, noun) or fillers
            held = all(self.is_unnamed_thing(e.slug) for e in found)
            return [*(self._holders(sentence, ref, noun) if held else []), *fillers]
        if found := self._apposition(sentence, ref):
            return [Filler(e.slug, e.kind, noun, ref) for e in found]
        through = self._through(sentence, ref, noun)
        if transparent_nouns().get(noun) == "leader":  # ein Offizier in Hama is not the town, a Hamas-Funktionär not all of it
            through = [f for f in through if f.ref != ref and f.kind in ORGANIZED_KINDS]
        return through or [Filler(None, "", noun, ref)]

    def _listed_behind(self, sentence: int, ref: Ref) -> list[Filler]:
        """Zwei Gruppen bekannten sich zu dem Anschlag: der IS und die Taliban. Who they are stands behind the colon."""
        syntax, behind = self._syntaxes[sentence], ref[0] + 1
        words, chunk, last = syntax.words, syntax.chunks[ref[0]][ref[1]], syntax.clauses[ref[0]].words[-1]
        counted = any(words.tag[k] in NUMBERS for k in range(chunk.begin, chunk.head)) and chunk.preposition is None
        if not counted or behind >= len(syntax.clauses) or words.text[last + 1 : last + 2] != (":",):
            return []
        chunks = syntax.chunks[behind]
        fragment = syntax.clauses[behind].kind == "fragment" and syntax.clauses[behind].words[0] == last + 2
        members = [k for k, c in enumerate(chunks) if k == 0 or c.list_with == 0] if fragment and chunks else []
        if len(members) < 2 or chunks[0].preposition is not None or chunks[0].begin != last + 2:
            return []
        found = [f for k in members for f in self.fillers(sentence, (behind, k))]
        named = all(f.slug is not None and not self.is_described(f.slug) for f in found)
        return [replace(f, ref=ref) for f in found] if named and len(found) >= len(members) else []

    def _apposition(self, sentence: int, ref: Ref) -> list[Entity]:
        """Ein Talibanführer, Baitullah Mehsud: the name stands in the apposition."""
        chunks = self._syntaxes[sentence].chunks[ref[0]]
        for chunk in chunks:
            if chunk.apposition_to is None or chunk.preposition is not None:
                continue
            explained = chunks[chunk.apposition_to]
            found = self.own(sentence, chunk)
            if any(e.kind == "Person" for e in found) and explained.preposition and explained.follows is not None:
                if explained.follows == ref[1]:  # ein Führer auf pakistanischer Seite, Baitullah Mehsud
                    return found
            elif found and chunk.apposition_to == ref[1]:
                return found
        return []

    def _of_group(self, sentence: int, ref: Ref, noun: str) -> list[Filler]:
        """Kämpfer der Terrormiliz are the militia, not just any fighters."""
        one = transparent_nouns().get(noun) == "leader"
        found = (f for f in self._through(sentence, ref, noun) if f.slug and f.kind in ORGANIZED_KINDS)
        return [replace(f, sure=True) for f in found if not one or f.ref != ref]

    def employer(self, sentence: int, ref: Ref) -> list[Filler]:
        """For whom described people work: Mitarbeiter von Human Rights Watch."""
        syntax = self._syntaxes[sentence]
        chunks = syntax.chunks[ref[0]]
        noun = syntax.words.lemma[chunks[ref[1]].head]
        if not noun.lower().endswith(STAFF_NOUNS):
            return []
        attributes = (c for c in chunks if c.genitive_of == ref[1] or (c.follows == ref[1] and c.preposition in _PARTITIVE))
        found = [e for c in attributes for e in self.own(sentence, c)] or self.compound_part(sentence, chunks[ref[1]].head)
        return [Filler(e.slug, e.kind, noun, ref) for e in found if e.kind in IMPERSONAL_KINDS - {"PopulationGroup"}]

    def _holders(self, sentence: int, ref: Ref, noun: str) -> list[Filler]:
        """Stützpunkte der PKK, IS-Lager: whose a camp or position is, also where that is part of its name."""
        inside = self.inside_name(sentence, self._syntaxes[sentence].chunks[ref[0]][ref[1]]) if _is_transparent(noun) else []
        named = [Filler(e.slug, e.kind, noun, ref) for e in inside if e.kind in ORGANIZED_KINDS]
        owners = named or self._of_group(sentence, ref, noun)
        return [replace(f, ref=ref, sure=False) for f in owners]  # a camp acts not

    def _part(self, noun: str, whole: Entity) -> Entity:
        """Der Südosten des Landes: the region that the gazetteer calls by that noun, else all of the country."""
        region = shipped_gazetteer().region(noun, whole.slug) if whole.kind == "Country" else None
        if region is None:
            return whole
        return self._known(Entity(region.slug, region.kind, region.label))

    def _known(self, entity: Entity) -> Entity:
        """Return an entity as one of the article."""
        return self.entities.setdefault(entity.slug, entity)

    def _through(self, sentence: int, ref: Ref, noun: str) -> list[Filler]:
        """Teile Syriens, Kämpfer der Hamas, syrische Städte, IS-Stellungen: the entity stands in an attribute."""
        syntax = self._syntaxes[sentence]
        chunks = syntax.chunks[ref[0]]
        if not _is_transparent(noun) and not (chunks[ref[1]].pronoun and syntax.words.tag[chunks[ref[1]].head] in SOME):
            return []
        if transparent_nouns().get(noun) == "part" and _is_particular(syntax.words, chunks[ref[1]]):
            return []
        owners = [e for e in self.compound_part(sentence, chunks[ref[1]].head) if e.kind not in PLACE_KINDS]
        if owners:  # Hamas-Lager in Gaza
            form = syntax.words.text[chunks[ref[1]].head].rpartition("-")[2]
            forces = [self._known(force_of(e, form) or e) for e in owners]
            himself = people(form)
            others = himself is not None and himself.kind in ("PopulationGroup", "ArmedGroup")  # Erdogan-Anhänger are not he
            return [Filler(e.slug, e.kind, noun, ref, sure=False) for e in forces if not (others and e.kind == "Person")]
        out: list[Filler] = []
        acted_on = not is_amount(noun) and any(p.voice == "passive" for p in syntax.predicates[ref[0]])
        linking = _LINKING.get(transparent_nouns().get(noun, ""), _PARTITIVE)
        one = chunks[ref[1]].pronoun and syntax.words.tag[chunks[ref[1]].head] != "CARD"
        barred = {"Person", *(PLACE_KINDS if one else ())}  # eines der Dörfer: which one nobody knows
        for k, chunk in enumerate(chunks):
            behind = chunk.follows == ref[1] and chunk.preposition in linking
            attribute = chunk.genitive_of == ref[1] or (behind and not (acted_on and self._may_be_agent(sentence, chunk)))
            listed = chunk.list_with is not None and out and chunk.list_with == out[0].ref[1]
            if attribute or listed:
                of_many = chunks[ref[1]].pronoun or is_amount(noun)
                counted = syntax.words.lemma[chunk.head] if of_many else noun
                where = behind and chunk.preposition in _LOCATING  # in der Kieler Innenstadt in eine Menge gefahren
                meant = (e for e in self._inner(sentence, chunk) if e.kind not in barred)
                inner = (e for e in meant if not where or e.kind in PLACE_KINDS)
                found = [self._part(noun, e) for e in inner]
                out += [Filler(e.slug, e.kind, counted, (ref[0], k), sure=False) for e in found]
                if not found and not where:
                    inner_owner = self._through(sentence, (ref[0], k), counted) if one else []  # einer ihrer Posten
                    out += inner_owner or [Filler(None, "", counted, (ref[0], k), sure=False)]
        if not out and chunks[ref[1]].determiner is not None:
            out = self._owners(sentence, ref, noun)
        if not out:
            chunk = chunks[ref[1]]
            found = self.demonyms(sentence, chunk) or self.compound_part(sentence, chunk.head)
            out = [Filler(e.slug, e.kind, noun, ref, sure=False) for e in found]
        return out

    def _may_be_agent(self, sentence: int, chunk: Chunk) -> bool:
        """Wurden Soldaten von Rebellen angegriffen; but: in der Nähe von Sabratha entführt."""
        return plain(chunk.preposition) == "von" and all(e.kind not in PLACE_KINDS for e in self.own(sentence, chunk))

    def _owners(self, sentence: int, ref: Ref, noun: str) -> list[Filler]:
        """Whose the possessive before a noun says that they are: ihre Kämpfer; die Miliz, deren Kämpfer …."""
        word = self._syntaxes[sentence].chunks[ref[0]][ref[1]].determiner or 0
        if self._syntaxes[sentence].words.tag[word] != "PRELAT":
            return [Filler(e.slug, e.kind, noun, ref) for e in self.pronoun(sentence, word)]
        found = (f for r in self.grammar(sentence).antecedent(ref[0]) for f in self.fillers(sentence, r))
        return [replace(f, noun=noun, ref=ref) for f in found if f.kind in ORGANIZED_KINDS]


def _is_side_by_side(syntax: Syntax, chunk: Chunk) -> bool:
    """Seite an Seite mit der Armee, Schulter an Schulter: how, not who."""
    head, low = chunk.head, syntax.words.lower
    return low[head + 1 : head + 3] == ("an", low[head]) or (head > 1 and low[head - 2 : head] == (low[head], "an"))


def _is_particular(words: SentenceWords, chunk: Chunk) -> bool:
    """Die zweitgrößte Stadt des Landes: one town that is meant, not any of the country."""
    return any(words.lower[k].endswith(_SUPERLATIVES) for k in range(chunk.begin, chunk.head))


def _within(inner: _PlacedMention, outer: _PlacedMention) -> bool:
    """Whether a name is part of a longer one (Ministerium der Vereinigten Staaten)."""
    return (
        inner is not outer
        and outer.first <= inner.first
        and inner.last <= outer.last
        and (outer.last - outer.first > inner.last - inner.first)
    )


_SUPERLATIVES = tuple(word_set("events", "superlatives"))
_PARTITIVE, _LOCATING = word_set("events", "partitive"), word_set("events", "locating")
_LINKING = {"union": word_set("events", "composing"), "quantity": word_set("events", "counted_prepositions")}


@cache
def _transparent_ends() -> tuple[str, ...]:
    """Return the ends of compounds that are such nouns."""
    return tuple(noun.lower() for noun in transparent_nouns() if len(noun) > 4)


@lru_cache(maxsize=20_000)
def _is_transparent(noun: str) -> bool:
    return noun in transparent_nouns() or noun.lower().endswith(_transparent_ends())


def _most_telling(found: list[Entity]) -> list[Entity]:
    """Of several names in one phrase (Stadt Rakka in Nordsyrien, Präsident Assad) keep persons, else the last.

    Of a part of a country (Süden Thailands) keep the part.
    """
    people = [e for e in found if e.kind == "Person"]
    if [e.kind for e in found] == ["Region", "Country"]:
        return found[:1]
    return people[-1:] if people else found[-1:]
