"""What a query yields, and its formats: rows for a terminal, CSV, TSV, JSON and XML by SPARQL 1.1, Turtle."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.errors import InputError
from kg.rdf.terms import PREFIXES, TAGS

_TABLES = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}
_GRAPHS = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES}


Term = Mapping[str, str]
"""A term in the form of SPARQL 1.1 Query Results JSON: ``type``, ``value``, ``xml:lang`` or ``datatype``."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of a SELECT, the truth of an ASK, or triples of a CONSTRUCT or DESCRIBE."""

    columns: tuple[str, ...]
    """Names of the variables, in the order of the query; of triples ``subject``, ``predicate``, ``object``."""
    terms: tuple[tuple[Term | None, ...], ...]
    """Rows or triples; None where a variable is unbound."""
    truth: bool | None
    """Of an ASK; None for other queries."""
    graph: bool
    """The rows are triples."""
    cut: bool
    """More rows were there than were kept."""

    @classmethod
    def of(cls, reply: Mapping[str, Any]) -> Answer:
        """The answer in a reply of :mod:`kg.stores.worker`."""
        terms = tuple(tuple(map(_with_usual_tag, row)) for row in reply["rows"])
        return cls(tuple(reply["columns"]), terms, reply["truth"], reply["graph"], reply["cut"])

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """For a person: literals as their text, IRIs shortened by prefix, unbound as empty."""
        if self.truth is not None:
            return (("yes" if self.truth else "no",),)
        return tuple(tuple(map(_shown, row)) for row in self.terms)

    def formatted(self, form: str) -> str:
        """The answer as text.

        Args:
            form: ``json``, ``csv``, ``tsv`` or ``xml`` for rows; ``json`` or ``xml`` for the truth of an ASK;
                ``ttl`` or ``nt`` for triples.

        Raises:
            InputError: no such format for what the query yields.
        """
        forms = tuple(_GRAPHS) if self.graph else ("json", *_TABLES) if self.truth is None else ("json", "xml")
        if form not in forms:
            kind = "triples" if self.graph else "rows" if self.truth is None else "yes or no"
            raise InputError(f"the query yields {kind}: choose one of the formats {', '.join(forms)}, not {form}")
        if self.graph:
            content = ox.serialize(map(_triple, self.terms), format=_GRAPHS[form], prefixes=dict(PREFIXES)) or b""
            return content.decode("utf-8")
        results = json.dumps(self._results(), ensure_ascii=False, indent=1)
        if form == "json":
            return results + "\n"
        parsed = ox.parse_query_results(results.encode("utf-8"), format=ox.QueryResultsFormat.JSON)
        return (parsed.serialize(format=_TABLES[form]) or b"").decode("utf-8")

    def _results(self) -> dict[str, Any]:
        if self.truth is not None:
            return {"head": {}, "boolean": self.truth}
        bindings = [{name: term for name, term in zip(self.columns, row, strict=True) if term} for row in self.terms]
        return {"head": {"vars": self.columns}, "results": {"bindings": bindings}}


def _with_usual_tag(term: Term | None) -> Term | None:
    """Oxigraph folds language tags to lower case."""
    if term and "xml:lang" in term:
        return {**term, "xml:lang": TAGS.get(term["xml:lang"], term["xml:lang"])}
    return term


def _triple(row: tuple[Term | None, ...]) -> ox.Triple:
    return ox.Triple(*map(_term, row))


def _term(term: Term | None) -> Any:  # noqa: ANN401 - pyoxigraph has no common base for terms
    assert term
    kind, value = term["type"], term["value"]
    if kind == "uri":
        return ox.NamedNode(value)
    if kind == "bnode":
        return ox.BlankNode(value)
    if "xml:lang" in term:
        return ox.Literal(value, language=term["xml:lang"])
    return ox.Literal(value, datatype=ox.NamedNode(term["datatype"])) if "datatype" in term else ox.Literal(value)


def _shown(term: Term | None) -> str:
    if term is None:
        return ""
    value = term["value"]
    if term["type"] == "uri":
        for prefix, space in PREFIXES.items():
            if value.startswith(space):
                return f"{prefix}:{value.removeprefix(space)}"
    return value
