"""Yields what names say by what they contain: a committee its zone, an institute its university."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.relations.findings import Finding
from kg.relations.grammar import classes
from kg.relations.scene import Scene
from kg.relations.strips import Strip

_COMMITTEE = re.compile("(?:管理委员会|管委会|管理局|管理办公室|管理中心|(?:开发)?(?:建设)?推进办公室|开发办公室)$")
_ORG = classes("org")
_SITE = classes("site")
_PLACED = classes("org|park|event|site")


def find(scene: Scene) -> Iterator[Finding]:
    """Findings from names alone, each cited from the sentence that first prints the longer name."""
    by_name: dict[str, int] = {}
    for index, mention in enumerate(scene.mentions):
        by_name.setdefault(mention.name, index)
    by_start: dict[str, dict[str, int]] = {}
    for name, index in by_name.items():
        by_start.setdefault(name[:2], {})[name] = index
    fields = {name: index for name, index in by_name.items() if scene.mentions[index].cls == "IndustryField"}
    sentence_of = {i: n for n, (start, end) in enumerate(scene.within) for i in range(start, end)}
    for name, index in by_name.items():
        if index in sentence_of:
            yield from _field_in(scene, index, fields, sentence_of[index])
            yield from _inside(scene, index, by_start[name[:2]], sentence_of[index])


def chains(scene: Scene, sentence: int, strip: Strip) -> Iterator[Finding]:
    """Places printed without a break before what lies in them: 徐汇区漕河泾开发区."""
    for position, index in strip.at.items():
        before = strip.at.get(position - 1)
        if before is None or scene.mentions[before].cls not in _SITE or scene.mentions[index].cls not in _PLACED:
            continue
        if scene.group[before] != scene.group[index]:
            yield Finding(index, "locatedIn", before, sentence, "locatedIn/chain")


def _field_in(scene: Scene, index: int, fields: dict[str, int], sentence: int) -> Iterator[Finding]:
    """The fields that a park's name names."""
    mention = scene.mentions[index]
    if mention.cls == "Park":
        for field, where in fields.items():
            if field in mention.name:
                yield Finding(index, "focusesOn", where, sentence, "focusesOn/named")


def _inside(scene: Scene, index: int, others: dict[str, int], sentence: int) -> Iterator[Finding]:
    """What a name says of the others with the same two first characters."""
    mention = scene.mentions[index]
    name, stem = mention.name, _COMMITTEE.sub("", mention.name)
    for other, where in others.items():
        if other == name or len(other) < 2 or not name.startswith(other) or scene.group[where] == scene.group[index]:
            continue
        cls = scene.mentions[where].cls
        if mention.cls == "GovernmentBody" and cls == "Park" and (stem == other or other.endswith(stem)):
            yield Finding(index, "administers", where, sentence, "administers/named")
        elif mention.cls in _ORG and cls in _ORG:
            yield Finding(index, "partOf", where, sentence, "partOf/named")
        elif mention.cls in _PLACED and cls in _SITE:
            yield Finding(index, "locatedIn", where, sentence, "locatedIn/named")
