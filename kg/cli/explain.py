"""``kg explain``: where an entity comes from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import out, say

HELP = """Show where an entity comes from: its forms, the pages and places that name it, who proposed it as what, and
why its forms were held to be one.

NAME is any form of its name, in either script.

Example: kg explain 商汤 output
"""


def explain(  # noqa: D103 - HELP is the help
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, or a part of one.")],
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Folder that kg build wrote.")] = Path("output"),
) -> None:
    from kg.pipeline import load  # noqa: PLC0415 - rdflib loads slowly; --help need not wait
    from kg.resolution import explain as explain_name  # noqa: PLC0415

    explanations = explain_name(load(directory), name)
    for explanation in explanations:
        out.print(str(explanation), soft_wrap=True)
    if not explanations:
        say(f"no entity of {directory} has a name like {name}")
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=HELP)(explain)
