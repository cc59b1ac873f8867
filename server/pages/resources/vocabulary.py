"""What the terms of the ontology are called, by its own labels; read once for each state of the data."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.store.base import ONTOLOGY
from server.config import Config
from server.pages.page_queries import PageQueries
from server.pages.resources.things import local_name

_TERMS = """SELECT ?term ?label ?definition WHERE { GRAPH <%s> {
  ?term rdfs:label ?label FILTER(STRSTARTS(STR(?term), STR(lb:)))
  OPTIONAL { ?term skos:definition ?definition FILTER(LANG(?definition) = LANG(?label)) }
} }"""


@dataclass(slots=True)
class Vocabulary:
    """Labels and definitions by (name of the term, language)."""

    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    definitions: dict[tuple[str, str], str] = field(default_factory=dict)

    def label(self, name: str, language: str) -> str:
        """Return what a term is called; its name where the data do not say."""
        return self.labels.get((name, language)) or self.labels.get((name, "de")) or name

    def definition(self, name: str, language: str) -> str:
        """Return what a term means, empty where the data do not say."""
        return self.definitions.get((name, language), "")


class Vocabularies:
    """Keeps the vocabulary of the newest data."""

    def __init__(self, config: Config, rows: PageQueries) -> None:
        self.rows = rows
        self.query = _TERMS % (config.base + ONTOLOGY)
        self._kept: tuple[str, Vocabulary] | None = None

    def newest(self) -> Vocabulary:
        """Return the vocabulary of the newest data; raises :class:`Problem`."""
        generation = self.rows.pool.newest()
        if self._kept is None or self._kept[0] != generation.stamp:
            found = Vocabulary()
            for row in self.rows.select(self.query, generation):
                key = local_name(row, "term"), row["label"].language or "de"
                found.labels[key] = row["label"].text
                if "definition" in row:
                    found.definitions[key] = row["definition"].text
            self._kept = generation.stamp, found
        return self._kept[1]
