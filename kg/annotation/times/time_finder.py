"""German time expressions to day bounds against the publication day: ``doc._.timexes``.

``begin`` and ``end`` of a Timex leave out "am", "im", "in der" and take in the prepositions that carry meaning: seit,
bis, vor, nach, ab, zwischen. A bare weekday is the last one up to the day of publication, a bare month the last one
begun by then; in a clause that speaks of the future it is the next. Months are cut in tens of days, years into
January-March, May-August, October-December. "vor drei Jahren" is the calendar year, "vor gut einem Monat" the half
month up to the day a month ago.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotation.records import Timex, register_extensions
from kg.annotation.times.lexicon import TimeLexicon, load_time_lexicon
from kg.annotation.times.reader import read_times
from kg.annotation.times.tense import past_verbs
from kg.annotation.words.subtokens import pieces_of


class Dates:
    """Finds time expressions; needs sentence bounds for a capital "Morgen" only."""

    def __init__(self, name: str, lexicon: TimeLexicon) -> None:
        self.name = name
        self.lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.timexes``."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> tuple[Timex, ...]:
        """Return the time expressions of ``doc``, which ``doc._.published`` (a date or None) places."""
        return read_times(pieces_of(doc), self.lexicon, doc._.published, past_verbs(doc))

    def set_annotations(self, doc: Doc, timexes: tuple[Timex, ...]) -> None:
        """Write what :meth:`match` found."""
        doc._.timexes = timexes


@Language.factory("lagebild_dates", requires=["token.is_sent_start", "token.lemma", "token.tag"], assigns=["doc._.timexes"])
def create(nlp: Language, name: str) -> Dates:
    """Return the component ``lagebild_dates``."""
    register_extensions()
    return Dates(name, load_time_lexicon())
