"""Yields :class:`Words`: where the words of a list stand in a text, in one pass (Aho-Corasick).

Thousands of words cost no more than one, which is why the rules search by words first and look at the
neighbourhood of a hit only then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

V = TypeVar("V")

_HALVES = re.compile("[\ud800-\udfff]")
"""Surrogates, which no file decodes to, but a caller's string may hold."""


def either(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest that fits."""
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))


class Hit(NamedTuple, Generic[V]):
    """A word of a list in a text."""

    start: int
    """Offset in code points."""
    end: int
    value: V
    """What the list says about the word."""


class Words(Generic[V]):
    """A set of words, each with a value, that can be searched for together."""

    __slots__ = ("_automaton", "_overlapping", "values")

    def __init__(self, words: Mapping[str, V], *, overlapping: bool = False) -> None:
        """Make them searchable.

        Args:
            words: none empty.
            overlapping: find all that stand in a text; otherwise, leftmost first, of those that begin together the
                longest, and none that overlaps one found before.
        """
        kind = MatchKind.Standard if overlapping else MatchKind.LeftmostLongest
        self._automaton = AhoCorasick(words, matchkind=kind, store_patterns=False)
        self._overlapping = overlapping
        self.values = tuple(words.values())
        """What the list says about each word, by number."""

    def find(self, text: str) -> Iterator[Hit[V]]:
        """The words in a text, by where they end."""
        return (Hit(start, end, self.values[number]) for number, start, end in self.places(text))

    def places(self, text: str) -> list[tuple[int, int, int]]:
        """Number, start and end of the words in a text, by where they end. Quicker where there are many."""
        try:
            return self._automaton.find_matches_as_indexes(text, overlapping=self._overlapping)
        except UnicodeEncodeError:
            return self._automaton.find_matches_as_indexes(_HALVES.sub("\ufffd", text), overlapping=self._overlapping)


def flat(rows: Iterable[Iterable[str]]) -> list[str]:
    """The words of a list that a data file breaks into rows."""
    return [word for row in rows for word in row]
