"""Pages in the layouts of news sites, each with the passages that are wanted and those that are not."""

from __future__ import annotations

from dataclasses import dataclass

LEAD = "Nach schweren Gefechten ist die Stadt Rawa am Freitag an die Armee gefallen, wie Bewohner berichteten."
FIRST = (
    "Die Armee ist am Freitag in die Stadt Rawa im Westen des Landes eingerückt, teilte ein Sprecher mit. Die Kämpfer der "
    "Miliz zogen sich über den Fluss in die Wüste zurück."
)
SECOND = (
    "Bei den Gefechten wurden nach Angaben von Ärzten zwölf Zivilisten verletzt. Das Verteidigungsministerium äußerte "
    "sich zunächst nicht zu den Verlusten der eigenen Truppen."
)
THIRD = (
    "Die Miliz hat am Montag eine Brücke bei Anah geräumt, wie Bewohner der umliegenden Dörfer berichteten. Zuvor hatte "
    "eine Vermittlung der Stammesältesten zwei Tage gedauert."
)
NAV = '<nav class="menu"><ul><li><a href="/">Startseite</a></li><li><a href="/p">Politik</a></li></ul></nav>'
RELATED = (
    '<aside class="related"><h3>Mehr zum Thema</h3><ul><li><a href="/x">Der lange Kampf um Mossul und seine Folgen</a></li>'
    '<li><a href="/y">Was die Miliz in der Region nun will</a></li></ul></aside>'
)
FOOT = '<footer><p>© 2017 Beispielblatt. Alle Rechte vorbehalten.</p><a href="/i">Impressum</a></footer>'
COMMENTS = '<section class="comments"><h3>Kommentare</h3><p>Max: Endlich ist das vorbei, das wurde auch Zeit.</p></section>'
COOKIES = '<div class="cookie-banner"><p>Wir verwenden Cookies, um Anzeigen zu personalisieren.</p></div>'
UNWANTED = ("Startseite", "Der lange Kampf um Mossul", "Alle Rechte vorbehalten", "Endlich ist das vorbei", "Cookies")


@dataclass(frozen=True)
class Layout:
    """A page and its wanted passages."""

    page: str
    wanted: tuple[str, ...]


def page(main: str, head: str = "") -> str:
    return (
        '<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Armee nimmt Rawa ein</title>'
        f'<meta property="og:title" content="Armee nimmt Rawa ein">{head}</head><body>{COOKIES}{NAV}{main}{FOOT}</body></html>'
    )


TITLE = "<h1>Armee nimmt Rawa ein</h1>"
BODY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
WANTED = (FIRST, SECOND, THIRD)


def lead(markup: str) -> Layout:
    return Layout(page(f"<main><article>{markup}{BODY}</article>{RELATED}{COMMENTS}</main>"), (LEAD, *WANTED))


LAYOUTS = {
    "article": Layout(page(f"<main><article>{TITLE}{BODY}</article>{RELATED}{COMMENTS}</main>"), WANTED),
    "lead: teaser": lead(f'{TITLE}<div class="teaser"><p>{LEAD}</p></div>'),
    "lead: article-teaser": lead(f'{TITLE}<p class="article-teaser">{LEAD}</p>'),
    "lead: article-summary": lead(f'{TITLE}<div class="article-summary">{LEAD}</div>'),
    "lead: leadText": lead(f'{TITLE}<div class="leadText"><strong>{LEAD}</strong></div>'),
    "lead: header": lead(f"<header>{TITLE}<p>{LEAD}</p></header>"),
    "lead: beside the body": Layout(
        page(
            f'<main><header>{TITLE}<p class="intro">{LEAD}</p></header><div class="article-body">{BODY}</div>'
            f"{RELATED}{COMMENTS}</main>"
        ),
        (LEAD, *WANTED),
    ),
    "two bodies": Layout(
        page(
            f'<main>{TITLE}<div class="article-body"><p>{FIRST}</p></div><div class="ad">Anzeige</div>'
            f'<div class="article-body"><p>{SECOND}</p><p>{THIRD}</p></div>{RELATED}</main>'
        ),
        WANTED,
    ),
    "two itemprops": Layout(
        page(
            f'<main>{TITLE}<div itemprop="articleBody"><p>{FIRST}</p></div><figure><img src="a.jpg"></figure>'
            f'<div itemprop="articleBody"><p>{SECOND}</p><p>{THIRD}</p></div>{RELATED}</main>'
        ),
        WANTED,
    ),
    "two articles": Layout(
        page(f"<main>{TITLE}<article><p>{FIRST}</p></article><article><p>{SECOND}</p><p>{THIRD}</p></article>{RELATED}</main>"),
        WANTED,
    ),
    "table of figures": Layout(
        page(
            f"<article>{TITLE}{BODY}<table><tr><th>Ort</th><th>Verletzte</th></tr><tr><td>Rawa</td><td>zwölf</td></tr>"
            f"<tr><td>Anah</td><td>drei</td></tr></table></article>{RELATED}"
        ),
        (*WANTED, "Rawa; zwölf", "Anah; drei"),
    ),
    "layout tables": Layout(
        page(
            '<table width="760"><tr><td width="140"><a href="/">Startseite</a><br><a href="/p">Politik</a></td><td>'
            f'<table><tr><td><font size="5">Armee nimmt Rawa ein</font></td></tr><tr><td>{FIRST}<br><br>{SECOND}<br><br>'
            f"{THIRD}</td></tr></table></td></tr></table>"
        ),
        WANTED,
    ),
    "boxes without paragraphs": Layout(
        page(f'<div id="content">{TITLE}<div class="text">{FIRST}<br><br>{SECOND}<br><br>{THIRD}</div></div>{RELATED}'), WANTED
    ),
    "list of points": Layout(
        page(f"<article>{TITLE}<p>{FIRST}</p><ul><li>{SECOND}</li><li>{THIRD}</li></ul></article>{RELATED}"), WANTED
    ),
    "quotes and headings": Layout(
        page(
            f"<article>{TITLE}<p>{FIRST}</p><h2>Zwölf Verletzte</h2><blockquote><p>{SECOND}</p></blockquote>"
            f"<h2>Brücke geräumt</h2><p>{THIRD}</p></article>{RELATED}"
        ),
        (*WANTED, "Zwölf Verletzte", "Brücke geräumt"),
    ),
    "sections": Layout(
        page(
            f'<main class="content"><section><header>{TITLE}</header></section><section class="par"><p>{FIRST}</p></section>'
            f'<section class="par"><p>{SECOND}</p></section><section class="par"><p>{THIRD}</p></section></main>{RELATED}'
        ),
        WANTED,
    ),
}
