"""The page as numbers are read from it: its named things in their places, sentence by sentence, clause by clause."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg import layers
from kg.model import Block, Document, Mention, Span

_FAR = 1 << 60
"""Beyond the end of any text."""
_CLAUSE = re.compile(r"(?:[^，,；;：:。！？!?\n()（）]|(?<=\d),(?=\d{3}))+")


@dataclass(frozen=True, slots=True)
class Page:
    """What the readers of numbers look at; all offsets are reading offsets."""

    text: str
    mentions: tuple[Mention, ...]
    sentences: tuple[Span, ...]
    blocks: tuple[Block, ...]
    """At least one, in order."""
    document: Document | None
    starts: tuple[int, ...]
    """Where the mentions begin."""
    block_starts: tuple[int, ...]
    """Where the blocks begin."""
    headed: dict[str, list[int]] = field(init=False)
    """By the last words of names (研究中心, 联合实验室) the mentions that they may stand for, in order."""

    def __post_init__(self) -> None:
        """List the last words of names."""
        headed: dict[str, list[int]] = {}
        for index, mention in enumerate(self.mentions):
            for head in mention.heads:
                headed.setdefault(head, []).append(index)
        object.__setattr__(self, "headed", headed)

    def named_before(self, words: str, offset: int) -> int | None:
        """The last mention before the offset whose name ends in these words."""
        found = self.headed.get(words)
        return next((i for i in reversed(found) if self.mentions[i].end <= offset), None) if found else None

    def sentence(self, offset: int) -> int:
        """Index of the sentence that holds the offset, or of the last one before it; -1 where there is none."""
        return bisect_right(self.sentences, (offset, _FAR)) - 1

    def block(self, offset: int) -> int:
        """Index of the block that holds the offset, or of the last one before it."""
        return max(0, bisect_right(self.block_starts, offset) - 1)

    def within(self, start: int, end: int) -> range:
        """Indices of the mentions that begin in a stretch."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def in_name(self, start: int, end: int) -> bool:
        """Whether a stretch overlaps a name."""
        index = bisect_left(self.starts, end) - 1
        return index >= 0 and self.mentions[index].end > start

    def clauses(self, sentence: Span) -> list[Span]:
        """The clauses of a sentence, split at its punctuation and brackets."""
        return [Span(*match.span()) for match in _CLAUSE.finditer(self.text, sentence.start, sentence.end)]

    @property
    def year(self) -> int | None:
        """The year of publication, where it is known."""
        date = self.document.date if self.document else ""
        return int(date[:4]) if date[:4].isdigit() else None


def lay_out(doc: Doc) -> Page:
    """The page of a Doc that has its mentions and sentences."""
    mentions: tuple[Mention, ...] = doc._.kg_mentions
    text = layers.text_of(doc)
    blocks: tuple[Block, ...] = doc._.kg_blocks or (Block(0, len(text), "body"),)
    sentences: tuple[Span, ...] = doc._.kg_sentences or (Span(0, len(text)),)
    starts, block_starts = tuple([m.start for m in mentions]), tuple([b.start for b in blocks])
    return Page(text, mentions, sentences, blocks, doc._.kg_document, starts, block_starts)
