"""Yields :class:`Reach`: which names are worth weighing as a pair, by their classes and how far apart they stand.

A page has many more pairs than facts, and most of them are of classes that are never related at such a distance. The
model learns from annotated articles how far it has to look.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache

from kg.relations.grammar import CLASSES, joins, signatures

FAR = 90
"""Names further apart than this many characters of a strip are never paired."""

Classes = tuple[str, str]
"""Of the name that is printed or spoken of first, and of the other."""


@cache
def labels(first: str, second: str) -> tuple[str, ...]:
    """The relations that two classes allow, with the direction: ``locatedIn>`` has the first as head, ``<`` as tail."""
    forward = [f"{r}>" for r in signatures().relations if (first, second) in joins(r)]
    backward = [f"{r}<" for r in signatures().relations if (second, first) in joins(r) and r != "cooperatesWith"]
    return (*forward, *backward)


def _everywhere() -> dict[Classes, int]:
    return {(first, second): FAR for first in CLASSES for second in CLASSES if labels(first, second)}


@dataclass(frozen=True, slots=True)
class Reach:
    """Without arguments: as far as relations of their classes exist at all."""

    apart: Mapping[Classes, int] = field(default_factory=_everywhere)
    """How many characters of a strip two names may be apart; classes that are missing are related nowhere."""
    idle: AbstractSet[tuple[str, Classes]] = frozenset()
    """Why a sentence may speak of a name without naming it (see :meth:`kg.relations.discourse.Discourse.topics`), the
    name's class and that of what it names, where nothing comes of it."""
