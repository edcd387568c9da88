"""Graphs out of files: all that :mod:`kg.rdf.write` wrote, joined again to entities, facts and figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from kg.errors import InputError
from kg.graph import BASE_IRI, Graph, to_graph
from kg.model import (
    Appearance,
    Bound,
    Document,
    Entity,
    Evidence,
    Fact,
    Figure,
    Merge,
    Name,
    Resolution,
    Span,
    Status,
)
from kg.rdf import order
from kg.rdf.table import Table, read_table
from kg.rdf.terms import PREFIXES
from kg.vocabulary import vocabulary

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Source:
    """The table and what is looked up in it again and again."""

    table: Table
    base: str
    documents: Mapping[str, str]
    """IRI to :attr:`Document.id`."""
    figures_of: Mapping[str, list[str]]
    """Entity to its observations."""

    def id(self, iri: str) -> str:
        """Id of an entity."""
        return iri.removeprefix(self.base)

    def document(self, subject: str, name: str) -> str:
        """Id of the document that a property leads to."""
        iri = self.table.one(subject, name)
        if iri not in self.documents:
            raise InputError(f"{self.table.path}: {subject} cites {iri}, which is no document of the file")
        return self.documents[iri]


def read(path: Path) -> Graph:
    """The graph of a file in any format that we write: equal to the graph that was written.

    Raises:
        InputError: no such file, malformed, or incomplete; the message names the place.
        KnowledgeError: a class or relation that the ontology lacks.
    """
    table = read_table(path)
    base = next((table.one(dataset, "void:uriSpace") for dataset in table.typed.get("void:Dataset", ())), BASE_IRI)
    return to_graph(_resolution(table, base), base_iri=base)


def _resolution(table: Table, base: str) -> Resolution:
    documents = sorted((table.one(iri, "dcterms:identifier"), iri) for iri in table.typed.get("sie:Document", ()))
    figures_of: dict[str, list[str]] = defaultdict(list)
    for iri in table.typed.get("sie:Observation", ()):
        figures_of[table.one(iri, "sie:subject")].append(iri)
    source = _Source(table, base, {iri: key for key, iri in documents}, figures_of)
    entities = tuple(sorted(_entities(source), key=lambda entity: entity.id))
    facts = [_fact(source, iri) for iri in table.typed.get("sie:Claim", ())]
    return Resolution(
        documents=tuple(_document(table, key, iri) for key, iri in documents),
        digests=tuple(table.get(iri, "sie:sha256") for _, iri in documents),
        entities=entities,
        facts=tuple(sorted(facts, key=lambda f: (f.head, f.type, f.tail, f.role, f.start, f.end, f.status))),
        figures=tuple(figure for entity in entities for figure in _figures(source, base + entity.id)),
    )


def _document(table: Table, key: str, iri: str) -> Document:
    body = table.get(iri, "sie:body")
    return Document(
        id=key,
        text="",
        path=table.get(iri, "sie:path"),
        title=table.get(iri, "dcterms:title"),
        date=table.get(iri, "dcterms:date"),
        author=table.get(iri, "dc:creator"),
        publisher=table.get(iri, "dc:publisher"),
        url=table.get(iri, "dcterms:source"),
        body=_spans(table, body)[0] if body else None,
    )


def _spans(table: Table, text: str) -> tuple[Span, ...]:
    try:
        pairs = [piece.split(",") for piece in text.split(";")] if text else []
        return tuple(Span(int(start), int(end)) for start, end in pairs)
    except ValueError as error:
        raise InputError(f"{table.path}: {text!r} is no list of positions such as 12,20;30,34") from error


def _entities(source: _Source) -> Iterator[Entity]:
    for cls in vocabulary().classes:
        for iri in source.table.typed.get(f"sie:{cls}", ()):
            yield _entity(source, iri, cls)


def _entity(source: _Source, iri: str, cls: str) -> Entity:
    table = source.table
    name = table.one(iri, "rdfs:label")
    return Entity(
        id=source.id(iri),
        cls=cls,
        name=name,
        names=_sequence(table, _labels(table, iri), _name, order.name_key(name)),
        appearances=tuple(sorted(_appearances(source, iri), key=order.appearance_key)),
        merges=_sequence(table, table.all(iri, "sie:merge"), _merge, order.merge_key),
        entry=table.get(iri, "sie:entry"),
        parent=table.get(iri, "sie:parentName"),
        proposals=_sequence(table, table.all(iri, "sie:proposal"), _proposal, order.proposal_key),
        replaced=tuple(sorted(source.id(old) for old in table.all(iri, "dcterms:replaces"))),
    )


def _sequence(
    table: Table, subjects: list[str], make: Callable[[Table, str], T], key: Callable[[T], tuple[Any, ...]]
) -> tuple[T, ...]:
    return order.arranged(((table.rank(subject), make(table, subject)) for subject in subjects), key)


def _labels(table: Table, iri: str) -> list[str]:
    return [*table.all(iri, "skosxl:prefLabel"), *table.all(iri, "skosxl:altLabel")]


def _name(table: Table, label: str) -> Name:
    text = table.one(label, "skosxl:literalForm")
    return Name(text, table.languages.get(label, ""), int(table.number(label, "sie:count")))


def _appearances(source: _Source, iri: str) -> Iterator[Appearance]:
    table = source.table
    for subject in table.all(iri, "sie:appearance"):
        document, form = source.document(subject, "sie:document"), table.one(subject, "sie:form")
        for place in table.all(subject, "sie:chars"):
            yield Appearance(document, _spans(table, place), form)


def _merge(table: Table, iri: str) -> Merge:
    left, right, reason = (table.one(iri, f"sie:{name}") for name in ("left", "right", "reason"))
    return Merge(left, right, reason, table.number(iri, "sie:score"))


def _proposal(table: Table, iri: str) -> tuple[str, str, str, int]:
    source, cls, reason = (table.one(iri, f"sie:{name}") for name in ("proposer", "proposedClass", "reason"))
    return source, cls, reason, int(table.number(iri, "sie:count"))


def _fact(source: _Source, iri: str) -> Fact:
    table = source.table
    return Fact(
        head=source.id(table.one(iri, "rdf:subject")),
        type=table.one(iri, "rdf:predicate").removeprefix(PREFIXES["sie"]),
        tail=source.id(table.one(iri, "rdf:object")),
        role=table.get(iri, "sie:role"),
        start=table.get(iri, "sie:start"),
        end=table.get(iri, "sie:end"),
        as_of=table.get(iri, "sie:asOf"),
        status=cast("Status", _word(table, iri, "sie:status")),
        confidence=table.number(iri, "sie:confidence"),
        evidence=_evidence(source, iri),
    )


def _word(table: Table, iri: str, name: str) -> str:
    term = table.one(iri, name).removeprefix(PREFIXES["sie"])
    try:
        return vocabulary().words[term]
    except KeyError as error:
        raise InputError(f"{table.path}: {name} of {iri} is {term!r}, which the ontology lacks") from error


def _figures(source: _Source, subject: str) -> tuple[Figure, ...]:
    subjects = source.figures_of.get(subject, [])
    return _sequence(source.table, subjects, lambda _, iri: _figure(source, iri), order.figure_key)


def _figure(source: _Source, iri: str) -> Figure:
    table = source.table
    return Figure(
        subject=source.id(table.one(iri, "sie:subject")),
        measure=table.one(iri, "sie:measure"),
        value=table.number(iri, "sie:value"),
        unit=table.get(iri, "sie:unit"),
        printed=table.get(iri, "sie:printed"),
        time=table.get(iri, "sie:time"),
        bound=cast("Bound", _word(table, iri, "sie:bound")),
        as_of=table.get(iri, "sie:asOf"),
        confidence=table.number(iri, "sie:confidence"),
        evidence=_evidence(source, iri),
    )


def _evidence(source: _Source, iri: str) -> tuple[Evidence, ...]:
    reasons = source.table.all(iri, "sie:evidence")
    return _sequence(source.table, reasons, lambda _, reason: _reason(source, reason), order.evidence_key)


def _reason(source: _Source, iri: str) -> Evidence:
    table = source.table
    passage = table.one(iri, "sie:passage")
    quote, pieces = "", []
    for selector in table.all(passage, "oa:hasSelector"):
        if table.all(selector, "oa:exact"):
            quote = table.one(selector, "oa:exact")
        else:
            ends = (int(table.number(selector, name)) for name in ("oa:start", "oa:end"))
            pieces.append((table.rank(selector), Span(*ends)))
    return Evidence(
        document=source.document(passage, "oa:hasSource"),
        spans=tuple(span for _, span in sorted(pieces)),
        quote=quote,
        confidence=table.number(iri, "sie:confidence"),
        rule=table.get(iri, "sie:rule"),
    )
