"""The graph as blocks: the dataset, the entities, then documents, claims, posts, observations and times.

Each kind is in an order of its own content, so the same graph gives the same blocks. Sequences whose order is the
usual one (see :mod:`kg.rdf.order`) carry no ranks; odd ones do, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from kg.graph import Graph
from kg.model import Document
from kg.rdf.claims import claims, observations, posts
from kg.rdf.entities import entities
from kg.rdf.frame import Frame
from kg.rdf.render import Block
from kg.rdf.terms import days, link, moment, text, time_type
from kg.vocabulary import vocabulary

ONTOLOGY = "<https://w3id.org/shanghai-innovation>"
_POSITIONS = {"gYear": "time:inXSDgYear", "gYearMonth": "time:inXSDgYearMonth", "date": "time:inXSDDate"}


def blocks(graph: Graph, terms: Frame) -> Iterator[Block]:
    """All that a graph says.

    Args:
        graph: as :mod:`kg.graph` makes it.
        terms: a fresh frame of that graph.
    """
    return chain(
        _dataset(terms),
        entities(graph, terms),
        _fields(graph),
        _documents(graph, terms),
        claims(graph, terms),
        posts(graph, terms),
        observations(graph, terms),
        _times(terms),
    )


def _dataset(terms: Frame) -> Iterator[Block]:
    title = text("Shanghai innovation ecosystem: a graph read from the press", "en")
    rows = [
        ("a", ["void:Dataset"]),
        ("dcterms:title", [title]),
        ("dcterms:conformsTo", [ONTOLOGY]),
        ("void:uriSpace", [text(terms.base)]),
    ]
    yield "id:dataset", rows


def _fields(graph: Graph) -> Iterator[Block]:
    if any(node["cls"] == "IndustryField" for node in graph.nodes.values()):
        labels = vocabulary().classes["IndustryField"].labels
        names = [text(label, tag) for tag, label in sorted(labels.items())]
        yield "id:fields", [("a", ["skos:ConceptScheme"]), ("rdfs:label", names)]


def _documents(graph: Graph, terms: Frame) -> Iterator[Block]:
    digests: dict[str, str] = graph.graph.get("digests", {})
    documents: dict[str, Document] = graph.graph.get("documents", {})
    for key, document in sorted(documents.items()):
        yield terms.document(key), _document(document, digests.get(key, ""))


def _document(document: Document, digest: str) -> list[tuple[str, list[str]]]:
    rows: list[tuple[str, Any]] = [
        ("a", "sie:Document"),
        ("dcterms:identifier", text(document.id)),
        ("dcterms:title", document.title and text(document.title)),
        ("dcterms:date", document.date and moment(document.date)),
        ("dc:creator", document.author and text(document.author)),
        ("dc:publisher", document.publisher and text(document.publisher)),
        ("dcterms:source", document.url and link(document.url)),
        ("sie:path", document.path and text(document.path)),
        ("sie:body", document.body and text("{},{}".format(*document.body))),
        ("sie:sha256", digest and text(digest)),
    ]
    return [(predicate, [term]) for predicate, term in rows if term]


def _times(terms: Frame) -> Iterator[Block]:
    """The moments and intervals that blocks before have named."""
    for value in sorted(terms.intervals):
        start, _, end = value.partition("/")
        first, last = days(start)[0], days(end)[1]
        rows = [
            ("a", "time:Interval"),
            ("time:hasBeginning", terms.moment(start)),
            ("time:hasEnd", terms.moment(end)),
            ("sie:earliest", first and moment(first)),
            ("sie:latest", last and moment(last)),
        ]
        yield terms.interval(value), [(predicate, [term]) for predicate, term in rows if term]
    for value in sorted(terms.moments):
        yield terms.moment(value), [("a", ["time:Instant"]), (_POSITIONS[time_type(value)], [moment(value)])]
