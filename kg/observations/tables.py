"""Numbers in the tables of a page: years and measures across and down, units in the heads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kg import model
from kg.lexicon import table
from kg.model import Span
from kg.observations.numerals import Numbers, parse, scaled
from kg.observations.page import Page
from kg.observations.quantities import Quantity, Unit


class Cell(NamedTuple):
    """A figure of a table with what its row and column say of it."""

    quantity: Quantity
    measure: str
    """Head of its row or column, without the unit; empty where there is none."""
    time: str
    """Year of its row or column, empty where there is none."""


class _Text(NamedTuple):
    """A cell as printed."""

    start: int
    """Reading offset."""
    text: str


class _Head(NamedTuple):
    """What a head cell says."""

    measure: str
    time: str
    factor: float
    unit: str
    kind: str


_YEAR = re.compile(r"(?:\d{4}[-—至])?((?:19|20)\d\d)年?(?:底|末|度)?$")
_LINE = re.compile("[^\n]+")
_VALUE = re.compile(r"[-−]?\d[\d,，]*(?:\.\d+)?")


def cells(page: Page) -> list[Cell]:
    """The figures of all tables whose cells are bare numbers, in order; numbers with units are read as text."""
    found: list[Cell] = []
    for block in page.blocks:
        if block.kind == "table":
            found.extend(_cells(_rows(page.text, block.start, block.end)))
    return found


def _rows(text: str, start: int, end: int) -> list[list[_Text]]:
    """The cells of a table, row by row."""
    rows = []
    for line in _LINE.finditer(text, start, end):
        row = [
            _Text(s + len(text[s:e]) - len(text[s:e].lstrip()), text[s:e].strip())
            for s, e in model.cells(text, Span(*line.span()))
        ]
        if len(row) > 1:
            rows.append(row)
    return rows


def _cells(rows: list[list[_Text]]) -> Iterator[Cell]:
    if len(rows) < 2:
        return
    heads = [_head(cell.text) for cell in rows[0]]
    for row in rows[1:]:
        side = _head(row[0].text)
        for head, cell in zip(heads[1:], row[1:], strict=False):
            if _VALUE.fullmatch(cell.text):
                yield _figure(cell, side, head, heads[0])


def _figure(cell: _Text, side: _Head, head: _Head, corner: _Head) -> Cell:
    """A figure from the heads of its row and column; the unit stands in one of them or in the corner."""
    unit = next((h for h in (head, side, corner) if h.unit), corner)
    value = scaled(parse(cell.text.replace("−", "-").lstrip("-")) or 0.0, unit.factor)
    sign = -1.0 if cell.text[0] in "-−" else 1.0
    end = cell.start + len(cell.text)
    quantity = Quantity(
        cell.start, end, sign * value, unit.unit, unit.kind, "数值", cell.text, left=cell.start, right=end
    )
    time = side.time or head.time
    named = [h.measure for h in (side, head) if h.measure and not h.time]
    return Cell(quantity, named[-1] if side.time or len(named) > 1 else "".join(named), time)


def _head(text: str) -> _Head:
    """What the head of a row or column says: a year, or a measure with its unit in brackets."""
    year = _YEAR.fullmatch(text)
    match = _unit().search(text)
    if year:
        return _Head("", year[1], 1.0, "", "index")
    if match is None:
        return _Head(text, "", 1.0, "", "index")
    factor = table("observations/numbers.yml", Numbers).multipliers.get(match["factor"], 1.0)
    kind = next(row.kind for row in _units() if match["unit"] in row.forms)
    return _Head(text[: match.start()].strip(), "", factor, match["unit"], kind)


@cache
def _unit() -> re.Pattern[str]:
    numbers = table("observations/numbers.yml", Numbers)
    factors = "|".join(sorted(numbers.multipliers, key=lambda word: -len(word)))
    forms = sorted((form for row in _units() for form in row.forms), key=lambda word: -len(word))
    return re.compile(rf"[(（](?:单位[:：])?(?P<factor>{factors})?(?P<unit>{'|'.join(map(re.escape, forms))})[)）]")


def _units() -> tuple[Unit, ...]:
    return table("observations/units.yml", tuple[Unit, ...])
