"""One spelling for names that are printed differently."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NOISE = re.compile(
    r"[\s“”\"'‘’`´「」『』《》〈〉<>·•・‧∙．]|(?<!\d)\.(?!\d)"
)  # a point between digits is part of a version
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_MARKS = re.compile(r"[“”\"'‘’「」『』《》〈〉\s]")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The spelling by which names are compared: width, case, quotes, blanks and middle dots taken out.

    Script is not folded here: mentions arrive in Simplified.

    >>> fold("《ＡＣＳ 智能·光梭成像》")
    'acs智能光梭成像'
    """
    return _NOISE.sub("", unicodedata.normalize("NFKC", name).casefold())


def plain(name: str) -> str:
    """The name with width and quotes evened out, case and middle dots kept; the input of the parsers."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", name))


def is_latin(name: str) -> bool:
    """Whether a name is written without any Chinese character."""
    return not _CHINESE.search(name)
