"""Facts as blocks: claims and observations with their evidence, posts with who held them and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from kg.graph import Graph
from kg.model import Evidence, Figure
from kg.rdf import order
from kg.rdf.frame import Frame
from kg.rdf.render import Block
from kg.rdf.terms import chars, mint, moment, number, text
from kg.relations.titles import normal
from kg.vocabulary import vocabulary

Rows = list[tuple[str, list[str]]]
Edge = tuple[str, str, Mapping[str, Any]]


def claims(graph: Graph, terms: Frame) -> Iterator[Block]:
    """Every fact of whatever status, by head, relation and tail, each followed by its evidence."""
    for edge in _edges(graph, terms):
        subject = _claim(terms, edge)
        yield subject, _claim_rows(subject, terms, edge)
        yield from _evidence(subject, terms, edge[2]["evidence"])


def posts(graph: Graph, terms: Frame) -> Iterator[Block]:
    """Tenures, that is who holds or held a post in what time, then the posts themselves."""
    held: dict[tuple[str, str], set[str]] = defaultdict(set)
    for edge in _edges(graph, terms):
        head, tail, fact = edge
        if fact["relation"] == "holdsPosition" and fact["status"] in {"asserted", "past"}:
            yield _tenure(graph, terms, edge)
            if fact["role"]:
                held[tail, fact["role"]].add(terms.entities[head])
    for (tail, role), holders in sorted(held.items()):
        label = text(f"{graph.nodes[tail]['name']} {role}", "zh-Hans")
        title = normal(role)
        rows: Rows = [
            ("a", ["sie:Post"]),
            ("rdfs:label", [label]),
            ("sie:role", [text(role)]),
            ("sie:title", [text(title.post)]),
            *([("sie:grade", [text(title.grade)])] if title.grade else []),
        ]
        yield _post(terms, tail, role), [*rows, *_at(graph, terms, tail, "org:postIn"), ("org:heldBy", sorted(holders))]


def observations(graph: Graph, terms: Frame) -> Iterator[Block]:
    """Every figure by subject, each followed by its evidence."""
    for key in sorted(graph):
        figures: tuple[Figure, ...] = graph.nodes[key]["observations"]
        for figure, rank in zip(figures, order.ranks(figures, order.figure_key), strict=True):
            parts = (figure.measure, repr(figure.value), figure.unit, figure.printed, figure.time, figure.bound)
            subject = mint("observation", terms.entities[key], *parts)
            yield subject, _figure_rows(subject, terms, terms.entities[key], figure, rank)
            yield from _evidence(subject, terms, figure.evidence)


def _edges(graph: Graph, terms: Frame) -> Iterator[Edge]:
    for head in sorted(graph):
        edges = [
            (terms.order[edge["relation"]], tail, key, edge)
            for _, tail, key, edge in graph.out_edges(head, keys=True, data=True)
        ]
        for _, tail, _, edge in sorted(edges, key=lambda found: found[:3]):
            yield head, tail, edge


def _claim(terms: Frame, edge: Edge) -> str:
    head, tail, fact = edge
    parts = (fact["relation"], fact["role"], fact["start"], fact["end"], fact["status"])
    return mint("claim", terms.entities[head], terms.entities[tail], *parts)


def _claim_rows(subject: str, terms: Frame, edge: Edge) -> Rows:
    head, tail, fact = edge
    rows: Rows = [
        ("a", ["sie:Claim"]),
        ("rdf:subject", [terms.entities[head]]),
        ("rdf:predicate", [f"sie:{fact['relation']}"]),
        ("rdf:object", [terms.entities[tail]]),
        ("sie:status", [terms.words[fact["status"]]]),
        ("sie:confidence", [number(fact["confidence"])]),
    ]
    if fact["role"]:
        rows.append(("sie:role", [text(fact["role"])]))
    rows += _period(fact)
    rows.append(("sie:during", [during] if (during := _interval(terms, fact)) else []))
    if fact["as_of"]:
        rows.append(("sie:asOf", [moment(fact["as_of"])]))
    rows.append(("sie:evidence", [_reason(subject, evidence) for evidence in fact["evidence"]]))
    return [row for row in rows if row[1]]


def _period(fact: Mapping[str, Any]) -> Rows:
    return [(f"sie:{side}", [moment(fact[side])]) for side in ("start", "end") if fact[side]]


def _interval(terms: Frame, fact: Mapping[str, Any]) -> str:
    return terms.interval(f"{fact['start']}/{fact['end']}")


def _evidence(subject: str, terms: Frame, evidence: tuple[Evidence, ...]) -> Iterator[Block]:
    for item, rank in zip(evidence, order.ranks(evidence, order.evidence_key), strict=True):
        passage = mint("passage", item.document, chars(item.spans), item.quote)
        rows: Rows = [
            ("a", ["sie:Evidence"]),
            ("sie:passage", [passage]),
            ("sie:confidence", [number(item.confidence)]),
            ("sie:rule", [text(item.rule)]),
        ]
        if rank:
            rows.append(("sie:rank", [rank]))
        yield _reason(subject, item), rows
        if passage not in terms.passages:
            terms.passages.add(passage)
            yield from _passage(passage, terms, item)


def _reason(subject: str, evidence: Evidence) -> str:
    parts = (evidence.document, chars(evidence.spans), evidence.quote, repr(evidence.confidence), evidence.rule)
    return mint("evidence", subject, *parts)


def _passage(subject: str, terms: Frame, evidence: Evidence) -> Iterator[Block]:
    """A stretch of a document as Web Annotation has it; ranks tell the order of a broken sentence's pieces."""
    pieces = [f"{subject}-{place}" for place in range(len(evidence.spans))]
    yield (
        subject,
        [
            ("a", ["sie:Passage"]),
            ("oa:hasSource", [terms.document(evidence.document)]),
            ("oa:hasSelector", [f"{subject}-quote", *pieces]),
        ],
    )
    yield f"{subject}-quote", [("a", ["oa:TextQuoteSelector"]), ("oa:exact", [text(evidence.quote)])]
    for place, (piece, span) in enumerate(zip(pieces, evidence.spans, strict=True)):
        rows: Rows = [("a", ["oa:TextPositionSelector"]), ("oa:start", [str(span.start)]), ("oa:end", [str(span.end)])]
        yield piece, rows + ([("sie:rank", [str(place)])] if len(pieces) > 1 else [])


def _tenure(graph: Graph, terms: Frame, edge: Edge) -> Block:
    head, tail, fact = edge
    claim = _claim(terms, edge)
    rows: Rows = [
        ("a", ["sie:Tenure"]),
        ("org:member", [terms.entities[head]]),
        *_at(graph, terms, tail, "org:organization"),
        ("sie:post", [_post(terms, tail, fact["role"])] if fact["role"] else []),
        ("sie:role", [text(fact["role"])] if fact["role"] else []),
        *_period(fact),
        ("org:memberDuring", [during] if (during := _interval(terms, fact)) else []),
        ("sie:claim", [claim]),
    ]
    return claim.replace("claim", "tenure", 1), [row for row in rows if row[1]]


def _at(graph: Graph, terms: Frame, tail: str, predicate: str) -> Rows:
    """Where a post is; W3C ORG's own property only where that is an organisation and not a district or park."""
    rows = [("sie:postAt", [terms.entities[tail]])]
    if vocabulary().is_a(graph.nodes[tail]["cls"], "Organization"):
        rows.append((predicate, [terms.entities[tail]]))
    return rows


def _post(terms: Frame, tail: str, role: str) -> str:
    return mint("post", terms.entities[tail], role)


def _figure_rows(subject: str, terms: Frame, about: str, figure: Figure, rank: str) -> Rows:
    phenomenon = terms.interval(figure.time) if "/" in figure.time else terms.moment(figure.time)
    rows = [
        ("a", "sie:Observation"),
        ("sie:subject", about),
        ("sie:measure", text(figure.measure)),
        ("sie:value", number(figure.value)),
        ("sie:unit", text(figure.unit)),
        ("sie:printed", figure.printed and text(figure.printed)),
        ("sie:bound", terms.words[figure.bound]),
        ("sie:time", figure.time and moment(figure.time)),
        ("sosa:phenomenonTime", phenomenon),
        ("sie:asOf", figure.as_of and moment(figure.as_of)),
        ("sie:confidence", number(figure.confidence)),
        ("sie:rank", rank),
    ]
    found: Rows = [(predicate, [term]) for predicate, term in rows if term]
    reasons = [_reason(subject, evidence) for evidence in figure.evidence]
    return [*found, ("sie:evidence", reasons)] if reasons else found
