"""Yields :class:`Titles`, what a title looks like, and normal forms of titles, from ``kg/data/titles.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from kg.lexicon import table


@dataclass(frozen=True, slots=True)
class TitleLists:
    """``titles.yml``."""

    heads: dict[str, tuple[str, ...]]
    """Last words of titles, by kind."""
    ranks: tuple[str, ...]
    """What may stand before a head without making it another post."""
    fixed: tuple[str, ...]
    """Those of the ranks that make another post of a head."""
    organs: tuple[str, ...]
    """Those of the ranks that name an organ."""
    normal: dict[str, tuple[str, ...]]
    """The usual word for a post → other words for it."""
    founders: tuple[str, ...]
    """Heads whose holder founded the organisation."""
    local: tuple[str, ...]
    """Heads held in a district or city as such."""
    past: tuple[str, ...]
    future: tuple[str, ...]
    not_titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Titles:
    """Compiled title lists."""

    phrase: str
    """A regular expression for one or several titles: 党组书记、主任."""
    head: re.Pattern[str]
    """A title's last word at the end of a stretch."""
    founder: re.Pattern[str]
    local: re.Pattern[str]
    past: re.Pattern[str]
    future: re.Pattern[str]
    not_title: re.Pattern[str]


class Title(NamedTuple):
    """A title in its normal form."""

    post: str
    """The usual word for the post, without what is special about it: 区长, 首席执行官."""
    grade: str
    """副, 常务副, 联合 …; empty for the post itself."""


@lru_cache(maxsize=4096)
def normal(role: str) -> Title:
    """The normal form of a title as printed; of one that ends in no known word the title itself.

    >>> normal("分管科技的常务副区长")
    Title(post='区长', grade='常务副')
    >>> normal("CEO"), normal("党组书记")
    (Title(post='首席执行官', grade=''), Title(post='书记', grade=''))
    """
    match = _ending().search(role)
    if match is None:
        return Title(role, "")
    lists = _lists()
    post = next((usual for usual, others in lists.normal.items() if match["post"] in others), match["post"])
    return Title(post, re.sub(_any(lists.organs), "", match["rank"]))


@cache
def _ending() -> re.Pattern[str]:
    """Ranks and a post at the end of a title, the longest post that there is."""
    lists = _lists()
    return re.compile(f"(?P<rank>(?:{_any(lists.ranks)})*?)(?P<post>{_any(_posts(lists))})$")


def _posts(lists: TitleLists) -> set[str]:
    """The last words of titles that are posts by themselves: of 副教授 the post is 教授."""
    heads = {head for kind in lists.heads.values() for head in kind}
    heads |= {word for others in lists.normal.values() for word in others}
    loose = set(lists.ranks) - set(lists.fixed)
    return {head for head in heads if not any(head == rank + other for rank in loose for other in heads)}


@cache
def _lists() -> TitleLists:
    return table("titles.yml", TitleLists)


@cache
def titles() -> Titles:
    """The titles that ship with the package."""
    lists = _lists()
    heads = _any(head for kind in lists.heads.values() for head in kind)
    one = f"[^，。；：？！、\ue000-\ue00c]{{0,14}}?{heads}"
    return Titles(
        phrase=f"{one}(?:[、兼]{one})*",
        head=re.compile(f"{heads}$"),
        founder=re.compile(_any(lists.founders)),
        local=re.compile(f"^(?:{_any(lists.ranks)})*{_any(lists.local)}$"),
        past=re.compile(f"^{_any(lists.past)}"),
        future=re.compile(_any(lists.future)),
        not_title=re.compile(_any(lists.not_titles)),
    )


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(words, key=lambda w: (-len(w), w)))})"
