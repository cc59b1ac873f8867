"""The Flask application."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

from kg.errors import StoreError, UsageError
from kg.store.embedded import DATA, Store
from server.config import Config
from server.endpoint import Endpoint
from server.http.admission import header_list, preflight
from server.http.call import Answer, Call, host_url
from server.http.problem import Problem
from server.http.static_files import static_file
from server.pages.linked_data import KINDS
from server.reconcile.handler import PATHS as RECONCILE_PATHS
from server.sparql.graph_store import METHODS as GRAPH_METHODS
from server.sparql.request import METHODS as SPARQL_METHODS

EXTENSION = "lagebild"
CLIENT_GONE, TOO_LONG = "lagebild.client_gone", "lagebild.too_long"  # in the environ: what the web process knows
_READ = ("GET", "HEAD", "OPTIONS")


def create_app(store_path: str | Path, *, run_folder: str | Path | None = None, share: int = 1, **settings: Any) -> Flask:
    """Return the application that serves the store in ``store_path``.

    ``settings`` are the fields of :class:`server.config.Config`. ``run_folder`` and ``share`` are for one of several
    web processes of the same endpoint: where its supervisor runs, and among how many the workers are shared. Raises
    :class:`UsageError` on a path that is no store, :class:`StoreError` on a store that can't be read.
    """
    folder = Path(store_path)
    config = configured(folder, settings)
    app = Flask(__name__, static_folder=None)
    endpoint = Endpoint(folder, config, Path(run_folder) if run_folder else None, share)
    app.extensions[EXTENSION] = endpoint
    _add_routes(app, endpoint)
    return app


def endpoint_of(app: Flask) -> Endpoint:
    """Return what stands behind an application's routes."""
    endpoint: Endpoint = app.extensions[EXTENSION]
    return endpoint


def configured(folder: Path, settings: dict[str, Any]) -> Config:
    """Return the settings for a store; its IRIs' base is taken from itself unless given."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: a store is a folder, this is a file; give another --store")
    config = Config.from_json(settings)
    if not (folder / DATA).is_dir():
        if not config.write_token:
            raise StoreError(f"{folder}: no store here; make one with kg build INPUT --store {folder}")
        return config
    with Store(folder) as store:
        base = store.base
    return config if base is None or "base" in settings else Config.from_json({**settings, "base": base})


def _add_routes(app: Flask, endpoint: Endpoint) -> None:
    routes: list[tuple[str, str, Callable[..., Answer], tuple[str, ...]]] = [
        ("/sparql", "query", endpoint.answer_sparql, SPARQL_METHODS),
        ("/sparql/", "query", endpoint.answer_sparql, SPARQL_METHODS),
        ("/graphs", "graph", endpoint.answer_graphs, GRAPH_METHODS),
        ("/graphs/<path:name>", "graph", endpoint.answer_graphs, GRAPH_METHODS),
        ("/", "page", endpoint.answer_overview, _READ),
        ("/views", "page", endpoint.answer_views, _READ),
        ("/events", "page", endpoint.answer_events, _READ),
        ("/network", "page", endpoint.answer_network, _READ),
        ("/articles", "page", endpoint.answer_articles, _READ),
        ("/quality", "page", endpoint.answer_quality, _READ),
        *((f"/{kind}/<path:name>", "page", partial(endpoint.answer_resource, kind=kind), _READ) for kind in KINDS),
        ("/ontology", "page", endpoint.answer_ontology, _READ),
        ("/.well-known/void", "page", endpoint.answer_void, _READ),
        ("/search", "search", endpoint.answer_search, _READ),
        *((f"/reconcile{below}", "reconcile", partial(endpoint.answer_reconcile, below=below), methods)
          for below, methods in RECONCILE_PATHS.items()),
        ("/openapi.json", "page", endpoint.answer_openapi, _READ),
        ("/health", "page", endpoint.answer_health, _READ),
        ("/metrics", "page", endpoint.answer_metrics, _READ),
    ]  # fmt: skip
    for rule, operation, handler, methods in routes:
        view = _view(endpoint, operation, handler, methods)
        app.add_url_rule(rule, endpoint=rule, view_func=view, methods=methods, provide_automatic_options=False)
    app.add_url_rule("/static/<path:filename>", endpoint="static", view_func=static_file)

    def refused(problem: Problem) -> Response:
        return _response(endpoint.admission.refusal(_call(request.environ), problem))

    app.register_error_handler(404, lambda _: refused(Problem(404, "missing", "There is nothing here")))
    app.register_error_handler(405, lambda error: refused(_wrong_method(error)))


def _view(endpoint: Endpoint, operation: str, handler: Callable[..., Answer], methods: tuple[str, ...]) -> Any:
    def view(**parts: str) -> Response:
        if request.method == "OPTIONS":
            return _response(preflight(methods))
        return _response(endpoint.admission.handle(_call(request.environ), operation, partial(handler, **parts)))

    return view


def _call(environ: dict[str, Any]) -> Call:
    headers: dict[str, str] = {
        key[5:].replace("_", "-").casefold(): value for key, value in environ.items() if key.startswith("HTTP_")
    }
    headers["content-type"] = environ.get("CONTENT_TYPE") or ""
    return Call(
        method=environ["REQUEST_METHOD"],
        path=environ.get("PATH_INFO", "/").encode("latin-1").decode("utf-8", "replace"),
        query=environ.get("QUERY_STRING", ""),
        headers=headers,
        body=partial(_body, environ),
        host_url=host_url(
            environ["wsgi.url_scheme"], headers.get("host", ""), f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
        ),
        client=environ.get("REMOTE_ADDR") or "",
        client_gone=environ.get(CLIENT_GONE) or environ.get("waitress.client_disconnected") or (lambda: False),
    )


def _body(environ: dict[str, Any], limit: int) -> bytes:
    """Return the body of a request; raises the :class:`Problem` 413 where it has more than ``limit`` bytes."""
    if most := environ.get(TOO_LONG):
        raise _too_long(most)
    if (request.content_length or 0) > limit:
        raise _too_long(limit)
    data: bytes = request.stream.read(limit + 1)
    if len(data) > limit:
        raise _too_long(limit)
    return data


def _too_long(limit: int) -> Problem:
    return Problem(413, "limit", f"The body is too long, the limit is {limit:,} bytes: send less")


def _response(answer: Answer) -> Response:
    return Response(answer.body, answer.status, header_list(answer))


def _wrong_method(error: Any) -> Problem:
    allowed = ", ".join(sorted(error.valid_methods or ()))
    return Problem(405, "method", f"This method can't be used here: use {allowed}", headers={"Allow": allowed})
