"""Everything behind the routes of one application."""

from __future__ import annotations

import atexit
import json
from importlib.resources import files
from pathlib import Path

from kg.store.base import ONTOLOGY
from server.config import Config
from server.http.access_log import AccessLog
from server.http.admission import Admission
from server.http.call import JSON, Answer, Call, every
from server.http.formats import wants_page
from server.http.metrics import Metrics
from server.pages.article.article_list import ArticleList
from server.pages.article.article_page import ArticlePage
from server.pages.article.build_record import BuildRecord
from server.pages.description_page import DescriptionPage
from server.pages.editor_page import EditorPage
from server.pages.entity.entity_page import EntityPage
from server.pages.event.event_page import EventPage
from server.pages.kept_pages import KeptPages
from server.pages.linked_data import LinkedData
from server.pages.ontology_page import OntologyPage
from server.pages.page_queries import PageQueries
from server.pages.pages import Pages
from server.pages.portal.events_page import EventsPage
from server.pages.portal.network_page import NetworkPage
from server.pages.portal.overview_page import OverviewPage
from server.pages.portal.views import Views
from server.pages.portal.warming import Warming
from server.pages.quality.quality_page import QualityPage
from server.pages.reader import Reader
from server.pages.resources.retired import RetiredNames
from server.pages.resources.vocabulary import Vocabularies
from server.pages.search_page import SearchPage
from server.query_way import QueryWay
from server.reconcile.handler import ReconciliationService
from server.search import Search
from server.sparql.graph_store import GraphStoreHandler
from server.sparql.handler import SparqlHandler
from server.sparql.service_description import ServiceDescription
from server.workers.pool import Pool
from server.workers.supervisor import Supervisor
from server.writing.write_requests import WriteRequests


class Endpoint:
    """The parts of one web process, and the supervisor when it is the only one."""

    def __init__(self, folder: Path, config: Config, run_folder: Path | None, share: int) -> None:
        self.folder = folder
        self.config = config
        self.supervisor = None
        if run_folder is None:
            self.supervisor = Supervisor(folder, config)
            self.supervisor.start()
            run_folder = self.supervisor.run_folder
        self.run_folder = run_folder
        self.metrics = Metrics(run_folder)
        self.pool = Pool(run_folder, config, share, self.metrics)
        rows = PageQueries(config, self.pool)
        self.pages = Pages(config, rows)
        self.views = Views(config, rows)
        kept = KeptPages(config, self.pool)
        vocabularies = Vocabularies(config, rows)
        self.overview = OverviewPage(self.views, self.pages, kept, vocabularies)
        self.event_table = EventsPage(self.views, self.pages, kept, vocabularies)
        self.network = NetworkPage(self.views, self.pages, kept, vocabularies)
        self.admission = Admission(config, self.metrics, AccessLog(config.access_log), self.pages.problem)
        self.writes = WriteRequests(run_folder, config)
        self.sparql = SparqlHandler(config, self.pool, self.writes, self.metrics)
        self.graphs = GraphStoreHandler(config, self.pool, self.writes)
        self.search = Search(config, self.pool)
        self.reconcile = ReconciliationService(config, self.pool)
        self.description_page = DescriptionPage(config, rows, self.pages)
        self.ontology_page = OntologyPage(rows, self.pages, kept)
        record = BuildRecord(folder)
        self.article_list = ArticleList(rows, self.pages, kept)
        self.quality = QualityPage(rows, self.pages, vocabularies, kept, record)
        self.search_page = SearchPage(self.search, rows, self.pages, vocabularies)
        made = {
            "event": EventPage(config, rows, self.pages, vocabularies, kept).answer,
            "entity": EntityPage(config, rows, self.pages, vocabularies, kept).answer,
            "article": ArticlePage(config, rows, self.pages, vocabularies, kept, record).answer,
        }
        self.resources = LinkedData(config, self.pool, rows, self.pages, RetiredNames(config, folder, rows), made)
        self.description = ServiceDescription(config, self.pool)
        self.query_way = QueryWay(config, self.pool, self.sparql, EditorPage(config, self.pages), self.description)
        first = {"/": self.overview.answer, "/events": self.event_table.answer, "/network": self.network.answer}
        self.warming = Warming(self.pool, config.base, first, self.query_way.answer)
        atexit.register(self.close)

    def close(self) -> None:
        """End every process of the endpoint that belongs to this application."""
        atexit.unregister(self.close)
        self.warming.end()
        self.pool.close()
        self.admission.access.close()
        if self.supervisor is not None:
            self.supervisor.stop()

    def answer_sparql(self, call: Call) -> Answer:
        """Answer ``/sparql``."""
        return self.query_way.answer(call)

    def answer_graphs(self, call: Call, name: str = "") -> Answer:
        """Answer ``/graphs`` and what lies below it."""
        return self.graphs.answer(call, name)

    def answer_overview(self, call: Call) -> Answer:
        """Answer ``/``."""
        return self.overview.answer(call)

    def answer_views(self, call: Call) -> Answer:
        """Answer ``/views``."""
        return self.views.answer(call)

    def answer_events(self, call: Call) -> Answer:
        """Answer ``/events``."""
        return self.event_table.answer(call)

    def answer_articles(self, call: Call) -> Answer:
        """Answer ``/articles``."""
        return self.article_list.answer(call)

    def answer_quality(self, call: Call) -> Answer:
        """Answer ``/quality``."""
        return self.quality.answer(call)

    def answer_network(self, call: Call) -> Answer:
        """Answer ``/network``."""
        return self.network.answer(call)

    def answer_resource(self, call: Call, kind: str, name: str) -> Answer:
        """Answer ``/entity/...`` and its like."""
        return self.resources.answer(call, kind, name)

    def answer_ontology(self, call: Call) -> Answer:
        """Answer ``/ontology``: a page for people, else the graph of the shipped ontology."""
        if wants_page(call.headers.get("accept", "")):
            return self.ontology_page.answer(call)
        return self.description.graph(call, self.config.base + ONTOLOGY)

    def answer_void(self, call: Call) -> Answer:
        """Answer ``/.well-known/void``: a page for people, unless they ask for a format."""
        if wants_page(call.headers.get("accept", "")) and not every(call.arguments(), "format"):
            return self.description_page.answer(Reader.of(call))
        return self.description.void(call)

    def answer_search(self, call: Call) -> Answer:
        """Answer ``/search``."""
        if wants_page(call.headers.get("accept", "")):
            return self.search_page.answer(call)
        return self.search.answer(call)

    def answer_reconcile(self, call: Call, below: str = "") -> Answer:
        """Answer ``/reconcile`` and what lies below it."""
        return self.reconcile.answer(call, below)

    def answer_openapi(self, call: Call) -> Answer:
        """Answer ``/openapi.json``."""
        return Answer(200, files("server").joinpath("openapi.json").read_bytes(), {"Content-Type": JSON})

    def answer_health(self, call: Call) -> Answer:
        """Answer ``/health``: a worker has answered."""
        generation = self.pool.newest()
        reply, _ = self.pool.ask({"op": "ping"}, self.config.timeout, None, generation)
        body = json.dumps({"status": "ok", "generation": generation.stamp, "seconds": reply["seconds"]})
        return Answer(200, body.encode(), {"Content-Type": JSON, "Cache-Control": "no-store"})

    def answer_metrics(self, call: Call) -> Answer:
        """Answer ``/metrics``."""
        text = self.metrics.text(self.pool.newest().stamp)
        return Answer(200, text.encode(), {"Content-Type": "text/plain; version=0.0.4", "Cache-Control": "no-store"})
