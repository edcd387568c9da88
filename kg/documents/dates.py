"""Dates as pages print them, in ISO 8601.

>>> normalise("Sat, 16 Oct 2021 17:55:00 GMT"), normalise("2021年10月16日 10:20"), normalise("20220924")
('2021-10-16', '2021-10-16', '2022-09-24')
>>> normalise("二〇二三年三月五日"), normalise("2023年3月"), normalise("昨天")
('2023-03-05', '2023-03', '')
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_DAY = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})\s*(?:[-/.年])\s*(1[0-2]|0?[1-9])\s*(?:[-/.月])\s*(3[01]|[12][0-9]|0?[1-9])(?![0-9])"
)
_MONTH = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})\s*[-/年]\s*(1[0-2]|0?[1-9])(?:\s*月|(?![-/0-9]))")
_COMPACT = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(1[0-2]|0[1-9])(3[01]|[12][0-9]|0[1-9])(?![0-9])")
_NUMERALS = re.compile(
    r"([二一][〇○零Ｏ0一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_YEAR = re.compile(r"\s*((?:19|20)[0-9]{2})\s*年?\s*")
_STAMP = re.compile(r"\s*([0-9]{10})(?:[0-9]{3})?\s*")
_RFC_2822 = re.compile(r"[0-9]{1,2} [A-Z][a-z]{2} [0-9]{4}")
_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "Ｏ": "0", "0": "0"}


def normalise(text: str) -> str:
    """The first date of a text as ``2021-10-16``, or ``2021-10`` or ``2021`` where it tells no more.

    The day is the one that is printed; no time zone moves it.

    Returns:
        An empty string where no valid date is found.
    """
    return find_day(text) or _rfc_2822(text) or _coarse(text)


def find_day(text: str) -> str:
    """The first full date of a text, in figures or Chinese numerals, as ``2021-10-16``; empty if there is none."""
    for pattern in (_DAY, _COMPACT):
        for found in pattern.finditer(text):
            if day := _valid(*(int(part) for part in found.groups())):
                return day
    numerals = _NUMERALS.search(text)
    if numerals is None:
        return ""
    year = int("".join(_DIGITS[c] for c in numerals[1]))
    return _valid(year, _below_hundred(numerals[2]), _below_hundred(numerals[3]))


def _coarse(text: str) -> str:
    """A month, a year, or a Unix time stamp that is all of the text."""
    if found := _MONTH.search(text):
        return f"{found[1]}-{int(found[2]):02}"
    if found := _YEAR.fullmatch(text):
        return found[1]
    if found := _STAMP.fullmatch(text):
        return datetime.fromtimestamp(int(found[1]), UTC).date().isoformat()
    return ""


def _rfc_2822(text: str) -> str:
    if not _RFC_2822.search(text):
        return ""
    try:
        return parsedate_to_datetime(text.strip()).date().isoformat()
    except ValueError:
        return ""


def _valid(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _below_hundred(numeral: str) -> int:
    """The value of a Chinese numeral from one to ninety-nine (``二十三``)."""
    tens, ten, units = numeral.rpartition("十")
    if not ten:
        return int(_DIGITS.get(numeral, "0"))
    return 10 * int(_DIGITS.get(tens, "1")) + int(_DIGITS.get(units, "0"))
