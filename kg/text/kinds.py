"""What each line of a page is: heading, body, list item, caption, by-line, row of a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
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


def classified(paragraphs: Iterable[Paragraph], title: str = "") -> Iterator[Paragraph]:
    """The lines of a page with their kinds; marks such as ``#`` and ``-`` are taken off.

    A credit is known as one by the caption it follows. The title is the first line that stands before all running
    text and either is what the page calls its title or looks like a heading.

    Args:
        paragraphs: one for each line.
        title: the document's title, folded.
    """
    before: Paragraph | None = None
    opening = True
    for line in paragraphs:
        kind = _classify(line, before)
        if opening and (kind.kind == "heading" or (title and kind.text == title)):
            kind = replace(kind, kind="title")
        if kind.kind in {"title", "body", "list", "table"}:
            opening = False
        before = kind
        yield kind


def _classify(line: Paragraph, before: Paragraph | None) -> Paragraph:
    return next(filter(None, (rule(line, before) for rule in RULES)), line)


def _table(line: Paragraph, _: Paragraph | None) -> Paragraph | None:
    """Cells parted by tabs; a tab in a long sentence is a slip."""
    is_row = "\t" in line.text and not (len(line.text) > LONGEST_ITEM and closed(line.text))
    return replace(line, kind="table", marked=True) if is_row else None


def _marked_heading(line: Paragraph, _: Paragraph | None) -> Paragraph | None:
    mark = _HASHES.match(line.text) if line.text.startswith("#") else None
    return replace(_without(line, mark.end()), kind="heading", marked=True) if mark else None


def _byline(line: Paragraph, _: Paragraph | None) -> Paragraph | None:
    is_one = len(line.text) <= LONGEST_BYLINE and "。" not in line.text and patterns().byline.search(line.text)
    return replace(line, kind="byline", marked=True) if is_one else None


def _credit(line: Paragraph, before: Paragraph | None) -> Paragraph | None:
    """Whose picture it is, right under its caption."""
    under_caption = before is not None and before.kind == "caption" and line.gap == 0
    is_one = under_caption and patterns().credit.search(line.text)
    return replace(line, kind="byline", marked=True) if is_one else None


def _caption(line: Paragraph, _: Paragraph | None) -> Paragraph | None:
    marked = line.text.startswith(patterns().marks)
    if len(line.text) > LONGEST_CAPTION or not (marked or patterns().caption.search(line.text)):
        return None
    return replace(_without(line, 1 if marked else 0), kind="caption", marked=True)


def _item(line: Paragraph, _: Paragraph | None) -> Paragraph | None:
    """An item of a list; a number stays in the text, a dash or dot does not."""
    mark = patterns().bullet.match(line.text) if len(line.text) <= LONGEST_ITEM else None
    if mark is None:
        return None
    is_number = any(c.isalnum() for c in mark[0])
    return replace(_without(line, 0 if is_number else mark.end()), kind="list", marked=True)


def _heading(line: Paragraph, _: Paragraph | None) -> Paragraph | None:
    """A short line that ends no sentence and has no clauses, or a number like 一、."""
    text, known = line.text, patterns()
    if len(text) > LONGEST_HEADING or closed(text) or known.open_end.search(text):
        return None
    return replace(line, kind="heading") if known.number.match(text) or not _INNER.search(text) else None


RULES: tuple[Callable[[Paragraph, Paragraph | None], Paragraph | None], ...] = (
    _table,
    _marked_heading,
    _byline,
    _credit,
    _caption,
    _item,
    _heading,
)
"""The first that knows the line decides; what none knows is running text."""

_HASHES = re.compile(r"#{1,6}\s*(?=\S)")


def _without(line: Paragraph, length: int) -> Paragraph:
    """The line without its first characters and the blanks after them."""
    length += len(line.text[length:]) - len(line.text[length:].lstrip())
    segments = [
        Segment(max(s.start - length, 0), s.printed + max(length - s.start, 0), s.length - max(length - s.start, 0))
        for s in line.segments
        if s.start + s.length > length
    ]
    return replace(line, text=line.text[length:], segments=tuple(segments))
