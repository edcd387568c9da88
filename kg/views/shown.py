"""The graph without what a person rejected, which no page shows."""

from __future__ import annotations

import networkx as nx

from kg.graph import Graph


def shown(graph: Graph) -> Graph:
    """The same graph, or a view of it without its rejected facts."""
    edges = graph.edges(keys=True, data="status")
    rejected = [(head, tail, key) for head, tail, key, status in edges if status == "rejected"]
    return nx.restricted_view(graph, (), rejected) if rejected else graph
