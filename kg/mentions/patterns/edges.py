"""Where a name that ends in a known word begins."""

from __future__ import annotations

import re
from functools import cache

from kg.lexicon import table
from kg.mentions.page import Edges, Page
from kg.mentions.words import flat

LONGEST = 30
"""No name reaches further left from its last word than this, in characters."""


def left_edge(page: Page, end: int) -> int:
    """Where a name begins whose last word begins at ``end``.

    The name reaches back to the last word that bars it. A joint (和, 与) is crossed where what stands
    before it cannot be a name of its own.
    """
    low = max(page.stop_before(end), end - LONGEST)
    for joint in reversed(page.joints_between(low, end)):
        if not _crosses(page, low, joint, end):
            low = joint + 1
            break
    return low + len(_LEADING.match(page.text, low, end).group())  # type: ignore[union-attr]  # matches the empty string


_LEADING = re.compile(r"(?:[\d.%万亿余多第两几数十百千]+[家个所座批名位款项支场条])?[\s\d.%·•)）\-　]*")
"""Numbers, measure words and debris before a name."""


def _crosses(page: Page, low: int, joint: int, end: int) -> bool:
    """Whether the joint stands inside a name: its left side ends in a discipline (工程与应用技术研究院), not in a name."""
    left = page.text[low:joint]
    names = (m for m in page.matches_between(low, joint) if m.entries[0].cls not in {"IndustryField", "Place"})
    if any(m.end == joint for m in names):
        return False
    return left.endswith(_disciplines()) and end - joint <= 14


@cache
def _generic() -> re.Pattern[str]:
    words = sorted(set(flat(table("mentions/generic.yml", dict[str, tuple[tuple[str, ...], ...]])["generic"])), key=len)
    return re.compile("(?:" + "|".join(map(re.escape, reversed(words))) + ")*")


def is_generic(head: str) -> bool:
    """Whether ``head`` is made of words that name nothing (国内外知名)."""
    return _generic().fullmatch(head) is not None


@cache
def generic_phrases() -> frozenset[str]:
    """Whole phrases that look like names and are none."""
    return frozenset(flat(table("mentions/generic.yml", dict[str, tuple[tuple[str, ...], ...]])["phrases"]))


@cache
def _disciplines() -> tuple[str, ...]:
    return tuple(flat(table("mentions/edges.yml", Edges).disciplines))
