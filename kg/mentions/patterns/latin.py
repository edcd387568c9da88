"""Names in Latin letters: brands of firms and their products, which the language around them tells apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.mentions.page import Page
from kg.mentions.patterns.products import not_products, product_kind
from kg.model import Proposal

_WORDS = re.compile(
    r"[A-ZÀ-Þ](?<![A-Za-z0-9.@/].)[A-Za-zÀ-ÿ]*[A-Za-z0-9À-ÿ]+(?:[ -][A-Z][A-Za-zÀ-ÿ]+){0,2}(?![A-Za-z0-9@]|\.[a-z])"
)


def latin(page: Page) -> Iterator[Proposal]:
    """Words with a capital: of a firm, or of a product where a digit is in them or they stand before its kind."""
    for match in _WORDS.finditer(page.text):
        word = match.group()
        if len(word) > 2 and word not in not_products():
            made = any(c.isdigit() for c in word) or product_kind().match(page.text, match.end())
            cls = "Product" if made else "Company"
            yield Proposal(*match.span(), cls, 0.5, "latin", "a capitalised word among Chinese")
