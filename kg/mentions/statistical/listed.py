"""Curated names on the page, as views of the name model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from kg.mentions.gazetteer import Match
from kg.mentions.statistical.units import Ints, Units, View, lay_out, shift


def listed_views(units: Units, classes: tuple[str, ...], names: Iterable[Match]) -> Iterator[View]:
    """Where a curated name begins, goes on and ends, by class; weak forms count apart."""
    number = {cls: i for i, cls in enumerate(classes)}
    rows = [
        (start, end - 1, 2 * number[entries[0].cls] + (strength == "weak"))
        for start, end, entries, strength in names
        if entries[0].cls in number
    ]
    start, last, kind = np.array(rows, dtype=np.int32).reshape(-1, 3).T
    values: Ints = np.zeros(len(units.starts), dtype=np.int32)
    unit, name, place = lay_out(units.index[start], units.index[last])
    values[unit] = 1 + kind[name] * 4 + place
    size = 1 + 8 * len(classes)
    yield "listed", size, values
    yield "listed-before", size, shift(values, -1)
    yield "listed-after", size, shift(values, 1)
