"""Places as they stand in front of names: 上海市徐汇区 → two steps, the last of which says where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg.lexicon import table


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The content of ``identity/places.yml``; the file explains the fields."""

    tails: tuple[str, ...]
    endings: tuple[str, ...]
    names: dict[str, tuple[str, ...]]
    letters: dict[str, str]


class Step(NamedTuple):
    """One place of a chain."""

    name: str
    """Without its ending: 徐汇. Empty where only the level is said (市科委)."""
    ending: str
    """省, 市, 区, 县 …, or empty where the name goes without."""


class Chain(NamedTuple):
    """Places in the order printed, widest first, and what follows them."""

    steps: tuple[Step, ...]
    rest: str


@cache
def _words() -> PlaceWords:
    return table("identity/places.yml", PlaceWords)


@cache
def _pattern() -> re.Pattern[str]:
    words = _words()
    names = sorted((n for group in words.names.values() for n in group), key=lambda n: (-len(n), n))
    endings = "|".join(words.endings)
    # 区 must not swallow the head of 区块链, nor 市 that of 市场, nor 县 … ; 新区 is one ending
    return re.compile(rf"(?P<name>{'|'.join(names)})(?P<ending>(?:{endings})(?!块链|域|场|北|政协?府大))?")


@cache
def _township() -> re.Pattern[str]:
    """A place that no list holds but whose ending tells: 马桥镇, 相城区."""
    return re.compile(r"(?P<name>[\u4e00-\u9fff]{2,3}?)(?P<ending>新区|自治县|街道|区|县|市|镇|乡|村)")


_TWO_STEPS = re.compile(r"([\u4e00-\u9fff]{2})([\u4e00-\u9fff]{2})(街道|镇|乡|村)")  # 青山柳林镇


def split_places(text: str) -> Chain:
    """The places a name begins with.

    >>> split_places("上海市徐汇区科委")
    Chain(steps=(Step(name='上海', ending='市'), Step(name='徐汇', ending='区')), rest='科委')
    """
    steps: list[Step] = []
    while match := _pattern().match(text):
        steps.append(Step(match["name"], match["ending"] or ""))
        text = text[match.end() :]
    return Chain(tuple(steps), text)


def split_place_name(text: str) -> Chain:
    """The same for the name of a place itself, whose last step no list may know (江苏苏州盛泽镇)."""
    chain = split_places(text)
    rest = chain.rest
    if match := _township().fullmatch(rest):
        return Chain((*chain.steps, Step(match["name"], match["ending"])), "")
    if match := _TWO_STEPS.fullmatch(rest):
        return Chain((*chain.steps, Step(match[1], ""), Step(match[2], match[3])), "")
    if 2 <= len(rest) <= 3:  # 青山, 安徽青山: a town too small for the lists
        return Chain((*chain.steps, Step(rest, "")), "")
    return chain


def without_tail(text: str) -> str:
    """The place without a word that leaves it the same (云岭地区 → 滨江)."""
    for tail in _words().tails:
        if text.endswith(tail) and len(text) >= len(tail) + 2:
            return text[: -len(tail)]
    return text


def full_place(letter: str) -> str:
    """The name behind a one-letter form (沪 → 上海), or the text itself."""
    return _words().letters.get(letter, letter)


@cache
def _headline_letters() -> dict[str, str]:
    found: dict[str, str] = {}
    for letter, place in _words().letters.items():
        if len(letter) == 1:
            found[place] = found.get(place, "") + letter
    return found


def headline_letters(place: str) -> str:
    """The letters that headlines use for a place (上海 → 沪申)."""
    return _headline_letters().get(place, "")


def same_step(left: Step, right: Step) -> bool:
    """Whether two steps can be one place: 徐汇 and 徐汇区, 市 and 上海市; not 吉林省 and 吉林市."""
    names = not left.name or not right.name or left.name == right.name
    if left.name in _words().names["province"] and {left.ending, right.ending} == {"", "区"}:
        return False  # 河北 is the province, 河北区 a district of 天津
    return names and (not left.ending or not right.ending or _level(left.ending) == _level(right.ending))


def _level(ending: str) -> str:
    return ending[-1]


def is_world(step: Step) -> bool:
    """Whether a step says no more than that something is national or worldwide (国际, 全国)."""
    return step.name in _words().names["world"]


def is_province(name: str) -> bool:
    """Whether a place is a province, or a city of that rank, in its short form."""
    return name in _words().names["province"]


def is_city(steps: tuple[Step, ...]) -> bool:
    """Whether the last of some steps is a city, province, region or country of its own, not 中国 or the world."""
    return bool(steps) and steps[-1].name not in ("", "中国") and not is_world(steps[-1])
