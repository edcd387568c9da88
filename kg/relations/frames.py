"""Yields where a page has gone: 在江苏苏州，某某来到A公司, and what it meets there.

Reports of visits name the place once, at the opening of a sentence, and then what is visited, over several sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.lexicon import table
from kg.relations.findings import Finding
from kg.relations.grammar import JOINING, SLOT, SLOTS, classes
from kg.relations.scene import Scene
from kg.relations.strips import Strip

_SITES = "".join(SLOT[cls] for cls in sorted(classes("site")))
_PLACED = classes("org|park")


@dataclass(frozen=True, slots=True)
class Visits:
    """``visits.yml``: how a report comes to a place."""

    going: tuple[str, ...]
    """Verbs before what is visited."""
    touring: tuple[str, ...]
    """Verbs behind the place of a visit."""


class Frames:
    """The place of a report; fed sentence by sentence."""

    def __init__(self, scene: Scene) -> None:
        """Begin nowhere."""
        self._scene = scene
        self._sites: list[int] = []

    def find(self, sentence: int, strip: Strip) -> Iterator[Finding]:
        """What the sentence visits, and below what it names, where it or one before it has named the place."""
        text, carried = strip.text, True
        opened = {match.end("sites"): match for match in _opening().finditer(text)}
        if not opened and not self._sites:
            return
        gone = {match.end() - 1 for match in _going().finditer(text)}
        seen = set()
        for position in sorted(strip.at):
            if match := opened.get(position + 1):
                sites = range(match.start("sites"), match.end("sites"))
                self._sites, carried = [strip.at[p] for p in sites if p in strip.at], False
                seen = {*sites}
            listed = text[position - 1 : position] in JOINING and position - 2 in gone
            gone |= {position} if listed else set()
            index = strip.at[position]
            if position in seen or self._scene.mentions[index].cls not in _PLACED:
                continue
            rule = "visited" if position in gone else "framed"
            if rule == "visited" or not carried:
                for site in self._sites:
                    if self._scene.group[site] != self._scene.group[index]:
                        yield Finding(index, "locatedIn", site, sentence, f"locatedIn/{rule}{'~' if carried else ''}")


@cache
def _opening() -> re.Pattern[str]:
    """A place that opens a clause: 在苏州和江阴，; 在浙江调研."""
    touring = "|".join(table("relations/visits.yml", Visits).touring)
    sites = f"(?P<sites>[{_SITES}](?:[、和与及]?[{_SITES}])*)"
    return re.compile(f"在{sites}(?:[内里]?，|[^，。；：{SLOTS}]{{0,6}}(?:{touring}))")


@cache
def _going() -> re.Pattern[str]:
    """A verb of visiting and a name."""
    going = "|".join(sorted(table("relations/visits.yml", Visits).going, key=len, reverse=True))
    return re.compile(f"(?:{going})了?(?:位于[{_SITES}]的)?[^，。；：{SLOTS}]{{0,3}}[{_SITES}]?[{SLOTS}]")
