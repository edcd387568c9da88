"""Sketches as training examples: the units of all texts, their rows of weights, and what is known of their labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from kg.mentions.gazetteer import Match, match
from kg.mentions.statistical.features import Vocabulary, templates
from kg.mentions.statistical.lattice import Labels, at_marks, clauses
from kg.mentions.statistical.units import Ints, Units
from kg.training.fit import Examples
from kg.training.sketches import Sketch

CLASSES = (
    "Company", "Institute", "Park", "District", "Official", "Person", "GovernmentBody", "Organization",
    "IndustryField", "Policy", "Event", "Product", "Place",
)  # fmt: skip
LABELS = Labels(CLASSES)

Hide = Callable[[Match], bool]
"""Whether a curated name is to be passed over."""


def gather(
    sketches: Sequence[Sketch], shares: Sequence[float], vocabulary: Vocabulary, least: int, hide: Hide
) -> tuple[Examples, list[Ints]]:
    """All texts as one array of units, and for each template the row of weights by value.

    Args:
        sketches: texts and what is known of their names.
        shares: how much each of them counts.
        vocabulary: numbers the units.
        least: occurrences that a feature must have to get a row.
        hide: which curated names are hidden.
    """
    patterns = Patterns()
    values, gold, starts, ends, weights, at = [], [], [], [], [], 0
    sizes: list[int] = []
    for sketch, share in zip(sketches, shares, strict=True):
        names = [name for name in match(sketch.text) if not hide(name)]
        units, views = templates(sketch.text, vocabulary, CLASSES, names)
        values.append(np.stack([view.values for view in views], axis=1))
        sizes = [view.size for view in views]
        gold.append(patterns.mark(units, sketch))
        begin, end = _clause_edges(units)
        starts.append(begin + at)
        ends.append(end + at)
        weights.append(np.full(len(begin), share, dtype=np.float32))
        at += len(units.starts)
    rows, lookups = _numbered(values, sizes, least)
    edges = np.concatenate(starts), np.concatenate(ends)
    return Examples(rows, patterns.table(), np.concatenate(gold), *edges, np.concatenate(weights)), lookups


def _clause_edges(units: Units) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    cut = clauses(units)
    first = cut.steps[0][1] if cut.steps else 0
    starts = cut.order[:first]
    ends = cut.order[cut.finals] + 1
    return starts, ends


class Patterns:
    """The sets of labels that texts allow their units; grows as texts are marked."""

    def __init__(self) -> None:
        self._sets: list[NDArray[np.bool_]] = []
        self._numbers: dict[tuple[int, tuple[str, ...]], int] = {}

    def mark(self, units: Units, sketch: Sketch) -> Ints:
        """The pattern of every unit; an edge of a name inside a unit takes the unit whole."""
        marks = np.full(len(units.starts), self._number(_OUTSIDE, sketch.open), dtype=np.int32)
        across, reach = at_marks(units), 0
        for hint in sketch.hints:
            first, last = int(units.index[hint.start]), int(units.index[hint.end - 1])
            if first < reach:
                continue
            reach = last + 1
            if across[first:reach].any():  # a name that the model cannot say: nothing is known here
                marks[first:reach] = self._number(_OUTSIDE, CLASSES)
                continue
            marks[first:reach] = self._number(_INSIDE, hint.classes)
            marks[first], marks[last] = self._number(_BEGIN, hint.classes), self._number(_END, hint.classes)
            if first == last:
                marks[first] = self._number(_SINGLE, hint.classes)
        return marks

    def table(self) -> NDArray[np.bool_]:
        """Patterns by labels."""
        return np.stack(self._sets)

    def _number(self, position: int, classes: tuple[str, ...]) -> int:
        """The number of the pattern: names of these classes at this position, or no name."""
        if (position, classes) not in self._numbers:
            self._numbers[position, classes] = len(self._sets)
            self._sets.append(_pattern(position, classes))
        return self._numbers[position, classes]


_BEGIN, _INSIDE, _END, _SINGLE, _OUTSIDE = range(5)


def _pattern(position: int, classes: tuple[str, ...]) -> NDArray[np.bool_]:
    pattern = np.zeros(LABELS.count, dtype=bool)
    pattern[0] = position == _OUTSIDE or not classes
    for place in range(4) if position == _OUTSIDE else (position,):
        pattern[[1 + place * len(CLASSES) + CLASSES.index(cls) for cls in classes]] = True
    return pattern


def _numbered(values: Sequence[Ints], sizes: Sequence[int], least: int) -> tuple[Ints, list[Ints]]:
    """Rows for the values that occur often enough, and where to look them up."""
    rows = np.zeros((sum(map(len, values)), len(sizes)), dtype=np.int32)
    lookups, used = [], 1
    for column, size in enumerate(sizes):
        lookup = np.zeros(max(size, 1), dtype=np.int32)
        if size:
            here = np.concatenate([part[:, column] for part in values])
            counts = np.bincount(here, minlength=size)
            kept = np.flatnonzero(counts >= least)
            lookup[kept] = np.arange(used, used + len(kept))
            used += len(kept)
            rows[:, column] = lookup[here]
        lookups.append(lookup)
    return rows, lookups
