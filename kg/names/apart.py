"""When two names are surely two things, whatever third name they share."""

from __future__ import annotations

from kg.names import whereabouts
from kg.names.bodies import Pair, pair, trade
from kg.names.clue import Form
from kg.names.compare import compare
from kg.names.events import edition_agrees
from kg.names.folding import is_latin
from kg.names.titles import same_numbers


def contradict(left: Form, right: Form) -> bool:
    """Whether two forms name different things for certain.

    砾石智能 and 砾石集团 share the core and still differ; 上海交通大学 and 西安交通大学 are both called 交大.
    """
    if left.family != right.family or is_latin(left.name) or is_latin(right.name) or compare(left, right):
        return False
    if left.family == "event":
        return not edition_agrees(left.name, right.name)
    if not same_numbers(left.name, right.name):
        return True
    if left.family == "place" and whereabouts.told_apart(left, right):
        return True
    return left.family in ("organisation", "place") and _told_apart(left, right)


def _told_apart(left: Form, right: Form) -> bool:
    """Two bodies that no clue joins: one core with different trades, or two full names."""
    p = pair(left, right)
    if p is None:
        return False
    if p.left.core and p.left.core == p.right.core:
        return not _halves(p)
    return all(part.legal or part.group or part.own.kind for part in (p.a, p.b))


def complementary(left: Form, right: Form) -> bool:
    """Whether two short names of one core may be halves of one full name (青图研究院, 青图区块链)."""
    p = pair(left, right)
    return p is not None and _halves(p)


def _halves(p: Pair) -> bool:
    if p.short.cls != p.long.cls or p.where == "conflict" or not p.left.core or p.left.core != p.right.core:
        return False
    if p.a.group != p.b.group and (p.left.fields or p.right.fields):
        return False
    if (p.left.kind and p.right.kind and p.left.kind != p.right.kind) or not (p.left.kind or p.right.kind):
        return False
    first, second = sorted((trade(p.left), trade(p.right)), key=len)
    return second.startswith(first)
