"""Members of enumerations whose last noun tells their class: A、B和C等七家企业."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from kg.mentions.page import Page
from kg.mentions.patterns.contexts import contexts
from kg.mentions.patterns.edges import is_generic
from kg.mentions.patterns.fields import field_in
from kg.model import Proposal


def lists(page: Page) -> Iterator[Proposal]:
    """The members of a list that ends in 等 and a noun."""
    for match in _closing().finditer(page.text):
        cls = _classes()[match.group(1)]
        yield from _members(page, match.start(), cls, match.group(1))


def _members(page: Page, end: int, cls: str, noun: str) -> Iterator[Proposal]:
    """The parts of the enumeration that ends at ``end``; one part alone is no list."""
    low = max(0, end - 120)
    clause = _SPLIT.split(page.text[low:end])[-1]
    parts = list(_PART.finditer(clause))
    if len(parts) < 2:
        return
    base = end - len(clause)
    score = 0.4 + 0.05 * len(parts) + 0.4 * _known(page, base, end, cls) / len(parts)
    for part in parts:
        start, stop = base + part.start(), base + part.end()
        if part is parts[0]:
            start = max(start, _last_stop(page, start, stop))
        start += len(clause[start - base : stop - base]) - len(clause[start - base : stop - base].lstrip("“‘「『\"' "))
        stop -= len(page.text[start:stop]) - len(page.text[start:stop].rstrip("”’」』\"' "))
        if cls == "IndustryField":
            field = field_in(page, start, stop)
            if field:
                yield Proposal(*field, cls, min(score, 0.9), "list", f"in a list of {noun}")
            continue
        if bisect_right(page.stops, stop - 1) != bisect_right(page.stops, start):
            continue
        if 2 <= stop - start <= 20 and not is_generic(page.text[start:stop]):
            yield Proposal(start, stop, cls, min(score, 0.9), "list", f"in a list of {noun}")


def _known(page: Page, start: int, end: int, cls: str) -> int:
    """How many curated names of the class an enumeration holds."""
    return sum(match.entries[0].cls == cls for match in page.matches_between(start, end))


def _last_stop(page: Page, start: int, stop: int) -> int:
    """Where the first member begins: after the last word before it that bars a name."""
    index = bisect_right(page.stops, stop) - 1
    return page.stops[index] if index >= 0 and page.stops[index] > start else start


_SPLIT = re.compile(r"[。！？!?；;，,：:\n（）()《》]")
_PART = re.compile(r"(?:(?!、|以及|和|与|及).)+")


@cache
def _classes() -> dict[str, str]:
    return {noun: cls for cls, nouns in contexts().lists.items() for noun in nouns}


@cache
def _closing() -> re.Pattern[str]:
    nouns = "|".join(sorted(_classes(), key=len, reverse=True))
    count = r"(?:[一二三四五六七八九十百千两几多数\d]+余?多?[家个所座大类项批款种]|一批|一大批|众多|多家|多个)?"
    kinds = f"(?:{'|'.join(sorted(contexts().list_kinds, key=len, reverse=True))}|[一-鿿]{{2,6}}?)?"
    quoted = r"(?:[“‘「][^“”‘’「」]{1,14}[”’」])?"
    return re.compile(rf"等{quoted}{count}的?{kinds}({nouns})")
