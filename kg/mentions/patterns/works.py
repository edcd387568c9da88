"""Policies and other titles in 《》, plans and measures without them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.lexicon import table
from kg.mentions.page import Page
from kg.mentions.patterns.edges import is_generic, left_edge
from kg.model import Proposal
from kg.words import Words, flat


@dataclass(frozen=True, slots=True)
class Works:
    """The file ``data/mentions/works.yml``."""

    papers: tuple[str, ...]
    policy_words: tuple[str, ...]
    policy_before: tuple[str, ...]
    other_before: tuple[str, ...]
    bare: tuple[str, ...]
    bare_generic: tuple[str, ...]


def policies(page: Page) -> Iterator[Proposal]:
    """《…行动方案》 and plans whose name stands without brackets."""
    yield from _bracketed(page)
    yield from _bare(page)


def _bracketed(page: Page) -> Iterator[Proposal]:
    """Titles in 《》 that are policies, plans, reports or standards."""
    for match in _TITLE.finditer(page.text):
        title = match.group(1)
        if title in _table().papers or _other().search(page.text, max(0, match.start() - 8), match.start()):
            continue
        if _policy().search(title):
            yield Proposal(
                *match.span(1), "Policy", 0.92, "title in brackets", "a title in 《》 with the word of a policy"
            )
        elif _issued().search(page.text, max(0, match.start() - 6), match.start()):
            yield Proposal(*match.span(1), "Policy", 0.7, "title in brackets", "a title in 《》 that is issued")


def _bare(page: Page) -> Iterator[Proposal]:
    """启明星计划, “揭榜挂帅”行动, 上海市…规划."""
    for hit in _bare_words().find(page.text):
        start = left_edge(page, hit.start)
        head = page.text[start : hit.start]
        if len(head) < 2 or is_generic(head) or head in _table().bare_generic:
            continue
        quoted = (
            page.text[hit.start - 1] in "”’」"
            or _QUOTES.get(page.text[start - 1 : start]) == page.text[hit.end : hit.end + 1]
        )
        yield Proposal(
            start, hit.end, "Policy", 0.8 if quoted else 0.4, "plan", f"ends in {page.text[hit.start : hit.end]}"
        )


_QUOTES = {"“": "”", "「": "」", "『": "』", "‘": "’", '"': '"'}
_TITLE = re.compile(r"《([^《》\n]{3,60}(?:〈[^〉]{1,20}〉[^《》\n]{0,20})?)》")


@cache
def _table() -> Works:
    return table("mentions/works.yml", Works)


@cache
def _policy() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(_table().policy_words) + r")(?:[(（][^()（）]{1,16}[)）]|[\d\-—.年]+)*$")


@cache
def _issued() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(_table().policy_before) + ")(?:了|的)?$")


@cache
def _other() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(_table().other_before) + ")$")


@cache
def _bare_words() -> Words[str]:
    return Words(dict.fromkeys(flat([_table().bare]), "Policy"))
