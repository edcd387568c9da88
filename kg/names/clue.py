"""What a comparison takes and yields."""

from __future__ import annotations

from typing import NamedTuple

from kg.names.folding import fold

FAMILIES = {
    "Person": "person",
    "Official": "person",
    "Company": "organisation",
    "Institute": "organisation",
    "Organization": "organisation",
    "GovernmentBody": "organisation",
    "Park": "place",
    "District": "place",
    "Place": "place",
    "IndustryField": "field",
    "Policy": "policy",
    "Event": "event",
    "Product": "product",
}
"""Classes between which one thing may be read differently; names of two families are compared only for equality."""


class Form(NamedTuple):
    """A name with its class."""

    name: str
    """Simplified."""
    cls: str

    @property
    def folded(self) -> str:
        """See :func:`kg.names.fold`."""
        return fold(self.name)

    @property
    def family(self) -> str:
        """See :data:`FAMILIES`; a class the table lacks is its own family."""
        return FAMILIES.get(self.cls, self.cls)


class Clue(NamedTuple):
    """One reason to hold two names for one."""

    score: float
    """0 to 1; what it is compared with, see :mod:`kg.names.compare`."""
    reason: str
    """A sentence for a reader."""


def is_subsequence(short: str, long: str) -> bool:
    """Whether all letters of ``short`` stand in ``long`` in the same order."""
    rest = iter(long)
    return all(letter in rest for letter in short)
