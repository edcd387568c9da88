"""The parts of an organisation's name: places, core, fields, kind, legal form.

A name is a row of units, each the parent of the next: 复旦大学|附属中山医院.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from kg.lexicon import table
from kg.names.folding import fold, plain
from kg.names.places import Step, is_city, split_places


@dataclass(frozen=True, slots=True)
class OrganisationWords:
    """The content of ``identity/organisations.yml``; the file explains the fields."""

    legal: tuple[str, ...]
    group: tuple[str, ...]
    kinds: dict[str, tuple[str, ...]]
    letters: dict[str, str]
    parents: tuple[str, ...]
    fields: tuple[str, ...]
    bland: tuple[str, ...]
    common: str
    bare: tuple[str, ...]
    branches: tuple[str, ...]
    loose: tuple[str, ...]
    sole: tuple[str, ...]
    kept: tuple[str, ...]
    expansions: dict[str, str]
    connectors: tuple[str, ...]
    prefixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """One organisation inside a name."""

    places: tuple[Step, ...]
    core: str
    """What only this name has (澄羽), folded; empty for 上海大学, 管委会."""
    fields: tuple[str, ...]
    """Words of trade and purpose, in order, folded."""
    kind: str
    """What kind of body, in its usual spelling (委员会 → 委); empty for most firms."""

    @property
    def middle(self) -> str:
        """Core and fields together."""
        return self.core + "".join(self.fields)


@dataclass(frozen=True, slots=True)
class Anatomy:
    """A name taken apart."""

    units: tuple[Unit, ...]
    """Widest first; never empty."""
    legal: str
    """有限公司 …, or empty."""
    group: bool
    """Whether the name says 集团 or 控股."""
    bracket: tuple[Step, ...]
    """The place given in brackets, before or after the trade."""
    note: str
    """Anything else in brackets."""

    @property
    def own(self) -> Unit:
        """The unit that is meant."""
        return self.units[-1]


@cache
def words() -> OrganisationWords:
    """The word lists, read once."""
    return table("identity/organisations.yml", OrganisationWords)


@lru_cache(maxsize=65536)
def anatomy(name: str, cls: str) -> Anatomy:
    """Take the name of an organisation or park apart.

    Args:
        name: as a mention carries it, Simplified.
        cls: its class; one-letter kinds (大, 院, 所) are read only for the classes that use them.
    """
    text, bracket, note = _take_brackets(_TERM.sub("", plain(name)))
    for short, full in words().expansions.items():
        text = text.replace(short, full)
    text, legal = _take_legal(text)
    text, group = _take_end(text, _ends("group"))
    units = tuple(_unit(piece, cls) for piece in _pieces(text))
    return Anatomy(units, legal, bool(group), bracket, note)


_TERM = re.compile(r"第[0-9一二三四五六七八九十]+届")  # 第七届人民代表大会 is the 人民代表大会 of its place


def _take_legal(text: str) -> tuple[str, str]:
    if text.endswith("分公司"):  # a branch, not a form
        return text, ""
    return _take_end(text, _ends("legal"))


def _take_brackets(text: str) -> tuple[str, tuple[Step, ...], str]:
    text = re.sub(r"^中国\((\w+)\)", r"中国\1", text)  # 中国(上海)自由贸易试验区
    places: tuple[Step, ...] = ()
    note = ""
    for match in re.finditer(r"[(\[【]([^()\[\]【】]*)[)\]】]", text):
        chain = split_places(match[1])
        if chain.steps and not chain.rest:
            places = chain.steps
        else:
            note = fold(match[1])
    return re.sub(r"[(\[【][^()\[\]【】]*[)\]】]", "", text), places, note


@cache
def _ends(which: str) -> tuple[str, ...]:
    forms: tuple[str, ...] = getattr(words(), which)
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))


def _take_end(text: str, ends: tuple[str, ...]) -> tuple[str, str]:
    """Cut the longest of ``ends`` off the text, if at least one character stays."""
    for end in ends:
        if len(text) > len(end) and text.endswith(end):
            return text[: -len(end)], end
    return text, ""


@cache
def _parent() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(words().parents)})(?=.)")


def _pieces(text: str) -> list[str]:
    pieces, start = [], 0
    for match in _parent().finditer(text):
        if match.end() - start >= 3:
            pieces.append(text[start : match.end()])
            start = match.end()
    pieces.append(text[start:])
    return pieces


@cache
def _kinds() -> Mapping[str, tuple[str, str]]:
    """Spelling of a kind → its usual spelling and the class it is limited to."""
    spellings: dict[str, tuple[str, str]] = {}
    for usual, others in words().kinds.items():
        for form in (usual, *others):
            spellings[form] = (usual, words().letters.get(form, ""))
    return MappingProxyType(spellings)


@cache
def _kind_lengths() -> tuple[int, ...]:
    """Lengths of the spellings, falling."""
    return tuple(sorted({len(form) for form in _kinds()}, reverse=True))


def _unit(text: str, cls: str) -> Unit:
    text = _strip_start(text, words().connectors + words().prefixes)
    chain = split_places(text)
    rest, kind = _take_kind(_take_legal(chain.rest)[0], cls)
    steps = chain.steps
    if not steps and rest in ("市", "区", "县", "省", "镇") and kind:
        return Unit((Step("", rest),), "", (), kind)
    if not steps and kind and (match := re.match(r"(市|区|县|省)(?!场|块|北|南|中心)(?=.)", rest)):
        steps, rest = (Step("", match[1]),), rest[1:]
    if not steps and kind in GOVERNING and (match := re.match(r"([\u4e00-\u9fff]{2,3}?)(市|区|县|省|镇)", rest)):
        steps, rest = (Step(match[1], match[2]),), rest[match.end() :]
    core, fields = _split_fields(fold(rest))
    return Unit(steps, core, fields, kind)


GOVERNING = frozenset(
    {"政府", "委", "党委", "局", "厅", "办", "纪委", "人大", "人大常委", "政协", "法院", "检察院", "税务局"}
)


def where_from(taken: Anatomy) -> tuple[Step, ...]:
    """The places of the unit that is meant, and the place in brackets after a country or nothing."""
    places = taken.own.places or tuple(s for unit in taken.units[:-1] for s in unit.places if is_city((s,)))
    return (*places, *taken.bracket) if len(places) < 2 else places


def _strip_start(text: str, starts: tuple[str, ...]) -> str:
    for start in starts:
        if text.startswith(start) and len(text) > len(start) + 1:
            return text[len(start) :]
    return text


def _take_kind(text: str, cls: str) -> tuple[str, str]:
    for length in _kind_lengths():
        usual, limited = _kinds().get(text[-length:], ("", ""))
        if usual and (not limited or (limited == cls and len(text) > 1)):
            return text[:-length], usual
    return text, ""


@cache
def _fields() -> frozenset[str]:
    return frozenset(fold(word) for word in words().fields)


@cache
def _longest_field() -> int:
    return max(map(len, _fields()))


def _split_fields(text: str) -> tuple[str, tuple[str, ...]]:
    """Cut words of trade off the end, the longest first; a core of one letter takes its neighbour back."""
    fields: list[str] = []
    text = text.removesuffix("与").removesuffix("和")
    while text:
        for length in range(min(len(text), _longest_field()), 0, -1):
            if text[-length:] in _fields():
                fields.insert(0, text[-length:])
                text = text[:-length].removesuffix("与").removesuffix("和")
                break
        else:
            break
    if len(text) == 1 and fields:
        text += fields.pop(0)
    return text, tuple(fields)


def is_distinctive(name: str, cls: str) -> bool:
    """Whether a name alone tells who is meant, on any page: not 研究院, 国联中心, 上海分行.

    A core made of official letters only (国联, 科创) counts as none; so does a single letter.
    """
    taken = anatomy(name, cls)
    own = taken.own
    if len(own.core) >= 2 and not set(own.core) <= set(words().common):
        return True
    if len(taken.units) > 1:
        return len(fold(name)) >= 6
    return any(step.name for step in own.places) and (bool(own.middle) or own.kind in words().sole)
