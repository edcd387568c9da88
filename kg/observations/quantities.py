"""Numbers with units as they are printed: where they stand, what they are worth, how far they bind.

One compiled expression finds a number with its unit; the words around it then say whether it is a figure at all
(no date, no rank, no address) and whether it is exact, a bound, or an estimate.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from kg.lexicon import table
from kg.model import Bound
from kg.observations.numerals import DIGITS, Numbers, parse, scaled
from kg.words import either


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with a unit, at its place in the text."""

    start: int
    """Reading offset of the first numeral."""
    end: int
    """Reading offset behind the unit."""
    value: float
    unit: str
    """Without the multiplier; empty for an index or a score."""
    kind: str
    """Kind of unit, a row of ``units.yml``; ``index`` where there is none."""
    measure: str
    """What such a unit counts, in general."""
    printed: str
    """The number as printed, without its unit (``2.2万``)."""
    bound: Bound = "exact"
    left: int = 0
    """Reading offset where the hedges before the number begin."""
    right: int = 0
    """Reading offset where the hedges behind the unit end."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of ``units.yml``."""

    kind: str
    measure: str
    forms: tuple[str, ...]
    numerals: int = 0
    cue: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()


class _UnitRule(NamedTuple):
    """A form of ``units.yml`` compiled."""

    kind: str
    measure: str
    numerals: int
    cue: re.Pattern[str] | None
    barred: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class _Rules:
    """The data files compiled."""

    figure: re.Pattern[str]
    unitless: re.Pattern[str]
    units: Mapping[str, _UnitRule]
    before: re.Pattern[str]
    after: re.Pattern[str]
    bounds: Mapping[str, Bound]
    barred_before: re.Pattern[str]
    barred_after: re.Pattern[str]
    abstract: re.Pattern[str]
    countable: re.Pattern[str]


_NUMERALS = "〇零一二两三四五六七八九十百千万亿"
_NUMBER = rf"[0-9{_NUMERALS}]+(?:[.,，．][0-9]+)*[多余几来]?[十百千万亿]*[多余]?"
_LOW_END = re.compile(rf"({_NUMBER})\s*(?:至|到|[-–—－─~～]+)\s*$")
_FOLDED = {"人民币": "元", "元人民币": "元", "％": "%", "百分点": "个百分点", "㎡": "平方米", "平米": "平方米"}
_DIGIT, _LOOSE = re.compile(r"\d"), re.compile("[多余几来]")
_VAGUE = re.compile("[数几]$")
_GLUED = re.compile(r"[A-Za-z][-.]?$|[\d.][.:：/]?$")
_BARE = re.compile("[百千万亿][多余]?$")
_LOOK = 12
_COUNTED = re.compile(
    r"(?:的[^，,。；;、：:\d\n]{0,12}|[^，,。；;、：:\d\n]{0,6}(?:企业|公司|项目|楼宇|楼|机构|单位))[^，,。；;、：:\d\n]{0,6}(?=\d)"
)
"""Behind a sum: the counted things, and their number."""
_OF_MODELS = frozenset({"computing", "length", "weight", "energy"})
_NOUN = re.compile("(?![的以和与及、或长宽高深厚左上多余])[\u4e00-\u9fffA-Za-z]")
_ARTICLE = re.compile(
    '(?:^|[”」』》"的款套颗条台艘辆架枚只代型新][“「]?|首[款台套颗条个]|国产|推出|发布|研发|打造|生产)$'
)
_YEARS = 200
"""From here on 年 and 届 speak of a date, not of how many."""


def find(text: str) -> list[Quantity]:
    """Every figure of a text, by start; the ends of a range (``5%至10%``) one by one.

    Args:
        text: reading text, in Simplified script.
    """
    rules = _rules()
    found: list[Quantity] = []
    for match in rules.figure.finditer(text):
        quantity = _quantity(text, match, rules)
        if quantity:
            found.extend(_low_end(text, quantity))
            found.append(quantity)
    found.extend(_indices(text, rules))
    return sorted(found, key=lambda quantity: quantity.start)


def _quantity(text: str, match: re.Match[str], rules: _Rules) -> Quantity | None:
    """The figure that a match shows, or None where it is none."""
    end, unit = match.end(), match["unit"] or "%"
    rule = rules.units[unit]
    group = "number" if match["number"] else "hundredths"
    number = match[group][_skip(match[group]) :]
    start = match.end(group) - len(number)
    value = parse(number)
    before, tail = text[max(0, start - _LOOK) : start], text[end : end + _LOOK]
    if value is None or _is_barred(before, tail, rule, rules):
        return None
    if not _is_meant(number, before, rule, rules):
        return None
    if rule.kind in {"span", "editions"} and value >= _YEARS:
        return None
    if rule.kind == "counts" and not _is_countable(number, tail, rules):
        return None
    unit = _FOLDED.get(unit, unit)
    quantity = _bounded(text, Quantity(start, end, value, unit, rule.kind, rule.measure, number), rules)
    return None if _is_mark(text, quantity) or _is_model(text, quantity) else quantity


def _is_mark(text: str, quantity: Quantity) -> bool:
    """Whether a sum only says which things are counted: 估值过亿元的190家, 年营收10亿元以上企业20家."""
    if quantity.kind not in {"money", "area", "age"} or quantity.bound in {"exact", "about"}:
        return False
    return bool(_COUNTED.match(text, quantity.right))


def _is_model(text: str, quantity: Quantity) -> bool:
    """Whether a number belongs to the name of a kind of thing: 256通道脑机接口系统, 首款800G光引擎."""
    if quantity.kind not in _OF_MODELS or quantity.bound != "exact":
        return False
    return bool(_NOUN.match(text, quantity.end) and _ARTICLE.search(text[max(0, quantity.start - 3) : quantity.start]))


def _skip(number: str) -> int:
    """Characters at the start of a match that belong to another word: 统一30家, or to another number: 2022,700家."""
    first = _DIGIT.search(number)
    if first and first.start():
        return first.start()
    if first and parse(number) is None:
        return max(number.rfind(comma) for comma in ",，") + 1
    return 0


def _is_barred(before: str, tail: str, rule: _UnitRule, rules: _Rules) -> bool:
    """Whether the words around a number say that it is a rank, a step, a date or a step."""
    if rule.cue and not rule.cue.search(before):
        return True
    if rule.barred and rule.barred.match(tail):
        return True
    return bool(rules.barred_before.search(before) or rules.barred_after.match(tail))


def _is_meant(number: str, before: str, rule: _UnitRule, rules: _Rules) -> bool:
    """Whether a number stands for itself: not in C919 or 3.2.1, not in 千家万户 or 数百家."""
    if number[0].isdigit():
        glued = _GLUED.search(before)
        return not glued or (glued[0].isalpha() and rule.kind in {"money", "percent"})
    if not rule.numerals or (parse(number) or 0.0) < rule.numerals or _VAGUE.search(before):
        return False
    return len(number) > 1 or not _BARE.match(number) or bool(rules.before.search(before))


def _is_countable(number: str, tail: str, rules: _Rules) -> bool:
    """Whether 个 counts things and not sides, steps or months."""
    if rules.abstract.match(tail):
        return False
    return number[0].isdigit() or bool(rules.countable.match(tail))


def _bounded(text: str, quantity: Quantity, rules: _Rules) -> Quantity:
    """The quantity with the bound that its hedges set, and with their places."""
    head = max(0, quantity.start - _LOOK)
    before = rules.before.search(text[head : quantity.start])
    after = rules.after.match(text, quantity.end)
    left = head + before.start() if before else quantity.start
    right = after.end() if after else quantity.end
    if before:
        bound = rules.bounds[before["hedge"]]
    elif _LOOSE.search(quantity.printed):
        bound = "at least"
    else:
        bound = rules.bounds[after["hedge"]] if after else "exact"
    return replace(quantity, bound=bound, left=left, right=right)


def _low_end(text: str, quantity: Quantity) -> list[Quantity]:
    """The lower end of a range whose unit is printed once (5000万—1亿元, 5-8万家)."""
    head = max(0, quantity.start - 16)
    match = _LOW_END.search(text[head : quantity.start])
    if match is None or _GLUED.search(text[max(0, head + match.start() - 3) : head + match.start()]):
        return []
    number = match[1]
    value = parse(number)
    upper = DIGITS.fullmatch(_LOOSE.sub("", quantity.printed))
    if value is None or upper is None or not number[0].isdigit():
        return []
    factor = quantity.value / float(re.sub("[,，]", "", upper[1]))
    if number[-1].isdigit() and value * factor < quantity.value:
        value = scaled(value, factor)
    if value >= quantity.value or (quantity.unit == "" and value > 1900):
        return []
    start = head + match.start()
    return [replace(quantity, start=start, end=start + len(number), value=value, printed=number, left=start)]


def _indices(text: str, rules: _Rules) -> list[Quantity]:
    """Numbers without a unit behind a word that needs none (指数达到87.14)."""
    found = []
    for match in rules.unitless.finditer(text):
        value = parse(match["number"])
        if value is not None and match["number"][0].isdigit():
            found.append(
                _bounded(
                    text,
                    Quantity(match.start("number"), match.end(), value, "", "index", "指数", match["number"]),
                    rules,
                )
            )
    return found


@cache
def _rules() -> _Rules:
    numbers = table("observations/numbers.yml", Numbers)
    units = {form: _unit(row) for row in table("observations/units.yml", tuple[Unit, ...]) for form in row.forms}
    forms = "|".join(re.escape(form) + "(?![A-Za-z])" * form[-1].isascii() for form in _longest(units))
    before, after = _bounds(numbers.before), _bounds(numbers.after)
    return _Rules(
        figure=re.compile(
            rf"百分之(?P<hundredths>[0-9{_NUMERALS}][0-9{_NUMERALS}.点]*)|(?P<number>{_NUMBER})\**\s?(?P<unit>{forms})"
        ),
        unitless=re.compile(
            rf"(?:{either(numbers.indices)})[^，,。；;：:、\d\n]{{0,6}}?(?:达到|达|为|超过|超|突破|至|近|约)\**(?P<number>{_NUMBER})"
            rf"(?!{forms}|[\dA-Za-z年月日级.%])"
        ),
        units=units,
        before=re.compile(rf"(?P<hedge>{either(before)})[了到至有约为]?\s?\**$"),
        after=re.compile(rf"\**(?:[(（](?:人民币|RMB)[)）])?(?P<hedge>{either(after)})(?![资地部容外蒙涵陆])"),
        bounds=before | after,
        barred_before=re.compile(rf"(?:{either(numbers.barred_before)})$"),
        barred_after=re.compile(either(numbers.barred_after)),
        abstract=re.compile(
            rf"[多余来]?人(?:[，,。；;]|的)|[多余来]?(?:的|主要|重点|核心|关键|新|大){{0,2}}(?:{either(numbers.abstract)})"
        ),
        countable=re.compile(rf"[^，,。；;：:、\d\s]{{0,8}}?(?:{either(numbers.countable)})"),
    )


def _bounds(hedges: Mapping[Bound, tuple[str, ...]]) -> dict[str, Bound]:
    return {word: bound for bound, words in hedges.items() for word in words}


def _unit(row: Unit) -> _UnitRule:
    cue = re.compile(either(row.cue)) if row.cue else None
    return _UnitRule(row.kind, row.measure, row.numerals, cue, re.compile(either(row.barred)) if row.barred else None)


def _longest(words: Iterable[str]) -> list[str]:
    """Longer words first, so that an alternation takes the longest."""
    return sorted(words, key=lambda word: (-len(word), word))
