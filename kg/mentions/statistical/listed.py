"""Curated names on the page, as views of the name model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from kg.mentions.gazetteer import Match
from kg.mentions.statistical.units import Ints, Units, View, shift


def listed_views(units: Units, classes: tuple[str, ...], names: Iterable[Match]) -> Iterator[View]:
    """Where a curated name begins, goes on and ends, by class; weak forms count apart."""
    number = {cls: i for i, cls in enumerate(classes)}
    values: Ints = np.zeros(len(units.starts), dtype=np.int32)
    for found in names:
        cls = number.get(found.entries[0].cls)
        if cls is not None:
            first, last = int(units.index[found.start]), int(units.index[found.end - 1])
            _mark(values, first, last, cls * 2 + (found.strength == "weak"))
    size = 1 + 8 * len(classes)
    yield "listed", size, values
    yield "listed-before", size, shift(values, -1)
    yield "listed-after", size, shift(values, 1)


def _mark(values: Ints, first: int, last: int, kind: int) -> None:
    """Four values a kind: inside, begin, end, single."""
    values[first : last + 1] = 1 + kind * 4
    values[first] += 1
    values[last] += 2
