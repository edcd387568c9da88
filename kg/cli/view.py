"""``kg view``: open the page of a graph."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import out, say
from kg.cli.stats import GraphDir
from kg.errors import InputError

HELP = """Open DIR/index.html in the web browser. With --pages, first write DIR/pages: a page for each district and
park, and tables of all entities, of people and posts, and of what is dated.

Example: kg view output --pages
"""


def view(  # noqa: D103 - HELP is the help
    directory: GraphDir = Path("output"),
    *,
    pages: Annotated[bool, typer.Option("--pages", help="Write the further pages and link them.")] = False,
) -> None:
    page = directory / "index.html"
    if not page.is_file():
        raise InputError(f"{page}: no such page; run `kg build PATH... -o {directory}` first")
    if pages:
        write_pages(directory)
    out.print(str(page))
    if typer.launch(page.resolve().as_uri()) != 0:
        say("no browser could be started; open the file yourself")


def write_pages(directory: Path) -> None:
    """Write the page of a graph once more, and the further pages that it then links."""
    from kg import views  # noqa: PLC0415 - slow to load; --help need not wait
    from kg.pipeline import load  # noqa: PLC0415

    views.write(load(directory), directory, pages=True)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=HELP)(view)
