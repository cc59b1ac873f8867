"""German time expressions to day bounds against the publication day: ``doc._.timexes``.

``begin`` and ``end`` of a Timex leave out "am", "im", "in der" and take in the prepositions that carry meaning: seit,
bis, vor, nach, ab, zwischen. A bare weekday is the last one up to the day of publication, a bare month the last one
begun by then; in a clause that speaks of the future it is the next. Months are cut in tens of days, years into
January-March, May-August, October-December. "vor drei Jahren" is the calendar year, "vor gut einem Monat" the half
month up to the day a month ago.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotation.records import TimeDistance, Timex, register_extensions
from kg.annotation.times.distances import read_distances
from kg.annotation.times.lexicon import TimeLexicon, load_time_lexicon
from kg.annotation.times.line import Now
from kg.annotation.times.reader import read_times, time_line
from kg.annotation.times.tense import intended_verbs, past_verbs
from kg.annotation.words.subtokens import pieces_of
from kg.annotation.words.token_table import tokens_of


@dataclass(frozen=True, slots=True)
class Times:
    """The time expressions of a document, and the lengths of time that it counts from what happened."""

    timexes: tuple[Timex, ...]
    undated: tuple[tuple[int, int], ...]
    distances: tuple[TimeDistance, ...]


class Dates:
    """Finds time expressions; needs sentence bounds for a capital "Morgen" only."""

    def __init__(self, name: str, lexicon: TimeLexicon) -> None:
        self.name = name
        self.lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.timexes``, ``doc._.undated_times`` and ``doc._.time_distances``."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> Times:
        """Return the times of ``doc``, which ``doc._.published`` (a date or None) places."""
        tokens = tokens_of(doc)
        line = time_line(pieces_of(tokens), self.lexicon, past_verbs(tokens), intended_verbs(tokens))
        found = read_times(line, doc._.published)
        return Times(found.timexes, found.undated, read_distances(line, Now(doc._.published)))

    def set_annotations(self, doc: Doc, found: Times) -> None:
        """Write what :meth:`match` found."""
        doc._.timexes, doc._.undated_times, doc._.time_distances = found.timexes, found.undated, found.distances


@Language.factory(
    "lagebild_dates",
    requires=["token.is_sent_start", "token.lemma", "token.tag"],
    assigns=["doc._.timexes", "doc._.undated_times", "doc._.time_distances"],
)
def create(nlp: Language, name: str) -> Dates:
    """Return the component ``lagebild_dates``."""
    register_extensions()
    return Dates(name, load_time_lexicon())
