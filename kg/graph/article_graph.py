"""One article as one named graph: what it says, where it says it, and what read it."""

from __future__ import annotations

from collections import Counter
from functools import cache

from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS
from spacy.tokens import Doc

from kg.annotation.records import Bounds, Entity, EventMention, Occurrence, occurrences
from kg.graph.context import GraphContext
from kg.graph.descriptions import Description, Descriptions
from kg.graph.event_labels import event_label
from kg.graph.header import header
from kg.graph.spans import Spans
from kg.graph.terms import count, decimal, iri, literal, moment
from kg.namespaces import EVENT_SUBKINDS, GAF, LANGUAGES, LB
from kg.reading import Article

IN_PASSING = frozenset(("demonym", "description"))  # mentions that count only of who takes part in an event
_TYPE, _LABEL, _ALT_LABEL, _IDENTIFIER = iri(RDF.type), iri(RDFS.label), iri(SKOS.altLabel), iri(DCTERMS.identifier)
_AGENT, _TARGET, _PLACE, _LOCATED_IN = iri(LB.agent), iri(LB.target), iri(LB.place), iri(LB.locatedIn)
_EARLIEST, _LATEST, _TIME_EXPRESSION = iri(LB.earliest), iri(LB.latest), iri(LB.timeExpression)
_DENOTED_BY, _FACTUALITY, _CONFIDENCE = iri(GAF.denotedBy), iri(LB.factuality), iri(LB.confidence)
_ATTRIBUTED_TO = iri(LB.attributedTo)
_FATALITIES = (iri(LB.fatalities), iri(LB.fatalitiesMin), iri(LB.fatalitiesMax))
_INJURED = (iri(LB.injured), iri(LB.injuredMin), iri(LB.injuredMax))


def article_graph(article: Article, doc: Doc, setting: GraphContext) -> Descriptions:
    """Return the article's graph, in an order that depends on the article alone."""
    writer = _Writer(article, doc, setting)
    writer.events()
    writer.entities()
    return writer.graph


class _Writer:
    """The graph of one article under way."""

    def __init__(self, article: Article, doc: Doc, setting: GraphContext) -> None:
        self.graph = header(article, setting)
        self._article, self._doc, self._setting = article, doc, setting
        self._entities: dict[str, Entity] = doc._.entities
        self._spans = Spans(self.graph, article, doc, str(setting.article(article.id)))
        self._nodes = {slug: setting.entity(entity, article.id) for slug, entity in self._entities.items()}

    def events(self) -> None:
        """Describe the events and their mentions.

        An event is identified by the words and the sentence of its anchor, not by where they stand: what is put before
        or behind an unchanged sentence leaves its event as it is. Where several events share a trigger, the first says
        how certain the mention is and who says so.
        """
        seen: Counter[tuple[str, ...]] = Counter()
        for occurrence in occurrences(self._doc._.events):
            anchor = occurrence.anchor
            words = self._article.text[anchor.begin : anchor.end]
            key = (self._article.id, anchor.kind, self._spans.sentence_words(anchor.begin), words)
            node = self._setting.event(*key, seen[key])
            seen[key] += 1
            self.graph.nodes[node] = {
                **self._event(occurrence),
                _IDENTIFIER: [literal(node[1:-1].rpartition("/")[2])],
                _DENOTED_BY: list(dict.fromkeys(map(self._event_mention, occurrence.mentions))),
            }

    def _event(self, occurrence: Occurrence) -> Description:
        event = occurrence.whole
        above = [EVENT_SUBKINDS[kind] for kind in occurrence.kinds if kind in EVENT_SUBKINDS]
        said = {
            _TYPE: [iri(_term(kind)) for kind in dict.fromkeys((*occurrence.kinds, *above))],
            _LABEL: [literal(self._label(event, language), language) for language in LANGUAGES],
        }
        for role, slugs in ((_AGENT, event.agents), (_TARGET, event.targets), (_PLACE, event.places)):
            if slugs:
                said[role] = self._named(slugs)
        if event.earliest:
            said[_EARLIEST] = [moment(event.earliest, "T00:00:00Z")]
        if event.latest:
            said[_LATEST] = [moment(event.latest, "T23:59:59Z")]
        if event.time is not None:
            said[_TIME_EXPRESSION] = [self._spans.stretch(*event.time)]
        return {**said, **_bounds(_FATALITIES, event.fatalities), **_bounds(_INJURED, event.injured)}

    def _event_mention(self, event: EventMention) -> str:
        """Return a mention of an event, which says how certain it is and who says so."""
        mention = self._spans.mention(event.begin, event.end)
        said = self.graph.nodes[mention]
        if _FACTUALITY not in said:
            said[_FACTUALITY] = [iri(_term(event.factuality))]
            said[_CONFIDENCE] = [decimal(event.confidence)]
            if event.sources:
                said[_ATTRIBUTED_TO] = self._named(event.sources)
        return mention

    def _named(self, slugs: tuple[str, ...]) -> list[str]:
        return list(dict.fromkeys(self._nodes[slug] for slug in slugs))

    def _label(self, event: EventMention, language: str) -> str:
        roles = {"agent": event.agents, "target": event.targets, "place": event.places}
        names = {role: [self._name(slug, language) for slug in slugs] for role, slugs in roles.items() if slugs}
        type_name = self._setting.shipped.label(_term(event.kind), language) or event.kind
        return event_label(EVENT_SUBKINDS.get(event.kind, event.kind), type_name, language, names)

    def _name(self, slug: str, language: str) -> str:
        return self._setting.shipped.label(f"{self._setting.base}entity/{slug}", language) or self._entities[slug].label

    def entities(self) -> None:
        """Say where actors and places are mentioned; describe those that the gazetteer doesn't."""
        roles = {slug for e in self._doc._.events for slug in (*e.agents, *e.targets, *e.places, *e.sources)}
        used = roles | {m.entity for m in self._doc._.mentions if m.kind not in (*IN_PASSING, "pronoun")}
        for mention in self._doc._.mentions:
            if mention.entity in (roles if mention.kind in IN_PASSING else used):  # a British newspaper says nothing of Britain
                span = self._spans.mention(mention.begin, mention.end)
                self.graph.tell(self._nodes[mention.entity], _DENOTED_BY, span)
        for slug in sorted(used):
            if self._entities[slug].scope != "gazetteer":
                self._describe(self._nodes[slug], self._entities[slug])

    def _describe(self, node: str, entity: Entity) -> None:
        """Say what an actor or place is that the gazetteer doesn't know."""
        self.graph.tell(node, _TYPE, iri(_term(entity.kind)))
        self.graph.tell(node, _LABEL, literal(entity.label, "de"))
        for name in sorted(set(entity.names) - {entity.label}):
            self.graph.tell(node, _ALT_LABEL, literal(name, "de"))
        if entity.within is not None:
            self.graph.tell(node, _LOCATED_IN, iri(f"{self._setting.base}entity/{entity.within}"))


def _bounds(predicates: tuple[str, str, str], bounds: Bounds | None) -> Description:
    """Return a number of people: exact, or its limits."""
    if bounds is None:
        return {}
    exact, least, most = predicates
    if bounds.low == bounds.high and bounds.low is not None:
        return {exact: [count(bounds.low)]}
    limits = ((least, bounds.low), (most, bounds.high))
    return {predicate: [count(number)] for predicate, number in limits if number is not None}


@cache
def _term(name: str) -> str:
    """Return the IRI of a term of the ontology; looking it up in the closed namespace takes longer."""
    return str(LB[name])
