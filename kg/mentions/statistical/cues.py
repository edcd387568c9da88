"""Cue words, quotes and brackets around each unit, as feature templates of the name model.

A name is often told by a word some way off: 研究院 ends what began ten characters before, a post stands before
a person. The word list is ``data/models/names-cues.yml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kg.lexicon import table
from kg.mentions.statistical.units import Ints, Units, View, lay_out, page_breaks
from kg.words import Words

_AHEAD = np.array([0, 1, 2, 3, 4, 5, 6, 6, 7, 7, 7, 8, 8, 8, 8, 8, 9, 9, 9, 9], dtype=np.int32)
_PLACES = np.array([1, 0, 2, 3], dtype=np.int32)
"""Inside a cue, first, last and alone there, as the model numbers them."""
_CODES = {name: ord(name) for name in "，。；！？、：\n\f《》“”（）"}
_BARRIERS = np.array([_CODES[c] for c in "，。；！？、：\n\f"], dtype=np.uint64)


def cue_views(text: str, units: Units) -> Iterator[View]:
    """The templates about cue words."""
    starts, ends, kinds, names = _cues(text, units)
    n, count = len(units.starts), len(names) + 1
    begin, end, inside = np.zeros(n, np.int32), np.zeros(n, np.int32), np.zeros(n, np.int32)
    begin[starts] = kinds
    end[ends] = kinds
    unit, cue, place = lay_out(starts, ends)
    inside[unit] = kinds[cue] * 4 + _PLACES[place]
    yield "cue", count * 4 + 4, inside
    barrier = np.isin(units.keys, _BARRIERS)
    for name, low, high in (("strong-ahead", 1, _weak()), ("weak-ahead", _weak(), _tails())):
        distance, kind = _ahead(begin * ((begin >= low) & (begin < high)), barrier)
        yield name, count * 10, kind * 10 + _AHEAD[np.minimum(distance, 19)]
    posts = begin * (begin >= _tails())
    distance, kind = _ahead(posts, barrier)
    yield "post-ahead", count * 8, np.where(distance < 8, kind * 8 + distance, 0)
    distance, behind = _ahead(end[::-1], barrier[::-1])
    distance, behind = distance[::-1], behind[::-1]
    yield "cue-behind", count * 8, np.where(distance < 8, behind * 8 + distance, 0)


def _ahead(kinds: Ints, barrier: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Distance to the nearest cue at or after each unit, and its kind; 0 where a mark or 20 units come first."""
    n = len(kinds)
    places = np.where((kinds > 0) | barrier, np.arange(n), n)
    nearest = np.minimum.accumulate(places[::-1])[::-1]
    distance = (nearest - np.arange(n)).astype(np.int32)
    kind = np.append(kinds, 0)[nearest]
    kind[distance >= len(_AHEAD)] = 0
    return distance, kind.astype(np.int32)


def _cues(text: str, units: Units) -> tuple[Ints, Ints, Ints, tuple[str, ...]]:
    """First and last unit and kind of the cues of a text: leftmost, then longest, none overlapping."""
    words, kinds, names = _words()
    number, start, end = np.array(words.places(text), dtype=np.int32).reshape(-1, 3).T
    return units.index[start], units.index[end - 1], kinds[number], names


@cache
def _words() -> tuple[Words[int], Ints, tuple[str, ...]]:
    """The cues; by the number of each that of its kind; and the kinds from 1."""
    kinds = table("models/names-cues.yml", dict[str, tuple[str, ...]])
    names = tuple(sorted(kinds, key=lambda kind: (kind.startswith(_BESIDE), kind.endswith(_LOOSE), kind)))
    words = Words({word: number for number, kind in enumerate(names, 1) for word in kinds[kind]})
    return words, np.array(words.values, dtype=np.int32), names


_BESIDE = ("title", "speech", "byline", "kind")
"""Kinds that stand beside a name; all others end one."""


_LOOSE = ("_weak", "_head", "field", "product", "place")
"""Kinds that end a name but stand inside names and phrases as often."""


@cache
def _weak() -> int:
    """Number of the first kind that ends a name loosely."""
    return 1 + sum(not kind.startswith(_BESIDE) and not kind.endswith(_LOOSE) for kind in _words()[2])


@cache
def _tails() -> int:
    """Number of the first kind that stands beside a name."""
    return 1 + sum(not kind.startswith(_BESIDE) for kind in _words()[2])


def bracket_views(units: Units) -> Iterator[View]:
    """Where in 《》, “” and （） a unit stands: distance to both ends, up to three."""
    for left, right in ("《》", "“”", "（）"):
        opens, closes = units.keys == _CODES[left], units.keys == _CODES[right]
        yield f"in{left}{right}", 27, _inside(opens, closes, page_breaks(units))


def _inside(opens: NDArray[np.bool_], closes: NDArray[np.bool_], breaks: NDArray[np.bool_]) -> Ints:
    n = len(opens)
    places = np.arange(n)
    opened = np.maximum.accumulate(np.where(opens, places, -1))
    closed = np.maximum.accumulate(np.where(closes | breaks, places, -1))
    closing = np.minimum.accumulate(np.where(closes, places, n)[::-1])[::-1]
    reopening = np.minimum.accumulate(np.where(opens | breaks, places, n)[::-1])[::-1]
    inside = (opened > closed) & (closing < n) & (closing - opened < 40) & ~opens & ((reopening > closing) | opens)
    value = 1 + np.minimum(places - opened - 1, 4) * 5 + np.minimum(closing - places - 1, 4)
    return np.where(inside, value, 0).astype(np.int32)
