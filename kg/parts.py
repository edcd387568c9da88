"""Parts of a graph: what stands around some things, or what is of some classes and relations."""

from __future__ import annotations

from collections.abc import Collection

import networkx as nx

from kg.errors import InputError
from kg.graph import Graph
from kg.resolution import explain
from kg.vocabulary import vocabulary


def part(  # noqa: PLR0913 - each is one way to narrow
    graph: Graph,
    *,
    about: Collection[str] = (),
    steps: int = 1,
    cls: Collection[str] = (),
    relation: Collection[str] = (),
    min_confidence: float = 0.0,
) -> Graph:
    """A graph of its own with part of another's entities and facts; all that is asked for must hold.

    Args:
        graph: as :mod:`kg.graph` describes it.
        about: names, in any form and script: only they and what stands around them.
        steps: how far around, along the facts that are kept.
        cls: only entities of these classes and narrower ones, and what ``about`` names.
        relation: only facts of these relations, and entities that take part in them.
        min_confidence: only facts at least this probable, 0 to 1.

    Raises:
        InputError: no entity has such a name.
        KnowledgeError: the ontology has no such class or relation.
    """
    centres = {node for name in about for node in named(graph, name)}
    for wanted in relation:
        vocabulary().require_relation(wanted)
    nodes = centres | set(of_classes(graph, cls))
    edges = [
        (head, tail, key)
        for head, tail, key, data in graph.edges(keys=True, data=True)
        if head in nodes and tail in nodes and data["confidence"] >= min_confidence
        if not relation or data["relation"] in relation
    ]
    if relation:
        nodes = centres.union(*((head, tail) for head, tail, _ in edges))
    if about:
        nodes = _around(edges, centres, steps)
    return _cut(graph, nodes, edges)


def named(graph: Graph, name: str) -> tuple[str, ...]:
    """Ids of the entities of a name, or if there are none, of those that have it as a part.

    Raises:
        InputError: there are none either.
    """
    found = tuple(explanation.id for explanation in explain(graph, name))
    if not found:
        raise InputError(f"no entity of the graph has a name like {name}")
    return found


def of_classes(graph: Graph, classes: Collection[str]) -> list[str]:
    """Ids of the entities of some classes, narrower ones counted in; of all, where none is named.

    Raises:
        KnowledgeError: the ontology has no such class.
    """
    for cls in classes:
        vocabulary().require_class(cls)
    return [
        node
        for node, own in graph.nodes(data="cls")
        if not classes or any(vocabulary().is_a(own, cls) for cls in classes)
    ]


def _around(edges: Collection[tuple[str, str, str]], centres: Collection[str], steps: int) -> set[str]:
    plain = nx.Graph((head, tail) for head, tail, _ in edges)
    plain.add_nodes_from(centres)
    return {node for centre in centres for node in nx.ego_graph(plain, centre, radius=steps)}


def _cut(graph: Graph, nodes: Collection[str], edges: Collection[tuple[str, str, str]]) -> Graph:
    """A copy with these nodes, and those of the edges whose ends are among them."""
    found: Graph = graph.__class__(**graph.graph)
    found.add_nodes_from((node, dict(data)) for node, data in graph.nodes(data=True) if node in nodes)
    found.add_edges_from(
        (head, tail, key, dict(graph.edges[head, tail, key]))
        for head, tail, key in edges
        if head in nodes and tail in nodes
    )
    return found
