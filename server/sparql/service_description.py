"""``/sparql`` without a query and ``/.well-known/void``: the description that stands in the store, as a document."""

from __future__ import annotations

import pyoxigraph as ox
from rdflib.namespace import RDF, VOID

from kg.namespaces import PREFIXES
from server.config import Config
from server.data.description import SD, StoreDescription
from server.http.call import Answer, Call, every
from server.http.formats import BY_NAME, OX_GRAPHS, Format
from server.ipc.messages import Head
from server.sparql.handler import formats, refusal, root_of
from server.workers.pool import Pool

# $graph, $dataset, $service and $address are put in: the service is told under the address at which it was asked.
_TOLD = """CONSTRUCT { <$address> <$endpoint> <$address> . <$dataset> <$void> <$address> . ?x ?p ?y } WHERE { GRAPH <$graph> {
  %s
  BIND(IF(?s = <$service>, <$address>, ?s) AS ?x) BIND(IF(sameTerm(?o, <$service>), <$address>, ?o) AS ?y)
} }"""
_SERVICE = _TOLD % """{ <$service> ?p ?o BIND(<$service> AS ?s) }
  UNION { <$service> <$default> ?s . ?s ?p ?o FILTER(isIRI(?o)) }
  UNION { <$service> <$default> ?dataset . ?dataset ?q ?s . ?s <$type> ?k ; ?p ?o }"""
_ALL = _TOLD % "?s ?p ?o"
_GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <%s> { ?s ?p ?o } }"


class ServiceDescription:
    """Sends the description of one endpoint."""

    def __init__(self, config: Config, pool: Pool) -> None:
        self.config = config
        self.pool = pool
        self.stored = StoreDescription({**config.as_json(), "writable": bool(config.write_token)})

    def service(self, call: Call) -> Answer:
        """Return the service description."""
        return self._described(call, _SERVICE)

    def void(self, call: Call) -> Answer:
        """Return everything, the VoID description of the data first of all."""
        return self._described(call, _ALL)

    def graph(self, call: Call, iri: str) -> Answer:
        """Return one graph of the store, by a name that is ours."""
        return self._sent(call, _GRAPH % iri, _chosen(call))

    def _described(self, call: Call, query: str) -> Answer:
        chosen = _chosen(call)
        address = root_of(call, self.config) + "sparql"
        ask: Head = {"op": "query", "query": f"ASK {{ GRAPH <{self.stored.graph.value}> {{ ?s ?p ?o }} }}", "results": "csv"}
        if self.pool.ask({**ask, "limit": 100}, self.config.timeout, call.client_gone)[1] != b"true":
            return self._fixed(chosen, address)
        names = {
            "graph": self.stored.graph.value, "dataset": self.stored.dataset.value, "service": self.stored.service.value,
            "address": address, "type": str(RDF.type), "endpoint": str(SD.endpoint), "default": str(SD.defaultDataset),
            "void": str(VOID.sparqlEndpoint),
        }  # fmt: skip
        for name, iri in names.items():
            query = query.replace(f"<${name}>", f"<{iri}>")
        return self._sent(call, query, chosen)

    def _sent(self, call: Call, query: str, chosen: Format) -> Answer:
        head: Head = {"op": "query", "query": query, "results": None, "graphs": chosen.name, "limit": self.config.max_result}
        reply, body = self.pool.ask(head, self.config.timeout, call.client_gone)
        if "error" in reply:
            raise refusal(reply)
        return Answer(200, body, {"Content-Type": BY_NAME[reply["format"]].content_type, "Vary": "Accept"})

    def _fixed(self, chosen: Format, address: str) -> Answer:
        """Return the description of the service where the store holds none: other people's data."""
        description = StoreDescription(
            {**self.config.as_json(), "writable": self.stored.writable, "public_url": address.removesuffix("/sparql")}
        )
        body = ox.serialize(description.fixed(), format=OX_GRAPHS[chosen.name], prefixes=PREFIXES) or b""
        return Answer(200, body, {"Content-Type": chosen.content_type, "Vary": "Accept"})


def _chosen(call: Call) -> Format:
    """Return the RDF format that ``format=`` or else Accept asks for; raises the :class:`Problem` 400 or 406."""
    _, graphs = formats(tuple(every(call.arguments(), "format")), call.headers.get("accept", ""))
    if graphs is None:
        raise refusal({"error": "format", "offered": "graphs"})
    return graphs
