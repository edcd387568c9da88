"""Yields :class:`Report`: how often relations were right, and how sure one may be of a probability."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Count:
    """How often a relation was right, predicted, annotated."""

    right: int = 0
    predicted: int = 0
    annotated: int = 0

    def __add__(self, other: Count) -> Count:
        """Both together."""
        return Count(self.right + other.right, self.predicted + other.predicted, self.annotated + other.annotated)

    @property
    def figures(self) -> tuple[float, float, float]:
        """Precision, recall and F1."""
        precision = self.right / self.predicted if self.predicted else 0.0
        recall = self.right / self.annotated if self.annotated else 0.0
        return precision, recall, 2 * precision * recall / (precision + recall) if self.right else 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """What cross-validation found."""

    counts: dict[str, dict[str, Count]]
    """By corpus and relation."""
    reliability: tuple[tuple[float, float, int], ...]
    """For each tenth of probability: the mean that was predicted, the share that was right, how many."""

    def __str__(self) -> str:
        """The figures as a table to read."""
        rows = [f"{'':32}{'P':>7}{'R':>7}{'F1':>7}  right/predicted/annotated"]
        for name, counts in self.counts.items():
            total = sum(counts.values(), Count())
            rows += [_row(f"{name} {kind}", counts[kind]) for kind in sorted(counts)] + [_row(f"{name} all", total)]
        rows += ["", "predicted  right  relations"]
        rows += [f"{mean:9.3f}{share:7.3f}{number:11}" for mean, share, number in self.reliability]
        return "\n".join(rows)


def _row(name: str, count: Count) -> str:
    figures = "".join(f"{figure:7.3f}" for figure in count.figures)
    return f"{name:32}{figures}  {count.right}/{count.predicted}/{count.annotated}"


def reliability(rated: Iterable[tuple[float, bool]]) -> tuple[tuple[float, float, int], ...]:
    """For each tenth of probability that occurs: mean prediction, share that was right, number.

    >>> reliability([(0.95, True), (0.91, False)])
    ((0.93, 0.5, 2),)
    """
    bins: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for p, right in rated:
        bins[min(int(p * 10), 9)].append((p, right))
    return tuple(
        (round(sum(p for p, _ in rows) / len(rows), 4), sum(right for _, right in rows) / len(rows), len(rows))
        for _, rows in sorted(bins.items())
    )
