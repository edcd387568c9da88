"""Which words of a quoted sentence name what: offsets into the quote, in code points, half-open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.graph import Graph
from kg.model import Evidence, Span

Mark = tuple[int, int]
Where = Mapping[tuple[str, str], tuple[tuple[Span, ...], ...]]
"""Printed stretches in which a node is named, by node and document."""


def where_named(graph: Graph) -> Where:
    """Every place where a node is named in print."""
    found: dict[tuple[str, str], list[tuple[Span, ...]]] = defaultdict(list)
    for node, appearances in graph.nodes(data="appearances"):
        for appearance in appearances:
            found[node, appearance.document].append(appearance.spans)
    return {key: tuple(spans) for key, spans in found.items()}


def marks(evidence: Evidence, node: str, names: Iterable[str], where: Where) -> list[Mark]:
    """Where a sentence names a node: as it was found there, else wherever one of its names stands."""
    starts = _quote_offsets(evidence)
    if starts is None:
        return _find(evidence.quote, names)
    exact = [
        mark
        for spans in where.get((node, evidence.document), ())
        for span in spans
        for mark in _inside(span, starts, evidence.spans)
    ]
    return sorted(set(exact)) or _find(evidence.quote, names)


def _quote_offsets(evidence: Evidence) -> list[int] | None:
    """Where each printed stretch begins in the quote; None where the quote is not just the stretches joined."""
    starts, offset = [], 0
    for span in evidence.spans:
        starts.append(offset)
        offset += span.end - span.start
    return starts if offset == len(evidence.quote) else None


def _inside(span: Span, starts: list[int], spans: tuple[Span, ...]) -> Iterator[Mark]:
    for start, stretch in zip(starts, spans, strict=True):
        first, last = max(span.start, stretch.start), min(span.end, stretch.end)
        if first < last:
            yield start + first - stretch.start, start + last - stretch.start


def _find(quote: str, names: Iterable[str]) -> list[Mark]:
    for name in sorted(filter(None, names), key=len, reverse=True):
        if (at := quote.find(name)) >= 0:
            return [(at, at + len(name))]
    return []
