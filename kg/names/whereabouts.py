"""Clues for places, districts and the bare names of parks."""

from __future__ import annotations

from functools import lru_cache

from kg.names.clue import Clue, Form
from kg.names.folding import fold, plain
from kg.names.places import Chain, Step, full_place, same_step, split_place_name, split_places, without_tail


def one_place(short: Form, long: Form) -> Clue | None:
    """With or without the wider place and the ending (徐汇 / 上海市徐汇区, 昆山 / 苏州昆山)."""
    left, right = _chain(short.name), _chain(long.name)
    if left.rest or right.rest or not left.steps or not right.steps:
        return None
    if _same_places(left.steps, right.steps):
        return Clue(0.96, "the same place, with or without the wider one or 省, 市, 区")
    return None


def in_wider_place(short: Form, long: Form) -> Clue | None:
    """A road, port or hall with the place it lies in put in front (九亭镇 / 松江九亭镇, 什川大桥 / 甘肃什川大桥)."""
    left, right = _chain(short.name), _chain(long.name)
    if not left.rest or left.rest != right.rest or len(left.rest) < 2:
        return None
    if not left.steps or not right.steps or _same_places(left.steps, right.steps):
        return Clue(0.92, "the long name puts the wider place in front")
    return None


def neighbourhood(short: Form, long: Form) -> Clue | None:
    """With or without 地区 (徐汇云岭 / 徐汇云岭地区)."""
    if short.folded == without_tail(long.folded):
        return Clue(0.9, "the long name adds no more than 地区")
    return None


def townlike(short: Form, long: Form) -> Clue | None:
    """A town without its ending (安亭 / 安亭镇)."""
    right = _chain(long.name)
    if not right.rest and len(right.steps) and right.steps[-1].ending and fold(short.name) == right.steps[-1].name:
        return Clue(0.9, "the same place without 镇, 市, 区")
    return None


def told_apart(left: Form, right: Form) -> bool:
    """Whether two names that no clue joins are surely two places: both are read to the end (河北省 and 河北区)."""
    chains = (_chain(left.name), _chain(right.name))
    return all(chain.steps and not chain.rest for chain in chains)


@lru_cache(maxsize=65536)
def _chain(name: str) -> Chain:
    return split_place_name(without_tail(full_place(plain(name))))


def _same_places(left: tuple[Step, ...], right: tuple[Step, ...]) -> bool:
    pairs = list(zip(left[::-1], right[::-1], strict=False))
    return all(same_step(a, b) for a, b in pairs) and bool(pairs[0][0].name)


def place_of(name: str) -> str:
    """What the name of a place means, without the wider place and the ending; empty where it is no plain place.

    >>> place_of("江苏苏州盛泽镇")
    '盛泽'
    """
    chain = _chain(name)
    return chain.steps[-1].name if chain.steps and not chain.rest else ""


@lru_cache(maxsize=65536)
def seat_of(name: str) -> str:
    """The place that stands last in front of a body's name; empty where there is none.

    >>> seat_of("上海市徐汇区科委")
    '徐汇'
    """
    steps = split_places(plain(name)).steps
    return steps[-1].name if steps else ""
