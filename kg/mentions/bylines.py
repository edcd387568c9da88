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


def bylines(text: str) -> list[Span]:
    """The by-lines of a text, by start."""
    return [Span(*match.span()) for match in _pattern().finditer(text)]


@cache
def _pattern() -> re.Pattern[str]:
    known = table("mentions/bylines.yml", Bylines)
    return re.compile("|".join([*known.whole, f"(?:{known.media})(?:{'|'.join(known.after)})"]))
