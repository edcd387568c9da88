"""Names of a text, with probabilities, by a fitted model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from kg.mentions.gazetteer import Match, match
from kg.mentions.statistical.features import Template, templates
from kg.mentions.statistical.lattice import Clauses, Floats, clauses, evaluate, stretches
from kg.mentions.statistical.units import PAGE_BREAK
from kg.mentions.statistical.weights import NameModel

_GAP = 4 * PAGE_BREAK
"""Wider than the window in which the model sees a unit's neighbours."""


class Guess(NamedTuple):
    """A stretch that may be a name."""

    start: int
    """Offset in code points."""
    end: int
    """Exclusive."""
    cls: str
    chance: float
    """Probability that exactly this stretch is a name of this class, 0 to 1."""


def guesses(text: str, model: NameModel, least: float = 0.15) -> list[Guess]:
    """What may be names in a text, by start and end; they may overlap.

    Args:
        text: Simplified script.
        model: fitted.
        least: smallest probability that is reported.
    """
    return guesses_of_pages([text], model, least)[0]


def guesses_of_pages(texts: Sequence[str], model: NameModel, least: float = 0.15) -> list[list[Guess]]:
    """What may be names in each of several texts, as :func:`guesses` finds it in each alone.

    Arithmetic over several short texts at once costs little more than over one.
    """
    units, views = templates(_GAP.join(texts), model.vocabulary, model.labels.classes, _matches(texts))
    cut = clauses(units)
    if not cut.steps:
        return [[] for _ in texts]
    field = evaluate(_scores(views, model, cut), model.follow, model.labels, cut)
    found = stretches(field, model.follow, model.labels, cut, least)
    starts, ends = units.starts[found.starts], units.ends[found.ends]
    chances = found.chances.tolist()
    pages, begin = [], 0
    for text in texts:
        first, last = np.searchsorted(starts, (begin, begin + len(text)))
        columns = (starts[first:last] - begin, ends[first:last] - begin, found.classes[first:last])
        rows = zip(*(column.tolist() for column in columns), chances[first:last], strict=True)
        pages.append([Guess(a, b, model.labels.classes[cls], round(chance, 4)) for a, b, cls, chance in rows])
        begin += len(text) + len(_GAP)
    return pages


def _matches(texts: Sequence[str]) -> Iterator[Match]:
    """The curated names of all texts, by their places in the joined one."""
    begin = 0
    for text in texts:
        for found in match(text):
            yield Match(begin + found.start, begin + found.end, found.entries, found.strength)
        begin += len(text) + len(_GAP)


def _scores(views: list[Template], model: NameModel, cut: Clauses) -> Floats:
    """Score of every label at every unit, in the order of the clauses."""
    total = np.zeros((len(cut.order), model.labels.count), dtype=np.int16)
    row = np.empty_like(total, dtype=np.int8)
    for view, lookup in zip(views, model.lookups, strict=True):
        rows = lookup.take(view.values.take(cut.order, mode="clip"), mode="clip")
        model.weights.take(rows, axis=0, out=row, mode="clip")  # clip spares numpy a copy; all are in range
        total += row
    return total.astype(np.float32) * np.float32(model.scale)


def best(found: list[Guess]) -> list[Guess]:
    """The guesses that can all be true together, surest first taken, by start."""
    kept: list[Guess] = []
    reach: set[int] = set()
    for guess in sorted(found, key=lambda g: (-g.chance, g.start)):
        places = range(guess.start, guess.end)
        if reach.isdisjoint(places):
            reach.update(places)
            kept.append(guess)
    return sorted(kept)
