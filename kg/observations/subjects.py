"""Whose number it is: the named thing that a sentence tells a number of.

Every named thing around the number is weighed (``weights.yml``): where it stands, what part it plays, how well
its class fits the measure. The best one wins, or nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from math import exp

from kg.observations.candidates import Candidate, Surroundings, candidates_of
from kg.observations.clues import data_of, weights_of
from kg.observations.features import Features, features, name_of, nobody
from kg.observations.lists import counted_names
from kg.observations.measures import Measure
from kg.observations.page import Page
from kg.observations.quantities import Quantity
from kg.observations.roles import UNNAMED, Occurrence

SCALE = 2.5
"""How many points of weight make one of log-odds: the weights set by hand are that steep."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The subject of a number."""

    index: int
    """Index into the document's mentions."""
    chance: float
    """How likely it is that the number is told of it, 0 to 1."""
    place: str
    """The weight of ``weights.yml`` that names where the subject stood."""


def choose(around: Surroundings, quantity: Quantity, measure: Measure) -> Choice | None:
    """The subject of a number, None where the text names none.

    Args:
        around: the page and the number before.
        quantity: the number.
        measure: what it measures.
    """
    items = counted_names(around, quantity)
    found = rivals(around, quantity, items)
    scores = [weighed(features(around, quantity, measure, candidate)) for candidate in found]
    others = weighed(nobody(around, quantity, items))
    best = max(scores, default=others)
    winner = found[scores.index(best)] if scores and best >= others else None
    if winner is None or winner.occurrence.index == UNNAMED:
        return None
    name = name_of(around.page, winner.occurrence)
    odds = [exp((score - best) / SCALE) for score in scores]
    own = sum(
        part for part, candidate in zip(odds, found, strict=True) if name_of(around.page, candidate.occurrence) == name
    )
    return Choice(winner.occurrence.index, own / (sum(odds) + exp((others - best) / SCALE)), winner.place)


def rivals(around: Surroundings, quantity: Quantity, items: Sequence[Occurrence]) -> list[Candidate]:
    """What could own a number: not the names that it counts, nor 我们 where the speaker's house is known."""
    found = [candidate for candidate in candidates_of(around, quantity) if candidate.occurrence not in items]
    if any(candidate.place == "quoted" for candidate in found):
        return [candidate for candidate in found if not _is_speaker(around.page, candidate)]
    return found


def weighed(features: Features) -> float:
    """The sum of features, each times its weight."""
    get = weights_of().weights.get
    sized = sum([get(name, 0.0) * size for name, size in features.sizes.items()])
    return sized + sum(map(get, features.names, repeat(0.0)))


def _is_speaker(page: Page, candidate: Candidate) -> bool:
    """Whether a candidate is 我们 or 公司, which stand for the house of who is quoted."""
    occurrence = candidate.occurrence
    return page.text[occurrence.start : occurrence.end] in data_of().first_person
