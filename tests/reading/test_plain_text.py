"""Plain text: the body is kept to the last word, what stands around it goes, title and date are found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from textwrap import fill

import pytest

from kg.reading import Article, read_articles
from kg.reading.plain_text import read_plain
from tests.support.steps import steps

LEAD = (
    "Die irakische Armee hat die Stadt Tal Afar eingenommen. Das teilte Ministerpräsident Haidar al-Abadi am "
    "Donnerstag mit. Nur im Norden werde noch gekämpft."
)
SECOND = (
    "Die Offensive hatte am 20. August 2017 begonnen. Beteiligt waren neben der Armee auch die Bundespolizei und "
    "schiitische Milizen, Flugzeuge der internationalen Koalition griffen aus der Luft ein."
)
THIRD = "Aus der Stadt flohen in den Wochen davor mehr als 20.000 Menschen. Viele kamen in Lager südlich von Mossul."
SHORT = "Die Armee schweigt dazu."
QUOTE = "„Wir kehren erst zurück, wenn es wieder Wasser gibt“, sagte ein Lehrer aus der Stadt."


@dataclass(frozen=True)
class Case:
    """A file as some outlet gives it, and what has to come of it."""

    name: str
    text: str
    blocks: list[tuple[str, str]]
    title: str | None = None
    published: date | None = None
    publisher: str | None = None


WALL = """Cookies zulassen

Wir und unsere 180 Partner verwenden Cookies und Tracking, um Anzeigen zu personalisieren. Ihre Einwilligung können Sie
in der Datenschutzerklärung jederzeit widerrufen.

Inhalte und Anzeigen können auf einem Profil beruhen, das Partner auf Ihrem Gerät speichern.

Alle akzeptieren

Lesen ohne Werbung mit dem Pur-Abo für 2,99 Euro/Monat. Schon Abonnent? Hier anmelden
"""

CASES = [
    Case(
        "agency, wrapped",
        "Irakische Armee nimmt Tal Afar ein\n\nBagdad (dpa) - Die irakische Armee hat nach eigenen Angaben\n"
        "die Stadt Tal Afar eingenommen. Ministerpräsident Haidar al-\nAbadi sprach von einem Sieg über die Terror-\n"
        "miliz. Die letzten IS-\nKämpfer seien nach Norden geflohen.\n\n"
        "Die Koalition hatte die Offensive aus der Luft\nunterstützt. Tausende Ein-\n"
        "wohner sind auf der Flucht, Strom-\nund Wasserleitungen sind zerstört.\n\n"
        "dpa abc xx n1 yz\n311204 Aug 17\n",
        [
            ("title", "Irakische Armee nimmt Tal Afar ein"),
            (
                "body",
                "Die irakische Armee hat nach eigenen Angaben die Stadt Tal Afar eingenommen. Ministerpräsident Haidar "
                "al-Abadi sprach von einem Sieg über die Terrormiliz. Die letzten IS-Kämpfer seien nach Norden "
                "geflohen.",
            ),
            (
                "body",
                "Die Koalition hatte die Offensive aus der Luft unterstützt. Tausende Einwohner sind auf der Flucht, "
                "Strom- und Wasserleitungen sind zerstört.",
            ),
        ],
        title="Irakische Armee nimmt Tal Afar ein",
        published=date(2017, 8, 31),
    ),
    Case(
        "newspaper with consent wall",
        f"{WALL}\n  1. Startseite\n  2. Politik\n  3. Irak: Tal Afar ist gefallen\n\nIrak\n31.08.2017\n\n"
        f"Tal Afar ist gefallen\n\nZerstörtes Haus in der Altstadt von Tal Afar, aufgenommen kurz nach den Kämpfen.\n"
        f"Foto: Karim Beispiel/dpa\n\nNach elf Tagen endet die Schlacht. Doch die Angst bleibt\n\n{LEAD}\n\n"
        f"Flucht nach Süden\n\n{SECOND}\n\n{THIRD} Lena Muster, dpa\n\n"
        "Themen folgen\n\nDie Diskussion ist geschlossen.",
        [
            ("title", "Tal Afar ist gefallen"),
            ("caption", "Zerstörtes Haus in der Altstadt von Tal Afar, aufgenommen kurz nach den Kämpfen."),
            ("teaser", "Nach elf Tagen endet die Schlacht. Doch die Angst bleibt"),
            ("body", LEAD),
            ("heading", "Flucht nach Süden"),
            ("body", SECOND),
            ("body", THIRD),
            ("byline", "Lena Muster, dpa"),
        ],
        title="Tal Afar ist gefallen",
        published=date(2017, 8, 31),
    ),
    Case(
        "broadcaster without title",
        f"{THIRD}\n\nVon Lena Muster, ARD-Studio Kairo\n\n{LEAD}\n\nKinder vor einem Zelt\n\n{SECOND}\n\n{QUOTE}\n\n"
        "Der Fall von Tal Afar\n\nLena Muster, ARD Kairo\n\n01.09.2017 06:12 Uhr Download der Audiodatei "
        "Das Gespräch steht als mp3 zum Download an und kann gespeichert werden.\n\n"
        "Über dieses Thema berichtete das Inforadio am 01. September 2017 um 06:10 Uhr.",
        [
            ("teaser", THIRD),
            ("byline", "Von Lena Muster, ARD-Studio Kairo"),
            ("body", LEAD),
            ("heading", "Kinder vor einem Zelt"),
            ("body", SECOND),
            ("body", QUOTE),
            ("byline", "Lena Muster, ARD Kairo"),
        ],
        published=date(2017, 9, 1),
    ),
    Case(
        "archive record",
        f" date 2017-08 {LEAD}\n\nBündnis rückt vor\n\n{SECOND}\n\nxyz0004-20170831_3",
        [("body", LEAD), ("heading", "Bündnis rückt vor"), ("body", SECOND)],
        published=date(2017, 8, 31),
    ),
    Case(
        "newspaper export with line tails",
        "# blatt.de -- Armee im Irak: Tal Afar ist frei | |\n"
        "> Elf Tage dauerte die Offensive auf die Stadt. Jetzt weht dort wieder die | |\n"
        "> Fahne des Irak. | |\n"
        "Bild: Soldaten feiern in der Altstadt, während im Norden noch gekämpft wi… | |\n"
        "Bagdad afp | Die irakische Armee hat die Stadt Tal Afar nach eigenen | |\n"
        "Angaben eingenommen. Ministerpräsident Haidar al-Abadi sprach am Donnerstag | |\n"
        "von einem großen Sieg. | |\n"
        "Aus der Stadt waren in den Wochen davor mehr als 20.000 Menschen geflohen. | |\n"
        "Viele kamen in Lager südlich von Mossul. | |\n"
        "31 Aug 2017 | |\n## TAGS | |\nSchwerpunkt Irak | |\nMossul | |\n## ARTIKEL ZUM THEMA | |\n"
        "Flucht aus Hawija: Zu Fuß durch die Wüste | |\n"
        "Tausende Menschen verlassen die Stadt. Auf dem Weg nach Norden fehlt es an | |\n"
        "allem, sagen Helfer. | |\n",
        [
            ("title", "Armee im Irak: Tal Afar ist frei"),
            (
                "teaser",
                "Elf Tage dauerte die Offensive auf die Stadt. Jetzt weht dort wieder die Fahne des Irak.",
            ),
            ("caption", "Soldaten feiern in der Altstadt, während im Norden noch gekämpft wi…"),
            (
                "body",
                "Die irakische Armee hat die Stadt Tal Afar nach eigenen Angaben eingenommen. Ministerpräsident Haidar "
                "al-Abadi sprach am Donnerstag von einem großen Sieg.",
            ),
            (
                "body",
                "Aus der Stadt waren in den Wochen davor mehr als 20.000 Menschen geflohen. "
                "Viele kamen in Lager südlich von Mossul.",
            ),
        ],
        title="Armee im Irak: Tal Afar ist frei",
        published=date(2017, 8, 31),
        publisher="blatt.de",
    ),
    Case(
        "Austrian paper with menu and forum",
        "beispiel.at\nZum Inhalt springen\nSuche\nAbo\nAnmelden\nInternational\n›\nNahost\n\nTerrormiliz\n\n"
        "Armee meldet Einnahme von Tal Afar\n\n31. August 2017, 18:40\n127 Postings\n\n"
        "Foto: APA / AFP / Karim Beispiel\nSoldaten jubeln vor der Stadt.\n\n"
        f"Bagdad/Mossul – {LEAD}\n\nAls Nächstes Hawija\n\n{SECOND} (APA, Reuters, 31.8.2017)\n\n"
        "Mehr zum Thema\nIrak: Der lange Weg nach Hawija\n\n127 Postings\nIhre Meinung zählt.\n© beispiel.at 2017",
        [
            ("title", "Armee meldet Einnahme von Tal Afar"),
            ("caption", "Soldaten jubeln vor der Stadt."),
            ("byline", "Bagdad/Mossul"),
            ("body", LEAD),
            ("heading", "Als Nächstes Hawija"),
            ("body", SECOND),
            ("byline", "APA, Reuters, 31.8.2017"),
        ],
        title="Armee meldet Einnahme von Tal Afar",
        published=date(2017, 8, 31),
        publisher="beispiel.at",
    ),
    Case(
        "Swiss export with fields and a list",
        "Titel: Kobane hält stand\nDatum: 16.10.2014\nQuelle: Berner Beispiel\nAutor: Lena Muster\n\n"
        "Kobane hält stand\n(sda/afp) Die Kurden in der nordsyrischen Stadt Kobane halten weite Teile des Ortes.\n\n"
        "- 18 Angriffe flog die Koalition seit Dienstag.\n- Die Grenze zur Türkei ist teilweise geschlossen.\n\n"
        f"«Grosse Teile» des Ostens seien zurückgewonnen, sagte ein Vertreter der Kurden.\n{SHORT}\n",
        [
            ("title", "Kobane hält stand"),
            ("body", "Die Kurden in der nordsyrischen Stadt Kobane halten weite Teile des Ortes."),
            ("body", "18 Angriffe flog die Koalition seit Dienstag."),
            ("body", "Die Grenze zur Türkei ist teilweise geschlossen."),
            ("body", "«Grosse Teile» des Ostens seien zurückgewonnen, sagte ein Vertreter der Kurden."),
            ("body", SHORT),
        ],
        title="Kobane hält stand",
        published=date(2014, 10, 16),
        publisher="Berner Beispiel",
    ),
    Case(
        "tabloid with links inside the body",
        f"ISIS-TERROR\n\nArmee jagt die letzten Kämpfer von Tal Afar!\n\n31.08.2017 - 14:22 Uhr\n\n{LEAD}\n\n"
        "Lesen Sie auch: So lebt es sich in Mossul\n\nAnzeige\n\nWas kommt jetzt?\n\n"
        f"{SECOND}\nVideo: Der Kampf um die Zitadelle\n\nMehr zum Thema\nIrak: Die Angst der Rückkehrer\n"
        f"Kampf um Rakka\n\n{THIRD}\n\n{QUOTE}\n\nTeilen\nTwittern\nKommentare\nJan M.\nEndlich sind diese Leute weg, "
        "das hat auch wirklich lange genug gedauert.",
        [
            ("title", "Armee jagt die letzten Kämpfer von Tal Afar!"),
            ("body", LEAD),
            ("heading", "Was kommt jetzt?"),
            ("body", SECOND),
            ("body", THIRD),
            ("body", QUOTE),
        ],
        title="Armee jagt die letzten Kämpfer von Tal Afar!",
        published=date(2017, 8, 31),
    ),
]


def read(folder: Path, text: str) -> Article:
    (folder / "artikel.txt").write_text(text, encoding="utf8")
    [article] = read_articles(str(folder / "artikel.txt"), root=str(folder))
    return article


def shown(article: Article) -> list[tuple[str, str]]:
    return [(b.kind, article.text[b.begin : b.end]) for b in article.blocks]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_paragraph_is_kept_or_gone_as_a_reader_would_say(case: Case, tmp_path: Path) -> None:
    article = read(tmp_path, case.text)
    assert shown(article) == case.blocks
    assert (article.title, article.published, article.publisher) == (case.title, case.published, case.publisher)
    assert article.text == "\n\n".join(text for _, text in case.blocks)


DOUBTFUL = [
    "Die Cookies, die Soldaten an Kinder verteilten, stammten aus Beständen der Partner, wie die Koalition mitteilte. "
    "Auch Geräte und Daten wurden übergeben, der Dienst werde fortgesetzt.",
    "Auf Facebook und Twitter löschten die Anbieter Profile und Inhalte der Miliz, die dort um Kämpfer geworben hatte.",
    "Die Diskussion ist damit nicht beendet: Der Bundestag stimmt im Dezember 2015 über den Einsatz ab.",
    "Hintergrund: Die Stadt liegt an der Straße, die Mossul mit der syrischen Grenze verbindet.",
    "Mehr als 20.000 Menschen sind nach Angaben der Vereinten Nationen auf der Flucht.",
    "Von Mossul nach Norden führt nur eine Straße, und die ist seit Tagen unter Beschuss.",
    "Video und Audio der Miliz wertet der Dienst aus, wie ein Sprecher in Berlin sagte.",
    "Quelle des Wassers ist der Tigris, doch die Leitungen sind seit dem Sommer zerstört.",
    "Die Armee nutzte dafür Drohnen; das Foto: ein Beweis, sagen ihre Gegner.",
    "Tags darauf griff die Koalition Stellungen der Miliz im Westen der Stadt an.",
    "2. Bataillon und Pioniere sicherten am Abend die Brücke, wie der General mitteilte.",
    "Weiter westlich, bei Sindschar, hielten kurdische Einheiten eine Linie von 40 Kilometern.",
]


@pytest.mark.parametrize("paragraph", DOUBTFUL)
def test_body_that_looks_like_boilerplate_is_kept(paragraph: str, tmp_path: Path) -> None:
    article = read(tmp_path, f"Kampf um Mossul\n\n{LEAD}\n\n{paragraph}\n\n{SECOND}\n\n{THIRD}")
    assert shown(article) == [
        ("title", "Kampf um Mossul"),
        ("body", LEAD),
        ("body", paragraph),
        ("body", SECOND),
        ("body", THIRD),
    ]


@pytest.mark.parametrize("paragraph", [LEAD, SHORT, QUOTE, "„Die Stadt ist frei, und sie bleibt es auch“"])
def test_the_last_paragraph_is_kept(paragraph: str, tmp_path: Path) -> None:
    assert shown(read(tmp_path, f"{SECOND}\n\n{paragraph}"))[-1] == ("body", paragraph)


@pytest.mark.parametrize(
    "line",
    [
        "Startseite", "Politik", "Anzeige", "Teilen", "12 Kommentare", "Startseite > Politik > Ausland",
        "Politik | Ausland",
        "Lesen Sie auch: Der lange Weg zurück", "Jetzt abonnieren", "▌▉▍▉▉▍", "***", "Newsletter", "Artikel drucken",
        "Foto: Karim Beispiel/dpa", "© AFP", "Themen: Irak, Mossul, Terror", "Mehr zum Thema",
        "Die Kommentarfunktion ist zu.",
    ],
)  # fmt: skip
def test_lines_around_the_article_go(line: str, tmp_path: Path) -> None:
    assert shown(read(tmp_path, f"{line}\n\n{LEAD}\n\n{SECOND}\n\n{line}")) == [("body", LEAD), ("body", SECOND)]


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("Brücke über den Tigris bei Mossul Foto: APA/AFP/Karim Beispiel", "Brücke über den Tigris bei Mossul"),
        ("Brücke über den Tigris bei Mossul (Foto: dpa)", "Brücke über den Tigris bei Mossul"),
        ("Brücke über den Tigris bei Mossul. Bild: Reuters", "Brücke über den Tigris bei Mossul."),
        ("Brücke über den Tigris bei Mossul © picture alliance/dpa", "Brücke über den Tigris bei Mossul"),
        ("Brücke über den Tigris bei Mossul Foto: bilder.example/karim", "Brücke über den Tigris bei Mossul"),
        (
            "Bild: Die Brücke über den Tigris ist seit Tagen zerstört",
            "Die Brücke über den Tigris ist seit Tagen zerstört",
        ),
        ("Brücke über den Tigris bei Mossul (AFP)", "Brücke über den Tigris bei Mossul"),
    ],
)
def test_captions_stay_and_lose_their_credit(line: str, caption: str, tmp_path: Path) -> None:
    assert shown(read(tmp_path, f"{LEAD}\n\n{line}\n\n{SECOND}")) == [
        ("body", LEAD),
        ("caption", caption),
        ("body", SECOND),
    ]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        (
            "Die IS- Bastion fiel am Montag an die irakische Armee.",
            "Die IS-Bastion fiel am Montag an die irakische Armee.",
        ),
        (
            "Die US- geführte Koalition griff am Montag wieder an.",
            "Die US-geführte Koalition griff am Montag wieder an.",
        ),
        ("Das Propaganda- Video zeigt al- Baghdadi in Mossul.", "Das Propaganda-Video zeigt al-Baghdadi in Mossul."),
        (
            "Strom- und Wasserleitungen sind seit Wochen zerstört.",
            "Strom- und Wasserleitungen sind seit Wochen zerstört.",
        ),
        ("NATO- und afghanische Soldaten suchten nach Minen.", "NATO- und afghanische Soldaten suchten nach Minen."),
        ("Die Kämpfe - auch im Norden - hielten die Nacht an.", "Die Kämpfe - auch im Norden - hielten die Nacht an."),
        (
            "Die Kämp\u00adfer flo\u200bhen\u00a0nach  Norden\tin die Wüste.",
            "Die Kämpfer flohen nach Norden in die Wüste.",
        ),
        ("Die Ka\u0308mpfer\x07 flohen in der Nacht nach Norden.", "Die Kämpfer flohen in der Nacht nach Norden."),
        (
            "Die Armee &amp; die Miliz k&auml;mpfen weiter um die Stadt.",
            "Die Armee & die Miliz kämpfen weiter um die Stadt.",
        ),
        ("Die **Armee** nahm [Rawa](https://a.example/r) am Freitag ein.", "Die Armee nahm Rawa am Freitag ein."),
    ],
)
def test_characters_are_cleaned_and_words_are_not_changed(raw: str, clean: str, tmp_path: Path) -> None:
    assert read(tmp_path, raw).text == clean


def test_line_ends_of_every_system_part_paragraphs(tmp_path: Path) -> None:
    for end in ("\r\n", "\r", "\u2028"):
        (tmp_path / "artikel.txt").write_bytes(f"{LEAD}{end}{end}{SECOND}".encode())
        [article] = read_articles(str(tmp_path / "artikel.txt"), root=None)
        assert shown(article) == [("body", LEAD), ("body", SECOND)]


@pytest.mark.parametrize(
    "text",
    [
        "DIE ARMEE NAHM AM FREITAG DIE STADT RAWA NAHE DER SYRISCHEN GRENZE EIN.",
        "Armee nimmt Stadt ein",
    ],
    ids=["capitals", "a headline alone"],
)
def test_texts_that_are_no_usual_article_are_read_all_the_same(text: str, tmp_path: Path) -> None:
    assert read(tmp_path, text).text == text


@pytest.mark.parametrize(
    "unit",
    [
        f"{LEAD} ",
        f"{LEAD}\n\n",
        "Mehr zum Thema\n\n",
        "Foto: AFP\n",
        "3.10.2017 ",
        "„Er sagte: ",
        "Wort\n",
        "| ",
        "Cookies\n\n",
    ],
)
def test_twice_the_text_takes_twice_thesteps(unit: str) -> None:
    read_plain(unit)  # loads the tables
    short, long = (steps(lambda n=n: read_plain(unit * n)) for n in (300, 600))  # type: ignore[misc]
    assert long < 2.3 * short + 1_000


@pytest.mark.parametrize(
    ("wrapped", "whole"),
    [
        (
            "Die Miliz hat am Montag eine Brücke bei Anah\ngeräumt, berichteten Bewohner.",
            "Die Miliz hat am Montag eine Brücke bei Anah geräumt, berichteten Bewohner.",
        ),
        (
            "Die Soldaten zogen am Abend in die Stadt im\nWesten des Landes ein.",
            "Die Soldaten zogen am Abend in die Stadt im Westen des Landes ein.",
        ),
        (
            "Bei den Gefechten wurden am Montag zwölf Zivi-\nlisten verletzt, sagten Ärzte.",
            "Bei den Gefechten wurden am Montag zwölf Zivilisten verletzt, sagten Ärzte.",
        ),
        (
            "Die Gespräche führten am Montag die USA- und\nIrak-Beauftragten der Gruppe.",
            "Die Gespräche führten am Montag die USA- und Irak-Beauftragten der Gruppe.",
        ),
    ],
    ids=["a small letter", "a preposition", "a divided word", "a hyphen that stays"],
)
def test_even_one_sentence_broken_over_two_lines_is_joined(wrapped: str, whole: str, tmp_path: Path) -> None:
    assert shown(read(tmp_path, wrapped)) == [("body", whole)]


def test_paragraphs_that_are_whole_stay_apart(tmp_path: Path) -> None:
    lines = ("Die Armee griff am Morgen die Vororte der Stadt an.", "Der Präsident sprach erst später im Fernsehen dazu.")
    assert shown(read(tmp_path, "\n".join(lines))) == [("body", line) for line in lines]


def test_a_headline_in_capitals_over_two_lines_of_a_mail_is_the_title(tmp_path: Path) -> None:
    article = read(tmp_path, f"ARMEE NIMMT NACH TAGEN\nRAWA EIN\nVon Rana Haddad\n\n{fill(LEAD, 64)}\n")
    assert article.title == "ARMEE NIMMT NACH TAGEN RAWA EIN"
    assert shown(article) == [("title", "ARMEE NIMMT NACH TAGEN RAWA EIN"), ("byline", "Von Rana Haddad"), ("body", LEAD)]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Konflikte - Armee nimmt Stadt Rawa ein", "Armee nimmt Stadt Rawa ein"),
        ("Migration | Tausende verlassen das Grenzgebiet", "Tausende verlassen das Grenzgebiet"),
        ("Rawa - eine Stadt wartet auf Hilfe", "Rawa - eine Stadt wartet auf Hilfe"),
        ("Politik - ratlos", "Politik - ratlos"),
    ],
)
def test_an_agencys_section_is_no_part_of_the_title(line: str, title: str, tmp_path: Path) -> None:
    assert read(tmp_path, f"{line}\n\n{LEAD}\n\n{SECOND}\n").title == title


def test_a_short_line_that_ends_before_its_noun_goes_on_in_the_next(tmp_path: Path) -> None:
    path = tmp_path / "umbruch.txt"
    lines = "Bewohner flohen am", "Dienstag aus dem Dorf und suchten Schutz", "in den Höhlen der Umgebung."
    path.write_text("\n".join(lines), encoding="utf8")
    [article] = read_articles(str(path), root=str(tmp_path))
    assert isinstance(article, Article)
    assert article.text == " ".join(lines)


def test_what_stands_around_an_article_is_kept_with_its_category():
    body = (
        "Die Armee hat am Freitag die Stadt im Westen eingenommen, wie ein Sprecher mitteilte.",
        "Die Kämpfer zogen sich in die Wüste zurück und hinterließen Minen in der ganzen Stadt.",
    )
    draft = read_plain("\n\n".join(["Start > Politik > Ausland", "# Stadt gefallen", *body, "Lesen Sie auch", "Wahl im Land"]))
    assert [(one.category, one.text) for one in draft.left_out] == [
        ("navigation", "Start > Politik > Ausland"), ("related", "Lesen Sie auch"), ("related", "Wahl im Land"),
    ]  # fmt: skip
