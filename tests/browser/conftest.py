"""The samples' graph behind a running server, with a label in it that would be markup; pages that are watched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest
from playwright.sync_api import Browser, Page

from kg.namespaces import DEFAULT_BASE, PREFIXES
from kg.store.embedded import DATA
from tests.support.browsing import WIDE, Watch, chromium, drawn
from tests.support.samples import build_samples
from tests.support.serving import Server, running

EVIL = "<img src=x onerror=\"document.title='gehackt'\">"
_HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()) + f"@base <{DEFAULT_BASE}> .\n"
_EVIL = """GRAPH <article/evil> {{
  <article/evil> a schema:NewsArticle , nif:Context ; lb:sourcePath "evil.txt" ; lb:contentHash "sha256:evil" ;
    nif:isString {evil} ; schema:headline {evil}@de ; schema:publisher {evil} ;
    schema:datePublished "2016-06-13T00:00:00Z"^^xsd:dateTime .
  <entity/evil> a lb:ArmedGroup ; rdfs:label {evil}@de , {evil}@en .
  <entity/evil-town> a lb:City ; rdfs:label {evil}@de , {evil}@en ; lb:latitude 35.5 ; lb:longitude 40.5 .
  <event/evil> a lb:Capture ; rdfs:label {evil}@de , {evil}@en ; lb:agent <entity/evil> ; lb:target <entity/islamic-state> ;
    lb:place <entity/evil-town> ; lb:earliest "2016-06-12T00:00:00Z"^^xsd:dateTime ;
    lb:latest "2016-06-12T23:59:59Z"^^xsd:dateTime ; gaf:denotedBy <article/evil#offset_0_4> .
  <article/evil#offset_0_4> a gaf:Mention , nif:OffsetBasedString ; nif:anchorOf {evil} ; nif:beginIndex 0 ; nif:endIndex 4 ;
    nif:referenceContext <article/evil> ; nif:sentence <article/evil#offset_0_9> ; lb:factuality lb:Factual ;
    lb:attributedTo <entity/evil> .
  <article/evil#offset_0_9> a nif:Sentence , nif:OffsetBasedString ; nif:anchorOf {evil} ; nif:beginIndex 0 ; nif:endIndex 9 ;
    nif:referenceContext <article/evil> .
}}"""


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of the sample articles and of one that means harm."""
    store = build_samples(tmp_path_factory.mktemp("browser") / "store")
    data = ox.Store(str(store / DATA))
    evil = str(ox.Literal(EVIL))
    data.bulk_load(input=(_HEAD + _EVIL.format(evil=evil)).encode(), format=ox.RdfFormat.TRIG)
    data.flush()
    return store


@pytest.fixture(scope="session")
def server(samples: Path) -> Iterator[Server]:
    """Return a server of the samples' graph, as ``kg serve`` runs it."""
    with running(samples) as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a browser for all tests."""
    with chromium() as browser:
        yield browser


Opened = Callable[..., Page]


@pytest.fixture
def watch(server: Server) -> Iterator[Watch]:
    """Return the watch over a test's pages: afterwards nothing may have gone wrong."""
    watch = Watch(urlsplit(server.url).netloc)
    yield watch
    assert watch.errors == []
    assert watch.foreign == []


@pytest.fixture
def opened(server: Server, browser: Browser, watch: Watch) -> Iterator[Opened]:
    """Return how to open a page: in a browser of its own, in a language and a size, with all views drawn."""
    contexts = []

    def open_page(path: str, language: str = "de", size: dict[str, int] = WIDE, **options: object) -> Page:
        context = browser.new_context(locale=language, viewport=size, **options)
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        watch.over(page)
        page.goto(server.url + path)
        return drawn(page)

    yield open_page
    for context in contexts:
        context.close()
