"""Sets that are joined step by step."""

from __future__ import annotations


class Union:
    """Disjoint sets over ``range(size)``; the root of a set is its smallest member."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def find(self, item: int) -> int:
        """The root of the set that holds ``item``."""
        parent = self._parent
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    def join(self, left: int, right: int) -> int:
        """Join two sets; returns the root of the result."""
        a, b = sorted((self.find(left), self.find(right)))
        self._parent[b] = a
        return a

    def sets(self) -> dict[int, list[int]]:
        """Members by root, both in ascending order."""
        found: dict[int, list[int]] = {}
        for item in range(len(self._parent)):
            found.setdefault(self.find(item), []).append(item)
        return found
