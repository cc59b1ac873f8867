"""How fast our pipeline annotates, beside a spaCy CNN pipeline on the same texts in one process with one thread.

``python -m tests.bench.throughput`` prints JSON; :mod:`tests.bench` runs it with the numeric libraries held to one thread.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotation.pipeline import annotate, load_pipeline
from kg.reading import Article, read_articles
from kg.resources import collect_rarely, listed
from tests.bench.cnn import train
from tests.bench.corpus import varied

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
ARTICLES = 120
ROUNDS = 5


def articles(texts: Sequence[tuple[str, str]]) -> list[Article]:
    """Return (file name, text) as articles."""
    with TemporaryDirectory() as place:
        files = [Path(place) / name for name, _ in texts]
        for file, (_, text) in zip(files, texts, strict=True):
            file.write_text(text, encoding="utf8")
        return [article for file in files for article in read_articles(str(file), root=place)]


def words(found: Sequence[Article]) -> int:
    """Return the number of words, parted by blanks."""
    return sum(len(article.text.split()) for article in found)


def taken(work: Callable[[], object]) -> float:
    """Return how many seconds of processor time ``work`` takes."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def consume(docs: Iterator[object]) -> None:
    """Work through ``docs`` and keep none."""
    for _ in docs:
        pass


def main() -> None:
    """Measure and print one JSON object: words per second and microseconds a word by component."""
    collect_rarely()  # as every command does
    nlp = load_pipeline()
    samples = articles([(f.name, f.read_text(encoding="utf8")) for f in listed("samples", ".txt")])
    known, new = samples[: len(samples) // 2], samples[len(samples) // 2 :]
    consume(annotate(nlp, known))
    first = words(new) / taken(lambda: consume(annotate(nlp, new)))
    measured = articles(list(varied(ARTICLES)))
    consume(annotate(nlp, measured))  # the warm-up
    other = train([doc for _, doc in annotate(nlp, samples)])
    ours, cnn = _side_by_side(nlp, other, measured)
    figures = {
        "words": words(measured),
        "ours": ours,
        "first": first,
        "cnn": cnn,
        "components": {name: 1e6 * seconds / words(measured) for name, seconds in _by_component(nlp, measured).items()},
    }
    print(json.dumps(figures))


def _side_by_side(ours: Language, other: Language, measured: list[Article]) -> tuple[float, float]:
    """Return the rates of both pipelines in words per second, measured in turn."""
    texts = [article.text for article in measured]
    consume(other.pipe(texts))
    rounds = [
        (taken(lambda: consume(annotate(ours, measured))), taken(lambda: consume(other.pipe(texts)))) for _ in range(ROUNDS)
    ]
    return words(measured) / median(a for a, _ in rounds), words(measured) / median(b for _, b in rounds)


def _by_component(nlp: Language, measured: list[Article]) -> dict[str, float]:
    """Return the seconds that each component takes, the tokenizer first."""
    seconds = dict.fromkeys(("tokenizer", *nlp.pipe_names), 0.0)
    for article in measured:
        begin = time.process_time()
        doc: Doc = nlp.make_doc(article.text)
        doc._.published, doc._.blocks = article.published, article.blocks
        seconds["tokenizer"] += time.process_time() - begin
        for name, component in nlp.pipeline:
            begin = time.process_time()
            doc = component(doc)
            seconds[name] += time.process_time() - begin
    return seconds


if __name__ == "__main__":
    main()
