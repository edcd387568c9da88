"""Yields the spaCy component ``kg_relations``: mentions and sentences in, relations out."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from kg.relations.judgement import judge
from kg.relations.scene import scene_of


@Language.factory("kg_relations", default_config={"threshold": 0.4})
def make_relations(nlp: Language, name: str, threshold: float) -> Callable[[Doc], Doc]:
    """A component that fills ``doc._.kg_relations``.

    Args:
        nlp: unused; spaCy passes it.
        name: likewise.
        threshold: relations less probable than this are left out, 0 to 1.
    """
    del nlp, name

    def relate(doc: Doc) -> Doc:
        doc._.kg_relations = judge(scene_of(doc), threshold)
        return doc

    return relate
