"""Conferences, forums, fairs, competitions."""

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
class Events:
    """The file ``data/mentions/events.yml``."""

    strong: tuple[str, ...]
    weak: tuple[str, ...]
    alone: tuple[str, ...]
    generic: tuple[str, ...]
    guards: tuple[str, ...]
    not_before: str


def events(page: Page) -> Iterator[Proposal]:
    """第五届中国国际进口博览会, 2024浦江创新论坛, 长三角科技产业创新论坛."""
    for hit in _words().find(page.text):
        if not hit.value or page.text[hit.end : hit.end + 1] in _table().not_before:
            continue
        if page.text[hit.start : hit.end] in _table().alone:
            yield Proposal(hit.start, hit.end, "Event", 0.9, "event", "an event known by its short name")
        start = _with_number(page.text, left_edge(page, hit.start))
        head = page.text[start : hit.start]
        numbered = _NUMBER.match(head) is not None
        rest = _NUMBER.sub("", head)
        if (
            rest in _table().generic
            or (len(rest) < 2 and not numbered)
            or (is_generic(rest) and not numbered and rest[:2] not in _ANCHORS)
        ):
            continue
        score = hit.value if numbered or rest[:2] in _ANCHORS else hit.value * 0.8
        yield Proposal(start, hit.end, "Event", score, "event", f"ends in {page.text[hit.start : hit.end]}")


_NUMBER = re.compile(r"(?:(?:19|20)\d\d年?(?:度)?|第[\d一二三四五六七八九十]{1,4}[届次]|首届)+")
_BEFORE = re.compile(
    r"(?:(?:19|20)\d\d年?(?:度)?|第[\d一二三四五六七八九十]{1,4}[届次]|首届|上一届|[\d一二三四五六七八九十]{1,3}届)+$"
)
_ANCHORS = frozenset(
    {"世界", "全球", "中国", "国际", "全国", "上海", "长三", "亚洲", "浦江", "沪港", "香港", "两岸", "中外"}
)


def _with_number(text: str, start: int) -> int:
    """Take in the number of the meeting, which bars a name elsewhere (2024…, 第五届…)."""
    match = _BEFORE.search(text, max(0, start - 14), start)
    return match.start() if match and match.group()[0] in "第首12" else start


@cache
def _table() -> Events:
    return table("mentions/events.yml", Events)


@cache
def _words() -> Words[float]:
    return Words(
        dict.fromkeys(_table().weak, 0.5) | dict.fromkeys(_table().strong, 0.9) | dict.fromkeys(_table().guards, 0.0)
    )
