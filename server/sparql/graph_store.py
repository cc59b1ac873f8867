"""``/graphs``: the SPARQL 1.1 Graph Store HTTP Protocol, graphs named in the query or by the address itself."""

from __future__ import annotations

from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from hashlib import blake2b
from uuid import uuid4

from server.config import Config
from server.http.call import Answer, Call, only
from server.http.formats import BY_NAME, GRAPHS, choose, upload_format
from server.http.problem import Problem
from server.ipc.messages import Head
from server.sparql.handler import accepts_gzip, base_of, matches, refusal
from server.sparql.request import check_iri
from server.workers.pool import Pool
from server.writing.write_requests import WriteRequests

METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS")
_DEFAULT = "default"


class GraphStoreHandler:
    """Reads and writes whole graphs."""

    def __init__(self, config: Config, pool: Pool, writes: WriteRequests) -> None:
        self.config = config
        self.pool = pool
        self.writes = writes

    def answer(self, call: Call, name: str = "") -> Answer:
        """Answer one request; ``name`` is the path below ``/graphs/`` when the address itself names the graph."""
        graph = _named(call, self._own(call) if name else None)
        if call.method in ("GET", "HEAD"):
            return self._read(call, graph)
        self.writes.authorise(call)
        if call.method == "DELETE":
            return self._delete(call, graph)
        return self._upload(call, graph)

    def _own(self, call: Call) -> str:
        return base_of(call, self.config)

    def _read(self, call: Call, graph: str | None) -> Answer:
        if graph is None:
            raise Problem(400, "parameters", "Name a graph: ?graph=IRI or ?default")
        chosen = choose(call.headers.get("accept", ""), GRAPHS)
        if chosen is None:
            raise refusal({"error": "format", "offered": "graphs"})
        gzip = accepts_gzip(call.headers.get("accept-encoding", ""))
        digest = blake2b(repr((graph, chosen.name, gzip)).encode(), digest_size=8).hexdigest()
        generation = self.pool.newest()
        tag = f'"{generation.stamp}-{digest}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept, Accept-Encoding"}
        if matches(call.headers.get("if-none-match", ""), tag):
            return Answer(304, headers=headers)
        head: Head = {
            "op": "graph", "iri": None if graph == _DEFAULT else graph, "graphs": chosen.name, "gzip": gzip,
            "limit": self.config.max_upload, "only_look": call.method == "HEAD",
        }  # fmt: skip
        reply, body = self.pool.ask(head, self.config.timeout, call.client_gone, generation)
        if "error" in reply:
            raise refusal(reply)
        headers["Content-Type"] = BY_NAME[reply["format"]].content_type
        if reply.get("gzip"):
            headers["Content-Encoding"] = "gzip"
        return Answer(200, body, headers)

    def _delete(self, call: Call, graph: str | None) -> Answer:
        if graph is None:
            raise Problem(400, "parameters", "Name the graph to delete: ?graph=IRI or ?default")
        reply = self.writes.do({"op": "delete", "graph": None if graph == _DEFAULT else graph}, b"")
        if not reply["existed"]:
            raise Problem(404, "missing", f"There is no graph {graph}")
        return Answer(204)

    def _upload(self, call: Call, graph: str | None) -> Answer:
        created = graph is None
        if graph is None:
            if call.method == "PUT":
                raise Problem(400, "parameters", "Name the graph to replace: ?graph=IRI or ?default")
            graph = f"{self._own(call).rstrip('/')}/{uuid4()}"
        uploads = _uploads(call, self.config.max_upload)
        head: Head = {
            "op": call.method.casefold(), "graph": None if graph == _DEFAULT else graph,
            "base": self._own(call) if graph == _DEFAULT else graph,  # the protocol makes its own name the base
            "uploads": [{"format": name, "length": len(data)} for name, data in uploads],
        }  # fmt: skip
        reply = self.writes.do(head, b"".join(data for _, data in uploads))
        if created:
            return Answer(201, headers={"Location": graph})
        return Answer(204 if reply["existed"] else 201)


def _named(call: Call, own: str | None) -> str | None:
    """Return the graph's IRI, ``default``, or None when the request names none."""
    arguments = call.arguments()
    graph, default = only(arguments, "graph"), only(arguments, "default")
    if graph is not None and default is not None:
        raise Problem(400, "parameters", "Both graph= and default are given: name one graph")
    if own is not None and (graph is not None or default is not None):
        raise Problem(400, "parameters", "The address names a graph already: leave ?graph= and ?default out")
    if graph is not None:
        return check_iri(graph, "graph")
    return _DEFAULT if default is not None else own


def _uploads(call: Call, limit: int) -> list[tuple[str, bytes]]:
    """Return format name and bytes of what is uploaded: the body, or each file of a form."""
    body = call.body(limit)
    content_type = call.headers.get("content-type", "")
    if call.media_type != "multipart/form-data":
        return [(_format(content_type, None), body)]
    message = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + content_type.encode("latin-1") + b"\r\n\r\n" + body)
    parts = [part for part in message.walk() if not part.is_multipart()]
    if not message.is_multipart() or not parts:
        raise Problem(400, "parameters", "The form holds no file: is its boundary right?")
    return [(_format(part.get("content-type"), part.get_filename()), _bytes(part)) for part in parts]


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _format(content_type: str | None, file_name: str | None) -> str:
    format_ = upload_format(content_type, file_name)
    if format_ is None:
        offered = ", ".join(f.media_type for f in GRAPHS)
        raise Problem(415, "media-type", f"Content-Type {content_type or 'is missing'}: send one of {offered}")
    return format_.name
