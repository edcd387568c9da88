"""Two names of organisations or parks, taken apart and laid side by side."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kg.names.anatomy import Anatomy, Unit, anatomy, where_from, words
from kg.names.clue import Form, is_subsequence
from kg.names.places import Step, full_place, is_world, same_step

Where = Literal["same", "dropped", "level", "conflict"]
"""How two chains of places agree: same place; one says none; one says only the level (市科委); different places."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A shorter and a longer name."""

    short: Form
    long: Form
    a: Anatomy
    """Of the short name."""
    b: Anatomy
    where: Where
    parents: bool
    """Whether both name as many parents, and the same ones."""

    @property
    def left(self) -> Unit:
        """What the short name means."""
        return self.a.own

    @property
    def right(self) -> Unit:
        """What the long name means."""
        return self.b.own


@lru_cache(maxsize=4096)
def pair(short: Form, long: Form) -> Pair | None:
    """The two names side by side; None where one is a plain place, or their brackets say different things."""
    a, b = anatomy(short.name, short.cls), anatomy(long.name, long.cls)
    if {short.cls, long.cls} & {"Place", "District"} or (a.note and b.note and a.note != b.note):
        return None
    return Pair(short, long, a, b, _where(a, b), _parents_agree(a, b))


def _where(a: Anatomy, b: Anatomy) -> Where:
    """How the places of two names agree; a place in brackets counts where none stands in front."""
    if a.bracket and b.bracket and not same_step(a.bracket[-1], b.bracket[-1]):
        return "conflict"
    return chains(where_from(a), where_from(b))


def chains(left: tuple[Step, ...], right: tuple[Step, ...]) -> Where:
    """How two chains of places agree."""
    if not left or not right:
        return "dropped"
    if not same_step(left[-1], right[-1]):
        return "conflict"
    if not left[-1].name or not right[-1].name:
        return "level"
    wider = zip(left[-2::-1], right[-2::-1], strict=False)
    return "same" if all(same_step(x, y) or is_world(x) or is_world(y) for x, y in wider) else "conflict"


def _parents_agree(a: Anatomy, b: Anatomy) -> bool:
    if len(a.units) != len(b.units):
        return False
    return all(_one_unit(x, y) for x, y in zip(a.units[:-1], b.units[:-1], strict=True))


def _one_unit(left: Unit, right: Unit) -> bool:
    """Whether two parents can be one: equal but for the place, or one abbreviates the other."""
    if left.kind != right.kind or chains(left.places, right.places) == "conflict":
        return False
    short, long = sorted((left, right), key=lambda unit: len(unit.middle))
    if left.middle == right.middle:
        return bool(left.middle) or chains(left.places, right.places) == "same"
    return letters_of(short, long) or placed_letters_of(short, long)


def letters_of(left: Unit, right: Unit) -> bool:
    """经信 for 经济和信息化: the first letters agree, all letters stand in order, and it is not a mere beginning."""
    short, long = left.middle, right.middle
    if not short or len(short) >= len(long) or (len(short) > 1 and long.startswith(short)):
        return False
    return short[0] == long[0] and is_subsequence(short, long)


def placed_letters_of(left: Unit, right: Unit) -> bool:
    """港理大 for 香港理工大学, 哈工大 for 哈尔滨工业大学: the first letter is the place's."""
    if not right.places or not left.middle:
        return False
    place, first, rest = right.places[-1].name, left.middle[0], left.middle[1:]
    if first not in place and full_place(first) != place:
        return False
    return not rest or (rest[0] == right.middle[:1] and is_subsequence(rest, right.middle))


def trade(unit: Unit) -> str:
    """The words of trade and purpose, joined."""
    return "".join(unit.fields)


def may_be_branch(long: Anatomy) -> bool:
    """Whether a firm's name says where it sits as only branches do: 无锡青砚, 砾石(欧洲)控股; not 上海砾石智能."""
    unit = long.own
    places = where_from(long)
    if unit.kind or any(step.name in ("上海", "中国") for step in places[-1:]):
        return False
    return bool(long.bracket) or bool(places and not long.legal and not unit.fields)


def may_be_bare(p: Pair) -> bool:
    """Whether a page may call the body by its kind alone: 管委会, 区委; 新片区, 开发区."""
    return p.left.kind in words().bare or (p.short.cls == "Park" and bool(p.left.kind))
