"""Yields what the tables of a page say: the thing of a row, what a cell names, and the head of the column between."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.lexicon import table
from kg.model import Span, cells
from kg.relations.findings import Finding
from kg.relations.grammar import joins
from kg.relations.scene import Scene

_NUMBER = re.compile("序号?|编号|No.?|#|")


@dataclass(frozen=True, slots=True)
class Column:
    """An entry of ``tables.yml``."""

    heads: tuple[str, ...]
    relations: tuple[str, ...]


class Head(NamedTuple):
    """What a column says."""

    relations: tuple[str, ...]
    text: str


def find(scene: Scene) -> Iterator[Finding]:
    """Findings of all tables, each cited from its row."""
    heads: list[Head | None] = []
    begun, numbered = None, False
    for number, (start, end) in enumerate(scene.sentences):
        if scene.kinds[number] != "table" or "\t" not in scene.text[start:end]:
            continue
        row = cells(scene.text, Span(start, end))
        if scene.block[number] != begun:
            numbered = _NUMBER.fullmatch(scene.text[slice(*row[0])].strip()) is not None
            begun, heads = scene.block[number], [_column(scene.text[first:last]) for first, last in row[numbered:]]
            continue
        yield from _row(scene, number, [_named(scene, *cell) for cell in row[numbered:]], heads)


def _column(head: str) -> Head | None:
    """What a head says; None if it says nothing of how things are tied."""
    columns = table("relations/tables.yml", tuple[Column, ...])
    return next((Head(c.relations, head.strip()) for c in columns if any(word in head for word in c.heads)), None)


def _named(scene: Scene, start: int, end: int) -> list[int]:
    """The mentions of a cell."""
    first = bisect_left(scene.mentions, start, key=lambda mention: mention.start)
    last = bisect_left(scene.mentions, end, key=lambda mention: mention.start)
    return [*range(first, last)]


def _row(scene: Scene, sentence: int, row: Sequence[list[int]], heads: Sequence[Head | None]) -> Iterator[Finding]:
    """The thing of a row stands in its first cell, or behind its number; what the other cells name is tied to it."""
    if not row or not row[0]:
        return
    for named, head in zip(row[1:], heads[1:], strict=False):
        if head:
            yield from filter(None, (_tied(scene, sentence, (row[0][0], index), head) for index in named))


def _tied(scene: Scene, sentence: int, pair: tuple[int, int], head: Head) -> Finding | None:
    """The first relation of the column that the classes of the two allow."""
    if scene.group[pair[0]] == scene.group[pair[1]]:
        return None
    for relation in head.relations:
        first, last = pair if relation.endswith(">") else pair[::-1]
        kind = relation[:-1]
        if (scene.mentions[first].cls, scene.mentions[last].cls) in joins(kind):
            role = head.text if kind == "holdsPosition" else ""
            return Finding(first, kind, last, sentence, f"{kind}/column", "asserted", role)
    return None
