"""``kg train``: make the models that ship with kg again, or from your own annotated articles."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import out, say

HELP = """Train one of kg's models from a folder of annotated articles.

PART is names (who is named, and as what), arbiter (how far each source of names is trusted), relations (how names are
tied), subjects (whose a number is), segmenter (words) or continuity (whether a torn paragraph goes on). The folder
holds *.jsonl files, one article a line:

{"id": "…", "title": "…", "text": "…", "entities": [["上海交通大学", "Institute"]],
 "same": [["上海交通大学", "上海交大"]], "relations": [["张三", "holdsPosition", "上海交通大学", "教授"]],
 "numbers": [[17, "3200人", ["上海交通大学"]]]}

With --cross-validate nothing is written: the model is trained on parts of the articles, measured on the others, and
the table printed.

Use the result with `kg build --names FILE` or `--segmenter DIR`.

Example: kg train names annotated/ -o names.npz
"""


class Part(StrEnum):
    """A model of ours."""

    NAMES = "names"
    ARBITER = "arbiter"
    RELATIONS = "relations"
    SUBJECTS = "subjects"
    SEGMENTER = "segmenter"
    CONTINUITY = "continuity"


def train(  # noqa: D103 - HELP is the help
    part: Annotated[
        Part, typer.Argument(metavar="PART", help="names, arbiter, relations, subjects, segmenter or continuity.")
    ],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder of annotated articles.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="PATH", help="Where to write the model.")
    ] = None,
    cross_validate: Annotated[bool, typer.Option("--cross-validate", help="Measure instead of writing.")] = False,
) -> None:
    if cross_validate:
        _measure(part, folder)
    elif output is None:
        raise typer.BadParameter("name the file or folder to write", param_hint="--output")
    else:
        _write(part, folder, output)
        out.print(str(output))


def _write(part: Part, folder: Path, output: Path) -> None:
    from kg.training import (  # noqa: PLC0415 - `kg --help` need not wait
        arbiter,
        continuity,
        names,
        relations,
        segmentation,
        subjects,
    )

    match part:
        case Part.NAMES:
            names.train(folder, output, progress=say)
        case Part.ARBITER:
            arbiter.train(folder, output, progress=say)
        case Part.RELATIONS:
            relations.train(folder, output)
        case Part.SUBJECTS:
            subjects.train(folder, output)
        case Part.SEGMENTER:
            say(str(segmentation.train(folder, output)))
        case Part.CONTINUITY:
            continuity.train(folder, output)


def _measure(part: Part, folder: Path) -> None:
    from kg.training import crossvalidation, relations, subjects  # noqa: PLC0415 - `kg --help` need not wait

    match part:
        case Part.NAMES:
            typer.echo(crossvalidation.table(crossvalidation.crossvalidate(folder, progress=say)))
        case Part.RELATIONS:
            typer.echo(str(relations.crossvalidate(folder)))
        case Part.SUBJECTS:
            typer.echo(subjects.crossvalidate(folder), nl=False)
        case _:
            raise typer.BadParameter("only names, relations and subjects are cross-validated", param_hint="PART")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=HELP)(train)
