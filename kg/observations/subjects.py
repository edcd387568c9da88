"""Whose number it is: the named thing that a sentence tells a number of.

Every named thing around the number is weighed (``weights.yml``): where it stands, what part it plays, how well
its class fits the measure. The best one wins, or nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, log

from kg.observations.candidates import Candidate, Surroundings, candidates_of
from kg.observations.clues import data_of, rules_of, weights_of
from kg.observations.lists import counted_names, is_gathered
from kg.observations.measures import Measure
from kg.observations.page import Page
from kg.observations.quantities import Quantity
from kg.observations.roles import UNNAMED, Occurrence

SCALE = 2.5
"""How many points of weight make one of log-odds: the weights set by hand are that steep."""
_STEP = {"before": "per_clause", "ahead": "per_clause", "behind": "per_sentence"}
_BEHIND = ("adjunct", "placed", "introduced", "contained", "at")
_ELSEWHERE = {
    "attribute": _BEHIND,
    "inbound": _BEHIND,
    "here": ("introduced", "rowed"),
    "before": ("rowed",),
    "behind": ("introduced",),
}
"""Roles that do not count where a candidate stands in that place."""

_ABOVE = frozenset({"heading", "over", "title"})
_FAR = frozenset({"behind", "paragraph", "over", "title"})
_SIZES = frozenset({"area", "length", "money", "computing", "energy", "weight"})
_COUNTS = frozenset({"enterprises", "persons", "counts"})
_DIGIT = re.compile(r"\d")
_FEW = 10
_VERY_FEW = 4
"""Below this a count in words is mostly told in passing: 两家企业."""


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
    name = _name(around.page, winner.occurrence)
    odds = [exp((score - best) / SCALE) for score in scores]
    own = sum(
        part for part, candidate in zip(odds, found, strict=True) if _name(around.page, candidate.occurrence) == name
    )
    return Choice(winner.occurrence.index, own / (sum(odds) + exp((others - best) / SCALE)), winner.place)


def rivals(around: Surroundings, quantity: Quantity, items: Sequence[Occurrence]) -> list[Candidate]:
    """What could own a number: not the names that it counts, nor 我们 where the speaker's house is known."""
    found = [candidate for candidate in candidates_of(around, quantity) if candidate.occurrence not in items]
    if any(candidate.place == "quoted" for candidate in found):
        return [candidate for candidate in found if not _is_speaker(around.page, candidate)]
    return found


Features = Iterator[tuple[str, float]]


def weighed(features: Features) -> float:
    """The sum of features, each times its weight."""
    weights = weights_of().weights
    return sum(weights.get(name, 0.0) * value for name, value in features)


def nobody(around: Surroundings, quantity: Quantity, items: Sequence[Occurrence]) -> Features:
    """What speaks for a number that is nobody's; ``items`` are the names that it counts."""
    yield "nobody", 1.0
    yield f"nobody: {quantity.kind}", 1.0
    if items and not is_gathered(around.page, items[0], quantity):
        yield "counting", 1.0
    if _is_required(around.page, quantity):
        yield "required", 1.0


def _describes(page: Page, quantity: Quantity) -> bool:
    """Whether a size stands before the noun that it is told of: 长约11公里的岸线."""
    return quantity.kind in _SIZES and page.text.startswith("的", quantity.right)


def _is_required(page: Page, quantity: Quantity) -> bool:
    """Whether a number is a condition that unnamed things must meet: 营业收入不超过2亿元的企业."""
    hedge = page.text[quantity.left : quantity.start]
    return hedge.startswith(("不超", "不低", "不少", "不高", "不足", "至少")) and _describes(page, quantity)


def _is_speaker(page: Page, candidate: Candidate) -> bool:
    """Whether a candidate is 我们 or 公司, which stand for the house of who is quoted."""
    occurrence = candidate.occurrence
    return page.text[occurrence.start : occurrence.end] in data_of().first_person


def features(around: Surroundings, quantity: Quantity, measure: Measure, candidate: Candidate) -> Features:
    """What speaks for a candidate being the subject of a number."""
    occurrence, place, steps = candidate
    yield place, 1.0
    for part in _parts(around, quantity, candidate):
        yield part, 1.0
    if place in _STEP:
        yield _STEP[place], float(steps)
    if place in _FAR and _describes(around.page, quantity):
        yield "describing", 1.0
    if occurrence.index == UNNAMED:
        if "introduced" in occurrence.roles:
            yield "made", 1.0
        return
    if occurrence.cls in measure.fit:
        yield "fit", measure.fit[occurrence.cls]
    else:
        yield occurrence.cls, 1.0
    yield f"{occurrence.cls}: {quantity.kind}", 1.0
    yield from _on_page(around, candidate)


def _on_page(around: Surroundings, candidate: Candidate) -> Features:
    """What the page as a whole says for a name."""
    occurrence = candidate.occurrence
    name = around.page.mentions[occurrence.index].name
    times = around.named[name]
    yield "often", log(times)
    if 1 < times == around.main[occurrence.cls]:
        yield f"main {occurrence.cls}", 1.0
    if name == around.last and candidate.place != "here":
        yield "last", 1.0
    if name in data_of().wide:
        yield "wide", 1.0


def _parts(around: Surroundings, quantity: Quantity, candidate: Candidate) -> Iterator[str]:
    """Names of the weights for the part that a candidate plays, seen from the number."""
    occurrence, place, _ = candidate
    few = _FEW if place in _FAR else _VERY_FEW
    if quantity.value < few and not quantity.printed[0].isdigit() and (place in _FAR or quantity.kind in _COUNTS):
        yield "spelled"
    if place != "here" and around.last and around.last == _name(around.page, occurrence):
        yield from ("initial", _carried(around, quantity))
        yield from (role for role in occurrence.roles if role == "nationwide")
        return
    if (
        place == "here"
        and "rowed" in occurrence.roles
        and _DIGIT.search(around.page.text, occurrence.end, quantity.left)
    ):
        yield "rowed"
    if _heads_row(around.page, quantity, occurrence):
        yield "row head"
    for role in occurrence.roles:
        if role not in _ELSEWHERE.get(place, ()):
            yield role
    if occurrence.initial or place in _ABOVE:
        yield "initial"
    elif place in {"before", "behind"} and "introduced" not in occurrence.roles:
        yield "object"
    if (
        quantity.kind == "money"
        and place == "here"
        and around.page.text[occurrence.end : quantity.left] in data_of().giving
    ):
        yield "giver"
    aside = {"adjunct", "listed"} & set(occurrence.roles)
    if place == "here" and not aside and rules_of().owning.fullmatch(around.page.text, occurrence.end, quantity.left):
        yield "adjacent"


def _heads_row(page: Page, quantity: Quantity, occurrence: Occurrence) -> bool:
    """Whether a name stands in the first cell of the row of a table that holds the number."""
    block = page.blocks[page.block(quantity.start)]
    if block.kind != "table":
        return False
    row = page.text.rfind("\n", block.start, quantity.start) + 1
    return row <= occurrence.start < page.text.find("\t", row)


def _name(page: Page, occurrence: Occurrence) -> str:
    return "" if occurrence.index == UNNAMED else page.mentions[occurrence.index].name


def _carried(around: Surroundings, quantity: Quantity) -> str:
    """The weight for the subject of the number before."""
    number = around.page.sentence(quantity.start)
    if around.last_sentence != number:
        blocks = {
            around.page.blocks[around.page.block(around.page.sentences[i].start)].kind
            for i in (around.last_sentence, number)
        }
        return "carried" if blocks == {"list"} else "carried_on"
    between = (o for o in around.of(number) if around.last_end <= o.start < quantity.start and o.cls != "IndustryField")
    return "carried" if any(between) else "continued"
