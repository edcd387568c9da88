"""A document as it is analysed, with the way back to what was printed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kg.model import Block, Document, Passage, Span

_FAR = 1 << 60
"""Beyond the end of any text."""


class Segment(NamedTuple):
    """A stretch of the reading that was printed in one piece."""

    start: int
    """Reading offset."""
    printed: int
    """Printed offset of its first character."""
    length: int
    """In code points, the same on both sides."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document's text in the order and form in which it is analysed: Simplified, repaired."""

    document: Document
    text: str
    """Blocks one after another, each ended by a line break."""
    blocks: tuple[Block, ...]
    """In reading order; they hold all of ``text`` but the line breaks between them."""
    segments: tuple[Segment, ...]
    """By reading offset. What lies between two was not printed (line breaks between blocks, joining blanks)."""

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Printed offsets of a stretch of the reading, in reading order; pieces that touch are one."""
        spans: list[Span] = []
        for printed, length in self._pieces(start, end):
            if spans and spans[-1].end == printed:
                spans[-1] = Span(spans[-1].start, printed + length)
            else:
                spans.append(Span(printed, printed + length))
        return tuple(spans)

    def passage(self, span: Span) -> Passage:
        """A stretch of the reading with its printed places and letters."""
        spans = self.spans(*span)
        return Passage(span, spans, self.printed(spans))

    def printed(self, spans: Iterable[Span]) -> str:
        """The printed letters at printed offsets, joined."""
        return "".join([self.document.text[start:end] for start, end in spans])

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Printed offset and length of each printed piece of a stretch."""
        index = max(bisect_right(self.segments, (start, _FAR)) - 1, 0)
        while index < len(self.segments) and (segment := self.segments[index]).start < end:
            first, last = max(start, segment.start), min(end, segment.start + segment.length)
            if first < last:
                yield segment.printed + first - segment.start, last - first
            index += 1
