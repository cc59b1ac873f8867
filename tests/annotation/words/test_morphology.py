from __future__ import annotations

from functools import cache

import pytest
from HanTa.HanoverTagger import HanoverTagger

from kg.annotation.words import morphology
from kg.annotation.words.morphology import MODEL, Morphology
from kg.resources import listed

WORDS = (
    "Grenzschutzbataillon", "Wüstenoffensivenplan", "zurückzudrängen", "umzingelnd", "Albu-Kamalisch", "al-Dschasrawi",
    "IS-Kämpfern", "Mossuls", "vorgerückten", "x", "ß", "1.", "3,5", "–", "ab", "Aaa", "ÜÄÖ", "中文", "a-b-c", "qqqqqqqqqq",
    "Donaudampfschifffahrtsgesellschaftskapitänsmütze", "zwanzigtausendundeins", "entmilitarisiertesten", "Zu",
)  # fmt: skip


@cache
def hanta() -> HanoverTagger:
    return HanoverTagger(MODEL)


@cache
def ours() -> Morphology:
    return Morphology()


@cache
def forms() -> tuple[str, ...]:
    text = " ".join(file.read_text(encoding="utf8") for file in listed("samples", ".txt")[:4])
    return tuple(sorted({word.strip(".,:;„“()") for word in text.split()} - {""}))


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("case_counts", [True, False])
def test_the_readings_of_a_word_are_those_of_hanta(word, case_counts):
    settings = {"cutoff": 5, "casesensitive": case_counts, "conditional": True}
    found, expected = ours()._tag_word(word, **settings), hanta()._tag_word(word, **settings)
    assert [tag for tag, _ in found] == [tag for tag, _ in expected]
    assert [fit for _, fit in found] == pytest.approx([fit for _, fit in expected], rel=1e-12)


@pytest.mark.parametrize("word", WORDS)
def test_the_morphemes_of_a_word_are_those_of_hanta_with_every_tag(word):
    tags = [number for number in ours().int2tag if number < 0]
    assert len(tags) > 50
    found = {tag: ours().analyze_viterbi(word.lower(), tag) for tag in tags}
    assert found == {tag: hanta().analyze_viterbi(word.lower(), tag) for tag in tags}


def test_readings_and_lemmas_of_running_text_are_those_of_hanta():
    def read(model: HanoverTagger) -> list[tuple[str, list[int], str]]:
        readings = [(form, [tag for tag, _ in model._tag_word(form, cutoff=5, conditional=True)]) for form in forms()]
        return [(form, tags, model._analyze(form, tags[0])[0]) for form, tags in readings]

    assert len(forms()) > 300
    assert read(ours()) == read(hanta())


@pytest.mark.parametrize("length", [4, 20, 40])
def test_each_stretch_of_a_word_is_followed_at_most_once(length, monkeypatch):
    """Only from the second morpheme on, and most unknown ones not at all: they could not come out among the best."""
    follow, followed = morphology._follow, []
    monkeypatch.setattr(morphology, "_follow", lambda *stretch: followed.append(stretch) or follow(*stretch))
    ours().analyze_forward(("ab" * length)[:length])
    assert length // 2 <= len(followed) <= length * (length - 1) // 2


@pytest.mark.parametrize("pos", ["NN", "VV(FIN)", "NNI", "PIS", "NE"])
@pytest.mark.parametrize("stem", ["stadt", "s", "umstellt", "erober", "jed"])
def test_the_lemma_of_a_stem_is_that_of_hanta(stem, pos):
    assert ours().makelemma([stem], pos) == hanta().makelemma([stem], pos)
