"""Yields all findings of a scene, with the strips they were found in."""

from __future__ import annotations

from dataclasses import dataclass

from kg.relations import constructions, nested, posts
from kg.relations.discourse import Discourse
from kg.relations.findings import Finding
from kg.relations.scene import Scene
from kg.relations.strips import Strip, make_strip


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as the rules saw it."""

    sentence: int
    """Index into the scene's sentences."""
    strip: Strip
    topics: tuple[int, ...]
    """Mentions spoken of before, the latest first."""


def read(scene: Scene) -> tuple[list[Line], list[Finding]]:
    """Go through a page once; sentences without names give no line."""
    discourse = Discourse(scene)
    lines: list[Line] = []
    found = list(nested.find(scene))
    for number, (first, last) in enumerate(scene.within):
        discourse.enter(number)
        if scene.kinds[number] == "byline" or (first == last):
            continue
        strip = make_strip(scene, number, discourse.antecedent)
        lines.append(Line(number, strip, discourse.topics()))
        found += constructions.find(scene, number, strip)
        found += nested.chains(scene, number, strip)
        found += posts.find(scene, number, strip, discourse)
        filled = constructions.with_subjects(scene, strip, discourse)
        if filled:
            found += constructions.find(scene, number, filled)
        discourse.leave(strip)
    return lines, found
