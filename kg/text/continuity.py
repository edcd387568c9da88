"""Whether one text reads as the continuation of another: a small model of character sequences.

The model counts which character follows which one and two others, and which begin a sentence. A start is judged by the
odds that its first characters follow the end of the other text, against those that they begin a sentence.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec

START = "\n"
"""Stands before the first character of a sentence."""
LOOK = 4
"""Characters of the start that are judged."""
_WEIGHTS = (0.6, 0.3, 0.1)
"""Of what two characters, one and none before say about the next."""
_FIGURE, _LATIN = re.compile(r"[0-9]+(?:[.,][0-9]+)*"), re.compile(r"[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Model:
    """Counts of sequences of one to three characters."""

    counts: Mapping[str, int]
    total: int
    """Characters counted."""

    def odds(self, left: str, right: str) -> float:
        """Natural logarithm of the odds that ``right`` goes on where ``left`` breaks off, and begins no sentence."""
        before, after = plain(left[-12:])[-2:], plain(right[:24])[:LOOK]
        return sum(
            math.log(self._probability(before + after[:i], c) / self._probability(START + after[:i], c))
            for i, c in enumerate(after)
        )

    def _probability(self, context: str, c: str) -> float:
        """Of a character behind a text."""
        counts, chance = self.counts, _WEIGHTS[2] * (self.counts.get(c, 0) + 1) / (self.total + 10_000)
        for weight, size in zip(_WEIGHTS, (2, 1), strict=False):
            seen = counts.get(context[-size:], 0) if len(context) >= size else 0
            if seen:
                chance += weight * counts.get(context[-size:] + c, 0) / seen
        return chance


def plain(text: str) -> str:
    """The text with one sign for any figure and one for any Latin word."""
    return _LATIN.sub("A", _FIGURE.sub("0", text))


@cache
def load() -> Model:
    """The model that ships."""
    packed = files("kg").joinpath("data", "models", "continuity", "counts.msgpack.z").read_bytes()
    counts = msgspec.msgpack.decode(zlib.decompress(packed), type=dict[str, int])
    return Model(counts, sum(number for sequence, number in counts.items() if len(sequence) == 1))
