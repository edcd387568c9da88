"""What speaks for a named thing being the subject of a number, each with the weight's name in ``weights.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import log

from kg.observations.candidates import Candidate, Surroundings
from kg.observations.clues import data_of, rules_of
from kg.observations.lists import is_gathered
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
_DIGIT = re.compile(r"\d")
_LIMITS = ("不超", "不低", "不少", "不高", "不足", "至少")
_FEW = 10
_VERY_FEW = 4
"""Below this a count in words is mostly told in passing: 两家企业."""


Features = Iterator[tuple[str, float]]


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
    """Whether a number is a condition that unnamed things must meet: 营业收入不超过2亿元的企业, 申请人不超过38周岁."""
    if not page.text.startswith(_LIMITS, quantity.left):
        return False
    start = page.sentences[page.sentence(quantity.start)].start
    return _describes(page, quantity) or bool(rules_of().applying.search(page.text, start, quantity.left))


def features(around: Surroundings, quantity: Quantity, measure: Measure, candidate: Candidate) -> Features:
    """What speaks for a candidate being the subject of a number."""
    occurrence, place, steps = candidate
    yield place, 1.0
    yield from _words(around, quantity, candidate)
    for part in _parts(around, quantity, candidate):
        yield part, 1.0
    if place in _STEP:
        yield _STEP[place], float(steps)
    yield from _told(around.page, quantity, candidate)
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
    for kind in filter(None, dict.fromkeys((quantity.kind, quantity.unit, measure.normal))):
        yield f"{occurrence.cls}: {kind}", 1.0
    yield f"{occurrence.cls} {place}", 1.0
    yield from _on_page(around, candidate)


def _words(around: Surroundings, quantity: Quantity, candidate: Candidate) -> Features:
    """How far a candidate is, and the words around it and at its end."""
    page, occurrence = around.page, candidate.occurrence
    where = "here" if candidate.place == "here" else "far"
    yield f"distance {min(6, (abs(quantity.left - occurrence.end) + 1).bit_length() - 1)}", 1.0
    if occurrence.index == UNNAMED:
        return
    start = page.sentences[page.sentence(occurrence.start)].start
    yield f"order {min(3, len(page.within(start, occurrence.start)))} {where}", 1.0
    if occurrence.end < quantity.left:
        yield f"between {min(4, len(page.within(occurrence.end, quantity.left)))}", 1.0
    ending = page.mentions[occurrence.index].name[-2:]
    yield f"…{ending}", 1.0
    yield f"…{ending}: {quantity.kind}", 1.0
    for size in (1, 2):
        if occurrence.start - size >= start:
            yield f"{page.text[occurrence.start - size : occurrence.start]}_ {where}", 1.0
        if occurrence.end < quantity.left:
            yield f"_{page.text[occurrence.end : occurrence.end + size]} {where}", 1.0


def _on_page(around: Surroundings, candidate: Candidate) -> Features:
    """What the page as a whole says for a name."""
    occurrence = candidate.occurrence
    name = around.page.mentions[occurrence.index].name
    times = around.named[name]
    yield "often", log(1 + 1000 * (times - 1) / (500 + len(around.page.text)))
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
    if place != "here" and around.last and around.last == name_of(around.page, occurrence):
        yield from ("initial", _carried(around, quantity))
        yield from (role for role in occurrence.roles if role == "nationwide")
        return
    if (
        place == "here"
        and "rowed" in occurrence.roles
        and _DIGIT.search(around.page.text, occurrence.end, quantity.left)
    ):
        yield "rowed"
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


def _told(page: Page, quantity: Quantity, candidate: Candidate) -> Features:
    """What the whole sentence or row makes of a candidate."""
    occurrence, place, _ = candidate
    if _heads_row(page, quantity, occurrence):
        yield "row head", 1.0
    if place in {"here", "before"} and "setting" in occurrence.roles and _is_attended(page, quantity):
        yield "attended", 1.0
    if place == "here" and _is_chosen(page, quantity, occurrence):
        yield "chosen", 1.0


def _is_attended(page: Page, quantity: Quantity) -> bool:
    """Whether who or what is counted comes to an event: 来自20多个国家的60位学者参会."""
    sentence = page.sentences[page.sentence(quantity.start)]
    return quantity.kind in _COUNTS and bool(rules_of().attending.search(page.text, *sentence))


def _is_chosen(page: Page, quantity: Quantity, occurrence: Occurrence) -> bool:
    """Whether a name is only one of those that are counted: X入选首批26个园区."""
    if quantity.kind not in _COUNTS or occurrence.end >= quantity.left:
        return False
    return bool(rules_of().chosen.match(page.text[occurrence.end : quantity.left]))


def _heads_row(page: Page, quantity: Quantity, occurrence: Occurrence) -> bool:
    """Whether a name stands in the first cell of the row of a table that holds the number."""
    block = page.blocks[page.block(quantity.start)]
    if block.kind != "table":
        return False
    row = page.text.rfind("\n", block.start, quantity.start) + 1
    return row <= occurrence.start < page.text.find("\t", row)


def name_of(page: Page, occurrence: Occurrence) -> str:
    """The name of what an occurrence stands for, empty where it has none."""
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
