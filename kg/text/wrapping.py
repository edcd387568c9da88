"""Hard-wrapped lines joined to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.text.kinds import closed
from kg.text.paragraphs import Paragraph, join

NARROWEST = 12
"""Width of the narrowest column, in full-width characters."""
SLACK = 1.5
"""How much shorter a full line may be, beside the word that found no room: rules of punctuation move characters."""

_ASCII = re.compile(r"[\x00-\x7f]")
_UNIT = re.compile(r"[A-Za-z0-9.,%+-]+|.")
_STOP = re.compile(r"[，。、；,;]")


def unwrapped(lines: Iterable[Paragraph]) -> list[Paragraph]:
    """The paragraphs of a page whose lines were broken at the edge of a column.

    Lines that stand together, without a blank line between them, are one paragraph as long as they fill the column and
    end no sentence. Where no line of the group is full, or the lines hold no punctuation (a list of names, a poem),
    nothing is joined.
    """
    paragraphs: list[Paragraph] = []
    for group in _groups(lines):
        paragraphs.extend(_joined(group) if len(group) > 1 else group)
    return paragraphs


def _groups(lines: Iterable[Paragraph]) -> Iterator[list[Paragraph]]:
    """Lines that stand together and are running text or items of lists."""
    group: list[Paragraph] = []
    for line in lines:
        if group and (line.gap or not _flows(line)):
            yield group
            group = []
        group.append(line)
        if not _flows(line) and line.kind != "list":
            yield group
            group = []
    if group:
        yield group


def _flows(line: Paragraph) -> bool:
    return line.kind in {"body", "title", "heading"} and not line.marked


def _joined(group: Sequence[Paragraph]) -> Iterator[Paragraph]:
    open_ends = [not closed(line.text) for line in group]
    width = max(map(_width, group))
    stops = sum(len(_STOP.findall(line.text)) for line in group)
    if width < NARROWEST or not any(open_ends[:-1]) or 2 * stops < len(group):
        yield from group
        return
    indented = any(line.indent for line in group) and not all(line.indent for line in group)
    current = group[0]
    for (line, following), is_open in zip(pairwise(group), open_ends, strict=False):
        is_full = _width(line) + _first_unit(following) >= width - SLACK
        if is_open and is_full and not (indented and following.indent):
            current = replace(join(current, following), kind="list" if current.kind == "list" else "body")
        else:
            yield current
            current = following
    yield current


def _first_unit(line: Paragraph) -> float:
    """Width of what could not be parted from the start of the line: a Latin word, a figure, a character."""
    found = _UNIT.match(line.text)
    return max(len(found[0]) / 2, 1.0) if found else 0.0


def _width(line: Paragraph) -> float:
    """In full-width characters, with the indent."""
    return line.indent + len(line.text) - len(_ASCII.findall(line.text)) / 2
