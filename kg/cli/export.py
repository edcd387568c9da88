"""``kg export``: the graph in the formats of other programs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import out
from kg.cli.stats import GraphDir

HELP = """Write a graph in another format.

graphml opens in Gephi, yEd and Cytoscape; csv is three tables for a spreadsheet; neo4j is nodes.csv and edges.csv
for neo4j-admin database import; ttl, nt, trig and jsonld are RDF. csv and neo4j make a folder, the others a file.

Example: kg export output --format neo4j -o neo4j/
"""


class Form(StrEnum):
    """What a graph can be written as."""

    graphml = "graphml"
    csv = "csv"
    neo4j = "neo4j"
    ttl = "ttl"
    nt = "nt"
    trig = "trig"
    jsonld = "jsonld"


def export(  # noqa: D103 - HELP is the help
    directory: GraphDir,
    form: Annotated[Form, typer.Option("--format", "-f", help="What to write.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="PATH", help="File or folder; DIR/FORMAT if left out.")
    ] = None,
) -> None:
    from kg.export import export as write  # noqa: PLC0415 - rdflib loads slowly; --help need not wait
    from kg.pipeline import load  # noqa: PLC0415

    for path in write(load(directory), form.value, output or _beside(directory, form)):
        out.print(str(path), soft_wrap=True)


def _beside(directory: Path, form: Form) -> Path:
    folder = directory if directory.is_dir() else directory.parent
    return folder / form.value if form in {Form.csv, Form.neo4j} else folder / f"graph.{form.value}"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=HELP)(export)
