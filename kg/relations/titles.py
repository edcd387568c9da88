"""Yields :class:`Titles`: what a title looks like, from ``kg/data/titles.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kg.lexicon import table


@dataclass(frozen=True, slots=True)
class TitleLists:
    """``titles.yml``."""

    heads: dict[str, tuple[str, ...]]
    """Last words of titles, by kind."""
    ranks: tuple[str, ...]
    """What may stand before a head without making it another post."""
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


@cache
def titles() -> Titles:
    """The titles that ship with the package."""
    lists = table("titles.yml", TitleLists)
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
