"""The part each named thing plays around a number: topic, modifier, place, example or speaker.

An :class:`Occurrence` is a name, a word standing for one (该园区, 全市), or an unnamed subject (某企业, 全国).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from kg.lexicon import table
from kg.model import Span
from kg.observations.page import Page

UNNAMED = -1
"""The index of an occurrence that has no mention."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Something that could own a number, at its place in the text."""

    start: int
    """Reading offset."""
    end: int
    index: int
    """Index into the document's mentions, or :data:`UNNAMED`."""
    cls: str
    initial: bool = False
    """Opens its clause."""
    roles: tuple[str, ...] = ()
    """Names of weights in ``subjects.yml``."""


@dataclass(frozen=True, slots=True)
class Anaphors:
    """Words that stand for a thing of some classes."""

    words: tuple[str, ...]
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subjects:
    """``subjects.yml``, explained there."""

    weights: Mapping[str, float]
    threshold: float
    classes: Mapping[str, float]
    wide: tuple[str, ...]
    wide_weight: float
    adjunct: tuple[str, ...]
    placed: tuple[str, ...]
    counting: tuple[str, ...]
    introducing: tuple[str, ...]
    appositions: tuple[str, ...]
    openers: tuple[str, ...]
    speech: tuple[str, ...]
    anaphors: tuple[Anaphors, ...]
    here: tuple[str, ...]
    unnamed: tuple[str, ...]
    inbound: tuple[str, ...]
    arriving: tuple[str, ...]
    ahead_kinds: tuple[str, ...]
    inbound_kinds: tuple[str, ...]
    acting: tuple[str, ...]
    gathering: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """``subjects.yml`` compiled."""

    before: re.Pattern[str]
    opener: re.Pattern[str]
    attribute: re.Pattern[str]
    speech: re.Pattern[str]
    stand_in: re.Pattern[str]
    here: re.Pattern[str]
    acting: re.Pattern[str]
    gathering: re.Pattern[str]
    inbound: re.Pattern[str]
    arriving: re.Pattern[str]
    kinds: Mapping[str, str]
    classes: Mapping[str, tuple[str, ...]]


_TIME = (
    r"(?:(?:19|20)?\d\d年?(?:[-—至到](?:20)?\d\d年)?|\d{1,2}[月日]|[一二三四上下][半季]年?度?)"
    r"(?:\d{1,2}月)?(?:\d{1,2}日)?[底末初前间]?"
)
_ROUND = re.compile("的?[^，。、的]{0,4}(?:[A-Z][0-9+]{0,2}|天使|种子)轮")
_WIDE = re.compile("(?:中国|我国|全国|全球|国内)$")
_LOOK = 6
_HOUSES = frozenset({"Company", "Institute", "Organization", "GovernmentBody", "Park", "District", "Event", "Place"})
_RANK = {"Place": 0, "District": 1, "Park": 2}
_POINTING = "该这本此全我"
"""How a word begins that points at one thing; another one (产品, 公司) may just speak of such things."""
_ASIDE = frozenset({"modifier", "adjunct", "placed", "listed", "at"})
_PERSONS = frozenset({"Person", "Official"})
_GROUND = ("Park", "District", "Place")


def occurrences(page: Page, sentence: Span) -> list[Occurrence]:
    """All that could own a number in a sentence, by start."""
    found: list[Occurrence] = []
    for clause in page.clauses(sentence):
        inside = page.within(max(clause.start, sentence.start), clause.end)
        named = [_named(page, clause, index) for index in inside]
        found += named
        found += _stand_ins(page, clause, named, found)
    return sorted(found, key=lambda occurrence: occurrence.start)


def _named(page: Page, clause: Span, index: int) -> Occurrence:
    """A mention with the part it plays in its clause."""
    mention = page.mentions[index]
    initial = _opens(page, clause, index)
    roles = tuple(_roles(page, index, initial=initial))
    occurrence = Occurrence(mention.start, mention.end, index, mention.cls, initial, roles)
    if mention.cls == "GovernmentBody":
        return _ground_of(page, occurrence)
    return _house_of(page, occurrence) if mention.cls in _PERSONS else occurrence


def _opens(page: Page, clause: Span, index: int) -> bool:
    """Whether a mention is the first thing that its clause speaks of, apart from adverbs and its own attribute."""
    text, start = page.text, page.mentions[index].start
    if rules_of().opener.fullmatch(text, clause.start, start) or rules_of().attribute.fullmatch(
        text, clause.start, start
    ):
        return True
    before = page.mentions[index - 1] if index else None
    if before is None or before.start < clause.start or text[before.end : start] not in {"", "的"}:
        return False
    return _opens(page, clause, index - 1)


def _roles(page: Page, index: int, *, initial: bool) -> Iterable[str]:
    """Names of the weights that hold for a mention wherever the number stands."""
    mention, text, rules = page.mentions[index], page.text, rules_of()
    head = rules.before.search(text[max(0, mention.start - _LOOK) : mention.start])
    if _modifies(page, index):
        yield "modifier"
    elif _is_listed(page, index, initial=initial):
        yield "listed"
    if head:
        yield rules.kinds[head["word"]]
    if text[mention.start - 1 : mention.start] == "在" and rules.acting.match(text, mention.end):
        yield "at"
    if _ROUND.match(text, mention.end):
        yield "funded"
    if rules.speech.match(text, mention.end):
        yield "speaking"
    if mention.cls == "IndustryField" and _WIDE.search(text[max(0, mention.start - _LOOK) : mention.start]):
        yield "nationwide"


def _modifies(page: Page, index: int) -> bool:
    """Whether a mention only says whose or where the next one is: 上海的X, 上海X."""
    if index + 1 >= len(page.mentions):
        return False
    following = page.mentions[index + 1]
    mention = page.mentions[index]
    if page.text[mention.end : following.start] not in {"", "的"} or following.cls in _PERSONS:
        return False
    return following.cls != "IndustryField" or mention.name in table("observations/subjects.yml", Subjects).wide


def _is_listed(page: Page, index: int, *, initial: bool) -> bool:
    """Whether a mention is one of several: A、B和C等."""
    mention = page.mentions[index]
    mark = page.text[mention.end : mention.end + 1]
    if mark and mark in "、和及等" and not initial:
        return True
    following = page.mentions[index + 1] if mark == "、" and index + 1 < len(page.mentions) else None
    return following is not None and following.start == mention.end + 1 and following.cls == mention.cls


def _ground_of(page: Page, body: Occurrence) -> Occurrence:
    """The place that a government body governs, if the page names it: numbers are told of the place."""
    name = page.mentions[body.index].name
    governed = [
        (_RANK[mention.cls], -abs(mention.start - body.start), index)
        for index, mention in enumerate(page.mentions)
        if mention.cls in _RANK and _governs(name, mention.name)
    ]
    if not governed:
        return body
    index = max(governed)[2]
    return replace(body, index=index, cls=page.mentions[index].cls, roles=(*body.roles, "speaking"))


def _governs(body: str, place: str) -> bool:
    """Whether the name of a body shows that it governs a place: 徐汇区科委, 市科委."""
    return place in body or (body.startswith("市") and place.startswith("上海") and len(place) <= 3)


def _house_of(page: Page, person: Occurrence) -> Occurrence:
    """The organisation that a speaker was introduced with (某公司总经理张三), if the page names one."""
    if not rules_of().speech.match(page.text, person.end):
        return person
    name = page.mentions[person.index].name
    for index in range(1, person.index + 1):
        house = page.mentions[index - 1]
        if page.mentions[index].name == name and house.cls in _HOUSES:
            title = page.text[house.end : page.mentions[index].start]
            if len(title) <= 14 and not re.search("[，。；：！？]", title):
                found = replace(person, index=index - 1, cls=house.cls, roles=("speaking",))
                return _ground_of(page, found) if house.cls == "GovernmentBody" else found
    return person


def _stand_ins(page: Page, clause: Span, named: list[Occurrence], found: list[Occurrence]) -> Iterable[Occurrence]:
    """The anaphors and unnamed subjects of a clause, given what its sentence has named so far."""
    rules = rules_of()
    for match in rules.here.finditer(page.text, clause.start, clause.end):
        yield _resolved(page, match, _GROUND, [])
    opening = _opening(page, clause)
    if opening is None or page.in_name(*opening.span()):
        return
    if opening["word"] in rules.classes:
        near = [o for o in found if o.end <= opening.start() and not _ASIDE & set(o.roles)]
        occurrence = _resolved(page, opening, rules.classes[opening["word"]], near)
        if occurrence.index != UNNAMED or opening["word"][0] in _POINTING:
            yield occurrence
    elif not any(o.initial and o.start < opening.start() for o in named):
        yield Occurrence(*opening.span(), UNNAMED, "", initial=True)


def _opening(page: Page, clause: Span) -> re.Match[str] | None:
    """The word that opens a clause, behind its adverbs, if it stands for a subject."""
    rules = rules_of()
    start = clause.start
    while (adverb := rules.opener.match(page.text, start, clause.end)) and adverb.end() > start:
        start = adverb.end()
    words = (rules.stand_in.match(page.text, begin, clause.end) for begin in (clause.start, start))
    return next((word for word in words if word), None)


def _resolved(page: Page, match: re.Match[str], classes: tuple[str, ...], near: list[Occurrence]) -> Occurrence:
    """An anaphor as an occurrence of what it stands for; unnamed where that is not told."""
    index = next((o.index for o in reversed(near) if o.cls in classes), UNNAMED)
    if index == UNNAMED:
        index = _antecedent(page, match.start(), match["word"], classes)
    cls = page.mentions[index].cls if index != UNNAMED else ""
    return Occurrence(match.start(), match.end(), index, cls, initial=True, roles=("repeated",))


def _antecedent(page: Page, offset: int, word: str, classes: tuple[str, ...]) -> int:
    """Index of the name that an anaphor stands for: one that ends in the word, else the last topic of its class."""
    noun = word.lstrip("该这座家本款全项")
    block = page.blocks[page.block(offset)]
    earlier = [i for i in range(page.within(0, offset).stop - 1, -1, -1) if page.mentions[i].cls in classes]
    same = [i for i in earlier if page.mentions[i].name.endswith(noun)]
    if same and len(noun) > 1:
        return same[0]
    near = [i for i in earlier if page.mentions[i].start >= block.start]
    for group in (near, earlier):
        for cls in classes:
            of_class = [i for i in group if page.mentions[i].cls == cls]
            topic = next((i for i in of_class if not _is_aside(page, i)), UNNAMED)
            if topic != UNNAMED:
                return topic
            if of_class and group is near:
                return of_class[0]
    return UNNAMED


def _is_aside(page: Page, index: int) -> bool:
    """Whether a mention is an example, a modifier or behind a preposition."""
    return any(role in _ASIDE for role in _roles(page, index, initial=False))


@cache
def rules_of() -> Rules:
    """The compiled ``subjects.yml``."""
    data = table("observations/subjects.yml", Subjects)
    kinds = {"adjunct": data.adjunct, "placed": data.placed, "contained": data.counting, "introduced": data.introducing}
    classes = {word: row.classes for row in data.anaphors for word in row.words}
    return Rules(
        before=re.compile(rf"(?P<word>{_any(w for words in kinds.values() for w in words)})[的了出]?[“「《\"]?$"),
        opener=re.compile(rf"(?:[\s“”\"'「」*•◆◦●○■·▪（(\-—、了于]|{_TIME}|{_any(data.openers)})*"),
        attribute=re.compile(
            r'[^、]{2,24}的[“「《"—]{0,2}|中国|我国|全国|全球'
            rf'|[^、，]{{0,10}}(?:{_any(data.appositions)})[“「《"]?'
        ),
        speech=re.compile(rf"[^，。；：！？\n]{{0,14}}?(?:{_any(data.speech)})"),
        stand_in=re.compile(
            rf"(?P<word>(?:[^，、]{{1,12}}的(?=一家|一位|一名))?(?:{_any([*classes, *data.unnamed])}))"
            "(?<!其(?=[中他实余次它间后]))"
        ),
        here=re.compile(rf"(?P<word>{_any(data.here)})"),
        inbound=re.compile(rf"(?:{_any(data.inbound)})[了于在]?[“「《\"]?$"),
        arriving=re.compile(rf"[^，。；：、\n]{{0,4}}?(?:{_any(data.arriving)})"),
        acting=re.compile(_any(data.acting)),
        gathering=re.compile(rf"(?:{_any(data.gathering)})[“「《]?$"),
        kinds={word: kind for kind, words in kinds.items() for word in words},
        classes=classes,
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
