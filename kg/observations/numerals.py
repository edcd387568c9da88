"""What a printed number is worth: digits with multipliers, and Chinese numerals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.lexicon import table
from kg.model import Bound


@dataclass(frozen=True, slots=True)
class Numbers:
    """``numbers.yml``, explained there."""

    multipliers: Mapping[str, float]
    digits: Mapping[str, int]
    before: Mapping[Bound, tuple[str, ...]]
    after: Mapping[Bound, tuple[str, ...]]
    abstract: tuple[str, ...]
    countable: tuple[str, ...]
    barred_before: tuple[str, ...]
    barred_after: tuple[str, ...]
    indices: tuple[str, ...]


DIGITS = re.compile(r"(\d{1,3}(?:[,，]\d{3})+(?:[.．]\d+)?|\d+(?:[.．]\d+)?)([十百千万亿]*)")
"""A number in digits: its figures, its multiplier."""


_LOOSE, _COMMAS = re.compile("[多余几来]"), re.compile("[,，]")


@lru_cache(maxsize=1 << 14)
def parse(number: str) -> float | None:
    """What a printed number is worth, None where it is not one.

    >>> parse("37.8万余"), parse("1.4万亿"), parse("三百二十"), parse("百余")
    (378000.0, 1400000000000.0, 320.0, 100.0)
    """
    plain = _LOOSE.sub("", number)
    match = DIGITS.fullmatch(plain)
    if match is None:
        return _parse_numerals(plain)
    value = float(_COMMAS.sub("", match[1]).replace("．", "."))
    factor = table("observations/numbers.yml", Numbers).multipliers.get(match[2], 1.0 if not match[2] else None)
    return None if factor is None else scaled(value, factor)


def scaled(value: float, factor: float) -> float:
    """A number times its multiplier, without the dust of binary fractions.

    >>> scaled(318.6, 1e8)
    31860000000.0
    """
    return float(f"{value * factor:.12g}")


def _parse_numerals(plain: str) -> float | None:
    """The value of a number in Chinese numerals; None for 三四十 and other loose ways to count."""
    numbers = table("observations/numbers.yml", Numbers)
    total, section, digit = 0.0, 0.0, -1.0
    for character in plain:
        if character in numbers.digits:
            if digit > 0:
                return None
            digit = float(numbers.digits[character])
            continue
        factor = numbers.multipliers.get(character, 10.0 if character == "十" else None)
        if factor is None:
            return None
        if factor >= 1e4:
            base = section + max(digit, 0.0)
            total, section = (total + base or 1.0) * factor, 0.0
        else:
            section += (1.0 if digit < 0 else digit) * factor
        digit = -1.0
    return total + section + max(digit, 0.0) if plain else None
