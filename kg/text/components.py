"""Our spaCy component for sentences, and the step from a reading to a spaCy Doc."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg import layers
from kg.components import Component
from kg.model import Block, Span
from kg.text.reading import Reading
from kg.text.sentences import split


def to_doc(nlp: Language, reading: Reading) -> Doc:
    """A spaCy Doc of the reading, tokenized by the pipeline's tokenizer, with document and blocks laid on it.

    The document is laid on without its text. None of the pipeline's components has run; ``nlp(doc)`` runs them.
    """
    doc: Doc = nlp.tokenizer(reading.text)
    layers.keep_text(doc, reading.text)
    doc._.kg_document = replace(reading.document, text="", body=None)
    doc._.kg_blocks = reading.blocks
    return doc


@Language.factory("kg_sentences", assigns=["doc._.kg_sentences"])
def make_sentences(nlp: Language, name: str) -> Component:  # noqa: ARG001 - spaCy's signature of a factory
    """The component ``kg_sentences``: lays the sentences of a Doc on it, block by block where it has blocks."""

    def work(docs: Sequence[Doc]) -> None:
        for doc in docs:
            doc._.kg_sentences = tuple(_sentences(doc))

    return Component(work)


def _sentences(doc: Doc) -> Iterator[Span]:
    text = layers.text_of(doc)
    blocks: tuple[Block, ...] = doc._.kg_blocks or (Block(0, len(text), "body"),)
    for block in blocks:
        yield from split(text, block.start, block.end)
