"""``kg query``: ask a graph in SPARQL."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.console import out, say
from kg.cli.stats import GraphDir

HELP = """Answer a SPARQL query from a graph: a table on a terminal, or --format csv, tsv, json, xml, ttl or nt.

QUERY is SPARQL, a file with SPARQL, or the name of a question that ships with kg; without QUERY the questions
are listed.

Example: kg query output heads-of-districts
"""


def query(  # noqa: D103 - HELP is the help
    directory: GraphDir,
    asked: Annotated[str | None, typer.Argument(metavar="QUERY", help="SPARQL, a file, or a question's name.")] = None,
    form: Annotated[str | None, typer.Option("--format", "-f", help="csv, tsv, json, xml, ttl or nt.")] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds after which the query is stopped.")] = 60,
    rows: Annotated[int, typer.Option(min=0, help="Rows to print at most; 0 for all.")] = 0,
) -> None:
    from rich.table import Table  # noqa: PLC0415 - `kg --help` need not wait for these

    from kg.stores.query import query as ask  # noqa: PLC0415
    from kg.stores.questions import questions  # noqa: PLC0415

    if asked is None:
        for question in questions():
            out.print(f"{question.name:24} {question.title_zh}  {question.title}", soft_wrap=True)
        return
    answer = ask(directory, asked, timeout=timeout, rows=rows)
    if form is not None:
        typer.echo(answer.formatted(form), nl=False)
    elif out.is_terminal:
        shown = Table(*answer.columns, box=None, header_style="bold", pad_edge=False)
        for row in answer.rows:
            shown.add_row(*row)
        out.print(shown)
    else:
        for row in answer.rows:
            typer.echo("\t".join(row))
    if answer.cut:
        say(f"more rows were found; the first {len(answer.rows)} are shown")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=HELP)(query)
