"""Everything that a build writes, and the other formats a graph can be handed on in.

A build writes Turtle, GraphML, the page, a record of the run, and the identifiers to keep. :func:`export` writes one
more format on demand: see :data:`FORMATS`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from kg import rdf, resolution, views
from kg.errors import InputError
from kg.export.graphml import graphml
from kg.export.neo4j import neo4j
from kg.export.spreadsheet import spreadsheet
from kg.files import write_whole
from kg.graph import Graph
from kg.model import Resolution

__all__ = ["FORMATS", "IDENTIFIERS", "export", "graphml", "neo4j", "spreadsheet", "write"]

IDENTIFIERS = "identifiers.jsonl"
"""Name of the file that keeps ids from build to build."""

_FOLDERS = {"csv": spreadsheet, "neo4j": neo4j}
_TRIPLES = ("ttl", "nt", "trig", "jsonld")

FORMATS = ("graphml", *_FOLDERS, *_TRIPLES)
"""``graphml``: for Gephi, yEd and Cytoscape; ``csv``: tables for a spreadsheet; ``neo4j``: tables for ``neo4j-admin
database import``; the rest: RDF."""


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


def export(graph: Graph, form: str, place: Path) -> tuple[Path, ...]:
    """Write a graph in another format.

    Args:
        graph: the graph.
        form: one of :data:`FORMATS`.
        place: a file; a folder for ``csv`` and ``neo4j``.

    Returns:
        The files that were written.

    Raises:
        InputError: no such format.
        OutputError: the place cannot be written.
    """
    if form in _FOLDERS:
        files = {place / name: content for name, content in _FOLDERS[form](graph).items()}
        for path, content in files.items():
            write_whole(path, content.encode("utf-8", "replace"))  # a page may hold half a surrogate pair
        return tuple(files)
    if form == "graphml":
        write_whole(place, graphml(graph))
    elif form in _TRIPLES:
        rdf.write(graph, place, form)
    else:
        raise InputError(f"no such format: {form}; choose one of {', '.join(FORMATS)}")
    return (place,)
