"""A frozen map from 64-bit keys to small numbers that looks up whole arrays at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kg.mentions.statistical.units import Ints, Keys

_MIX = np.uint64(0x9E3779B97F4A7C15)
_EMPTY = np.uint64(0xFFFFFFFFFFFFFFFF)


class KeyMap:
    """Open addressing with linear probing; key number ``i`` maps to ``i + 1``, all others to 0."""

    def __init__(self, keys: Keys) -> None:
        """Lay out the table.

        Args:
            keys: distinct.
        """
        self.size = len(keys)
        self._bits = max(int(2 * len(keys) - 1).bit_length(), 4)
        self._keys: NDArray[np.uint64] = np.full(1 << self._bits, _EMPTY)
        self._values: Ints = np.zeros(1 << self._bits, dtype=np.int32)
        self._insert(keys)

    def keys(self) -> Keys:
        """The keys by number."""
        used = self._values > 0
        keys: Keys = np.empty(self.size, dtype=np.uint64)
        keys[self._values[used] - 1] = self._keys[used]
        return keys

    def _slots(self, keys: Keys) -> NDArray[np.int64]:
        return ((keys * _MIX) >> np.uint64(64 - self._bits)).astype(np.int64)

    def _insert(self, keys: Keys) -> None:
        """Place all keys, those that find their slot taken one slot further, again and again."""
        waiting = np.arange(len(keys))
        slots = self._slots(keys)
        while len(waiting):
            free = self._keys[slots] == _EMPTY
            chosen, first = np.unique(slots[free], return_index=True)
            winners = np.flatnonzero(free)[first]
            self._keys[chosen] = keys[waiting[winners]]
            self._values[chosen] = waiting[winners] + 1
            left = np.ones(len(waiting), dtype=bool)
            left[winners] = False
            waiting, slots = waiting[left], (slots[left] + 1) & ((1 << self._bits) - 1)

    def look_up(self, keys: Keys) -> Ints:
        """For every key its number plus one, or 0 where it is unknown."""
        slots = self._slots(keys)
        found = self._keys[slots]
        values = np.where(found == keys, self._values[slots], 0)
        rest = np.flatnonzero((found != keys) & (found != _EMPTY))
        slots = slots[rest]
        while len(rest):
            slots = (slots + 1) & ((1 << self._bits) - 1)
            found = self._keys[slots]
            hit = found == keys[rest]
            values[rest[hit]] = self._values[slots[hit]]
            going = ~hit & (found != _EMPTY)
            rest, slots = rest[going], slots[going]
        return values
