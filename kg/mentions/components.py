"""The spaCy components of this stage.

``kg_lexicon`` and ``kg_patterns`` put proposals on the doc, ``kg_arbiter`` turns all proposals into mentions.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from kg import layers
from kg.components import Component
from kg.mentions import arbitration, derived, gazetteer, page, parents, patterns
from kg.mentions.cuts import Words
from kg.mentions.rounds import Gathered, gather
from kg.model import Mention, Proposal, Same, Span


@Language.factory("kg_lexicon", assigns=["doc._.kg_proposals"])
def make_lexicon(nlp: Language, name: str) -> Component:  # noqa: ARG001 - spaCy's signature of a factory
    """Proposes the curated names."""

    def work(docs: Sequence[Doc]) -> None:
        for doc in docs:
            doc._.kg_proposals = [*doc._.kg_proposals, *gazetteer.propose(layers.text_of(doc))]

    return Component(work)


@Language.factory("kg_patterns", assigns=["doc._.kg_proposals"])
def make_patterns(nlp: Language, name: str) -> Component:  # noqa: ARG001
    """Proposes names by their form and context."""

    def work(docs: Sequence[Doc]) -> None:
        for doc in docs:
            doc._.kg_proposals = [*doc._.kg_proposals, *patterns.propose(page.read(layers.text_of(doc)))]

    return Component(work)


@Language.factory(
    "kg_arbiter",
    requires=["doc._.kg_proposals"],
    assigns=["doc._.kg_mentions", "doc._.kg_same", "doc.ents"],
    default_config={"words": None},
)
def make_arbiter(nlp: Language, name: str, words: Words | None) -> Component:  # noqa: ARG001
    """Turns the proposals into mentions.

    Args:
        nlp: unused; spaCy passes it.
        name: likewise.
        words: cuts a clause into words, ``{"@misc": "kg.Words.v1"}``; None: names may cut words.
    """

    def work(docs: Sequence[Doc]) -> None:
        gathered = [gather(layers.text_of(doc), doc._.kg_blocks, doc._.kg_proposals, words) for doc in docs]
        for doc, found in zip(docs, gathered, strict=True):
            _name(doc, found)

    return Component(work)


def _name(doc: Doc, gathered: Gathered) -> None:
    """Lay the names on a Doc."""
    text, under = layers.text_of(doc), doc._
    starts = parents.by_start(gathered.proposals)
    mentions = tuple(_mention(text, verdict, starts) for verdict in gathered.arbiter.verdicts())
    under.kg_mentions = mentions
    under.kg_same = _same(doc, gathered.clues) if gathered.clues else ()
    doc.set_ents(_tokens(doc, mentions, _split_tokens(doc, mentions)))


_BLANKS = re.compile(r"\s*\n\s*|(?<=[一-鿿])\s+(?=[一-鿿])|^\s+|\s+$")
"""Line breaks, blanks between Chinese characters and at the ends."""


def _mention(text: str, verdict: arbitration.Verdict, starts: Mapping[int, list[Proposal]]) -> Mention:
    name = text[verdict.start : verdict.end]
    if name.split() != [name]:
        name = _BLANKS.sub("", name)
    parent = parents.parent(text, verdict, starts)
    return Mention(verdict.start, verdict.end, name, verdict.cls, verdict.score, verdict.proposals, parent)


def _same(doc: Doc, clues: Iterable[derived.Clue]) -> tuple[Same, ...]:
    """The clues whose two ends became mentions, each pair of names once."""
    index = {(m.start, m.end): i for i, m in enumerate(doc._.kg_mentions)}
    names = [m.name for m in doc._.kg_mentions]
    found: dict[tuple[str, str], Same] = {}
    for clue in clues:
        first, second = index.get(clue.first), index.get(clue.second)
        if first is not None and second is not None and names[first] != names[second]:
            found.setdefault(
                (names[first], names[second]), Same(first, second, clue.reason, _sentence(doc, clue.second[0]))
            )
    return tuple(sorted(found.values(), key=lambda s: (s.first, s.second)))


def _sentence(doc: Doc, offset: int) -> Span:
    return layers.sentence_at(doc, offset) if doc._.kg_sentences else Span(0, len(layers.text_of(doc)))


def _split_tokens(doc: Doc, mentions: Iterable[Mention]) -> Sequence[int]:
    """Cut the tokens that an edge of a mention stands in, so that each mention is made of whole tokens.

    Returns:
        Where the tokens begin now.
    """
    if len(doc) == (length := len(layers.text_of(doc))):
        return range(length)  # a token a character: nothing to cut
    starts = _starts(doc)
    cuts: dict[int, list[int]] = {}
    for edge in sorted({edge for m in mentions for edge in (m.start, m.end)}.difference(starts)):
        index = bisect_right(starts, edge) - 1
        if index >= 0 and starts[index] < edge < starts[index] + len(doc[index]):
            cuts.setdefault(index, []).append(edge - starts[index])
    if not cuts:
        return starts
    with doc.retokenize() as retokenizer:
        for index, places in cuts.items():
            word = doc[index].text
            pieces = [word[a:b] for a, b in pairwise([0, *places, len(word)])]
            retokenizer.split(doc[index], pieces, heads=[(doc[index], 0)] * len(pieces))
    return _starts(doc)


def _tokens(doc: Doc, mentions: Iterable[Mention], starts: Sequence[int]) -> list[Tokens]:
    """The mentions, made of whole tokens, as spaCy spans; given where the tokens begin."""
    return [Tokens(doc, bisect_left(starts, m.start), bisect_left(starts, m.end), m.cls) for m in mentions]


def _starts(doc: Doc) -> list[int]:
    """Where the tokens begin."""
    starts: list[int] = doc.to_array("IDX").tolist()
    return starts
