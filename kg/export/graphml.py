"""The graph as GraphML, flattened to what Gephi and its like can show."""

from __future__ import annotations

import re
from io import BytesIO

import networkx as nx

from kg.graph import Graph, facts

# Characters that XML 1.0 cannot hold, however they are escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graphml(graph: Graph) -> bytes:
    """The graph as GraphML, flattened to what Gephi and its like can show.

    Nodes: ``label``, ``class``, ``names`` (joined by `` | ``), ``iri``, ``pages``. Edges: ``label`` (the relation),
    ``role``, ``start``, ``end``, ``status``, ``confidence``, ``weight`` (sentences that state it), ``quote`` and
    ``document`` of the first of them.
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
            weight=len(data["evidence"]),
            quote=_xml(first.quote),
            document=_xml(first.document),
        )
    buffer = BytesIO()
    nx.write_graphml(flat, buffer, encoding="utf-8", prettyprint=True, named_key_ids=True)
    return buffer.getvalue()


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
