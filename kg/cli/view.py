"""``kg view``: open the page of a graph."""

from __future__ import annotations

from pathlib import Path

import typer

from kg.cli.console import out, say
from kg.cli.stats import GraphDir
from kg.errors import InputError

HELP = """Open DIR/index.html in the web browser.

Example: kg view output
"""


def view(directory: GraphDir = Path("output")) -> None:  # noqa: D103 - HELP is the help
    page = directory / "index.html"
    if not page.is_file():
        raise InputError(f"{page}: no such page; run `kg build PATH... -o {directory}` first")
    out.print(str(page))
    if typer.launch(page.resolve().as_uri()) != 0:
        say("no browser could be started; open the file yourself")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=HELP)(view)
