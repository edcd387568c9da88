"""Places by their last word, and chains of places that name one: 浙江省嘉兴市嘉善县, 上海徐汇区."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kg.lexicon import table
from kg.mentions.page import Page, Places
from kg.mentions.patterns.edges import left_edge
from kg.model import Proposal


def places(page: Page) -> Iterator[Proposal]:
    """Known places and their chains; roads, towns, waters by their last word."""
    links: list[Proposal] = []
    for hit in page.places:
        if hit.value == "name":
            links.append(Proposal(hit.start, hit.end, "Place", 0.85, "place name", "a known place"))
        else:
            yield from _by_suffix(page, hit.start, hit.end)
    yield from links
    yield from _chains(page, links)


def _by_suffix(page: Page, start: int, end: int) -> Iterator[Proposal]:
    """龙腾大道, 练塘镇."""
    low = max(left_edge(page, start), start - 8)
    head = page.text[low:start]
    if _HEAD.fullmatch(head) and not head.endswith(_table().generic):
        yield Proposal(
            low, end, "Place", 0.65 if len(head) < 4 else 0.5, "place suffix", f"ends in {page.text[start:end]}"
        )


class _Link(NamedTuple):
    """A place that others may follow."""

    start: int
    end: int
    cls: str
    entry: str


def _chains(page: Page, links: list[Proposal]) -> Iterator[Proposal]:
    """Places that stand one right after the other, the wider first, are one; its class is that of the last."""
    known = [
        _Link(m.start, m.end, m.entries[0].cls, m.entries[0].key)
        for m in page.matches
        if m.entries[0].cls in _WIDE or (m.entries[0].cls == "Park" and m.end - m.start <= 3)
    ]
    all_links = [*(_Link(p.start, p.end, p.cls, p.entry) for p in links), *known]
    ordered = sorted({(p.start, p.end): p for p in all_links}.values(), key=lambda p: (p.start, -p.end))
    for chain in _chained(ordered):
        if len(chain) > 1 and len({page.text[p.start : p.end] for p in chain}) == len(chain):
            last = chain[-1]
            end = last.end + (page.text[last.end : last.end + 1] in set("市区县州旗"))
            yield Proposal(chain[0].start, end, last.cls, 0.9, "chain", "places in a chain", last.entry)


_WIDE = frozenset({"Place", "District"})
"""Classes of places that hold others."""


def _chained(ordered: list[_Link]) -> Iterator[list[_Link]]:
    """The places as chains, most of one link."""
    chain: list[_Link] = []
    for link in ordered:
        if chain and not (chain[-1].end == link.start and chain[-1].cls in _WIDE):
            yield chain
            chain = []
        chain.append(link)
    if chain:
        yield chain


_HEAD = re.compile(r"[一-鿿]{2,8}")


@cache
def _table() -> Places:
    return table("mentions/places.yml", Places)
