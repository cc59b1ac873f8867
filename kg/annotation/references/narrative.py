"""A document while its references are resolved: its words, its mentions by token, and what it has told so far."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Doc

from kg.annotation.names.workspace import Scene
from kg.annotation.records import Entity, Mention
from kg.annotation.references.agreement import ALL, common, described_gender, gender_of, genders_of
from kg.annotation.references.history import History, PastMention
from kg.annotation.references.person_titles import Title
from kg.annotation.references.seats import acts, government_in
from kg.annotation.syntax.cases import Readings
from kg.annotation.syntax.chunks import Chunk
from kg.annotation.syntax.governing import reporting_verbs
from kg.annotation.syntax.sentence import Syntax
from kg.annotation.words.noun_phrases import attributes_start
from kg.annotation.words.token_table import tokens_of
from kg.german.finite_forms import is_plural
from kg.german.nouns import name_cues
from kg.german.reporting_nouns import names_statement
from kg.knowledge.event_lexicon import load_event_lexicon
from kg.namespaces import INSTITUTION_KINDS, PLACE_KINDS

AS, AS_TAGS = "als", frozenset(("KOKOM", "APPR"))
DEFINITE = frozenset(("ART", "PDAT", "PPOSAT", "APPRART"))
GOVERNED = frozenset(("APPR", "APPRART", "APZR"))
NOWHERE = -1
SUFFERED = frozenset(("Killing", "Arrest", "Abduction"))
LONGEST_CLAUSE = 25  # tokens looked back at for what opens a clause
LONGEST_DATELINE = 8  # tokens at most of one that only says where a report was written


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase by tokens: where it and the list (A und B) that it stands in begin, its head, the genders of its form."""

    begin: int
    head: int
    list_begin: int
    genders: str
    subject: bool  # it may be its clause's subject
    acts: bool  # it is a bare name that does something: Moskau forderte
    speaks: bool  # it may be who says what its sentence reports: …, berichteten Bewohner
    stated: bool  # it is a statement: nach seinen Worten
    indirect: bool  # its clause is in reported speech
    bare: bool  # it has no preposition and is no genitive
    relative: bool  # its clause tells it aside: die Miliz, die aus der Nusra-Front hervorging
    suffers: bool  # its clause tells in the passive what happens to people: Sie wurde festgenommen
    where_said: bool  # it is where somebody said what its sentence reports: teilte die Behörde am Freitag in Genf mit


@dataclass(slots=True)
class Narrative:
    """``sentence`` numbers the tokens' sentences; ``at`` holds mentions by their first token."""

    text: str
    words: list[str]
    tags: list[str]
    begins: list[int]
    ends: list[int]
    sentence: list[int]
    at: dict[int, list[Mention]]
    covered: list[Mention | None]
    history: History
    phrases: dict[int, Phrase]  # by token
    clues: dict[str, str] = field(default_factory=dict)  # name -> genders that the articles before it allow
    women: dict[str, str] = field(default_factory=dict)  # persons whom an article shows to be women: slug -> f
    titles: dict[str, set[Title]] = field(default_factory=dict)  # of the persons told so far, by slug
    scenes: list[tuple[int, str]] = field(default_factory=list)  # (first token, country) of every place named

    @classmethod
    def of(cls, doc: Doc, scene: Scene) -> Narrative:
        """Read ``doc`` as the finders of names left it; the entities of its ``scene`` may grow while it is told."""
        sentence = [number for number, (first, behind) in enumerate(tokens_of(doc).sentences) for _ in range(first, behind)]
        history = History(scene.gazetteer, scene.entities, doc._.mentions)
        narrative = cls(
            scene.text, scene.words, scene.tags, scene.begins, scene.ends, sentence, {}, [None] * len(sentence), history,
            _phrases(doc),
        )  # fmt: skip
        for mention in doc._.mentions:
            narrative._place(mention)
        return narrative

    def _place(self, mention: Mention) -> None:
        first = bisect_right(self.begins, mention.begin) - 1
        self.at.setdefault(first, []).append(mention)
        entity = self.history.entities[mention.entity]
        if mention.kind == "demonym":
            return
        last = first
        while last < len(self.begins) and self.begins[last] < mention.end:
            self.covered[last] = self.covered[last] or mention
            last += 1
        noun = self.words[mention.head]
        self.clues[noun] = common(self.clues.get(noun, ALL), self._clue(first, last))
        if entity.kind == "Person" and self.determiner(first).lower() in name_cues("feminine"):
            self.women[mention.entity] = "f"
        if entity.kind in PLACE_KINDS and (country := self.history.gazetteer.country_of(mention.entity)):
            self.scenes.append((first, country))

    def _clue(self, first: int, after: int) -> str:
        """Return the genders that the article before a name allows; before a verb "der" is a masculine subject."""
        determiner = self.determiner(first)
        if determiner.lower() == "der" and self.tag(after).endswith("FIN"):
            return "m"
        return genders_of(determiner)

    def word(self, i: int) -> str:
        """Return token ``i``, or an empty string beyond the text."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def tag(self, i: int) -> str:
        """Return the tag of token ``i``, or an empty string beyond the text."""
        return self.tags[i] if 0 <= i < len(self.tags) else ""

    def phrase_start(self, noun: int) -> int:
        """Return the first attribute of the noun phrase that ``noun`` closes."""
        return attributes_start(self.words, self.tags, noun, lambda k: self.sentence[k] == self.sentence[noun])

    def determiner(self, first: int) -> str:
        """Return the article or the like before the phrase that token ``first`` belongs to, or an empty string."""
        start = self.phrase_start(first)
        return self.word(start - 1) if self.tag(start - 1) in DEFINITE else ""

    def listed_with(self, said: PastMention) -> tuple[str, ...]:
        """Return the entities of the list that a mention stands in, one a phrase, in text order: Omar und sein Bruder."""
        phrase = self.phrases.get(said.token)
        members: dict[int, str] = {}
        for other in reversed(self.history.near(said.sentence, 1)) if phrase else ():
            beside = self.phrases.get(other.token)
            if phrase and beside and beside.list_begin == phrase.list_begin:
                members[beside.begin] = other.mention.entity
        return tuple(dict.fromkeys(members.values()))

    def is_speaker(self, said: PastMention, i: int) -> bool:
        """Tell whether token ``i`` goes on reporting what a mention before it says, who seldom speaks of himself."""
        here, there = self.phrases.get(i), self.phrases.get(said.token)
        if here is None or there is None or said.sentence + 1 != self.sentence[i]:
            return False
        return here.indirect and there.speaks

    def states(self, said: PastMention, i: int) -> bool:
        """Tell whether a mention is who says something and token ``i`` in the phrase of a statement: nach seinen Worten."""
        here, there = self.phrases.get(i), self.phrases.get(said.token)
        return here is not None and there is not None and here.stated and there.speaks

    def suffers(self, i: int) -> bool:
        """Tell whether the clause of token ``i`` tells in the passive what happens to people."""
        phrase = self.phrases.get(i)
        return phrase is not None and phrase.suffers

    def is_taken_as(self, said: PastMention) -> bool:
        """Tell whether a mention only says what somebody is taken for: als Ungläubige."""
        phrase = self.phrases.get(said.token)
        first = phrase.begin if phrase is not None else said.token
        return any(self.tag(k) in AS_TAGS and self.word(k).lower() == AS for k in (first - 1, first))

    def is_helper(self, said: PastMention, i: int) -> bool:
        """Unterstützt von US-Kampfjets nahmen die Soldaten …: whether a mention is who only helps those of token ``i``."""
        phrase = self.phrases.get(said.token)
        first = phrase.begin if phrase is not None else said.token
        by = self.word(first).lower() in name_cues("agent") or self.word(first - 1).lower() in name_cues("agent")
        return by and said.sentence == self.sentence[i]

    def is_bare(self, said: PastMention) -> bool:
        """Tell whether a mention may be subject or object."""
        phrase = self.phrases.get(said.token)
        return phrase is not None and phrase.bare

    def is_aside(self, said: PastMention) -> bool:
        """Tell whether a mention stands in a relative clause."""
        phrase = self.phrases.get(said.token)
        return phrase is not None and phrase.relative

    def is_described(self, slug: str) -> bool:
        """Tell whether the text has only described somebody so far (drei Händler)."""
        last = self.history.last.get(slug)
        return last is not None and last.mention.kind == "description"

    def country_ahead(self, i: int) -> str | None:
        """Return the country of the next place that the sentence of token ``i`` names."""
        k = bisect_right(self.scenes, (i, "\uffff"))
        ahead = self.scenes[k] if k < len(self.scenes) else None
        return ahead[1] if ahead is not None and self.sentence[ahead[0]] == self.sentence[i] else None

    def has_subject_before(self, i: int) -> bool:
        """Tell whether a phrase fills the place before the finite verb at token ``i - 1`` as its subject."""
        phrase = self.phrases.get(i - 2)
        opens = phrase is not None and (phrase.begin == 0 or self.sentence[phrase.begin - 1] != self.sentence[i])
        return self.tag(i - 1).endswith("FIN") and opens and phrase is not None and phrase.bare and phrase.subject

    def tell(self, mention: Mention, first: int) -> None:
        """Add ``mention``, which begins at token ``first``, to the history."""
        entity = self.history.entities[mention.entity]
        start = self.phrase_start(first)
        before = start - 1
        determiner = self.word(before) if self.tag(before) in DEFINITE else ""
        if determiner and self.tag(before) != "APPRART":
            before -= 1
        gender = self._gender(mention, entity, determiner)
        place = entity.kind in PLACE_KINDS
        phrase = self.phrases.get(mention.head)
        governs = phrase is not None and phrase.acts and government_in(entity) is not None  # Moskau forderte die Rebellen auf
        led_to = place and self.word(before) in name_cues("leads") and self._is_inside(mention, first)
        seat = place and self.word(before) == "in" and (self._is_seat(before - 1) or self._is_seated_behind(mention))
        aside = led_to or seat
        scene = place and (self._sets_scene(before, first) or self._is_dateline(first))
        attribute = self.tag(before) == "NN" and determiner in name_cues("genitive")
        inner = self._is_inside(mention, first)  # the IS in IS-Chef Abu Omar
        subject = not (attribute or inner or self.tag(before) in GOVERNED) and (phrase is None or phrase.subject)
        toward = entity.kind == "Country" and self.word(before).lower() == "nach"
        self.history.tell(
            PastMention(mention, self.sentence[first], mention.head, gender, subject, scene, aside, toward, governs)
        )

    def _is_dateline(self, first: int) -> bool:
        """Tell whether the sentence of token ``first`` only says where the report was written: Mossul/Erbil."""
        start, end = max(0, first - LONGEST_DATELINE), min(len(self.words), first + LONGEST_DATELINE + 1)
        inside = [k for k in range(start, end) if self.sentence[k] == self.sentence[first]]
        if inside[0] == 0 or len(inside) > LONGEST_DATELINE:
            return False
        return all(self.covered[k] is not None or not self.words[k].strip().isalnum() for k in inside)

    def _is_inside(self, mention: Mention, first: int) -> bool:
        """Tell whether a name is part of that of something else: Aleppo in Straße nach Aleppo."""
        return mention.kind == "name" and self.covered[first] not in (None, mention)

    def _gender(self, mention: Mention, entity: Entity, determiner: str) -> str:
        noun = self.words[mention.head]
        if mention.kind == "pronoun" and (last := self.history.last.get(mention.entity)) is not None:
            return last.gender  # it says no more than what it takes up
        if mention.kind == "description":
            phrase = self.phrases.get(mention.head)
            return described_gender(entity, noun, phrase.genders if phrase and phrase.head == mention.head else ALL)
        clues = common(genders_of(determiner), self.clues.get(noun, ALL))
        phrase = self.phrases.get(mention.head)
        if phrase is not None and phrase.head == mention.head:
            clues = common(clues, phrase.genders)  # der wichtigste Verbündete: a subject in -e is no genitive
        return self.women.get(mention.entity) or gender_of(entity, self.text[mention.begin : mention.end], noun, clues)

    def _is_seated_behind(self, mention: Mention) -> bool:
        """Tell whether the word behind a town makes it a seat: die in London ansässige Beobachtungsstelle."""
        return self.word(mention.head + 1).lower().startswith(tuple(name_cues("seated")))

    def _sets_scene(self, before: int, first: int) -> bool:
        """Tell whether a place only says where something else is: bei Mossul, als sie in Aleppo kämpften."""
        if self.word(before).lower() in name_cues("scene") or self.word(before - 1).lower() in name_cues("scene"):
            return True
        for said in self.history.recent[-1:] if self.word(before) in name_cues("joiner") else ():
            if said.scene and before > 0 and said.mention.end == self.ends[before - 1]:
                return True  # zwischen Rakka und Mossul
        if self.word(before) == "in" and self.word(before - 1).lower().endswith(tuple(name_cues("official"))):
            return True  # sagte ein Armeesprecher in Bagdad
        if (phrase := self.phrases.get(first)) is not None and phrase.where_said:
            return True
        return self.word(before) == "in" and self._in_side_clause(first)

    def _in_side_clause(self, i: int) -> bool:
        """Tell whether a conjunction that puts the verb last opens the clause of token ``i``."""
        for k in range(i - 1, max(-1, i - LONGEST_CLAUSE), -1):
            if self.words[k] == "," or self.sentence[k] != self.sentence[i]:
                return False
            if self.tags[k] == "KOUS" or self.words[k].lower() in name_cues("clause"):
                return True
        return False

    def _is_seat(self, i: int) -> bool:
        """Tell whether token ``i`` ends the name of an actor, of which a town behind it is but the seat, or mit Sitz."""
        if self.word(i).lower() in name_cues("seat"):
            return True
        last = self.history.recent[-1] if self.history.recent else None
        if last is None or i < 0 or last.mention.end != self.ends[i] or last.mention.kind != "name":
            return False
        return self.history.kind(last) in INSTITUTION_KINDS


def _phrases(doc: Doc) -> dict[int, Phrase]:
    """Return the noun phrase of every token in one; the first of two that overlap."""
    found: dict[int, Phrase] = {}
    for syntax in doc._.clauses:
        index = syntax.words.index
        for clause, chunks in enumerate(syntax.chunks):
            told = syntax.predicates[clause]
            says = any(p.lemma in reporting_verbs() and p.voice == "active" for p in told)
            front = None if says and _opens(syntax, clause) else _fronted_subject(syntax, clause)
            indirect = any(p.mood != "indicative" for p in told)
            for number, chunk in enumerate(chunks):
                first = chunk if chunk.list_with is None else chunks[chunk.list_with]
                subject = chunk.preposition is None and chunk.genitive_of is None and chunk.may_be("n")
                subject = subject and (front is None or front in (number, chunk.list_with))
                phrase = Phrase(
                    index[chunk.begin], index[chunk.head], index[first.begin], _genders(chunk.readings), subject,
                    acts=syntax.words.tag[chunk.head] == "NE" and acts(syntax, (clause, number)),
                    speaks=says and subject, stated=names_statement(syntax.words.lemma[chunk.head]), indirect=indirect,
                    bare=chunk.preposition is None and chunk.genitive_of is None,
                    relative=syntax.clauses[clause].kind == "relative",
                    suffers=any(p.voice == "passive" and _is_suffered(p.lemma) for p in told),
                    where_said=says and chunk.preposition == "in" and _is_adverbial(chunks, chunk),
                )  # fmt: skip
                for word in range(chunk.begin, chunk.end):
                    found.setdefault(index[word], phrase)
    return found


@cache
def _is_suffered(verb: str) -> bool:
    return any(entry.kind in SUFFERED for entry in load_event_lexicon().verbs.get(verb, ()))


def _is_adverbial(chunks: Sequence[Chunk], chunk: Chunk) -> bool:
    """Whether a phrase of place hangs on no noun: it stands alone or behind a day (am Freitag in Genf)."""
    return chunk.follows is None or chunks[chunk.follows].preposition == "am"


def _opens(syntax: Syntax, clause: int) -> bool:
    """Whether a clause opens with its finite verb: …, sagte General Ali."""
    it = syntax.clauses[clause]
    return it.finite is not None and it.finite == it.words[0]


def _fronted_subject(syntax: Syntax, clause: int) -> int | None:
    """Return the number of the phrase that is surely the subject: Die Extremisten setzten Scharfschützen ein.

    It stands beside the finite verb, as the first without preposition: Bei Homs haben Rebellen Soldaten getötet. NOWHERE where
    it stands in the clause before: … und setzten Scharfschützen ein; None where any may be it.
    """
    it = syntax.clauses[clause]
    finite = it.finite
    if it.shares is not None and finite is not None and finite in it.words[:2]:
        return NOWHERE
    bare = (k for k, c in enumerate(syntax.chunks[clause]) if c.preposition is None and c.genitive_of is None)
    first = next(bare, None) if it.kind == "main" and finite is not None else None
    if first is None or finite is None:
        return None
    chunk, words = syntax.chunks[clause][first], syntax.words
    number = any(words.tag[k] == "CARD" for k in range(chunk.begin, chunk.head))
    fronted, behind = chunk.end == finite, chunk.begin == finite + 1
    if not (fronted or behind) or (chunk.determiner is None and (chunk.pronoun or (number and fronted))):
        return None
    return first if chunk.may_be("n") and chunk.may_agree(is_plural(words.lower[finite])) else None


def _genders(readings: Readings) -> str:
    """Return the genders of readings (case, number, gender), of those of a subject where there are any."""
    readings = frozenset(reading for reading in readings if reading[0] == "n") or readings
    letters = "".join("p" if reading[1] == "p" else reading[2].replace("x", "mfn") for reading in readings)
    return "".join(letter for letter in ALL if letter in letters)
