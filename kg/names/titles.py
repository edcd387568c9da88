"""What names of events, policies and other titled things have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.lexicon import table
from kg.names.folding import fold, plain
from kg.names.places import split_places


@dataclass(frozen=True, slots=True)
class TitleWords:
    """The content of ``identity/titles.yml``; the file explains the fields."""

    editions: tuple[str, ...]
    openers: tuple[str, ...]
    synonyms: dict[str, str]
    event_kinds: tuple[str, ...]
    policy_kinds: tuple[str, ...]
    policy_openers: tuple[str, ...]
    policy_notes: tuple[str, ...]
    field_tails: tuple[str, ...]
    product_tails: tuple[str, ...]
    honours: tuple[str, ...]
    surnames: tuple[str, ...]


@cache
def title_words() -> TitleWords:
    """The word lists, read once."""
    return table("identity/titles.yml", TitleWords)


QUOTED = re.compile(r"[“\"‘「『《〈]([^”\"’」』》〉]{2,20})[”\"’」』》〉]")
"""A quoted part of a name."""
OPENING = frozenset('“"‘「『')
"""Marks that open a quotation; titles of documents have marks of their own."""


@cache
def editions() -> re.Pattern[str]:
    """What an edition looks like."""
    return re.compile("|".join(title_words().editions))


@lru_cache(maxsize=16384)
def series(name: str) -> str:
    """The name without its edition and without what brackets add, folded, synonyms evened out.

    >>> series("2025年第九届青砚杯赛")
    '青砚杯赛'
    """
    text = re.sub(r"\([^()]*\)", "", plain(name))
    text = fold(editions().sub("", text))
    for word, usual in title_words().synonyms.items():
        text = text.replace(word, usual)
    return text


@lru_cache(maxsize=16384)
def told(text: str) -> str:
    """Without places and 国际, 全国 … in front."""
    rest = text
    for opener in title_words().openers:
        rest = rest.removeprefix(opener)
    rest = split_places(rest).rest.lstrip("-—–")
    for opener in title_words().openers:
        rest = rest.removeprefix(opener)
    return rest or text


def shared_head(left: str, right: str) -> int:
    """How many letters two names share at the beginning."""
    return next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))


def same_numbers(left: str, right: str) -> bool:
    """Whether the digits in two names let them be one: equal, or the one's are among the other's."""
    numbers = [set(re.findall(r"\d+", fold(text))) for text in (left, right)]
    return numbers[0] <= numbers[1] or numbers[1] <= numbers[0]
