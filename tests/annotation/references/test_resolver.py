"""What refers back is resolved where the text leaves no doubt, and else stays open."""

from __future__ import annotations

import pytest

from tests.support.naming import annotated, found

IS = "Der IS griff Mossul an. "
EPITHETS = [
    (IS + "Die Terrormiliz zog ab.", [("Terrormiliz", "islamic-state")]),
    (IS + "Kurz danach flohen die Dschihadisten.", [("Dschihadisten", "islamic-state")]),
    (IS + "Er meldete, dass Dschihadisten geflohen seien.", [("Dschihadisten", "islamic-state")]),
    ("Die Taliban griffen an. Die Extremisten flohen.", [("Extremisten", "taliban")]),
    (IS + "Die Miliz zog ab.", [("Miliz", "islamic-state")]),
    (IS + "Die sunnitische Gruppe zog ab.", [("sunnitische Gruppe", "islamic-state")]),
    (IS + "Andere Gruppen blieben.", []),
    (IS + "Eine Gruppe von Reisenden blieb.", []),
    ("Die Terrormiliz zog ab.", []),
    (IS + "Kämpfer der Terrormiliz flohen.", [("Kämpfer der Terrormiliz", "islamic-state"), ("Terrormiliz", "islamic-state")]),
    (IS + "Die Terror-Miliz zog ab.", [("Terror-Miliz", "islamic-state")]),
    ("Die Taliban griffen an. Die Dschihadisten siegten. Der IS schwieg.", [("Dschihadisten", "taliban")]),
    ("Aufständische griffen an. Die Organisation schwieg.", []),
    # places
    (IS + "Die Stadt ist groß.", [("Stadt", "mosul")]),
    ("In Homs und Hama ist es ruhig. Die Stadt ist alt.", [("Stadt", "hama")]),
    (IS + "Eine Stadt wie diese gibt es nicht noch einmal.", []),
    ("In der Provinz Homs wird gekämpft. Die Provinz liegt im Westen.", [("Provinz", "homs-governorate")]),
    ("Sie zogen nach Tal Afar, die nächste Hochburg.", [("nächste Hochburg", "tal-afar")]),
    ("Nun beginnt die Schlacht um die nächste Hochburg, Tal Afar.", [("nächste Hochburg", "tal-afar")]),
    ("In Homs, Syrien, tagt der Rat. Das Land schweigt.", [("Land", "syria")]),
    ("Homs fiel. Als man in Hama kämpfte, ging die Stadt verloren.", [("Stadt", "homs")]),
    ("Homs fiel. Danach zogen sie in Richtung Hama. Die Stadt brennt.", [("Stadt", "homs")]),
    ("Homs fiel. Das sagte die UNO in Bagdad. Die Stadt brennt.", [("Stadt", "homs")]),
    ("Homs fiel. Man will die Stadt von den Besatzern befreien.", [("Stadt", "homs")]),
    ("Frankreich schickt Hilfe in den Jemen. Das Land ist stolz.", [("Land", "france")]),
    # coalitions and leaders
    ("Ali Barkah, IS-Chef in Hama, starb.", [("IS-Chef", "ali-barkah")]),
    (IS + "Die von den USA geführte Koalition half.", [("geführte Koalition", "global-coalition")]),
    ("Die Koalition zerbrach.", []),
    ("Abu Bakr al-Baghdadi schwieg. Der IS-Chef blieb in Syrien.", [("IS-Chef", "abu-bakr-al-baghdadi")]),
    # forces of a country
    ("Die irakische Armee rückte vor. Die Soldaten zögerten.", [("Soldaten", "iraqi-army")]),
    ("In Mossul rückten Regierungstruppen vor.", [("Regierungstruppen", "iraqi-army")]),
    ("In Homs rückten Regierungstruppen vor.", [("Regierungstruppen", "syrian-army")]),
    ("Die irakische Armee rückt vor. In Rakka kämpfen andere. Die Streitkräfte zögern.", [("Streitkräfte", "iraqi-army")]),
    ("In Bagdad und vor Mossul kämpften kurdische Truppen.", [("kurdische Truppen", "peshmerga")]),
    ("In Homs kämpften kurdische Truppen.", [("kurdische Truppen", "syrian-democratic-forces")]),
]  # fmt: skip
PRONOUNS = [
    (IS + "Danach zog er ab.", [("er", "islamic-state")]),
    ("Die irakische Armee rückte vor. Sie nahm Mossul ein.", [("Sie", "iraqi-army")]),
    ("Die Taliban griffen an. Sie wurden vertrieben.", [("Sie", "taliban")]),
    ("Präsident Assad reiste nach Bagdad. Er sprach dort.", [("Er", "bashar-al-assad"), ("dort", "baghdad")]),
    ("Es regnet. Sie kamen zu spät.", []),
    ("Ministerin Anna Weber sprach. Sie warnte.", [("Sie", "anna-weber")]),
    ("Der IS griff an. Präsident Assad sprach. Sie warnte.", []),
    (IS + "Die Befreiung zieht sich hin, da sie schwierig ist.", []),
    ("Die Anschläge von Homs sollen in Hama geplant worden sein, dort lebten sie.", [("dort", "hama")]),
    ("In Rakka in Syrien toben Kämpfe. Dort starben Kinder.", [("Dort", "raqqa")]),
    ("Der IS wird kleiner. Seine Kämpfer fliehen.", [("Kämpfer", "islamic-state")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), EPITHETS)
def test_epithets_and_nouns_take_up_the_name_meant(text, expected):
    assert found(annotated(text, coreference=True), "epithet") == expected


@pytest.mark.parametrize(("text", "expected"), PRONOUNS)
def test_pronouns_take_up_the_name_meant(text, expected):
    assert found(annotated(text, coreference=True), "pronoun", "epithet") == expected


def test_a_country_adjective_that_disagrees_keeps_the_phrase_open():
    doc = annotated("In Mossul wird gekämpft. Die syrische Stadt ist ruhig.", coreference=True)
    assert found(doc, "epithet") == []


def test_the_same_text_gives_the_same_mentions():
    text = IS + "Die Terrormiliz verlor die Stadt. Sie zog ab."
    assert annotated(text, coreference=True)._.mentions == annotated(text, coreference=True)._.mentions


def test_work_grows_with_the_length_of_the_text():
    sentence = "Der IS griff Mossul an, die Terrormiliz verlor die Stadt, und sie zog ab. "
    counts = [len(annotated(sentence * n, coreference=True)._.mentions) for n in (10, 20)]
    assert counts[1] == 2 * counts[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der IS griff an. Die Kurden meldeten Angriffe auf Fanatiker.", []),
        ("Die türkische Armee rückte vor. In Homs flohen Regierungstruppen.", [("Regierungstruppen", "syrian-army")]),
        ("In Homs starb ein Mann. In Bagdad starb ein Mann. Alle flohen. Die Armee schwieg.", []),
    ],
)
def test_what_may_be_anybodys_is_left_open(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(annotated(text, coreference=True), "epithet") == expected
