"""Learns :class:`kg.relations.reach.Reach`: how far apart names of two classes stand that annotated articles relate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from kg.relations.candidates import meetings, naming, spoken_of, stated
from kg.relations.findings import Finding
from kg.relations.reach import FAR, Classes, Reach
from kg.relations.reading import Line
from kg.relations.rivals import Key
from kg.relations.scene import Scene

WORTH = 0.04
"""Share of related pairs below which pairs are not worth weighing."""
ENOUGH = 20
"""Pairs of two classes that must have been seen before any are left out."""
EDGES = (2, 4, 8, 12, 16, 24, 32, 45, 60, FAR)
"""Distances at which a reach may end, in characters of a strip."""


class Page(NamedTuple):
    """An annotated article as the rules saw it."""

    scene: Scene
    lines: list[Line]
    found: list[Finding]
    related: frozenset[Key]
    """What is annotated, as far as both names stand in the text."""


def reach(pages: Iterable[Page]) -> Reach:
    """Where the articles relate at least :data:`WORTH` of the pairs, those that a rule joins left out of account.

    A related pair counts as such where it stands closest, for there it will be told.
    """
    seen: Counter[tuple[str | int, Classes]] = Counter()
    hits: Counter[tuple[str | int, Classes]] = Counter()
    for page in pages:
        for case, is_related in _cases(page):
            seen[case] += 1
            hits[case] += is_related
    apart = {
        classes: max((edge for edge in EDGES if _is_worth(hits[edge, classes], seen[edge, classes])), default=0)
        for classes in {classes for _, classes in seen}
        if sum(seen[edge, classes] for edge in EDGES) >= ENOUGH
    }
    return Reach(
        {**Reach().apart, **apart},
        frozenset(
            (reason, classes)
            for (reason, classes), count in seen.items()
            if isinstance(reason, str) and count >= ENOUGH and not _is_worth(hits[reason, classes], count)
        ),
    )


def _is_worth(hits: int, count: int) -> bool:
    return count > 0 and hits >= WORTH * count


def _cases(page: Page) -> Iterable[tuple[tuple[str | int, Classes], bool]]:
    """Each pair of a page: its distance or why it is spoken of, its classes, and whether it counts as related."""
    scene, everywhere, joined = page.scene, Reach(), stated(page.scene, page.found)
    related = {(min(head, tail), max(head, tail)) for head, _, tail in page.related}
    together = [meetings(scene, line.strip, everywhere, joined) for line in page.lines]
    closest: dict[tuple[int, int], int] = {}
    for row in together:
        for i, j, p, q in row:
            ends = _ends(scene, i, j)
            closest[ends] = min(closest.get(ends, q - p), q - p)
    named = naming(scene, page.lines)
    for line, row in zip(page.lines, together, strict=True):
        for i, j, p, q in row:
            if (ends := _ends(scene, i, j)) not in joined:
                edge = next(edge for edge in EDGES if q - p <= edge)
                yield (edge, _classes(scene, i, j)), ends in related and closest[ends] == q - p
        for reason, i, j, _ in spoken_of(scene, line, line.topics, named, everywhere):
            if (ends := _ends(scene, i, j)) not in joined:
                yield (reason, _classes(scene, i, j)), ends in related


def _ends(scene: Scene, i: int, j: int) -> tuple[int, int]:
    one, other = sorted((scene.group[i], scene.group[j]))
    return one, other


def _classes(scene: Scene, i: int, j: int) -> Classes:
    return scene.mentions[i].cls, scene.mentions[j].cls
