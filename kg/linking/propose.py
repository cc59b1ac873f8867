"""Candidates for the entities that have no link yet: through Wikipedia titles first, then by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.linking.cache import Cache
from kg.linking.entities import StoredEntity, linked_to, read_entities, read_matches
from kg.linking.evidence import Judged, asked_for, judge, question
from kg.linking.link_store import Link, read_rejections
from kg.linking.profile import Profile, profile_of
from kg.linking.review_table import Row
from kg.linking.service import LIMIT, QUERIES_AT_ONCE, Service
from kg.linking.web_requests import Web
from kg.linking.wikipedia_titles import items_of
from kg.namespaces import WD
from kg.store.base import GraphStore

SURE_SCORE = 90.0  # from this score on, and with the service sure, a link is made without a person: skos:closeMatch
AHEAD = 10.0  # by so much the best must be ahead of the second for that
BY_TITLE, BY_NAME = "title", "name"
TrackEntities = Callable[[Sequence[Any]], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Proposals:
    """Rows for people to decide on, and the links that are sure enough without."""

    rows: list[Row]
    sure: list[Link]
    asked: int  # entities


def propose(
    store: GraphStore,
    service: Service,
    endpoint: str,
    tools: tuple[Web, Cache],
    *,
    most: int | None = None,
    track: TrackEntities = iter,
) -> Proposals:
    """Ask for every mentioned entity without a link into the service's data, the most mentioned first.

    Raises :class:`kg.errors.ServiceError` when a service fails; what it has answered until then is in the cache.
    """
    known = read_entities(store)
    entities = unlinked(store, known, service.space)[:most]
    rejected = read_rejections(store)
    titled = _by_title(entities, service, endpoint, tools)
    rows, sure = [], []
    left = [entity for entity in entities if entity.iri not in titled]
    for entity in entities:
        if (target := titled.get(entity.iri)) and (entity.iri, target) not in rejected:
            row = _title_row(entity, target, endpoint)
            rows.append(row)
            sure.append(_link(row))
    profile = profile_of(service)
    batches = [left[begin : begin + QUERIES_AT_ONCE] for begin in range(0, len(left), QUERIES_AT_ONCE)]
    for batch in track(batches):
        for entity, judged in _judged(batch, known, service, profile):
            fit = [j for j in judged if (entity.iri, service.iri(j.candidate.id)) not in rejected]
            new = [_name_row(entity, j, service) for j in fit]
            rows += new
            if fit == judged and _is_sure(fit):
                sure.append(_link(new[0]))
    return Proposals(rows, sure, len(entities))


def unlinked(store: GraphStore, known: Mapping[str, StoredEntity], space: str) -> list[StoredEntity]:
    """Return the entities that articles mention and that have no link into ``space``, most mentioned first."""
    linked = linked_to(read_matches(store), space)
    left = [e for e in known.values() if e.mentions and e.iri not in linked and not e.iri.startswith(space)]
    return sorted(left, key=lambda e: (-e.mentions, e.iri))


def _by_title(entities: Iterable[StoredEntity], service: Service, endpoint: str, tools: tuple[Web, Cache]) -> dict[str, str]:
    """Return the items found through Wikipedia; only for a service whose items are Wikidata's."""
    if service.space != str(WD):
        return {}
    titled = {entity.iri: entity.page for entity in entities if entity.page}
    items = items_of(titled.values(), endpoint, *tools)
    return {iri: items[page] for iri, page in titled.items() if page in items}


def _judged(
    batch: Sequence[StoredEntity], known: Mapping[str, StoredEntity], service: Service, profile: Profile
) -> Iterator[tuple[StoredEntity, list[Judged]]]:
    answers = service.candidates([question(entity, known, profile, LIMIT) for entity in batch])
    values = service.values((c.id for found in answers for c in found), asked_for(profile))
    for entity, found in zip(batch, answers, strict=True):
        judged = [judge(entity, c, values.get(c.id, {}), known, profile) for c in found]
        yield entity, sorted(judged, key=lambda j: (-j.score, j.candidate.id))


def _is_sure(judged: Sequence[Judged]) -> bool:
    if not judged or not judged[0].candidate.match or judged[0].score < SURE_SCORE:
        return False
    return len(judged) == 1 or judged[0].score - judged[1].score >= AHEAD


def _title_row(entity: StoredEntity, target: str, endpoint: str) -> Row:
    words = f"its Wikipedia article is about it: {entity.page}"
    return Row(
        "", entity.iri, entity.label(), entity.kind, str(entity.mentions), target, target.removeprefix(str(WD)), "",
        "100", "yes", BY_TITLE, words, endpoint,
    )  # fmt: skip


def _name_row(entity: StoredEntity, judged: Judged, service: Service) -> Row:
    found = judged.candidate
    return Row(
        "", entity.iri, entity.label(), entity.kind, str(entity.mentions), service.iri(found.id), found.name,
        found.description, f"{judged.score:g}", "yes" if found.match else "", BY_NAME, judged.words, service.address,
    )  # fmt: skip


def _link(row: Row) -> Link:
    return Link(row.entity, row.target, False, row.score, row.service, row.evidence, row.label, row.name)
