"""Entities as blocks: class, names, the plain triples of what holds, and where each was named and why joined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from kg.graph import Graph
from kg.model import Appearance, Merge, Name
from kg.rdf import order
from kg.rdf.frame import Frame
from kg.rdf.render import Block
from kg.rdf.terms import chars, mint, named, number, text

Rows = list[tuple[str, list[str]]]


def entities(graph: Graph, terms: Frame) -> Iterator[Block]:
    """Every entity by class and id, first what it is, then its names' counts, appearances, merges and proposals.

    Raises:
        KnowledgeError: a class that the ontology lacks.
    """
    nodes = sorted(graph.nodes.items(), key=lambda node: (terms.order[node[1]["cls"]], node[0]))
    for key, node in nodes:
        yield _entity(graph, terms, key, node)
    for key, node in nodes:
        subject = terms.entities[key]
        yield from _labels(subject, node)
        yield from _appearances(subject, terms, node["appearances"])
        yield from _merges(subject, node["merges"])
        yield from _proposals(subject, node["proposals"])


def _entity(graph: Graph, terms: Frame, key: str, node: Mapping[str, Any]) -> Block:
    subject = terms.entities[key]
    scheme = ["id:fields"] if node["cls"] == "IndustryField" else []
    rows: Rows = [
        ("a", [f"sie:{node['cls']}"]),
        *_names(subject, node),
        ("skos:inScheme", scheme),
        ("skos:broader", [terms.entities[terms.broader[key]]] if key in terms.broader else []),
        *_plain(graph, terms, key),
        ("sie:entry", [text(node["entry"])] if node["entry"] else []),
        ("sie:parentName", [text(node["parent"])] if node["parent"] else []),
        ("dcterms:replaces", [named(terms.base, terms.base + old) for old in node["replaced"]]),
        ("sie:appearance", [term for term, _ in _grouped(subject, node["appearances"])]),
        ("sie:merge", [_merge(subject, merge) for merge in node["merges"]]),
        ("sie:proposal", [mint("proposal", subject, *proposal) for proposal in node["proposals"]]),
    ]
    return subject, [row for row in rows if row[1]]


def _names(subject: str, node: Mapping[str, Any]) -> Rows:
    """Names as plain literals and, for counts, as SKOS-XL labels; one preferred name for each language."""
    names: tuple[Name, ...] = node["names"]
    display = text(node["name"], _display_language(node))
    preferred = _preferred(node)
    others = [name for name in names if name not in preferred]
    return [
        ("rdfs:label", [display]),
        ("skos:prefLabel", list(dict.fromkeys([display, *(text(n.text, n.lang) for n in preferred)]))),
        ("skos:altLabel", [text(name.text, name.lang) for name in others]),
        ("skosxl:prefLabel", [_label(subject, name) for name in preferred]),
        ("skosxl:altLabel", [_label(subject, name) for name in others]),
    ]


def _display_language(node: Mapping[str, Any]) -> str:
    return next((name.lang for name in node["names"] if name.text == node["name"]), "zh-Hans")


def _preferred(node: Mapping[str, Any]) -> list[Name]:
    """The displayed name and the first name of every other language."""
    chosen: dict[str, Name] = {}
    for name in sorted(node["names"], key=lambda name: name.text != node["name"]):
        chosen.setdefault(name.lang, name)
    displayed = _display_language(node)
    return [n for n in node["names"] if n in chosen.values() and (n.lang != displayed or n.text == node["name"])]


def _label(subject: str, name: Name) -> str:
    return mint("label", subject, name.text, name.lang)


def _plain(graph: Graph, terms: Frame, key: str) -> Rows:
    """What holds, as plain triples, by relation and tail."""
    tails: dict[str, set[str]] = defaultdict(set)
    for _, tail, edge in graph.out_edges(key, data=True):
        if edge["status"] == "asserted":
            tails[edge["relation"]].add(terms.entities[tail])
    return [(f"sie:{relation}", sorted(tails[relation])) for relation in sorted(tails, key=terms.order.__getitem__)]


def _labels(subject: str, node: Mapping[str, Any]) -> Iterator[Block]:
    names: tuple[Name, ...] = node["names"]
    for name, rank in zip(names, order.ranks(names, order.name_key(node["name"])), strict=True):
        rows: Rows = [
            ("a", ["skosxl:Label"]),
            ("skosxl:literalForm", [text(name.text, name.lang)]),
            ("sie:count", [str(name.count)]),
        ]
        yield _label(subject, name), rows + _ranked(rank)


def _grouped(subject: str, appearances: tuple[Appearance, ...]) -> Iterator[tuple[str, list[Appearance]]]:
    """Appearances of one printed form in one document share a node."""
    groups: dict[tuple[str, str], list[Appearance]] = defaultdict(list)
    for appearance in appearances:
        groups[appearance.document, appearance.form].append(appearance)
    for (document, form), members in groups.items():
        yield mint("appearance", subject, document, form), members


def _appearances(subject: str, terms: Frame, appearances: tuple[Appearance, ...]) -> Iterator[Block]:
    for term, members in _grouped(subject, appearances):
        yield (
            term,
            [
                ("a", ["sie:Appearance"]),
                ("sie:document", [terms.document(members[0].document)]),
                ("sie:form", [text(members[0].form)]),
                ("sie:chars", [text(chars(member.spans)) for member in members]),
            ],
        )


def _merge(subject: str, merge: Merge) -> str:
    return mint("merge", subject, merge.left, merge.right, merge.reason, repr(merge.score))


def _merges(subject: str, merges: tuple[Merge, ...]) -> Iterator[Block]:
    for merge, rank in zip(merges, order.ranks(merges, order.merge_key), strict=True):
        rows: Rows = [
            ("a", ["sie:Merge"]),
            ("sie:left", [text(merge.left)]),
            ("sie:right", [text(merge.right)]),
            ("sie:reason", [text(merge.reason)]),
            ("sie:score", [number(merge.score)]),
        ]
        yield _merge(subject, merge), rows + _ranked(rank)


def _proposals(subject: str, proposals: tuple[tuple[str, str, str, int], ...]) -> Iterator[Block]:
    for proposal, rank in zip(proposals, order.ranks(proposals, order.proposal_key), strict=True):
        source, cls, reason, count = proposal
        rows: Rows = [
            ("a", ["sie:Proposal"]),
            ("sie:proposer", [text(source)]),
            ("sie:proposedClass", [text(cls)]),
            ("sie:reason", [text(reason)]),
            ("sie:count", [str(count)]),
        ]
        yield mint("proposal", subject, *proposal), rows + _ranked(rank)


def _ranked(rank: str) -> Rows:
    return [("sie:rank", [rank])] if rank else []
