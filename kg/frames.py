"""Tables (pandas) of what a graph holds: entities, facts, posts, figures, pages, and answers to queries.

A row per thing, in a fixed order; empty text where nothing is told. Beside a fact stands the first sentence that
states it, with its page, the page's date and address.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.graph import Graph
from kg.graph import facts as stated
from kg.model import Document, Evidence
from kg.relations.titles import normal
from kg.stores.answers import Answer, Term
from kg.vocabulary import vocabulary

if TYPE_CHECKING:
    import pandas as pd

ENTITY_COLUMNS = (
    *("id", "name", "cls", "other_names", "located_in", "districts", "fields"),
    *("pages", "facts", "figures", "first_seen", "last_seen", "iri"),
)
SOURCE_COLUMNS = ("sentences", "quote", "document", "date", "url")
FACT_COLUMNS = (
    *("head", "head_cls", "relation", "tail", "tail_cls", "role", "start", "end", "as_of", "status", "confidence"),
    *SOURCE_COLUMNS,
    *("head_id", "tail_id"),
)
POST_COLUMNS = (
    *("person", "role", "post", "grade", "body", "body_cls", "start", "end", "as_of", "status", "confidence"),
    *SOURCE_COLUMNS,
    *("person_id", "body_id"),
)
FIGURE_COLUMNS = (
    *("subject", "cls", "measure", "value", "unit", "bound", "printed", "time", "as_of", "confidence"),
    *SOURCE_COLUMNS,
    "subject_id",
)
DOCUMENT_COLUMNS = ("id", "title", "date", "publisher", "author", "url", "path", "entities", "facts", "figures")

_NUMBERS = {"integer": int, "decimal": float, "double": float, "float": float}
_XSD = "http://www.w3.org/2001/XMLSchema#"


def entities(graph: Graph, cls: str = "") -> pd.DataFrame:
    """Entities, those with most facts first.

    Args:
        graph: as :mod:`kg.graph` describes it.
        cls: a class of the ontology; entities of narrower classes are among its own. Empty: all.

    Returns:
        Index ``id``. ``located_in`` and ``fields``: names that asserted facts lead to; ``districts``: those in which
        it lies, directly or through parks; ``first_seen``, ``last_seen``: dates of the pages that name it.

    Raises:
        KnowledgeError: the ontology has no such class.
    """
    if cls:
        vocabulary().require_class(cls)
    wanted = [node for node, own in graph.nodes(data="cls") if not cls or vocabulary().is_a(own, cls)]
    links = _asserted(graph)
    rows = [_entity(graph, links, node) for node in sorted(wanted, key=lambda node: (-graph.degree(node), node))]
    return table(rows, ENTITY_COLUMNS).set_index("id")


def facts(graph: Graph, relation: str = "") -> pd.DataFrame:
    """Facts by head and tail.

    Args:
        graph: as :mod:`kg.graph` describes it.
        relation: a relation of the ontology; empty: all.

    Raises:
        KnowledgeError: the ontology has no such relation.
    """
    if relation:
        vocabulary().require_relation(relation)
    return table([_fact(graph, *edge) for edge in stated(graph) if relation in {"", edge[2]["relation"]}], FACT_COLUMNS)


def posts(graph: Graph) -> pd.DataFrame:
    """Who holds or held which post where, by person and beginning.

    ``role`` is the title as printed, ``post`` and ``grade`` its normal form (:func:`kg.relations.titles.normal`).
    """
    named = {"head": "person", "tail": "body", "tail_cls": "body_cls", "head_id": "person_id", "tail_id": "body_id"}
    held = facts(graph, "holdsPosition").rename(columns=named)
    held["post"] = [normal(role).post for role in held["role"]]
    held["grade"] = [normal(role).grade for role in held["role"]]
    return held[list(POST_COLUMNS)].sort_values(["person", "start", "body"], kind="stable", ignore_index=True)


def observations(graph: Graph) -> pd.DataFrame:
    """Figures by subject, measure and time; ``value`` is a plain number in ``unit``."""
    rows = [row for node in sorted(graph) for row in _figures(graph, node)]
    return table(rows, FIGURE_COLUMNS).sort_values(["subject", "measure", "time"], kind="stable", ignore_index=True)


def documents(graph: Graph) -> pd.DataFrame:
    """Pages by id, with how many entities they name and how many facts and figures they state. Index ``id``."""
    named, facted, counted = (defaultdict[str, int](int) for _ in range(3))
    for _, data in graph.nodes(data=True):
        _count(named, (appearance.document for appearance in data["appearances"]))
        for figure in data["observations"]:
            _count(counted, (evidence.document for evidence in figure.evidence))
    for _, _, data in stated(graph):
        _count(facted, (evidence.document for evidence in data["evidence"]))
    rows = [
        _document(document) | {"entities": named[key], "facts": facted[key], "figures": counted[key]}
        for key, document in sorted(graph.graph["documents"].items())
    ]
    return table(rows, DOCUMENT_COLUMNS).set_index("id")


def answers(answer: Answer) -> pd.DataFrame:
    """What a query yields: numbers as numbers, IRIs shortened by prefix, None where a variable is unbound."""
    if answer.truth is not None:
        return table([{"answer": answer.truth}], answer.columns)
    return table(
        [
            dict(zip(answer.columns, map(_cell, terms, shown), strict=True))
            for terms, shown in zip(answer.terms, answer.rows, strict=True)
        ],
        answer.columns,
    )


def table(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> pd.DataFrame:
    """Rows as a table, also where there are none.

    Raises:
        KgError: pandas is not installed.
    """
    try:
        import pandas as pd  # noqa: PLC0415 - an extra: only tables need it
    except ModuleNotFoundError as error:
        raise KgError("tables need pandas; install it with: pip install 'kg[notebook]'") from error
    return pd.DataFrame.from_records(list(rows), columns=list(columns))


def _asserted(graph: Graph) -> Mapping[tuple[str, str], list[str]]:
    """Node and relation to the nodes that asserted facts lead to."""
    links: dict[tuple[str, str], list[str]] = defaultdict(list)
    for head, tail, data in stated(graph):
        if data["status"] == "asserted" and tail not in links[head, data["relation"]]:
            links[head, data["relation"]].append(tail)
    return links


def _entity(graph: Graph, links: Mapping[tuple[str, str], list[str]], node: str) -> Mapping[str, object]:
    data = graph.nodes[node]
    pages = sorted({appearance.document for appearance in data["appearances"]})
    dates = sorted(filter(None, (graph.graph["documents"][page].date for page in pages)))
    return {
        "id": node,
        "name": data["name"],
        "cls": data["cls"],
        "other_names": "、".join(name.text for name in data["names"] if name.text != data["name"]),
        "located_in": _names(graph, links.get((node, "locatedIn"), ())),
        "districts": _names(graph, _districts(graph, links, node)),
        "fields": _names(graph, links.get((node, "focusesOn"), ())),
        "pages": len(pages),
        "facts": graph.degree(node),
        "figures": len(data["observations"]),
        "first_seen": dates[0] if dates else "",
        "last_seen": dates[-1] if dates else "",
        "iri": data["iri"],
    }


def _districts(graph: Graph, links: Mapping[tuple[str, str], list[str]], node: str) -> Iterator[str]:
    """Districts above a node, nearest first; a walk, since a park may lie in a park."""
    seen, waiting = {node}, [node]
    for place in waiting:
        for wider in links.get((place, "locatedIn"), ()):
            if wider not in seen:
                seen.add(wider)
                waiting.append(wider)
                if graph.nodes[wider]["cls"] == "District":
                    yield wider


def _names(graph: Graph, nodes: Iterable[str]) -> str:
    return "、".join(graph.nodes[node]["name"] for node in nodes)


def _fact(graph: Graph, head: str, tail: str, data: Mapping[str, Any]) -> Mapping[str, object]:
    return {
        "head": graph.nodes[head]["name"],
        "head_cls": graph.nodes[head]["cls"],
        "tail": graph.nodes[tail]["name"],
        "tail_cls": graph.nodes[tail]["cls"],
        **{name: data[name] for name in ("relation", "role", "start", "end", "as_of", "status", "confidence")},
        **_source(graph, data["evidence"]),
        "head_id": head,
        "tail_id": tail,
    }


def _figures(graph: Graph, node: str) -> Iterator[Mapping[str, object]]:
    data = graph.nodes[node]
    names = ("measure", "value", "unit", "bound", "printed", "time", "as_of", "confidence")
    for figure in data["observations"]:
        told = {name: getattr(figure, name) for name in names}
        yield {
            "subject": data["name"],
            "cls": data["cls"],
            "subject_id": node,
            **told,
            **_source(graph, figure.evidence),
        }


def _source(graph: Graph, evidence: Sequence[Evidence]) -> Mapping[str, object]:
    first = evidence[0]
    page = graph.graph["documents"][first.document]
    return {
        "sentences": len(evidence),
        "quote": first.quote,
        "document": first.document,
        "date": page.date,
        "url": page.url,
    }


def _document(document: Document) -> dict[str, object]:
    return {name: getattr(document, name) for name in ("id", "title", "date", "publisher", "author", "url", "path")}


def _count(counts: dict[str, int], pages: Iterable[str]) -> None:
    for page in set(pages):
        counts[page] += 1


def _cell(term: Term | None, shown: str) -> object:
    if term is None:
        return None
    datatype = term.get("datatype", "")
    number = _NUMBERS.get(datatype.removeprefix(_XSD)) if datatype.startswith(_XSD) else None
    return number(term["value"]) if number else shown
