"""Clues between names of products."""

from __future__ import annotations

import re
from functools import cache

from kg.names.clue import Clue, Form
from kg.names.folding import fold, plain
from kg.names.titles import title_words


def described(short: Form, long: Form) -> Clue | None:
    """With or without a word that says what it is (智能抠图 / 智能抠图功能)."""
    left, right = fold(short.name), fold(long.name)
    if len(left) >= 2 and right.startswith(left) and right[len(left) :] in _product_tails():
        return Clue(0.85, "the long name adds what it is")
    if left == fold(re.sub(r"\([^()]*\)", "", plain(long.name))) and len(left) >= 2:
        return Clue(0.85, "the long name adds a bracket")
    return None


def latin_part(short: Form, long: Form) -> Clue | None:
    """The Latin part of a mixed name (InkPad / 写作助手InkPad, Orca / Orca…云)."""
    left = fold(short.name)
    runs = re.findall(r"[a-z][a-z0-9 .+\-]*[a-z0-9+]", plain(long.name).casefold())
    if len(left) >= 2 and re.fullmatch(r"[a-z0-9.+\-]+", left) and runs and fold(runs[0]) == left:
        return Clue(0.78, "the part of the long name in Latin letters")
    return None


def after_latin(short: Form, long: Form) -> Clue | None:
    """What follows the Latin part and says what it is (数据科学平台 / Orca Base数据科学平台)."""
    left, right = short.folded, long.folded
    head = right.removesuffix(left)
    if len(left) >= 4 and head != right and re.fullmatch(r"[a-z][a-z0-9+\-]*", head):
        return Clue(0.74, "the long name puts its Latin name in front")
    return None


@cache
def _product_tails() -> frozenset[str]:
    return frozenset(fold(word) for word in title_words().product_tails)
