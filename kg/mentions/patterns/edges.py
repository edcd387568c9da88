"""Where a name that ends in a known word begins."""

from __future__ import annotations

import re
from functools import cache

from kg.lexicon import table
from kg.mentions.gazetteer import Match
from kg.mentions.page import Edges, Page
from kg.words import flat

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
    """Whether the joint stands inside a name rather than between two.

    Its left side ends in a discipline (工程|与|应用技术研究院), or goes on after a known house (同济大学土木|与|…)
    and is no post (…教授|与|…).
    """
    left = page.text[low:joint]
    if end - joint > _LONGEST_RIGHT or any(m.end == joint for m in page.matches_between(low, joint) if _is_house(m)):
        return False
    if any(hit.end == joint for hit in page.places) or joint + 1 in page.known:
        return False
    return left.endswith(_disciplines()) or (low in page.known and len(left) > 4 and left[-1] not in _CLOSED)


_CLOSED = "长授士员任人司学院团所会"
"""Last characters of posts and houses: what ends in one is complete."""

_LONGEST_RIGHT = 14
"""What follows a joint inside a name is not longer than this, without the last word."""


def _is_house(match: Match) -> bool:
    return match.entries[0].cls not in {"IndustryField", "Place"}


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
