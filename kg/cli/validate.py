"""``kg validate``: check a graph against shapes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import out
from kg.cli.stats import GraphDir

HELP = """Check a graph against the SHACL shapes that ship with kg, or others; exit status 1 if something is wrong.

Example: kg validate output
"""


def validate(  # noqa: D103 - HELP is the help
    directory: GraphDir = Path("output"),
    shapes: Annotated[Path | None, typer.Option(metavar="FILE", help="SHACL shapes in place of ours.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Things to name for each kind of problem.")] = 5,
) -> None:
    from kg.stores.validate import validate as check  # noqa: PLC0415 - pyshacl loads slowly; --help need not wait

    report = check(directory, shapes)
    for line in report.lines(limit):
        out.print(line, soft_wrap=True)
    if not report.conforms:
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=HELP)(validate)
