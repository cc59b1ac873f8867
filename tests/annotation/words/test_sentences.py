"""Sentence bounds: what ends a sentence in German news and what only looks like it."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotation.records import register_extensions
from kg.annotation.words.sentences import LONGEST_SENTENCE, Sentences, bounds
from kg.reading.article import Block
from tests.support.steps import steps

register_extensions()


def cut(doc: Doc) -> list[str]:
    return [doc.text[slice(*bounds(s))] for s in doc.sents]


# "|" stands where a sentence ends
SENTENCES = [
    "Die Armee rückte vor.|Die Miliz floh.",
    "Am 3. Oktober fiel die Stadt.|Am 4. begann der Abzug.",
    "Im 19. Jahrhundert war Mossul eine osmanische Provinzhauptstadt.|Das änderte sich 1918.",
    "Der 45. Präsident der USA kündigte den Abzug an.|Viele waren überrascht.",
    "Die 101. Luftlandedivision war 2003 in Mossul stationiert.|Sie blieb bis 2004.",
    "Die Offensive begann 2016.|Sie endete im Juli 2017.",
    "Die Zahl der Toten stieg auf 17.|Bisher war von neun die Rede.",
    "Zwischen dem 3. und 5. November wurde gekämpft.|Danach war es still.",
    "Mittwoch, 9. November: Die Armee meldet Erfolge.|Die Miliz schweigt.",
    "Papst Johannes Paul II. verurteilte den Krieg.|Er mahnte zum Frieden.",
    "2013 ging Benedikt XVI.|Er war der erste seit Langem.",
    "Dr. Salim Hassan leitet die Klinik.|Er blieb in der Stadt.",
    "Es fehlt an allem, z. B. an Wasser, Brot usw.|Die Helfer sind erschöpft.",
    "Das Lager bietet u.a. Zelte, Decken und Medikamente.|Es ist überfüllt.",
    "Rund 3,5 Mio. Menschen sind auf der Flucht.|Davon sind viele Kinder.",
    "Die Hilfe kostet 2 Mrd. Euro.|Der Bundestag stimmte zu.",
    "Der Schaden liegt bei 5 Mio.|Das teilte die Stadt mit.",
    "Nach Art. 51 der UN-Charta ist Selbstverteidigung erlaubt.|Darauf beruft sich Paris.",
    "Er kannte Waffen dieser Art.|Der Händler auch.",
    "George W. Bush befahl den Einmarsch.|Sein Vater hatte gezögert.",
    "Angeklagt ist der 28-jährige Murat K.|Er soll gekämpft haben.",
    "Etwa 25.000 Menschen leben dort.|Es waren einmal 200.000.",
    "Die Bombe explodierte um 20.30 Uhr.|Verletzt wurde niemand.",
    'Er sagt: "Wir kommen voran.|Der Feind ist schwach."|Dann schweigt er.',
    "„Wir haben gewonnen.“|So sprach der General.",
    "„Wir haben gewonnen“, sagte der General.|Die Truppe jubelte.",
    "«Wo sind unsere Söhne?» fragte die Mutter.|Niemand antwortete.",
    "»Feuer!« rief einer.|Dann fielen Schüsse.",
    '"Wir bleiben."|Abu Omar lacht.',
    "Eines ist sicher: Die Miliz verliert an Boden.|Das sagen alle.",
    "Die Stadt ist frei; die Umgebung ist es nicht.|Noch wird gekämpft.",
    "Die Stadt ist geräumt worden.|Im Norden wird noch gekämpft.",
    "Die Straße sei gesperrt.|40 Lastwagen warten.",
    "„Sie kamen nachts […].|Wir flohen“, sagte er.",
    "Er wartete … und wartete.|Niemand kam.",
    "Die Kämpfer (es waren etwa 300) flohen.|Die Armee folgte.",
    "(Die Angaben sind nicht überprüfbar.)|Der Sender ist regierungsnah.",
    "Zuletzt sprach er 2014.|al-Baghdadi zeigte sich seitdem nicht.",
    "Wann endet der Krieg?|Niemand weiß es!|Wirklich niemand.",
    "Das berichtete die Seite tagesschau.de am Abend.|Die Armee schwieg.",
    "Betroffen sind der IS.|Auch die PKK.|Und die USA.",
    "Die Truppen stehen 12 km vor der Stadt.|Sie warten.",
]


@pytest.mark.parametrize("marked", SENTENCES)
def test_sentences_end_where_german_readers_see_the_end(sentence_cutter: Language, marked: str) -> None:
    assert cut(sentence_cutter(marked.replace("|", " "))) == marked.split("|")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Es ist geschehen.Im Dorf ist Ruhe.", ["Es ist geschehen.", "Im Dorf ist Ruhe."]),
        ("Er kam 2015.Sie blieb.", ["Er kam 2015.", "Sie blieb."]),
        ("Ein Ph.D der U.S.Army half.", ["Ein Ph.D der U.S.Army half."]),
    ],
)
def test_a_missing_blank_behind_the_full_stop_does_not_join_sentences(
    sentence_cutter: Language, text: str, expected: list[str]
) -> None:
    assert cut(sentence_cutter(text)) == expected


def test_every_block_begins_a_sentence(sentence_cutter: Language) -> None:
    text = "Armee nimmt Rawa ein\n\nSoldaten vor der Stadt\n\nDie Stadt ist gefallen"
    doc = sentence_cutter.make_doc(text)
    doc._.blocks = (Block(0, 20, "title"), Block(22, 44, "caption"), Block(46, 68, "body"))
    assert cut(sentence_cutter(doc)) == ["Armee nimmt Rawa ein", "Soldaten vor der Stadt", "Die Stadt ist gefallen"]


def test_a_blank_line_begins_a_sentence_where_no_blocks_are_known(sentence_cutter: Language) -> None:
    assert cut(sentence_cutter("Armee nimmt Rawa ein\n\nDie Miliz floh")) == ["Armee nimmt Rawa ein", "Die Miliz floh"]


def test_the_blank_line_between_paragraphs_is_no_sentence(sentence_cutter: Language) -> None:
    doc = sentence_cutter("Die Stadt ist frei.\n\n„Sie kamen nachts.“\n\nDann war Ruhe.\n\n")
    assert [s.text for s in doc.sents] == ["Die Stadt ist frei.\n\n", "„Sie kamen nachts.“\n\n", "Dann war Ruhe.\n\n"]


def test_the_empty_text_has_no_sentence(sentence_cutter: Language) -> None:
    assert cut(sentence_cutter("")) == []


def test_a_text_without_full_stops_is_cut_into_pieces_that_lose_nothing(sentence_cutter: Language) -> None:
    text = "Stadt, Dorf, Fluss, " * 400
    found = cut(sentence_cutter(text))
    assert " ".join(found) == text.strip()
    assert max(len(sentence_cutter.make_doc(s)) for s in found) <= LONGEST_SENTENCE


@pytest.mark.parametrize(
    "text",
    [
        "„Er sagte: " * 10_000 + "“" * 10_000,
        "DIE ARMEE NAHM DIE STADT EIN. " * 500,
        "قال الجيش إنه استعاد المدينة. " * 500,
        "The army retook the town. Nobody was hurt. " * 500,
        "wort" * 100_000,
        "." * 100_000,
        "a\x00\x01b \x07" * 5_000,
    ],
    ids=["nested quotes", "capitals", "right to left", "English", "one long word", "full stops", "control characters"],
)
def test_odd_texts_are_cut_without_loss(sentence_cutter: Language, text: str) -> None:
    doc = sentence_cutter(text)
    assert doc.text == text
    assert "".join(s.text_with_ws for s in doc.sents) == text


@pytest.mark.parametrize("unit", ["Am 3. Mai kam „Abu Omar.“ Er ging. ", "„", "a. ", "Wort, "])
def test_twice_the_text_takes_twice_thesteps(sentence_cutter: Language, unit: str) -> None:
    component = Sentences()
    short, long = sentence_cutter.make_doc(unit * 2_000), sentence_cutter.make_doc(unit * 4_000)
    assert steps(lambda: component.match(long)) < 2.2 * steps(lambda: component.match(short)) + 2_000


def test_the_component_declares_what_it_sets(sentence_cutter: Language) -> None:
    assert sentence_cutter.get_pipe_meta("lagebild_sentences").assigns == ["token.is_sent_start"]
    assert sentence_cutter.analyze_pipes()["problems"] == {"lagebild_sentences": []}
