"""The spaCy components that let a statistical model propose names: ours, or another pipeline's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg import layers
from kg.components import Component
from kg.errors import KnowledgeError
from kg.lexicon import table
from kg.mentions.statistical import decoder, weights
from kg.model import Proposal

REASON = "reads like one in its context"

_CLOSING, _OPENING = "”’」』》）)", "“‘「『《（("
"""What no name begins with, and what none ends with."""


@Language.factory("kg_model", default_config={"weights": None, "min_score": 0.15}, assigns=["doc._.kg_proposals"])
def make_model(nlp: Language, name: str, weights: str | None, min_score: float) -> Component:  # noqa: ARG001 - spaCy's signature
    """Proposes names by our own model, with the probability that the stretch is exactly that name.

    Args:
        nlp: the pipeline.
        name: of the component.
        weights: path of a model made by ``kg train``; None: the one that ships.
        min_score: smallest probability that is proposed. Proposals may overlap: they are alternatives.
    """
    model = _model(weights)

    def work(docs: Sequence[Doc]) -> None:
        texts = [layers.text_of(doc) for doc in docs]
        pages = decoder.guesses_of_pages(texts, model, min_score)
        for doc, text, found in zip(docs, texts, pages, strict=True):
            new = [
                Proposal(g.start, g.end, g.cls, g.chance, "model", REASON)
                for g in found
                if text[g.start] not in _CLOSING and text[g.end - 1] not in _OPENING
            ]
            doc._.kg_proposals = [*doc._.kg_proposals, *new]

    return Component(work)


def _model(path: str | None) -> weights.NameModel:
    return weights.shipped() if path is None else weights.load_file(Path(path))


@dataclass(frozen=True, slots=True)
class Scheme:
    """The labels of another recogniser, see ``data/labels.yml``."""

    classes: dict[str, str]
    """Label → class of ours."""
    scores: dict[str, float]
    """Label → how sure we are of it; labels that say less than a class of ours have a low one."""
    default: float
    """Score of labels without one."""


@Language.factory(
    "kg_external_ner", default_config={"scheme": "ontonotes"}, requires=["doc.ents"], assigns=["doc._.kg_proposals"]
)
def make_external(nlp: Language, name: str, scheme: str) -> Component:  # noqa: ARG001
    """Turns the entities that an earlier component found into proposals.

    Args:
        nlp: the pipeline.
        name: of the component.
        scheme: a row of ``data/labels.yml`` that leads from its labels to our classes.

    Raises:
        KnowledgeError: there is no such scheme.
    """
    schemes = table("labels.yml", dict[str, Scheme])
    if scheme not in schemes:
        raise KnowledgeError(
            f"kg_external_ner: no scheme {scheme!r} in data/labels.yml; it has {', '.join(sorted(schemes))}"
        )
    chosen = schemes[scheme]

    def work(docs: Sequence[Doc]) -> None:
        for doc in docs:
            new = [
                Proposal(e.start_char, e.end_char, cls, chosen.scores.get(e.label_, chosen.default), "model", e.label_)
                for e in doc.ents
                if (cls := chosen.classes.get(e.label_))
            ]
            doc._.kg_proposals = [*doc._.kg_proposals, *new]

    return Component(work)
