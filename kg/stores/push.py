"""A graph's file into a triple store: in parts, resumable, checked by count, replaced as a whole or not at all.

Parts go to a graph beside the target, ``GRAPH-staging``; when all have arrived and the count is right, one update moves
it over the target. Until then the target is as it was. Progress is kept beside the graph's file, so a push that was
broken off goes on where it stopped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError, OutputError
from kg.files import write_whole
from kg.rdf.terms import TAGS
from kg.stores.cache import cached
from kg.stores.client import Client
from kg.stores.source import graph_file, triples

GRAPH = "https://w3id.org/shanghai-innovation/graph"
"""Where data goes unless the user says otherwise."""

Progress = Callable[[int, int], None]
"""Called with triples sent so far and triples in all."""

_FOLDED = re.compile(rb'"@(%s) \.$' % b"|".join(tag.encode() for tag in TAGS), re.MULTILINE)
_GRAPH = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did."""

    graph: str
    """IRI of the graph that now holds the data."""
    triples: int
    """How many it holds."""
    resumed: int
    """Of these, how many an earlier, broken push had sent."""


def push(
    path: Path,
    client: Client,
    *,
    graph: str = GRAPH,
    part: int = 20_000,
    progress: Progress = lambda _sent, _all: None,
) -> Pushed:
    """Replace a graph of a store by a build's graph.

    Args:
        path: a build's folder, or an RDF file.
        client: the store.
        graph: IRI of the graph in the store.
        part: triples sent at once.
        progress: told after each part.

    Raises:
        InputError: no graph, or one that cannot be sent in parts.
        OutputError: the store cannot be reached, refuses, or lost something; its graph is then as it was.
    """
    if not _GRAPH.fullmatch(graph):
        raise InputError(f"graph {graph!r}: needs an absolute IRI")
    file = graph_file(path)
    total = _size(file)
    staging, log = f"{graph}-staging", _log(file, client, graph, part)
    done = _resume(client, staging, log)
    progress(min(done, total), total)
    for sent, content in _parts(file, part, done):
        client.add(staging, content)
        _note(log, sent)
        progress(sent, total)
    _check(client, staging, total)
    client.update(f"MOVE GRAPH <{staging}> TO GRAPH <{graph}>".encode())
    log.unlink(missing_ok=True)
    _check(client, graph, total)
    return Pushed(graph, total, done)


def _size(file: Path) -> int:
    """Distinct triples in a file."""
    store = cached(file)
    return len(ox.Store.read_only(str(store))) if store else len(set(triples(file)))


def _log(file: Path, client: Client, graph: str, part: int) -> Path:
    """Where progress is kept: one file for each content, store, graph and size of parts."""
    status = file.stat()
    key = f"{status.st_size} {status.st_mtime_ns} {client.endpoint} {client.preset} {graph} {part}"
    return file.parent / ".cache" / f"push-{blake2b(key.encode(), digest_size=8).hexdigest()}.json"


def _note(log: Path, sent: int) -> None:
    with suppress(OutputError):  # a folder that cannot be written only means that a broken push starts anew
        log.parent.mkdir(exist_ok=True)
        write_whole(log, json.dumps({"sent": sent}).encode())


def _resume(client: Client, staging: str, log: Path) -> int:
    """Triples that an earlier push has sent and the store still holds; what is left of any other push is dropped."""
    held = client.count(staging)
    sent = _sent(log)
    if sent and held >= sent:
        return sent
    if held:
        client.update(f"DROP SILENT GRAPH <{staging}>".encode())
    return 0


def _sent(log: Path) -> int:
    try:
        return int(json.loads(log.read_bytes())["sent"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def _parts(file: Path, part: int, done: int) -> Iterator[tuple[int, bytes]]:
    """N-Triples of each part that is not done, with the number of triples sent once it is."""
    rest = islice(triples(file), done, None)
    while batch := list(islice(rest, part)):
        if any(isinstance(term, ox.BlankNode) for triple in batch for term in (triple.subject, triple.object)):
            raise InputError(f"{file}: has blank nodes, which parts cannot share; graphs that kg writes have none")
        done += len(batch)
        content = ox.serialize(batch, format=ox.RdfFormat.N_TRIPLES) or b""
        yield done, _FOLDED.sub(lambda m: b'"@%s .' % TAGS[m[1].decode()].encode(), content)


def _check(client: Client, graph: str, expected: int) -> None:
    found = client.count(graph)
    if found != expected:
        raise OutputError(
            f"{client.endpoint}: <{graph}> holds {found:,} triples where {expected:,} were sent; push again, "
            "and if that does not help, look for two pushes at once"
        )
