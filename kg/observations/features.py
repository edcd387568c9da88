"""What speaks for a named thing being the subject of a number, each with the weight's name in ``weights.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import log
from typing import NamedTuple

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


class Features(NamedTuple):
    """What speaks for a subject, by the names of the weights."""

    names: list[str]
    """What is the case."""
    sizes: dict[str, float]
    """What is more or less the case, and how much."""


def nobody(around: Surroundings, quantity: Quantity, items: Sequence[Occurrence]) -> Features:
    """What speaks for a number that is nobody's; ``items`` are the names that it counts."""
    names = ["nobody", f"nobody: {quantity.kind}"]
    if items and not is_gathered(around.page, items[0], quantity):
        names.append("counting")
    if _is_required(around.page, quantity):
        names.append("required")
    return Features(names, {})


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
    names = [place, *_words(around, quantity, candidate), *_parts(around, quantity, candidate)]
    names += _told(around.page, quantity, candidate)
    sizes = {_STEP[place]: float(steps)} if place in _STEP else {}
    if place in _FAR and _describes(around.page, quantity):
        names.append("describing")
    if occurrence.index == UNNAMED:
        if "introduced" in occurrence.roles:
            names.append("made")
        return Features(names, sizes)
    cls = occurrence.cls
    if cls in measure.fit:
        sizes["fit"] = measure.fit[cls]
    else:
        names.append(cls)
    names += [f"{cls}: {kind}" for kind in dict.fromkeys((quantity.kind, quantity.unit, measure.normal)) if kind]
    names += [f"{cls} {place}", *_on_page(around, candidate)]
    times = around.named[name_of(around.page, occurrence)]
    if times > 1:
        sizes["often"] = log(1 + 1000 * (times - 1) / (500 + len(around.page.text)))
    return Features(names, sizes)


def _words(around: Surroundings, quantity: Quantity, candidate: Candidate) -> list[str]:
    """How far a candidate is, and the words around it and at its end."""
    page, occurrence = around.page, candidate.occurrence
    start, end, left, text = occurrence.start, occurrence.end, quantity.left, page.text
    names = [f"distance {min(6, (abs(left - end) + 1).bit_length() - 1)}"]
    if occurrence.index == UNNAMED:
        return names
    where = "here" if candidate.place == "here" else "far"
    opening = page.sentences[page.sentence(start)].start
    ending = page.mentions[occurrence.index].name[-2:]
    names += [
        f"order {min(3, len(page.within(opening, start)))} {where}", f"…{ending}", f"…{ending}: {quantity.kind}",
        *(f"{text[start - size : start]}_ {where}" for size in (1, 2) if start - size >= opening),
    ]  # fmt: skip
    if end < left:
        names += [
            f"between {min(4, len(page.within(end, left)))}",
            f"_{text[end : end + 1]} {where}", f"_{text[end : end + 2]} {where}",
        ]  # fmt: skip
    return names


def _on_page(around: Surroundings, candidate: Candidate) -> list[str]:
    """What the page as a whole says for a name."""
    occurrence, names = candidate.occurrence, []
    name = around.page.mentions[occurrence.index].name
    if 1 < around.named[name] == around.main[occurrence.cls]:
        names.append(f"main {occurrence.cls}")
    if name == around.last and candidate.place != "here":
        names.append("last")
    if name in data_of().wide:
        names.append("wide")
    return names


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


def _told(page: Page, quantity: Quantity, candidate: Candidate) -> Iterator[str]:
    """What the whole sentence or row makes of a candidate."""
    occurrence, place, _ = candidate
    if _heads_row(page, quantity, occurrence):
        yield "row head"
    if place in {"here", "before"} and "setting" in occurrence.roles and _is_attended(page, quantity):
        yield "attended"
    if place == "here" and _is_chosen(page, quantity, occurrence):
        yield "chosen"


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
