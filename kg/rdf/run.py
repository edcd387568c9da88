"""The run that made a graph, as a file of its own: engine, version, time, and a hash of what it made.

It stands beside the graph and not in it, so that the graph's bytes do not change from run to run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import file_digest
from importlib.metadata import version
from pathlib import Path

from kg.files import write_whole
from kg.graph import BASE_IRI
from kg.rdf.render import Block, turtle
from kg.rdf.terms import check_base, mint, text


def write_run(
    path: Path,
    graph: Path,
    *,
    took: tuple[datetime, datetime],
    settings: Mapping[str, str] | None = None,
    base: str = BASE_IRI,
) -> None:
    """Write what PROV-O has to say of a run.

    Args:
        path: the file to write, Turtle.
        graph: the graph's file that the run made.
        took: start and end, both with a time zone.
        settings: what the user chose, by name.
        base: the graph's base IRI.

    Raises:
        InputError: a base IRI that is none.
        OutputError: the file cannot be written.
    """
    with graph.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    blocks = _blocks(digest, took, settings or {})
    write_whole(path, "".join(turtle(blocks, check_base(base))))


def _blocks(digest: str, took: tuple[datetime, datetime], settings: Mapping[str, str]) -> Iterator[Block]:
    release = version("kg")
    engine = mint("engine", release)
    chosen = [text(f"{name}: {value}") for name, value in sorted(settings.items())]
    rows: list[tuple[str, list[str]]] = [
        ("a", ["prov:Activity"]),
        ("prov:startedAtTime", [_time(took[0])]),
        ("prov:endedAtTime", [_time(took[1])]),
        ("prov:wasAssociatedWith", [engine]),
        ("prov:generated", ["id:dataset"]),
        ("dcterms:description", chosen),
    ]
    yield mint("run", digest, _time(took[0])), [row for row in rows if row[1]]
    yield engine, [("a", ["prov:SoftwareAgent"]), ("rdfs:label", [text(f"kg {release}")])]
    yield "id:dataset", [("a", ["prov:Entity"]), ("sie:sha256", [text(digest)])]


def _time(moment: datetime) -> str:
    """UTC, to the second."""
    return f'"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"^^xsd:dateTime'
