"""Firms and institutes without a telling last word, by the posts and deeds beside them (听澜创始人)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.lexicon import table
from kg.mentions.page import Page
from kg.mentions.patterns.edges import is_generic, left_edge
from kg.model import Proposal
from kg.words import Words


@dataclass(frozen=True, slots=True)
class Cue:
    """Words right after a house's name, see ``data/mentions/houses.yml``."""

    cls: str
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Houses:
    """The file ``data/mentions/houses.yml``."""

    after: tuple[Cue, ...]
    not_houses: tuple[str, ...]


def houses(page: Page) -> Iterator[Proposal]:
    """What stands between the last bar and a post or deed of a firm."""
    for hit in _cues().find(page.text):
        start = left_edge(page, hit.start)
        name = page.text[start : hit.start]
        if _NAME.fullmatch(name) and not is_generic(name) and not name.endswith(_table().not_houses):
            cue = page.text[hit.start : hit.end]
            yield Proposal(start, hit.start, hit.value.cls, hit.value.score, "house", f"before {cue}")


_NAME = re.compile(r"[一-鿿A-Za-z0-9·&]{2,10}")


@cache
def _table() -> Houses:
    return table("mentions/houses.yml", Houses)


@cache
def _cues() -> Words[Cue]:
    return Words({word: cue for cue in _table().after for word in cue.words})
