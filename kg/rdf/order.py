"""The usual order of each sequence in the graph, and ranks for those that are in another.

The writer and the reader share these keys: the one leaves out what the other can sort.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any, TypeVar

from kg.model import Appearance, Evidence, Figure, Merge, Name

T = TypeVar("T")


def name_key(preferred: str) -> Callable[[Name], tuple[Any, ...]]:
    """The preferred name first, then by count and text."""
    return lambda name: (name.text != preferred, -name.count, name.text, name.lang)


def appearance_key(appearance: Appearance) -> tuple[Any, ...]:
    """By document and place."""
    return (appearance.document, appearance.spans, appearance.form)


def merge_key(merge: Merge) -> tuple[Any, ...]:
    """By the names."""
    return (merge.left, merge.right, merge.reason, merge.score)


def proposal_key(proposal: tuple[str, str, str, int]) -> tuple[Any, ...]:
    """Most frequent first."""
    source, cls, reason, count = proposal
    return (-count, source, cls, reason)


def evidence_key(evidence: Evidence) -> tuple[Any, ...]:
    """By document and place."""
    return (evidence.document, evidence.spans, evidence.rule, evidence.quote, evidence.confidence)


def figure_key(figure: Figure) -> tuple[Any, ...]:
    """By measure, time and value."""
    return (figure.measure, figure.time, figure.value, figure.unit, figure.printed, figure.bound)


def ranks(items: Sequence[T], key: Callable[[T], tuple[Any, ...]]) -> list[str]:
    """For each item its rank as a term, or nothing at all where the items are in the usual order."""
    if all(key(first) <= key(second) for first, second in pairwise(items)):
        return [""] * len(items)
    return [str(place) for place in range(len(items))]


def arranged(items: Iterable[tuple[int, T]], key: Callable[[T], tuple[Any, ...]]) -> tuple[T, ...]:
    """Items with their ranks (-1: none) in the order in which they were written."""
    return tuple(item for _, item in sorted(items, key=lambda pair: (pair[0], key(pair[1]))))
