"""``kg evaluate``: build and score pages against gold files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import out, table

if TYPE_CHECKING:
    from kg.evaluation.scoring import Count, Score

HELP = """Build the graph of each page alone and score it against its gold file: precision, recall and F1 by class
and relation.

GOLD holds one JSON file per page:

{"doc": "page.txt",
 "entities": [{"id": "e1", "type": "Company", "name": "…", "aliases": ["…"]}],
 "relations": [{"head": "e1", "type": "locatedIn", "tail": "e2", "evidence": "…"}],
 "observations": [{"subject": "e2", "measure": "…", "value": 2000, "unit": "…", "evidence": "…"}]}

"doc" names the page's file in TEXTS. Rows with "optional": true count neither way.

With --floor, the exit status is 1 if core entities' F1 is below it.

Example: kg evaluate pages/ gold/ --errors
"""


def evaluate(  # noqa: D103 - HELP is the help
    texts: Annotated[Path, typer.Argument(metavar="TEXTS", help="Folder of pages.")],
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Folder of gold files.")],
    errors: Annotated[
        bool, typer.Option("--errors", help="List what was missed and what is wrong, with the sentence.")
    ] = False,
    floor: Annotated[float, typer.Option(min=0, max=1, help="Least F1 of core entities.")] = 0.0,
    segmenter: Annotated[str | None, typer.Option(metavar="DIR", help="A spacy-pkuseg model in place of ours.")] = None,
    pipeline: Annotated[
        str | None, typer.Option(metavar="NAME", help="A spaCy pipeline whose names replace our model's.")
    ] = None,
) -> None:
    from kg.evaluation.run import evaluate_folder  # noqa: PLC0415 - spaCy loads slowly; --help need not wait
    from kg.evaluation.scoring import CORE  # noqa: PLC0415
    from kg.pipeline import Settings  # noqa: PLC0415

    scores = evaluate_folder(texts, gold, Settings(segmenter=segmenter, pipeline=pipeline))
    if errors:
        for page, score in scores.items():
            for error in score.errors:
                typer.echo(f"{page}\t{error.kind}\t{error.type}\t{error.what}\t{error.evidence}")
    total = _sum(scores)
    _print_table(total)
    if total.total(*CORE).f1 < floor:
        raise typer.Exit(1)


def _sum(scores: dict[str, Score]) -> Score:
    from kg.evaluation.scoring import Score  # noqa: PLC0415

    total = Score()
    for score in scores.values():
        for name, count in score.counts.items():
            total.counts[name] += count
    return total


def _print_table(total: Score) -> None:
    from kg.evaluation.scoring import CORE, EXTENDED  # noqa: PLC0415
    from kg.vocabulary import vocabulary  # noqa: PLC0415

    relations = sorted(vocabulary().relations)
    order = (*CORE, *EXTENDED, *relations, "Observation")
    rows = [_row(name, total.counts[name]) for name in order if name in total.counts]
    rows += [
        _row("core entities", total.total(*CORE)),
        _row("all entities", total.total(*CORE, *EXTENDED)),
        _row("relations", total.total(*relations)),
        _row("observations", total.total("Observation")),
    ]
    out.print(table("", ("", "P", "R", "F1", "right", "predicted", "gold"), rows))


def _row(name: str, count: Count) -> tuple[str, ...]:
    figures = (f"{value:.3f}" for value in (count.precision, count.recall, count.f1))
    return (name, *figures, str(count.right), str(count.predicted), str(count.gold))


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=HELP)(evaluate)
