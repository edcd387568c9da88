"""Text in Simplified script and half-width letters, character for character.

>>> fold("上海國際科技創新中心，ＡＩ")
'上海国际科技创新中心，AI'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from opencc import OpenCC


def fold(text: str) -> str:
    """The text in Simplified script, with half-width letters and digits.

    Traditional characters are converted by OpenCC's t2s tables, phrases first (乾隆 stays, 乾淨 becomes 干净);
    lines without any are left alone. Letters, digits and compatibility forms become their plain forms where
    these are one character each; Chinese punctuation stays.

    Returns:
        A text of the same length; character *i* of it stands for character *i* of ``text``.
    """
    characters = set(text)
    plain = text if _plain_forms().keys().isdisjoint(map(ord, characters)) else text.translate(_plain_forms())
    if _traditional().isdisjoint(characters) and plain is text:
        return text
    return _LINE.sub(lambda line: _simplify(line[0]), plain)


_LINE = re.compile(r"[^\n。，]+")


def _simplify(line: str) -> str:
    if _traditional().isdisjoint(line):
        return line
    simplified = _converter().convert(line)
    if len(simplified) != len(line):  # no table of t2s does this today; offsets must hold if one ever does
        return "".join(c if len(s := _converter().convert(c)) != 1 else s for c in line)
    return str(simplified)


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def _traditional() -> frozenset[str]:
    """Characters that t2s may change, by themselves or in a phrase."""
    table = files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in table.splitlines() if line)
    return frozenset(key for key, value in pairs if value.split(" ")[0] != key)


@cache
def _plain_forms() -> dict[int, str]:
    """Full-width letters and digits, Kangxi radicals, compatibility ideographs, odd blanks and dots."""
    forms = {code: unicodedata.normalize("NFKC", chr(code)) for code in _compatible()}
    forms |= dict.fromkeys((0xA0, 0x2002, 0x2003, 0x2009, 0x202F, 0x3000), " ")
    forms |= dict.fromkeys((0x2022, 0x2027, 0x2219, 0x22C5, 0x30FB, 0xFF65), "·")
    return {code: form for code, form in forms.items() if len(form) == 1}


def _compatible() -> Iterator[int]:
    yield from (ord(c) for c in "％＋－＆＠＃＄＝＿／．")
    for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A), (0x2E80, 0x2FD5), (0xF900, 0xFAD9)):
        yield from range(first, last + 1)
