"""Which share of made sentences is read rightly, by construction and by value."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from kg.annotation.pipeline import load_pipeline
from kg.resources import folder
from tests.bench.grammar.reading import VALUES, right
from tests.bench.grammar.sentences import Sentence, sentences, table

PUBLISHED = date(2017, 11, 10)  # a Friday


def main(argv: Sequence[str] | None = None) -> None:
    """Read all sentences and print the shares; refuse words that a lexicon entry was written for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", metavar="CONSTRUCTION", help="print what of it is read wrongly; all: of every one")
    args = parser.parse_args(argv)
    if known := sorted(set(_known_words())):
        parser.error(f"fillers.tsv: {', '.join(known)}: stands in the lexicon, take another word")
    values: defaultdict[str, list[bool]] = defaultdict(list)
    whole: defaultdict[str, list[bool]] = defaultdict(list)
    for sentence, read in _read():
        for name in VALUES:
            values[name].append(read[name])
        whole[sentence.construction].append(all(read.values()))
        if args.wrong in ("all", sentence.construction) and not all(read.values()):
            print(f"{sentence.construction}: {sentence.text} ({', '.join(n for n in VALUES if not read[n])})")
    for name, marks in (*whole.items(), *values.items()):
        print(f"{name:<32} {sum(marks) / len(marks):.3f} of {len(marks)}")
    every = [mark for marks in whole.values() for mark in marks]
    print(f"{'every value right':<32} {sum(every) / len(every):.3f} of {len(every)}")


def _read() -> Iterator[tuple[Sentence, dict[str, bool]]]:
    nlp = load_pipeline()
    for sentence in sentences():
        doc = nlp.make_doc(sentence.text)
        doc._.published = PUBLISHED
        yield sentence, right(nlp(doc), sentence.reading)


def _known_words() -> Iterator[str]:
    """Yield the nouns for agents and victims that stand in a table of the lexicon."""
    lexicon = {word for file in folder("lexicon").rglob("*.tsv") for word in file.read_text(encoding="utf8").split()}
    for row in table("fillers.tsv"):
        noun = row["form"].rpartition(" ")[2]
        if row["role"] in ("agents", "victims") and noun in lexicon:
            yield noun


if __name__ == "__main__":
    main()
