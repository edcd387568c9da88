"""Fields of industry and technology that nobody listed: 聚焦A、B、C等领域, 发展X产业."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.mentions.page import Page
from kg.mentions.patterns.contexts import contexts
from kg.mentions.patterns.edges import is_generic
from kg.model import Proposal
from kg.words import either


def fields(page: Page) -> Iterator[Proposal]:
    """Listed fields where the text treats them as such; others after a verb of aiming, with or without 产业, 领域."""
    yield from _in_context(page)
    for pattern, least in ((_aimed(), 0.4), (_pursued(), 0.3)):
        for match in pattern.finditer(page.text):
            parts = list(_PART.finditer(page.text, *match.span(1)))
            known = sum(m.entries[0].cls == "IndustryField" for m in page.matches_between(*match.span(1)))
            score = min(least + 0.05 * len(parts) + 0.4 * known / len(parts), 0.9)
            for part in parts:
                field = field_in(page, *part.span())
                if field:
                    yield Proposal(*field, "IndustryField", score, "list", "aimed at as a field")


def field_in(page: Page, start: int, end: int) -> tuple[int, int] | None:
    """What can name a field in a member of an enumeration: without its verb, None where it is an aim or a deed.

    Args:
        page: the text.
        start: of the member.
        end: of the member.
    """
    start = max(start, page.stop_before(end - 1))
    start = _verb().match(page.text, start, end).end()  # type: ignore[union-attr]  # matches the empty string
    tail = _tail().search(page.text, start, end)
    end = tail.start() if tail else end
    name = page.text[start:end]
    if not 2 <= len(name) <= _LONGEST or start in page.known or _PHRASE.search(name) or is_generic(name):
        return None
    return None if name.endswith(contexts().not_fields) else (start, end)


_LONGEST = 12
_PHRASE = re.compile(r"^[\d一二三四五六七八九十百千万亿两几多数余]+[个家种项类大级批名]|^[这那该本各]|我国|多个|的")


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
    return re.compile(f"(?:{either((*contexts().field_heads, *contexts().field_after))})")


@cache
def _before() -> re.Pattern[str]:
    return re.compile(f"(?:{either(contexts().field_before)})(?:了|于|的)?$")


_PART = re.compile(r"(?:(?![、，,和与及以]|以及).)+")


@cache
def _verb() -> re.Pattern[str]:
    """Verbs before a field, none of them its beginning: 开发|工业软件, but 研究|型 has too little left."""
    return re.compile(f"(?:(?:{either(contexts().field_verbs)})(?:了|着|出|于)?(?=..))*")


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(f"(?<=..)(?:{either(contexts().field_tails)})$")


@cache
def _pursued() -> re.Pattern[str]:
    """The object of a verb that is followed by nothing but fields, up to the end of its clause."""
    return re.compile(
        rf"(?:{either(contexts().field_pursuits)})(?:于|了)?([一-鿿A-Za-z0-9+、和与及]{{2,40}}?)(?:等?(?=[，。；,;\n])|的(?=[一-鿿A-Za-z“「]))"
    )


@cache
def _aimed() -> re.Pattern[str]:
    before = either(tuple(word for word in contexts().field_before if len(word) > 1))
    heads = either((*contexts().field_heads, *contexts().lists["IndustryField"]))
    return re.compile(
        rf"(?:{before})(?:了|于)?([一-鿿A-Za-z0-9+、和与及]{{2,60}}?)等?(?:[一二三四五六七八九十两\d]*[大个项类]?)(?:重点|前沿|新兴|核心|关键)?(?:{heads})"
    )
