"""Relations and observations of all documents as facts and figures about entities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from kg.model import Evidence, Extraction, Fact, Figure, Observation, Passage, Relation, Span
from kg.resolution.evidence import ordered, together
from kg.vocabulary import vocabulary


class Stated(NamedTuple):
    """A relation between locals, with its evidence."""

    head: int
    tail: int
    relation: Relation
    evidence: Evidence
    date: str
    """Of the document."""


class Counted(NamedTuple):
    """An observation about a local, with its evidence."""

    subject: int
    observation: Observation
    evidence: Evidence
    date: str


def stated(extraction: Extraction, of_mention: Sequence[int | None], offset: int) -> list[Stated]:
    """The relations of a document whose two ends are there and differ.

    Args:
        extraction: the document's table.
        of_mention: local by mention, None for banned names.
        offset: added to each local's number.
    """
    quote = _quoter(extraction)
    found = []
    for relation in extraction.relations:
        head, tail = of_mention[relation.head], of_mention[relation.tail]
        if head is not None and tail is not None and head != tail:
            evidence = quote(relation.evidence, relation.confidence, relation.rule)
            found.append(Stated(head + offset, tail + offset, relation, evidence, extraction.document.date))
    return found


def counted(extraction: Extraction, of_mention: Sequence[int | None], offset: int) -> list[Counted]:
    """The observations of a document, likewise."""
    quote = _quoter(extraction)
    return [
        Counted(subject + offset, o, quote(o.evidence, o.confidence, o.rule), extraction.document.date)
        for o in extraction.observations
        if (subject := of_mention[o.subject]) is not None
    ]


def _quoter(extraction: Extraction) -> Callable[[Span, float, str], Evidence]:
    passages: Mapping[Span, Passage] = {passage.reading: passage for passage in extraction.passages}

    def quote(sentence: Span, confidence: float, rule: str) -> Evidence:
        passage = passages.get(sentence)
        spans, text = (passage.spans, passage.quote) if passage else ((), "")
        return Evidence(extraction.document.id, spans, text, confidence, rule)

    return quote


def join_facts(rows: Iterable[Stated], ids: Sequence[str]) -> tuple[Fact, ...]:
    """Facts between entities, by head, type, tail, role, start; what became a relation to itself is dropped.

    Args:
        rows: relations between locals.
        ids: entity by local.
    """
    groups: dict[tuple[str, ...], list[Stated]] = defaultdict(list)
    for row in rows:
        head, tail = ids[row.head], ids[row.tail]
        if vocabulary().require_relation(row.relation.type).symmetric:
            head, tail = sorted((head, tail))
        if head != tail:
            relation = row.relation
            key = (head, relation.type, tail, relation.role, relation.start, relation.end, relation.status)
            groups[key].append(row)
    return tuple(_fact(key, groups[key]) for key in sorted(groups))


def _fact(key: tuple[str, ...], rows: list[Stated]) -> Fact:
    head, kind, tail, role, start, end, _ = key
    evidence = ordered(row.evidence for row in rows)
    as_of = max(row.date for row in rows)
    return Fact(head, kind, tail, role, start, end, as_of, rows[0].relation.status, together(evidence), evidence)


def join_figures(rows: Iterable[Counted], ids: Sequence[str]) -> tuple[Figure, ...]:
    """Figures of entities, by subject, measure, time, value."""
    groups: dict[tuple[str, str, str, float, str, str], list[Counted]] = defaultdict(list)
    for row in rows:
        o = row.observation
        groups[ids[row.subject], o.measure, o.time, o.value, o.unit, o.bound].append(row)
    return tuple(_figure(key[0], groups[key]) for key in sorted(groups))


def _figure(subject: str, rows: list[Counted]) -> Figure:
    o = rows[0].observation
    evidence = ordered(row.evidence for row in rows)
    as_of = max(row.date for row in rows)
    return Figure(subject, o.measure, o.value, o.unit, o.printed, o.time, o.bound, as_of, together(evidence), evidence)
