"""The agency report that several papers print is one source."""

from __future__ import annotations

from itertools import permutations

import pytest

from kg.resolution.copies import SignedArticle, copies, sign

REPORT = """Bei Gefechten um die Kleinstadt Talburg sind nach Angaben der Behörden am Dienstag elf Soldaten gefallen.
Die Rebellen
hätten am Morgen einen Posten an der Brücke gestürmt, teilte der Gouverneur mit. Am Nachmittag sei Verstärkung aus der
Hauptstadt eingetroffen. Hunderte Bewohner brachten sich in den Dörfern der Umgebung in Sicherheit. Die Regierung kündigte an,
die Straße nach Norden noch in der Nacht zu räumen."""
SHORTENED = REPORT.replace(" Am Nachmittag sei Verstärkung aus der\nHauptstadt eingetroffen.", "")
OTHER = """Der Flughafen von Bergdorf hat nach zwei Wochen wieder geöffnet. Die erste Maschine landete am Mittwoch mit
Hilfsgütern
an Bord. Ein Sprecher der Hilfsorganisation sagte, es fehle vor allem an Medikamenten und Zelten. Die Armee bewacht das Gelände
seit dem Abzug der Miliz. Wann Linienflüge starten, ist offen."""


@pytest.mark.parametrize(
    ("second", "copied"),
    [
        (REPORT, True),
        (REPORT.replace("elf", "zwölf"), True),
        (SHORTENED, True),
        ("Talburg (Agentur). " + REPORT, True),
        (OTHER, False),
        (REPORT.split(". ")[0] + ". " + OTHER, False),
    ],
)
def test_nearly_the_same_text_is_a_copy_of_the_earlier_one(second: str, copied: bool) -> None:
    articles = [SignedArticle("first", 1, sign(REPORT)), SignedArticle("second", 2, sign(second))]
    expected = {"second": "first"} if copied else {}
    assert [copies(order) for order in permutations(articles)] == [expected, expected]


def test_a_text_of_a_few_words_proves_nothing() -> None:
    articles = [SignedArticle(name, 1, sign("Die Lage in Talburg bleibt ruhig.")) for name in ("a", "b")]
    assert copies(articles) == {}


def test_every_copy_points_at_the_earliest() -> None:
    articles = [SignedArticle(name, day, sign(REPORT)) for name, day in (("c", 3), ("a", 2), ("b", 1))]
    assert copies(articles) == {"a": "b", "c": "b"}
