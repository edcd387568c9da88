"""Clues for names of organisations and parks that say the same, with more or less around it.

Containment never counts. Place, legal form and bracket fall away freely; a parent only before a name of its own.
"""

from __future__ import annotations

from kg.names.anatomy import GOVERNING, Unit, words
from kg.names.bodies import Pair, may_be_bare, may_be_branch, pair
from kg.names.clue import Clue, Form


def trimmed(short: Form, long: Form) -> Clue | None:
    """Same core, trade and kind; place, legal form or bracket differ (砾石智能 / 上海砾石智能有限公司)."""
    p = pair(short, long)
    if not p or not p.parents or p.where == "conflict" or p.left.kind != p.right.kind:
        return None
    if p.left.middle != p.right.middle:
        return None
    return _named(p) if p.left.core else _described(p)


def same_kind(short: Form, long: Form) -> bool:
    """Whether both names say what kind of body it is, and the same."""
    p = pair(short, long)
    return p is not None and bool(p.left.kind) and p.left.kind == p.right.kind


def _named(p: Pair) -> Clue:
    """For names with a core."""
    if p.where != "same" and _needs_place(p.left):
        return Clue(0.8, "the same name; the short one leaves the place to the page")
    if p.where != "same" and may_be_branch(p.b):
        return Clue(0.7, "the same name; the long one adds a place, as branches do")
    return Clue(0.97, "the names differ only in place, bracket or legal form")


def _needs_place(unit: Unit) -> bool:
    """Whether bodies of this name stand in many places: 科委, 国联中心."""
    return unit.kind in GOVERNING or set(unit.core) <= set(words().common)


def _described(p: Pair) -> Clue | None:
    """For names that are all place, purpose and kind (上海电机学院, 徐汇区委)."""
    if p.where == "same":
        return Clue(0.95, "same place, purpose and kind of body")
    if p.where == "level" or p.left.middle or may_be_bare(p):
        return Clue(0.75, "the short name leaves the place to the page")
    return None


def bare_kind(short: Form, long: Form) -> Clue | None:
    """管委会 for 张江管委会, 新片区 for 临港新片区: the kind alone, for the one of the page."""
    p = pair(short, long)
    if not p or not p.parents or p.where == "conflict" or p.left.kind != p.right.kind or p.left.middle:
        return None
    zone = p.left.kind == "管委" or (p.short.cls == "Park" and p.left.kind)
    if zone and p.right.middle and not p.left.places:
        return Clue(0.72, "the kind of body stands for the one the page deals with")
    return None


def own_part(short: Form, long: Form) -> Clue | None:
    """The long name puts its parent in front (复旦大学附属中山医院 / 中山医院)."""
    p = pair(short, long)
    if not p or p.where == "conflict" or len(p.a.units) >= len(p.b.units):
        return None
    if not p.left.kind or p.left.kind != p.right.kind:
        return None
    return _own_clue(p) if p.left.middle == p.right.middle else _own_beginning(p)


def _own_beginning(p: Pair) -> Clue | None:
    """上海微系统所 for 中国科学院上海微系统与信息技术研究所."""
    left, right = p.left.middle, p.right.middle
    if (
        p.where == "same"
        and p.left.places
        and p.left.kind in words().loose
        and len(left) >= 2
        and right.startswith(left)
    ):
        return Clue(0.8, "the long name adds the parent in front, and more words of purpose")
    return None


def _own_clue(p: Pair) -> Clue | None:
    if p.left.middle:
        return Clue(0.85, "the long name adds the parent in front")
    if p.left.places and p.left.places == p.right.places and p.left.kind not in words().branches:
        return Clue(0.8, "the long name adds the parent in front")
    if not p.left.places and may_be_bare(p):
        return Clue(0.72, "the short name leaves the parent to the page")
    return None
