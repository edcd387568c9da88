"""Counting what a graph of one page got right, missed and made up.

An *entity* is right if its class is the gold one's and a name is shared; a second node for the same gold entity
is wrong. A *relation* is right if both ends share a name with the gold ends, whatever their class. An
*observation* is right if subject, value and unit are. Gold rows marked optional count neither way, and neither
does ``locatedIn`` that follows from gold by going outward or ends in Shanghai.

Names are compared after :func:`fold`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.evaluation.gold import Gold, GoldEntity
from kg.graph import Graph
from kg.text.folding import fold as to_simplified

CORE = ("Company", "Institute", "Park", "District", "Official")
"""The classes that the graph is about."""

EXTENDED = ("Person", "GovernmentBody", "Organization", "IndustryField", "Policy", "Event", "Product", "Place")

SHANGHAI = frozenset({"上海", "上海市"})

_IGNORED = re.compile(r"[\s“”\"'‘’「」『』《》〈〉·•・]")


@dataclass(slots=True)
class Count:
    """Tallies of one class or relation."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """Share of what was predicted that is right, 0 to 1."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of gold that was found, 0 to 1."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Error:
    """One row that is missing or wrong."""

    kind: str
    """``missed entity``, ``wrong relation`` …"""
    type: str
    """Class, relation or ``Observation``."""
    what: str
    evidence: str = ""
    """The sentence: gold's for what was missed, ours for what is wrong."""


@dataclass(slots=True)
class Score:
    """Tallies by class, relation and ``Observation``, and the errors."""

    counts: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    errors: list[Error] = field(default_factory=list)

    def total(self, *types: str) -> Count:
        """The tallies of several types together."""
        return sum((self.counts[t] for t in types if t in self.counts), Count())


def fold(name: str) -> str:
    """One spelling for names printed differently: Simplified, half width, lower case, no quotes or blanks."""
    return _IGNORED.sub("", to_simplified(unicodedata.normalize("NFKC", name)).casefold())


def score(graph: Graph, gold: Gold) -> Score:
    """Compare the graph of one page with its gold."""
    comparison = _Comparison(graph, gold)
    result = Score()
    comparison.entities(result)
    comparison.relations(result)
    comparison.observations(result)
    return result


class _Comparison:
    """One page's graph beside its gold, and which nodes share names with which gold entities."""

    def __init__(self, graph: Graph, gold: Gold) -> None:
        self.graph = graph
        self.gold = gold
        self.by_id = {entity.id: entity for entity in gold.entities}
        self.gold_names = {entity.id: _gold_names(entity) for entity in gold.entities}
        self.names: dict[str, set[str]] = {
            node: {fold(name.text) for name in names} for node, names in graph.nodes(data="names")
        }
        self.ends = {
            node: {i for i, gold in self.gold_names.items() if names & gold} for node, names in self.names.items()
        }

    def entities(self, result: Score) -> None:
        match = self._match()
        for entity in self.gold.entities:
            if not entity.optional:
                found = entity.id in match.values()
                result.counts[entity.type] += Count(right=int(found), gold=1)
                if not found:
                    result.errors.append(Error("missed entity", entity.type, entity.name))
        optional = {name for e in self.gold.entities if e.optional for name in self.gold_names[e.id]}
        for node, cls in self.graph.nodes(data="cls"):
            if node in match:
                if not self.by_id[match[node]].optional:
                    result.counts[self.by_id[match[node]].type] += Count(predicted=1)
            elif not self.names[node] & optional:
                result.counts[cls] += Count(predicted=1)
                appearance = next(iter(self.graph.nodes[node]["appearances"]), None)
                context = appearance.form if appearance else ""
                result.errors.append(Error("wrong entity", cls, "/".join(sorted(self.names[node])), context))

    def _match(self) -> dict[str, str]:
        """Node to gold id, greedy one-to-one by the number of shared names."""
        pairs = sorted(
            (
                (len(self.names[node] & self.gold_names[entity.id]), attributes["iri"], entity.id, node)
                for node, attributes in self.graph.nodes(data=True)
                for entity in self.gold.entities
                if entity.type == attributes["cls"] and self.names[node] & self.gold_names[entity.id]
            ),
            reverse=True,
        )
        match: dict[str, str] = {}
        taken: set[str] = set()
        for _, _, gold_id, node in pairs:
            if node not in match and gold_id not in taken:
                match[node] = gold_id
                taken.add(gold_id)
        return match

    def relations(self, result: Score) -> None:
        rows, optional = self._gold_rows()
        found: set[int] = set()
        for head, relation, tail, quote in self._asserted():
            hits = {rows[h, relation, t] for h in self.ends[head] for t in self.ends[tail] if (h, relation, t) in rows}
            if hits:
                if not hits <= optional and not hits - optional <= found:
                    found |= hits - optional
                    result.counts[relation] += Count(predicted=1)
            elif not self._neutral(head, relation, tail, rows):
                result.counts[relation] += Count(predicted=1)
                what = f"{self._label(head)} → {self._label(tail)}"
                result.errors.append(Error("wrong relation", relation, what, quote))
        for row, stated in enumerate(self.gold.relations):
            if row not in optional:
                result.counts[stated.type] += Count(right=int(row in found), gold=1)
                if row not in found:
                    tails = "|".join(self.by_id[tail].name for tail in stated.tails)
                    what = f"{self.by_id[stated.head].name} → {tails}"
                    result.errors.append(Error("missed relation", stated.type, what, stated.evidence))

    def _asserted(self) -> list[tuple[str, str, str, str]]:
        """Head, relation, tail and a quote of each asserted fact, once per triple, by IRI."""
        iri = self.graph.nodes(data="iri")
        triples = {
            (head, data["relation"], tail): data["evidence"][0].quote
            for head, tail, data in self.graph.edges(data=True)
            if data["status"] == "asserted"
        }
        ordered = sorted(triples, key=lambda t: (iri[t[0]], t[1], iri[t[2]]))
        return [(*triple, triples[triple]) for triple in ordered]

    def _gold_rows(self) -> tuple[dict[tuple[str, str, str], int], set[int]]:
        rows: dict[tuple[str, str, str], int] = {}
        optional: set[int] = set()
        for row, relation in enumerate(self.gold.relations):
            for tail in relation.tails:
                rows[relation.head, relation.type, tail] = row
                if relation.type == "cooperatesWith":
                    rows[tail, relation.type, relation.head] = row
            if relation.optional or self.by_id[relation.head].optional:
                optional.add(row)
        return rows, optional

    def _neutral(self, head: str, relation: str, tail: str, rows: dict[tuple[str, str, str], int]) -> bool:
        heads, tails = self.ends[head], self.ends[tail]
        if relation == "locatedIn" and (self.names[tail] & SHANGHAI or self._outward(heads, rows) & tails):
            return True
        return any(self.by_id[gold_id].optional for gold_id in heads | tails)

    def _outward(self, starts: set[str], rows: dict[tuple[str, str, str], int]) -> set[str]:
        """Everything that gold says the given entities lie in, at any remove."""
        reached: set[str] = set()
        front = set(starts)
        while front:
            front = {t for h, r, t in rows if r == "locatedIn" and h in front} - reached
            reached |= front
        return reached

    def observations(self, result: Score) -> None:
        wanted = Counter((o.subject, o.value, fold(o.unit)) for o in self.gold.observations if not o.optional)
        optional = {(o.subject, o.value) for o in self.gold.observations if o.optional}
        got: set[tuple[str, float, str]] = set()
        for node, value, unit, quote in self._figures():
            hit = next(((i, value, unit) for i in sorted(self.ends[node]) if (i, value, unit) in wanted), None)
            if hit:
                got.add(hit)
            elif any((i, value) in optional for i in self.ends[node]):
                continue
            result.counts["Observation"] += Count(predicted=1)
            if not hit:
                what = f"{self._label(node)} {value:g} {unit}"
                result.errors.append(Error("wrong observation", "Observation", what, quote))
        result.counts["Observation"] += Count(right=len(got), gold=wanted.total())
        result.errors += self._missed_observations(got)

    def _figures(self) -> Iterator[tuple[str, float, str, str]]:
        """Node, value, folded unit and a quote of each figure, once per node, value and unit."""
        seen: dict[tuple[str, float, str], str] = {}
        for node, figures in self.graph.nodes(data="observations"):
            for figure in figures:
                seen.setdefault((node, figure.value, fold(figure.unit)), figure.evidence[0].quote)
        for (node, value, unit), quote in sorted(seen.items()):
            yield node, value, unit, quote

    def _missed_observations(self, got: set[tuple[str, float, str]]) -> list[Error]:
        return [
            Error("missed observation", "Observation", f"{self.by_id[o.subject].name} {o.value:g} {o.unit}", o.evidence)
            for o in self.gold.observations
            if not o.optional and (o.subject, o.value, fold(o.unit)) not in got
        ]

    def _label(self, node: str) -> str:
        return str(self.graph.nodes[node]["name"])


def _gold_names(entity: GoldEntity) -> set[str]:
    return {fold(name) for name in (entity.name, *entity.aliases)}
