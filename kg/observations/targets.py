"""Whether a number is a target: something aimed at and not yet reached."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.lexicon import table

_UNTIL = re.compile(r"到(?:20)?(\d\d)年")


@dataclass(frozen=True, slots=True)
class Words:
    """``targets.yml``, explained there."""

    aimed: tuple[str, ...]
    reached: tuple[str, ...]


def is_target(text: str, year: int | None) -> bool:
    """Whether the words before a number speak of a target.

    Args:
        text: from the start of the sentence to the number.
        year: of publication, None where it is not known.

    >>> is_target("力争到2025年产业规模达到", 2023), is_target("到2022年底高新技术企业突破", 2023)
    (True, False)
    """
    clause = text[max(text.rfind(mark) for mark in "；;") + 1 :]
    until = _UNTIL.findall(clause)
    if until and year and 2000 + int(until[-1]) > year:
        return True
    aimed, reached = _patterns()
    last = max((match.end() for match in aimed.finditer(clause)), default=-1)
    return last >= 0 and not reached.search(clause, last)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = table("observations/targets.yml", Words)
    return re.compile("|".join(words.aimed)), re.compile("|".join(words.reached))
