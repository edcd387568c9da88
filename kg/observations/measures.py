"""What a number measures: the phrase as printed, its normal name where we know it, and the things it is told of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg.lexicon import table
from kg.observations.quantities import Quantity
from kg.words import either


class Measure(NamedTuple):
    """The measure of a number."""

    phrase: str
    """As printed, as short as the text allows; empty where the text does not say."""
    normal: str
    """Normal name, empty where we know none."""
    fit: Mapping[str, float]
    """What a class of thing adds to its score as subject."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of ``measures.yml``."""

    name: str
    words: tuple[str, ...]
    fit: Mapping[str, float]
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrases:
    """``phrases.yml``, explained there."""

    lead: tuple[str, ...]
    lead_single: tuple[str, ...]
    tail: tuple[str, ...]
    stop: tuple[str, ...]
    before_kinds: tuple[str, ...]
    growth: tuple[str, ...]


class _Rules(NamedTuple):
    lead: re.Pattern[str]
    tail: re.Pattern[str]
    stop: re.Pattern[str]
    growth: re.Pattern[str]
    before_kinds: frozenset[str]


GROWTH = ("增长率", "下降率")
"""Normal names of the measures that say how much another measure has changed."""
_QUOTES = re.compile("[“”「」《》]|^.*…")
_BREAK = re.compile(r"[，,；;。！？!?\n：:]")
REACH = 28
"""Characters before a number that are read for its measure."""


def measure(text: str, quantity: Quantity, floor: int, ceiling: int) -> Measure:
    """What a number measures.

    Args:
        text: the reading text.
        quantity: the number.
        floor: where the words before it begin to count (the number before, the start of the sentence).
        ceiling: where the words behind it end to count.
    """
    left, right = _left(text, max(floor, quantity.left - REACH), quantity.left), _right(text, quantity.right, ceiling)
    context = f"{left} {right}"
    row = _row(quantity.kind, context)
    return Measure(phrase(left, right, quantity.kind), row.name, row.fit)


def grown(what: Measure, before: str) -> Measure:
    """A rate of growth with what has grown: 产值…, 同比增长5% is the growth of 产值.

    Args:
        what: any measure.
        before: the phrase of the number before it in the sentence, empty where there is none.
    """
    if what.normal not in GROWTH:
        return what
    base = _rules().growth.sub("", what.phrase).strip() or _rules().growth.sub("", before).removesuffix("率")
    return what._replace(phrase=base + what.normal)


def named(name: str, kind: str) -> Measure:
    """The measure that the head of a row or column names."""
    row = _row(kind, name)
    return Measure(name, row.name, row.fit)


def phrase(left: str, right: str, kind: str) -> str:
    """The shorter telling side of a number: the noun behind it, else the phrase before it."""
    rules = _rules()
    noun = _noun(right)
    before = rules.tail.sub("", left)
    before = before[max((m.end() for m in rules.lead.finditer(before)), default=0) :] if before else ""
    before = before.strip(' -*•●◦·“”…—「」"、的（()）和与及或以')
    before, noun = (_QUOTES.sub("", words) for words in (before, noun))
    first, second = (before, noun) if kind in rules.before_kinds else (noun, before)
    return next((words for words in (first, second) if len(words) > 1), "")


def _noun(right: str) -> str:
    """The noun phrase that a number counts."""
    if not right or right[0] in '、）)”"':
        return ""
    stop = _rules().stop.search(right)
    return right[: stop.start()].lstrip("的") if stop else right.lstrip("的")


def _left(text: str, start: int, end: int) -> str:
    stretch = text[start:end].rstrip("：: *")  # 融资金额：1亿元
    breaks = [match.end() for match in _BREAK.finditer(stretch)]
    return stretch[breaks[-1] :] if breaks else stretch


def _right(text: str, start: int, end: int) -> str:
    stretch = text[start : min(end, start + 16)].lstrip("*")
    match = re.search(r"[，,；;。！？!?\n：:、()（）]", stretch)
    return stretch[: match.start()] if match else stretch


def _row(kind: str, context: str) -> Row:
    """The first row of ``measures.yml`` that the words fit."""
    for row, pattern in _table():
        if (not row.kinds or kind in row.kinds) and (pattern is None or pattern.search(context)):
            return row
    return Row("", (), {})


@cache
def _table() -> tuple[tuple[Row, re.Pattern[str] | None], ...]:
    rows = table("observations/measures.yml", tuple[Row, ...])
    return tuple((row, re.compile(either(row.words)) if row.words else None) for row in rows)


@cache
def _rules() -> _Rules:
    data = table("observations/phrases.yml", Phrases)
    return _Rules(
        re.compile(rf"{either(data.lead)}|(?:{either(data.lead_single)})(?![均度产营活薪入龄份报])"),
        re.compile(rf"(?:{either(data.tail)})+$"),
        re.compile(either(data.stop)),
        re.compile(either(data.growth)),
        frozenset(data.before_kinds),
    )
