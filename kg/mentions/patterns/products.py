"""Products, models, platforms: names in quotes or Latin letters beside the words of what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.lexicon import table
from kg.mentions.page import Page
from kg.model import Proposal
from kg.words import either


@dataclass(frozen=True, slots=True)
class Products:
    """The file ``data/mentions/products.yml``."""

    kinds: tuple[str, ...]
    makers: tuple[str, ...]
    not_products: tuple[str, ...]


def products(page: Page) -> Iterator[Proposal]:
    """“商量”大模型, Sophon Base数据科学平台, 推出的“晚安盒”, C919大型客机."""
    for needed, pattern, score, reason in _patterns():
        for match in pattern.finditer(page.text) if needed in page.text else ():
            start, end = match.span("name")
            if page.stop_before(end - 1) <= start and page.text[start:end] not in _table().not_products:
                yield Proposal(start, end, "Product", score, "product", reason)
                brand = _LATIN.match(page.text, start, end)
                if brand and brand.end() < end:
                    yield Proposal(start, brand.end(), "Product", score, "product", reason)


def not_products() -> tuple[str, ...]:
    """Words in quotes or Latin letters that are no names."""
    return _table().not_products


_NUMBERED = re.compile(
    r"(?P<name>[一-鿿](?:(?<![一-鿿].)|(?<=的.))[一-鿿]{1,3}[一二三四五六七八九十]{1,2}号)(?![一-鿿]?[线楼院馆门桥路口厅文令公库会]|机组|基地)"
)
"""轻舟一号, 朱雀三号."""
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.+\- ]{2,}(?<! )")


@cache
def product_kind() -> re.Pattern[str]:
    """What a product is, after at most six characters (数据科学|平台)."""
    return re.compile(f" ?[一-鿿]{{0,6}}?(?:{either(_table().kinds)})")


@cache
def _table() -> Products:
    return table("mentions/products.yml", Products)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], float, str], ...]:
    """What a text must hold, the pattern, how sure it is, and why."""
    kinds, makers = either(_table().kinds), either(_table().makers)
    rest = r"[A-Za-z0-9.+\-]*(?: [A-Z0-9][A-Za-z0-9.+\-]*){0,2}"
    latin, alone = rf"[A-Za-z]{rest}", rf"[A-Za-z](?<![A-Za-z0-9].)(?!(?<=A)I[一-鿿]){rest}"
    quoted = r"[“‘「『](?P<name>[^“”‘’「」『』，。！？；：、\s]{2,14})[”’」』]"
    whole = rf"[“‘「『](?P<name>[^“”‘’「」『』，。！？；：、\s]{{2,14}}(?:{kinds}))[”’」』]"
    return (
        ("号", _NUMBERED, 0.6, "a name with 号"),
        ("", re.compile(whole), 0.7, "quoted, with the kind of product"),
        ("", re.compile(rf"{quoted}(?:[一-鿿]{{0,6}})(?:{kinds})"), 0.75, "quoted, before the kind of product"),
        (
            "",
            re.compile(rf"(?:{makers})(?:了|的|出)?(?:[一-鿿]{{0,10}}?(?:{kinds}))?{quoted}"),
            0.7,
            "quoted, after a verb of making",
        ),
        (
            "——",
            re.compile(rf"(?:{kinds})——[“‘「]?(?P<name>[一-鿿A-Za-z0-9.+\-]{{2,16}})[”’」]?(?=[，。；,;])"),
            0.7,
            "after the kind of product and a dash",
        ),
        (
            "",
            re.compile(rf"(?P<name>{alone}[一-鿿]{{0,8}}?(?:{kinds}))"),
            0.6,
            "Latin letters, before the kind of product",
        ),
        (
            "",
            re.compile(rf"(?:{makers})(?:了|的|出)?(?:[一-鿿]{{0,10}}?(?:{kinds}))?(?P<name>{latin})(?![A-Za-z])"),
            0.5,
            "Latin letters, after a verb of making",
        ),
    )
