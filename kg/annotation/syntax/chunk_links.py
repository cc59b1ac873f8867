"""What hangs on what among the noun phrases of a clause: genitives, lists, appositions."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from kg.annotation.syntax.address import addressed
from kg.annotation.syntax.chunks import PARTICIPLE_ENDINGS, Chunk, plain
from kg.annotation.syntax.words import SentenceWords
from kg.german.word_sets import word_set

SEATED, BY_WHOM = word_set("syntax", "seated"), word_set("syntax", "agent_of_nouns")
CALLED = "namens"  # ein Algerier namens Karim Omari
ALSO, ALSO_AFTER = "auch", word_set("syntax", "also_after")
NEITHER, NOR = "weder", "noch"
LONGEST_PAIRING = 3  # words: a comma and als auch
SOME = frozenset(("CARD", "PIS", "PIAT"))
Joint = Literal["", "next", "and", "comma"]


def link(chunks: list[Chunk], words: SentenceWords) -> tuple[Chunk, ...]:
    """Add the links between the chunks of a clause."""
    spoken_to = addressed(words)
    joints = [
        _joint(chunks[k - 1], c, words) if k and _go_together(chunks[k - 1], c, spoken_to) else "" for k, c in enumerate(chunks)
    ]
    out = [_some_of(k, chunks, joints[k], words) or _attribute(k, chunks, joints[k]) for k in range(len(chunks))]
    _link_fronted(out)
    first = 0
    for k in range(1, len(out)):
        if not joints[k] and out[k].genitive_of is None and out[k].follows is None:
            first = k
        elif joints[k] in ("and", "comma"):
            left = _partner(k, out, first)
            if left is None:
                continue
            listed = joints[k] == "and" or ("and" in joints[k + 1 : k + 12] and _ends_in_and(k, joints, out))
            if listed:
                root = out[left].list_with
                out[k] = replace(out[k], list_with=left if root is None else root)
            else:
                out[k] = replace(out[k], apposition_to=left)
    return tuple(_with_agents(out, words))


def _with_agents(chunks: list[Chunk], words: SentenceWords) -> list[Chunk]:
    """Von der Armee (als Geiseln) genommene Rebellen: the agent before a participle without article is part of its phrase.

    So is a number before the agent: zwölf von der Armee gesuchte Rebellen.
    """
    out = list(chunks)
    for k, this in enumerate(out):
        participle = words.tag[this.begin] == "ADJA" and words.lower[this.begin].endswith(PARTICIPLE_ENDINGS)
        if not participle or this.preposition is not None or this.genitive_of is not None:
            continue
        j = k - 1
        while j > 0 and out[j].preposition == "als" and out[j].end == out[j + 1].begin:
            j -= 1
        agent = out[j] if j >= 0 and out[j].end == out[j + 1].begin else None
        if agent is not None and plain(agent.preposition) == "von" and agent.follows is None:
            count = out[j - 1] if j > 0 and words.tag[out[j - 1].head] == "CARD" and out[j - 1].end == agent.begin else None
            out[k] = replace(this, begin=count.begin if count else agent.begin, genitive_of=None, follows=None)
            if count is not None:
                out[j - 1] = replace(count, readings=frozenset())  # it is no phrase of its own
    return out


def _go_together(left: Chunk, right: Chunk, spoken_to: frozenset[int]) -> bool:
    """Herr Kehrer, die SDF haben …: who is spoken to is a phrase by itself."""
    return (left.head in spoken_to) == (right.head in spoken_to)


def _link_fronted(chunks: list[Chunk]) -> None:
    """Make a genitive name that stands for an article (Israels Luftangriffe) an attribute of its noun."""
    owner = {c.determiner: k for k, c in enumerate(chunks) if c.determiner is not None}
    for k, c in enumerate(chunks):
        if c.head in owner and owner[c.head] != k:
            chunks[k] = replace(c, genitive_of=owner[c.head])


def _joint(left: Chunk, right: Chunk, words: SentenceWords) -> Joint:
    """What stands between two phrases: nothing, a conjunction, a comma, or more than that ("")."""
    between = [i for i in _outside_brackets(range(left.end, right.begin), words) if words.tag[i] != "$("]
    if not between:
        return "next" if left.end <= right.begin else ""
    tags = [words.tag[i] for i in between]
    loose = [t for t in tags if t not in ("ADV", "PTKNEG", "PROAV")]
    if loose == ["KON"] or loose == ["$,", "KON"] or (len(between) <= LONGEST_PAIRING and _is_paired(between, words)):
        return "and"
    if loose == ["$,"]:
        return "comma"
    return ""


def _is_paired(between: list[int], words: SentenceWords) -> bool:
    """Sowohl die USA als auch Frankreich, weder die Armee noch die Miliz."""
    last = words.lower[between[-1]]
    also = last == ALSO and len(between) > 1 and words.lower[between[-2]] in ALSO_AFTER
    return also or (last == NOR and NEITHER in words.lower[: between[-1]])


def _outside_brackets(span: range, words: SentenceWords) -> list[int]:
    """Leave out what stands in brackets: der Volkspartei (VP) und der Armee."""
    depth, out = 0, []
    for i in span:
        depth += words.text[i] == "("
        out += [i] if depth <= 0 else []
        depth -= words.text[i] == ")"
    return out


def _ends_in_and(k: int, joints: list[Joint], chunks: list[Chunk]) -> bool:
    """Whether the list that goes on with chunk k is closed by a conjunction, with only attributes in between."""
    for j in range(k + 1, len(chunks)):
        if joints[j] == "and":
            return True
        if joints[j] == "" or (joints[j] == "next" and chunks[j].genitive_of is None and chunks[j].follows is None):
            return False
    return False


def _some_of(k: int, chunks: list[Chunk], joint: str, words: SentenceWords) -> Chunk | None:
    """Drei der Angreifer, einer von ihnen: the genitive plural, or pronoun, of which a number or pronoun is a part."""
    this, before = chunks[k], chunks[k - 1] if k else None
    if joint != "next" or before is None or not before.pronoun or words.tag[before.head] not in SOME:
        return None
    if this.pronoun and plain(this.preposition) == "von" and words.tag[this.head] == "PPER":
        return replace(this, preposition=None, genitive_of=k - 1)
    article = this.preposition is None and this.determiner is not None
    return replace(this, genitive_of=k - 1) if article and "gpx" in this.readings else None


def _attribute(k: int, chunks: list[Chunk], joint: str) -> Chunk:
    this = chunks[k]
    if joint == "" and this.preposition in BY_WHOM and (whole := _whole_before(k, chunks)) is not None:
        return replace(this, follows=whole)
    if joint != "next" or chunks[k - 1].pronoun or this.pronoun:
        return this
    if this.preposition == CALLED:
        return replace(this, preposition=None, readings=chunks[k - 1].readings, apposition_to=k - 1)
    if this.preposition:
        return replace(this, follows=k - 1)
    return replace(this, genitive_of=k - 1) if this.may_be("g") else this


def _whole_before(k: int, chunks: list[Chunk]) -> int | None:
    """Die Einnahme der von Turkmenen bewohnten Stadt durch die Miliz: the phrase that ends here and has another inside."""
    j = k - 2
    whole = j >= 0 and chunks[j].begin <= chunks[k - 1].begin and chunks[k - 1].end < chunks[j].end == chunks[k].begin
    return j if whole else None


def _partner(k: int, chunks: list[Chunk], first: int) -> int | None:
    """The phrase that chunk k is listed with: nearest one to its left that can stand in the same case."""
    this, j = chunks[k], k - 1
    while j >= 0:
        left = chunks[j]
        same = {r[0] for r in left.readings} & {r[0] for r in this.readings}
        alike = this.preposition is None or plain(this.preposition) == plain(left.preposition)
        fits = alike and bool(same)
        if left.genitive_of is not None and not this.may_be("g"):
            fits = False
        if left.preposition in SEATED and left.determiner is None and left.follows is not None and not this.may_be("d"):
            fits = False  # die Regierung in Bagdad und die Kurden
        if fits and not left.pronoun:
            return j
        up = left.genitive_of if left.genitive_of is not None else left.follows
        if up is None:
            up = left.list_with
        if up is None or up >= j:
            return None
        j = up
    return None
