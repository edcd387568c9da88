"""A board on which things take the free place nearest to where they wish to stand, none upon another."""

from __future__ import annotations

from functools import cache
from math import ceil, log

import numpy as np
import numpy.typing as npt

_MOST_CELLS = 1200
"""Cells from the middle of the board to its edge, at most …"""

_FINENESS = 4.0
"""… and so many across the radius of the smallest thing, if that allows."""

_STEP = 1.5
"""Footprints are rounded up to powers of it: one grid for each says where one more would touch its neighbours."""

_SEARCHED = 400
"""How far from its wish a thing may land, in cells; beyond, it stands upon others."""

_BATCH = 512
"""Cells looked at together, doubled until one is free."""

Grid = npt.NDArray[np.bool_]


class Board:
    """Square, centred on (0, 0).

    A footprint is a disc stretched to ``stretch`` times its height, as names are wider than high.
    """

    def __init__(self, reach: float, footprints: list[float], stretch: float = 1.5) -> None:
        """Make an empty board.

        Args:
            reach: from the middle to the edge, in the caller's units.
            footprints: radius of everything that will be put on it.
            stretch: how much wider than high a footprint is.
        """
        self._middle = min(_MOST_CELLS, ceil(_FINENESS * reach / min(footprints, default=reach)))
        self._cell = reach / self._middle
        self._stretch = stretch
        side = 2 * self._middle + 1
        levels = sorted({_level(radius / self._cell) for radius in footprints})
        self._taken: dict[int, Grid] = {level: np.zeros((side, side), dtype=np.bool_) for level in levels}
        self._tried: dict[tuple[int, int, int], int] = {}

    def put(self, wish: tuple[float, float], radius: float, *, pinned: bool = False) -> tuple[float, float]:
        """Put a thing on the free place nearest to its wish, or just there if it is pinned.

        Returns:
            Where it stands.
        """
        level = _level(radius / self._cell)
        row = self._within(round(wish[1] / self._cell))
        column = self._within(round(wish[0] / self._stretch / self._cell))
        if not pinned:
            row, column = self._nearest_free(level, row, column)
        for other, grid in self._taken.items():
            _stamp(grid, row, column, ceil(_STEP**level + _STEP**other))
        return (column - self._middle) * self._cell * self._stretch, (row - self._middle) * self._cell

    def _within(self, offset: int) -> int:
        return min(max(offset + self._middle, 0), 2 * self._middle)

    def _nearest_free(self, level: int, row: int, column: int) -> tuple[int, int]:
        """The free cell nearest to a cell; the cell itself where there is none in reach.

        Cells are never given back, so a second search from the same cell goes on where the first ended.
        """
        grid, offsets = self._taken[level], _offsets(_SEARCHED)
        start, batch = self._tried.get((level, row, column), 0), _BATCH
        while start < len(offsets):
            rows, columns = (offsets[start : start + batch] + np.array((row, column))).T
            inside = (rows >= 0) & (rows < len(grid)) & (columns >= 0) & (columns < len(grid))
            free = inside & ~grid[rows * inside, columns * inside]
            first = int(free.argmax())
            if free[first]:
                self._tried[level, row, column] = start + first
                return int(rows[first]), int(columns[first])
            start, batch = start + batch, batch * 2
        return row, column


def _level(cells: float) -> int:
    return max(0, ceil(log(max(cells, 1.0), _STEP) - 1e-9))


@cache
def _offsets(reach: int) -> npt.NDArray[np.int32]:
    """Row and column of all cells of a disc around (0, 0), nearest first."""
    rows, columns = np.mgrid[-reach : reach + 1, -reach : reach + 1].astype(np.int32)
    far = (rows * rows + columns * columns).ravel()
    order = np.argsort(far, kind="stable")
    order = order[: np.searchsorted(far[order], reach * reach)]
    return np.stack((rows.ravel()[order], columns.ravel()[order]), axis=1)


def _stamp(grid: Grid, row: int, column: int, radius: int) -> None:
    """Take all cells nearer to a cell than the radius."""
    top, left = max(row - radius, 0), max(column - radius, 0)
    part = grid[top : row + radius + 1, left : column + radius + 1]
    above, before = top - row + radius, left - column + radius
    part |= _disc(radius)[above : above + part.shape[0], before : before + part.shape[1]]


@cache
def _disc(radius: int) -> Grid:
    rows, columns = np.mgrid[-radius : radius + 1, -radius : radius + 1]
    disc: Grid = rows * rows + columns * columns < radius * radius
    return disc
