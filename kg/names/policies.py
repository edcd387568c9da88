"""Clues between names of policies, plans, rules and reports."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.names.clue import Clue, Form
from kg.names.folding import fold, plain
from kg.names.places import split_places
from kg.names.titles import same_numbers, series, shared_head, title_words, told


def titled(short: Form, long: Form) -> Clue | None:
    """With or without 关于, issuer or the bracketed version."""
    left, right = policy_core(short.name), policy_core(long.name)
    if len(left) < 4 or left in title_words().policy_kinds or not same_numbers(left, right):
        return None
    if left == right:
        return Clue(0.97, "the same title; only marks, issuer or version differ")
    if told(left) == told(right) and _one_place(left, right):
        return Clue(0.88, "the same title, with or without the place")
    return None


def title_end(short: Form, long: Form) -> Clue | None:
    """The end of the title (产业行动方案 / …三大“新赛道”产业行动方案)."""
    left, right = policy_core(short.name), policy_core(long.name)
    if len(left) >= 6 and left != right and right.endswith(left) and left not in title_words().policy_kinds:
        return Clue(0.78, "the end of the long title")
    if len(left) >= 8 and _middle_dropped(left, right):
        return Clue(0.75, "the same beginning and end; the long title adds words between")
    return None


def title_kind(short: Form, long: Form) -> Clue | None:
    """《办法》 for the one 办法 of the page."""
    left, right = fold(short.name), policy_core(long.name)
    if left in title_words().policy_kinds and len(right) > len(left) + 2 and right.endswith(left):
        return Clue(0.74, "the kind of document stands for its title")
    return None


def _middle_dropped(left: str, right: str) -> bool:
    head = shared_head(left, right)
    return head >= 5 and len(left) - head >= 2 and right.endswith(left[head:])


def _one_place(left: str, right: str) -> bool:
    a, b = split_places(left).steps, split_places(right).steps
    return not a or not b or a[-1].name == b[-1].name


@lru_cache(maxsize=16384)
def policy_core(name: str) -> str:
    """The title without 关于, marks and the version in brackets, folded."""
    text = plain(name)
    for note in title_words().policy_notes:
        text = re.sub(note, "", text)
    for opener in title_words().policy_openers:
        text = text.removeprefix(opener)
    return series(text)


@lru_cache(maxsize=16384)
def subject(core: str) -> str:
    """What a title is about: without the kinds of document at its end.

    >>> subject("三年行动计划")
    '三年'
    """
    for kind in title_words().policy_kinds:
        if core.endswith(kind):
            return subject(core.removesuffix(kind))
    return core
