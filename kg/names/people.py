"""Clues for people: full names, surname with title, the last part of a foreign name."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.names.clue import Clue, Form
from kg.names.folding import fold, plain
from kg.names.titles import title_words

_DOTS = re.compile(r"[·•・‧∙.．\s]+")


def without_honour(short: Form, long: Form) -> Clue | None:
    """The full name with and without a title (顾望之 / 顾望之院士)."""
    left, right = _bare(short.name), _bare(long.name)
    if len(left) >= 2 and left == right and _surname(left) != left:
        return Clue(0.95, "the same full name, with a title")
    return None


def surname_and_honour(short: Form, long: Form) -> Clue | None:
    """Surname and title for somebody the page names in full (顾院士 / 顾望之)."""
    if fold(short.name) == _bare(short.name):  # 顾望之 and 顾院士 are equally long
        short, long = long, short
    bare = _bare(short.name)
    full = _bare(long.name)
    if bare != fold(short.name) and bare == _surname(full) and len(full) > len(bare):
        return Clue(0.75, "the surname with a title")
    return None


def last_part(short: Form, long: Form) -> Clue | None:
    """One part of a foreign name (奥康纳 / 玛丽·奥康纳)."""
    parts = [fold(part) for part in _DOTS.split(plain(long.name)) if part]
    bare = _bare(short.name)
    if len(parts) > 1 and len(bare) >= 2 and bare in (parts[-1], parts[0]):
        return Clue(0.85 if bare == parts[-1] else 0.75, "one part of a foreign name")
    return None


@lru_cache(maxsize=65536)
def _bare(name: str) -> str:
    text = fold(name)
    for honour in _honours():
        if len(text) > len(honour) and text.endswith(honour) and _may_cut(text, honour):
            return text[: -len(honour)]
    return text


@cache
def _honours() -> tuple[str, ...]:
    """The longest first."""
    return tuple(sorted(title_words().honours, key=len, reverse=True))


def _may_cut(text: str, honour: str) -> bool:
    """One-letter honours (总, 工) are also given names: they count only after a bare surname."""
    return len(honour) > 1 or text[:-1] == _surname(text)


def _surname(text: str) -> str:
    return text[:2] if text[:2] in title_words().surnames else text[:1]
