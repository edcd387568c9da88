"""How much each kind of evidence for a name counts: ``data/mentions/weights.yml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from kg.lexicon import table


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """What evidence adds, in log-odds; equal to itself alone, as :class:`Weights` is."""

    base: Mapping[str, float]
    """Class → log-odds of a candidate without evidence."""
    evidence: Mapping[str, Mapping[str, float]]
    """Kind of evidence (or ``any``) → class (or ``any``) → log-odds that full strength adds."""


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """The file ``data/mentions/weights.yml``; one is equal to itself alone, so that what it says can be kept."""

    read: Scale
    """For what a model proposes, among others or alone."""
    silent: Scale
    """For what it does not propose on a page that it has read."""
    unread: Scale
    """For pages with lexicon and patterns alone."""
    threshold: Mapping[str, float]
    """Class (or ``any``) → score that makes a mention."""
    rivalry: Mapping[str, float]
    """Source (or ``any``) → how strong a rival its proposals are to those they overlap."""
    probable: tuple[str, ...]
    """Sources whose score is a probability; their strength is its log-odds, scaled."""
    length: float
    """Exponent: of names that overlap, ``score × length ** this`` tells the better."""
    weak: float
    """A lexicon proposal with a score below this counts as the kind of evidence ``weak form``."""


class Added(dict[str, float]):
    """Kind of evidence → log-odds that full strength adds for one class."""

    def __init__(self, cls: str, scale: Scale) -> None:
        super().__init__({kind: row.get(cls, row["any"]) for kind, row in scale.evidence.items()})

    def __missing__(self, kind: str) -> float:
        """Of a kind that the scale does not list."""
        return self["any"]


@lru_cache(maxsize=64)
def added(cls: str, scale: Scale) -> Added:
    """What each kind of evidence adds for a class."""
    return Added(cls, scale)


def in_force() -> Weights:
    """The weights of the file, or those of the innermost :func:`weighing`."""
    return _others[-1] if _others else table("mentions/weights.yml", Weights)


_others: list[Weights] = []
"""Weights that take the place of the file's for a while, the last one in force."""


@contextmanager
def weighing(weights: Weights) -> Iterator[None]:
    """Decide by other weights than the file's inside a ``with``; for fitting them, and for tests."""
    _others.append(weights)
    try:
        yield
    finally:
        _others.pop()
