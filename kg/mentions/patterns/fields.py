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
    """What stands between a verb of aiming (聚焦, 布局) and the word 产业, 领域 or 技术."""
    for match in _aimed().finditer(page.text):
        for part in _PART.finditer(page.text, *match.span(1)):
            start, end = part.span()
            if 2 <= end - start <= 12 and not is_generic(page.text[start:end]):
                yield Proposal(start, end, "IndustryField", 0.6, "list", "aimed at as a field")


_PART = re.compile(r"(?:(?![、，,和与及以]|以及).)+")


@cache
def _aimed() -> re.Pattern[str]:
    before = "|".join(sorted(contexts().field_before, key=len, reverse=True))
    heads = "|".join(sorted([*contexts().field_heads, *contexts().lists["IndustryField"]], key=len, reverse=True))
    return re.compile(
        rf"(?:{before})(?:了|于)?([一-鿿A-Za-z0-9+、和与及]{{2,60}}?)等?(?:[一二三四五六七八九十两\d]*[大个项类]?)(?:重点|前沿|新兴|核心|关键)?(?:{heads})"
    )
