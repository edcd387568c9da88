"""``kg build``: pages in, graph and page out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import out, progress, say, table

if TYPE_CHECKING:
    from kg.graph import Statistics
    from kg.pipeline import Outcome

HELP = """Read pages and write their graph: DIR/graph.ttl, DIR/graph.graphml and DIR/index.html.

Pages are files (.txt, .md, .html, .htm, .jsonl, .jsonl.gz), folders of them, or - for standard input;
with none, the sample articles that ship with kg. A file that cannot be read is named with the reason, and
the rest goes on.

Corrections are taken from --corrections, else from a corrections.yml in the folder of pages.

Example: kg build articles/ report.html -o output
"""

OutputDir = Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder to write to.")]


def build(  # noqa: D103 - HELP is the help
    paths: Annotated[list[str] | None, typer.Argument(metavar="PATH...", help="Files, folders, or -.")] = None,
    output: OutputDir = Path("output"),
    encoding: Annotated[
        str | None, typer.Option(help="Encoding of plain files; told from each file if left out.")
    ] = None,
    corrections: Annotated[
        str | None, typer.Option(metavar="FILE", help="Corrections to names, see docs/corrections.md.")
    ] = None,
    base_iri: Annotated[str | None, typer.Option(metavar="IRI", help="What the entities' IRIs begin with.")] = None,
    min_confidence: Annotated[float, typer.Option(min=0, max=1, help="Leave out facts below this probability.")] = 0.0,
    segmenter: Annotated[str | None, typer.Option(metavar="DIR", help="A spacy-pkuseg model in place of ours.")] = None,
    names: Annotated[str | None, typer.Option(metavar="FILE", help="A name model in place of ours.")] = None,
    pipeline: Annotated[
        str | None, typer.Option(metavar="NAME", help="A spaCy pipeline whose names replace our model's.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read pages.")] = 1,
    cache: Annotated[bool, typer.Option(help="Keep what each page yields in DIR/.cache, for quick rebuilds.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
) -> None:
    from kg import export  # noqa: PLC0415 - spaCy and rdflib load slowly; --help need not wait
    from kg.files import require_writable  # noqa: PLC0415
    from kg.graph import BASE_IRI, statistics  # noqa: PLC0415
    from kg.pipeline import Settings, run  # noqa: PLC0415

    started = datetime.now(UTC)
    require_writable(output)
    settings = Settings(
        encoding=encoding,
        segmenter=segmenter,
        names=names,
        pipeline=pipeline,
        workers=workers,
        cache=str(output / ".cache") if cache else None,
        corrections=corrections or _corrections_beside(paths or []),
        identifiers=str(output / export.IDENTIFIERS),
        base_iri=base_iri or BASE_IRI,
        min_confidence=min_confidence,
    )
    with progress(None, quiet=quiet) as listener:
        outcome = run(paths or [], settings, listener)
    if not quiet:
        say("writing")
    export.write(outcome.graph, outcome.resolution, output, started)
    for failure in outcome.failures:
        say(f"not read: {failure.path}: {failure.reason}")
    for warning in outcome.warnings:
        say(warning)
    if not quiet:
        _report(outcome, statistics(outcome.graph), output)


def _corrections_beside(paths: list[str]) -> str | None:
    """The corrections.yml in one of the folders that are read."""
    for path in paths:
        candidate = Path(path) / "corrections.yml"
        if candidate.is_file():
            return str(candidate)
    return None


def _report(outcome: Outcome, counts: Statistics, output: Path) -> None:
    print_statistics(counts)
    if outcome.failures:
        out.print(f"{len(outcome.failures)} documents could not be read, see above")
    out.print(f"\ngraph  {output / 'graph.ttl'}\npage   {output / 'index.html'}")


def print_statistics(counts: Statistics) -> None:
    """Print what a graph holds."""
    out.print(f"{counts.documents} documents, {counts.observations} observations, {counts.evidence} sentences cited\n")
    out.print(
        table("", ("entities", str(sum(counts.entities.values()))), [(k, str(n)) for k, n in counts.entities.items()])
    )
    out.print()
    out.print(
        table(
            "", ("relations", str(sum(counts.relations.values()))), [(k, str(n)) for k, n in counts.relations.items()]
        )
    )


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=HELP)(build)
