"""Everything that a build writes: Turtle, GraphML, the page, a record of the run, and the identifiers to keep."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import networkx as nx

from kg import rdf, resolution, views
from kg.files import write_whole
from kg.graph import Graph, facts
from kg.model import Resolution

IDENTIFIERS = "identifiers.jsonl"
"""Name of the file that keeps ids from build to build."""

# Characters that XML 1.0 cannot hold, however they are escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(graph: Graph, resolved: Resolution, folder: Path, started: datetime) -> None:
    """Write a build's files to a folder, each whole.

    Args:
        graph: the graph.
        resolved: what it was made from.
        folder: where to write.
        started: when the build began, with its time zone; the record of the run, a file of its own, tells it.

    Raises:
        OutputError: the folder cannot be written.
    """
    turtle = folder / "graph.ttl"
    rdf.write(graph, turtle)
    rdf.write_run(folder / "run.ttl", turtle, took=(started, datetime.now(UTC)), base=graph.graph["base_iri"])
    write_whole(folder / "graph.graphml", graphml(graph))
    views.write(graph, folder)
    kept = folder / IDENTIFIERS
    known = resolution.read_identifiers(kept) if kept.exists() else ()
    resolution.write_identifiers(resolved, kept, known)


def graphml(graph: Graph) -> bytes:
    """The graph as GraphML, flattened to what Gephi and its like can show.

    Nodes: ``label``, ``class``, ``names`` (joined by `` | ``), ``iri``, ``pages``. Edges: ``label`` (the relation),
    ``role``, ``start``, ``end``, ``status``, ``confidence``, ``quote`` and ``document`` of the first evidence.
    """
    flat: Graph = nx.MultiDiGraph()
    for node, data in sorted(graph.nodes(data=True)):
        flat.add_node(
            node,
            label=_xml(data["name"]),
            iri=data["iri"],
            names=_xml(" | ".join(name.text for name in data["names"])),
            pages=len({appearance.document for appearance in data["appearances"]}),
            **{"class": data["cls"]},
        )
    for number, (head, tail, data) in enumerate(facts(graph)):
        first = data["evidence"][0]
        flat.add_edge(
            head,
            tail,
            key=str(number),
            label=data["relation"],
            role=_xml(data["role"]),
            start=data["start"],
            end=data["end"],
            status=data["status"],
            confidence=round(data["confidence"], 4),
            quote=_xml(first.quote),
            document=_xml(first.document),
        )
    buffer = BytesIO()
    nx.write_graphml(flat, buffer, encoding="utf-8", prettyprint=True, named_key_ids=True)
    return buffer.getvalue()


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
