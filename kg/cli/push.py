"""``kg push``: upload a graph to a triple store."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer
from rich.progress import Progress

from kg.cli.console import err, out
from kg.cli.stats import GraphDir

HELP = """Replace a graph of a triple store by DIR's: in parts, checked by count, as a whole or not at all.

The store is spoken to by the SPARQL 1.1 Graph Store Protocol or by SPARQL Update, as --store says: fuseki, graphdb,
virtuoso or oxigraph. A push that broke off goes on where it stopped.

The password is read from the environment variable KG_PASSWORD, else asked for.

Example: kg push output --endpoint http://127.0.0.1:7878 --store oxigraph
"""


def push(  # noqa: D103 - HELP is the help
    directory: GraphDir,
    endpoint: Annotated[str, typer.Option(metavar="URL", help="Address of the store.")],
    store: Annotated[str, typer.Option(help="fuseki, graphdb, virtuoso or oxigraph; guessed if left out.")] = "",
    graph: Annotated[str | None, typer.Option(metavar="IRI", help="Name of the graph in the store.")] = None,
    user: Annotated[str, typer.Option(help="Name to log in with.")] = "",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
) -> None:
    from kg.stores.client import Client  # noqa: PLC0415 - `kg --help` need not wait for these
    from kg.stores.push import GRAPH  # noqa: PLC0415
    from kg.stores.push import push as send  # noqa: PLC0415

    client = Client.at(endpoint, store=store, user=user, password=_password(user))
    with Progress(console=err, transient=True, disable=quiet or not err.is_terminal) as bar:
        task = bar.add_task("sending", total=None)
        done = send(
            directory,
            client,
            graph=graph or GRAPH,
            progress=lambda sent, total: bar.update(task, completed=sent, total=total),
        )
    if not quiet:
        out.print(f"{done.triples} triples in <{done.graph}>", soft_wrap=True)


def _password(user: str) -> str:
    """From the environment, else asked for where there is somebody to ask."""
    if not user:
        return ""
    kept = os.environ.get("KG_PASSWORD")
    if kept is None and sys.stdin.isatty():
        return str(typer.prompt(f"Password of {user}", hide_input=True, err=True))
    return kept or ""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=HELP)(push)
