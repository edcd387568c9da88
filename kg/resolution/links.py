"""What speaks for and against joining the names of one document: links, each with score and reason, and partings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from kg.model import Extraction, Same
from kg.names import WITHIN_DOCUMENT, Form, anatomy, compare, place_of
from kg.names.candidates import asks, offers
from kg.names.places import full_place
from kg.resolution.corrections import Corrections

_APART = frozenset({"partOf", "investsIn", "cooperatesWith", "supplies", "incubates", "administers", "memberOf"})
"""Relations that no thing has with itself; names that stand in one are two things."""
_GUESSES = frozenset({"short form"})
"""Clues that the text does not state: the page uses what looks like the short form of a name."""
_GUESSED = 0.7
_FRONT = 0.8
"""Score of a link between 云岭智塔 and 智塔."""
_SURE = 0.93
"""A clue of this score is surer than a relation between the two names."""
STRONG = 0.98
"""Links from here on (curated entry, text clue, correction) are not doubted for what the names look like."""


@dataclass(frozen=True, slots=True)
class Group:
    """All mentions of one spelling."""

    form: Form
    """The most frequent spelling, and the class most mentions were read as."""
    mentions: list[int]
    """Indexes into the document's mentions."""
    entry: str
    """Key of the curated entry, or empty."""
    parents: set[str]
    """Folded names of organisations that the name contains as parents."""


@dataclass(frozen=True, slots=True)
class Link:
    """One reason to join two groups."""

    score: float
    short: int
    """Number of the group with the shorter name."""
    long: int
    reason: str


def links(groups: list[Group], at: dict[int, int], extraction: Extraction, corrections: Corrections) -> list[Link]:
    """All links between the groups of a document, the surest first.

    Args:
        groups: the document's names.
        at: group by mention.
        extraction: the document.
        corrections: the user's word.
    """
    found = [
        *_listed(groups),
        *_told(groups, at, extraction),
        *_corrected(groups, corrections),
        *_alike(groups),
        *_put_in_front(groups),
    ]
    return sorted(found, key=lambda link: (-link.score, link.short, link.long))


def _listed(groups: list[Group]) -> Iterator[Link]:
    first: dict[str, int] = {}
    for index, group in enumerate(groups):
        if group.entry and first.setdefault(group.entry, index) != index:
            yield _link(groups, first[group.entry], index, 1.0, f"both stand under {group.entry} in the curated lists")


def _told(groups: list[Group], at: dict[int, int], extraction: Extraction) -> Iterator[Link]:
    for same in extraction.same:
        if same.first in at and same.second in at:
            first, second = at[same.first], at[same.second]
            if first != second and _may_be_told(groups[first].form, groups[second].form):
                score = _GUESSED if same.reason in _GUESSES else STRONG
                yield _link(groups, first, second, score, f"the page says so: {same.reason}")


def _stated(extraction: Extraction) -> Iterator[Same]:
    """What the page says outright: its word is better than a relation that was read between two names of one thing."""
    return (same for same in extraction.same if same.reason not in _GUESSES)


def _may_be_told(left: Form, right: Form) -> bool:
    """Whether a bracket can mean that two names are one: 长三角（上海） names two places."""
    if left.family != right.family:
        return False
    return left.family != "place" or not (place_of(left.name) and place_of(right.name)) or bool(compare(left, right))


def _corrected(groups: list[Group], corrections: Corrections) -> Iterator[Link]:
    first: dict[int, int] = {}
    for index, group in enumerate(groups):
        for line in corrections.merges_of(group.form.name):
            if first.setdefault(line, index) != index:
                yield _link(groups, first[line], index, 1.0, f"corrections file, line {line}")


def _alike(groups: list[Group]) -> Iterator[Link]:
    for left, right in sorted({*_body_pairs(groups), *_other_pairs(groups)}):
        clue = compare(groups[left].form, groups[right].form)
        if clue and clue.score >= WITHIN_DOCUMENT:
            yield _link(groups, left, right, clue.score, clue.reason)


def _body_pairs(groups: list[Group]) -> Iterator[tuple[int, int]]:
    """Organisations and parks of which one asks for what the other offers."""
    bodies = [index for index, group in enumerate(groups) if _is_body(group.form)]
    offered: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index in bodies:
        for key in offers(groups[index].form):
            offered[key].append(index)
    for index in bodies:
        for key in asks(groups[index].form):
            for other in offered.get(key, ()):
                if other != index:
                    yield min(index, other), max(index, other)


def _other_pairs(groups: list[Group]) -> Iterator[tuple[int, int]]:
    """Names of one family that share a letter; pairs of bodies aside."""
    families: dict[str, list[int]] = defaultdict(list)
    for index, group in enumerate(groups):
        if group.form.family != "organisation":
            families[group.form.family].append(index)
    for members in families.values():
        seen = [(index, frozenset(_letters(groups[index].form)), _is_body(groups[index].form)) for index in members]
        for (left, letters, is_body), (right, others, is_other) in combinations(seen, 2):
            if not (is_body and is_other) and not letters.isdisjoint(others):
                yield left, right


def _is_body(form: Form) -> bool:
    return form.family == "organisation" or form.cls == "Park"


def _letters(form: Form) -> str:
    """Letters of which two names of one thing share at least one: those of the full place for 沪, 鲁."""
    return form.folded + full_place(form.folded) if form.family == "place" else form.folded


def _put_in_front(groups: list[Group]) -> Iterator[Link]:
    """A long name made of two that the page names: 云岭智塔 is 智塔 where 云岭 is a place on the page."""
    by_name = {group.form.folded: index for index, group in enumerate(groups)}
    for index, group in enumerate(groups):
        name = group.form.folded
        for cut in range(2, len(name) - 1):
            front, rest = by_name.get(name[:cut]), by_name.get(name[cut:])
            if front is not None and rest is not None and _may_be_front(groups[front], groups[rest], group):
                reason = f"the page puts {groups[front].form.name} in front"
                yield _link(groups, rest, index, _FRONT, reason)


def _may_be_front(front: Group, rest: Group, whole: Group) -> bool:
    if rest.form.cls != whole.form.cls:
        return False
    if rest.form.cls in ("Park", "Place"):
        return front.form.family == "place"
    return rest.form.cls == "Institute" and front.form.family == "organisation"


def _link(groups: list[Group], left: int, right: int, score: float, reason: str) -> Link:
    short, long = sorted((left, right), key=lambda g: (len(groups[g].form.folded), groups[g].form.folded))
    return Link(score, short, long, reason)


class Partings(NamedTuple):
    """Pairs of groups that are held apart."""

    page: frozenset[frozenset[int]]
    """By what the page says."""
    user: frozenset[frozenset[int]]
    """By a correction, whatever else is known."""


def partings(groups: list[Group], at: dict[int, int], extraction: Extraction, corrections: Corrections) -> Partings:
    """What speaks against joining the groups of a document."""
    page = {pair for pair in _held_apart(groups, at, extraction) if len(pair) == 2}
    split = [index for index, group in enumerate(groups) if corrections.splits_of(group.form.name)]
    user = {
        frozenset((a, b))
        for a, b in combinations(split, 2)
        if corrections.holds_apart(groups[a].form.name, groups[b].form.name)
    }
    return Partings(frozenset(page), frozenset(user))


def _held_apart(groups: list[Group], at: dict[int, int], extraction: Extraction) -> set[frozenset[int]]:
    pairs = {
        frozenset((at[r.head], at[r.tail]))
        for r in extraction.relations
        if r.type in _APART
        and r.head in at
        and r.tail in at
        and not _is_one_name(groups[at[r.head]], groups[at[r.tail]])
    }
    pairs |= set(_listed_together(at, extraction))
    names = {group.form.folded: index for index, group in enumerate(groups)}
    pairs |= {frozenset((index, names[p])) for index, g in enumerate(groups) for p in g.parents if p in names}
    told = {frozenset((at[s.first], at[s.second])) for s in _stated(extraction) if s.first in at and s.second in at}
    return pairs - told


def _is_one_name(left: Group, right: Group) -> bool:
    """Whether two names are so surely one that a relation between them was misread: no firm is part of its short form.

    A place in brackets may be what tells a daughter from its parent.
    """
    clue = compare(left.form, right.form)
    brackets = [anatomy(group.form.name, group.form.cls).bracket for group in (left, right)]
    return clue is not None and clue.score >= _SURE and brackets[0] == brackets[1]


def _listed_together(at: dict[int, int], extraction: Extraction) -> Iterator[frozenset[int]]:
    """Neighbours in an enumeration (京东、京东物流): one character apart, and no bracket tells they are the same."""
    told = {frozenset((s.first, s.second)) for s in extraction.same}
    mentions = extraction.mentions
    for index in range(len(mentions) - 1):
        neighbours = frozenset((index, index + 1))
        if mentions[index + 1].start - mentions[index].end == 1 and neighbours not in told:
            yield frozenset(at[i] for i in neighbours if i in at)
