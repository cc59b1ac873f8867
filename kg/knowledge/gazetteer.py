"""The gazetteer as an index of names: actors and places with all that texts call them, read from Turtle.

The names live in ``ontology/actors.ttl``, ``places.ttl``, ``cities.ttl`` and ``towns.ttl`` and nowhere else: a label there is a
name here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from pyoxigraph import Literal, NamedNode, RdfFormat, parse
from rdflib.namespace import RDF, RDFS, SKOS

from kg import resources
from kg.errors import ResourceError
from kg.german import inflection
from kg.german.nouns import complements, name_cues, needed_context, place_kind, state_words
from kg.german.transliteration import fold, key
from kg.german.word_parts import ARTICLE, name_parts
from kg.namespaces import ACTOR_KINDS, GROUP_KINDS, IMPERSONAL_KINDS, LB, PLACE_KINDS

FILES = ("actors.ttl", "places.ttl", "cities.ttl", "towns.ttl")
NEEDS = {"cities.ttl": "place", "towns.ttl": "country"}  # what every name of a file needs beside it
KINDS = frozenset((*ACTOR_KINDS, *PLACE_KINDS))
PEOPLES = frozenset(("Country", "Region", "PopulationGroup", "City"))
SHORTEST_WITHOUT_ARTICLE = 4
SHORTEST_ADJECTIVE = 4
LONGEST_PLACE_CHAIN = 8  # steps of locatedIn from a quarter to its country
SHORTEST_KEY = 3  # letters of a key; shorter ones say too little
TELLING_KEY = 4  # letters of a key up to which the first vowel counts too
VOWELS_WRITTEN = frozenset("aeiou")

Facts = dict[str, list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class GazetteerEntry:
    """One actor or place of the gazetteer. ``epithets`` refer to it only in context, ``demonyms`` to what is of it.

    ``country`` is the state that an actor belongs to, ``place`` the next larger place; both are slugs. ``needs`` is the
    context without which none of the names means it.
    """

    slug: str
    kind: str
    label: str
    names: tuple[str, ...]
    epithets: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    country: str | None = None
    place: str | None = None
    needs: str = ""


@dataclass(frozen=True, slots=True, order=True)
class NameSense:
    """What a stretch of text may mean; ``needs`` is the context without which it doesn't.

    place, word: a word of place, one of its kind; country: its country as well; person, media: a title, a source.
    """

    slug: str
    role: str = "name"  # name, demonym
    needs: str = ""
    inflected: bool = False  # the name itself reads otherwise: Hamas is not Hama's


@dataclass(slots=True)
class Node:
    """A state of the trie over parts."""

    then: dict[str, Node] = field(default_factory=dict)
    ends: tuple[NameSense, ...] = ()

    def after(self, part: str) -> Node:
        """Return the state that ``part`` leads to; make it if new."""
        node = self.then.get(part)
        if node is None:
            node = self.then[part] = Node()
        return node


class Gazetteer:
    """Entries by slug, with every name in every form as a trie over parts."""

    def __init__(self, entries: Iterable[GazetteerEntry]) -> None:
        self.entries: dict[str, GazetteerEntry] = {e.slug: e for e in sorted(entries, key=lambda e: e.slug)}
        self.root = Node()
        self.epithets = Node()
        self.forces: dict[tuple[str, str], str] = {}  # (country, noun or its group) -> the actor meant
        self.adjectives = frozenset(f for e in self.entries.values() for d in e.demonyms for f in _demonym_forms(d))
        self.single: dict[str, str] = {}  # one-word name -> slug, for closed compounds (Talibankämpfer)
        self._keys: dict[str, set[str]] = defaultdict(set)
        self._surnames: dict[str, set[str]] = defaultdict(set)
        for entry in self.entries.values():
            self._index(entry)
        self._index_forces()
        self._index_regions()
        self._homes = dict(self._named_homes())
        self._partners = dict(self._named_partners())
        self._parts = dict(self._named_parts())

    @classmethod
    def read(cls, texts: Iterable[tuple[str, str]]) -> Gazetteer:
        """Read (file name, Turtle) pairs; raises :class:`ResourceError` when one is broken or none names anything."""
        entries = [entry for name, turtle in texts for entry in _entries(name, turtle)]
        if not entries:
            raise ResourceError("the gazetteer names no actor and no place: the installation is broken, reinstall")
        return cls(entries)

    def by_key(self, name: str, kinds: Iterable[str]) -> str | None:
        """Return the one entry of ``kinds`` of which ``name`` is another spelling (transliteration key), else None."""
        wanted = key(name)
        if len(wanted.replace(" ", "")) < SHORTEST_KEY:
            return None
        found = {slug for slug in self._keys.get(wanted, ()) if self.entries[slug].kind in kinds}
        if len(wanted) <= TELLING_KEY:
            found = {slug for slug in found if any(_sound_alike(name, n) for n in self.entries[slug].names if key(n) == wanted)}
        return found.pop() if len(found) == 1 else None

    def country_of(self, slug: str) -> str | None:
        """Return the country that a place lies in or an actor belongs to, or None."""
        entry = self.entries.get(slug)
        for _ in range(LONGEST_PLACE_CHAIN):
            if entry is None or entry.kind == "Country":
                return entry.slug if entry else None
            entry = self.entries.get(entry.country or entry.place or self._homes.get(entry.slug, ""))
        return None

    def region(self, noun: str, country: str) -> GazetteerEntry | None:
        """Return the region of ``country`` that ``noun`` names a part of it by: Südosten (der Türkei)."""
        return self._parts.get((noun, country))

    def _named_parts(self) -> Iterator[tuple[tuple[str, str], GazetteerEntry]]:
        """Yield (noun, country) with the region whose name says that it is that part of the country: Südosten der Türkei."""
        for entry in self.entries.values():
            country = self.country_of(entry.slug) if entry.kind == "Region" else None
            for noun, *of in (name.split() for name in entry.names if country is not None):
                if country is not None and of and of[-1].startswith(self.entries[country].label):
                    yield (noun, country), entry

    def partners(self, slug: str) -> frozenset[str]:
        """Return the actors that an actor's own label names: the IS of the Koalition gegen den IS."""
        return self._partners.get(slug, frozenset())

    def by_surname(self, name: str) -> str | None:
        """Return the one person who has ``name`` as surname, in this or another spelling, else None."""
        wanted = key(name)
        found = self._surnames.get(wanted, set()) if len(wanted) > SHORTEST_KEY else set()
        return min(found) if len(found) == 1 else None

    def force(self, country: str, noun: str) -> str | None:
        """Return the actor that ``noun``, or a group of nouns, means after the adjective of ``country``: irakische Truppen."""
        noun = fold(noun)
        if slug := self.forces.get((country, noun)):
            return slug
        word = state_words().get(noun)
        return self.forces.get((country, word.group)) if word else None

    def _index(self, entry: GazetteerEntry) -> None:
        for name in _all_written(entry):
            told_apart = entry.kind == "Person" and any(known.startswith(f"{name} (") for known in entry.names)
            self._add_name(entry, name_parts(name), "person" if told_apart else "")  # Abu Sayyaf (IS): rather the group
        for epithet in entry.epithets:
            if parts := name_parts(epithet):
                self._add(self._forms(parts, entry), NameSense(entry.slug, "epithet"), root=self.epithets)
        for word in entry.demonyms if entry.kind in PEOPLES else ():
            for form in sorted(_demonym_forms(word)):
                self._add([{p} for p in name_parts(form)], NameSense(entry.slug, "demonym"))

    def _add_name(self, entry: GazetteerEntry, parts: list[str], context: str) -> None:
        if not parts or parts == [ARTICLE]:
            return
        bare = parts[1:] if parts[0] == ARTICLE else parts
        plain = bare[1:] if len(bare) == 2 and bare[0].lower() in name_cues("definite") else bare  # Die Welt
        needs = entry.needs or context or (needed_context(plain[0], entry.kind) if len(plain) == 1 else "")
        self._add(self._forms(parts, entry), NameSense(entry.slug, "name", needs), parts)
        if len(parts) > len(bare) and len("".join(bare)) >= SHORTEST_WITHOUT_ARTICLE:
            self._add(self._forms(bare, entry), NameSense(entry.slug, "name", needs), bare)
        if len(bare) == 1 and not needs and len(bare[0]) >= SHORTEST_WITHOUT_ARTICLE:
            self.single.setdefault(bare[0], entry.slug)
        if not entry.needs:
            self._keys[key(" ".join(bare))].add(entry.slug)
        if entry.kind == "Person":
            self._surnames[key(bare[-1])].add(entry.slug)

    def _add(self, forms: list[set[str]], candidate: NameSense, base: Sequence[str] = (), root: Node | None = None) -> None:
        nodes = [(root or self.root, True)]
        for i, parts in enumerate(forms):
            nodes = [(node.after(part), same and (not base or part == base[i])) for node, same in nodes for part in parts]
        changed = replace(candidate, inflected=True)
        for node, same in nodes:
            end = candidate if same else changed
            if end not in node.ends:
                node.ends = (*node.ends, end)

    def _forms(self, parts: list[str], entry: GazetteerEntry) -> list[set[str]]:
        """Return the forms of each part of a name: adjectives before the noun, genitives of its nouns."""
        last = len(parts) - 1
        forms: list[set[str]] = [{part} for part in parts]
        if entry.kind == "Person" or last == 0:
            forms[last] |= inflection.genitive(parts[last])
        else:
            noun = self._first_noun(parts)
            for i in range(noun):
                forms[i] |= inflection.adjective(parts[i])
            if noun == last or parts[noun + 1][:1].islower():  # Verteidigungsministeriums der, but: Quds Brigade
                forms[noun] |= inflection.genitive(parts[noun], proper=noun == 0)
            forms[last] |= inflection.genitive(parts[last])
            if entry.kind not in PLACE_KINDS:  # des UN-Sicherheitsrates
                forms[last] |= inflection.genitive(parts[last], proper=False)
            for i in range(noun + 1, last):  # von den USA geführte Koalition
                if parts[i][:1].islower() and parts[i + 1][:1].isupper() and len(parts[i]) > SHORTEST_ADJECTIVE:
                    forms[i] |= inflection.adjective(parts[i])
            if noun and not inflection.keeps_capital(parts[0]):
                forms[0] |= {form[:1].lower() + form[1:] for form in forms[0]}
        if entry.kind in GROUP_KINDS:
            forms[last] |= inflection.plural(parts[last])
        if entry.kind == "Region":
            forms[last] |= inflection.landscape(parts[last])
        if parts[0].lower() in complements():  # von Kurden geführte Einheiten
            forms[0].add(parts[0].lower())
        if parts[0][:1].islower() and parts[0] != ARTICLE:
            forms[0] |= {cased for form in forms[0] for cased in inflection.recased(form)}
        return forms

    def _first_noun(self, parts: list[str]) -> int:
        """Return the index of the first part that is no adjective; 0 when the name opens with its noun."""
        for i, part in enumerate(parts[:-1]):
            after = parts[i + 1]
            if not self._may_be_adjective(part) or not (after[:1].isupper() or self._may_be_adjective(after)):
                return i  # Armee der ..., Streitkräfte des ...
        return len(parts) - 1

    def _may_be_adjective(self, part: str) -> bool:
        return part in self.adjectives or (len(part) >= SHORTEST_ADJECTIVE and bool(inflection.adjective(part)))

    def _index_forces(self) -> None:
        """Learn from names and epithets which noun means which actor of a country (Irakische Armee: iraq, Armee)."""
        words = state_words()
        groups: dict[tuple[str, str], str] = {}
        for entry in self.entries.values():
            if entry.country is None or entry.kind in PLACE_KINDS or entry.kind == "Person":
                continue
            home = self.entries.get(entry.country)
            adjectives = {f for d in home.demonyms for f in inflection.demonym(d.lower())} if home else set()
            adjectives |= {fold(n).lower() for n in home.names} if home else set()
            for name in (*entry.names, *entry.epithets):
                *before, noun = name_parts(name) or [""]
                if all(b.lower() in adjectives for b in before) and (noun in words or not before):
                    for form in inflection.plural(noun):
                        self.forces.setdefault((entry.country, form), entry.slug)
                    if noun in words and words[noun].kind == entry.kind:
                        groups.setdefault((entry.country, words[noun].group), entry.slug)
        for known, slug in groups.items():
            self.forces.setdefault(known, slug)

    def _index_regions(self) -> None:
        """Let a province be spelled as its town is: Provinz Deraa, where only the town Daraa is also called Deraa."""
        towns: dict[str, list[GazetteerEntry]] = defaultdict(list)
        for entry in self.entries.values():
            if entry.kind == "City" and not entry.needs:
                for name in _all_written(entry):
                    towns[name].append(entry)
        for region in self.entries.values():
            if region.kind != "Region":
                continue
            split = (n.split(maxsplit=1) for n in _all_written(region))
            bare = {words[1] for words in split if len(words) == 2 and place_kind(words[0]) == "Region"}
            spellings = {n for b in bare for town in towns[b] for n in _all_written(town)}
            for name in sorted(spellings | bare):
                parts = name_parts(name)
                self._add(self._forms(parts, region), NameSense(region.slug, "name", "word"), parts)

    def _named_partners(self) -> Iterator[tuple[str, frozenset[str]]]:
        for entry in self.entries.values():
            if entry.kind != "Coalition":
                continue
            ends = (self.root.then[p].ends for p in name_parts(entry.label) if p in self.root.then)
            named = {c.slug for end in ends for c in end if c.role == "name" and not c.inflected}
            yield entry.slug, frozenset(s for s in named - {entry.slug} if self.entries[s].kind in GROUP_KINDS)

    def _named_homes(self) -> Iterator[tuple[str, str]]:
        """Yield the country that an actor's own name tells: Demokratische Kräfte Syriens."""
        for entry in self.entries.values():
            if entry.kind in PLACE_KINDS or entry.country:
                continue
            told = {c.slug for p in name_parts(entry.label) if p in self.root.then for c in self.root.then[p].ends}
            countries = sorted(slug for slug in told if self.entries[slug].kind == "Country")
            if len(countries) == 1:
                yield entry.slug, countries[0]


@cache
def shipped_gazetteer() -> Gazetteer:
    """Return the gazetteer of the package, read once."""
    return Gazetteer.read((name, resources.text("ontology", name)) for name in FILES)


def _sound_alike(name: str, other: str) -> bool:
    """Tell whether the first vowels of short names may be one: Rakka and Raqqa, Gizeh and Gaza not; e stands for both."""
    ours, theirs = (next((c for c in fold(n).lower() if c in VOWELS_WRITTEN), "") for n in (name, other))
    return ours == theirs or "e" in (ours, theirs) or not {"a", "i"} <= {ours, theirs}


def slug_of(iri: str) -> str:
    """Return the last part of an entity's IRI."""
    return iri.rsplit("/", 1)[-1]


def _entries(name: str, turtle: str) -> Iterator[GazetteerEntry]:
    facts: dict[str, Facts] = defaultdict(lambda: defaultdict(list))
    try:
        for quad in parse(turtle, RdfFormat.TURTLE):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                language = (quad.object.language or "") if isinstance(quad.object, Literal) else ""
                facts[quad.subject.value][quad.predicate.value].append((quad.object.value, language))
    except SyntaxError as error:
        raise ResourceError(f"{name} is not valid Turtle: {error}") from error
    for iri, known in facts.items():
        if entry := _entry(iri, known, NEEDS.get(name, "")):
            yield entry


def _entry(iri: str, known: Facts, needs: str) -> GazetteerEntry | None:
    kinds = sorted({t.rsplit("#", 1)[-1] for t, _ in known.get(str(RDF.type), ()) if t.startswith(str(LB))} & KINDS)
    labels = known.get(str(RDFS.label), [])
    if not kinds or not labels:
        return None
    local = {*PLACE_KINDS, "PopulationGroup"} & set(kinds) and any(language == "de" for _, language in labels)
    spoken = [(n, language) for n, language in labels if not local or language == "de"]  # Nice, Tyre are no German names
    names = [*spoken, *known.get(str(SKOS.prefLabel), ()), *known.get(str(SKOS.altLabel), ())]
    german = [n for n, language in labels if language == "de"]
    places = sorted(slug_of(p) for p, _ in known.get(str(LB.locatedIn), ()))
    countries = sorted(slug_of(c) for c, _ in known.get(str(LB.country), ()))
    return GazetteerEntry(
        slug_of(iri),
        "Country" if "Country" in kinds else kinds[0],
        min(german or [n for n, _ in labels]),
        tuple(sorted({n for n, _ in names})),
        tuple(sorted({n for n, _ in known.get(str(LB.epithet), ())})),
        tuple(sorted({n for n, _ in known.get(str(LB.demonym), ())})),
        countries[0] if countries else None,
        places[0] if places else None,
        needs,
    )


def _all_written(entry: GazetteerEntry) -> list[str]:
    return sorted({written for name in entry.names for written in _written(name, entry.kind)})


def _written(name: str, kind: str) -> Iterator[str]:
    """Yield a name without what stands in parentheses, and an acronym that stands there."""
    base, _, rest = name.partition("(")
    yield base.strip() or name
    inside = rest.partition(")")[0].strip()
    if len(inside) > 1 and inside.isupper() and kind in IMPERSONAL_KINDS:
        yield inside


def _demonym_forms(word: str) -> set[str]:
    """Return the forms of an adjective (irakisch) or of the noun for the people (Iraker)."""
    if word[:1].islower():
        return {cased for form in inflection.demonym(word) for cased in inflection.recased(form)}
    return inflection.genitive(word) | inflection.plural(word)
