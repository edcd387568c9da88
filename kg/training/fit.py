"""Fits a conditional random field to labelled clauses, with numpy alone.

Stochastic gradient descent with a step of its own for every weight (AdaGrad, Duchi et al. 2011), weights held
small by an L2 penalty on those that a batch touches.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from kg.mentions.statistical.lattice import Clauses, Field, Floats, Labels, evaluate, stack
from kg.mentions.statistical.units import Ints

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model is fitted."""

    epochs: int = 4
    rate: float = 0.03
    """Step size at the beginning; it falls to zero."""
    penalty: float = 0.1
    """Of squared weights, per batch."""
    batch: int = 8000
    """Units in a batch."""
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Examples:
    """Labelled text."""

    rows: Ints
    """One row of weights for each unit (row) and template (column); 0: none."""
    patterns: NDArray[np.bool_]
    """Sets of labels (rows by labels): what may be known about a unit."""
    gold: Ints
    """Pattern of each unit."""
    starts: NDArray[np.int64]
    """First unit of each clause."""
    ends: NDArray[np.int64]
    """Behind its last unit."""
    weights: Floats
    """Of each clause."""


@dataclass(frozen=True, slots=True)
class _Batch:
    cut: Clauses
    weights: Floats
    """Of each unit, in the order of the clauses."""
    places: Ints
    """Unit (in that order) of every feature, features sorted by their row."""
    begins: NDArray[np.int64]
    """Where each distinct row begins among the sorted features."""
    rows: Ints
    """The distinct rows."""
    before: NDArray[np.int64]
    """Units that are followed by one of their clause …"""
    after: NDArray[np.int64]
    """… and that one."""


def fit(
    examples: Examples, labels: Labels, recipe: Recipe, progress: Progress = lambda _: None
) -> tuple[Floats, Floats]:
    """Weights of rows (rows by labels) and of transitions (labels by labels, as logarithms)."""
    rng = np.random.default_rng(recipe.seed)
    batches = _batches(examples, recipe, rng)
    rows = _Weights.zeros(int(examples.rows.max()) + 1, labels.count)
    follow = _Weights.zeros(labels.count, labels.count)
    for epoch in range(recipe.epochs):
        rate, loss = recipe.rate * (1 - epoch / recipe.epochs), 0.0
        for number in rng.permutation(len(batches)):
            gap, slope, pull = _slopes(examples, labels, batches[number], rows.values, follow.values)
            rows.descend(slope, batches[number].rows, rate, recipe.penalty)
            rows.values[0] = 0  # the row of features that have none
            follow.descend(pull, np.arange(labels.count), rate, recipe.penalty)
            loss += gap
        progress(f"epoch {epoch + 1} of {recipe.epochs}: loss per unit {loss / len(examples.gold):.4f}")
    return rows.values, follow.values


@dataclass(frozen=True, slots=True)
class _Weights:
    """Weights and the sums of their squared slopes; both change as the descent goes on."""

    values: Floats
    squares: Floats

    @classmethod
    def zeros(cls, height: int, width: int) -> Self:
        return cls(np.zeros((height, width), np.float32), np.full((height, width), 1e-3, np.float32))

    def descend(self, slope: Floats, rows: NDArray[np.integer[Any]], rate: float, penalty: float) -> None:
        """One step down for the given rows."""
        slope = slope + penalty * self.values[rows]
        self.squares[rows] += slope * slope
        self.values[rows] -= rate * slope / np.sqrt(self.squares[rows])


def _batches(examples: Examples, recipe: Recipe, rng: np.random.Generator) -> list[_Batch]:
    order = rng.permutation(len(examples.starts))
    filled = np.cumsum((examples.ends - examples.starts)[order]) // recipe.batch
    return [
        _batch(examples, order[filled == number]) for number in range(int(filled[-1]) + 1) if (filled == number).any()
    ]


def _batch(examples: Examples, chosen: NDArray[np.int64]) -> _Batch:
    starts, ends = examples.starts[chosen], examples.ends[chosen]
    cut = stack(starts, ends)
    rank = np.argsort(-(ends - starts), kind="stable")
    share = np.concatenate([examples.weights[chosen][rank][:count] for _, count in cut.steps])
    flat = examples.rows[cut.order].ravel()
    features = np.argsort(flat, kind="stable").astype(np.int32)
    rows, begins = np.unique(flat[features], return_index=True)
    following = cut.steps[1:]
    before = [np.arange(begin, begin + count) for (begin, _), (_, count) in zip(cut.steps, following, strict=False)]
    after = [np.arange(begin, begin + count) for begin, count in following]
    places = features // examples.rows.shape[1]
    return _Batch(cut, share, places, begins, rows, _joined(before), _joined(after))


def _joined(parts: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def _slopes(
    examples: Examples, labels: Labels, batch: _Batch, weights: Floats, follow: Floats
) -> tuple[float, Floats, Floats]:
    """The loss of a batch, its slope for the rows that the batch touches, and for the transitions.

    The loss is what all labellings weigh against those that agree with the patterns (Tsuboi et al. 2008).
    """
    scores = emissions(examples.rows[batch.cut.order], weights)
    allowed = labels.allowed()
    factors = np.where(allowed, np.exp(follow), 0).astype(np.float32)
    free = evaluate(scores, factors, labels, batch.cut)
    scores[~examples.patterns[examples.gold[batch.cut.order]]] = -np.inf
    bound = evaluate(scores, factors, labels, batch.cut)
    slope = (free.forward * free.backward - bound.forward * bound.backward) * batch.weights[:, None]
    pull = (_transitions(free, batch) - _transitions(bound, batch)) * factors
    spread = np.add.reduceat(slope[batch.places], batch.begins, axis=0)
    return free.log_total - bound.log_total, spread, pull


def _transitions(field: Field, batch: _Batch) -> Floats:
    """Expected number of each transition, but for its factor."""
    before = field.forward[batch.before] * batch.weights[batch.before][:, None]
    expected: Floats = before.T @ (field.local * field.backward)[batch.after]
    return expected


def emissions(rows: Ints, weights: Floats) -> Floats:
    """Score of every label at every unit."""
    scores = np.zeros((len(rows), weights.shape[1]), dtype=np.float32)
    for column in range(rows.shape[1]):
        scores += weights[rows[:, column]]
    return scores
