"""Paragraphs of a page: stretches of folded text that remember where they were printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.model import BlockKind, Span
from kg.text.reading import Segment


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, heading, caption … or, before lines are joined, one line."""

    text: str
    """Simplified, without marks of layout."""
    segments: tuple[Segment, ...]
    """Where it was printed; ``start`` counts within ``text``."""
    kind: BlockKind = "body"
    gap: int = 0
    """Blank lines before it."""
    indent: int = 0
    """Blanks before its first character."""
    marked: bool = False
    """The page itself says what kind it is (``#``, ``◆``, ``-``)."""


def from_spans(
    folded: str, spans: Iterable[tuple[int, int]], *, glue: str = "", gap: int = 0, indent: int = 0
) -> Paragraph:
    """A paragraph of the stretches of a page that are named.

    Args:
        folded: the whole page, folded.
        spans: printed offsets, in order.
        glue: what stands between two stretches.
        gap: see :class:`Paragraph`.
        indent: see :class:`Paragraph`.
    """
    segments: list[Segment] = []
    texts: list[str] = []
    length = 0
    for start, end in spans:
        if start < end:
            segments.append(Segment(length, start, end - start))
        texts.append(folded[start:end])
        length += end - start + len(glue)
    return Paragraph(glue.join(texts), tuple(segments), gap=gap, indent=indent)


def join(first: Paragraph, second: Paragraph, glue: str = "") -> Paragraph:
    """One paragraph of two; a blank is put between Latin words, which a line break parted."""
    if not glue and first.text[-1:].isascii() and second.text[:1].isascii() and _PARTED.search(_seam(first, second)):
        glue = " "
    shift = len(first.text) + len(glue)
    moved = (Segment(s.start + shift, s.printed, s.length) for s in second.segments)
    return replace(first, text=first.text + glue + second.text, segments=(*first.segments, *moved))


def _seam(first: Paragraph, second: Paragraph) -> str:
    return f"{first.text[-1:]}\n{second.text[:1]}"


_PARTED = re.compile(r"[A-Za-z0-9,.;:!?]\n[A-Za-z]|[A-Za-z,;]\n[0-9]")


def lines(folded: str, body: Span) -> Iterator[Paragraph]:
    """The lines of a page that are not blank, each a paragraph, without emphasis, links and invisible characters."""
    gap = 0
    for found in _LINE.finditer(folded, body.start, body.end):
        raw = found[1]
        text = raw.strip(_BLANK)
        if "\t" in text:  # a row of a table may begin or end with an empty cell
            text = raw.strip(_BLANK_IN_CELL)
        if not text or _RULE.fullmatch(text):
            gap += "|" not in text  # the rule under the head of a table parts nothing
            continue
        start = found.start() + raw.index(text)
        line = _line(folded, Span(start, start + len(text)), gap=gap, indent=start - found.start())
        gap = 0
        if line.text:
            yield line


def _line(folded: str, span: Span, *, gap: int, indent: int) -> Paragraph:
    """A line; the cells of a Markdown table are parted by tabs instead of ``|``."""
    text = folded[span.start : span.end]
    if text[0] == text[-1] == "|" and len(text) > 2:
        cells = (cell.span(1) for cell in _CELL.finditer(folded, span.start, span.end))
        return from_spans(folded, cells, glue="\t", gap=gap, indent=indent)
    spans = _visible(folded, *span) if _MARKUP.search(text) else [span]
    return from_spans(folded, spans, gap=gap, indent=indent)


_CELL = re.compile(r"\|[\s*]*((?:[^|]*[^|\s*])?)[\s*]*(?=\|)")
_BREAK = r"\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_LINE = re.compile(rf"([^{_BREAK}]*)(?:\r\n|[{_BREAK}]|\Z)")
_BLANK_IN_CELL = " \ufeff\u200b\u00a0\u3000"
_BLANK = _BLANK_IN_CELL + "\t"
_RULE = re.compile(r"(?:[-*_=~—－·.…|:]\s*){3,}")
"""A line that only rules off."""
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f\x00-\x08\x0e-\x1b\x7f"
_MARKUP = re.compile(rf"\*\*|!?\[[^\[\]\n]{{0,200}}\]\([^()\s]{{0,500}}\)|[{_INVISIBLE}]")


def _visible(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """What of a line is text: not ``**``, no picture, no address of a link, no invisible character."""
    spans: list[tuple[int, int]] = []
    for mark in _MARKUP.finditer(folded, start, end):
        if start < mark.start():
            spans.append((start, mark.start()))
        if mark[0].startswith("["):
            label = mark[0].index("](")
            spans.append((mark.start() + 1, mark.start() + label))
        start = mark.end()
    if start < end:
        spans.append((start, end))
    return [(first, last) for first, last in spans if first < last]
