"""The graph as two tables that ``neo4j-admin database import full`` loads.

``nodes.csv`` holds entities (labels ``Entity`` and their classes, wider ones too), figures (label ``Observation``)
and documents (label ``Document``); ``edges.csv`` holds facts by the ontology's names, ``observationOf`` from a figure
to its subject, and ``mentionedIn`` from an entity to the pages that name it::

    neo4j-admin database import full --nodes=nodes.csv --relationships=edges.csv neo4j

Line breaks become blanks, so that ``--multiline-fields`` is not needed; cells that are empty become no property.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import Any

from kg.graph import Graph, facts
from kg.model import Document, Figure
from kg.vocabulary import vocabulary

NODE_COLUMNS = (
    *("id:ID", "name", ":LABEL", "iri", "names:string[]"),
    *("measure", "value:double", "unit", "bound", "printed"),
    *("title", "date", "publisher", "url"),
    *("time", "as_of", "confidence:double", "quote", "document"),
)
EDGE_COLUMNS = (
    *(":START_ID", ":END_ID", ":TYPE", "role", "start", "end", "as_of", "status"),
    *("confidence:double", "sentences:int", "quote", "document"),
)

_BREAKS = re.compile(r"[\s\0]+")


def neo4j(graph: Graph) -> dict[str, str]:
    """The tables, by file name, sorted."""
    nodes = [*_entities(graph), *_figures(graph), *map(_document, graph.graph["documents"].values())]
    edges = [*_facts(graph), *_links(graph)]
    return {"nodes.csv": _table(NODE_COLUMNS, nodes), "edges.csv": _table(EDGE_COLUMNS, edges)}


def _table(columns: tuple[str, ...], rows: Iterable[Mapping[str, object]]) -> str:
    out = StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({column: _BREAKS.sub(" ", str(value)) for column, value in row.items()})
    return out.getvalue()


def _entities(graph: Graph) -> Iterator[Mapping[str, object]]:
    for node, data in sorted(graph.nodes(data=True)):
        labels = ("Entity", *vocabulary().require_class(data["cls"]).ancestors, data["cls"])
        yield {
            "id:ID": node,
            "name": data["name"],
            ":LABEL": ";".join(labels),
            "iri": data["iri"],
            "names:string[]": _array(name.text for name in data["names"]),
        }


def _array(items: Iterable[str]) -> str:
    """Items parted by semicolons; those within an item give way to the full-width one."""
    return ";".join(item.replace(";", "；") for item in items)


def _figures(graph: Graph) -> Iterator[Mapping[str, object]]:
    for node, number, figure in _numbered(graph):
        yield {
            "id:ID": _figure_id(node, number),
            "name": f"{figure.measure} {figure.printed}{figure.unit}",
            ":LABEL": "Observation",
            "measure": figure.measure,
            "value:double": figure.value,
            "unit": figure.unit,
            "bound": figure.bound,
            "printed": figure.printed,
            "time": figure.time,
            "as_of": figure.as_of,
            "confidence:double": round(figure.confidence, 4),
            "quote": figure.evidence[0].quote,
            "document": figure.evidence[0].document,
        }


def _numbered(graph: Graph) -> Iterator[tuple[str, int, Figure]]:
    for node, figures in sorted(graph.nodes(data="observations")):
        for number, figure in enumerate(figures, 1):
            yield node, number, figure


def _figure_id(node: str, number: int) -> str:
    return f"{node}/figure-{number}"


def _document(document: Document) -> Mapping[str, object]:
    return {
        "id:ID": _document_id(document.id),
        "name": document.title or document.id,
        ":LABEL": "Document",
        "title": document.title,
        "date": document.date,
        "publisher": document.publisher,
        "url": document.url,
        "document": document.id,
    }


def _document_id(document: str) -> str:
    return f"document/{document}"


def _facts(graph: Graph) -> Iterator[Mapping[str, Any]]:
    for head, tail, data in facts(graph):
        yield {
            ":START_ID": head,
            ":END_ID": tail,
            ":TYPE": data["relation"],
            **{name: data[name] for name in ("role", "start", "end", "as_of", "status")},
            "confidence:double": round(data["confidence"], 4),
            "sentences:int": len(data["evidence"]),
            "quote": data["evidence"][0].quote,
            "document": data["evidence"][0].document,
        }


def _links(graph: Graph) -> Iterator[Mapping[str, object]]:
    for node, number, _ in _numbered(graph):
        yield {":START_ID": _figure_id(node, number), ":END_ID": node, ":TYPE": "observationOf"}
    for node, appearances in sorted(graph.nodes(data="appearances")):
        for document in dict.fromkeys(appearance.document for appearance in appearances):
            yield {":START_ID": node, ":END_ID": _document_id(document), ":TYPE": "mentionedIn"}
