"""What each line of a page is: heading, body, list item, caption, by-line, row of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from kg.lexicon import table
from kg.text.paragraphs import Paragraph
from kg.text.reading import Segment


@dataclass(frozen=True, slots=True)
class Layout:
    """``data/text/layout.yml``."""

    caption_marks: tuple[str, ...]
    captions: tuple[str, ...]
    credits: tuple[str, ...]
    bylines: tuple[str, ...]
    bullets: str
    numbers: str
    impossible_starts: str
    open_ends: str


@dataclass(frozen=True, slots=True)
class Patterns:
    """The layout's expressions, compiled."""

    marks: tuple[str, ...]
    caption: re.Pattern[str]
    credit: re.Pattern[str]
    byline: re.Pattern[str]
    bullet: re.Pattern[str]
    number: re.Pattern[str]
    impossible_start: re.Pattern[str]
    open_end: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """The expressions of ``data/text/layout.yml``."""
    layout = table("text/layout.yml", Layout)
    return Patterns(
        layout.caption_marks,
        re.compile("|".join(layout.captions)),
        re.compile("|".join(layout.credits)),
        re.compile("|".join(layout.bylines)),
        re.compile(layout.bullets),
        re.compile(layout.numbers),
        re.compile(layout.impossible_starts),
        re.compile(layout.open_ends),
    )


LONGEST_HEADING = 40
LONGEST_BYLINE = 70
LONGEST_CAPTION = 150
LONGEST_ITEM = 200

_FINAL = re.compile(r"[。！？!?…；;：:—][”’」』》）)\]】\"']*$")
_INNER = re.compile(r"[，,；;。]")


def closed(text: str) -> bool:
    """Whether the text ends as a sentence or an announcement of something does."""
    return _FINAL.search(text, max(len(text) - 6, 0)) is not None


def classified(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """The lines of a page with their kinds; marks such as ``#`` and ``-`` are taken off.

    A credit is known as one by the caption it follows. The first heading that stands before all running text is the
    title.
    """
    before: Paragraph | None = None
    opening = True
    for line in paragraphs:
        kind = _classify(line, before)
        if opening and kind.kind == "heading":
            kind = replace(kind, kind="title")
        if kind.kind in {"title", "body", "list", "table"}:
            opening = False
        before = kind
        yield kind


def _classify(line: Paragraph, before: Paragraph | None) -> Paragraph:
    text, known = line.text, patterns()
    if "\t" in text and not (len(text) > LONGEST_ITEM and closed(text)):
        return replace(line, kind="table", marked=True)
    if text.startswith("#") and (mark := _HASHES.match(text)):
        return replace(_without(line, mark.end()), kind="heading", marked=True)
    if len(text) <= LONGEST_BYLINE and "。" not in text and known.byline.search(text):
        return replace(line, kind="byline", marked=True)
    if before is not None and before.kind == "caption" and line.gap == 0 and known.credit.search(text):
        return replace(line, kind="byline", marked=True)
    if len(text) <= LONGEST_CAPTION and (text.startswith(known.marks) or known.caption.search(text)):
        mark_length = 1 if text.startswith(known.marks) and not text[0].isalnum() else 0
        return replace(_without(line, mark_length), kind="caption", marked=True)
    if len(text) <= LONGEST_ITEM and (mark := known.bullet.match(text)):
        shown = 0 if any(c.isalnum() for c in mark[0]) else mark.end()
        return replace(_without(line, shown), kind="list", marked=True)
    return replace(line, kind="heading") if _is_heading(text) else line


_HASHES = re.compile(r"#{1,6}\s*(?=\S)")


def _is_heading(text: str) -> bool:
    return (
        len(text) <= LONGEST_HEADING
        and not closed(text)
        and not _INNER.search(text)
        and not patterns().open_end.search(text)
    )


def _without(line: Paragraph, length: int) -> Paragraph:
    """The line without its first characters and the blanks after them."""
    length += len(line.text[length:]) - len(line.text[length:].lstrip())
    segments = [
        Segment(max(s.start - length, 0), s.printed + max(length - s.start, 0), s.length - max(length - s.start, 0))
        for s in line.segments
        if s.start + s.length > length
    ]
    return replace(line, text=line.text[length:], segments=tuple(segments))
