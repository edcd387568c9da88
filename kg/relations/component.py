"""Yields the spaCy component ``kg_relations``: mentions and sentences in, relations out."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.components import Component
from kg.relations.judgement import judge_all
from kg.relations.scene import scene_of


@Language.factory("kg_relations", default_config={"threshold": 0.4})
def make_relations(nlp: Language, name: str, threshold: float) -> Component:
    """A component that fills ``doc._.kg_relations``.

    Args:
        nlp: unused; spaCy passes it.
        name: likewise.
        threshold: relations less probable than this are left out, 0 to 1.
    """
    del nlp, name

    def work(docs: Sequence[Doc]) -> None:
        for doc, found in zip(docs, judge_all([scene_of(doc) for doc in docs], threshold), strict=True):
            doc._.kg_relations = found

    return Component(work)
