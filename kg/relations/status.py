"""Yields the status of a statement: does it hold, did it, shall it, is it denied?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.lexicon import table
from kg.model import Status


@dataclass(frozen=True, slots=True)
class Marks:
    """``status.yml``: words that keep a clause from stating a fact."""

    planned: tuple[str, ...]
    past: tuple[str, ...]
    negated: tuple[str, ...]


def status_at(text: str, start: int, end: int) -> Status:
    """The status of what ``text[start:end]`` of a strip states, read with the clause around it."""
    left = max(text.rfind(mark, 0, start) for mark in "，；。：") + 1
    clause = text[left:end]
    for status, pattern in _marks():
        if pattern.search(clause):
            return status
    right = re.search("[。！？；]|$", text[end:])
    tail = text[end : end + (right.end() if right else 0)]
    return "negated" if tail.endswith("？") else "asserted"


@cache
def _marks() -> tuple[tuple[Status, re.Pattern[str]], ...]:
    marks = table("relations/status.yml", Marks)
    return (
        ("negated", re.compile("|".join(marks.negated))),
        ("planned", re.compile("|".join(marks.planned))),
        ("past", re.compile("|".join(marks.past))),
    )
