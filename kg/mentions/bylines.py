"""By-lines inside running text: the paper, its reporters and photographers are no names of the story."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.lexicon import table
from kg.model import Span


@dataclass(frozen=True, slots=True)
class Bylines:
    """The file ``data/mentions/bylines.yml``."""

    media: str
    """Pattern of a paper's name."""
    after: tuple[str, ...]
    """What follows it in a by-line."""
    whole: tuple[str, ...]
    """Patterns of whole by-lines."""
    wire: str
    """Pattern of a news agency's by-line, with 日电 or 日讯 in it."""


def bylines(text: str) -> list[Span]:
    """The by-lines of a text, by start."""
    has_wire = "日电" in text or "日讯" in text
    return [Span(*match.span()) for match in _pattern(has_wire=has_wire).finditer(text)]


@cache
def _pattern(*, has_wire: bool) -> re.Pattern[str]:
    known = table("mentions/bylines.yml", Bylines)
    wire = [known.wire] if has_wire else []  # slow to look for, and rare
    return re.compile("|".join([*known.whole, *wire, f"(?:{known.media})(?:{'|'.join(known.after)})"]))
