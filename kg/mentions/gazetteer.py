"""Curated names found in a text: one pass of an automaton over all forms of the lexicon.

:func:`match` yields the longest forms, none overlapping, in order of appearance. Latin forms are found
in any case from four letters on and only between word borders; short Latin forms (AI) keep their case.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from kg.lexicon import Entry, load, table
from kg.model import Proposal
from kg.words import Words

_CAPITALS = re.compile(r"[A-Z]+")
_LATIN = re.compile(r"[A-Za-z0-9]")
_SCORES = {"full": 0.95, "short": 0.9, "weak": 0.4}


class Match(NamedTuple):
    """A curated form in a text."""

    start: int
    """Offset in code points."""
    end: int
    entries: tuple[Entry, ...]
    """What the form may name, in the order of the lexicon."""
    strength: str
    """``full``, ``short`` or ``weak``: how the form stands in its first entry."""


@dataclass(frozen=True, slots=True)
class Traps:
    """Words in which a curated form is only a part, see ``data/mentions/traps.yml``."""

    words: tuple[tuple[str, ...], ...]
    """Whole words that are no name and hide what they contain."""
    after: tuple[str, ...]
    """What may not follow a short Chinese form of a place (宁|波, 普陀|山)."""
    not_before: Mapping[str, str]
    """Last word of a name → characters that, right after it, make it another word (大学|生)."""


@dataclass(frozen=True, slots=True)
class Common:
    """The file ``data/mentions/common_words.yml``."""

    words: str
    """Separated by blanks."""


PAGES = 64
"""Pages of which what was found is kept: more than pass through the pipeline side by side."""


@lru_cache(maxsize=PAGES)
def match(text: str) -> tuple[Match, ...]:
    """The curated names of a text, by start; of those that overlap, the longest.

    Args:
        text: Simplified script.
    """
    taken = bytearray(len(text))
    kept: list[Match] = []
    for start, end, value in sorted(_candidates(text), key=lambda m: (m[0] - m[1], m[0])):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            if value is not None:
                kept.append(Match(start, end, *value))
    return tuple(sorted(kept, key=lambda m: m.start))


def is_curated(form: str) -> bool:
    """Whether the lexicon holds the form, and not as a weak one."""
    lexicon = load()
    return any(form not in lexicon.entries[key].weak for key in lexicon.forms.get(form, ()))


def names_one_of(form: str, classes: Container[str]) -> bool:
    """Whether the lexicon holds the form, weak ones too, for something of one of the classes."""
    lexicon = load()
    return any(lexicon.entries[key].cls in classes for key in lexicon.forms.get(form, ()))


def propose(text: str) -> list[Proposal]:
    """The matches of a text as proposals, one for each class that a form may have."""
    proposals = []
    for found in match(text):
        for cls, entry in {e.cls: e for e in reversed(found.entries)}.items():
            score = _SCORES["weak" if cuts(text, found.start, found.end) else found.strength]
            proposals.append(
                Proposal(
                    found.start, found.end, cls, score, "lexicon", f"{found.strength} form of {entry.name}", entry.key
                )
            )
    return proposals


def _candidates(text: str) -> list[tuple[int, int, tuple[tuple[Entry, ...], str] | None]]:
    """All matches that stand on borders: start, end, and the entries (None: a trap)."""
    found, forms = [], _forms().values
    for number, start, end in _forms().places(_lower(text)):
        exact, value = forms[number]
        if exact is not None and not _borders(text, start, end, exact):
            continue
        if value is not None and (goes_on(text, start, end) or cuts(text, start, end) == 2):
            continue
        if value is not None and text[end : end + 1] in _after() and _is_short_place(value, end - start):
            continue
        found.append((start, end, value))
    return found


def _lower(text: str) -> str:
    """The text with small Latin letters; all other characters stay, and so does its length."""
    return _CAPITALS.sub(lambda match: match[0].lower(), text)


def goes_on(text: str, start: int, end: int) -> bool:
    """Whether the name ``text[start:end]`` is but the beginning of another (上海大学|生, 电缆研究所|有限公司)."""
    return becomes_firm(text, start, end) or text.endswith(_continued().get(text[end : end + 1], ()), start, end)


def becomes_firm(text: str, start: int, end: int) -> bool:
    """Whether the legal form of a firm follows ``text[start:end]``, so that it is but the firm's beginning."""
    return _LEGAL_FORM.match(text, end) is not None and not text.endswith("公司", start, end)


_LEGAL_FORM = re.compile(r"(?:[(（](?:集团|[一-鿿]{2,3})[)）])?(?:控股|集团)?(?:股份)?有限(?:责任)?公司")
"""What ends the name of a firm, whatever stands before it."""


def cuts(text: str, start: int, end: int) -> int:
    """On how many sides a form of two characters cuts a common word: two in 全|力拓|展, one in 本|上实|现.

    A particle at the end of the form counts as a cut (增|长和|…). Longer forms cut nothing.
    """
    if end - start != 2:
        return 0
    common = common_words()
    before = text[start - 1 : start + 1] in common
    return before + (text[end - 1 : end + 1] in common or (before and text[end - 1] in _PARTICLES))


_PARTICLES = frozenset("和的与及等在为")


@cache
def common_words() -> frozenset[str]:
    """Common words of two characters, none of them a curated name."""
    return frozenset(table("mentions/common_words.yml", Common).words.split())


@cache
def _continued() -> dict[str, tuple[str, ...]]:
    """Last words of names by the character that, right after them, makes them another word."""
    rows = _traps().not_before
    return {char: tuple(last for last in rows if char in rows[last]) for char in set("".join(rows.values()))}


@cache
def _traps() -> Traps:
    return table("mentions/traps.yml", Traps)


def _borders(text: str, start: int, end: int, exact: str) -> bool:
    """Whether a Latin form stands between word borders, and in its own case where it is short."""
    if start and _LATIN.match(exact) and _LATIN.match(text, start - 1):
        return False
    if end < len(text) and _LATIN.match(exact[-1]) and _LATIN.match(text, end):
        return False
    return len(exact) > 3 or text[start:end] == exact


def _is_short_place(value: tuple[tuple[Entry, ...], str], length: int) -> bool:
    return length <= 3 and value[0][0].cls in {"District", "Park", "Place"}


@cache
def _after() -> frozenset[str]:
    return frozenset(_traps().after)


@cache
def _forms() -> Words[tuple[str | None, tuple[tuple[Entry, ...], str] | None]]:
    """All forms in lower case, each with its spelling if it holds Latin, and its entries, and the traps."""
    words: dict[str, tuple[str | None, tuple[tuple[Entry, ...], str] | None]] = {
        _lower(word): (None, None) for row in _traps().words for word in row
    }
    lexicon = load()
    for form, keys in lexicon.forms.items():
        entries = tuple(lexicon.entries[key] for key in keys)
        exact = form if _LATIN.search(form) else None
        words[_lower(form)] = exact, (entries, _strength(form, entries[0]))
    return Words(words, overlapping=True)


def _strength(form: str, entry: Entry) -> str:
    if form == entry.name:
        return "full"
    return "weak" if form in entry.weak else "short"
