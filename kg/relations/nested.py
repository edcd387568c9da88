"""Yields what names say by what they contain: a committee its zone, an institute its university."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lexicon import load
from kg.relations.findings import Finding
from kg.relations.grammar import classes
from kg.relations.scene import Scene
from kg.relations.strips import Strip

_COMMITTEE = re.compile(
    "(?:管理委员会|管委会|执行委员会|执委会|管理局|管理办公室|管理中心|(?:开发)?(?:建设)?推进办公室|开发办公室)$"
)
_ORG = classes("org")
_TOWNS = frozenset({"Place", "District"})
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
    places = {name: index for name, index in by_name.items() if scene.mentions[index].cls in _TOWNS and len(name) > 1}
    parks = {name: index for name, index in by_name.items() if scene.mentions[index].cls == "Park"}
    curated = _curated(scene, by_name)
    schools = _schools(scene, curated)
    sentence_of = {i: n for n, (start, end) in enumerate(scene.within) for i in range(start, end)}
    for name, index in by_name.items():
        if index not in sentence_of:
            continue
        sentence, cls = sentence_of[index], scene.mentions[index].cls
        if cls == "Park":
            yield from _field_in(scene, index, fields, sentence)
        if len(by_start[name[:2]]) > 1:
            yield from _inside(scene, index, by_start[name[:2]], sentence)
        if cls in _ORG:
            yield from _placed_in(scene, index, places, sentence)
        if cls == "GovernmentBody":
            yield from _zone(scene, index, parks, sentence)
        yield from _known(scene, index, curated, sentence)
        if cls == "Institute":
            yield from _of_parent(scene, index, schools, sentence)


def chains(scene: Scene, sentence: int, strip: Strip) -> Iterator[Finding]:
    """Places printed without a break before what lies in them: 徐汇区漕河泾开发区."""
    for position, index in strip.at.items():
        before = strip.at.get(position - 1)
        if before is None or scene.mentions[before].cls not in _SITE or scene.mentions[index].cls not in _PLACED:
            continue
        if scene.group[before] != scene.group[index]:
            yield Finding(index, "locatedIn", before, sentence, "locatedIn/chain")


def _field_in(scene: Scene, index: int, fields: dict[str, int], sentence: int) -> Iterator[Finding]:
    """The fields that the name of a park names."""
    for field, where in fields.items():
        if field in scene.mentions[index].name:
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


def _placed_in(scene: Scene, index: int, places: dict[str, int], sentence: int) -> Iterator[Finding]:
    """The towns whose names stand inside the name of a body: 博世汽车部件（苏州）有限公司."""
    for place, where in places.items():
        if place in scene.mentions[index].name[1:]:
            yield Finding(index, "locatedIn", where, sentence, "locatedIn/within")


def _zone(scene: Scene, index: int, parks: dict[str, int], sentence: int) -> Iterator[Finding]:
    """The park whose name ends like that of the committee: 示范区执委会."""
    name = scene.mentions[index].name
    stem = _COMMITTEE.sub("", name)
    if 2 <= len(stem) < len(name):
        zones = {scene.group[where]: where for park, where in parks.items() if park.endswith(stem)}
        if len(zones) == 1:
            (zone,) = zones.values()
            yield Finding(index, "administers", zone, sentence, "administers/ending")


def _curated(scene: Scene, by_name: dict[str, int]) -> dict[str, int]:
    """Where a page first names each thing that the lexicon knows, by its key."""
    entries, forms = load().entries, load().forms
    found: dict[str, int] = {}
    for name, index in by_name.items():
        for key in forms.get(name, ()):
            if entries[key].cls == scene.mentions[index].cls:
                found.setdefault(key, index)
    return found


def _known(scene: Scene, index: int, curated: dict[str, int], sentence: int) -> Iterator[Finding]:
    """Where the lexicon says that a thing lies, and what it is a part of, as far as the page names these."""
    entries = load().entries
    for key in load().forms.get(scene.mentions[index].name, ()):
        entry = entries[key]
        if curated.get(key) != index:
            continue
        if entry.parent in curated and entry.cls in _ORG:
            yield Finding(index, "partOf", curated[entry.parent], sentence, "partOf/known")
        if entry.within in curated and entry.cls in _PLACED:
            yield Finding(index, "locatedIn", curated[entry.within], sentence, "locatedIn/known")


def _schools(scene: Scene, curated: dict[str, int]) -> dict[str, int]:
    """The short forms of the institutes that a page names and the lexicon knows."""
    entries = load().entries
    return {
        form: where
        for key, where in curated.items()
        if scene.mentions[where].cls == "Institute"
        for form in (*entries[key].short, *entries[key].weak)
    }


def _of_parent(scene: Scene, index: int, schools: dict[str, int], sentence: int) -> Iterator[Finding]:
    """The institute whose short form opens the name of another, one of its own: 交大航空航天学院."""
    name = scene.mentions[index].name
    if name in schools:
        return
    for where in {where for form, where in schools.items() if name.startswith(form)}:
        if scene.group[where] != scene.group[index]:
            yield Finding(index, "partOf", where, sentence, "partOf/named")
