"""One self-contained HTML page of a graph, drawn by pyvis.

pyvis's own page asks two remote addresses for style sheets; they are taken out, so that nothing is asked of the
network. Its ``heading`` would run script in a name and is not used. vis-network shows titles as text.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from pyvis.network import Network

from kg.files import write_whole
from kg.graph import Graph, facts

COLOURS = {
    "Company": "#4477aa", "Institute": "#228833", "Park": "#ccbb44", "District": "#ee6677", "Official": "#aa3377",
    "Person": "#cc99bb", "GovernmentBody": "#66ccee", "Organization": "#999933", "IndustryField": "#dddddd",
    "Policy": "#ddaa77", "Event": "#ee8866", "Product": "#77aadd", "Place": "#bbbbbb",
}  # fmt: skip
"""After Paul Tol's colour-blind safe schemes."""

_REMOTE = re.compile(r"<(?:link|script)\b[^>]*\bhttps?://[^>]*>(?:\s*</script>)?")


def write(graph: Graph, folder: Path) -> None:
    """Write ``folder/index.html``.

    Raises:
        OutputError: the folder cannot be written.
    """
    write_whole(folder / "index.html", page(graph))


def page(graph: Graph) -> str:
    """The page as text."""
    network = Network(height="100vh", width="100%", directed=True, cdn_resources="in_line")
    network.nodes = [_node(node, data, graph.degree(node)) for node, data in sorted(graph.nodes(data=True))]
    network.edges = [_edge(head, tail, data) for head, tail, data in facts(graph)]
    html = _REMOTE.sub("", network.generate_html())
    return html.replace("<head>", '<head><meta charset="utf-8"><title>kg</title>').replace(
        "</body>", _legend() + "</body>"
    )


def _node(node: str, data: dict[str, object], degree: int) -> dict[str, object]:
    names = " ".join(name.text for name in data["names"])  # type: ignore[attr-defined]
    colour = COLOURS[str(data["cls"])]
    return {
        "id": node,
        "label": data["name"],
        "title": names,
        "color": colour,
        "shape": "dot",
        "size": 8 + degree**0.5 * 4,
    }


def _edge(head: str, tail: str, data: dict[str, object]) -> dict[str, object]:
    quotes = "\n".join(evidence.quote for evidence in data["evidence"])  # type: ignore[attr-defined]
    return {"from": head, "to": tail, "label": data["relation"], "title": quotes, "arrows": "to"}


def _legend() -> str:
    rows = "".join(f'<div><b style="color:{colour}">●</b> {escape(cls)}</div>' for cls, colour in COLOURS.items())
    return f'<div style="position:fixed;top:1em;left:1em;background:#fffc;font:14px sans-serif">{rows}</div>'
