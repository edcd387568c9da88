"""The spaCy component that reads numbers about named things: ``doc._.kg_observations``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from kg.components import Component
from kg.model import Bound, Observation
from kg.observations.candidates import Surroundings
from kg.observations.measures import REACH, Measure, grown, measure, named
from kg.observations.page import Page, lay_out
from kg.observations.quantities import Quantity, find
from kg.observations.subjects import Choice, choose
from kg.observations.tables import Cell, cells
from kg.observations.targets import is_target
from kg.observations.times import time_before


class Reading(NamedTuple):
    """A number with all that is known before its subject."""

    quantity: Quantity
    measure: Measure
    bound: Bound
    time: str
    """As a table tells it."""
    lead: str
    """The sentence before it, which may tell its time, and whether it is a target."""


def observe(docs: Sequence[Doc]) -> list[tuple[Observation, ...]]:
    """The numbers that each of a few Docs states about its mentions, by place.

    Args:
        docs: with ``kg_sentences`` and ``kg_mentions``.
    """
    pages = [lay_out(doc) if doc._.kg_mentions else None for doc in docs]
    numbers = [readings(page) if page else [] for page in pages]
    return [_observed(page, found) if page else () for page, found in zip(pages, numbers, strict=True)]


def _observed(page: Page, numbers: Sequence[Reading]) -> tuple[Observation, ...]:
    """The observations of a page, each fact once."""
    around = Surroundings(page, {})
    found: dict[tuple[int, float, str, str], Observation] = {}
    for reading in numbers:
        observation = _observe(around, reading)
        if observation:
            key = (observation.subject, observation.value, observation.unit, observation.measure)
            found.setdefault(key, observation)
    return tuple(found.values())


def readings(page: Page) -> list[Reading]:
    """The numbers of a page with what they measure, in order."""
    quantities = [quantity for quantity in find(page.text) if _is_readable(page, quantity)]
    readings: list[Reading] = []
    for position in range(len(quantities)):
        readings.append(_in_text(page, quantities, position, readings[-1] if readings else None))
    taken = {quantity.start for quantity in quantities}
    readings += [_in_table(cell) for cell in cells(page) if cell.quantity.start not in taken]
    return sorted(readings, key=lambda reading: reading.quantity.start)


def _in_text(page: Page, quantities: list[Quantity], position: int, before: Reading | None) -> Reading:
    """A number of a sentence, given the number before it."""
    quantity = quantities[position]
    sentence = page.sentences[page.sentence(quantity.start)]
    floor = max(sentence.start, quantities[position - 1].right if position else 0)
    ceiling = min(sentence.end, quantities[position + 1].left if position + 1 < len(quantities) else sentence.end)
    floor = max(floor, _name_end(page, quantity.left - REACH))
    if before and _is_range(before.quantity, quantity):
        return before._replace(quantity=quantity)
    what = measure(page.text, quantity, min(floor, quantity.left), ceiling)
    base = before.measure.phrase if before and before.quantity.start >= sentence.start else ""
    lead = page.text[sentence.start : quantity.start]
    return Reading(quantity, grown(what, base), quantity.bound, "", lead)


def _is_range(low: Quantity, high: Quantity) -> bool:
    """Whether two numbers are the ends of a range: 30%—50%."""
    return low.unit == high.unit and 0 <= high.left - low.end <= 2 and low.value < high.value


def _name_end(page: Page, offset: int) -> int:
    """Where the name that holds an offset ends; the offset itself where none does."""
    return next((page.mentions[i].end for i in page.within(offset - REACH, offset) if page.mentions[i].end > offset), 0)


def _in_table(cell: Cell) -> Reading:
    """A number of a table."""
    return Reading(cell.quantity, named(cell.measure, cell.quantity.kind), "exact", cell.time, "")


def _observe(around: Surroundings, reading: Reading) -> Observation | None:
    """One number with its subject, None where it has none; remembers the subject for the next number."""
    page, quantity = around.page, reading.quantity
    choice = choose(around, quantity, reading.measure)
    if choice is None:
        return None
    number = page.sentence(quantity.start)
    around.last, around.last_sentence, around.last_end = page.mentions[choice.index].name, number, quantity.end
    return Observation(
        subject=choice.index,
        measure=_name(page, choice, reading),
        value=quantity.value,
        unit=quantity.unit,
        printed=quantity.printed,
        evidence=page.sentences[number],
        confidence=round(choice.chance, 3),
        rule=choice.place,
        time=reading.time or time_before(reading.lead, page.year),
        bound="target" if is_target(reading.lead, page.year) else reading.bound,
    )


def _name(page: Page, choice: Choice, reading: Reading) -> str:
    """The measure's name: as printed, without the subject, else its normal name."""
    printed = reading.measure.phrase.replace(page.mentions[choice.index].name, "").lstrip("的")
    return printed or reading.measure.normal or reading.quantity.measure


def _is_readable(page: Page, quantity: Quantity) -> bool:
    """Whether the number stands in the running text, outside names, titles and by-lines."""
    if page.in_name(quantity.start, quantity.end) or page.sentence(quantity.start) < 0:
        return False
    if page.blocks[page.block(quantity.start)].kind == "byline":
        return False
    before = page.text[max(0, quantity.start - 40) : quantity.start]
    return before.rfind("《") <= before.rfind("》")


@Language.factory("kg_observations", assigns=["doc._.kg_observations"])
def make_observations(nlp: Language, name: str) -> Component:  # noqa: ARG001 - spaCy's signature
    """Sets ``doc._.kg_observations``; the component has no settings."""

    def work(docs: Sequence[Doc]) -> None:
        for doc, found in zip(docs, observe(docs), strict=True):
            doc._.kg_observations = found

    return Component(work)
