"""Yields :class:`Rows`, the features that a model knows, and :class:`Clues`, those of a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from operator import add

from kg.relations.grammar import constructions

GRAMS = ("m2=", "l2=", "b2=", "a2=", "tb=", "ta=")
"""What features of two characters begin with: between the names, in the last clause between them, before the first,
after the second; and before and after a name whose partner is not in the sentence."""
FAMILIES = (
    "a$=", "b$=", "na=", "nb=", "ca=", "cb=", "R", "joint=", "x<", "x>", "first=", "ia=", "ib=", "w3=", "m=", "m<",
    "m>", "len=", "com=", "k=", "cm", "w2=", "cw", "l=", "t<", "t>", "tfirst=", "tw=", "tl2", "tl3", "tlen", "tc", "tm",
    "to", "tnew", "tfs", "tk", "tcw", "taw", "tr", "td=", "tB",
)  # fmt: skip
"""What the names of all other features that are looked up by value begin with."""
_NOWHERE = (0,) * len(GRAMS)
_FAMILY = re.compile("|".join(sorted(map(re.escape, (*FAMILIES, *GRAMS)), key=len, reverse=True)))


Row = int | None
"""Of a matrix; None, or 0, for a feature that is not known."""


class Rows:
    """The features that a model knows, by name, and their rows in its matrix; row 0 is that of no feature."""

    def __init__(self, names: Iterable[str]) -> None:
        """Number the names from 1, in their order."""
        self.known = {name: row for row, name in enumerate(names, 1)}
        tables: dict[str, dict[str, int]] = {family: {} for family in (*FAMILIES, *GRAMS)}
        for match, row in zip(map(_FAMILY.match, self.known), self.known.values(), strict=True):
            if match:
                tables[match[0]][match.string[match.end() :]] = row
        grams = [tables.pop(family) for family in GRAMS]
        self._grams = {gram: tuple(table.get(gram, 0) for table in grams) for gram in set().union(*grams)}
        self.of: Mapping[str, Callable[[str], Row]] = {
            "": self.known.get,
            **{family: table.get for family, table in tables.items()},
        }
        """The row of a feature by its family and by what follows that in its name; "" is the family of all features."""
        self._words: dict[str, list[Row]] = {}

    def words(self, family: str, classes: str = "") -> list[Row]:
        """The rows of the features that begin thus and end with a construction's name, by its number."""
        rows = self._words.get(family + classes)
        if rows is None:
            names = (f"{classes}{construction.name}" for construction in constructions())
            rows = self._words[family + classes] = [*map(self.of[family], names)]
        return rows

    def grams(self, text: str) -> Sequence[tuple[int, ...]]:
        """For every two characters that follow each other their rows as features of each of :data:`GRAMS`."""
        known = self._grams
        return [known.get(gram, _NOWHERE) for gram in map(add, text, text[1:])]


class Growing(Rows):
    """Rows of all features that are asked for: for training."""

    def __init__(self) -> None:
        """Begin without any."""
        super().__init__(())
        self.of = {family: partial(self._row, family) for family in ("", *FAMILIES)}

    def _row(self, family: str, value: str) -> int:
        return self.known.setdefault(family + value, len(self.known) + 1)

    def grams(self, text: str) -> Sequence[tuple[int, ...]]:
        """Likewise."""
        return [tuple(self._row(family, gram) for family in GRAMS) for gram in map(add, text, text[1:])]


class Clues:
    """What speaks for the pairs of a few pages: runs of rows, each there once for all pairs that share it."""

    def __init__(self, known: Rows) -> None:
        """Begin without any, to note what of it is known."""
        self.known = known
        self.flat: list[int] = []
        """The rows of all runs; each run begins with row 0, so that none is empty."""
        self.bounds = [0]
        """Where each run begins in ``flat``, and the last ends."""

    def add(self, rows: Iterable[Row]) -> int:
        """Add a run of those that are known; the number that it has from now on."""
        self.flat.append(0)
        self.flat += filter(None, rows)
        self.bounds.append(len(self.flat))
        return len(self.bounds) - 2

    def rows(self, numbers: Iterable[int]) -> list[int]:
        """The rows of several runs."""
        return [row for n in numbers for row in self.flat[self.bounds[n] + 1 : self.bounds[n + 1]]]
