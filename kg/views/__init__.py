"""A graph as interactive pages that open offline: the map with its panel, and further pages to read and print."""

from __future__ import annotations

from pathlib import Path

from kg.files import write_whole
from kg.graph import Graph
from kg.views.page import page
from kg.views.pages import FOLDER, write_pages

__all__ = ["page", "write", "write_pages"]


def write(graph: Graph, folder: Path, *, pages: bool = False) -> None:
    """Write ``folder/index.html``.

    Args:
        graph: any graph of :func:`kg.graph.to_graph`.
        folder: made if missing.
        pages: also write the further pages, and link them.

    Raises:
        OutputError: the folder cannot be written.
    """
    write_whole(folder / "index.html", page(graph, f"{FOLDER}/index.html" if pages else ""))
    if pages:
        write_pages(graph, folder)
