"""Any number of articles that nobody wrote: sentences out of templates with towns, sides, days and numbers, seeded.

Between the sentences that tell of events stand some that tell of none, so that an article is as long and as dense as news
reports were found to be: about 290 words, 2.7 triples a word.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from tests.bench.corpus import MONTHS, towns

TEMPLATES, BACKGROUND = (Path(__file__).with_name(name) for name in ("templates.tsv", "background.tsv"))
ARMIES = ("irakischen Armee", "syrischen Armee", "türkischen Armee", "afghanischen Armee", "malischen Armee", "Peschmerga")
GROUPS = ("Terrormiliz Islamischer Staat", "Hisbollah", "Hamas", "Miliz", "Boko Haram", "Nusra-Front")
SENTENCES = (9, 16)  # that tell of events
BETWEEN = (4, 6)
PARAGRAPH = 4  # sentences


def made(number: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Yield (file name, text) of ``number`` articles, the same for the same seed; the first ones whatever the number."""
    templates, background = (file.read_text(encoding="utf8").splitlines() for file in (TEMPLATES, BACKGROUND))
    places = towns()
    for index in range(number):
        chance = random.Random(f"{seed} {index}")
        sentences = chance.sample(templates, chance.randint(*SENTENCES)) + chance.sample(background, chance.randint(*BETWEEN))
        yield f"{index:06}.txt", _article(chance, chance.sample(sentences, len(sentences)), places)


def write_made(folder: Path, number: int) -> int:
    """Write ``number`` articles into ``folder``, a thousand to a folder of it; return how many words they hold."""
    words = 0
    for index, (name, text) in enumerate(made(number)):
        place = folder / f"{index // 1000:03}"
        place.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf8")
        words += len(text.split())
    return words


def _article(chance: random.Random, templates: list[str], places: list[str]) -> str:
    town, other = chance.choice(places), chance.choice(places)
    day, month, year = chance.randrange(1, 29), chance.randrange(1, 13), chance.randrange(2012, 2025)
    said = []
    for template in templates:
        if chance.random() < 0.2:
            town, other = other, chance.choice(places)
        army = chance.choice(ARMIES)
        slots = {
            "town": town, "other": other, "army": army, "forces": army.replace("schen ", "sche "),
            "group": chance.choice(GROUPS), "number": chance.randrange(2, 60), "day": f"{max(1, day - chance.randrange(6))}.",
            "month": MONTHS[month - 1],
        }  # fmt: skip
        said.append(template.format(**slots))
    paragraphs = [" ".join(said[k : k + PARAGRAPH]) for k in range(0, len(said), PARAGRAPH)]
    return f"Gefechte um {town}\n\n{town}, {day}. {MONTHS[month - 1]} {year}\n\n" + "\n\n".join(paragraphs) + "\n"
