"""One self-contained page of a graph, drawn by pyvis, that opens from disk with the network cut.

pyvis collects nodes, edges and options and renders our own template, as its own asks two remote addresses for style
sheets. Its ``heading`` and select menus would run script in a name and are not used. vis-network comes with pyvis.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader
from pyvis.network import Network

from kg.graph import Graph
from kg.views.content import Content, content
from kg.views.embedding import embed, policy, safe
from kg.views.knowledge import application, asset

_LIBRARY = "lib/vis-9.1.2/vis-network.min.js"

_OPTIONS: Mapping[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "hideEdgesOnDrag": False, "dragNodes": False, "selectConnectedEdges": False},
    "nodes": {"chosen": False},
    "edges": {"smooth": False, "chosen": False, "arrows": {"to": {"enabled": True, "scaleFactor": 0.4}}},
}


def page(graph: Graph, pages: str = "") -> str:
    """The page as text: the same graph gives the same text.

    Args:
        graph: any graph of :func:`kg.graph.to_graph`.
        pages: relative address of the further pages, linked in the head; empty: none.
    """
    known = content(graph)
    network = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    # Filled as lists, since add_node compares every id with all before it.
    network.nodes, network.edges = _first_nodes(known), _first_edges(known)
    network.options = dict(_OPTIONS)
    network.templateEnv = _environment(network.templateEnv.loader)
    network.templateEnv.globals.update(_parts(known, network.templateEnv), pages=pages)
    network.path = "index.html.j2"
    text: str = network.generate_html()
    return text


def _first_nodes(known: Content) -> list[dict[str, Any]]:
    """What pyvis draws: the most important nodes, by their place in the columns."""
    nodes = known.core["nodes"]
    shown = range(min(len(nodes["id"]), known.core["first"]))
    return [{"id": n, "x": nodes["x"][n], "y": nodes["y"][n], "size": nodes["size"][n]} for n in shown]


def _first_edges(known: Content) -> list[dict[str, Any]]:
    first, edges = known.core["first"], known.core["edges"]
    pairs = enumerate(zip(edges["head"], edges["tail"], strict=True))
    return [{"id": n, "from": head, "to": tail} for n, (head, tail) in pairs if head < first and tail < first]


def _environment(pyvis_loader: BaseLoader) -> Environment:
    """Our template, and pyvis's own folder for the library."""
    loader = ChoiceLoader([PackageLoader("kg", "views/assets"), pyvis_loader])
    return Environment(loader=loader, autoescape=True, finalize=_as_data)


def _as_data(value: object) -> object:
    """Lists, as pyvis hands them over, become JSON; all else stays."""
    return safe(embed(value)) if isinstance(value, list) else value


def _parts(known: Content, environment: Environment) -> dict[str, Any]:
    """What the template puts in besides pyvis's nodes, edges and options."""
    library, script, style = _library(environment), application(), asset("style.css")
    portions = [
        (kind, number, safe(embed(rows)))
        for kind, portion in known.portions.items()
        for number, rows in enumerate(portion)
    ]
    return {
        "title": known.core["texts"]["title"]["zh"],
        "policy": policy([library, script], [style]),
        "style": safe(style),
        "library": safe(library),
        "script": safe(script),
        "core": safe(embed(known.core)),
        "portions": portions,
    }


def _library(environment: Environment) -> str:
    """vis-network as it came with pyvis, with the line ends that a browser sees."""
    assert environment.loader is not None
    source, _, _ = environment.loader.get_source(environment, _LIBRARY)
    return source.replace("\r\n", "\n").replace("\r", "\n")
