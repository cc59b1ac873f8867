"""What happened, in one sentence."""

from __future__ import annotations

from datetime import date

import pytest

from kg.event_kinds import event_kinds
from kg.namespaces import FACTUALITIES
from kg.resources import table
from server.pages.sentences.event_sentence import Part, Told, event_sentence, text_of
from server.pages.sentences.names import Named
from server.pages.sentences.times import in_words

NAMES = {
    "group": ("ArmedGroup", "Islamischer Staat", "Islamic State"),
    "army": ("StateForce", "Irakische Armee", "Iraqi Army"),
    "town": ("City", "Mossul", "Mosul"),
    "country": ("Country", "Irak", "Iraq"),
    "prison": ("Facility", "Gefängnis von Basra", "Prison of Basra"),
    "basra": ("City", "Basra", "Basra"),
    "police": ("StateForce", "Polizei (Irak)", "Police (Iraq)"),
    "people": ("PopulationGroup", "Zivilisten", "Civilians"),
}
DAY, LATER = date(2014, 6, 21), date(2014, 6, 30)


def named(key: str, language: str) -> Named:
    kind, german, english = NAMES[key]
    return Named(f"urn:{key}", german if language == "de" else english, kind, language)


def sentences(kinds="Capture", agent="", target="", place="", certainties="Factual", source="", **values) -> list[str]:
    told = []
    for language in ("de", "en"):
        roles = {"agent": agent, "target": target, "place": place}
        filled = {role: [named(key, language) for key in keys.split()] for role, keys in roles.items()}
        sources = tuple(named(key, language) for key in source.split())
        certain = frozenset(certainties.split())
        whole = Told(tuple(kinds.split()), filled, certainties=certain, sources=sources, **values)
        told.append(text_of(event_sentence(whole, language)))
    return told


@pytest.mark.parametrize(
    ("values", "german", "english"),
    [
        (
            {"agent": "army", "target": "group", "place": "town", "earliest": DAY, "latest": LATER},
            "Die Irakische Armee hat zwischen 21. und 30. Juni 2014 im Kampf gegen den Islamischen Staat Mossul eingenommen.",
            "The Iraqi Army captured Mosul from Islamic State between 21 and 30 June 2014.",
        ),
        (
            {"place": "town", "certainties": "Reported", "source": "army"},
            "Laut der Irakischen Armee ist Mossul eingenommen worden.",
            "According to the Iraqi Army, Mosul was captured.",
        ),
        (
            {"agent": "army", "place": "town", "certainties": "Reported", "source": "army"},
            "Nach eigenen Angaben hat die Irakische Armee Mossul eingenommen.",
            "By its own account, the Iraqi Army captured Mosul.",
        ),
        (
            {"certainties": "Reported"},
            "Einem Bericht zufolge hat es eine Einnahme gegeben.",
            "According to a report, there was a capture.",
        ),
        (
            {"kinds": "Withdrawal", "agent": "group people", "place": "country", "latest": LATER, "certainties": "Uncertain"},
            "Ungewiss ist, ob der Islamische Staat und Zivilisten sich spätestens am 30. Juni 2014 aus dem Irak zurückgezogen "
            "haben.",
            "It is uncertain whether Islamic State and civilians withdrew from Iraq on 30 June 2014 at the latest.",
        ),
        (
            {"kinds": "Killing Execution", "agent": "group", "target": "people", "certainties": "Future", "dead": "12"},
            "Der Islamische Staat soll 12 Zivilisten hinrichten.",
            "Islamic State is expected to execute 12 civilians.",
        ),
        (
            {"kinds": "Killing", "target": "people", "place": "town country", "certainties": "Negated"},
            "Nach den Berichten trifft nicht zu, dass Zivilisten in Mossul und im Irak getötet worden sind.",
            "According to the reports, it is not true that civilians were killed in Mosul and in Iraq.",
        ),
        (
            {"kinds": "Clash", "agent": "army group", "certainties": "Factual Negated"},
            "Umstritten ist, ob die Irakische Armee und der Islamische Staat gekämpft haben.",
            "It is disputed whether the Iraqi Army and Islamic State fought.",
        ),
        (
            {"kinds": "Attack", "place": "prison basra", "target": "police"},
            "Die Polizei ist im Gefängnis von Basra angegriffen worden.",
            "The Police were attacked in Prison of Basra.",
        ),
        (
            {"kinds": "DroneStrike Airstrike", "target": "group"},
            "Es hat einen Drohnenangriff auf den Islamischen Staat gegeben.",
            "There was a drone strike on Islamic State.",
        ),
    ],
)
def test_the_sentence_says_who_did_what_to_whom_where_and_when(values, german, english):
    assert sentences(**values) == [german, english]


def test_a_name_in_the_sentence_keeps_its_iri():
    told = Told(("Capture",), {"place": [named("town", "de")]})
    assert event_sentence(told, "de") == (Part("Mossul", "urn:town", "de"), Part(" ist eingenommen worden"), Part("."))


@pytest.mark.parametrize("kind", [*event_kinds(), "Unheard"])
@pytest.mark.parametrize("roles", ["", "agent", "target", "place", "agent target", "agent target place"])
@pytest.mark.parametrize("certainty", FACTUALITIES)
def test_every_type_has_a_sentence_whatever_is_known(kind, roles, certainty):
    keys = {"agent": "army", "target": "people", "place": "country"}
    for sentence in sentences(kind, certainties=certainty, **{role: keys[role] for role in roles.split()}):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert not set("{}[]|") & set(sentence)
        assert "  " not in sentence


def test_every_type_has_templates_of_its_own_or_its_parents():
    written = {(row["kind"], row["language"]) for row in table("sentences/events.tsv", "pages")}
    missing = {
        (kind.name, language)
        for kind in event_kinds().values()
        for language in ("de", "en")
        if not {(kind.name, language), (kind.parent, language)} & written
    }
    assert missing == set()
    assert {kind for kind, _ in written} <= {*event_kinds(), "*"}


@pytest.mark.parametrize(
    ("earliest", "latest", "german", "english"),
    [
        ("2014-06-21", "2014-06-21", "am 21. Juni 2014", "on 21 June 2014"),
        ("2014-06-21", "2014-06-30", "zwischen 21. und 30. Juni 2014", "between 21 and 30 June 2014"),
        ("2014-06-21", "2014-06-22", "am 21. oder 22. Juni 2014", "on 21 or 22 June 2014"),
        ("2014-05-21", "2014-06-30", "zwischen 21. Mai und 30. Juni 2014", "between 21 May and 30 June 2014"),
        ("2013-12-31", "2014-01-02", "zwischen 31. Dezember 2013 und 2. Januar 2014",
         "between 31 December 2013 and 2 January 2014"),
        ("2016-02-01", "2016-02-29", "im Februar 2016", "in February 2016"),
        ("2016-02-01", "2016-03-31", "zwischen Februar und März 2016", "between February and March 2016"),
        ("2015-11-01", "2016-03-31", "zwischen November 2015 und März 2016", "between November 2015 and March 2016"),
        ("2016-01-01", "2016-12-31", "im Jahr 2016", "in 2016"),
        ("2014-01-01", "2016-12-31", "zwischen 2014 und 2016", "between 2014 and 2016"),
        ("2014-06-21", None, "frühestens am 21. Juni 2014", "on 21 June 2014 at the earliest"),
        (None, "2014-06-30", "spätestens am 30. Juni 2014", "on 30 June 2014 at the latest"),
        (None, None, "", ""),
    ],
)  # fmt: skip
def test_days_are_told_in_words(earliest, latest, german, english):
    bounds = [day and date.fromisoformat(day) for day in (earliest, latest)]
    assert [in_words(*bounds, language) for language in ("de", "en")] == [german, english]
