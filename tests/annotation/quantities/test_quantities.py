"""Numbers of people and things: what is found, where it stands, its bounds and what it counts."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from spacy.lang.de import German
from spacy.tokens import Doc

from kg.annotation.quantities.quantity_finder import Quantities, create
from kg.german.numerals import digits, load_numerals

# sentence, expression, low, high, unit
PHRASES = [
    ("Bei dem Anschlag starben 232 Menschen.", "232 Menschen", 232, 232, "people"),
    ("Es gab zehn Tote.", "zehn Tote", 10, 10, "dead"),
    ("Es gab mindestens 18 Tote.", "mindestens 18 Tote", 18, None, "dead"),
    ("Es gab wenigstens zwei Todesopfer.", "wenigstens zwei Todesopfer", 2, None, "dead"),
    ("Mehr als 20 Tote wurden geborgen.", "Mehr als 20 Tote", 21, None, "dead"),
    ("Helfer bargen sieben Leichen.", "sieben Leichen", 7, 7, "dead"),
    ("Es gab über 50 Verletzte.", "über 50 Verletzte", 51, None, "injured"),
    ("Es gab 16 Schwerverletzte.", "16 Schwerverletzte", 16, 16, "injured"),
    ("Ärzte versorgten vier Verwundete.", "vier Verwundete", 4, 4, "injured"),
    ("Es gab keine Verletzten.", "keine Verletzten", 0, 0, "injured"),
    ("Ein Mensch starb im Feuer.", "Ein Mensch", 1, 1, "people"),
    ("Er war einer der Angreifer.", "einer der Angreifer", 1, 1, "people"),
    ("Rund 25.000 Menschen sitzen fest.", "Rund 25.000 Menschen", 25000, 25000, "people"),
    ("Etwa 400 Häftlinge entkamen.", "Etwa 400 Häftlinge", 400, 400, "people"),
    ("Circa 30 Rebellen ergaben sich.", "Circa 30 Rebellen", 30, 30, "people"),
    ("Knapp 100 Kämpfer ergaben sich.", "Knapp 100 Kämpfer", 100, 100, "people"),
    ("Insgesamt 35 Flüge fielen aus.", "Insgesamt 35 Flüge", 35, 35, "things"),
    ("Nicht weniger als 40 Dörfer brannten.", "Nicht weniger als 40 Dörfer", 40, None, "things"),
    ("Weniger als 40 Dörfer brannten.", "Weniger als 40 Dörfer", None, 39, "things"),
    ("Bis zu 50 Kämpfer ergaben sich.", "Bis zu 50 Kämpfer", None, 50, "people"),
    ("Höchstens 20 Kämpfer ergaben sich.", "Höchstens 20 Kämpfer", None, 20, "people"),
    ("Mehr als tausend Zivilisten flohen.", "Mehr als tausend Zivilisten", 1001, None, "people"),
    ("Über 80 Menschen kamen um.", "Über 80 Menschen", 81, None, "people"),
    ("Zwischen 20 und 30 Soldaten fielen.", "Zwischen 20 und 30 Soldaten", 20, 30, "people"),
    ("Dort sind 50000 bis 100000 Zivilisten.", "50000 bis 100000 Zivilisten", 50000, 100000, "people"),
    ("Dort sind 20-30 Kämpfer.", "20-30 Kämpfer", 20, 30, "people"),
    ("Dort sind 20–30 Kämpfer.", "20–30 Kämpfer", 20, 30, "people"),
    ("Zwei bis drei Männer flohen.", "Zwei bis drei Männer", 2, 3, "people"),
    ("Drei oder vier Männer flohen.", "Drei oder vier Männer", 3, 4, "people"),
    ("Zwei- bis dreitausend Händler flohen.", "Zwei- bis dreitausend Händler", 2000, 3000, "people"),
    ("Mindestens 50, höchstens aber 70 Männer flohen.", "Mindestens 50, höchstens aber 70 Männer", 50, 70, "people"),
    ("Dort leben 3,5 Millionen Menschen.", "3,5 Millionen Menschen", 3500000, 3500000, "people"),
    ("Dort leben 8 Mio. Menschen.", "8 Mio. Menschen", 8000000, 8000000, "people"),
    ("Dort leben acht Millionen Menschen.", "acht Millionen Menschen", 8000000, 8000000, "people"),
    ("Eine halbe Million Menschen floh.", "Eine halbe Million Menschen", 500000, 500000, "people"),
    ("Anderthalb Millionen Menschen flohen.", "Anderthalb Millionen Menschen", 1500000, 1500000, "people"),
    ("Dort stehen 25 000 Soldaten.", "25 000 Soldaten", 25000, 25000, "people"),
    ("Dort stehen zehntausend Soldaten.", "zehntausend Soldaten", 10000, 10000, "people"),
    ("Dort stehen eintausendzweihundert Soldaten.", "eintausendzweihundert Soldaten", 1200, 1200, "people"),
    ("Dort stehen fünfundzwanzig Panzer.", "fünfundzwanzig Panzer", 25, 25, "things"),
    ("Dort stehen siebzehn Panzer.", "siebzehn Panzer", 17, 17, "things"),
    ("Dutzende Tote lagen auf der Straße.", "Dutzende Tote", 24, None, "dead"),
    ("Dutzende von Toten lagen auf der Straße.", "Dutzende von Toten", 24, None, "dead"),
    ("Hunderte Zivilisten flohen.", "Hunderte Zivilisten", 200, None, "people"),
    ("Tausende Menschen flohen.", "Tausende Menschen", 2000, None, "people"),
    ("Zehntausende Kurden flohen.", "Zehntausende Kurden", 20000, None, "people"),
    ("Hunderttausende flohen.", "Hunderttausende", 200000, None, "people"),
    ("Millionen Menschen hungern.", "Millionen Menschen", 2000000, None, "people"),
    ("Ein Dutzend Soldaten fiel.", "Ein Dutzend Soldaten", 12, 12, "people"),
    ("Zwei Dutzend Soldaten fielen.", "Zwei Dutzend Soldaten", 24, 24, "people"),
    ("Mehrere Dutzend Soldaten fielen.", "Mehrere Dutzend Soldaten", 24, None, "people"),
    ("Mehrere hundert Jesiden flohen.", "Mehrere hundert Jesiden", 200, None, "people"),
    ("Ein paar hundert Jesiden flohen.", "Ein paar hundert Jesiden", 200, None, "people"),
    ("Mehrere Zivilisten starben.", "Mehrere Zivilisten", 3, None, "people"),
    ("Einige Raketen trafen.", "Einige Raketen", 3, None, "things"),
    ("Zahlreiche Häuser brannten.", "Zahlreiche Häuser", 3, None, "things"),
    ("Die Leichen zweier alter Mönche lagen dort.", "zweier alter Mönche", 2, 2, "people"),
    ("Die Mütter dreier Geiseln warten.", "dreier Geiseln", 3, 3, "people"),
    ("Beide Männer schwiegen.", "Beide Männer", 2, 2, "people"),
    ("Die beiden Entführten sind frei.", "beiden Entführten", 2, 2, "people"),
    ("Siebzehn schwer bewaffnete Männer kamen.", "Siebzehn schwer bewaffnete Männer", 17, 17, "people"),
    ("Zwölf getötete Zivilisten wurden geborgen.", "Zwölf getötete Zivilisten", 12, 12, "dead"),
    ("Fünf verletzte Kinder liegen in der Klinik.", "Fünf verletzte Kinder", 5, 5, "injured"),
    ("Zwei der Getöteten waren Frauen.", "Zwei der Getöteten", 2, 2, "dead"),
    ("Vier von fünf Brücken sind zerstört.", "Vier von fünf Brücken", 4, 4, "things"),
    ("Vierzehn Berliner Polizisten halfen.", "Vierzehn Berliner Polizisten", 14, 14, "people"),
    ("Zwei US-Soldaten fielen.", "Zwei US-Soldaten", 2, 2, "people"),
    ("Drei al-Qaida-Kämpfer fielen.", "Drei al-Qaida-Kämpfer", 3, 3, "people"),
    ("Sechs weitere wurden festgenommen.", "Sechs weitere", 6, 6, "people"),
    ("Mehr als 60 Weitere wurden festgenommen.", "Mehr als 60 Weitere", 61, None, "people"),
    ("Weitere 2.000 Soldaten sollen folgen.", "Weitere 2.000 Soldaten", 2000, 2000, "people"),
    ("Bei der Explosion wurden drei verletzt.", "drei verletzt", 3, 3, "injured"),
    ("Die Zahl der Toten stieg auf 384.", "384", 384, 384, "dead"),
    ("Die Zahl der Verletzten stieg auf mehr als 90.", "mehr als 90", 91, None, "injured"),
    ("Die Opferzahl liegt bei 120.", "120", 120, 120, "dead"),
    ("Es gab Berichte über zwei Angriffe.", "zwei Angriffe", 2, 2, "things"),
    ("Die Armee verfügt über 20 Panzer.", "20 Panzer", 20, 20, "things"),
    ("Sie hat die Kontrolle über drei Städte.", "drei Städte", 3, 3, "things"),
    ("Mehrere Vertreter sprachen.", "Mehrere Vertreter", 3, None, "people"),
    ("Hunderte wurden verletzt.", "Hunderte", 200, None, "injured"),
    ("Es heißt, 12 weitere wurden verletzt.", "12 weitere", 12, 12, "injured"),
    ("Zehn starben sofort.", "Zehn starben", 10, 10, "dead"),
    ("Nur 5000 der 7000 Kämpfer flohen.", "Nur 5000 der 7000 Kämpfer", 5000, 5000, "people"),
    ("Es waren 2014 Menschen im Lager.", "2014 Menschen", 2014, 2014, "people"),
]

NOTHING = [
    "Eine Offensive begann.",
    "Ein Sprecher sagte das.",
    "Keine Waffen wurden gefunden.",
    "Der 45-Jährige schwieg.",
    "Die 24-stündige Frist endete.",
    "Er wurde zu zwölf Jahren Haft verurteilt.",
    "Vor drei Jahren fiel die Stadt.",
    "Im Jahr 2014 Kämpfer zu werden, war leicht.",
    "Am 9. November fiel die Stadt.",
    "Um 20:52 Uhr war es still.",
    "Das kostete 3,5 Millionen Euro.",
    "Das Ziel liegt 25 Kilometer von Mossul.",
    "Rund 90 Prozent stimmten zu.",
    "Zwei Drittel des Gebiets sind verloren.",
    "Am Tag 5 der Angriffe war es still.",
    "Es gilt § 25 des Gesetzes.",
    "1. Politik 2. Wirtschaft",
    "Die Zahl stieg auf 384.",
    "Zwei flohen, drei blieben.",
    "Sie strömten zu Hunderten ins Land.",
    "Einige Zeit blieb es still.",
]


@pytest.fixture(scope="module")
def nlp() -> German:
    nlp = German()
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("lagebild_dates")
    nlp.add_pipe("lagebild_quantities")
    return nlp


def annotated(nlp: German, text: str) -> Doc:
    doc = nlp.make_doc(text)
    doc._.published = date(2017, 11, 10)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def readable(doc: Doc) -> list[tuple[str, int | None, int | None, str]]:
    return [(doc.text[q.begin : q.end], q.low, q.high, q.unit) for q in doc._.quantities]


@pytest.mark.parametrize(("text", "phrase", "low", "high", "unit"), PHRASES)
def test_phrase_counts(nlp: German, text: str, phrase: str, low: int | None, high: int | None, unit: str) -> None:
    assert readable(annotated(nlp, text)) == [(phrase, low, high, unit)]


@pytest.mark.parametrize("text", NOTHING)
def test_text_without_a_count_gives_none(nlp: German, text: str) -> None:
    assert readable(annotated(nlp, text)) == []


def test_several_counts_in_a_sentence(nlp: German) -> None:
    text = "Zwei Menschen starben und drei wurden verletzt; 70 Männer, darunter 20 Polizisten, flohen."
    assert readable(annotated(nlp, text)) == [
        ("Zwei Menschen", 2, 2, "people"),
        ("drei", 3, 3, "injured"),
        ("70 Männer", 70, 70, "people"),
        ("20 Polizisten", 20, 20, "people"),
    ]


def test_quantities_are_sorted_disjoint_and_bounded(nlp: German) -> None:
    rows = [row for row in PHRASES if not row[0][-2].isdigit()]  # "384." would need the sentence component
    found = annotated(nlp, " ".join(row[0] for row in rows))._.quantities
    assert [(q.low, q.high, q.unit) for q in found] == [row[2:] for row in rows]
    assert all(a.end <= b.begin for a, b in pairwise(found))
    assert all(q.low <= q.high for q in found if q.low is not None and q.high is not None)
    assert all(q.low is not None or q.high is not None for q in found)


def test_a_count_does_not_cross_a_sentence(nlp: German) -> None:
    doc = nlp.make_doc("Es starben zwei Menschen flohen")
    doc._.published = None
    for token in doc:
        token.is_sent_start = token.text in ("Es", "Menschen")
    component = nlp.get_pipe("lagebild_quantities")
    assert isinstance(component, Quantities)
    assert component.match(doc) == ()


@pytest.mark.parametrize(
    "unit", ["rund ", "tausend ", "zwei bis ", "zwei ", "mehr als ", "auf 3 ", "Zahl der ", "ein "]
)
def test_work_grows_with_the_length_of_the_text(nlp: German, unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.annotation.quantities.counts import CountLexicon

    steps = 0
    original = CountLexicon.has

    def counting(self: CountLexicon, kind: str, word: str) -> bool:
        nonlocal steps
        steps += 1
        return original(self, kind, word)

    monkeypatch.setattr(CountLexicon, "has", counting)
    counts = []
    for length in (400, 800):
        steps = 0
        annotated(nlp, unit * length)
        counts.append(steps)
    assert counts[1] <= 2.2 * counts[0] + 100


def test_empty_and_odd_texts_give_nothing(nlp: German) -> None:
    for text in (
        "",
        " \n\t ",
        "\x00\x01",
        "مرحبا بالعالم",
        "9" * 5000,
        "9." * 500,
        "zwei",
        "mehr als",
        "zwischen 3 und",
    ):
        assert annotated(nlp, text)._.quantities == ()


def test_factory_is_registered_and_declares_what_it_sets(nlp: German) -> None:
    meta = nlp.get_pipe_meta("lagebild_quantities")
    assert (list(meta.requires), list(meta.assigns)) == (["token.is_sent_start", "doc._.timexes"], ["doc._.quantities"])
    assert isinstance(create(nlp, "quantities"), Quantities)


@pytest.mark.parametrize(
    ("word", "value"),
    [("null", 0), ("elf", 11), ("einundzwanzig", 21), ("dreißig", 30), ("hundert", 100), ("zweihundertfünf", 205),
     ("tausendundeins", 1001), ("hunderttausend", 100000), ("neunhundertneunundneunzigtausend", 999000),
     ("haus", None), ("und", None), ("tausende", None), ("einst", None), ("achtung", None)],
)  # fmt: skip
def test_number_words(word: str, value: int | None) -> None:
    assert load_numerals().word(word) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("25.000", "25000"), ("3,5", "7/2"), ("7", "7"), ("1.234.567", "1234567"), ("x", "None"), ("9" * 100, "None")],
)
def test_digits_as_german_writes_them(text: str, value: str) -> None:
    assert str(digits(text)) == value
