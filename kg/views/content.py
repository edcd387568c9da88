"""The page's data: what it needs at once, in columns, and the rest in portions that it reads when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.graph import Graph, facts
from kg.model import Document, Evidence, Figure
from kg.views.atlas import outlines
from kg.views.embedding import web_address
from kg.views.keys import search_keys
from kg.views.knowledge import STATUSES, knowledge
from kg.views.layout import layout
from kg.views.looks import FIRST, by_importance, looks, sizes
from kg.views.marks import Where, marks, where_named
from kg.views.shown import shown
from kg.views.surroundings import districts, fields
from kg.vocabulary import vocabulary

PORTION = 500
"""Nodes, edges or sentences that are read together."""

Row = list[Any]


@dataclass(frozen=True, slots=True)
class Content:
    """All that the page knows."""

    core: dict[str, Any]
    """Read at once: ``nodes`` and ``edges`` as columns, nodes by importance; an index names a node from here on."""
    portions: Mapping[str, tuple[Row, ...]]
    """``nodes``, ``edges`` and ``sentences``, each in portions of :data:`PORTION`, in the same order."""


@dataclass(slots=True)
class _Sentences:
    """Each quoted sentence once, as facts share them."""

    documents: Mapping[str, int]
    where: Where
    rows: list[Row] = field(default_factory=list)
    known: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, evidence: Evidence, named: Iterable[tuple[str, tuple[str, ...]]]) -> Row:
        """Sentence, confidence in percent, rule, and the marks of each thing named."""
        key = (evidence.document, evidence.quote)
        if key not in self.known:
            self.known[key] = len(self.rows)
            self.rows.append([self.documents.get(evidence.document, -1), evidence.quote])
        marked = [marks(evidence, node, names, self.where) for node, names in named]
        return [self.known[key], round(evidence.confidence * 100), evidence.rule, marked]


def content(graph: Graph) -> Content:
    """The data of a graph's page. The same graph gives the same data."""
    graph = shown(graph)
    order = by_importance(graph)
    index = {node: number for number, node in enumerate(order)}
    documents = {name: number for number, name in enumerate(graph.graph["documents"])}
    sentences = _Sentences(documents, where_named(graph))
    arrows = list(facts(graph))
    nodes = [_node_details(graph, node, documents, sentences) for node in order]
    edges = [_edge_details(graph, head, tail, data, sentences) for head, tail, data in arrows]
    placed = layout(graph)
    core = {
        "first": FIRST,
        "portion": PORTION,
        "nodes": _node_columns(graph, order, index, placed.map, placed.communities),
        "edges": _edge_columns(arrows, index),
        "documents": [_document(document) for document in graph.graph["documents"].values()],
        "map": {"reach": round(placed.reach), "adrift": placed.adrift, **outlines(placed.reach)},
        "groups": [[round(g.centre[0]), round(g.centre[1]), round(g.radius), index[g.hub]] for g in placed.groups],
        **knowledge(),
    }
    portions = {"nodes": nodes, "edges": edges, "sentences": sentences.rows}
    return Content(core, {kind: _portions(rows) for kind, rows in portions.items()})


def _portions(rows: list[Row]) -> tuple[Row, ...]:
    return tuple(rows[start : start + PORTION] for start in range(0, len(rows), PORTION))


def _node_columns(
    graph: Graph, order: list[str], index: Mapping[str, int], *layouts: Mapping[str, tuple[float, float]]
) -> dict[str, Row]:
    data = [graph.nodes[node] for node in order]
    classes = {name: number for number, name in enumerate(looks())}
    radius = sizes(graph)
    places = [[[round(layout[node][axis]) for node in order] for axis in (0, 1)] for layout in layouts]
    return {
        "id": order,
        "name": [row["name"] for row in data],
        "english": [next((name.text for name in row["names"] if name.lang == "en"), "") for row in data],
        "keys": [search_keys(row["name"], row["names"]) for row in data],
        "cls": [classes[row["cls"]] for row in data],
        "size": [round(radius[node], 1) for node in order],
        "districts": _indexes(order, index, districts(graph)),
        "fields": _indexes(order, index, fields(graph)),
        "x": places[0][0],
        "y": places[0][1],
        "groupX": places[1][0],
        "groupY": places[1][1],
    }


def _indexes(order: list[str], index: Mapping[str, int], sets: Mapping[str, tuple[str, ...]]) -> list[Row]:
    return [sorted(index[other] for other in sets[node]) for node in order]


def _edge_columns(arrows: list[tuple[str, str, dict[str, Any]]], index: Mapping[str, int]) -> dict[str, Row]:
    relations = {name: number for number, name in enumerate(vocabulary().relations)}
    years = [_years(data["start"], data["end"], data["as_of"]) for _, _, data in arrows]
    return {
        "head": [index[head] for head, _, _ in arrows],
        "tail": [index[tail] for _, tail, _ in arrows],
        "relation": [relations[data["relation"]] for _, _, data in arrows],
        "status": [STATUSES.index(data["status"]) for _, _, data in arrows],
        "confidence": [round(data["confidence"] * 100) for _, _, data in arrows],
        "from": [first for first, _ in years],
        "to": [last for _, last in years],
    }


def _years(start: str, end: str, as_of: str) -> tuple[int, int]:
    """First and last year in which the fact is known to hold; 0, 0 where nothing is dated."""
    known = [int(date[:4]) for date in (start, end, as_of) if date[:4].isdecimal()]
    if not start and not end:
        return (known[0], known[0]) if known else (0, 0)
    dated = known[: bool(start) + bool(end)] if end else known
    return (min(dated), max(dated)) if dated else (0, 0)


def _document(document: Document) -> Row:
    title = document.title or document.id
    return [title, document.date, document.publisher or document.author, web_address(document.url)]


def _node_details(graph: Graph, node: str, documents: Mapping[str, int], sentences: _Sentences) -> Row:
    """Names, numbers, and in how many places each document names it."""
    data = graph.nodes[node]
    named: dict[int, int] = {}
    for appearance in data["appearances"]:
        number = documents.get(appearance.document, -1)
        named[number] = named.get(number, 0) + 1
    names = [[name.text, name.lang, name.count] for name in data["names"]]
    texts = tuple(name.text for name in data["names"])
    return [names, [_figure(figure, texts, sentences) for figure in data["observations"]], sorted(named.items())]


def _figure(figure: Figure, names: tuple[str, ...], sentences: _Sentences) -> Row:
    """Measure, value, unit, as printed, time, bound, confidence in percent, date of the page, evidence."""
    named = ((figure.subject, names), ("", (figure.printed + figure.unit, figure.printed)))
    return [
        figure.measure,
        figure.value,
        figure.unit,
        figure.printed,
        figure.time,
        figure.bound,
        round(figure.confidence * 100),
        figure.as_of,
        [sentences.add(evidence, named) for evidence in figure.evidence],
    ]


def _edge_details(graph: Graph, head: str, tail: str, data: Mapping[str, Any], sentences: _Sentences) -> Row:
    """Role, start, end, date of the latest page, evidence."""
    named = [(node, tuple(name.text for name in graph.nodes[node]["names"])) for node in (head, tail)]
    named.append(("", (data["role"],)))
    return [
        data["role"],
        data["start"],
        data["end"],
        data["as_of"],
        [sentences.add(evidence, named) for evidence in data["evidence"]],
    ]
