"""Yields all findings of a scene, with the strips they were found in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.relations import constructions, nested, posts, tables
from kg.relations.anaphora import resolved
from kg.relations.constructions import Spotted
from kg.relations.discourse import TOPICS, Discourse, objects
from kg.relations.findings import Finding
from kg.relations.frames import Frames
from kg.relations.grammar import classes
from kg.relations.scene import Scene
from kg.relations.strips import Strip, make_strip


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as the rules saw it."""

    sentence: int
    """Index into the scene's sentences."""
    strip: Strip
    topics: tuple[tuple[str, int], ...]
    """Mentions that it may speak of without naming them, with the reason."""
    filled: Strip | None = None
    """The strip with left-out subjects put in, where there are any."""
    told: Mapping[int, int] = field(default_factory=dict)
    """By the position of a name the mention that its clause leaves out as its subject."""


def read(scene: Scene, topics: int = TOPICS) -> tuple[list[Line], list[Finding]]:
    """Go through a page once; sentences without names give no line.

    Args:
        scene: the page.
        topics: of how many things a sentence may speak without naming them.
    """
    discourse, frames = Discourse(scene, topics), Frames(scene)
    heard = 0
    lines: list[Line] = []
    found = [*nested.find(scene), *tables.find(scene)]
    for number, (first, last) in enumerate(scene.within):
        discourse.enter(number)
        if scene.kinds[number] == "byline" or (first == last):
            continue
        strip = resolved(scene, make_strip(scene, number), discourse)
        seen = constructions.spotted(strip.text)
        governed = objects(strip)
        filled, told = constructions.with_subjects(scene, strip, governed, discourse)
        lines.append(Line(number, strip, discourse.topics(), filled, told))
        found += _constructed(scene, number, strip, seen)
        found += nested.chains(scene, number, strip)
        found += frames.find(number, strip)
        found += posts.find(scene, number, strip, discourse)
        if filled:
            found += _constructed(scene, number, filled, seen)
        _employ(scene, discourse, found[heard:])
        heard = len(found)
        discourse.leave(strip, governed)
    return lines, found


def _employ(scene: Scene, discourse: Discourse, found: Sequence[Finding]) -> None:
    """Tell the discourse where persons work and what they founded."""
    for finding in found:
        if finding.type == "holdsPosition":
            discourse.employ(finding.head, finding.tail)
        elif finding.type == "foundedBy" and scene.mentions[finding.tail].cls in classes("person"):
            discourse.employ(finding.tail, finding.head)


def _constructed(scene: Scene, number: int, strip: Strip, seen: Spotted) -> Iterator[Finding]:
    """What the constructions find, posts by title."""
    for finding in constructions.find(scene, number, strip, seen):
        if finding.role:
            yield from posts.expanded(scene, finding, strip.text)
        else:
            yield finding
