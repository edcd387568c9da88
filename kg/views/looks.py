"""How big each thing is drawn and which come first: the size and importance of every node."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import sqrt

from kg.graph import Graph
from kg.lexicon import table

FIRST = 400
"""How many things the page shows at first: about as many as can be told apart on one screen."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a class looks, from ``kg/data/views/classes.yml``."""

    light: str
    """Colour on the light page."""
    dark: str
    outline: str
    """SVG path around (0, 0), radius 1."""
    size: float
    """Radius without relations, in units of the map."""
    growth: float
    """Gain of the radius with the square root of the number of relations."""


@cache
def looks() -> dict[str, Look]:
    """By class, in the order of the legend.

    Raises:
        KnowledgeError: the file is malformed.
    """
    return table("views/classes.yml", dict[str, Look])


def by_importance(graph: Graph) -> list[str]:
    """Districts first, then by number of relations, most first; ties by id."""
    return sorted(graph, key=lambda node: (graph.nodes[node]["cls"] != "District", -graph.degree(node), node))


def sizes(graph: Graph) -> dict[str, float]:
    """Radius of every node in units of the map.

    In a graph of more than :data:`FIRST` nodes those shown first grow with it, so that they can still be told apart
    when all of the map is on the screen.
    """
    scale = max(1.0, sqrt(len(graph) / FIRST))
    order = by_importance(graph)
    return {node: _size(graph, node) * (scale if rank < FIRST else 1.0) for rank, node in enumerate(order)}


def _size(graph: Graph, node: str) -> float:
    look = looks()[graph.nodes[node]["cls"]]
    return look.size + look.growth * min(sqrt(graph.degree(node)), 6.0)
