"""Whom a phrase names as a source: an entity that is known, the body a spokesman speaks for, or people of this article."""

from __future__ import annotations

from functools import cache, lru_cache

from spacy.tokens import Doc

from kg.annotation.events.referents import Referents
from kg.annotation.events.sources.headings import place_speaks
from kg.annotation.events.sources.local_sources import LocalSources
from kg.annotation.events.sources.phrases import OWNED
from kg.annotation.names.state_actors import state_actor
from kg.annotation.records import Entity
from kg.annotation.references.seats import government_in
from kg.annotation.references.unlisted_nouns import looks_like_people, may_mean_people
from kg.annotation.syntax.attributes import Ref
from kg.annotation.syntax.chunks import Chunk
from kg.annotation.syntax.sentence import Syntax
from kg.german.inflection import plural
from kg.german.nouns import group_kind, organisation_kind, state_words, title_role
from kg.german.reporting_nouns import names_circle, names_statement, speaks_for, who_states
from kg.german.transliteration import fold
from kg.german.word_sets import word_set
from kg.knowledge.gazetteer import shipped_gazetteer
from kg.namespaces import ACTING_KINDS, INSTITUTION_KINDS
from kg.resources import table

MEDIA = "MediaOrganization"
SPOKEN_FOR = (INSTITUTION_KINDS - {MEDIA}) | {"StateForce", "Coalition"}
ANONYMOUS = word_set("events", "anonymous")  # aus Kreisen: nobody is named


@cache
def _further_kinds() -> tuple[tuple[str, str], ...]:
    """Nouns that may name a source, from ``lexicon/events/source_nouns.tsv``, in small letters with their class."""
    rows = ((r["word"].lower(), r["kind"]) for r in table("events/source_nouns.tsv"))
    return tuple(sorted(rows, key=lambda r: -len(r[0])))


@lru_cache(maxsize=20_000)
def source_kind(noun: str) -> str | None:
    """Return the class of those whom a noun (or a compound that ends in it) names, None for what can't speak."""
    low = noun.lower()
    further = next((kind for word, kind in _further_kinds() if low.endswith(word)), None)
    if further is not None:
        return further
    if (title_role(noun)) is not None:
        return "Person"
    state = state_words().get(fold(noun))
    kind = group_kind(noun) or organisation_kind(noun) or (state.kind if state else None)
    return "Person" if kind == "one" else kind


class Speakers:
    """Sources by phrase, for one article; :attr:`local` holds those that it makes."""

    def __init__(self, doc: Doc, referents: Referents) -> None:
        self._syntaxes: tuple[Syntax, ...] = doc._.clauses
        self._referents = referents
        self.local = LocalSources(doc)
        self._asked: set[tuple[int, Ref]] = set()
        people = (e for e in self.local.entities.values() if e.kind == "Person" and e.scope != "article")
        self._named_persons = frozenset(e.slug for e in people)

    def named(self, sentence: int, refs: list[Ref], *, anybody: bool = False) -> tuple[str, ...]:
        """Return the slugs of those whom phrases name; ``anybody``: also by a noun of which nothing is known."""
        grammar = self._referents.grammar(sentence)
        members = dict.fromkeys(m for r in refs for m in grammar.members(r))
        return tuple(dict.fromkeys(s for ref in members for s in self._one(sentence, ref, anybody)))

    def seat(self, sentence: int, ref: Ref) -> tuple[str, ...]:
        """Return the government whose seat a phrase names."""
        return self._seats([f.slug for f in self._referents.fillers(sentence, ref) if f.slug])

    def are_media(self, sentence: int, ref: Ref) -> bool:
        """Nach dpa, nach israelischen Medien: whether a phrase names media."""
        chunk = self._syntaxes[sentence].chunks[ref[0]][ref[1]]
        known = any(f.kind == MEDIA for f in self._referents.fillers(sentence, ref))
        return known or source_kind(self._syntaxes[sentence].words.lemma[chunk.head]) == MEDIA

    def may_head(self, sentence: int, ref: Ref) -> bool:
        """Whether a phrase before a headline's colon speaks: no country, no compound that only a name begins (Irak-Krieg)."""
        known = [self._referents.entities[f.slug] for f in self._referents.fillers(sentence, ref) if f.slug and f.sure]
        if any(e.kind == "Country" for e in known) or self.seat(sentence, ref):
            return place_speaks(self._referents, sentence, ref)
        words, head = self._syntaxes[sentence].words, self._referents.grammar(sentence).chunk(ref).head
        noun, part = words.lemma[head], self._referents.compound_part(sentence, head)
        if words.tag[head] != "NN" or any(e.label.endswith(noun) for e in known) or not (part or (known and "-" in noun)):
            return True
        return source_kind(noun) is not None or any(told(noun) for told in (names_statement, names_circle, speaks_for))

    def _one(self, sentence: int, ref: Ref, anybody: bool) -> tuple[str, ...]:
        syntax = self._syntaxes[sentence]
        chunk = syntax.chunks[ref[0]][ref[1]]
        noun = syntax.words.lemma[chunk.head]
        plain = not chunk.pronoun and syntax.words.tag[chunk.head] == "NN"
        if plain and speaks_for(noun) and (body := self._body(sentence, ref, chunk)):
            return body
        if plain and (kind := source_kind(noun)) and (bearer := self.local.bearer(syntax, chunk, kind)):
            return (bearer,)
        fillers = self._referents.fillers(sentence, ref)
        named = [f.slug for f in fillers if f.slug and f.kind in ACTING_KINDS]
        gen = self._referents.grammar(sentence).of_noun(ref).get("gen", [])
        if plain and kind and all(f.kind == MEDIA for f in fillers) and any(self._is_told(sentence, r) for r in gen):
            return self._made(sentence, chunk, noun)
        if named and plain and self._is_crowd(named, noun, syntax.words.text[chunk.head]):
            return self._made(sentence, chunk, noun)
        if named and (not plain or any(f.sure for f in fillers)):
            return tuple(self.local.keep(self._referents.entities[slug]) for slug in named)
        if seats := self.seat(sentence, ref):
            return seats
        if not plain:
            return tuple(named)
        if names_statement(noun):
            return self.behind(sentence, ref)
        if source_kind(noun) is not None or anybody or self._may_speak(syntax, chunk):
            return self._made(sentence, chunk, noun)
        return tuple(named) or self.behind(sentence, ref, anybody=False)

    def _may_speak(self, syntax: Syntax, chunk: Chunk) -> bool:
        """Ein Notar, Hirten: people by their look, of whom no table knows."""
        words = syntax.words
        noun = words.text[chunk.head]
        return looks_like_people(words, chunk) and may_mean_people(noun, words.lemma[chunk.head]) and not names_circle(noun)

    def _is_crowd(self, named: list[str], noun: str, form: str) -> bool:
        """Bewohner, Ärzte: as a source they are themselves, not civilians or aid workers in general."""
        known = [self._referents.entities[s] for s in named]
        own = {form, noun, *plural(noun)}
        general = all(e.kind == "PopulationGroup" and e.scope == "gazetteer" and e.label not in own for e in known)
        return general and source_kind(noun) in ("PopulationGroup", "Person")

    def _seats(self, slugs: list[str]) -> tuple[str, ...]:
        """Moskau bestätigte: a capital that speaks is the government in it."""
        actors = (government_in(self._referents.entities[s]) for s in slugs)
        return tuple(self.local.keep(a) for a in actors if a is not None)

    def _made(self, sentence: int, chunk: Chunk, noun: str) -> tuple[str, ...]:
        return (self.local.make(self._syntaxes[sentence], chunk, source_kind(noun)),)

    # -- whose statement --------------------------------------------------------------------------------------

    def behind(self, sentence: int, ref: Ref, *, anybody: bool = True) -> tuple[str, ...]:
        """Return whose statement a phrase is: nach UN-Angaben, israelischen Angaben zufolge, Angaben der Armee."""
        if (sentence, ref) in self._asked:
            return ()  # nach eigenen Angaben: the subject may ask whose it is in turn
        self._asked.add((sentence, ref))
        found = self._owner(sentence, ref, anybody)
        self._asked.discard((sentence, ref))
        return found

    def _owner(self, sentence: int, ref: Ref, anybody: bool) -> tuple[str, ...]:
        grammar, syntax = self._referents.grammar(sentence), self._syntaxes[sentence]
        chunk = grammar.chunk(ref)
        if who_states(syntax.words.text[chunk.head]) and (inside := self._inside(sentence, chunk)):
            return inside  # Armeeangaben
        if owners := self.named(sentence, grammar.of_noun(ref).get("gen", []), anybody=anybody):
            return owners
        if any(syntax.words.lemma[k].lower() == OWNED for k in range(chunk.begin, chunk.head)):
            return self.named(sentence, grammar.subject(ref[0]))
        if chunk.determiner is not None:
            owner = tuple(e.slug for e in self._referents.pronoun(sentence, chunk.determiner) if self._may_state(e))
            if owner:
                return owner
        return self._inside(sentence, chunk)

    def _may_state(self, owner: Entity) -> bool:
        """Nach ihren Angaben; a spokesman without a name states nothing of his own (nach seinen Angaben)."""
        return owner.kind in ACTING_KINDS and not (owner.scope == "article" and speaks_for(owner.label.rpartition(" ")[2]))

    def _inside(self, sentence: int, chunk: Chunk) -> tuple[str, ...]:
        """The source in the word itself or its adjective: UN-Angaben, Polizeiangaben, israelische Angaben."""
        part = [e.slug for e in self._referents.compound_part(sentence, chunk.head) if e.kind in ACTING_KINDS]
        if part:
            return tuple(part)
        syntax, of = self._syntaxes[sentence], self._referents.demonyms(sentence, chunk)
        form = syntax.words.text[chunk.head]
        if names_circle(form):
            told = bool(of) or fold(form).lower() not in ANONYMOUS
            return (self.local.make(syntax, chunk, "PopulationGroup"),) if told else ()
        first = who_states(form).capitalize()
        if first and (force := self._force(first, of)):
            return force
        if first and (kind := source_kind(first)):
            return (self.local.part(syntax, chunk, first, kind),)
        return tuple(e.slug for e in of if e.kind in ACTING_KINDS)

    def _body(self, sentence: int, ref: Ref, chunk: Chunk) -> tuple[str, ...]:
        """Ein Sprecher der Armee, ein Armeesprecher, der Sprecher des Ministeriums: those for whom he speaks."""
        if any(f.kind == "Person" and f.sure and f.slug in self._named_persons for f in self._referents.fillers(sentence, ref)):
            return ()
        grammar = self._referents.grammar(sentence)
        if gen := [r for r in grammar.of_noun(ref).get("gen", []) if not self._is_told(sentence, r)]:
            return self.named(sentence, gen, anybody=True)
        part = tuple(e.slug for e in self._referents.compound_part(sentence, chunk.head) if e.kind in ACTING_KINDS)
        first = who_states(self._syntaxes[sentence].words.text[chunk.head]).capitalize()
        of = self._referents.demonyms(sentence, chunk)
        bare = not (part or first or of) and chunk.end == chunk.head + 1
        return self._spoken_of_before(sentence) if bare else part or self._force(first, of)

    def _is_told(self, sentence: int, ref: Ref) -> bool:
        """Sagte ein Polizeivertreter der Agentur dpa: media in the dative are told; but: ein Sprecher des Senders."""
        return self._referents.grammar(sentence).chunk(ref).may_be("d") and self.are_media(sentence, ref)

    def _spoken_of_before(self, sentence: int) -> tuple[str, ...]:
        """Das Ministerium wies das zurück. Man habe …, sagte ein Sprecher: the body that the sentence before is about."""
        if sentence == 0 or not self._syntaxes[sentence - 1].chunks:
            return ()
        subject = self._referents.grammar(sentence - 1).subject(0)
        found = [f for ref in subject for f in self._referents.fillers(sentence - 1, ref) if f.slug and f.kind in SPOKEN_FOR]
        return tuple(self.local.keep(self._referents.entities[f.slug]) for f in found if f.slug)

    def _force(self, noun: str, of: list[Entity]) -> tuple[str, ...]:
        """Israelische Armeeangaben, ein russischer Regierungssprecher: the force or government of the country."""
        actors = (state_actor(shipped_gazetteer(), e.slug, noun) for e in of)
        return tuple(self.local.keep(a) for a in actors if a is not None)
