"""Short ways to make the values that tests need."""

from __future__ import annotations

import hashlib

from kg.graph import Graph, to_graph
from kg.model import Appearance, Document, Entity, Evidence, Fact, Figure, Name, Resolution, Span


def entity(cls: str, name: str, *others: str, **fields: object) -> Entity:
    """An entity with an id made from its name, named once in document ``d``."""
    slug = f"{cls.lower()}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    names = tuple(Name(text, "en" if text.isascii() else "zh-Hans", 1) for text in (name, *others))
    appearances = (Appearance("d", (Span(0, len(name)),), name),)
    values = {"id": slug, "cls": cls, "name": name, "names": names, "appearances": appearances}
    return Entity(**{**values, **fields})  # type: ignore[arg-type]


def evidence(quote: str = "甲公司落户乙园。", **fields: object) -> Evidence:
    """Evidence in document ``d``."""
    values = {"document": "d", "spans": (Span(0, len(quote)),), "quote": quote, "confidence": 0.9, "rule": "test"}
    return Evidence(**{**values, **fields})  # type: ignore[arg-type]


def fact(head: Entity, relation: str, tail: Entity, **fields: object) -> Fact:
    """An asserted fact with one piece of evidence."""
    values = {
        "head": head.id,
        "type": relation,
        "tail": tail.id,
        "role": "",
        "start": "",
        "end": "",
        "as_of": "",
        "status": "asserted",
        "confidence": 0.9,
        "evidence": (evidence(),),
    }
    return Fact(**{**values, **fields})  # type: ignore[arg-type]


def figure(subject: Entity, value: float, unit: str, **fields: object) -> Figure:
    """An exact figure with one piece of evidence."""
    values = {
        "subject": subject.id,
        "measure": "企业数",
        "value": value,
        "unit": unit,
        "printed": str(value),
        "time": "",
        "bound": "exact",
        "as_of": "",
        "confidence": 0.9,
        "evidence": (evidence(),),
    }
    return Figure(**{**values, **fields})  # type: ignore[arg-type]


def resolution(*parts: Entity | Fact | Figure) -> Resolution:
    """The resolution of one document ``d`` that says just this."""
    return Resolution(
        documents=(Document("d", "", title="测试", date="2023-01-01"),),
        digests=("0" * 64,),
        entities=tuple(part for part in parts if isinstance(part, Entity)),
        facts=tuple(part for part in parts if isinstance(part, Fact)),
        figures=tuple(part for part in parts if isinstance(part, Figure)),
    )


def graph(*parts: Entity | Fact | Figure) -> Graph:
    """The graph of :func:`resolution`."""
    return to_graph(resolution(*parts))
