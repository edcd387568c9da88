"""What the writers of blocks share: the terms of nodes and documents, and what was named so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg import lexicon
from kg.graph import BASE_IRI, Graph
from kg.rdf.terms import check_base, mint, named, time_type
from kg.vocabulary import vocabulary


@dataclass(slots=True)
class Frame:
    """The state of one writing."""

    base: str
    """What resources' names begin with."""
    entities: Mapping[str, str]
    """Node to term."""
    broader: Mapping[str, str]
    """Industry field to the broader one, by node; only where the graph has both."""
    order: Mapping[str, int]
    """Class or relation to its place in the ontology."""
    words: Mapping[str, str]
    """Status or bound to term (``at least`` to ``sie:atLeast``)."""
    passages: set[str] = field(default_factory=set)
    """Terms of the passages that were written."""
    moments: set[str] = field(default_factory=set)
    """Years, months and days that were named."""
    intervals: set[str] = field(default_factory=set)
    """Intervals that were named, ``start/end``, either may be empty."""
    _documents: dict[str, str] = field(default_factory=dict)

    def document(self, key: str) -> str:
        """Term of a document."""
        term = self._documents.get(key)
        if term is None:
            term = self._documents[key] = mint("document", key)
        return term

    def moment(self, value: str) -> str:
        """Term of a year, month or day; empty where the value is none."""
        if not time_type(value):
            return ""
        self.moments.add(value)
        return f"id:time-{value}"

    def interval(self, value: str) -> str:
        """Term of the interval ``start/end``; empty where it has neither."""
        start, _, end = value.partition("/")
        if not (time_type(start) or time_type(end)):
            return ""
        self.intervals.add(value)
        return mint("interval", value)


def frame(graph: Graph) -> Frame:
    """The frame of a graph before anything is written.

    Raises:
        InputError: its base IRI or a node's is not one that every store accepts.
    """
    base = check_base(graph.graph.get("base_iri", BASE_IRI))
    terms = {key: named(base, node["iri"]) for key, node in graph.nodes.items()}
    known = vocabulary()
    order = {name: place for place, name in enumerate((*known.classes, *known.relations))}
    return Frame(base, terms, _broader(graph), order, {word: f"sie:{name}" for name, word in known.words.items()})


def _broader(graph: Graph) -> dict[str, str]:
    """Fields whose curated entry names a broader one. The lexicon is read only if there are such."""
    fields = {
        node["entry"]: key for key, node in graph.nodes.items() if node["cls"] == "IndustryField" and node["entry"]
    }
    entries = lexicon.load().entries if fields else {}
    parents = {key: entries[entry].parent for entry, key in fields.items() if entry in entries}
    return {key: fields[parent] for key, parent in parents.items() if parent in fields}
