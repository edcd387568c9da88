"""Yields what speaks for and against a pair besides its own score: the scores of its rivals on the page.

A company has one seat and a product one maker more often than two, so a pair is the less likely the better another
pair with the same head or tail fits the same relation, or the same pair another relation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

Key = tuple[int, str, int]
"""Head, relation and tail, the ends by group."""

FLOOR = -6.0
"""Log-odds below this are not told apart."""
HOPELESS = -3.0
"""Log-odds that no rival makes good."""
WIDTH = 9
"""Length of the vectors of :func:`standing`."""


def standing(scores: Mapping[Key, float], least: float = FLOOR) -> Iterator[tuple[Key, NDArray[np.float64]]]:
    """For each pair and relation with a score above ``least`` how it stands among its rivals.

    Args:
        scores: log-odds of a page.
        least: of what is yielded.

    Yields:
        The key, and: its score; 1; the best rival with the same head, with the same tail, of another relation,
        with the ends exchanged; how far it is behind the first three.
    """
    heads, tails, pairs = _ranked(scores)
    for key, score in scores.items():
        if score < least:
            continue
        head, kind, tail = key
        rivals = (
            _rival(heads[head, kind], score),
            _rival(tails[tail, kind], score),
            _rival(pairs[min(head, tail), max(head, tail)], score),
        )
        turned = max(scores.get((tail, kind, head), FLOOR), FLOOR)
        yield key, np.array([score, 1.0, *rivals, turned, *(max(0.0, rival - score) for rival in rivals)])


Ranks = defaultdict[tuple[int, str] | tuple[int, int], list[float]]


def _ranked(scores: Mapping[Key, float]) -> tuple[Ranks, Ranks, Ranks]:
    """The two best scores by head and relation, by tail and relation, and by pair."""
    heads: Ranks = defaultdict(list)
    tails: Ranks = defaultdict(list)
    pairs: Ranks = defaultdict(list)
    for (head, kind, tail), score in scores.items():
        for rows in (heads[head, kind], tails[tail, kind], pairs[min(head, tail), max(head, tail)]):
            rows.append(score)
            rows.sort(reverse=True)
            del rows[2:]
    return heads, tails, pairs


def _rival(best: list[float], score: float) -> float:
    """The best score that is not the given one."""
    others = best[1:] if best[0] == score else best[:1]
    return max(others[0], FLOOR) if others else FLOOR
