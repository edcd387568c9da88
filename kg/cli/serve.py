"""``kg serve``: a read-only SPARQL endpoint on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import out
from kg.cli.stats import GraphDir

HELP = """Serve a graph as a read-only SPARQL 1.1 endpoint on this machine alone, with a page to ask it from.

Updates are refused; queries are limited in time and rows. Ctrl-C ends it.

Example: kg serve output --port 7879
"""


def serve(  # noqa: D103 - HELP is the help
    directory: GraphDir = Path("output"),
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes any that is free.")] = 7879,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds after which a query is stopped.")] = 30,
    rows: Annotated[int, typer.Option(min=1, help="Rows that an answer may have.")] = 10_000,
) -> None:
    from kg.stores.serve import Server  # noqa: PLC0415 - `kg --help` need not wait for it

    with Server(directory, port=port, timeout=timeout, rows=rows) as server:
        out.print(f"{server.url}  (page)\n{server.url}sparql  (endpoint)")
        server.serve_forever()


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=HELP)(serve)
