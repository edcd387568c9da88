"""Evidence of one fact, put in order and weighed together."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Evidence

CERTAIN = 0.99
"""No amount of evidence makes a fact surer than this."""


def ordered(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Each sentence once per rule, by document and place."""
    return tuple(sorted(set(evidence), key=lambda e: (e.document, e.spans, e.rule, e.confidence)))


def together(evidence: Iterable[Evidence]) -> float:
    """Confidence of all evidence: noisy-or over documents, of each its best sentence, never above :data:`CERTAIN`."""
    best: dict[str, float] = {}
    for row in evidence:
        best[row.document] = max(best.get(row.document, 0.0), row.confidence)
    doubt = 1.0
    for confidence in best.values():
        doubt *= 1.0 - confidence
    return round(min(CERTAIN, 1.0 - doubt), 4)
