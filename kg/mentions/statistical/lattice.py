"""Labels of units, the clauses they are labelled in, and the probabilities of a linear-chain random field.

A name of class *c* is labelled ``B-c I-c … E-c``, or ``S-c`` where it is one unit; all else is ``O``. Names never
reach across the marks in :data:`MARKS`, so the field falls into independent clauses. These are evaluated
side by side: all first units, all second units, and so on (Rabiner 1989, with scaling).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.mentions.statistical.units import PAGE_BREAK, Ints, Units

Floats = NDArray[np.float32]

MARKS = "，。；！？\n\t" + PAGE_BREAK
_MARKS = np.array([ord(mark) for mark in MARKS], dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a set of classes: 0 is O, then B of all classes, I of all, E of all, S of all."""

    classes: tuple[str, ...]

    @property
    def count(self) -> int:
        """Number of labels."""
        return 1 + 4 * len(self.classes)

    def allowed(self) -> NDArray[np.bool_]:
        """Which label (column) may follow which (row)."""
        n = len(self.classes)
        ok = np.zeros((self.count, self.count), dtype=bool)
        leaving = np.r_[0, 1 + 2 * n : 1 + 4 * n]
        entering = np.r_[0, 1 : 1 + n, 1 + 3 * n : 1 + 4 * n]
        ok[np.ix_(leaving, entering)] = True
        each = np.arange(n)
        for inside in (1, 1 + n):
            ok[inside + each, 1 + n + each] = True
            ok[inside + each, 1 + 2 * n + each] = True
        return ok

    def first(self) -> Floats:
        """1 for the labels that can begin a clause."""
        n = len(self.classes)
        mask = np.ones(self.count, dtype=np.float32)
        mask[1 + n : 1 + 3 * n] = 0
        return mask

    def last(self) -> Floats:
        """1 for the labels that can end a clause."""
        mask = np.ones(self.count, dtype=np.float32)
        mask[1 : 1 + 2 * len(self.classes)] = 0
        return mask


@dataclass(frozen=True, slots=True)
class Clauses:
    """The units between marks, ordered by their place in their clause, clauses by falling length."""

    order: NDArray[np.int64]
    """Number of the unit, by place in this order."""
    steps: tuple[tuple[int, int], ...]
    """For every place in a clause: where its units begin in ``order``, and how many clauses reach it."""
    finals: NDArray[np.int64]
    """Where in ``order`` the clauses end."""


def at_marks(units: Units) -> NDArray[np.bool_]:
    """Which units are marks."""
    return np.isin(units.keys, _MARKS)


def clauses(units: Units) -> Clauses:
    """Cut the units of a text at its marks."""
    inside = ~at_marks(units)
    edges = np.diff(np.concatenate(([False], inside, [False])).astype(np.int8))
    return stack(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1))


def stack(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Clauses:
    """Lay clauses, given by the numbers of their units (half-open), side by side."""
    lengths = ends - starts
    rank = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[rank], lengths[rank]
    longest = int(lengths[0]) if len(lengths) else 0
    counts = np.searchsorted(-lengths, -np.arange(longest), side="left")
    begins = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    parts = [starts[:count] + step for step, count in enumerate(counts.tolist())]
    order = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
    finals = begins[lengths - 1] + np.arange(len(lengths)) if len(lengths) else begins[:0]
    return Clauses(order, tuple(zip(begins[:-1].tolist(), counts.tolist(), strict=True)), finals)


_SMALL = 1 << 18
"""Multiplications in one product of matrices above which OpenBLAS works in several threads."""

_LEAST = np.float32(1e-30)
"""Keeps a labelling that is all but impossible from being divided by zero."""


@dataclass(frozen=True, slots=True)
class Field:
    """The random field of a text, evaluated; rows in the order of its clauses."""

    forward: Floats
    """Probability of each label given the units up to this one."""
    backward: Floats
    """What the units after this one add: ``forward * backward`` is the probability of the label."""
    local: Floats
    """Factor of each unit and label, scaled."""
    log_total: float
    """Logarithm of the sum over all labellings."""


def evaluate(scores: Floats, follow: Floats, labels: Labels, cut: Clauses) -> Field:
    """Forward and backward pass.

    Args:
        scores: one row for each unit in the order of ``cut``, one column for each label.
        follow: factor of each label (column) after each label (row), 0 where it may not follow.
        labels: what the columns mean.
        cut: the clauses.
    """
    top = scores.max(axis=1, keepdims=True)
    local = np.exp(scores - top)
    if cut.steps:
        local[: cut.steps[0][1]] *= labels.first()
        local[cut.finals] *= labels.last()
    forward, scale = _forward(local, follow, cut)
    local /= scale[:, None]
    backward = _backward(local, follow, cut)
    return Field(forward, backward, local, float(np.log(scale).sum(dtype=np.float64) + top.sum(dtype=np.float64)))


def _product(rows: Floats, square: Floats, out: Floats) -> None:
    """Matrix product into ``out``, in pieces too small for BLAS to wake its threads: waiting costs more than work."""
    piece = max(_SMALL // square.size, 1)
    for i in range(0, len(rows), piece):
        np.matmul(rows[i : i + piece], square, out=out[i : i + piece])


def _forward(local: Floats, follow: Floats, cut: Clauses) -> tuple[Floats, Floats]:
    forward = np.empty_like(local)
    scale = np.empty(len(local), dtype=np.float32)
    before = 0
    for begin, count in cut.steps:
        here = slice(begin, begin + count)
        state, total = forward[here], scale[here]
        if begin == 0:
            state[:] = local[here]
        else:
            _product(forward[before : before + count], follow, state)
            state *= local[here]
        np.maximum(state.sum(axis=1), _LEAST, out=total)
        state /= total[:, None]
        before = begin
    return forward, scale


def _backward(local: Floats, follow: Floats, cut: Clauses) -> Floats:
    backward = np.ones_like(local)
    following = 0
    turned = np.ascontiguousarray(follow.T)
    for begin, count in reversed(cut.steps):
        if following:
            after = slice(begin + count, begin + count + following)
            _product(backward[after] * local[after], turned, backward[begin : begin + following])
        following = count
    return backward


@dataclass(frozen=True, slots=True)
class Found:
    """Stretches that may be names, as parallel arrays, by start."""

    starts: Ints
    """First unit."""
    ends: Ints
    """Last unit, inclusive."""
    classes: Ints
    """Index into :attr:`Labels.classes`."""
    chances: Floats
    """Probability that exactly this stretch is a name of this class."""


def stretches(field: Field, follow: Floats, labels: Labels, cut: Clauses, least: float) -> Found:
    """All stretches whose probability is at least ``least``, exactly computed."""
    n = len(labels.classes)
    single = field.forward[:, 1 + 3 * n :] * field.backward[:, 1 + 3 * n :]
    rows, kinds = np.nonzero(single >= least)
    found: list[tuple[NDArray[Any], ...]] = [(rows, rows, kinds, single[rows, kinds])]
    rows, kinds = np.nonzero(field.forward[:, 1 : 1 + n] * field.backward[:, 1 : 1 + n] >= least)
    mass = field.forward[rows, 1 + kinds]
    begins, at, inside = rows, rows, 1 + kinds
    after = _successors(cut)
    while len(at):
        at = after[at]
        going = at >= 0
        begins, at, kinds, mass, inside = begins[going], at[going], kinds[going], mass[going], inside[going]
        closing = 1 + 2 * n + kinds
        ended = mass * follow[inside, closing] * field.local[at, closing]
        chance = ended * field.backward[at, closing]
        hit = chance >= least
        found.append((begins[hit], at[hit], kinds[hit], chance[hit]))
        middle = 1 + n + kinds
        mass = mass * follow[inside, middle] * field.local[at, middle]
        open_ = mass * field.backward[at, middle] >= least
        begins, at, kinds, mass, inside = begins[open_], at[open_], kinds[open_], mass[open_], middle[open_]
    return _sorted(found, cut)


def _successors(cut: Clauses) -> NDArray[np.int64]:
    """For each row the row of the clause's next unit, or -1."""
    after = np.full(len(cut.order), -1, dtype=np.int64)
    for (begin, _), (following, count) in zip(cut.steps, cut.steps[1:], strict=False):
        after[begin : begin + count] = np.arange(following, following + count)
    return after


def _sorted(found: Sequence[tuple[NDArray[Any], ...]], cut: Clauses) -> Found:
    begins, ends, kinds, chances = (np.concatenate(column) for column in zip(*found, strict=True))
    first, last = cut.order[begins], cut.order[ends]
    rank = np.lexsort((kinds, last, first))
    starts, stops = first[rank].astype(np.int32), last[rank].astype(np.int32)
    return Found(starts, stops, kinds[rank].astype(np.int32), chances[rank].astype(np.float32))
