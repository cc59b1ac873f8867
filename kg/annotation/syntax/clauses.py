"""Cuts a sentence into clauses: verb-second, verb-final, relative, infinitive and verbless ones, with their words.

German marks its clauses well: a subordinate clause begins behind a comma with a conjunction or relative pronoun and
ends with its finite verb; a main clause has its finite verb in second place. So one pass with a stack is enough.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kg.annotation.syntax.moods import mood_at
from kg.annotation.syntax.words import CLAUSE_DASHES, CLOSING, OPENING, SentenceWords
from kg.german.punctuation import QUOTES
from kg.german.stts import FINITE, NONFINITE, NOUNS, QUESTION, RELATIVE, VERBAL

OPENS_SHORTLY = frozenset(("NE", "NN", "CARD", "ADJA"))
ClauseKind = Literal["main", "subordinate", "relative", "infinitive", "fragment"]
MOST_IN_ROW = 6  # clauses that end with their verb, one behind the other
LONGEST_INSERTION = 25  # words between a subject and its verb
AUXILIARY = frozenset(("VAFIN", "VMFIN"))
MODIFIERS = frozenset(("ADV", "ADJD", "PTKNEG", "KOKOM", "PROAV", "PIAT"))


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause; numbers are word positions in its sentence, ``parent`` and ``shares`` are clause numbers.

    ``words`` are its own words without those of clauses inside it; ``opener`` is its conjunction or relative pronoun;
    ``shares`` names the clause before it whose subject it shares when it has none of its own.
    """

    kind: ClauseKind
    words: tuple[int, ...]
    opener: int | None
    finite: int | None
    parent: int | None
    shares: int | None


@dataclass(slots=True)
class _Open:
    """A clause under construction."""

    number: int
    kind: ClauseKind
    opener: int | None
    parent: int | None
    shares: int | None = None
    finite: int | None = None
    words: list[int] = field(default_factory=list)
    zu_verb: bool = False

    def complete(self) -> bool:
        """Whether a comma or conjunction may end it: its finite verb (or zu-infinitive) has been seen."""
        return self.zu_verb if self.kind == "infinitive" else self.finite is not None


def segment(words: SentenceWords) -> tuple[Clause, ...]:
    """Return the clauses of a sentence in the order in which they begin; a clause without words is left out."""
    return _Segmenter(words).run()


class _Segmenter:
    def __init__(self, words: SentenceWords) -> None:
        self.words = words
        self.length = len(words)
        self.all: list[_Open] = []
        self.stack: list[_Open] = []
        self.parens: list[int] = []  # stack heights to return to
        self.dashed: list[bool] = []  # whether the parenthesis began with a dash
        self.bound = self._boundaries()
        self.next_finite = self._next_finite()

    def run(self) -> tuple[Clause, ...]:
        i = self._dateline()
        self._open("main")
        while i < self.length:
            i = self._take(i)
        return self._result()

    def _dateline(self) -> int:
        """Take Paris (dpa) – before a sentence as a clause of its own; return where the sentence begins."""
        w, end = self.words, 0
        while end < self.length and w.tag[end] == "NE":
            end += 1
        dash = end
        if 0 < end < self.length and w.text[end] in OPENING:
            dash = next((k + 1 for k in range(end, self.length) if w.text[k] in CLOSING), self.length)
        dashes = [k for k in range(self.length) if w.text[k] in CLAUSE_DASHES]
        if end == 0 or dashes != [dash] or self.next_finite[dash] == self.length:
            return 0
        for begin, stop in ((0, end), (end + 1, dash - 1)):
            if begin < stop:
                self._open("fragment")
                for k in range(begin, stop):
                    self._add(k)
        self.stack.clear()
        return dash + 1

    # -- looking ahead; each answers in constant or bounded time ----------------------------------------------

    def _boundaries(self) -> list[int]:
        """For every position the next comma, colon, full stop, bracket or dash at or behind it."""
        w, out, last = self.words, [0] * (self.length + 1), self.length
        out[self.length] = self.length
        for i in range(self.length - 1, -1, -1):
            if w.tag[i] in ("$,", "$.") or w.text[i] in CLAUSE_DASHES or w.text[i] in OPENING or w.text[i] in CLOSING:
                last = i
            out[i] = last
        return out

    def _next_finite(self) -> list[int]:
        out, last = [self.length] * (self.length + 1), self.length
        for i in range(self.length - 1, -1, -1):
            if self.words.tag[i] in FINITE:
                last = i
            out[i] = last
        return out

    def _finite_before_boundary(self, i: int) -> int | None:
        if i >= self.length:
            return None
        found = self.next_finite[i]
        return found if found < self.bound[i] else None

    def _skip(self, i: int) -> int:
        while i < self.length and self.words.text[i] in QUOTES:
            i += 1
        return i

    def _subordinator(self, i: int) -> int | None:
        """Return the position of the conjunction, relative or question word if a subordinate clause begins at i."""
        w, i = self.words, self._skip(i)
        j = i
        while j < self.length and j < i + 3 and w.tag[j] in MODIFIERS:
            j += 1
        if j < self.length and w.tag[j] in ("KOUS", "KOUI"):
            return j if self._verb_ahead(j) else None
        if i < self.length and (w.tag[i] in RELATIVE or w.tag[i] in QUESTION):
            return i if self._verb_final(i) else None
        if i + 1 < self.length and w.tag[i] in ("APPR", "KOKOM") and (w.tag[i + 1] in RELATIVE or w.tag[i + 1] in QUESTION):
            return i + 1 if self._verb_final(i + 1) else None
        return None

    def _verb_ahead(self, i: int) -> bool:
        return self.next_finite[i] < self.length or self.words.tag[i] == "KOUI"

    def _verb_final(self, i: int) -> bool:
        """Whether the clause that begins at i can end with its verb: not with one directly behind its first word."""
        first = self.next_finite[i]
        if first >= self.length or self._closes_later(first):
            return False
        if self.words.tag[i] in QUESTION:  # Wie schon in Mossul greifen sie an: a main clause
            return self.bound[first] == first + 1 or self.words.tag[first + 1] in VERBAL or self.words.tag[first + 1] == "KON"
        return first != i + 1 or self.bound[i] == first + 1 or self.words.tag[i] in RELATIVE

    def _closes_later(self, finite: int) -> bool:
        """Whether a participle or infinitive closes a bracket that this finite verb opens: verb-second."""
        end = self.bound[finite]
        return (
            end - finite > 2
            and self.words.tag[end - 1] in ("VVPP", "VAPP", "VVINF", "VAINF", "VMINF")
            and (self.words.tag[finite + 1] not in NONFINITE)
        )

    def _infinitive(self, i: int) -> bool:
        """Whether the words up to the next boundary are an infinitive clause with zu."""
        w, i = self.words, self._skip(i)
        end = self.bound[i] if i < self.length else self.length
        if self._finite_before_boundary(i) is not None:
            return False
        k = end - 1
        while k > i and (w.text[k] in QUOTES or w.tag[k] in ("VAINF", "VMINF", "VVINF")) and w.tag[k - 1] != "PTKZU":
            k -= 1
        return k >= i and (w.tag[k] == "VVIZU" or (k > i and w.tag[k - 1] == "PTKZU"))

    # -- the pass ---------------------------------------------------------------------------------------------

    def _take(self, i: int) -> int:
        w = self.words
        tag, text = w.tag[i], w.text[i]
        if text in QUOTES:
            return i + 1
        if text in OPENING:
            self._parenthesis(dashed=False)
        elif text in CLOSING:
            self._close_paren()
        elif tag == "$,":
            return self._comma(i)
        elif text in CLAUSE_DASHES:
            self._dash(i)
        elif tag == "$.":
            self._stop()
        elif tag == "KON":
            return self._conjunction(i)
        elif (j := self._plain_subordinator(i)) is not None:
            self._subordinate(i, j)
            return j + 1
        else:
            self._add(i)
        return i + 1

    def _plain_subordinator(self, i: int) -> int | None:
        """A subordinate clause without a comma before it: at the beginning, or a conjunction in the middle."""
        first = not self.stack[-1].words and self.stack[-1].kind != "infinitive"
        if self.words.tag[i] in ("KOUS", "KOUI") or (first and self.words.tag[i] in MODIFIERS | {"APPR"} | QUESTION):
            return self._subordinator(i) if first or self.words.tag[i] in ("KOUS", "KOUI") else None
        return None

    def _comma(self, i: int) -> int:
        j = self._subordinator(i + 1)
        if j is not None:
            self._subordinate(self._skip(i + 1), j)
            return j + 1
        if self._infinitive(i + 1):
            self._open("infinitive", parent=self.stack[-1].number)
            return i + 1
        top = self.stack[-1]
        if top.kind in ("subordinate", "relative") and top.complete() and self._row_of_finals(i + 1):
            self._sibling(top.kind, top)
            return i + 1
        self._close_complete()
        top = self.stack[-1]
        if self._resumes(top, i + 1):
            self.stack[-1] = self.all[top.shares or 0]
        elif top.kind == "main" and top.finite is not None and self._has_next(i + 1):
            self._sibling("main", top)
        return i + 1

    def _row_of_finals(self, i: int) -> bool:
        """…, wie sie das Dorf überfielen, die Männer erschossen und die Frauen verschleppten: whether verb-final clauses go on.

        The last of them stands behind a conjunction.
        """
        for _ in range(MOST_IN_ROW):
            finite = self._finite_before_boundary(i)
            if finite is None or finite == i or finite + 1 == self.length:
                return False
            if self.words.tag[finite + 1] == "KON":
                last = self._finite_before_boundary(finite + 2)
                return last is not None and last > finite + 2 and last + 1 == self.bound[last]
            if self.words.tag[finite + 1] != "$,":
                return False
            i = finite + 2
        return False

    def _has_next(self, i: int) -> bool:
        """Whether a finite verb of its own follows behind the comma."""
        return self._finite_before_boundary(i) is not None or self._said_with_insertion(i)

    def _said_with_insertion(self, i: int) -> bool:
        """Er sagte, die Rebellen, darunter Ausländer, hätten Homs erobert: between a subject and its verb stand commas.

        Without the subjunctive of reported speech it may be an apposition, and the verb behind it that of who speaks.
        """
        first = end = self.bound[i]
        if self._finite_before_boundary(i) is not None or set(NOUNS).isdisjoint(self.words.tag[i:first]):
            return False
        while end + 1 < min(self.length, first + LONGEST_INSERTION) and self.words.tag[end] == "$,":
            if self.words.tag[end + 1] in FINITE:
                return mood_at(self.words, end + 1) != "indicative"
            finite, end = self._finite_before_boundary(end + 1), self.bound[end + 1]
            if finite is not None and finite + 1 != end:
                return False
        return False

    def _resumes(self, top: _Open, i: int) -> bool:
        """Die Miliz soll, so heißt es, die Brücke gesprengt haben: back to a clause whose bracket is still open."""
        left = self.all[top.shares] if top.kind == "main" and top.shares is not None else None
        if left is None or left.finite is None or self.words.tag[left.finite] not in AUXILIARY:
            return False
        end = self.bound[i]
        closes = self._finite_before_boundary(i) is None and end > i and self.words.tag[end - 1] in NONFINITE
        return closes and left.words[-1] == left.finite

    def _dash(self, i: int) -> None:
        top = self.stack[-1]
        if self.parens and self.dashed[-1]:
            self._close_paren()
        elif not top.complete() and self._dash_pair(i):
            self._parenthesis(dashed=True)
        elif (
            (top.complete() or self._told_shortly(i))
            and (self._finite_before_boundary(i + 1) is not None or self._ends_shortly(i))
            and (not self._subordinator(i + 1))
        ):
            self._close_complete()
            self._sibling("main", self.stack[-1])

    def _told_shortly(self, i: int) -> bool:
        """Drei Soldaten getötet – Armee greift an: a participle alone ends a headline's first statement."""
        top = self.stack[-1]
        return len(self.stack) == 1 and top.finite is None and top.words[-1:] == [i - 1] and self.words.tag[i - 1] == "VVPP"

    def _ends_shortly(self, i: int) -> bool:
        """Türkei bombardiert Rakka – Washington besorgt: a headline's last statement leaves its finite verb out."""
        w, first = self.words, i + 1
        last = self.length - 1
        return first < last == self.bound[first] - 1 and w.tag[last] == "ADJD" and w.tag[first] in OPENS_SHORTLY

    def _dash_pair(self, i: int) -> bool:
        """Whether a clause stands between this dash and the next: Die Stadt – sie liegt am Fluss – fiel."""
        end = self.bound[i + 1]
        return end < self.length and self.words.text[end] in CLAUSE_DASHES and self.next_finite[i + 1] < end

    def _stop(self) -> None:
        del self.stack[:]
        self.parens.clear()
        self.dashed.clear()
        self._open("main")

    def _conjunction(self, i: int) -> int:
        top, j = self.stack[-1], self._subordinator(i + 1)
        finite = self._finite_before_boundary(i + 1)
        if j is not None:
            if top.kind != "main" and top.complete():
                self.stack.pop()
            self._subordinate(i, j)
            return j + 1
        if top.complete() and finite is not None and not self._participle(finite, top):
            if top.kind == "main" or top.kind == "fragment":
                self._sibling("main", top)
            elif finite + 1 >= self.bound[i + 1] or self.words.tag[finite + 1] == "KON":
                self._sibling(top.kind, top)
            else:
                self._close_complete()
                self._sibling("main", self.stack[-1])
        self._add(i)
        return i + 1

    def _participle(self, k: int, top: _Open) -> bool:
        """Whether a "finite" form is the second participle of a bracket: hat die Stadt umstellt und beschossen."""
        if top.finite is None or self.words.tag[top.finite] not in AUXILIARY or self.words.tag[k] != "VVFIN":
            return False
        return k + 1 >= self.bound[k] and self.words.lower[k].endswith(("t", "en"))

    def _parenthesis(self, *, dashed: bool) -> None:
        self.parens.append(len(self.stack))
        self.dashed.append(dashed)
        self._open("fragment", parent=self.stack[-1].number)

    def _close_paren(self) -> None:
        if self.parens:
            self.dashed.pop()
            del self.stack[max(self.parens.pop(), 1) :]

    def _close_complete(self) -> None:
        while len(self.stack) > 1 and self.stack[-1].kind != "main" and self.stack[-1].complete():
            if self.parens and len(self.stack) <= self.parens[-1] + 1:
                return
            self.stack.pop()

    def _subordinate(self, begin: int, opener: int) -> None:
        tag = self.words.tag[opener]
        relative = tag in RELATIVE or (tag == "PWS" and self._indefinite_before(begin))
        kind: ClauseKind = "relative" if relative else "infinitive" if tag == "KOUI" else "subordinate"
        self._open(kind, parent=self.stack[-1].number, opener=opener)
        for k in range(begin, opener + 1):
            self._add(k)

    def _indefinite_before(self, begin: int) -> bool:
        """alles, was er wusste: a question word behind an indefinite pronoun is a relative."""
        return begin > 1 and self.words.tag[begin - 1] == "$," and self.words.tag[begin - 2] in ("PIS", "PDS")

    def _sibling(self, kind: ClauseKind, left: _Open) -> None:
        """Open a clause beside ``left``, which it replaces on the stack."""
        self.stack.pop()
        self._open(kind, parent=left.parent, opener=left.opener if kind != "main" else None, shares=left.number)

    def _open(self, kind: ClauseKind, parent: int | None = None, opener: int | None = None, shares: int | None = None) -> None:
        clause = _Open(len(self.all), kind, opener, parent, shares)
        self.all.append(clause)
        self.stack.append(clause)

    def _add(self, k: int) -> None:
        top = self.stack[-1]
        top.words.append(k)
        tag = self.words.tag[k]
        if tag in FINITE and (top.finite is None or (top.kind != "main" and top.kind != "fragment")):
            top.finite = k
        elif tag == "VVIZU" or (tag in ("VVINF", "VAINF", "VMINF") and k and self.words.tag[k - 1] == "PTKZU"):
            top.zu_verb = True

    def _result(self) -> tuple[Clause, ...]:
        kept = [c for c in self.all if c.words]
        number = {c.number: k for k, c in enumerate(kept)}
        return tuple(
            Clause(
                _kind(c),
                tuple(c.words),
                c.opener,
                c.finite,
                number.get(c.parent) if c.parent is not None else None,
                number.get(c.shares) if c.shares is not None else None,
            )
            for c in kept
        )


def _kind(clause: _Open) -> ClauseKind:
    """What was taken for a main clause is a fragment without finite verb, and the other way round in brackets."""
    if clause.kind in ("main", "fragment"):
        return "main" if clause.finite is not None else "fragment"
    return clause.kind
