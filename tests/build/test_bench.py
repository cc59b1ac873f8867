"""The benchmark's table adds up, and its page stands by itself."""

from __future__ import annotations

import re

from tests.bench.figures import Figures
from tests.bench.html_report import page
from tests.bench.stages import STAGES, watched
from tests.bench.templates import made, write_made
from tests.support.building import built
from tests.support.made import write_reports

ONE = {
    "articles": 100, "failures": 0, "words": 20_000, "triples": 60_000, "jobs": 1,
    "loading": 1.0, "seconds": 9.0, "processor": 8.0, "memory": [300.0, 310.0], "below": [], "store": 50.0,
    "stages": dict(zip(STAGES, (0.5, 4.0, 0.5, 0.5, 1.0, 1.0), strict=True)),
}  # fmt: skip
ANNOTATION = {"words": 1000, "ours": 6000.0, "first": 4000.0, "cnn": 2000.0, "components": {"tokenizer": 2.0, "tagger": 7.5}}
TWO = {**ONE, "jobs": 2, "loading": 0.0, "seconds": 5.0, "below": [400.0, 420.0]}
AT_ONCE = [{**ONE, "seconds": 11.5}, {**ONE, "seconds": 10.0}]
FIGURES = Figures(ONE, TWO, AT_ONCE, ANNOTATION, [TWO, {**TWO, "articles": 500, "processor": 44.0}])


def test_the_stages_add_up_to_the_whole():
    stages = {name: (seconds, share) for name, seconds, share, *_ in FIGURES.stages()}
    *parts, whole = stages.values()
    assert (sum(seconds for seconds, _ in parts), sum(share for _, share in parts)) == whole == (8.0, 1.0)
    assert stages["all else"] == (0.5, 0.0625)


def test_the_table_says_what_is_compared():
    told = {line[:40].strip(): line[40:].split()[0] for line in FIGURES.lines() if len(line) > 41}
    assert told["end to end / annotation"] == "0.50"
    assert told["end to end / spaCy CNN, small"] == "1.25"
    assert told["1 -> 2 workers, by the clock"] == "2.00"
    assert told["2 builds at once / one"] == "1.60"
    assert told["end to end by the clock, 2 workers"] == "4,000"
    assert (told["by the clock / annotation alone"], told["by the clock / spaCy CNN"]) == ("0.67", "2.00")
    assert (told["growth: 100 articles"], told["growth: 500 articles"]) == ("80.0", "88.0")


def test_the_page_fetches_nothing_and_draws_every_figure():
    html = page(FIGURES)
    assert html.count("<svg") == 8
    assert re.findall(r"(?:href|src)=|https?:", html) == []
    assert "nan" not in html
    assert "<p>not measured in this run</p>" in page(Figures(ONE, ONE, [ONE], ANNOTATION))


def test_the_stopwatch_sees_every_stage(tmp_path, fast):
    folder = write_reports(tmp_path / "reports")
    with watched() as watch:
        built(tmp_path, folder)
    assert [stage for stage, seconds in watch.seconds.items() if seconds <= 0] == []


def test_made_articles_are_the_same_whatever_their_number():
    few, many = dict(made(3)), dict(made(30))
    assert few.items() <= many.items()
    assert len(set(many.values())) == 30
    assert not any("{" in text for text in many.values())


def test_made_articles_are_as_long_and_as_dense_as_news_reports(tmp_path):
    words = write_made(tmp_path / "made", 40)
    tally = built(tmp_path, tmp_path / "made")
    assert 260 <= words / 40 <= 320
    assert 2.5 <= tally.triples / words <= 2.9
