"""Pages for people, filled from templates: useful without scripts, nothing from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup

from server.config import Config
from server.http.call import PAGE, Answer, Call
from server.http.problem import Problem
from server.pages.page_queries import PageQueries
from server.pages.reader import Reader
from server.pages.texts import all_texts, grouped, text
from server.selection.selection import Selection

SECURITY = {
    "Content-Type": PAGE,
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
_KIND = "problem.kind."  # before the keys of texts that explain a kind of problem


class Pages:
    """Makes the pages of one endpoint."""

    def __init__(self, config: Config, rows: PageQueries) -> None:
        self.config = config
        self.rows = rows
        self._templates = Environment(
            loader=PackageLoader("server.pages"), autoescape=select_autoescape(default=True),
            trim_blocks=True, lstrip_blocks=True,
        )
        self._templates.globals["link"] = self.link
        self._templates.globals["outside"] = lambda iri: iri.startswith(("http://", "https://"))
        self._templates.globals["bundled"] = bundled
        self._templates.globals["data"] = data

    def link(self, iri: str) -> str | None:
        """Return where to read about a resource: here when it is our own, at its own address when that is on the web."""
        if iri.startswith(self.config.base):
            path, mark, fragment = iri[len(self.config.base) :].partition("#")
            return "/" + quote(path, safe="/%:@!$&'()*+,;=~.-_") + (mark + quote(fragment) if mark else "")
        return iri if iri.startswith(("http://", "https://")) else None

    def page(self, reader: Reader, template: str, values: Mapping[str, Any], status: int = 200) -> Answer:
        """Return a template filled for a reader as an answer; in it ``t("key")`` is a text in the reader's language."""
        known = {
            "reader": reader, "language": reader.language, "t": partial(text, reader.language),
            "number": partial(grouped, language=reader.language),
        }  # fmt: skip
        body = self._templates.get_template(template).render({**known, **values})
        return Answer(status, body.encode(), {**SECURITY, **reader.headers()})

    def client(self, reader: Reader, queries: Mapping[str, str], selection: Selection | None = None) -> dict[str, Any]:
        """Return what the client needs for the views of a page, as ``client`` among the values of :meth:`page`."""
        chosen = None if selection is None else selection.as_json()
        return {
            "language": reader.language, "base": self.config.base, "queries": queries, "selection": chosen,
            "texts": all_texts(reader.language),
        }  # fmt: skip

    def problem(self, call: Call, problem: Problem) -> Answer:
        """Return what is wrong, as a page."""
        kinds = {key.removeprefix(_KIND) for key in all_texts("de") if key.startswith(_KIND)}
        return self.page(Reader.at_least(call), "problem.html", {"problem": problem, "kinds": kinds}, problem.status)


def bundled(name: str) -> str | None:
    """Return the address of a file of the client's bundle, None where it has not been built: pages do without."""
    path = f"client/{name}"
    return f"/static/{path}" if files("server.pages").joinpath("static", path).is_file() else None


def data(values: Any) -> Markup:
    """Return values as JSON that can stand in a script element: no ``<`` ends it."""
    written = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return Markup(written.replace("<", "\\u003c").replace("&", "\\u0026"))  # noqa: S704 - nothing that HTML knows is left
