"""Questions in SPARQL, answered from a build's graph."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.rdf.terms import PREFIXES
from kg.stores.answers import Answer
from kg.stores.cache import cached
from kg.stores.questions import query_text, require_local
from kg.stores.source import graph_file


def query(path: Path, asked: str, *, timeout: float = 60, rows: int = 0) -> Answer:
    """Ask a graph.

    Args:
        path: a build's folder, or an RDF file.
        asked: SPARQL 1.1, a file that holds it, or the name of a question (:func:`kg.stores.questions.questions`).
            The prefixes of ``kg.rdf.terms.PREFIXES`` need not be declared.
        timeout: seconds after which the query is stopped.
        rows: rows that are kept; 0: all.

    Raises:
        InputError: no graph, no query, a mistake in it, or it ran out of time.
    """
    text = query_text(asked)
    file = graph_file(path)
    return ask(cached(file) or file, text, timeout=timeout, rows=rows)


def ask(place: Path, text: str, *, timeout: float, rows: int) -> Answer:
    """Run a query in a process of its own, so that it can be stopped.

    Args:
        place: a store's folder, or a graph's file.
        text: SPARQL.
        timeout: seconds.
        rows: rows that are kept; 0: all.

    Raises:
        InputError: a mistake in the query, or it ran out of time.
    """
    command = [sys.executable, "-m", "kg.stores.worker", str(place.resolve()), str(rows)]
    content = json.dumps({"query": require_local(text), "prefixes": dict(PREFIXES)}).encode("utf-8")
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=timeout, check=False)  # noqa: S603 - our own module
    except subprocess.TimeoutExpired as error:
        raise InputError(f"the query was stopped after {timeout:g} s; narrow it, or give it more time") from error
    reply = _reply(done)
    if "error" in reply:
        raise InputError(f"the query cannot be run: {reply['error']}")
    return Answer.of(reply)


def _reply(done: subprocess.CompletedProcess[bytes]) -> dict[str, Any]:
    try:
        reply: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or [f"status {done.returncode}"]
        raise InputError(f"the query ended early, perhaps for want of memory ({reason[0]})") from error
    return reply
