"""Fields of industry and technology that nobody listed: 聚焦A、B、C等领域, 发展X产业."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.mentions.page import Page
from kg.mentions.patterns.contexts import contexts
from kg.mentions.patterns.edges import is_generic
from kg.model import Proposal


def fields(page: Page) -> Iterator[Proposal]:
    """Listed fields where the text treats them as such; others between a verb of aiming and 产业, 领域, 技术."""
    yield from _in_context(page)
    for match in _aimed().finditer(page.text):
        for part in _PART.finditer(page.text, *match.span(1)):
            start, end = part.span()
            if 2 <= end - start <= 12 and not is_generic(page.text[start:end]):
                yield Proposal(start, end, "IndustryField", 0.6, "list", "aimed at as a field")


def _in_context(page: Page) -> Iterator[Proposal]:
    """A listed field beside 产业, 领域 … or beside another field in an enumeration."""
    for match in page.matches:
        if match.entries[0].cls != "IndustryField":
            continue
        entry = match.entries[0].key
        after, before = (
            _after().match(page.text, match.end),
            _before().search(page.text, max(0, match.start - 8), match.start),
        )
        if after or before:
            word = (after or before).group()  # type: ignore[union-attr]  # one of them matched
            yield Proposal(match.start, match.end, "IndustryField", 0.8, "context", f"beside {word}", entry)
        elif page.text[match.end : match.end + 1] == "、" or page.text[match.start - 1 : match.start] == "、":
            yield Proposal(match.start, match.end, "IndustryField", 0.5, "context", "in an enumeration", entry)


@cache
def _after() -> re.Pattern[str]:
    heads = sorted([*contexts().field_heads, *contexts().field_after], key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(heads)})")


@cache
def _before() -> re.Pattern[str]:
    heads = sorted(contexts().field_before, key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(heads)})(?:了|于|的)?$")


_PART = re.compile(r"(?:(?![、，,和与及以]|以及).)+")


@cache
def _aimed() -> re.Pattern[str]:
    before = "|".join(sorted(contexts().field_before, key=len, reverse=True))
    heads = "|".join(sorted([*contexts().field_heads, *contexts().lists["IndustryField"]], key=len, reverse=True))
    return re.compile(
        rf"(?:{before})(?:了|于)?([一-鿿A-Za-z0-9+、和与及]{{2,60}}?)等?(?:[一二三四五六七八九十两\d]*[大个项类]?)(?:重点|前沿|新兴|核心|关键)?(?:{heads})"
    )
