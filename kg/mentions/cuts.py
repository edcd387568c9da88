"""Which stretches would cut a word: a name neither begins nor ends inside one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

Words = Callable[[str], Sequence[str]]
"""Gives the words of a run of Chinese characters; joined, they are the run."""

_RUN = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]{2,}")


def cut(text: str, spans: Iterable[tuple[int, int]], words: Words) -> Iterator[tuple[tuple[int, int], str]]:
    """The stretches that begin or end inside a word; only runs that hold such an edge are cut into words.

    Args:
        text: the page.
        spans: stretches of it.
        words: what cuts.

    Yields:
        The stretch, and ``cut left`` or ``cut right``.
    """
    runs = [match.span() for match in _RUN.finditer(text)]
    begins = [start for start, _ in runs]
    borders: dict[int, frozenset[int]] = {}
    for span in spans:
        for offset, kind in zip(span, ("cut left", "cut right"), strict=True):
            number = bisect_right(begins, offset) - 1
            if number < 0 or not runs[number][0] < offset < runs[number][1]:
                continue
            if number not in borders:
                start, end = runs[number]
                borders[number] = frozenset(accumulate(map(len, words(text[start:end])), initial=start))
            if offset not in borders[number]:
                yield span, kind
