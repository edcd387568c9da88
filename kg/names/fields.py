"""Clues between names of industries and technologies."""

from __future__ import annotations

from functools import lru_cache

from kg.names.clue import Clue, Form
from kg.names.folding import fold
from kg.names.titles import title_words


def one_field(short: Form, long: Form) -> Clue | None:
    """With or without 产业, 行业, 技术 (区块链 / 区块链技术)."""
    if field_core(short.name) == field_core(long.name):
        return Clue(0.95, "the same field, with or without 产业, 行业, 技术")
    return None


@lru_cache(maxsize=16384)
def field_core(name: str) -> str:
    """The name of the field without 产业 and its like; never empty.

    >>> field_core("人工智能产业")
    '人工智能'
    """
    text = fold(name).replace("+", "")  # 制造业+人工智能
    for tail in title_words().field_tails:
        if text.endswith(tail) and len(text) >= len(tail) + 2:
            return text[: -len(tail)]
    return text
