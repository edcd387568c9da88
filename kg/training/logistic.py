"""Logistic regression over sparse features, fitted with L-BFGS.

J. Nocedal, *Updating quasi-Newton matrices with limited storage*, Mathematics of Computation 35, 1980.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

ROUNDS = 40
"""Of L-BFGS, at most."""


class Cases(NamedTuple):
    """What a regression over sparse features learns from."""

    flat: Ints
    """The features of all cases, one case after the other."""
    sizes: Ints
    """How many features each case has, at least one."""
    truth: Floats
    """0 or 1 for each case."""
    shares: Floats
    """How much each case counts."""


def logistic(cases: Cases, penalty: Floats, start: Floats | None = None) -> Floats:
    """Weights of a logistic regression over cases of feature numbers.

    Args:
        cases: to learn from.
        penalty: of each feature's squared weight.
        start: weights to begin with; None: zeros.
    """
    flat, sizes, truth, shares = cases
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])

    def loss(w: Floats) -> tuple[float, Floats]:
        score = np.add.reduceat(w[flat], starts)
        error = shares * (1 / (1 + np.exp(-np.clip(score, -30, 30))) - truth)
        slope = np.bincount(flat, np.repeat(error, sizes), len(penalty)) + penalty * w
        return float(shares @ (np.logaddexp(0, score) - truth * score) + (penalty * w) @ w / 2), slope

    return least(loss, np.zeros(len(penalty)) if start is None else start)


def dense(rows: Floats, truth: Floats, penalty: float) -> Floats:
    """Weights of a logistic regression over plain vectors, starting from the first column alone.

    Args:
        rows: cases by features.
        truth: 0 or 1 for each case.
        penalty: of the squared weights.
    """

    def loss(w: Floats) -> tuple[float, Floats]:
        score = rows @ w
        error = 1 / (1 + np.exp(-np.clip(score, -30, 30))) - truth
        return float(
            (np.logaddexp(0, score) - truth * score).sum() + penalty / 2 * (w @ w)
        ), rows.T @ error + penalty * w

    return least(loss, np.eye(rows.shape[1])[0])


def least(loss: Callable[[Floats], tuple[float, Floats]], w: Floats) -> Floats:
    """Where a convex function is least, by L-BFGS with a backtracking search."""
    steps: list[tuple[Floats, Floats]] = []
    value, slope = loss(w)
    for _ in range(ROUNDS):
        direction = -_descent(slope, steps)
        size = 1.0 if steps else 1 / max(1.0, float(np.abs(slope).sum()))
        fall = float(slope @ direction)
        while (there := loss(w + size * direction))[0] > value + 1e-4 * size * fall and size > 1e-8:
            size /= 2
        step, bend = size * direction, there[1] - slope
        if step @ bend > 1e-10:
            steps = [*steps[-7:], (step, bend)]
        w, before, (value, slope) = w + step, value, there
        if before - value < 1e-4 * abs(before):
            break
    return w


def _descent(slope: Floats, steps: list[tuple[Floats, Floats]]) -> Floats:
    """The slope times the estimated inverse of the second derivative: the two loops of L-BFGS."""
    q, shares = slope.copy(), []
    for step, bend in reversed(steps):
        share = (step @ q) / (step @ bend)
        shares.append(share)
        q = q - share * bend
    if steps:
        q = q * (steps[-1][0] @ steps[-1][1]) / (steps[-1][1] @ steps[-1][1])
    for (step, bend), share in zip(steps, reversed(shares), strict=True):
        q = q + step * (share - (bend @ q) / (step @ bend))
    return q
