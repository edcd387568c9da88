"""What the rules see of a page: its text, the curated names in it, and where a name may begin.

:func:`read` prepares it once per document; every rule then works on offsets.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.lexicon import table
from kg.mentions import gazetteer
from kg.words import Hit, Words, flat


@dataclass(frozen=True, slots=True)
class Edges:
    """The words of ``data/mentions/edges.yml``."""

    barriers: tuple[tuple[str, ...], ...]
    halves: tuple[str, ...]
    joints: tuple[str, ...]
    disciplines: tuple[tuple[str, ...], ...]
    protected: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Places:
    """The file ``data/mentions/places.yml``."""

    names: tuple[tuple[str, ...], ...]
    suffixes: tuple[str, ...]
    generic: tuple[str, ...]
    not_before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A text, prepared for the rules."""

    text: str
    matches: tuple[gazetteer.Match, ...]
    """Curated names, by start."""
    places: tuple[Hit[str], ...]
    """Countries, provinces, cities that the lexicon does not hold (``name``), and last words of places (``suffix``)."""
    known: frozenset[int]
    """Where a known place or organisation begins."""
    stops: tuple[int, ...]
    """Offsets that no name reaches across: the ends of the words that bar it, ascending."""
    joints: tuple[int, ...]
    """Offsets of the one-character words (和, 与) that join two names or the parts of one, ascending."""

    def stop_before(self, offset: int) -> int:
        """The last stop at or before ``offset``; 0 where there is none."""
        index = bisect_right(self.stops, offset) - 1
        return self.stops[index] if index >= 0 else 0

    def joints_between(self, start: int, end: int) -> tuple[int, ...]:
        """The joints in a stretch."""
        return self.joints[bisect_left(self.joints, start) : bisect_left(self.joints, end)]

    def matches_between(self, start: int, end: int) -> tuple[gazetteer.Match, ...]:
        """The curated names that lie wholly in a stretch."""
        low = bisect_left(self.matches, start, key=lambda m: m.start)
        high = bisect_left(self.matches, end, key=lambda m: m.start)
        return tuple(m for m in self.matches[low:high] if m.end <= end)


@lru_cache(maxsize=gazetteer.PAGES)
def read(text: str) -> Page:
    """Prepare a text for the rules.

    Args:
        text: Simplified script.
    """
    closed = _closed(text)
    stops, joints = [], []
    matches = gazetteer.match(text)
    places = tuple(hit for hit in _place_words().find(text) if not text.startswith(_places().not_before, hit.end))
    known = frozenset(m.start for m in matches if m.entries[0].cls in _HOUSES)
    known |= {hit.start for hit in places if hit.value == "name"}
    kinds = _edge_words().values
    for number, start, end in _edge_words().places(text):
        kind = kinds[number]
        if kind == "barrier" or (kind == "half" and _begins(text, known, end)):
            if start not in closed:
                stops.append(end)
        elif kind == "joint":
            joints.append(end - 1)
    return Page(text, matches, places, known, tuple(stops), tuple(joints))


def _begins(text: str, known: frozenset[int], offset: int) -> bool:
    """Whether a known name begins at the offset, or what may be one."""
    return offset in known or text.startswith(("国家", "全国", "“"), offset)


_HOUSES = frozenset({"Place", "District", "Park", "Company", "Institute", "GovernmentBody", "Organization"})

_PAIRS = re.compile(
    r"[(（“‘「『\"](?:"
    r"(?<=[(（])[一-鿿·]{2,12}[)）]"  # 趣加互动娱乐(上海)有限公司
    r"|(?<=[“‘「『\"])[^“”‘’「」『』\"\s。!?;]{1,14}[”’」』\"]"
    r")(?=[一-鿿])"
)
"""Brackets and quotes that a name can contain, when it goes on after them."""


def _closed(text: str) -> set[int]:
    """Offsets in brackets or quotes inside which nothing bars a name."""
    return {offset for match in _PAIRS.finditer(text) for offset in range(*match.span())}


_PUNCTUATION = "，,。．!！?？;；:：、…—\n\r\t◆●•■▲△□○◦※|/\\《》〈〉【】[]{}()（）“”‘’「」『』\"'<>=~～*#_^$￥"


@cache
def _edge_words() -> Words[str]:
    edges = table("mentions/edges.yml", Edges)
    words = dict.fromkeys(flat(edges.protected), "protected") | dict.fromkeys(edges.halves, "half")
    words |= dict.fromkeys(edges.joints, "joint") | dict.fromkeys(_PUNCTUATION, "barrier")
    return Words(words | dict.fromkeys(flat(edges.barriers), "barrier"))


@cache
def _places() -> Places:
    return table("mentions/places.yml", Places)


@cache
def _place_words() -> Words[str]:
    return Words(dict.fromkeys(_places().suffixes, "suffix") | dict.fromkeys(flat(_places().names), "name"))
