"""The two rounds of arbitration: the names of the first tell of further ones, which enter the second."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kg.mentions import arbitration, derived, page
from kg.mentions.bylines import bylines
from kg.mentions.cuts import Words
from kg.mentions.patterns.edges import generic_phrases
from kg.mentions.patterns.persons import is_hidden
from kg.mentions.shapes import shaped
from kg.model import Block, Proposal, Span


class Gathered(NamedTuple):
    """What enters the second round."""

    proposals: list[Proposal]
    """Those of the first round, and what its names led to."""
    clues: list[derived.Clue]
    """Stretches that name one thing."""
    arbiter: arbitration.Arbiter
    """Who has heard both rounds."""


def gather(text: str, blocks: Iterable[Block], proposals: Iterable[Proposal], words: Words | None = None) -> Gathered:
    """Hold the first round and add what follows from its names: repetitions, short forms, neighbours.

    Args:
        text: the page.
        blocks: of the page; nothing is named in by-lines.
        proposals: of the lexicon, the patterns and the model.
        words: cuts a clause into words; None: no word is known.
    """
    barred = sorted([*(Span(b.start, b.end) for b in blocks if b.kind == "byline"), *bylines(text)])
    allowed = [p for p in _outside(barred, shaped(text, proposals)) if not _nameless(text, p)]
    arbiter = arbitration.Arbiter(text, words)
    arbiter.hear(allowed)
    first = arbiter.names()
    linked = [
        *derived.abbreviations(text, first),
        *derived.short_forms(text, first),
        *derived.without_grounds(text, first),
        *derived.contractions(text, first, allowed),
    ]
    led = (*(p for p, _ in linked), *derived.repetitions(text, first), *derived.neighbours(page.read(text), first))
    further = [*_outside(barred, led)]
    arbiter.hear(further)
    return Gathered([*allowed, *further], [clue for _, clue in linked], arbiter)


def _nameless(text: str, proposal: Proposal) -> bool:
    """Whether the stretch is known to name nobody: 吴女士, 李某某, 地方政府."""
    name = text[proposal.start : proposal.end]
    if proposal.cls in {"Person", "Official"}:
        return is_hidden(name)
    return proposal.source != "lexicon" and name in generic_phrases()


def _outside(barred: Sequence[Span], proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """The proposals that touch nothing barred."""
    starts = [span.start for span in barred]
    for proposal in proposals:
        index = bisect_right(starts, proposal.start)
        is_inside = index > 0 and proposal.start < barred[index - 1].end
        if not is_inside and not (index < len(starts) and starts[index] < proposal.end):
            yield proposal
