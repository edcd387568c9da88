"""Gold files: what a careful reader would put into the graph of one page.

The form is JSON, one file per page::

    {"doc": "page.txt",
     "entities": [{"id": "e1", "type": "Company", "name": "商汤科技", "aliases": ["商湯科技"], "optional": false}],
     "relations": [{"head": "e1", "type": "locatedIn", "tail": "e2", "evidence": "…"}],
     "observations": [{"subject": "e2", "measure": "企业数", "value": 2000, "unit": "家", "time": "", "evidence": "…"}]}

A relation's ``tail`` may be a list of ids, of which any counts.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from kg.errors import GoldError
from kg.vocabulary import vocabulary


class GoldEntity(msgspec.Struct, frozen=True):
    """One real thing that the page names."""

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    optional: bool = False
    """Counts neither for nor against."""


class GoldRelation(msgspec.Struct, frozen=True):
    """One fact that the page states."""

    head: str
    type: str
    tail: str | tuple[str, ...]
    evidence: str = ""
    role: str = ""
    optional: bool = False

    @property
    def tails(self) -> tuple[str, ...]:
        """Ids of the entities of which any is right as tail."""
        return (self.tail,) if isinstance(self.tail, str) else self.tail


class GoldObservation(msgspec.Struct, frozen=True):
    """One number that the page states."""

    subject: str
    measure: str
    value: float
    unit: str = ""
    time: str = ""
    evidence: str = ""
    optional: bool = False


class Gold(msgspec.Struct, frozen=True):
    """All that is right about one page."""

    doc: str
    entities: tuple[GoldEntity, ...]
    relations: tuple[GoldRelation, ...] = ()
    observations: tuple[GoldObservation, ...] = ()


def read_gold(path: Path) -> Gold:
    """Read and check a gold file.

    Raises:
        GoldError: the file is no JSON, lacks a field, names an unknown class, relation or id; the message
            says the file and the place in it.
    """
    try:
        gold = msgspec.json.decode(path.read_bytes(), type=Gold)
    except OSError as error:
        raise GoldError(f"{path}: cannot be read: {error.strerror}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: {error}; see the form in `kg evaluate --help`") from error
    problems = [*_entity_problems(gold), *_reference_problems(gold)]
    if problems:
        raise GoldError("\n".join(f"{path}: {problem}" for problem in problems))
    return gold


def _entity_problems(gold: Gold) -> list[str]:
    seen: set[str] = set()
    problems = []
    for entity in gold.entities:
        if entity.id in seen:
            problems.append(f"the entity id {entity.id} stands twice; rename one")
        if entity.type not in vocabulary().classes:
            problems.append(f"entity {entity.id} {entity.name}: unknown class {entity.type}")
        seen.add(entity.id)
    return problems


def _reference_problems(gold: Gold) -> list[str]:
    known = {entity.id for entity in gold.entities}
    problems = []
    for row, relation in enumerate(gold.relations, start=1):
        if relation.type not in vocabulary().relations:
            problems.append(f"relation {row}: unknown relation {relation.type}")
        problems += [
            f"relation {row}: {end} is no entity's id" for end in (relation.head, *relation.tails) if end not in known
        ]
    problems += [
        f"observation {row}: {observation.subject} is no entity's id"
        for row, observation in enumerate(gold.observations, start=1)
        if observation.subject not in known
    ]
    return problems
