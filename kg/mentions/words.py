"""Automata over word lists: where the words of a data file stand in a text, in one pass.

Thousands of words cost no more than one, which is why the rules search by words first and look at the
neighbourhood of a hit only then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

import ahocorasick

V = TypeVar("V")


def either(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest that fits."""
    return "|".join(map(re.escape, sorted(set(words), key=len, reverse=True)))


class Hit(NamedTuple, Generic[V]):
    """A word of a list in a text."""

    start: int
    """Offset in code points."""
    end: int
    value: V
    """What the list says about the word."""


class Words(Generic[V]):
    """A set of words, each with a value, that can be searched for together."""

    __slots__ = ("_automaton",)

    def __init__(self, words: Mapping[str, V]) -> None:
        self._automaton = ahocorasick.Automaton()
        for word, value in words.items():
            self._automaton.add_word(word, (len(word), value))
        self._automaton.make_automaton()

    def find(self, text: str) -> Iterator[Hit[V]]:
        """The words in ``text``, leftmost first, of those that begin together the longest, none overlapping."""
        for last, (length, value) in self._automaton.iter_long(text):
            yield Hit(last - length + 1, last + 1, value)

    def ends(self, text: str) -> Iterator[tuple[int, tuple[int, V]]]:
        """The same words: where the last character stands, and the word's length and value. Quicker where many are."""
        found: Iterator[tuple[int, tuple[int, V]]] = self._automaton.iter_long(text)
        return found


def flat(rows: Iterable[Iterable[str]]) -> list[str]:
    """The words of a list that a data file breaks into rows."""
    return [word for row in rows for word in row]
