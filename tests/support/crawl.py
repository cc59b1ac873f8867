"""A made-up crawl: articles on pages of three templates, and among them all that a crawl brings along."""

from __future__ import annotations

import gzip
import io
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import brotli
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.support.files import MONTHS, Story, page

TOWNS = ("Tal Afar", "Hawidscha", "Manbidsch", "Palmyra", "Idlib", "Afrin", "Ramadi", "Tikrit", "Kobane", "Abu Kamal")
GROUPS = ("die Armee", "die Miliz", "eine Brigade der Rebellen", "die Grenzpolizei", "ein Bündnis mehrerer Gruppen")
DEEDS = (
    "Am {day} eroberte {group} {town} nach kurzem Kampf.", "Am {day} griff {group} mehrere Dörfer bei {town} an.",
    "Am {day} zog sich {group} aus {town} zurück.", "Am {day} beschoss {group} Stellungen am Rand von {town}.",
)  # fmt: skip
TALK = (
    "Ein Sprecher bestätigte das vor Journalisten.", "Über die Zahl der Opfer war zunächst nichts bekannt.",
    "Anwohner berichteten von zerstörten Häusern und Straßen.", "Hilfsorganisationen baten um freien Zugang zur Stadt.",
    "Die Bewohner suchten Schutz in den Kellern der Schulen.", "Beobachter rechnen mit weiteren Kämpfen in der Gegend.",
)  # fmt: skip
FOREIGN = (
    "The army moved into the town after a short fight. Residents said that many houses had been destroyed by the shelling.",
    "L'armée est entrée dans la ville après un bref combat. Les habitants ont dit que de nombreuses maisons étaient détruites.",
    "Ordu kısa bir çatışmanın ardından kasabaya girdi. Bölge sakinleri birçok evin bombardımanda yıkıldığını söyledi.",
)  # fmt: skip
MOMENT = "2020-01-01T00:00:00Z"
EVERY_FOURTH = ("gzip", "br", "", "")  # how pages are packed
KINDS = ("page",) * 13 + ("image", "image", "foreign", "status", "empty", "broken brotli", "cut")  # of twenty records


@dataclass(frozen=True)
class Crawled:
    """One record of the crawl; ``story`` is what a page tells, None for all else."""

    url: str
    kind: str
    story: Story | None


def crawl(number: int, seed: int = 5) -> list[Crawled]:
    """Return what a crawl of so many records brings, the same for the same seed."""
    dice = random.Random(seed)
    kinds = [KINDS[n % len(KINDS)] for n in range(number)]
    dice.shuffle(kinds)
    return [Crawled(f"https://www.blatt.example/{n}", kind, _story(n, dice)) for n, kind in enumerate(kinds)]


def _story(number: int, dice: random.Random) -> Story:
    day = date(2016, 1, 1) + timedelta(days=number % 700)
    town, group = dice.choice(TOWNS), dice.choice(GROUPS)
    named = f"{day.day}. {MONTHS[day.month - 1]} {day.year}"
    first, second = dice.sample(TALK, 2)
    lead = f"{dice.choice(DEEDS).format(day=named, group=group, town=town)} {first}"
    rest = f"{second} Das meldete Reporter Nummer {number} für die Zeitung in der Stadt, und das Radio meldete es auch."
    return Story(f"Bericht aus {town}", day, "Blatt am Morgen", (lead, rest))


def modern(story: Story) -> str:
    return page(story, '<meta charset="utf-8">')


def older(story: Story) -> str:
    """A page with a teaser outside the body, boxes and a banner."""
    lead, *rest = story.paragraphs
    body = "".join(f"<p>{paragraph}</p>" for paragraph in rest)
    return f"""<html lang="de"><head><title>{story.title}</title><meta property="og:site_name" content="{story.outlet}">
<meta name="date" content="{story.day}"></head><body><div class="nav"><ul><li><a href="/a">Politik</a></li></ul></div>
<div id="content"><h1>{story.title}</h1><p class="teaser">{lead}</p><div class="article-body">{body}
<div class="share"><a href="#">Teilen</a></div></div></div><div class="footer">Impressum | Datenschutz</div></body></html>"""


def marked(story: Story) -> str:
    """A page marked up for search engines."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in story.paragraphs)
    return f"""<!DOCTYPE html><html lang="de"><head><title>{story.title} - {story.outlet}</title>
<meta property="og:title" content="{story.title}"><meta property="og:site_name" content="{story.outlet}"></head>
<body><header><a href="/">Start</a></header><main itemscope itemtype="https://schema.org/NewsArticle">
<h1 itemprop="headline">{story.title}</h1><time itemprop="datePublished" datetime="{story.day}T08:00:00Z"></time>
<div itemprop="articleBody">{body}</div></main><aside><p>Mehr zum Thema</p></aside></body></html>"""


TEMPLATES = (modern, older, marked)


def write_crawl(path: Path, crawled: list[Crawled]) -> None:
    """Write the crawl as WARC; the ending says whether its records are packed."""
    with path.open("wb") as file:
        for number, one in enumerate(crawled):
            record = io.BytesIO()
            writer = WARCWriter(record, gzip=path.name.endswith(".gz"))
            head, payload = _answer(number, one)
            headers = StatusAndHeaders(head[0], head[1:], protocol="HTTP/1.1")
            made = writer.create_warc_record(
                one.url, "response", io.BytesIO(payload), http_headers=headers, warc_headers_dict={"WARC-Date": MOMENT}
            )
            writer.write_record(made)
            written = record.getvalue()
            file.write(written[: len(written) * 2 // 3] if one.kind == "cut" else written)


def _answer(number: int, one: Crawled):
    """Return the head and the body of a site's answer."""
    page_type = ("Content-Type", "text/html; charset=utf-8")
    assert one.story is not None
    html = TEMPLATES[number % 3](one.story)
    if one.kind == "image":
        return ["200 OK", ("Content-Type", "image/png")], b"\x89PNG\r\n" + random.Random(number).randbytes(700)
    if one.kind == "foreign":
        return ["200 OK", page_type], f"<html><body><article><p>{3 * FOREIGN[number % 3]}</p></article></body></html>".encode()
    if one.kind == "status":
        return ["404 Not Found", page_type], html.encode()
    if one.kind == "empty":
        return ["200 OK", page_type], b"<html><body><a href='/'>Politik</a></body></html>"
    if one.kind == "broken brotli":
        return ["200 OK", page_type, ("Content-Encoding", "br")], brotli.compress(html.encode())[:-20]
    return _packed(number, html, page_type)


def _packed(number: int, html: str, page_type: tuple[str, str]):
    if number % 7 == 0:  # declared where alone the crawl's own header says it
        latin = re.sub(r'<meta charset="utf-8">', "", html).encode("cp1252")
        return ["200 OK", ("Content-Type", "text/html; charset=iso-8859-1")], latin
    coding = EVERY_FOURTH[number % 4]
    body = {"gzip": gzip.compress, "br": brotli.compress, "": bytes}[coding](html.encode())
    return ["200 OK", page_type, *([("Content-Encoding", coding)] if coding else [])], body


def articles(crawled: list[Crawled]) -> Iterator[tuple[str, Story]]:
    """Yield address and story of every page that can be read."""
    return ((one.url, one.story) for one in crawled if one.kind == "page" and one.story is not None)
