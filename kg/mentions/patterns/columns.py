"""Names in the cells of tables, by the head of their column: 企业名称, 所属园区, 主营方向."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.lexicon import table
from kg.mentions.page import Page
from kg.mentions.patterns.edges import is_generic
from kg.model import Proposal, Span, cells
from kg.words import either

_TABLE = re.compile(r"(?:^[^\n]*\t[^\n]*(?:\n|\Z)){2,}", re.MULTILINE)
"""Two rows or more."""
_ROW = re.compile(r"[^\n]+")
_ITEM = re.compile(r"[^、，；,;/\s][^、，；,;/\t\n]*")
_NAME = re.compile(r"(?=.*[一-鿿A-Za-z]{2})[^\d。：:！？%]{2,24}")


def columns(page: Page) -> Iterator[Proposal]:
    """What the cells below a head enumerate."""
    for match in _TABLE.finditer(page.text) if "\t" in page.text else ():
        first, *rows = (Span(*line.span()) for line in _ROW.finditer(page.text, *match.span()))
        heads = [_class_of(page.text[slice(*cell)].strip()) for cell in cells(page.text, first)]
        for row in rows:
            for cls, cell in zip(heads, cells(page.text, row), strict=False):
                if cls:
                    yield from _items(page, *cell, cls)


def _items(page: Page, start: int, end: int, cls: str) -> Iterator[Proposal]:
    """The names of a cell."""
    for item in _ITEM.finditer(page.text, start, end):
        name = item[0].rstrip()
        if _NAME.fullmatch(name) and not is_generic(name):
            yield Proposal(item.start(), item.start() + len(name), cls, 0.8, "column", "below a head that says so")


def _class_of(head: str) -> str | None:
    """The class of the names below a head."""
    bare = re.sub(r"[（(].*?[）)]", "", head)
    return next((cls for cls, pattern in _heads() if pattern.search(bare)), None)


@cache
def _heads() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lists = table("mentions/columns.yml", dict[str, tuple[str, ...]])
    return tuple((cls, re.compile(f"{either(words)}$")) for cls, words in lists.items())
