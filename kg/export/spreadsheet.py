"""The graph as tables for a spreadsheet: ``entities.csv``, ``facts.csv``, ``figures.csv``.

UTF-8 with the mark at the beginning by which Excel knows it. A cell that a spreadsheet would take for a formula
(it begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break; blanks before it do not help) gets an apostrophe
in front and is shown as text: names and sentences come from pages that anyone may have written. Numbers stay numbers.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from kg.graph import Graph, facts

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")  # the full-width signs count in East Asian editions

_Row = Sequence[str | float]


def spreadsheet(graph: Graph) -> dict[str, str]:
    """The tables, by file name, sorted."""
    return {
        "entities.csv": _table(("id", "class", "name", "other names", "pages", "iri"), _entities(graph)),
        "facts.csv": _table(
            (
                *("head", "relation", "tail", "role", "start", "end", "as of", "status", "confidence"),
                *("sentences", "quote", "document", "head id", "tail id"),
            ),
            _facts(graph),
        ),
        "figures.csv": _table(
            (
                *("subject", "measure", "value", "unit", "bound", "printed", "time", "as of", "confidence"),
                *("quote", "document", "subject id"),
            ),
            _figures(graph),
        ),
    }


def harmless(cell: str | float) -> str | float:
    """The cell as a spreadsheet shows it, never as it would run it.

    >>> harmless("=HYPERLINK(1)"), harmless("张江"), harmless(-3.5)
    ("'=HYPERLINK(1)", '张江', -3.5)
    """
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def _table(header: Sequence[str], rows: Iterable[_Row]) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def _entities(graph: Graph) -> Iterator[_Row]:
    for node, data in sorted(graph.nodes(data=True)):
        others = "、".join(name.text for name in data["names"] if name.text != data["name"])
        pages = len({appearance.document for appearance in data["appearances"]})
        yield node, data["cls"], data["name"], others, pages, data["iri"]


def _facts(graph: Graph) -> Iterator[_Row]:
    name = graph.nodes(data="name")
    for head, tail, data in facts(graph):
        first = data["evidence"][0]
        yield (
            *(name[head], data["relation"], name[tail]),
            *(data[key] for key in ("role", "start", "end", "as_of", "status")),
            *(round(data["confidence"], 4), len(data["evidence"]), first.quote, first.document, head, tail),
        )


def _figures(graph: Graph) -> Iterator[_Row]:
    for node, data in sorted(graph.nodes(data=True)):
        for figure in data["observations"]:
            first = figure.evidence[0]
            yield (
                *(data["name"], figure.measure, figure.value, figure.unit, figure.bound, figure.printed),
                *(figure.time, figure.as_of, round(figure.confidence, 4), first.quote, first.document, node),
            )
