"""Sentences that the layout tore apart, put together again.

A newspaper page that comes as text has its columns in any order: a paragraph breaks off, a caption, a heading or
another column follows, and somewhere else, mostly below, a paragraph begins in the middle of a sentence. Each pair of
an open end and a paragraph that may go on with it is scored by :data:`CLUES`; the best pairs are joined, best first,
if they reach :data:`ENOUGH`. A wrong join is worse than none: two facts are made up of pieces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median_low

from kg.text.kinds import closed, patterns
from kg.text.paragraphs import Paragraph, join

ENOUGH = 3.0
"""Score from which a pair is joined. The weights are rounded from a logistic regression over pages that were torn
on purpose, so a score of 2.5 means even odds."""
REACH = 40
"""How many paragraphs away a continuation is looked for."""
LONG = 40
"""An open end of so many characters is no heading."""

Odds = Callable[[str, str], float]
"""Logarithm of the odds that a text goes on where another breaks off, see :mod:`kg.text.continuity`."""

_BETWEEN = frozenset({"caption", "byline"})
_PAIRS = ("「」", "『』", "“”", "《》", "（）", "()", "【】")
_STOPS = re.compile(r"[，。；,;]")


@dataclass(frozen=True, slots=True)
class Page:
    """A page's paragraphs and what they have in common."""

    paragraphs: Sequence[Paragraph]
    open_ends: tuple[int, ...]
    """Indexes of the paragraphs that break off."""
    gap: int
    """Usual number of blank lines before a paragraph."""
    careless: bool
    """Many paragraphs end without a full stop: that is how this page writes; only neighbours are joined."""
    odds: Odds


@dataclass(frozen=True, slots=True)
class Seam:
    """An open end and a paragraph that may go on with it."""

    page: Page
    end: int
    """Index of the paragraph that breaks off."""
    start: int
    """Index of the other."""

    @property
    def head(self) -> str:
        """The text that breaks off."""
        return self.page.paragraphs[self.end].text

    @property
    def tail(self) -> str:
        """The text that may go on with it."""
        return self.page.paragraphs[self.start].text

    @property
    def between(self) -> Sequence[Paragraph]:
        """What stands between the two."""
        first, last = sorted((self.end, self.start))
        return self.page.paragraphs[first + 1 : last]


def mended(paragraphs: Sequence[Paragraph], odds: Odds) -> list[Paragraph]:
    """The paragraphs of a page, torn sentences joined where their first part stands.

    Args:
        paragraphs: in the order of the page.
        odds: tells what reads as a continuation.
    """
    page = _page(paragraphs, odds)
    if not page.open_ends:
        return list(paragraphs)
    following = _matched(_seams(page))
    inner = set(following.values())
    return [_chain(paragraphs, index, following) for index in range(len(paragraphs)) if index not in inner]


def _page(paragraphs: Sequence[Paragraph], odds: Odds) -> Page:
    bodies = [p for p in paragraphs if p.kind == "body"]
    ends = tuple(index for index, p in enumerate(paragraphs) if _breaks_off(p))
    careless = len(ends) >= 4 and 5 * len(ends) > 2 * len(bodies)
    return Page(paragraphs, ends, median_low([p.gap for p in bodies] or [0]), careless, odds)


def _breaks_off(paragraph: Paragraph) -> bool:
    """Whether the paragraph ends in the middle of a sentence; headings and signatures only look so."""
    text = paragraph.text
    if paragraph.kind not in {"body", "list"} or closed(text):
        return False
    if patterns().open_end.search(text) or any(_unclosed(text, pair) for pair in _PAIRS):
        return True
    return paragraph.kind == "body" and (len(text) >= LONG or _STOPS.search(text) is not None)


def _seams(page: Page) -> Iterator[tuple[float, Seam]]:
    """The pairs that may be joined, with their scores."""
    reach = 1 if page.careless else REACH
    for end in page.open_ends:
        for start in range(max(end - reach, 0), min(end + reach + 1, len(page.paragraphs))):
            if start != end and page.paragraphs[start].kind == "body":
                seam = Seam(page, end, start)
                score = sum(clue(seam) for clue in CLUES)
                if score >= ENOUGH:
                    yield score, seam


def _matched(seams: Iterator[tuple[float, Seam]]) -> dict[int, int]:
    """For each open end the paragraph that goes on with it; no paragraph twice, no circle."""
    following: dict[int, int] = {}
    taken: set[int] = set()
    ranked = sorted(seams, key=lambda item: (-item[0], abs(item[1].start - item[1].end), item[1].end))
    for _, seam in ranked:
        if seam.end not in following and seam.start not in taken and _last(following, seam.start) != seam.end:
            following[seam.end] = seam.start
            taken.add(seam.start)
    return following


def _last(following: Mapping[int, int], index: int) -> int:
    while index in following:
        index = following[index]
    return index


def _chain(paragraphs: Sequence[Paragraph], index: int, following: Mapping[int, int]) -> Paragraph:
    whole = paragraphs[index]
    while index in following:
        index = following[index]
        whole = replace(join(whole, paragraphs[index]), kind=whole.kind)
    return whole


def continuity(seam: Seam) -> float:
    """The characters read on, rather than as the beginning of a sentence."""
    return 0.75 * min(max(seam.page.odds(seam.head, seam.tail), -6.0), 8.0)


def adjacent(seam: Seam) -> float:
    """The next paragraph goes on, most of all after a long text; captions and credits may stand between."""
    if seam.start < seam.end or any(p.kind not in _BETWEEN for p in seam.between):
        return 0.0
    if seam.page.careless:
        return 1.0
    is_long = len(seam.head) >= LONG or len(_STOPS.findall(seam.head)) > 1
    return 3.8 if is_long and not seam.between else 2.5 if is_long else 1.5


def brackets(seam: Seam) -> float:
    """A quotation or bracket that is opened here is closed there."""
    score = 0.0
    for pair in _PAIRS:
        opened, closes = _unclosed(seam.head, pair), _unopened(seam.tail, pair)
        if opened or closes:
            score += 1.6 if opened and closes else -1.0
    return score


def new_column(seam: Seam) -> float:
    """The page leaves more room than usual before the other paragraph."""
    return 2.0 if seam.page.paragraphs[seam.start].gap > max(seam.page.gap, 1) else 0.0


def claimed(seam: Seam) -> float:
    """The paragraph before the other one breaks off itself, and is nearer."""
    before = next((i for i in range(seam.start - 1, -1, -1) if seam.page.paragraphs[i].kind not in _BETWEEN), None)
    return -1.6 if before is not None and before != seam.end and before in seam.page.open_ends else 0.0


def distance(seam: Seam) -> float:
    """What lies between counts against a pair; going back up the page does, unless nothing follows below."""
    bodies = sum(p.kind == "body" for p in seam.between)
    headings = sum(p.kind in {"heading", "title"} for p in seam.between)
    score = -min(0.2 * bodies, 1.0) - min(0.5 * headings, 1.0)
    if seam.start < seam.end and any(p.kind == "body" for p in seam.page.paragraphs[seam.end + 1 :]):
        score -= 1.5
    return score


CLUES: tuple[Callable[[Seam], float], ...] = (continuity, adjacent, brackets, new_column, claimed, distance)


def _unclosed(text: str, pair: str) -> bool:
    return text.rfind(pair[0]) > text.rfind(pair[1]) and text.count(pair[0]) > text.count(pair[1])


def _unopened(text: str, pair: str) -> bool:
    closer, opener = text.find(pair[1]), text.find(pair[0])
    return closer >= 0 and (opener < 0 or closer < opener)
