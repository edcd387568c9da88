"""The spaCy component that reads numbers about named things: ``doc._.kg_observations``."""

from __future__ import annotations

import math

from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Bound, Observation
from kg.observations.measures import Measure, measure
from kg.observations.page import Page, lay_out
from kg.observations.quantities import Quantity, find
from kg.observations.subjects import Choice, Surroundings, choose
from kg.observations.targets import is_target
from kg.observations.times import time_before


def observe(doc: Doc) -> tuple[Observation, ...]:
    """The numbers that a Doc states about its mentions, by place.

    Args:
        doc: with ``kg_sentences`` and ``kg_mentions``.
    """
    if not doc._.kg_mentions:
        return ()
    page = lay_out(doc)
    around = Surroundings(page, {})
    found: dict[tuple[int, float, str, str], Observation] = {}
    quantities = [quantity for quantity in find(page.text) if _is_readable(page, quantity)]
    for position in range(len(quantities)):
        observation = _observe(around, quantities, position)
        if observation:
            key = (observation.subject, observation.value, observation.unit, observation.measure)
            found.setdefault(key, observation)
    return tuple(found.values())


def _observe(around: Surroundings, quantities: list[Quantity], position: int) -> Observation | None:
    """One number with its subject, None where it has none; remembers the subject for the next number."""
    page, quantity = around.page, quantities[position]
    sentence = page.sentences[page.sentence(quantity.start)]
    floor = max(sentence.start, quantities[position - 1].right if position else 0)
    ceiling = min(sentence.end, quantities[position + 1].left if position + 1 < len(quantities) else sentence.end)
    what = measure(page.text, quantity, min(floor, quantity.left), ceiling)
    choice = choose(around, quantity, what)
    if choice is None:
        return None
    around.last, around.last_sentence = choice.index, page.sentence(quantity.start)
    return Observation(
        subject=choice.index,
        measure=_name(page, what, choice, quantity),
        value=quantity.value,
        unit=quantity.unit,
        printed=quantity.printed,
        evidence=sentence,
        confidence=_confidence(choice.score),
        rule=choice.place,
        time=time_before(page.text[sentence.start : quantity.start], page.year),
        bound=_bound(page, quantity, sentence.start),
    )


def _name(page: Page, what: Measure, choice: Choice, quantity: Quantity) -> str:
    """The measure's name: as printed, without the subject, else its normal name."""
    printed = what.phrase.replace(page.mentions[choice.index].name, "").lstrip("的")
    return printed or what.normal or quantity.unit


def _bound(page: Page, quantity: Quantity, start: int) -> Bound:
    if is_target(page.text[start : quantity.end], page.year):
        return "target"
    return quantity.bound


def _confidence(score: float) -> float:
    """A subject's score as a probability; the slope was set on the held-out paragraphs of the tests."""
    return round(1 / (1 + math.exp(-(score - 2.5) / 1.5)), 3)


def _is_readable(page: Page, quantity: Quantity) -> bool:
    """Whether the number stands in the running text, outside names, titles and by-lines."""
    if page.in_name(quantity.start, quantity.end) or page.sentence(quantity.start) < 0:
        return False
    if page.blocks[page.block(quantity.start)].kind == "byline":
        return False
    before = page.text[max(0, quantity.start - 40) : quantity.start]
    return before.rfind("《") <= before.rfind("》")


class KgObservations:
    """spaCy component ``kg_observations``."""

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.kg_observations``."""
        doc._.kg_observations = observe(doc)
        return doc


@Language.factory("kg_observations", assigns=["doc._.kg_observations"])
def make_observations(nlp: Language, name: str) -> KgObservations:  # noqa: ARG001 - spaCy's signature
    """The factory that spaCy calls; the component has no settings."""
    return KgObservations()
