"""Clues for organisations and parks: full names, short names, official abbreviations.

Containment never counts. What counts is which parts of the longer name the shorter one leaves out: place, legal
form and bracket fall away freely, trade words only from the end, a parent only before a name of its own.
"""

from __future__ import annotations

from typing import Literal

from kg.names.anatomy import GOVERNING, Anatomy, Unit, anatomy, where_from, words
from kg.names.clue import Clue, Form, is_subsequence
from kg.names.places import Step, full_place, is_city, is_world, same_step

Where = Literal["same", "dropped", "level", "conflict"]
"""How two chains of places agree: same place; one says none; one says only the level (市科委); different places."""

DROPPED_KINDS = frozenset({"管委", "政府", "委", "纪委", "人大", "人大常委", "政协"})
"""Kinds that a page may name bare (管委会, 区委) once it has said whose."""


def trimmed(short: Form, long: Form) -> Clue | None:
    """Same core, trade and kind; place, legal form or bracket differ (岩鹿智能 / 上海岩鹿智能有限公司)."""
    a, b = _pair(short, long)
    if not _comparable(short, long, a, b) or len(a.units) != len(b.units) or not _parents_agree(a, b):
        return None
    left, right = a.own, b.own
    if left.kind != right.kind:
        return None
    if left.middle != right.middle:
        return _bare_clue(a, b, short)
    where = _where(a, b)
    if left.core and where == "conflict":
        return None
    if left.core and where != "same" and _needs_place(left):
        return Clue(0.8, "the same name; the short one leaves the place to the page")
    if left.core and where != "same" and _may_be_branch(b):
        return Clue(0.76, "the same name; the long one adds a place, as branches do")
    if left.core:
        return Clue(0.97, "the names differ only in place, bracket or legal form")
    if where == "same":
        return Clue(0.95, "same place, purpose and kind of body")
    if where == "level" or (where == "dropped" and (left.middle or _may_be_bare(left, short))):
        return Clue(0.75, "the short name leaves the place to the page")
    return None


def _bare_clue(a: Anatomy, b: Anatomy, short: Form) -> Clue | None:
    """管委会 for 张江管委会, 新片区 for 临港新片区: the kind alone, for the one of the page."""
    zone = a.own.kind == "管委" or short.cls == "Park"
    if zone and not a.own.middle and not a.own.places and a.own.kind and _where(a, b) != "conflict":
        return Clue(0.72, "the kind of body stands for the one the page deals with")
    return None


def _may_be_bare(unit: Unit, form: Form) -> bool:
    """Whether a page may call a body by its kind alone: 管委会, 区委; 新片区, 开发区."""
    return unit.kind in DROPPED_KINDS or (form.cls == "Park" and bool(unit.kind))


def _may_be_branch(long: Anatomy) -> bool:
    """Whether a firm's name says where it sits as only branches do: 无锡砚芯, 微光(欧洲)控股; not 上海岩鹿智能."""
    unit = long.own
    if unit.kind or any(step.name == "上海" for step in where_from(long)):
        return False
    return bool(long.bracket) or (not long.legal and not unit.fields and is_city(unit.places[-1:]))


def shortened(short: Form, long: Form) -> Clue | None:
    """Same core; the short name says the first words of the trade, or none (趣加互动 / 趣加互动娱乐)."""
    a, b = _pair(short, long)
    left, right = a.own, b.own
    if not _comparable(short, long, a, b) or len(a.units) != len(b.units) or not _parents_agree(a, b):
        return None
    if _where(a, b) == "conflict":
        return None
    if clue := _purpose_clue(a, b) or _head_clue(a, b, short, long):
        return clue
    if not left.core or left.core != right.core or (a.group and not b.group and right.fields):
        return None
    if left.kind not in ("", right.kind) or (left.kind != right.kind and not _may_drop_kind(short, long)):
        return None
    if not left.fields and not left.kind and _may_be_branch(b):
        return Clue(0.74, "the short name is the core of the long one, which adds a place as branches do")
    return _fields_clue(left, right, dropped=left.kind != right.kind, group=b.group)


def _purpose_clue(a: Anatomy, b: Anatomy) -> Clue | None:
    """长三角一体化示范区 for 长三角生态绿色一体化发展示范区: one place, one kind, fewer words of purpose."""
    left, right = a.own, b.own
    if left.core or right.core or not left.fields or left.kind != right.kind or not left.kind:
        return None
    if _where(a, b) == "same" and len(left.middle) >= 3 and left.middle in right.middle and left.middle != right.middle:
        return Clue(0.82, "same place and kind of body; some words of purpose are left out")
    return None


def _head_clue(a: Anatomy, b: Anatomy, short: Form, long: Form) -> Clue | None:
    """半衰期 for 半衰期核素科技: a core that begins with the short name, followed by a trade no list knows."""
    left, right = a.own, b.own
    bare = left.core and not left.fields and not left.kind and not a.group
    firms = short.cls == long.cls == "Company" and not right.kind
    if bare and firms and right.core != left.core and right.core.startswith(left.core):
        return Clue(0.74, "the long name begins with the short one")
    return None


def _may_drop_kind(short: Form, long: Form) -> bool:
    """复旦 for 复旦大学, never 上海 … for an office."""
    return short.cls == long.cls and short.cls != "GovernmentBody"


def _needs_place(unit: Unit) -> bool:
    """Whether bodies of this name stand in many places: 科委, 国创中心."""
    return unit.kind in GOVERNING or set(unit.core) <= set(words().common)


def _fields_clue(left: Unit, right: Unit, *, dropped: bool, group: bool) -> Clue | None:
    fewer, more = "".join(left.fields), "".join(right.fields)
    if fewer == more and dropped:
        return Clue(0.85, "same core name; the short name leaves out the kind of body")
    if fewer == more:  # see trimmed
        return None
    if left.kind and left.kind not in words().loose:
        return None
    if fewer and more.startswith(fewer):
        return Clue(0.85 if dropped else 0.93, "same core name, and the trade begins with the same words")
    if not fewer and left.kind:
        return Clue(0.93, "same core name and kind of body; the purpose is left out")
    if not fewer:
        return Clue(0.87 if group else 0.82, "the short name is the core of the long one")
    if fewer in words().bland and more.endswith(fewer):
        return Clue(0.82, "same core name; the trade word kept says little")
    if set(left.fields) < set(right.fields) and left.kind and left.kind == right.kind:
        return Clue(0.86, "same core name and kind of body; some words of purpose are left out")
    return None


def abbreviated(short: Form, long: Form) -> Clue | None:
    """Official abbreviations: the first letters of the words, and the same kind of body (经信委, 贸发局, 光机所)."""
    a, b = _pair(short, long)
    left, right = a.own, b.own
    if not _comparable(short, long, a, b) or len(a.units) > len(b.units) or left.kind != right.kind:
        return None
    if len(a.units) == len(b.units) and not _parents_agree(a, b):
        return None
    if right.kind and left.middle and _letters_of(left, right):
        where = _where(a, b)
        if where == "same":
            return Clue(0.86, "an official abbreviation, with the same place and kind of body")
        if where != "conflict":
            return Clue(0.78, "an official abbreviation, with the same kind of body")
    if right.kind and not left.places and _placed_letters_of(left, right):
        return Clue(0.78, "an abbreviation of place and name, with the same kind of body")
    return _firm_letters(a, b)


def _letters_of(left: Unit, right: Unit) -> bool:
    """Whether the left middle abbreviates the right: first letters agree, all letters in order, fewer of them."""
    short, long = left.middle, right.middle
    if not short or len(short) >= len(long) or (len(short) > 1 and long.startswith(short)):
        return False
    return short[0] == long[0] and is_subsequence(short, long)


def _placed_letters_of(left: Unit, right: Unit) -> bool:
    """港理大 for 香港理工大学: the first letter is the place's."""
    if not right.places or len(left.middle) < 1:
        return False
    place, rest = right.places[-1].name, left.middle[1:]
    first = left.middle[0]
    if not (first in place or full_place(first) == place):
        return False
    return not rest or (rest[0] == right.middle[:1] and is_subsequence(rest, right.middle))


def _firm_letters(a: Anatomy, b: Anatomy) -> Clue | None:
    """中国商飞 for 中国商用飞机, 上汽集团 for 上海汽车集团: firms that say where they are from."""
    left, right = a.own, b.own
    if left.kind or right.kind or not right.places:
        return None
    if left.places and _where(a, b) == "same" and len(left.middle) >= 2 and left.core and _letters_of(left, right):
        return Clue(0.78, "an abbreviation, with the same place")
    if not left.places and len(left.middle) >= 2 and a.group == b.group and _placed_letters_of(left, right):
        return Clue(0.78, "an abbreviation of place and name")
    return None


def own_part(short: Form, long: Form) -> Clue | None:
    """The long name puts its parent in front (复旦大学附属中山医院 / 中山医院)."""
    a, b = _pair(short, long)
    if len(a.units) >= len(b.units) or a.own.kind != b.own.kind or not a.own.kind:
        return None
    if not _comparable(short, long, a, b) or _where(a, b) == "conflict":
        return None
    left, right = a.own, b.own
    if left.middle and left.middle == right.middle:
        return Clue(0.85, "the long name adds the parent in front")
    if left.places and left.places == right.places and left.middle == right.middle and left.kind not in ("分行", "支行"):
        return Clue(0.8, "the long name adds the parent in front")
    if not left.middle and not left.places and not right.middle and _may_be_bare(left, short):
        return Clue(0.72, "the short name leaves the parent to the page")
    return None


def _pair(short: Form, long: Form) -> tuple[Anatomy, Anatomy]:
    return anatomy(short.name, short.cls), anatomy(long.name, long.cls)


def _comparable(short: Form, long: Form, a: Anatomy, b: Anatomy) -> bool:
    """Whether both are bodies, not places, and brackets let the two be one."""
    if {short.cls, long.cls} & {"Place", "District"}:
        return False
    return not (a.note and b.note and a.note != b.note)


def _parents_agree(a: Anatomy, b: Anatomy) -> bool:
    return all(_one_unit(x, y) for x, y in zip(a.units[:-1], b.units[:-1], strict=True))


def _one_unit(left: Unit, right: Unit) -> bool:
    """Whether two parents' units can be one: equal, or one abbreviates the other."""
    if left.kind != right.kind or _chains(left.places, right.places) == "conflict":
        return False
    short, long = sorted((left, right), key=lambda unit: len(unit.middle))
    if left.middle == right.middle:
        return bool(left.middle) or _chains(left.places, right.places) == "same"
    return _letters_of(short, long) or _placed_letters_of(short, long)


def _where(a: Anatomy, b: Anatomy) -> Where:
    """How the places of two names agree; a place in brackets counts where none stands in front."""
    if a.bracket and b.bracket and not same_step(a.bracket[-1], b.bracket[-1]):
        return "conflict"
    return _chains(where_from(a), where_from(b))


def _chains(left: tuple[Step, ...], right: tuple[Step, ...]) -> Where:
    if not left or not right:
        return "dropped"
    if not same_step(left[-1], right[-1]):
        return "conflict"
    if not left[-1].name or not right[-1].name:
        return "level"
    wider = zip(left[-2::-1], right[-2::-1], strict=False)
    return "same" if all(same_step(x, y) or is_world(x) or is_world(y) for x, y in wider) else "conflict"


def told_apart(left: Form, right: Form) -> bool:
    """Whether two bodies that no clue joins are surely two: one core with different trades, or two full names."""
    a, b = _pair(left, right)
    if a.own.core and a.own.core == b.own.core:
        return not complementary(left, right)
    return all(part.legal or part.group or part.own.kind for part in (a, b))


def complementary(left: Form, right: Form) -> bool:
    """Whether two short names of one core may be halves of one full name (青图研究院, 青图区块链)."""
    a, b = _pair(left, right)
    if left.cls != right.cls or not a.own.core or a.own.core != b.own.core or _where(a, b) == "conflict":
        return False
    if a.own.kind and b.own.kind and a.own.kind != b.own.kind:
        return False
    if a.group != b.group and (a.own.fields or b.own.fields):
        return False
    first, second = sorted(("".join(a.own.fields), "".join(b.own.fields)), key=len)
    return second.startswith(first) and bool(a.own.kind or b.own.kind)
