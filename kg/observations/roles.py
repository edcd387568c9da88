"""The part each named thing plays around a number: topic, modifier, place, example or speaker.

An :class:`Occurrence` is a name, a word standing for one (该园区, 全市), or an unnamed subject (某企业, 全国).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from kg.model import Span
from kg.observations.clues import data_of, rules_of
from kg.observations.page import Page

UNNAMED = -1
"""The index of an occurrence that has no mention."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Something that could own a number, at its place in the text."""

    start: int
    """Reading offset."""
    end: int
    index: int
    """Index into the document's mentions, or :data:`UNNAMED`."""
    cls: str
    initial: bool = False
    """Opens its clause."""
    roles: tuple[str, ...] = ()
    """Names of weights in ``weights.yml``."""


_OF_SOME = re.compile("(?:的?一|这|那|某)[家个名位所座间款支]")
_WIDE = re.compile("(?:中国|我国|全国|全球|国内)$")
_LOOK = 6
_REACH = 24
"""Characters before a name that may hold the verb that presents it."""
_JOINTS = ("、", "和", "与", "及", "以及")
GIVEN = frozenset({"Place", "District", "IndustryField", "Person", "Official"})
"""Classes of things that nobody sets up or presents."""
_MADE = frozenset({"Product", "Policy", "Park", "Organization", "Institute", "Event"})
WINDOW = 400
"""Mentions on either side that are searched for a person's house or a body's ground: enough for any article, and a
bound for books."""
_HOUSES = frozenset({"Company", "Institute", "Organization", "GovernmentBody", "Park", "District", "Event", "Place"})
_RANK = {"Place": 0, "District": 1, "Park": 2}
ASIDE = frozenset({"modifier", "adjunct", "placed", "listed", "at"})
"""Parts that keep a name from being what a sentence speaks of."""
PERSONS = frozenset({"Person", "Official"})


def named(page: Page, clause: Span, index: int) -> Occurrence:
    """A mention with the part it plays in its clause."""
    mention = page.mentions[index]
    initial = _opens(page, clause, index)
    roles = tuple(_roles(page, index, initial=initial))
    occurrence = Occurrence(mention.start, mention.end, index, mention.cls, initial, roles)
    if mention.cls == "GovernmentBody":
        return _ground_of(page, occurrence)
    return _house_of(page, occurrence) if mention.cls in PERSONS else occurrence


def _opens(page: Page, clause: Span, index: int) -> bool:
    """Whether a mention is the first thing that its clause speaks of, apart from adverbs and its own attribute."""
    text, start = page.text, page.mentions[index].start
    if rules_of().opener.fullmatch(text, clause.start, start) or rules_of().attribute.fullmatch(
        text, clause.start, start
    ):
        return True
    before = page.mentions[index - 1] if index else None
    if before is None or before.start < clause.start or text[before.end : start] not in {"", "的"}:
        return False
    return _opens(page, clause, index - 1)


def _roles(page: Page, index: int, *, initial: bool) -> Iterable[str]:
    """Names of the weights that hold for a mention wherever the number stands."""
    mention, text = page.mentions[index], page.text
    if _modifies(page, index):
        yield "modifier"
    elif _is_listed(page, index, initial=initial):
        yield "listed"
    yield from _governed(page, index)
    if _chain_is_at(page, index) and rules_of().acting.match(text, mention.end):
        yield "at"
    if text[mention.start - 2 : mention.start] == "——":
        yield "apposed"
    yield from (role for role, pattern in _followed().items() if pattern.match(text, mention.end))
    if mention.cls == "IndustryField" and _WIDE.search(text[max(0, mention.start - _LOOK) : mention.start]):
        yield "nationwide"


def _governed(page: Page, index: int) -> Iterable[str]:
    """The part that a preposition or verb gives to a mention."""
    mention, text, rules = page.mentions[index], page.text, rules_of()
    head = rules.before.search(text[max(0, mention.start - _LOOK) : mention.start])
    if head:
        part = rules.kinds[head["word"]]
        if part != "introduced" or mention.cls not in GIVEN:
            yield part
    elif _is_joined(page, index):
        yield "adjunct"
    elif _lies_there(page, index):
        yield "placed"
    elif rules.introduced.match(text, mention.end) or _is_object(page, index):
        yield "introduced"


@cache
def _followed() -> Mapping[str, re.Pattern[str]]:
    """What behind a name shows its part, by weight."""
    return {
        "setting": re.compile("[”」》]?(?:现场|开幕式)?(?:上|中|期间|现场)[，,]"),
        "rowed": re.compile(r"[”」》]?[^\d，,。；;、]{0,4}\d[\d.,]*[万亿]?[^\d，,。；;、]{1,6}、"),
        "funded": re.compile("的?(?:新一|首|第[一二三]|Pre-?)?(?:[A-Z][0-9+]{0,2}|天使|种子)?轮"),
        "source": re.compile("[^，,。；;：:]{0,8}(?:调查|问卷|调研)[^，,。；;：:]{0,4}(?:显示|表明|发现)"),
        "speaking": rules_of().speech,
    }


def _is_joined(page: Page, index: int) -> bool:
    """Whether a mention is a later item of a list behind a preposition: 与A、B."""
    start = page.mentions[index].start
    while index and page.text[page.mentions[index - 1].end : start] in _JOINTS:
        index -= 1
        start = page.mentions[index].start
        if start and page.text[start - 1] in "与为向由":
            return True
    return False


def _lies_there(page: Page, index: int) -> bool:
    """Whether something else lies in a ground that a wider one precedes: 公司位于临港新片区的X, but not 位于张江的X."""
    mention = page.mentions[index]
    if not index or mention.cls not in _RANK:
        return False
    wider = page.mentions[index - 1]
    if wider.cls not in _RANK or page.text[wider.end : mention.start] not in {"", "的"}:
        return False
    before = page.text[max(0, wider.start - _LOOK) : wider.start]
    head = rules_of().before.search(before)
    if head is None or rules_of().kinds[head["word"]] != "placed":
        return False
    return bool(_WORDED.search(before[: head.start("word")]))


_WORDED = re.compile(r"[^，,。；;：:\s]$")
"""A clause goes on before here."""


def _is_object(page: Page, index: int) -> bool:
    """Whether a mention is what somebody has set up or presented: 发布首款光引擎X."""
    mention = page.mentions[index]
    if mention.cls not in _MADE:
        return False
    floor = max(mention.start - _REACH, page.mentions[index - 1].end if index else 0)
    return bool(rules_of().presented.search(page.text[floor : mention.start]))


def _modifies(page: Page, index: int) -> bool:
    """Whether a mention only says whose or where the next one is: 上海的X, 上海X."""
    if _OF_SOME.match(page.text, page.mentions[index].end):
        return True
    if index + 1 >= len(page.mentions):
        return False
    following = page.mentions[index + 1]
    mention = page.mentions[index]
    if page.text[mention.end : following.start] not in {"", "的"} or following.cls in PERSONS:
        return False
    return following.cls != "IndustryField" or mention.name in data_of().wide


def _chain_is_at(page: Page, index: int) -> bool:
    """Whether 在 stands before a name, or before the chain of names that it ends: 在杨浦长阳创谷."""
    start = page.mentions[index].start
    while index and page.mentions[index - 1].end == start:
        index -= 1
        start = page.mentions[index].start
    return page.text[start - 1 : start] == "在"


def _is_listed(page: Page, index: int, *, initial: bool) -> bool:
    """Whether a mention is one of several: A、B和C等."""
    mention = page.mentions[index]
    mark = page.text[mention.end : mention.end + 2].lstrip("”」》")[:1]
    if mark and mark in "、和及等" and not initial:
        return True
    following = page.mentions[index + 1] if mark == "、" and index + 1 < len(page.mentions) else None
    return following is not None and following.start == mention.end + 1 and following.cls == mention.cls


def _ground_of(page: Page, body: Occurrence) -> Occurrence:
    """The place that a government body governs, if the page names it: numbers are told of the place."""
    name = page.mentions[body.index].name
    first = max(0, body.index - WINDOW)
    governed = [
        (_RANK[mention.cls], -abs(mention.start - body.start), index)
        for index, mention in enumerate(page.mentions[first : body.index + WINDOW], first)
        if mention.cls in _RANK and _governs(name, mention.name)
    ]
    if not governed:
        return body
    index = max(governed)[2]
    return replace(body, index=index, cls=page.mentions[index].cls, roles=(*body.roles, "speaking"))


def _governs(body: str, place: str) -> bool:
    """Whether the name of a body shows that it governs a place: 徐汇区科委, 市科委."""
    return place in body or (body.startswith("市") and place.startswith("上海") and len(place) <= 3)


def _house_of(page: Page, person: Occurrence) -> Occurrence:
    """The organisation that a speaker was introduced with (某公司总经理张三), if the page names one."""
    if not rules_of().speech.match(page.text, person.end):
        return person
    name = page.mentions[person.index].name
    for index in range(max(1, person.index - WINDOW), person.index + 1):
        house = page.mentions[index - 1]
        if page.mentions[index].name == name and house.cls in _HOUSES:
            title = page.text[house.end : page.mentions[index].start]
            if len(title) <= 14 and not re.search("[，,。；;：:！？]", title):
                found = replace(person, index=index - 1, cls=house.cls, roles=("speaking",))
                return _ground_of(page, found) if house.cls == "GovernmentBody" else found
    return person


def is_aside(page: Page, index: int) -> bool:
    """Whether a mention is an example, a modifier or behind a preposition."""
    return any(role in ASIDE for role in _roles(page, index, initial=False))
