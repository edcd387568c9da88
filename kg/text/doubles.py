"""Paragraphs that a page prints twice, read once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.text.kinds import closed
from kg.text.paragraphs import Paragraph

SHORTEST = 12
"""Characters that a paragraph must have to count as a double; shorter ones (特稿) may well stand twice."""
PROBE = 10
REACH = 50_000
"""Characters before and behind a paragraph in which its double is looked for."""
LONG = 60
"""Characters that a paragraph must have to be a double of one that is not letter for letter the same."""
LIKENESS = 0.9
"""Share of a long paragraph's groups of four characters that must stand in the other one."""

_MARKS = re.compile(r"\W+")
_FIGURES = re.compile(r"[0-9]+")


def without_doubles(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs of a page, each once.

    A paragraph is a double of another if it stands in that one letter for letter but for punctuation, or if it is
    long and nearly all of it does, figures included. Headings are doubles of nothing but headings. Of equals the one
    stays that goes on with an unfinished paragraph before it, else the first; of unequals the longer.
    """
    keys = [_MARKS.sub("", p.text) if p.kind != "table" else "" for p in paragraphs]
    dropped = _repeated(paragraphs, keys)
    rest = ["" if index in dropped else key for index, key in enumerate(keys)]
    for first, second in _suspects(rest):
        if first in dropped or second in dropped or not _alike(keys[first], keys[second]):
            continue
        if _is_heading(paragraphs[first]) == _is_heading(paragraphs[second]):
            dropped.add(_lesser(paragraphs, keys, first, second))
    return [p for index, p in enumerate(paragraphs) if index not in dropped]


def _repeated(paragraphs: Sequence[Paragraph], keys: Sequence[str]) -> set[int]:
    """Paragraphs to leave out because another says the same, letter for letter."""
    dropped: set[int] = set()
    kept: dict[tuple[bool, str], int] = {}
    for index, key in enumerate(keys):
        if len(key) < SHORTEST:
            continue
        group = (_is_heading(paragraphs[index]), key)
        if group not in kept:
            kept[group] = index
            continue
        lesser = _lesser(paragraphs, keys, kept[group], index)
        kept[group] = index if lesser == kept[group] else kept[group]
        dropped.add(lesser)
    return dropped


def _suspects(keys: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of paragraphs that share a piece at the start, the middle or the end of one, in order."""
    pairs: set[tuple[int, int]] = set()
    long = [(index, key) for index, key in enumerate(keys) if len(key) >= SHORTEST]
    page = "\n".join(key for _, key in long)
    place = 0
    for index, key in long:
        middle = len(key) // 2
        probes = {key[:PROBE], key[-PROBE:], key[middle : middle + PROBE]}
        if any(_stands_twice(probe, page, place) for probe in probes):
            others = (other for other, text in long if other != index and any(probe in text for probe in probes))
            pairs.update((min(index, other), max(index, other)) for other in others)
        place += len(key) + 1
    return sorted(pairs)


def _stands_twice(probe: str, page: str, place: int) -> bool:
    """Whether the piece stands more than once around a place of the page."""
    first, last = max(place - REACH, 0), place + REACH
    return page.find(probe, page.find(probe, first, last) + 1, last) >= 0


def _alike(first: str, second: str) -> bool:
    short, long = sorted((first, second), key=len)
    if short in long:
        return True
    if len(short) < LONG or not set(_FIGURES.findall(short)) <= set(_FIGURES.findall(long)):
        return False
    pieces = _fours(short)
    return len(pieces & _fours(long)) >= LIKENESS * len(pieces)


def _is_heading(paragraph: Paragraph) -> bool:
    return paragraph.kind in {"title", "heading"}


def _fours(text: str) -> set[str]:
    return {text[i : i + 4] for i in range(len(text) - 3)}


def _lesser(paragraphs: Sequence[Paragraph], keys: Sequence[str], first: int, second: int) -> int:
    """Which of two doubles to leave out."""
    lengths = len(keys[first]), len(keys[second])
    if min(lengths) < LIKENESS * max(lengths):
        return first if lengths[0] < lengths[1] else second
    continues = _continues(paragraphs, first), _continues(paragraphs, second)
    return first if continues == (False, True) else second


def _continues(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether the paragraph before breaks off."""
    before = next(
        (paragraphs[i] for i in range(index - 1, max(index - 6, -1), -1) if paragraphs[i].kind == "body"), None
    )
    return before is not None and not closed(before.text)
