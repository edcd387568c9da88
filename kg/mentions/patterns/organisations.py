"""Organisations by the last word of their name: companies, institutes, parks, associations, organs of state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.lexicon import table
from kg.mentions.gazetteer import goes_on
from kg.mentions.page import Page
from kg.mentions.patterns.edges import generic_phrases, is_generic, left_edge
from kg.model import Proposal
from kg.words import Hit, Words


@dataclass(frozen=True, slots=True)
class Suffix:
    """A group of last words, see ``data/mentions/suffixes.yml``."""

    cls: str
    score: float
    unanchored: bool
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suffixes:
    """The file ``data/mentions/suffixes.yml``."""

    groups: tuple[Suffix, ...]
    anchors: tuple[str, ...]
    """Beginnings that make a name of generic words: 中国, 国家, 上海市 …"""
    national: tuple[str, ...]
    """What a firm's house in this country is called after it: 德勤|中国."""


def organisations(page: Page) -> Iterator[Proposal]:
    """Names that end in a word such as 有限公司, 研究院, 开发区, 科委."""
    for hit in _suffixes().find(page.text):
        if goes_on(page.text, hit.start, hit.end):
            continue
        proposal = _proposal(page, hit)
        if proposal is not None:
            yield proposal
            yield from _department(page, proposal)
    for match in page.matches:
        cls = match.entries[0].cls
        if match.strength == "weak":
            continue
        if cls in _PARTS:
            yield from _department(page, Proposal(match.start, match.end, cls, 0.9, "lexicon"))
        elif cls == "Company":
            for word in _table().national:
                if page.text.startswith(word, match.end):
                    end = match.end + len(word)
                    yield Proposal(match.start, end, cls, 0.9, "extension", "a firm's house in this country")


def _proposal(page: Page, hit: Hit[Suffix]) -> Proposal | None:
    """The name that ends in the hit, if what stands before its last word makes it one."""
    start = _trim(page, left_edge(page, hit.start), hit)
    head, name = page.text[start : hit.start], page.text[start : hit.end]
    if len(head) < 2 or name in generic_phrases():
        return None
    anchored = is_anchored(page, start, hit.start)
    rest = _anchor().sub("", head) if anchored else head
    if is_generic(rest) and not (anchored and (hit.value.cls != "Company" or page.text[hit.end - 1] == "厂")):
        return None
    if not anchored and not hit.value.unanchored and is_generic(head):
        return None
    score = hit.value.score * (1.0 if anchored or hit.value.unanchored else 0.6)
    source = "legal form" if hit.value.score > _LEGAL else "suffix"
    if source == "suffix" and hit.value.cls in _EXTENSIBLE:
        known = next((m for m in page.matches_between(start, hit.end) if m.start == start and m.end < hit.end), None)
        if known and known.entries[0].cls in _EXTENSIBLE[hit.value.cls]:
            source, score = "extension", 0.9
    return Proposal(start, hit.end, hit.value.cls, score, source, f"ends in {page.text[hit.start : hit.end]}")


_EXTENSIBLE = {"Company": frozenset({"Company"}), "Institute": frozenset({"Institute", "Company"})}
"""Whose names go on as a name of this class: 德勤|管理咨询, 复旦大学|类脑智能科学与技术研究院."""


def _department(page: Page, house: Proposal) -> Iterator[Proposal]:
    """上海市科委|高新技术处, 瑞金医院|北院: a part of an organ of state, a hospital or a university is one too."""
    part = _PARTS[house.cls].match(page.text, house.end) if house.cls in _PARTS else None
    if part:
        name = page.text[house.start : house.end]
        yield Proposal(house.start, part.end(), house.cls, 0.85, "department", f"a part of {name}")


_PARTS = {
    "GovernmentBody": re.compile(
        r"[一-鿿]{2,8}?(?:处|司|科|局|办公室|服务中心|合作中心|中心|研究室)"
        r"(?=[^一-鿿]|副?[处司局科]长|副?主任|相关|有关|负责|党|工作人员|[一二]级|的|表示|介绍|和|与|在)"
    ),
    "Institute": re.compile(
        r"[一-鿿]{0,6}?(?:院区|分院|[东南西北总]院|校区)(?![一-鿿]?长)"
        r"|[一-鿿]{1,8}?(?:科|系|中心)(?=副?主任|医生|医师|副?教授|护士|博士|学生|研究员)"
    ),
}
"""What may follow the name of a house as its part, by class."""

_LEGAL = 0.94
"""Last words with a higher score are legal forms (有限公司)."""


def is_anchored(page: Page, start: int, end: int) -> bool:
    """Whether a head begins with a place, a country or a known organisation."""
    return start in page.known or _anchor().match(page.text, start, end) is not None


def _trim(page: Page, start: int, hit: Hit[Suffix]) -> int:
    """A park's name does not hold the district before it (浦东新区|张江科学城)."""
    if hit.value.cls != "Park":
        return start
    for match in page.matches_between(start, hit.start):
        if match.start == start and match.entries[0].cls == "District" and hit.start - match.end >= 2:
            return match.end
    return start


@lru_cache(maxsize=1 << 14)
def is_generic_name(name: str) -> bool:
    """Whether a name is a kind of house, before its last word too (概念验证|中心)."""
    words, lengths = _last_words()
    head = next((name[:-length] for length in lengths if name[-length:] in words), name)
    return name in generic_phrases() or is_generic(head)


@cache
def _last_words() -> tuple[frozenset[str], tuple[int, ...]]:
    """All last words, and their lengths, falling."""
    words = frozenset(word for group in _table().groups for word in group.words)
    return words, tuple(sorted({len(word) for word in words}, reverse=True))


@cache
def _table() -> Suffixes:
    return table("mentions/suffixes.yml", Suffixes)


@cache
def _suffixes() -> Words[Suffix]:
    return Words({word: group for group in _table().groups for word in group.words})


@cache
def _anchor() -> re.Pattern[str]:
    words = sorted(_table().anchors, key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, words)) + ")+")
