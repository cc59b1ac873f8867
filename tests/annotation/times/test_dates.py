"""German time expressions: what is found, where it stands, and which days it means."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from spacy.lang.de import German
from spacy.tokens import Doc

from kg.annotation.records import EXTENSIONS, Timex
from kg.annotation.times.calendar import easter
from kg.annotation.times.time_finder import Dates, create
from tests.support.places import DATA_FOLDER

# Publication days: 2017-11-10 is a Friday, 2014-01-06 a Monday.
FRIDAY, MONDAY = date(2017, 11, 10), date(2014, 1, 6)


def table() -> list[tuple[date, str, str, str, str]]:
    """Return the rows of time_expressions.tsv: publication day, sentence, expression, earliest and latest day."""
    lines = DATA_FOLDER.joinpath("time_expressions.tsv").read_text(encoding="utf8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return [(date.fromisoformat(published), text, what, first, last) for published, text, what, first, last in rows]


EXPRESSIONS = table()

# publication, text, all expressions with their bounds: what counts from the day last spoken of, several in a row
SEQUENCES = [
    (
        FRIDAY,
        "Am Montag, Dienstag und Mittwoch war Ruhe.",
        [("Montag", "2017-11-06", "2017-11-06"), ("Dienstag und Mittwoch", "2017-11-07", "2017-11-08")],
    ),
    (
        FRIDAY,
        "Am 3. Mai kam er. Am Tag darauf ging er.",
        [("3. Mai", "2017-05-03", "2017-05-03"), ("Tag darauf", "2017-05-04", "2017-05-04")],
    ),
    (
        FRIDAY,
        "Am 3. Mai kam er. Zwei Tage später ging er.",
        [("3. Mai", "2017-05-03", "2017-05-03"), ("Zwei Tage später", "2017-05-05", "2017-05-05")],
    ),
    (
        FRIDAY,
        "Am 3. Mai kam er. Wenige Tage später ging er.",
        [("3. Mai", "2017-05-03", "2017-05-03"), ("Wenige Tage später", "2017-05-05", "2017-05-10")],
    ),
    (
        FRIDAY,
        "Am 3. Mai kam er. Eine halbe Stunde später ging er.",
        [("3. Mai", "2017-05-03", "2017-05-03"), ("Stunde später", "2017-05-03", "2017-05-03")],
    ),
    (
        FRIDAY,
        "Am 3. Mai kam er. Wenige Minuten später ging er.",
        [("3. Mai", "2017-05-03", "2017-05-03"), ("Wenige Minuten später", "2017-05-03", "2017-05-03")],
    ),
    (
        FRIDAY,
        "Am 3. Mai kam er. 36 Stunden später ging er.",
        [("3. Mai", "2017-05-03", "2017-05-03"), ("36 Stunden später", "2017-05-04", "2017-05-05")],
    ),
    (
        FRIDAY,
        "Am 3. Mai kam er. Zwei Wochen zuvor war er frei.",
        [("3. Mai", "2017-05-03", "2017-05-03"), ("Zwei Wochen zuvor", "2017-04-19", "2017-04-19")],
    ),
    (
        FRIDAY,
        "Am 3. Mai kam er. Am Vortag war er frei.",
        [("3. Mai", "2017-05-03", "2017-05-03"), ("Vortag", "2017-05-02", "2017-05-02")],
    ),
    (
        FRIDAY,
        "Am 3. Mai kam er. Am folgenden Montag ging er.",
        [("3. Mai", "2017-05-03", "2017-05-03"), ("folgenden Montag", "2017-05-08", "2017-05-08")],
    ),
    (
        FRIDAY,
        "Am 3. Mai kam er. Am nächsten Morgen ging er.",
        [("3. Mai", "2017-05-03", "2017-05-03"), ("nächsten Morgen", "2017-05-04", "2017-05-04")],
    ),
    (
        FRIDAY,
        "Am 3. Mai kam er. Noch am selben Tag ging er.",
        [("3. Mai", "2017-05-03", "2017-05-03"), ("selben Tag", "2017-05-03", "2017-05-03")],
    ),
    (
        FRIDAY,
        "Am 3. Mai 2014 kam er. Ein Jahr später ging er.",
        [("3. Mai 2014", "2014-05-03", "2014-05-03"), ("Ein Jahr später", "2015-01-01", "2015-12-31")],
    ),
    (
        FRIDAY,
        "2014 nahmen Rebellen die Stadt ein. 2015 verließen Soldaten sie.",
        [("2014", "2014-01-01", "2014-12-31"), ("2015", "2015-01-01", "2015-12-31")],
    ),
    (
        FRIDAY,
        "2014 kam er. Im Jahr darauf ging er.",
        [("2014", "2014-01-01", "2014-12-31"), ("Jahr darauf", "2015-01-01", "2015-12-31")],
    ),
    (
        FRIDAY,
        "2014 kam er. Im Mai desselben Jahres ging er.",
        [("2014", "2014-01-01", "2014-12-31"), ("Mai desselben Jahres", "2014-05-01", "2014-05-31")],
    ),
    (
        FRIDAY,
        "Im Sommer 2014 kam er. Damals war Krieg.",
        [("Sommer 2014", "2014-06-01", "2014-08-31"), ("Damals", "2014-06-01", "2014-08-31")],
    ),
    (
        FRIDAY,
        "Mitte August kam er. Seitdem ist Krieg.",
        [("Mitte August", "2017-08-11", "2017-08-20"), ("Seitdem", "2017-08-11", "2017-11-10")],
    ),
    (FRIDAY, "17:20 Uhr: Die Brücke ist frei.", [("17:20 Uhr", "2017-11-10", "2017-11-10")]),
    (
        FRIDAY,
        "Dienstag, 7. November 2017\n\n9.05 Uhr – Die Brücke ist frei.",
        [("Dienstag, 7. November 2017", "2017-11-07", "2017-11-07"), ("9.05 Uhr", "2017-11-07", "2017-11-07")],
    ),
    (FRIDAY, "In der Nacht fielen Schüsse.", [("Nacht", "2017-11-09", "2017-11-10")]),
    (
        FRIDAY,
        "Am Montag kam er. In der Nacht fielen Schüsse.",
        [("Montag", "2017-11-06", "2017-11-06"), ("Nacht", "2017-11-06", "2017-11-07")],
    ),
    (
        FRIDAY,
        "Am Montag kam er in das Dorf, das seit 2014 leer steht. Noch am selben Abend ging er.",
        [
            ("Montag", "2017-11-06", "2017-11-06"),
            ("seit 2014", "2014-01-01", "2017-11-10"),
            ("selben Abend", "2017-11-06", "2017-11-06"),
        ],
    ),
    (
        FRIDAY,
        "Im Sommer 2014 brach Krieg aus, am 3. August fielen die ersten Schüsse.",
        [("Sommer 2014", "2014-06-01", "2014-08-31"), ("3. August", "2014-08-03", "2014-08-03")],
    ),
    (
        FRIDAY,
        "Am 20. Dezember 2015 kam er. Am 4. Januar ging er.",
        [("20. Dezember 2015", "2015-12-20", "2015-12-20"), ("4. Januar", "2016-01-04", "2016-01-04")],
    ),
    (
        FRIDAY,
        "Im Sommer 2014 kam er. Am 3. November ging er.",
        [("Sommer 2014", "2014-06-01", "2014-08-31"), ("3. November", "2017-11-03", "2017-11-03")],
    ),
    (
        FRIDAY,
        "17. Juli 2015: Er kam. Niemand sah ihn. Es war still.\n6. August: Er ging.\n14. September: Ruhe. Am 3. Mai ging er.",
        [
            ("17. Juli 2015", "2015-07-17", "2015-07-17"),
            ("6. August", "2015-08-06", "2015-08-06"),
            ("14. September", "2015-09-14", "2015-09-14"),
            ("3. Mai", "2017-05-03", "2017-05-03"),
        ],
    ),
    (
        FRIDAY,
        "Seit 2014 ist Krieg. Am 3. Mai fielen wieder Schüsse.",
        [("Seit 2014", "2014-01-01", "2017-11-10"), ("3. Mai", "2017-05-03", "2017-05-03")],
    ),
    (
        FRIDAY,
        "Im Mai 2014 und im Juni 2015 war Krieg.",
        [("Mai 2014", "2014-05-01", "2014-05-31"), ("Juni 2015", "2015-06-01", "2015-06-30")],
    ),
    (
        FRIDAY,
        "Am 3. und 7. Mai war Ruhe.",
        [("3.", "2017-05-03", "2017-05-03"), ("7. Mai", "2017-05-07", "2017-05-07")],
    ),
    (
        FRIDAY,
        "Im März und Oktober 2014 war Ruhe.",
        [("März", "2014-03-01", "2014-03-31"), ("Oktober 2014", "2014-10-01", "2014-10-31")],
    ),
]

# text, all lengths of time that count from what happened: expression, count, unit
DISTANCES = [
    ("Zwei Tage nach dem Überfall war Ruhe.", [("Zwei Tage nach", 2, "day")]),
    ("Am Tag vor der Wahl war Ruhe.", [("Tag vor", -1, "day")]),
    ("Am fünften Tag nach dem Beben war Ruhe.", [("fünften Tag nach", 5, "day")]),
    ("Etwas mehr als drei Wochen nach dem Beben war Ruhe.", [("mehr als drei Wochen nach", 3, "week")]),
    ("Zwei Tage nach dem 3. Mai war Ruhe.", []),
    ("Vor zwei Tagen war Ruhe.", []),
    ("Wenige Tage nach dem Beben war Ruhe.", []),
    ("Wenige Stunden nach dem Beben war Ruhe.", [("Wenige Stunden nach", 2, "hour")]),
    ("Minuten vor dem Beben war Ruhe.", [("Minuten vor", -2, "minute")]),
]

NOTHING = [
    "Vor kurzem zogen sie ab.",
    "Kürzlich zogen sie ab, zuletzt auch dort.",
    "Der Krieg dauerte drei Jahre lang.",
    "Nach mehr als drei Jahren zogen sie ab.",
    "Er wurde zu zwölf Jahren Haft verurteilt.",
    "Der 45-Jährige ist seit langem verschwunden.",
    "Tag 5 der Offensive verlief ruhig.",
    "Am fünften Tag der Offensive regnete es.",
    "Sie demonstrieren jeden Freitag.",
    "Sie demonstrieren freitags auf dem Markt.",
    "Montags demonstrieren sie auf dem Markt.",
    "Am Tag nach dem Anschlag war Ruhe.",
    "Der Autor Max Sonntag schwieg dazu.",
    "Herr Freitag und Frau Montag schwiegen dazu.",
    "Das schrieb die Bild am Sonntag.",
    "Die Zeitung der Freitag erscheint in Berlin.",
    "August Macke malte in Tunis.",
    "Der August war heiß.",
    "Morgens war es still, abends nicht.",
    "Es befanden sich 2014 Menschen im Lager.",
    "Mehr als 2014 Zelte brannten.",
    "Rund 2000 Soldaten stehen bereit.",
    "Die Zahl stieg von 2000 auf 15.000 Mann.",
    "Die Resolution 1973 erlaubte den Einsatz.",
    "Die Sicherheitsratsresolution 2014 betraf den Jemen.",
    "Das kostete 2014 Euro.",
    "Die Strecke misst 1950 Kilometer.",
    "Zwischen 50000 und 100000 Menschen sind eingeschlossen.",
    "Rund 25.000 Menschen flohen.",
    "Die Lage änderte sich von heute auf morgen.",
    "Das ist das Ende des Kalifats und der Anfang der Not.",
    "Die letzte Bastion ist gefallen.",
    "Der nächste Angriff kam aus der Luft.",
    "Diese Stadt hielt stand.",
    "Letzten Endes siegten sie.",
    "Die heutige Türkei war Teil des Reichs.",
    "Das Montagsgebet fiel aus.",
    "Version 10.5.3 und 192.168.1.1 sind keine Tage.",
    "Das Spiel endete 3:2, die Seite 12.13 fehlt.",
    "Am 31. Februar wäre das nicht geschehen.",
    "Der Sommer war lang.",
    "Zum dritten Mal binnen zwei Wochen brach der Strom zusammen.",
    "Ein Jahr Haft ist wenig.",
    "Binnen 30 Minuten starben zehn Menschen.",
    "Innerhalb weniger Stunden starben zehn Menschen.",
    "In zwei Wochen starben zehn Menschen.",
]


@pytest.fixture(scope="module")
def nlp() -> German:
    nlp = German()
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("lagebild_tagger")
    nlp.add_pipe("lagebild_dates")
    return nlp


def annotated(nlp: German, text: str, published: date | None) -> Doc:
    doc = nlp.make_doc(text)
    doc._.published = published
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def readable(doc: Doc) -> list[tuple[str, str, str]]:
    def iso(day: date | None) -> str:
        return day.isoformat() if day else ""

    return [(doc.text[t.begin : t.end], iso(t.earliest), iso(t.latest)) for t in doc._.timexes]


@pytest.mark.parametrize(("published", "text", "expression", "earliest", "latest"), EXPRESSIONS)
def test_expression_means_these_days(
    nlp: German, published: date, text: str, expression: str, earliest: str, latest: str
) -> None:
    assert readable(annotated(nlp, text, published)) == [(expression, earliest, latest)]


@pytest.mark.parametrize(("published", "text", "expected"), SEQUENCES)
def test_expressions_count_from_the_day_last_spoken_of(
    nlp: German, published: date, text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert readable(annotated(nlp, text, published)) == expected


@pytest.mark.parametrize(("text", "expected"), DISTANCES)
def test_lengths_of_time_count_from_what_happened(nlp: German, text: str, expected: list[tuple[str, int, str]]) -> None:
    doc = annotated(nlp, text, FRIDAY)
    assert [(doc.text[d.begin : d.end], d.count, d.unit) for d in doc._.time_distances] == expected


@pytest.mark.parametrize("text", NOTHING)
def test_text_without_a_day_gives_none(nlp: German, text: str) -> None:
    assert readable(annotated(nlp, text, FRIDAY)) == []


def test_tables_are_large_enough() -> None:
    assert len(EXPRESSIONS) >= 150
    assert len(SEQUENCES) + len(NOTHING) >= 50


def test_without_publication_day_only_absolute_dates_are_read(nlp: German) -> None:
    text = "Am Montag, im Juli, gestern, vor drei Jahren und am 3. Mai 2014; im Sommer 2015, seit 2016."
    assert readable(annotated(nlp, text, None)) == [
        ("3. Mai 2014", "2014-05-03", "2014-05-03"),
        ("Sommer 2015", "2015-06-01", "2015-08-31"),
        ("seit 2016", "2016-01-01", ""),
    ]


def test_without_publication_day_a_story_told_day_after_day_keeps_its_year(nlp: German) -> None:
    text = "Am 17. Juli 2016 kam er. Am 6. August ging er. Es war still. Am 9. August kam er.\n13. Oktober: Ende."
    assert readable(annotated(nlp, text, None)) == [
        ("17. Juli 2016", "2016-07-17", "2016-07-17"),
        ("6. August", "2016-08-06", "2016-08-06"),
        ("13. Oktober", "2016-10-13", "2016-10-13"),
    ]


def test_timexes_are_sorted_disjoint_and_begin_before_they_end(nlp: German) -> None:
    text = " ".join(row[1] for row in EXPRESSIONS)
    doc = annotated(nlp, text, FRIDAY)
    found: tuple[Timex, ...] = doc._.timexes
    assert len(found) >= len(EXPRESSIONS) - 5
    assert all(a.end <= b.begin for a, b in pairwise(found))
    assert all(t.begin < t.end for t in found)
    assert all(t.earliest <= t.latest for t in found if t.earliest and t.latest)
    assert all(t.earliest or t.latest for t in found)


@pytest.mark.parametrize("published", [date(1, 1, 1), date(9999, 12, 31), date(2016, 2, 29)])
def test_bounds_hold_at_the_edges_of_the_calendar(nlp: German, published: date) -> None:
    doc = annotated(nlp, " ".join(row[1] for row in EXPRESSIONS), published)
    assert all(t.earliest <= t.latest for t in doc._.timexes if t.earliest and t.latest)


def test_an_expression_does_not_cross_a_sentence(nlp: German) -> None:
    doc = nlp.make_doc("Der Rat lehnt den Plan ab 2014 war das anders")
    doc._.published = FRIDAY
    for token in doc:
        token.is_sent_start = token.text in ("Der", "2014")
    component = nlp.get_pipe("lagebild_dates")
    assert isinstance(component, Dates)
    assert readable(component(doc)) == [("2014", "2014-01-01", "2014-12-31")]


@pytest.mark.parametrize(
    "unit",
    [
        "1., ",
        "seit ",
        "Nacht zum ",
        "Anfang bis ",
        "Morgen des ",
        "vor mehr als ",
        "zwischen 2011 und ",
        "3. bis ",
        "der ",
    ],
)
def test_work_grows_with_the_length_of_the_text(nlp: German, unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.annotation.times.line import TimeLine

    steps = 0
    original = TimeLine.kind

    def counting(self: TimeLine, index: int) -> str:
        nonlocal steps
        steps += 1
        return original(self, index)

    monkeypatch.setattr(TimeLine, "kind", counting)
    counts = []
    for length in (400, 800):
        steps = 0
        annotated(nlp, unit * length, FRIDAY)
        counts.append(steps)
    assert counts[1] <= 2.2 * counts[0] + 100


def test_empty_and_odd_texts_give_nothing(nlp: German) -> None:
    for text in ("", " \n\t ", "\x00\x01", "مرحبا بالعالم", "." * 500, "9" * 5000, "9." * 500, "3.\n3.\n"):
        assert annotated(nlp, text, FRIDAY)._.timexes == ()


def test_factory_is_registered_and_declares_what_it_sets(nlp: German) -> None:
    meta = nlp.get_pipe_meta("lagebild_dates")
    assert list(meta.assigns) == ["doc._.timexes", "doc._.undated_times", "doc._.time_distances"]
    assert isinstance(create(nlp, "dates"), Dates)
    assert "timexes" in EXTENSIONS


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(1961, date(1961, 4, 2)), (2000, date(2000, 4, 23)), (2006, date(2006, 4, 16)), (2016, date(2016, 3, 27)),
     (2017, date(2017, 4, 16)), (2038, date(2038, 4, 25))],
)  # fmt: skip
def test_easter_sunday(year: int, sunday: date) -> None:
    assert easter(year) == sunday
