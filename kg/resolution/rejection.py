"""Facts with the status that a person gave them: what the corrections reject stays on record as rejected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg.model import Entity, Fact
from kg.names import fold
from kg.resolution.corrections import Correction, Corrections
from kg.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Facts after a person's word."""

    facts: tuple[Fact, ...]
    """In their order, rejected ones too."""
    idle: tuple[Correction, ...]
    """Rejections that met no fact."""


def review(facts: Iterable[Fact], entities: Mapping[str, Entity], corrections: Corrections) -> Reviewed:
    """Give every fact that a correction rejects the status ``rejected``, whatever its role and time.

    Args:
        facts: about ``entities``.
        entities: by id; any of an entity's names may stand in a correction.
        corrections: a person's word.
    """
    if not corrections.rejections:
        return Reviewed(tuple(facts), ())
    bearers: dict[str, set[str]] = {}
    for entity in entities.values():
        for name in entity.names:
            bearers.setdefault(fold(name.text), set()).add(entity.id)
    reviewed = list(facts)
    idle = []
    for row in corrections.rejections:
        heads, tails = (bearers.get(fold(name), set()) for name in row.names)
        met = [i for i, fact in enumerate(reviewed) if fact.type == row.relation and _joins(fact, heads, tails)]
        for index in met:
            reviewed[index] = replace(reviewed[index], status="rejected")
        if not met:
            idle.append(row)
    return Reviewed(tuple(reviewed), tuple(idle))


def _joins(fact: Fact, heads: set[str], tails: set[str]) -> bool:
    """Whether a fact leads from one of the heads to one of the tails, or back where that says the same."""
    if fact.head in heads and fact.tail in tails:
        return True
    return vocabulary().require_relation(fact.type).symmetric and fact.head in tails and fact.tail in heads
