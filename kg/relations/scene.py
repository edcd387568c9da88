"""Yields :class:`Scene`: a page as the relation rules see it, free of spaCy."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg import layers
from kg.model import Block, Mention, Same, Span


@dataclass(frozen=True, slots=True)
class Scene:
    """A page with its names, sentences and blocks."""

    text: str
    """The reading."""
    mentions: tuple[Mention, ...]
    """By start, none overlapping."""
    group: tuple[int, ...]
    """For every mention the index of the first mention of the same thing."""
    sentences: tuple[Span, ...]
    """Reading offsets, in order."""
    kinds: tuple[str, ...]
    """The kind of block that holds each sentence."""
    block: tuple[int, ...]
    """For every sentence the start of its block: sentences of one paragraph share it."""
    within: tuple[tuple[int, int], ...]
    """For every sentence the half-open range of its mentions."""


def make_scene(
    text: str,
    mentions: Sequence[Mention],
    same: Sequence[Same],
    sentences: Sequence[Span],
    blocks: Sequence[Block] = (),
) -> Scene:
    """Join the layers of a page; a page without blocks is one body.

    Args:
        text: the reading.
        mentions: by start, none overlapping.
        same: clues that two mentions are one thing.
        sentences: by start.
        blocks: by start.
    """
    starts = [m.start for m in mentions]
    cover = [_block_of(blocks, s.start) for s in sentences]
    return Scene(
        text,
        tuple(mentions),
        _groups(mentions, same),
        tuple(sentences),
        tuple(b.kind if b else "body" for b in cover),
        tuple(b.start if b else 0 for b in cover),
        tuple((bisect_left(starts, s.start), bisect_left(starts, s.end)) for s in sentences),
    )


def scene_of(doc: Doc) -> Scene:
    """The scene of a spaCy Doc that carries mentions and sentences."""
    under = doc._
    return make_scene(layers.text_of(doc), under.kg_mentions, under.kg_same, under.kg_sentences, under.kg_blocks)


def _block_of(blocks: Sequence[Block], offset: int) -> Block | None:
    index = bisect_right(blocks, offset, key=lambda b: b.start) - 1
    return blocks[index] if index >= 0 and offset < blocks[index].end else None


def _groups(mentions: Sequence[Mention], same: Sequence[Same]) -> tuple[int, ...]:
    """One number per thing: equal names, forms of one curated name, and what the text says is the same."""
    first: dict[str, int] = {}
    parent = [first.setdefault(m.name.casefold(), i) for i, m in enumerate(mentions)]
    curated: dict[str, int] = {}
    for index, mention in enumerate(mentions):
        entry = mention.proposals[0].entry if mention.proposals else ""
        if entry:
            _join(parent, curated.setdefault(entry, index), index)
    for clue in same:
        _join(parent, clue.first, clue.second)
    return tuple(_root(parent, i) for i in range(len(mentions)))


def _join(parent: list[int], one: int, other: int) -> None:
    left, right = sorted((_root(parent, one), _root(parent, other)))
    parent[right] = left


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        parent[index] = parent[parent[index]]
        index = parent[index]
    return index
