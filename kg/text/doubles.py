"""Paragraphs that a page prints twice, read once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.text.kinds import closed
from kg.text.paragraphs import Paragraph

SHORTEST = 12
"""Characters that a paragraph must have to count as a double; shorter ones (特稿) may well stand twice."""
PROBE = 10
LIKENESS = 0.9
"""Share of a paragraph's groups of four characters that must stand in the other one."""

_MARKS = re.compile(r"\W+")


def without_doubles(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs of a page, each once.

    A paragraph is a double of another if it says the same but for punctuation, or if nearly all of it stands in that
    one. Of equals the one stays that goes on with an unfinished paragraph before it, else the first; of unequals the
    longer.
    """
    keys = [_MARKS.sub("", p.text) if p.kind != "table" else "" for p in paragraphs]
    dropped: set[int] = set()
    for first, second in _suspects(keys):
        if first in dropped or second in dropped or not _alike(keys[first], keys[second]):
            continue
        dropped.add(_lesser(paragraphs, keys, first, second))
    return [p for index, p in enumerate(paragraphs) if index not in dropped]


def _suspects(keys: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of paragraphs that share a piece at the start, the middle or the end of one, in order."""
    pairs: set[tuple[int, int]] = set()
    long = [(index, key) for index, key in enumerate(keys) if len(key) >= SHORTEST]
    starts: dict[str, int] = {}
    page = "\n".join(key for _, key in long)
    for index, key in long:
        probes = {key[:PROBE], key[-PROBE:], key[len(key) // 2 : len(key) // 2 + PROBE]}
        if any(page.find(probe, page.find(probe) + 1) >= 0 for probe in probes):
            pairs.update(
                (min(index, other), max(index, other))
                for other, text in long
                if other != index and any(p in text for p in probes)
            )
        starts[key] = index
    return sorted(pairs)


def _alike(first: str, second: str) -> bool:
    if first == second:
        return True
    short, long = sorted((first, second), key=len)
    pieces, whole = _fours(short), _fours(long)
    return len(pieces & whole) >= LIKENESS * len(pieces)


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
    before = next((p for p in reversed(paragraphs[:index]) if p.kind == "body"), None)
    return before is not None and not closed(before.text)
