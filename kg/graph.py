"""The graph: resolved entities and facts as a ``networkx.MultiDiGraph``, and what can be counted in it.

Node key: :attr:`~kg.model.Entity.id`. Node attributes: ``cls``, ``name``, ``names``, ``iri``, ``appearances``,
``merges``, ``entry``, ``parent``, ``proposals``, ``replaced``, ``observations`` (tuple of :class:`~kg.model.Figure`).

Edge key: ``relation|role|start|end|status``. Edge attributes: ``relation``, ``role``, ``start``, ``end``,
``as_of``, ``status``, ``confidence``, ``evidence`` (tuple of :class:`~kg.model.Evidence`).

Graph attributes: ``documents`` and ``digests`` (both by document id), ``base_iri``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import networkx as nx

from kg.vocabulary import vocabulary

if TYPE_CHECKING:
    from kg.model import Entity, Fact, Figure, Resolution

BASE_IRI = "https://w3id.org/shanghai-innovation/id/"
"""Where resources live unless the user says otherwise."""

Graph: TypeAlias = nx.MultiDiGraph

ENTITY_ATTRIBUTES = ("cls", "name", "names", "appearances", "merges", "entry", "parent", "proposals", "replaced")
"""What a node takes over from its :class:`~kg.model.Entity` as it is."""

FACT_ATTRIBUTES = ("role", "start", "end", "as_of", "status", "confidence", "evidence")
"""What an edge takes over from its :class:`~kg.model.Fact` as it is."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a graph holds, counted."""

    documents: int
    entities: dict[str, int]
    """Class to number, largest first."""
    relations: dict[str, int]
    """Relation to number of asserted facts, largest first."""
    observations: int
    evidence: int
    """Sentences cited, each fact's own."""


def to_graph(resolution: Resolution, *, base_iri: str = BASE_IRI, min_confidence: float = 0.0) -> Graph:
    """The graph of a resolution.

    A ``Place`` stands in the graph only if it takes part in a fact or figure.

    Args:
        resolution: entities, facts and figures; each fact's ends are among the entities.
        base_iri: what the entities' ids are appended to.
        min_confidence: facts and figures below it are left out, 0 to 1.

    Raises:
        KnowledgeError: a class or relation is not the ontology's.
    """
    facts = [fact for fact in resolution.facts if fact.confidence >= min_confidence]
    figures = _figures_by_subject(resolution, min_confidence)
    needed = {end for fact in facts for end in (fact.head, fact.tail)} | figures.keys()
    graph: Graph = nx.MultiDiGraph(
        base_iri=base_iri,
        documents={document.id: document for document in resolution.documents},
        digests={d.id: digest for d, digest in zip(resolution.documents, resolution.digests, strict=True)},
    )
    for entity in resolution.entities:
        if entity.cls != "Place" or entity.id in needed:
            _add_entity(graph, entity, tuple(figures.get(entity.id, ())))
    for fact in facts:
        _add_fact(graph, fact)
    return graph


def edge_key(fact: Fact) -> str:
    """Key of a fact's edge: facts that differ in any of its parts are edges of their own."""
    return f"{fact.type}|{fact.role}|{fact.start}|{fact.end}|{fact.status}"


def facts(graph: Graph) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Head, tail and attributes of every edge, by head, tail and key."""
    for head, tail, _key, attributes in sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        yield head, tail, attributes


def statistics(graph: Graph) -> Statistics:
    """Count what is in a graph."""
    entities = Counter(cls for _, cls in graph.nodes(data="cls"))
    relations: Counter[str] = Counter()
    evidence = 0
    for _, _, attributes in graph.edges(data=True):
        relations[attributes["relation"]] += attributes["status"] == "asserted"
        evidence += len(attributes["evidence"])
    figures = [figure for _, observed in graph.nodes(data="observations") for figure in observed]
    return Statistics(
        documents=len(graph.graph["documents"]),
        entities=dict(entities.most_common()),
        relations={relation: number for relation, number in relations.most_common() if number},
        observations=len(figures),
        evidence=evidence + sum(len(figure.evidence) for figure in figures),
    )


def _figures_by_subject(resolution: Resolution, min_confidence: float) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = defaultdict(list)
    for figure in resolution.figures:
        if figure.confidence >= min_confidence:
            found[figure.subject].append(figure)
    return dict(found)


def _add_entity(graph: Graph, entity: Entity, observations: tuple[Figure, ...]) -> None:
    vocabulary().require_class(entity.cls)
    attributes = {name: getattr(entity, name) for name in ENTITY_ATTRIBUTES}
    graph.add_node(entity.id, iri=graph.graph["base_iri"] + entity.id, observations=observations, **attributes)


def _add_fact(graph: Graph, fact: Fact) -> None:
    vocabulary().require_relation(fact.type)
    attributes = {name: getattr(fact, name) for name in FACT_ATTRIBUTES}
    graph.add_edge(fact.head, fact.tail, key=edge_key(fact), relation=fact.type, **attributes)
