"""Files out of graphs: Turtle, N-Triples, TriG and JSON-LD, packed where the name says so, whole or not at all."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from kg.errors import InputError
from kg.files import whole
from kg.graph import Graph
from kg.rdf.describe import blocks
from kg.rdf.frame import frame
from kg.rdf.render import RENDERERS

_BATCH = 1 << 16


def write(graph: Graph, path: Path, form: str = "") -> None:
    """Write a graph to a file; the same graph gives the same bytes.

    Args:
        graph: as :mod:`kg.graph` makes it.
        path: ``.gz`` packs it.
        form: ``ttl``, ``nt``, ``trig`` or ``jsonld``; empty: what the file's name ends in.

    Raises:
        InputError: no such format, or a base IRI or id that makes no IRI.
        OutputError: the file cannot be written; what stood there before still does.
    """
    pieces = serialize(graph, form or format_of(path))
    with whole(path) as file, _packed(file, path.name) as stream:
        for piece in _batched(pieces):
            stream.write(piece.encode("utf-8"))


def serialize(graph: Graph, form: str = "ttl") -> Iterator[str]:
    """A graph as text, piece by piece.

    Raises:
        InputError: no such format, or a base IRI or id that makes no IRI.
    """
    if form not in RENDERERS:
        raise InputError(f"format {form!r}: choose one of {', '.join(RENDERERS)}")
    terms = frame(graph)
    return RENDERERS[form](blocks(graph, terms), terms.base)


def format_of(path: Path) -> str:
    """The format that a file's name tells.

    Raises:
        InputError: it tells none.
    """
    form = Path(path.name.removesuffix(".gz")).suffix.removeprefix(".")
    if form not in RENDERERS:
        raise InputError(f"{path}: the name must end in one of .{', .'.join(RENDERERS)}, with or without .gz")
    return form


def _batched(pieces: Iterator[str]) -> Iterator[str]:
    """Few large writes instead of many small ones."""
    waiting: list[str] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size > _BATCH:
            yield "".join(waiting)
            waiting, size = [], 0
    yield "".join(waiting)


@contextmanager
def _packed(file: IO[bytes], name: str) -> Iterator[IO[bytes]]:
    """The file itself, or one that packs into it: without its name and the time, which would change the bytes."""
    if name.endswith(".gz"):
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
            yield cast("IO[bytes]", packed)
    else:
        yield file
