"""Where districts and parks stand on the page: positions on the earth, bent so that the middle of the city has room.

Distances from the centre shrink with their power 0.6: two kilometres downtown take as much room as ten on the coast,
while directions, and so who lies north-west of whom, stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, hypot, radians

from kg.lexicon import table

Point = tuple[float, float]
"""East and south of the centre, in units of the map (as on a screen, y grows downwards)."""

_KM_PER_DEGREE = 111.2
_REACH_KM = 70.0
_BEND = 0.6


@dataclass(frozen=True, slots=True)
class Atlas:
    """``kg/data/views/places.yml``: degrees east and north."""

    centre: tuple[float, float]
    points: dict[str, tuple[float, float]]
    """By key of the curated entry."""
    land: tuple[tuple[tuple[float, float], ...], ...]
    """Closed lines."""
    water: tuple[tuple[tuple[float, float], ...], ...]
    """Open lines."""


@cache
def atlas() -> Atlas:
    """The atlas that ships with the package.

    Raises:
        KnowledgeError: its file is malformed.
    """
    return table("views/places.yml", Atlas)


def position(degrees: tuple[float, float], reach: float) -> Point:
    """Where a place stands on a map whose edge, 70 km from the centre, is ``reach`` units away."""
    centre = atlas().centre
    east = (degrees[0] - centre[0]) * _KM_PER_DEGREE * cos(radians(centre[1]))
    south = (centre[1] - degrees[1]) * _KM_PER_DEGREE
    distance = hypot(east, south) or 1.0
    bent = reach * (distance / _REACH_KM) ** _BEND / distance
    return east * bent, south * bent


def outlines(reach: float) -> dict[str, list[list[int]]]:
    """Land and rivers on such a map: ``land`` and ``water``, each a list of lines, flat x, y, x, y …, rounded."""
    return {
        "land": [_line((*line, line[0]), reach) for line in atlas().land],
        "water": [_line(line, reach) for line in atlas().water],
    }


def _line(line: tuple[tuple[float, float], ...], reach: float) -> list[int]:
    """A line with steps short enough to follow the bending."""
    steps = 6
    points = [
        (a[0] + (b[0] - a[0]) * step / steps, a[1] + (b[1] - a[1]) * step / steps)
        for a, b in pairwise(line)
        for step in range(steps)
    ]
    return [round(value) for point in (*points, line[-1]) for value in position(point, reach)]
