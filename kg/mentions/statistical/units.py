"""Text as units: the positions that the name model labels.

A unit is a character, except that a run of Latin letters is one unit and a number is one unit, so that
``SenseMARS`` or ``1.4`` do not push their neighbours out of the window the model sees.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T", bound=np.generic)
Ints = NDArray[np.int32]
Keys = NDArray[np.uint64]
View = tuple[str, int, Ints]
"""One view of every unit: its name, how many values it can take, the values."""

_OTHER, _SPACE, _DIGIT, _UPPER, _LOWER, _PUNCT, _HAN = range(7)
PAGE_BREAK = "\f"
"""Parts pages that are read together: nothing of one page is seen from another."""

SHAPES = 24
"""How many values :attr:`Units.shapes` can take."""

_LATIN_BIT = np.uint64(1 << 40)
_NUMBER_BIT = np.uint64(1 << 41)
_WIDE = str.maketrans(",:;!?()\"'「」『』‘’﹁﹂·•‧．", "，：；！？（）“““”“”“”“”····")
_POINTS = np.array([ord("."), ord(",")], dtype=np.uint32)


def _classes() -> NDArray[np.uint8]:
    """Character class by code point, for the Basic Multilingual Plane."""
    classes = np.full(0x10000, _OTHER, dtype=np.uint8)
    classes[0x4E00:0xA000] = classes[0x3400:0x4DC0] = _HAN
    classes[[0x20, 0x09, 0x0A, 0x0D, 0xA0, 0x3000]] = _SPACE
    for low, high, cls in ((0x30, 0x3A, _DIGIT), (0x41, 0x5B, _UPPER), (0x61, 0x7B, _LOWER)):
        classes[low:high] = cls
        classes[low + 0xFEE0 : high + 0xFEE0] = cls
    for ranges in ((0x21, 0x30), (0x3A, 0x41), (0x2010, 0x2040), (0x3001, 0x3020), (0xFF01, 0xFF10), (0xFF1A, 0xFF20)):
        classes[slice(*ranges)] = _PUNCT
    return classes


def _folded() -> NDArray[np.uint16]:
    """One code point for characters that differ in width or case only."""
    folded = np.arange(0x10000, dtype=np.uint16)
    folded[0xFF01:0xFF5F] -= 0xFEE0
    for code, wide in _WIDE.items():
        folded[code] = ord(wide) if isinstance(wide, str) else wide
    folded[0xFF01:0xFF5F] = folded[folded[0xFF01:0xFF5F]]
    folded[0x41:0x5B] += 32
    folded[0xFF21:0xFF3B] = folded[0x41:0x5B]
    return folded


_CLASS = _classes()
_FOLD = _folded()


@dataclass(frozen=True, slots=True)
class Units:
    """The units of a text, in order; together they cover it."""

    starts: Ints
    """Offset of each unit, in code points."""
    ends: Ints
    keys: Keys
    """What each unit is: a code point, a number's form or a Latin word's hash."""
    shapes: Ints
    """A small number for the kind of unit: Han, punctuation, year, capitals …"""
    index: Ints
    """Unit of each character of the text."""


def split(text: str) -> Units:
    """The units of ``text``, which is in Simplified script."""
    raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes = np.minimum(raw, 0xFFFF)
    classes = _CLASS[codes]
    _join_points(codes, classes)
    run = np.maximum(classes, _UPPER)  # both cases of Latin letters make one run
    run[classes == _UPPER] = _LOWER
    run[classes < _UPPER] = classes[classes < _UPPER]
    joined = np.zeros(len(codes), dtype=bool)
    joined[1:] = (run[1:] == run[:-1]) & ((run[1:] == _DIGIT) | (run[1:] == _LOWER))
    starts = np.flatnonzero(~joined).astype(np.int32)
    ends = np.append(starts[1:], len(codes)).astype(np.int32)
    keys, shapes = _describe(codes, classes, starts, ends)
    index = (np.cumsum(~joined) - 1).astype(np.int32)
    return Units(starts, ends, keys, shapes, index)


def _join_points(codes: NDArray[np.uint32], classes: NDArray[np.uint8]) -> None:
    """Class a point or comma between two digits as a digit."""
    digit = classes == _DIGIT
    if len(codes) > 2:
        between = np.isin(codes[1:-1], _POINTS) & digit[:-2] & digit[2:]
        classes[1:-1][between] = _DIGIT


def _describe(codes: NDArray[np.uint32], classes: NDArray[np.uint8], starts: Ints, ends: Ints) -> tuple[Keys, Ints]:
    """Keys and shapes of the units."""
    first = classes[starts]
    lengths = ends - starts
    keys = _FOLD[codes[starts]].astype(np.uint64)
    shapes = first.astype(np.int32)
    number, latin = first == _DIGIT, (first == _UPPER) | (first == _LOWER)
    if number.any():
        kind = _number_kind(codes, starts, lengths)
        keys[number] = _NUMBER_BIT | kind[number].astype(np.uint64)
        shapes[number] = 7 + kind[number]
    if latin.any():
        upper = np.add.reduceat((classes == _UPPER).astype(np.int32), starts)
        keys[latin] = _LATIN_BIT | (_word_hash(codes, starts[latin], ends[latin]) >> np.uint64(25))
        shapes[latin] = 15 + _latin_kind(upper, lengths, first)[latin]
    return keys, shapes


def _number_kind(codes: NDArray[np.uint32], starts: Ints, lengths: Ints) -> Ints:
    """0 to 7: number of digits, decimals, years."""
    kind = np.minimum(lengths, 5)
    pointed = np.add.reduceat(np.isin(codes, _POINTS).astype(np.int32), starts) > 0
    first, second = codes[starts], codes[np.minimum(starts + 1, len(codes) - 1)]
    year = (lengths == 4) & (((first == 0x31) & (second == 0x39)) | ((first == 0x32) & (second == 0x30)))
    kind[pointed] = 6
    kind[year] = 7
    return kind.astype(np.int32)


def _latin_kind(upper: Ints, lengths: Ints, first: NDArray[np.uint8]) -> Ints:
    """0 to 7: one letter, capitals short and long, capitalised, camel case, small letters."""
    kind = np.where(lengths == 1, 0, np.where(lengths <= 3, 6, 7))
    kind = np.where(upper == lengths, np.where(lengths == 1, 1, np.where(lengths <= 4, 2, 3)), kind)
    kind = np.where((first == _UPPER) & (upper == 1) & (lengths > 1), 4, kind)
    return np.where((upper > 1) & (upper < lengths), 5, kind).astype(np.int32)


def _word_hash(codes: NDArray[np.uint32], starts: Ints, ends: Ints) -> Keys:
    """A hash of the characters of each unit, given by its edges; case and width ignored."""
    offsets, word, _ = lay_out(starts, ends - 1)
    place = offsets - starts[word]
    mixed = (_FOLD[codes[offsets]].astype(np.uint64) + np.uint64(1)) * _POWERS[np.minimum(place, 63)]
    total: Keys = np.add.reduceat(mixed, np.flatnonzero(place == 0))
    return total * np.uint64(0x9E3779B97F4A7C15)


_POWERS = np.cumprod(np.full(64, 0x100000001B3, dtype=np.uint64))


def lay_out(starts: Ints, ends: Ints) -> tuple[Ints, Ints, Ints]:
    """All units of several stretches, one stretch after the other.

    Args:
        starts: first unit of each.
        ends: last unit of each, inclusive.

    Returns:
        The units, the numbers of the stretches they are of, and their places there: 0 inside, 1 first, 2 last, 3 alone.
    """
    lengths = ends - starts + 1
    after = np.cumsum(lengths)
    stretch = np.repeat(np.arange(len(starts), dtype=np.int32), lengths)
    units = np.arange(len(stretch), dtype=np.int32) + (starts - after + lengths)[stretch]
    place = np.zeros(len(stretch), dtype=np.int32)
    place[after - lengths] += 1
    place[after - 1] += 2
    return units.astype(np.int32), stretch, place


def page_breaks(units: Units) -> NDArray[np.bool_]:
    """Which units part pages."""
    breaks: NDArray[np.bool_] = units.keys == ord(PAGE_BREAK)
    return breaks


def shift(values: NDArray[T], by: int) -> NDArray[T]:
    """``values[i + by]`` at every ``i``, 0 beyond the ends."""
    moved = np.zeros_like(values)
    if by == 0:
        moved[:] = values
    elif by > 0:
        moved[:-by] = values[by:]
    else:
        moved[-by:] = values[:by]
    return moved
