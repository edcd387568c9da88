"""The names of one document joined along their links, the surest first, where nothing speaks against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from kg.model import Merge
from kg.names import compare, complementary, contradict
from kg.resolution.links import STRONG, Group, Link, Partings
from kg.resolution.union import Union

_CERTAIN = 1.0
"""Links of this score (curated entry, correction) join whatever else the page says."""
_LISTED = 0.85
"""A name that a curated firm's or body's entry does not list joins it from here on: most longer names are daughters."""
_TIE = 0.05
"""Two candidates for a short name this close to each other leave it open which is meant."""


class Joined(NamedTuple):
    """Groups joined."""

    sets: list[list[int]]
    """Numbers of groups, by the first of each set."""
    merges: dict[int, list[Merge]]
    """What brought each group in, by its number."""


class _State(NamedTuple):
    groups: Sequence[Group]
    apart: Partings
    union: Union
    members: dict[int, list[int]]
    """Groups by root."""


def join_groups(groups: Sequence[Group], links: Sequence[Link], apart: Partings) -> Joined:
    """Join groups along the links.

    Args:
        groups: the document's names.
        links: the surest first.
        apart: which groups are held apart.
    """
    state = _State(groups, apart, Union(len(groups)), {number: [number] for number in range(len(groups))})
    merges: dict[int, list[Merge]] = defaultdict(list)
    of_short: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        of_short[link.short].append(link)
    for link in links:
        if _may_join(state, link) and not _is_open(state, link, of_short[link.short]):
            _join(state, link)
            names = groups[link.short].form.name, groups[link.long].form.name
            merges[link.short].append(Merge(*names, link.reason, link.score))
    return Joined(list(state.union.sets().values()), merges)


def _join(state: _State, link: Link) -> None:
    a, b = state.union.find(link.short), state.union.find(link.long)
    together = sorted(state.members[a] + state.members[b])
    state.members[state.union.join(a, b)] = together


def _may_join(state: _State, link: Link) -> bool:
    a, b = state.union.find(link.short), state.union.find(link.long)
    return a != b and all(_may_meet(state, x, y, link) for x in state.members[a] for y in state.members[b])


def _may_meet(state: _State, left: int, right: int, link: Link) -> bool:
    """Whether nothing speaks against two groups in one set."""
    pair = frozenset((left, right))
    if link.score >= _CERTAIN or pair in state.apart.user:
        return pair not in state.apart.user
    a, b = state.groups[left], state.groups[right]
    if pair in state.apart.page or (a.entry and b.entry and a.entry != b.entry):
        return False
    if link.score < _LISTED and bool(a.entry) != bool(b.entry) and a.form.family == "organisation":
        return False
    return link.score >= STRONG or not contradict(a.form, b.form)


def _is_open(state: _State, link: Link, rivals: Sequence[Link]) -> bool:
    """Whether a short name fits another thing as well or better, so that nobody can say it means this one."""
    if link.score >= STRONG:
        return False
    long = state.groups[link.long].form
    return any(
        rival.score > link.score - _TIE
        and state.union.find(rival.long) != state.union.find(link.long)
        and compare(state.groups[rival.long].form, long) is None
        and not complementary(state.groups[rival.long].form, long)
        for rival in rivals
        if rival.long != link.long
    )
