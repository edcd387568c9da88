"""From a printed page to the text that is analysed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model import Block, BlockKind, Document, Span
from kg.text import continuity
from kg.text.doubles import without_doubles
from kg.text.folding import fold
from kg.text.kinds import classified
from kg.text.mending import mended
from kg.text.paragraphs import Paragraph, from_spans, lines
from kg.text.reading import Reading, Segment
from kg.text.wrapping import unwrapped


def read(document: Document) -> Reading:
    """The document as it is analysed.

    Script and letters are folded; lines of a paragraph are joined; a paragraph printed twice is read once; a
    sentence that the layout tore apart is put together again; marks of layout are taken off. What is not printed
    text of the article (rules, marks, the second copy of a paragraph) is not in the reading; all else is, once.
    """
    folded = fold(document.text)
    body = document.body or Span(0, len(folded))
    title = fold(document.title)
    found = [*_title_outside(folded, body, title), *lines(folded, body)]
    paragraphs = unwrapped(classified(found, title))
    paragraphs = mended(without_doubles(paragraphs), continuity.load().odds)
    return _assemble(document, paragraphs)


def _title_outside(folded: str, body: Span, title: str) -> Iterator[Paragraph]:
    """The title, where it is printed before the body (in front matter) and not at its beginning."""
    place = folded.find(title, 0, body.start) if title else -1
    if place >= 0 and title not in folded[body.start : body.start + _OPENING]:
        yield from_spans(folded, [(place, place + len(title))])


_OPENING = 300
"""Characters at the beginning of a body in which its title is looked for."""


def _assemble(document: Document, paragraphs: Iterable[Paragraph]) -> Reading:
    """The reading of paragraphs in their order, one block each; rows of one table make one block."""
    texts: list[str] = []
    blocks: list[Block] = []
    segments: list[Segment] = []
    start = 0
    for paragraph in paragraphs:
        end = start + len(paragraph.text)
        segments.extend(Segment(s.start + start, s.printed, s.length) for s in paragraph.segments)
        if blocks and _same_table(blocks[-1].kind, paragraph):
            blocks[-1] = Block(blocks[-1].start, end, "table")
        else:
            blocks.append(Block(start, end, paragraph.kind))
        texts.append(paragraph.text + "\n")
        start = end + 1
    return Reading(document, "".join(texts), tuple(blocks), tuple(segments))


def _same_table(kind: BlockKind, paragraph: Paragraph) -> bool:
    return kind == paragraph.kind == "table" and paragraph.gap == 0
