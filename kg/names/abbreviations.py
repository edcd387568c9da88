"""Clues for names made of the first letters of words (经信委, 港理大, 上汽集团)."""

from __future__ import annotations

from kg.names.bodies import Pair, letters_of, pair, placed_letters_of
from kg.names.clue import Clue, Form


def abbreviated_body(short: Form, long: Form) -> Clue | None:
    """Offices, universities, institutes: letters of the name, and the same kind of body."""
    p = pair(short, long)
    if not p or not p.right.kind or p.left.kind != p.right.kind or len(p.a.units) > len(p.b.units):
        return None
    if len(p.a.units) == len(p.b.units) and not p.parents:
        return None
    return _letters(p) or _placed(p)


def _letters(p: Pair) -> Clue | None:
    if p.where == "conflict" or not letters_of(p.left, p.right):
        return None
    if p.where == "same":
        return Clue(0.86, "an official abbreviation, with the same place and kind of body")
    return Clue(0.78, "an official abbreviation, with the same kind of body")


def _placed(p: Pair) -> Clue | None:
    if p.left.places or not placed_letters_of(p.left, p.right):
        return None
    return Clue(0.78, "an abbreviation of place and name, with the same kind of body")


def abbreviated_firm(short: Form, long: Form) -> Clue | None:
    """Firms that say where they are from: 中国商飞 for 中国商用飞机, 上汽集团 for 上海汽车集团."""
    p = pair(short, long)
    if not p or not p.parents or p.left.kind or p.right.kind or not p.right.places or len(p.left.middle) < 2:
        return None
    if p.left.places and p.where == "same" and p.left.core and letters_of(p.left, p.right):
        return Clue(0.78, "an abbreviation, with the same place")
    if not p.left.places and p.a.group == p.b.group and placed_letters_of(p.left, p.right):
        return Clue(0.78, "an abbreviation of place and name")
    return None
