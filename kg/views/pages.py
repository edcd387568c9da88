"""Further pages beside the graph's: one for each district and park, and tables of entities, posts and dated facts.

Each is a file of its own that opens offline and links back to the graph's page. Their templates escape everything.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader

from kg.files import write_whole
from kg.graph import Graph, facts
from kg.model import Evidence
from kg.views.embedding import embed, policy, safe, web_address
from kg.views.knowledge import asset, knowledge
from kg.views.looks import by_importance, looks
from kg.views.shown import shown
from kg.views.surroundings import districts, fields
from kg.vocabulary import vocabulary

FOLDER = "pages"
"""Where the pages stand, beside ``index.html``; the first is ``pages/index.html``."""

_QUOTES = 5
"""Sentences cited for one fact; the graph's page has them all."""

_PLACES = ("District", "Park")

Row = dict[str, Any]


def write_pages(graph: Graph, folder: Path) -> tuple[Path, ...]:
    """Write ``folder/pages/*.html``.

    Returns:
        The files written, ``pages/index.html`` first.

    Raises:
        OutputError: the folder cannot be written.
    """
    written = []
    for name, text in pages(graph).items():
        path = folder / FOLDER / name
        write_whole(path, text)
        written.append(path)
    return tuple(written)


def pages(graph: Graph) -> dict[str, str]:
    """All pages as text, by file name: the same graph gives the same pages."""
    graph = shown(graph)
    environment = _environment()
    places = _places(graph)
    tables = {
        "entities.html": ("table_entities", ("name", "class", "district", "field", "facts", "other_names")),
        "posts.html": (
            "table_posts",
            ("person", "role", "organisation", "start", "end", "status", "sentence", "document"),
        ),
        "timeline.html": ("timeline", ("date", "what", "sentence", "document")),
    }
    rows = {"entities.html": _entities(graph), "posts.html": _posts(graph), "timeline.html": _timeline(graph)}
    contents = environment.get_template("contents.html.j2")
    listed = [(name, key, len(rows[name])) for name, (key, _) in tables.items()]
    found = {"index.html": contents.render(tables=listed, places=places)}
    for name, (key, columns) in tables.items():
        data = safe(embed({"rows": rows[name]}))
        found[name] = environment.get_template("table.html.j2").render(key=key, columns=columns, data=data)
    for place in places:
        found[place["file"]] = environment.get_template("place.html.j2").render(place=place)
    return found


def _environment() -> Environment:
    environment = Environment(loader=PackageLoader("kg", "views/assets"), autoescape=True)
    style, script, known = asset("pages.css"), asset("pages.js"), knowledge()
    terms = {term["name"]: term for term in (*known["classes"], *known["relations"])}
    environment.globals |= {"style": safe(style), "script": safe(script), "policy": policy([script], [style])}
    environment.globals |= {"texts": known["texts"], "terms": terms}
    return environment


# Districts and parks


def _places(graph: Graph) -> list[Row]:
    inside, focus = districts(graph), fields(graph)
    members = _members(graph, inside)
    nodes = [node for node in by_importance(graph) if graph.nodes[node]["cls"] in _PLACES]
    return [_place(graph, node, inside, focus, members[node]) for node in nodes]


def _members(graph: Graph, inside: Mapping[str, tuple[str, ...]]) -> Mapping[str, list[str]]:
    """District or park to what lies in it, by importance."""
    found: dict[str, list[str]] = defaultdict(list)
    for node in by_importance(graph):
        direct = {tail for _, tail, data in graph.out_edges(node, data=True) if data["relation"] == "locatedIn"}
        for place in direct | set(inside[node]) - {node}:
            found[place].append(node)
    return found


def _place(
    graph: Graph,
    node: str,
    inside: Mapping[str, tuple[str, ...]],
    focus: Mapping[str, tuple[str, ...]],
    members: list[str],
) -> Row:
    data = graph.nodes[node]
    groups: dict[str, list[Row]] = defaultdict(list)
    for member in members:
        own = [graph.nodes[field]["name"] for field in focus[member] if field != member]
        groups[graph.nodes[member]["cls"]].append({"id": member, "name": graph.nodes[member]["name"], "fields": own})
    return {
        "id": node,
        "file": file_name(node),
        "name": data["name"],
        "cls": data["cls"],
        "names": [name.text for name in data["names"] if name.text != data["name"]],
        "districts": [graph.nodes[district]["name"] for district in inside[node] if district != node],
        "figures": [_figure(graph, figure) for figure in data["observations"]],
        "members": len(members),
        "groups": [(cls, groups[cls]) for cls in looks() if cls in groups],
        "facts": _facts(graph, node),
    }


def file_name(node: str) -> str:
    """Name of the page of a district or park: its id, with all that could lead elsewhere replaced."""
    return re.sub(r"[^\w-]", "_", node, flags=re.ASCII) + ".html"


def _figure(graph: Graph, figure: Any) -> Row:  # noqa: ANN401 - networkx attributes have no types
    row = {name: getattr(figure, name) for name in ("measure", "printed", "unit", "time", "bound")}
    return row | {"quotes": _quotes(graph, figure.evidence)}


def _facts(graph: Graph, node: str) -> list[tuple[str, bool, list[Row]]]:
    """Relation, whether it leads away from the node, and the facts, in the order of the ontology."""
    found: dict[tuple[str, bool], list[Row]] = defaultdict(list)
    for head, tail, data in facts(
        graph.edge_subgraph([*graph.out_edges(node, keys=True), *graph.in_edges(node, keys=True)])
    ):
        other, outwards = (tail, True) if head == node else (head, False)
        row = {"id": other, "name": graph.nodes[other]["name"], "role": data["role"], "status": data["status"]}
        row |= {"time": _time(data), "quotes": _quotes(graph, data["evidence"])}
        found[data["relation"], outwards].append(row)
    order = [(relation, outwards) for relation in vocabulary().relations for outwards in (True, False)]
    return [(*key, found[key]) for key in order if key in found]


def _time(data: Mapping[str, Any]) -> str:
    if data["start"] or data["end"]:
        return f"{data['start']} – {data['end']}".strip()
    return str(data["as_of"])


def _quotes(graph: Graph, evidence: Iterable[Evidence]) -> list[Row]:
    documents = graph.graph["documents"]
    found = []
    for one in list(evidence)[:_QUOTES]:
        page = documents.get(one.document)
        about = {"title": page.title or page.id, "date": page.date, "url": web_address(page.url)} if page else {}
        found.append({"text": one.quote, **about})
    return found


# Tables: rows of cells; a cell is a text or number, a text and the node it leads to, or a text in both languages


def _entities(graph: Graph) -> list[list[Any]]:
    inside, focus = districts(graph), fields(graph)
    classes = {term["name"]: {"zh": term["zh"], "en": term["en"]} for term in knowledge()["classes"]}

    def names(nodes: tuple[str, ...]) -> str:
        return ", ".join(graph.nodes[node]["name"] for node in nodes)

    return [
        [
            [data["name"], node],
            classes[data["cls"]],
            names(inside[node]),
            names(focus[node]),
            graph.degree(node),
            ", ".join(name.text for name in data["names"] if name.text != data["name"]),
        ]
        for node in by_importance(graph)
        for data in (graph.nodes[node],)
    ]


def _posts(graph: Graph) -> list[list[Any]]:
    texts = knowledge()["texts"]
    return [
        [
            [graph.nodes[head]["name"], head],
            data["role"],
            [graph.nodes[tail]["name"], tail],
            data["start"],
            data["end"],
            texts[data["status"]],
            *_first_source(graph, data["evidence"]),
        ]
        for head, tail, data in facts(graph)
        if data["relation"] == "holdsPosition"
    ]


def _timeline(graph: Graph) -> list[list[Any]]:
    """Facts and figures with a time of their own, earliest first."""
    found: list[list[Any]] = []
    for head, tail, data in facts(graph):
        label = vocabulary().relations[data["relation"]].labels["zh-Hans"]
        what = " ".join(filter(None, (graph.nodes[head]["name"], label, graph.nodes[tail]["name"], data["role"])))
        if time := data["start"] or data["end"]:
            found.append([time, [what, head], *_first_source(graph, data["evidence"])])
    for node, figures in sorted(graph.nodes(data="observations")):
        for figure in figures:
            if figure.time:
                what = f"{graph.nodes[node]['name']} {figure.measure} {figure.printed}{figure.unit}"
                found.append([figure.time, [what, node], *_first_source(graph, figure.evidence)])
    return sorted(found, key=lambda row: (row[0], row[1]))


def _first_source(graph: Graph, evidence: Iterable[Evidence]) -> tuple[str, str]:
    """The first sentence, and title and date of its document."""
    quotes = _quotes(graph, evidence)
    if not quotes:
        return "", ""
    return quotes[0]["text"], " · ".join(filter(None, (quotes[0].get("title"), quotes[0].get("date"))))
