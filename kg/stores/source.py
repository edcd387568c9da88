"""The file of a build, its triples, and the ontology's files beside it."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import pyoxigraph as ox

from kg.errors import InputError

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
"""By the end of a file's name."""


def graph_file(path: Path) -> Path:
    """The RDF file of a build's folder, or the file itself.

    Raises:
        InputError: there is none.
    """
    if path.is_file():
        return path
    if not path.exists():
        raise InputError(f"{path}: no such file or folder; build the graph first with: kg build PATH... -o {path}")
    for ending in FORMATS:
        for packed in ("", ".gz"):
            found = path / f"graph{ending}{packed}"
            if found.is_file():
                return found
    raise InputError(f"{path}: holds no graph.ttl; build the graph first with: kg build PATH... -o {path}")


def triples(path: Path) -> Iterator[ox.Triple]:
    """The triples of a file, one by one, whatever graph they stand in.

    Raises:
        InputError: it is no RDF file, or malformed; the message names the place.
    """
    form = FORMATS.get(Path(path.name.removesuffix(".gz")).suffix)
    if form is None:
        raise InputError(f"{path}: the name must end in one of {', '.join(FORMATS)}, with or without .gz")
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            for quad in ox.parse(cast("BinaryIO", stream), format=form):
                yield quad.triple if isinstance(quad, ox.Quad) else quad
    except (OSError, EOFError, SyntaxError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error})") from error
