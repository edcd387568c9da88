"""Parks whose name stands in quotes, by the word beside it that tells what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.lexicon import table
from kg.mentions.page import Page
from kg.model import Proposal
from kg.words import either

_QUOTED = r"[“‘「『](?P<name>[^“”‘’「」『』，。！？；：、\s]{2,8})[”’」』]"


@dataclass(frozen=True, slots=True)
class Grounds:
    """The file ``data/mentions/grounds.yml``."""

    kinds: tuple[str, ...]
    between: tuple[str, ...]
    not_grounds: tuple[str, ...]
    news: tuple[str, ...]


def grounds(page: Page) -> Iterator[Proposal]:
    """“蓝湾”孵化器, “蓝湾”科技街区, 孵化器“蓝湾”."""
    for pattern, score, reason in _patterns():
        for match in pattern.finditer(page.text):
            if not _barred().search(match["name"]):
                yield Proposal(*match.span("name"), "Park", score, "ground", reason)


@cache
def _table() -> Grounds:
    return table("mentions/grounds.yml", Grounds)


@cache
def _barred() -> re.Pattern[str]:
    """What makes words in quotes no name."""
    return re.compile(rf"{either(_table().not_grounds)}|^(?:{either(_table().news)})|(?:{either(_table().news)})$")


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], float, str], ...]:
    """The pattern, how sure it is, and why."""
    kinds, between = either(_table().kinds), either(_table().between)
    return (
        (re.compile(rf"{_QUOTED}(?:{between})?(?:{kinds})"), 1.0, "quoted, before the kind of ground"),
        (re.compile(rf"(?:{kinds}){_QUOTED}"), 0.4, "quoted, behind the kind of ground"),
    )
