"""Which districts and industry fields each thing belongs to, for the page's filters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kg.graph import Graph
from kg.lexicon import load


def districts(graph: Graph) -> Mapping[str, tuple[str, ...]]:
    """Node to the districts that it lies in, directly or through parks and places; a district lies in itself."""
    upwards: dict[str, set[str]] = defaultdict(set)
    for head, tail, data in graph.edges(data=True):
        if data["relation"] in {"locatedIn", "partOf"} and data["status"] in {"asserted", "past"}:
            upwards[head].add(tail)
    for node, district in _curated(graph):
        upwards[node].add(district)
    return {node: tuple(sorted(_reached(graph, node, upwards))) for node in graph}


def fields(graph: Graph) -> Mapping[str, tuple[str, ...]]:
    """Node to the industry fields that it focuses on; a field belongs to itself."""
    found: dict[str, set[str]] = {node: set() for node in graph}
    for head, tail, data in graph.edges(data=True):
        if data["relation"] == "focusesOn":
            found[head].add(tail)
    for node, cls in graph.nodes(data="cls"):
        if cls == "IndustryField":
            found[node].add(node)
    return {node: tuple(sorted(own)) for node, own in found.items()}


def _curated(graph: Graph) -> list[tuple[str, str]]:
    """Parks and the district that the curated list puts them in, where both are in the graph."""
    entries = load().entries
    nodes = {key: node for node, key in graph.nodes(data="entry") if key}
    return [
        (node, nodes[entries[key].within])
        for key, node in nodes.items()
        if key in entries and entries[key].within in nodes
    ]


def _reached(graph: Graph, node: str, upwards: Mapping[str, set[str]]) -> set[str]:
    found, seen, waiting = set(), {node}, [node]
    while waiting:
        here = waiting.pop()
        if graph.nodes[here]["cls"] == "District":
            found.add(here)
        else:
            waiting += upwards.get(here, set()) - seen
            seen |= upwards.get(here, set())
    return found
