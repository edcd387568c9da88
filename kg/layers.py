"""The layers that our components lay on a spaCy Doc, and how they are read.

Importing this module registers the extension attributes:

===========================  =====================================================================
``doc._.kg_document``        :class:`~kg.model.Document` (without text is enough), or None
``doc._.kg_blocks``          tuple of :class:`~kg.model.Block`; empty: one body
``doc._.kg_sentences``       tuple of :class:`~kg.model.Span`, covering all that is not blank
``doc._.kg_proposals``       list of :class:`~kg.model.Proposal`, in the order of the components
``doc._.kg_mentions``        tuple of :class:`~kg.model.Mention`, by start, none overlapping
``doc._.kg_same``            tuple of :class:`~kg.model.Same`
``doc._.kg_relations``       tuple of :class:`~kg.model.Relation`, by evidence
``doc._.kg_observations``    tuple of :class:`~kg.model.Observation`, by evidence
===========================  =====================================================================

Offsets in all of them are reading offsets, that is positions in ``doc.text``.
"""

from __future__ import annotations

from bisect import bisect_right

from spacy.tokens import Doc

from kg.model import Span


def register() -> None:
    """Register the extension attributes; calling it again changes nothing."""
    for name in ("kg_document",):
        Doc.set_extension(name, default=None, force=True)
    for name in ("kg_blocks", "kg_sentences", "kg_mentions", "kg_same", "kg_relations", "kg_observations"):
        Doc.set_extension(name, default=(), force=True)
    Doc.set_extension("kg_proposals", default=[], force=True)


register()


def text_of(doc: Doc) -> str:
    """``doc.text``, put together once: spaCy joins all tokens anew each time it is asked."""
    text: str | None = doc.user_data.get("kg_text")
    if text is None:
        text = doc.user_data["kg_text"] = doc.text
    return text


def keep_text(doc: Doc, text: str) -> None:
    """Tell :func:`text_of` the text that ``doc`` was made of."""
    doc.user_data["kg_text"] = text


def sentence_at(doc: Doc, offset: int) -> Span:
    """The sentence of ``doc`` that holds the reading offset.

    Raises:
        ValueError: there is none; the ``kg_sentences`` component has not run.
    """
    sentences: tuple[Span, ...] = doc._.kg_sentences
    index = bisect_right(sentences, offset, key=lambda s: s.start) - 1
    if index < 0 or offset >= sentences[index].end:
        raise ValueError(f"no sentence at offset {offset}; add the component kg_sentences before this one")
    return sentences[index]
