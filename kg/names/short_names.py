"""Clues for names of organisations and parks that leave out words of trade, purpose or kind."""

from __future__ import annotations

from kg.names.anatomy import words
from kg.names.bodies import Pair, may_be_branch, pair, trade
from kg.names.clue import Clue, Form


def shortened(short: Form, long: Form) -> Clue | None:
    """Same core; the short name says the first words of the trade, or none (澄羽互动 / 澄羽互动娱乐)."""
    p = pair(short, long)
    if not p or not p.parents or p.where == "conflict" or not p.left.core or p.left.core != p.right.core:
        return None
    if p.a.group and not p.b.group and p.right.fields:
        return None
    if p.left.kind == p.right.kind:
        return _less_trade(p) if trade(p.left) != trade(p.right) else None
    return _no_kind(p) if not p.left.kind and _may_drop_kind(p) else None


def _may_drop_kind(p: Pair) -> bool:
    """复旦 for 复旦大学; but offices and buildings are never named without saying that they are such."""
    return p.short.cls == p.long.cls and p.short.cls != "GovernmentBody" and p.right.kind not in words().kept


def _no_kind(p: Pair) -> Clue | None:
    if trade(p.right).startswith(trade(p.left)):
        return Clue(0.85, "same core name; the short name leaves out the kind of body")
    return None


def _less_trade(p: Pair) -> Clue | None:
    if p.left.kind:
        return _less_purpose(p)
    if not p.left.fields:
        return _core_alone(p)
    fewer, more = trade(p.left), trade(p.right)
    if more.startswith(fewer):
        return Clue(0.93, "same core name, and the trade begins with the same words")
    if fewer in words().bland and more.endswith(fewer):
        return Clue(0.82, "same core name; the trade word kept says little")
    return None


def _less_purpose(p: Pair) -> Clue | None:
    """Bodies with a kind: only some may leave out what they are for."""
    if p.left.kind not in words().loose:
        return None
    if trade(p.right).startswith(trade(p.left)):
        return Clue(0.93, "same core name and kind of body; words of purpose are left out")
    if set(p.left.fields) < set(p.right.fields):
        return Clue(0.86, "same core name and kind of body; some words of purpose are left out")
    return None


def _core_alone(p: Pair) -> Clue:
    if may_be_branch(p.b):
        return Clue(0.7, "the short name is the core of the long one, which adds a place as branches do")
    if trade(p.right) in words().bland:
        return Clue(0.85, "the short name is the core of the long one, which adds a word that says little")
    return Clue(0.87 if p.b.group else 0.82, "the short name is the core of the long one")


def purpose(short: Form, long: Form) -> Clue | None:
    """长三角一体化示范区 for 长三角生态绿色一体化发展示范区: one place, one kind, fewer words of purpose."""
    p = pair(short, long)
    if not p or not p.parents or p.where != "same" or p.left.core or p.right.core:
        return None
    left, right = p.left.middle, p.right.middle
    if p.left.kind == p.right.kind in words().loose and len(left) >= 3 and left != right and left in right:
        return Clue(0.82, "same place and kind of body; some words of purpose are left out")
    return None


def ending(short: Form, long: Form) -> Clue | None:
    """数字谷 for 云岭数字谷: a park whose long name says first where it is."""
    if not short.cls == long.cls == "Park" or len(short.folded) < 3:
        return None
    if len(long.folded) >= len(short.folded) + 2 and long.folded.endswith(short.folded):
        return Clue(0.72, "the long name ends with the short one")
    return None


def beginning(short: Form, long: Form) -> Clue | None:
    """半糖 for 半糖核素科技: a firm whose trade no list knows."""
    p = pair(short, long)
    if not p or not p.parents or p.where == "conflict" or not short.cls == long.cls == "Company":
        return None
    if p.left.fields or p.left.kind or p.right.kind or p.a.group:
        return None
    if p.left.core and p.right.core != p.left.core and p.right.core.startswith(p.left.core):
        return Clue(0.76, "the long name begins with the short one")
    return None
