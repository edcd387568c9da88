"""The process that runs one query: a store's folder or a graph's file in, the answer as JSON out.

Oxigraph cannot be told to stop, a process can: see :func:`kg.stores.query.query`. Run as
``python -m kg.stores.worker PLACE ROWS`` with ``{"query": …, "prefixes": …}`` on standard input. It imports little,
since every query waits for it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import KgError
from kg.stores.cache import fill

_STRING = "http://www.w3.org/2001/XMLSchema#string"


def main(place: str, rows: str) -> int:
    """Answer the query on standard input; 0 answered, 1 the query or the store is at fault, told in the answer."""
    asked = json.loads(sys.stdin.buffer.read())
    try:
        store = open_store(Path(place))
        found = store.query(asked["query"], prefixes=asked["prefixes"], use_default_graph_as_union=True)
        reply = answer(found, int(rows))
    except (SyntaxError, ValueError, RuntimeError, OSError, KgError) as error:
        reply = {"error": str(error)}
    sys.stdout.buffer.write(json.dumps(reply, ensure_ascii=False).encode("utf-8", "replace"))
    return int("error" in reply)


def open_store(place: Path) -> ox.Store:
    """The store in a folder, or a graph's file loaded into memory."""
    if place.is_dir():
        return ox.Store.read_only(str(place))
    store = ox.Store()
    fill(store, place)
    return store


def answer(found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, rows: int) -> dict[str, Any]:
    """What a query yields, as plain values.

    Args:
        found: pyoxigraph's result, not yet run through.
        rows: rows or triples that are kept; 0: all.

    Returns:
        ``columns``, ``rows`` (terms as in SPARQL 1.1 Query Results JSON, None where unbound), ``truth`` (of an ASK),
        ``graph`` (the rows are triples) and ``cut`` (more was there).
    """
    reply: dict[str, Any] = {"columns": ["answer"], "rows": [], "truth": None, "graph": False, "cut": False}
    if isinstance(found, ox.QueryBoolean):
        return {**reply, "truth": bool(found)}
    if isinstance(found, ox.QueryTriples):
        reply |= {"columns": ["subject", "predicate", "object"], "graph": True}
    else:
        reply["columns"] = [variable.value for variable in found.variables]
    items = (list(map(_term, row)) for row in found)
    return {**reply, **_first(items, rows)}


def _first(items: Iterator[list[Any]], rows: int) -> dict[str, Any]:
    kept = list(islice(items, rows)) if rows else list(items)
    return {"rows": kept, "cut": bool(rows) and next(items, None) is not None}


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> dict[str, str] | None:
    if term is None:
        return None
    if not isinstance(term, ox.Literal):
        kinds = {ox.NamedNode: "uri", ox.BlankNode: "bnode"}
        return {"type": kinds.get(type(term), "literal"), "value": getattr(term, "value", str(term))}
    found = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype.value != _STRING:
        found["datatype"] = term.datatype.value
    return found


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
