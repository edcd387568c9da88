"""Where every node stands: on the map of the city, and by community. The same graph gives the same places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import pi, sqrt

import networkx as nx

from kg.graph import Graph
from kg.lexicon import load
from kg.views.atlas import Point, atlas, position
from kg.views.looks import by_importance, sizes
from kg.views.placement import Board

SEED = 7
_STRETCH = 1.5
_PAD = 0.35
"""Room around a node for its name, as a share of its radius …"""
_ROOM = 6.0
"""… and the same for all, in units of the map."""
_SEA = (0.62, 0.74)
"""Where the things begin that nothing ties to a place, as shares of the reach: in the bay, south-east of the city."""
_MAP_REACH = 1300.0
_LARGE = 6000
"""Nodes from which label propagation finds the communities, as Louvain would take too long."""

_TIES = {"locatedIn": 6.0, "partOf": 3.0, "administers": 2.0, "holdsPosition": 2.0}
"""How strongly a relation draws its two ends together on the map; others 1."""


@dataclass(frozen=True, slots=True)
class Community:
    """A group of nodes that stand together in the second layout."""

    centre: Point
    radius: float
    hub: str
    """The node with the most relations, which names it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions of all nodes, in units of the map."""

    map: Mapping[str, Point]
    reach: float
    """From the centre of the map to its edge."""
    communities: Mapping[str, Point]
    groups: tuple[Community, ...]
    """Largest first; things without relations are in none."""
    adrift: Point | None
    """Above the things that nothing ties to a place, where there are any."""


def layout(graph: Graph) -> Layout:
    """Both layouts of a graph."""
    footprints = {node: size * (1 + _PAD) + _ROOM for node, size in sizes(graph).items()}
    reach = max(_MAP_REACH, 0.9 * sqrt(sum(_area(radius) for radius in footprints.values())))
    by_community, groups = _communities(graph, footprints)
    places, adrift = _map(graph, footprints, reach)
    return Layout(places, reach, by_community, groups, _above([places[node] for node in adrift]))


def _above(points: list[Point]) -> Point | None:
    """The middle of the upper edge of some points."""
    if not points:
        return None
    return sum(x for x, _ in points) / len(points), min(y for _, y in points)


def _area(radius: float) -> float:
    return pi * radius * radius * _STRETCH


def _map(graph: Graph, footprints: Mapping[str, float], reach: float) -> tuple[dict[str, Point], list[str]]:
    """Districts stand fast, parks near their place, the rest beside what they are tied to; and what is adrift."""
    board = Board(2.2 * reach, list(footprints.values()), _STRETCH)
    places: dict[str, Point] = {}
    adrift: list[str] = []
    for node, fixed, wish in _anchors(graph, reach):
        places[node] = board.put(wish, footprints[node], pinned=fixed)
    waiting = [node for node in by_importance(graph) if node not in places]
    while waiting:
        ready = [node for node in waiting if any(other in places for other in nx.all_neighbors(graph, node))]
        if not ready:
            ready = adrift = waiting
        sea = _sea([footprints[node] for node in adrift], reach)
        for node in ready:
            places[node] = board.put(_wish(graph, node, places, sea), footprints[node])
        waiting = [node for node in waiting if node not in places]
    return places, adrift


def _sea(footprints: list[float], reach: float) -> Point:
    """The middle of the room that things adrift take."""
    return _SEA[0] * reach, _SEA[1] * reach + sqrt(sum(_area(radius) for radius in footprints) / pi)


def _anchors(graph: Graph, reach: float) -> list[tuple[str, bool, Point]]:
    """Node, whether it is pinned, and wish, of all things with a place in the atlas or within one that has."""
    found = []
    for node in by_importance(graph):
        key, cls = graph.nodes[node]["entry"], graph.nodes[node]["cls"]
        within = load().entries[key].within if cls == "Park" and key in load().entries else ""
        known = next((atlas().points[k] for k in (key, within) if k in atlas().points), None)
        if known and (key in atlas().points or cls == "Park"):
            found.append((node, cls == "District", position(known, reach)))
    return sorted(found, key=lambda row: not row[1])


def _wish(graph: Graph, node: str, places: Mapping[str, Point], sea: Point) -> Point:
    """The middle of the neighbours that have a place, by the strength of the ties; the sea if there is none."""
    ties = [
        (places[other], _TIES.get(data["relation"], 1.0))
        for one, two, data in (*graph.out_edges(node, data=True), *graph.in_edges(node, data=True))
        for other in ((two if one == node else one),)
        if other in places
    ]
    if not ties:
        return sea
    strongest = max(strength for _, strength in ties)
    return _middle([(place, strength) for place, strength in ties if strength * 2 >= strongest])


def _middle(ties: list[tuple[Point, float]]) -> Point:
    total = sum(strength for _, strength in ties)
    return tuple(sum(place[axis] * strength for place, strength in ties) / total for axis in (0, 1))  # type: ignore[return-value]


def _communities(graph: Graph, footprints: Mapping[str, float]) -> tuple[dict[str, Point], tuple[Community, ...]]:
    """Discs of nodes that have more relations among themselves than with others, the largest in the middle."""
    order = by_importance(graph)
    groups = [[order[index] for index in group] for group in _groups(graph, order)]
    radii = [1.25 * sqrt(sum(_area(footprints[node]) for node in group) / pi) for group in groups]
    reach = 2.5 * sqrt(sum(radius * radius for radius in radii)) or 1.0
    centres = Board(reach, radii, 1.0)
    places: dict[str, Point] = {}
    found = []
    nodes = Board(reach, list(footprints.values()), _STRETCH)
    for group, radius in zip(groups, radii, strict=True):
        centre = centres.put((0.0, 0.0), radius)
        places |= {node: nodes.put(centre, footprints[node]) for node in group}
        if graph.degree(group[0]):
            found.append(Community(centre, radius, group[0]))
    return places, tuple(found)


def _groups(graph: Graph, order: list[str]) -> list[list[int]]:
    """Ranks of the nodes of each community, largest community first; those without relations are the last."""
    rank = {node: index for index, node in enumerate(order)}
    plain = nx.Graph(sorted({(*sorted((rank[head], rank[tail])),) for head, tail in graph.edges() if head != tail}))
    alone = [index for index, node in enumerate(order) if rank[node] not in plain]
    groups = sorted((sorted(group) for group in _detect(plain)), key=lambda group: (-len(group), group))
    return [*groups, alone] if alone else groups


def _detect(plain: nx.Graph) -> Iterable[set[int]]:
    """Louvain's communities (Blondel et al. 2008), or label propagation (Raghavan et al. 2007) in large graphs."""
    if not len(plain):
        return ()
    detect = (
        nx.community.louvain_communities if len(plain) < _LARGE else nx.community.fast_label_propagation_communities
    )
    found: Iterable[set[int]] = detect(plain, seed=SEED)
    return found
