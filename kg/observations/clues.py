"""The words around a number that show whose it is: ``subjects.yml`` read and compiled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.lexicon import table
from kg.words import either


@dataclass(frozen=True, slots=True)
class Anaphors:
    """Words that stand for a thing of some classes."""

    words: tuple[str, ...]
    classes: tuple[str, ...]
    nearest: bool = False
    endings: tuple[str, ...] = ()
    plain: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class Subjects:
    """``subjects.yml``, explained there."""

    wide: tuple[str, ...]
    adjunct: tuple[str, ...]
    placed: tuple[str, ...]
    counting: tuple[str, ...]
    introducing: tuple[str, ...]
    introduced: tuple[str, ...]
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
    owning: tuple[str, ...]
    giving: tuple[str, ...]
    first_person: tuple[str, ...]
    making: tuple[str, ...]
    taking: tuple[str, ...]
    things: tuple[str, ...]
    telling: tuple[str, ...]
    acting: tuple[str, ...]
    gathering: tuple[str, ...]
    joining: tuple[str, ...]
    attending: tuple[str, ...]
    applying: tuple[str, ...]
    choosing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """``subjects.yml`` compiled."""

    before: re.Pattern[str]
    opener: re.Pattern[str]
    attribute: re.Pattern[str]
    speech: re.Pattern[str]
    stand_in: re.Pattern[str]
    here: re.Pattern[str]
    made: re.Pattern[str]
    owning: re.Pattern[str]
    acting: re.Pattern[str]
    introduced: re.Pattern[str]
    presented: re.Pattern[str]
    made_thing: re.Pattern[str]
    telling: re.Pattern[str]
    gathering: re.Pattern[str]
    joining: re.Pattern[str]
    attending: re.Pattern[str]
    applying: re.Pattern[str]
    chosen: re.Pattern[str]
    inbound: re.Pattern[str]
    arriving: re.Pattern[str]
    kinds: Mapping[str, str]
    anaphors: Mapping[str, Anaphors]


_TIME = (
    r"(?:(?:19|20)?\d\d年?(?:[-—至到](?:20)?\d\d年)?|\d{1,2}[月日]|[一二三四上下][半季]年?度?)"
    r"(?:\d{1,2}月)?(?:\d{1,2}日)?[底末初前间]?"
)


@cache
def data_of() -> Subjects:
    """The plain ``subjects.yml``."""
    return table("observations/subjects.yml", Subjects)


WEIGHTS = "observations/weights.yml"


@dataclass(frozen=True, slots=True)
class Weights:
    """``weights.yml``, explained there."""

    by_hand: Mapping[str, float]
    weights: Mapping[str, float]


@cache
def weights_of() -> Weights:
    """What each feature of a subject counts."""
    return table(WEIGHTS, Weights)


@cache
def rules_of() -> Rules:
    """The compiled ``subjects.yml``."""
    data = data_of()
    kinds = {"adjunct": data.adjunct, "placed": data.placed, "contained": data.counting, "introduced": data.introducing}
    anaphors = {word: row for row in data.anaphors for word in row.words}
    return Rules(
        before=re.compile(rf"(?P<word>{either(w for words in kinds.values() for w in words)})[的了出]?[“「《\"]?$"),
        opener=re.compile(rf"(?:[\s#“”\"'「」【】*•◆◦●○■·▪（(\-—、了于]|{_TIME}|{either(data.openers)})*"),
        attribute=re.compile(
            r'[^、]{2,24}的[“「《"—]{0,2}|中国|我国|全国|全球'
            rf'|[^、，,]{{0,24}}(?:{either(data.appositions)})[“「《"]?'
        ),
        speech=re.compile(rf"[^，,。；;：:！？\n]{{0,14}}?(?:{either(data.speech)})"),
        stand_in=re.compile(
            rf"(?P<word>(?:[^，,、]{{1,12}}的(?=一家|一位|一名))?(?:{either([*anaphors, *data.unnamed])}))"
            "(?<!其(?=[中他实余次它间后]))"
        ),
        here=re.compile(rf"(?P<word>{either(data.here)})"),
        inbound=re.compile(rf"(?:{either(data.inbound)})[了于在]?[“「《\"]?$"),
        arriving=re.compile(rf"[^，,。；;：:、\n]{{0,4}}?(?:{either(data.arriving)})"),
        owning=re.compile(rf"(?:{either(data.owning)})*"),
        made=re.compile(
            rf"[^、]{{0,20}}(?:{either(data.making)})[^、]{{0,16}}的(?:[^、，,]{{0,10}}(?:{either(data.appositions)}))?[“「《]?"
        ),
        introduced=re.compile(
            rf"[”」》\"]?(?:(?:同日|今日|正式|昨日|近日|已)?(?:{either(data.taking)})(?=[，,。；;：:、）)]|以来|后|仪式|$)"
            rf"|{either(data.introduced)})"
        ),
        presented=re.compile(rf"(?:{either(data.introducing)})了?[^，,。；;：:、的]{{2,16}}$"),
        made_thing=re.compile(
            rf"(?:{either(data.introducing)})了?(?P<size>[^，,。；;、：:]{{0,10}}?\d[^，,。；;、：:的]{{0,8}}的)?[“「]?"
            rf"(?P<thing>[^，,。；;、：:的\d]{{0,14}}(?:{either(data.things)}))[”」]?(?=[，,。；;\n]|$)"
        ),
        telling=re.compile(either(data.telling)),
        acting=re.compile(either(data.acting)),
        gathering=re.compile(rf"(?:{either(data.gathering)})[了出过]?[“「《]?$"),
        joining=re.compile(rf"[^，,。；;：:、\n]{{0,6}}?(?:{either(data.joining)})"),
        chosen=re.compile(rf"[^，,。；;：:]*?(?:{either(data.choosing)})[^，,。；;：:]{{0,12}}$"),
        applying=re.compile(either(data.applying)),
        attending=re.compile(either(data.attending)),
        kinds={word: kind for kind, words in kinds.items() for word in words},
        anaphors=anaphors,
    )
