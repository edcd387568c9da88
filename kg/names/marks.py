"""Clues from quotes and brackets inside names."""

from __future__ import annotations

import re

from kg.names.clue import Clue, Form
from kg.names.folding import fold, plain
from kg.names.places import split_places
from kg.names.titles import OPENING, QUOTED


def contents(name: str) -> frozenset[str]:
    """What stands in quotes or brackets inside a name, and what begins with a quote, folded."""
    found = [match[1] for match in QUOTED.finditer(name)]
    found += re.findall(r"\(([^()]+)\)", plain(name))
    found += [name[index:] for index, letter in enumerate(name) if letter in OPENING]
    return frozenset(fold(text) for text in found)


def quoted(short: Form, long: Form) -> Clue | None:
    """What stands in quotes inside the long name (新元里 / ‘新元里’元宇宙特色产业园区)."""
    for match in QUOTED.finditer(long.name):
        if fold(match[1]) == fold(short.name) and len(fold(short.name)) >= 2:
            return Clue(0.85, "the quoted part of the long name")
    if short.name[:1] in OPENING and long.folded.endswith(short.folded) and len(short.folded) >= 4:
        return Clue(0.82, "the long name ends with the quoted short one")
    return None


def bracketed(short: Form, long: Form) -> Clue | None:
    """What stands in brackets inside the long name (WAIC / 世界人工智能大会(WAIC)), if it is no place or remark."""
    for inner in re.findall(r"\(([^()]+)\)$", plain(long.name)):
        if fold(inner) == short.folded and len(short.folded) >= 2 and not split_places(inner).steps:
            return Clue(0.9, "the bracket of the long name")
    return None
