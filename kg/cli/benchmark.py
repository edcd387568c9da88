"""``kg benchmark``: how fast a build is."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.console import out, table

HELP = """Time a build on one core, stage by stage, beside jieba.posseg alone on the same text in the same run.

Processor time is counted; compare the ratio, not the figures of two runs. Needs jieba: pip install jieba

Example: kg benchmark articles/ --limit 500
"""


def benchmark(  # noqa: D103 - HELP is the help
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files and folders.")],
    limit: Annotated[int, typer.Option(min=1, help="Documents to read at most.")] = 1000,
) -> None:
    from kg.evaluation.speed import measure  # noqa: PLC0415 - spaCy loads slowly; --help need not wait

    speed = measure(paths, limit=limit)
    sides = {"kg build": speed.build, "with its files": speed.written, "jieba.posseg": speed.posseg}
    rows = [(name, f"{value:,.0f}", f"{value / speed.posseg:.2f}") for name, value in sides.items()]
    out.print(table(f"{speed.characters:,} characters", ("", "characters/s", "ratio"), rows))
    out.print()
    stages = [(name, f"{share:.1%}") for name, share in speed.stages.items()]
    out.print(table("", ("share of a build with its files", ""), stages))


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=HELP)(benchmark)
