"""``kg stats``: what a graph holds, counted."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.build import print_statistics

HELP = """Count documents, entities and relations of a graph by class.

Example: kg stats output
"""

GraphDir = Annotated[Path, typer.Argument(metavar="DIR", help="Folder that kg build wrote, or a Turtle file.")]


def stats(directory: GraphDir = Path("output")) -> None:  # noqa: D103 - HELP is the help
    from kg.graph import statistics  # noqa: PLC0415 - rdflib loads slowly; --help need not wait
    from kg.pipeline import load  # noqa: PLC0415

    print_statistics(statistics(load(directory)))


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=HELP)(stats)
