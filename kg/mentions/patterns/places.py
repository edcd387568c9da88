"""Places by their last word: roads, towns, rivers; chains of administrative names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.lexicon import table
from kg.mentions.page import Page
from kg.mentions.patterns.edges import left_edge
from kg.mentions.words import Words, flat
from kg.model import Proposal


@dataclass(frozen=True, slots=True)
class Places:
    """The file ``data/mentions/places.yml``."""

    names: tuple[tuple[str, ...], ...]
    suffixes: tuple[str, ...]
    generic: tuple[str, ...]


def places(page: Page) -> Iterator[Proposal]:
    """龙腾大道, 练塘镇, 浙江省嘉兴市嘉善县."""
    for hit in _words().find(page.text):
        if hit.value == "name":
            yield Proposal(hit.start, hit.end, "Place", 0.85, "pattern", "a known place")
            continue
        start = max(left_edge(page, hit.start), hit.start - 8)
        head = page.text[start : hit.start]
        if _HEAD.fullmatch(head) and not head.endswith(_table().generic):
            yield Proposal(
                start,
                hit.end,
                "Place",
                0.5 if len(head) > 3 else 0.65,
                "pattern",
                f"ends in {page.text[hit.start : hit.end]}",
            )


_HEAD = re.compile(r"[一-鿿]{2,8}")


@cache
def _table() -> Places:
    return table("mentions/places.yml", Places)


@cache
def _words() -> Words[str]:
    return Words(dict.fromkeys(_table().suffixes, "suffix") | dict.fromkeys(flat(_table().names), "name"))
