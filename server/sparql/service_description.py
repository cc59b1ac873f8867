"""``/sparql`` without a query and ``/.well-known/void``: the description that stands in the store, as a document."""

from __future__ import annotations

import pyoxigraph as ox
from rdflib.namespace import RDF

from kg.namespaces import PREFIXES
from server.config import Config
from server.data.description import GRAPH, SD, StoreDescription
from server.http.call import Answer, Call
from server.http.formats import BY_NAME, GRAPHS, OX_GRAPHS, Format, choose
from server.ipc.messages import Head
from server.sparql.handler import base_of, refusal
from server.workers.pool import Pool

# $graph, $type, $service and $address are put in; the service is told under the address at which it was asked.
_SERVICE = """CONSTRUCT { <$address> ?p ?o . <$address> <$endpoint> <$address> . ?dataset ?q ?r . ?r ?t ?u }
WHERE { GRAPH <$graph> {
  { ?service <$type> <$service> ; ?p ?o FILTER(?p != <$endpoint>) }
  UNION { ?service <$type> <$service> ; <$default> ?dataset . ?dataset ?q ?r FILTER(isIRI(?r)) ?r <$type> ?k ; ?t ?u }
} }"""
_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <$graph> { ?s ?p ?o } }"


class ServiceDescription:
    """Sends the description of one endpoint."""

    def __init__(self, config: Config, pool: Pool) -> None:
        self.config = config
        self.pool = pool

    def service(self, call: Call) -> Answer:
        """Return the service description."""
        return self._sent(call, _SERVICE)

    def void(self, call: Call) -> Answer:
        """Return everything, the VoID description of the data first of all."""
        return self._sent(call, _ALL)

    def graph(self, call: Call, iri: str) -> Answer:
        """Return one graph of the store, by a name that is ours."""
        return self._sent(call, _ALL.replace("<$graph>", f"<{iri}>"))

    def _sent(self, call: Call, query: str) -> Answer:
        chosen = choose(call.headers.get("accept", ""), GRAPHS)
        if chosen is None:
            raise refusal({"error": "format", "offered": "graphs"})
        names = {
            "graph": self.config.base + GRAPH, "address": base_of(call, self.config), "type": str(RDF.type),
            "service": str(SD.Service), "endpoint": str(SD.endpoint), "default": str(SD.defaultDataset),
        }  # fmt: skip
        ask: Head = {
            "op": "query",
            "query": f"ASK {{ GRAPH <{names['graph']}> {{ ?s ?p ?o }} }}",
            "results": "csv",
            "limit": 100,
        }
        if self.pool.ask(ask, self.config.timeout, call.client_gone)[1] != b"true":
            return self._fixed(chosen, names["address"])
        for name, iri in names.items():
            query = query.replace(f"<${name}>", f"<{iri}>")
        head: Head = {
            "op": "query",
            "query": query,
            "results": None,
            "graphs": chosen.name,
            "limit": self.config.max_result,
        }
        reply, body = self.pool.ask(head, self.config.timeout, call.client_gone)
        if "error" in reply:
            raise refusal(reply)
        return Answer(200, body, {"Content-Type": BY_NAME[reply["format"]].content_type, "Vary": "Accept"})

    def _fixed(self, chosen: Format, address: str) -> Answer:
        """Return the description of the service where the store holds none: other people's data."""
        description = StoreDescription({"base": self.config.base, "public_url": None})
        description.service = ox.NamedNode(address)
        body = ox.serialize(description.fixed(), format=OX_GRAPHS[chosen.name], prefixes=PREFIXES) or b""
        return Answer(200, body, {"Content-Type": chosen.content_type, "Vary": "Accept"})
