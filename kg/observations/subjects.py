"""Whose number it is: the named thing that a sentence tells a number of.

Every named thing around the number is weighed (``subjects.yml``): where it stands, what part it plays, how well
its class fits the measure. The best one wins, or nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.observations.candidates import Candidate, Surroundings, candidates_of
from kg.observations.clues import data_of, rules_of
from kg.observations.lists import counted_names, is_gathered
from kg.observations.measures import Measure
from kg.observations.page import Page
from kg.observations.quantities import Quantity
from kg.observations.roles import UNNAMED, Occurrence

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
_FEW = 10
_VERY_FEW = 4
"""Below this a count in words is mostly told in passing: 两家企业."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The subject of a number."""

    index: int
    """Index into the document's mentions."""
    score: float
    place: str
    """The weight of ``subjects.yml`` that names where the subject stood."""


def choose(around: Surroundings, quantity: Quantity, measure: Measure) -> Choice | None:
    """The subject of a number, None where the text names none.

    Args:
        around: the page and the number before.
        quantity: the number.
        measure: what it measures.
    """
    best: tuple[float, Candidate] | None = None
    items = counted_names(around, quantity)
    if items and not is_gathered(around.page, items[0], quantity):
        return None
    candidates = [candidate for candidate in candidates_of(around, quantity) if candidate.occurrence not in items]
    if any(candidate.place == "quoted" for candidate in candidates):
        candidates = [c for c in candidates if not _is_speaker(around.page, c)]
    for candidate in candidates:
        score = _score(around, quantity, measure, candidate)
        if best is None or score > best[0]:
            best = (score, candidate)
    if best is None or best[0] < data_of().threshold or best[1].occurrence.index == UNNAMED:
        return None
    page, place = around.page, best[1].place
    if (place in _FAR and _describes(page, quantity)) or _is_required(page, quantity):
        return None
    return Choice(best[1].occurrence.index, best[0], best[1].place)


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


def _score(around: Surroundings, quantity: Quantity, measure: Measure, candidate: Candidate) -> float:
    """How well a candidate serves as subject: the sum of its weights."""
    weights = data_of().weights
    occurrence, place, steps = candidate
    score = weights[place] + sum(weights[role] for role in _parts(around, quantity, candidate))
    if place in _STEP:
        score += steps * weights[_STEP[place]]
    if occurrence.index == UNNAMED:
        return score
    return score + _fit(around.page, occurrence, measure)


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


def _fit(page: Page, occurrence: Occurrence, measure: Measure) -> float:
    """What the class of a thing adds for this measure."""
    data = data_of()
    fit = measure.fit.get(occurrence.cls, data.classes.get(occurrence.cls, 0.0))
    return fit + (data.wide_weight if page.mentions[occurrence.index].name in data.wide else 0.0)
