"""Which proposals become mentions: a table of weights, one class per name, no overlaps.

The sources of a stretch are pooled as independent opinions, ``1 - Π(1 - weight × score)``; the weights stand in
``data/mentions/weights.yml``. Names that cross are settled for the better value, where length counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg.lexicon import table
from kg.model import Proposal


@dataclass(frozen=True, slots=True)
class Weights:
    """The file ``data/mentions/weights.yml``."""

    sources: Mapping[str, Mapping[str, float]]
    """Source → class (or ``any``) → how far it is trusted, 0 to 1."""
    threshold: Mapping[str, float]
    """Class (or ``any``) → the pooled score that makes a mention."""
    length: float
    """Exponent: the value of a name that crosses another is its score × its length to this power."""
    prefer: Sequence[str]
    """Classes in the order in which ties are settled."""


class Verdict(NamedTuple):
    """An accepted stretch."""

    start: int
    end: int
    cls: str
    score: float
    proposals: tuple[Proposal, ...]
    """All opinions on the stretch, those for the class first, by falling score."""


def decide(text: str, proposals: Iterable[Proposal]) -> tuple[Verdict, ...]:
    """The names among the proposals, by start, none overlapping.

    Args:
        text: the page.
        proposals: in any order.
    """
    spans: dict[tuple[int, int], list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        spans[proposal.start, proposal.end].append(proposal)
    classes = _class_of_names(text, spans)
    verdicts = [_verdict(span, classes[text[span[0] : span[1]]], opinions) for span, opinions in spans.items()]
    return _without_overlaps([v for v in verdicts if v.score >= _threshold(v.cls)])


def _class_of_names(text: str, spans: Mapping[tuple[int, int], list[Proposal]]) -> dict[str, str]:
    """The class of each name on the page: that of the best pooled score over all places where it stands."""
    votes: dict[str, dict[str, list[Proposal]]] = defaultdict(lambda: defaultdict(list))
    for (start, end), opinions in spans.items():
        for proposal in opinions:
            votes[text[start:end]][proposal.cls].append(proposal)
    return {
        name: max(by_class, key=lambda c: (_pooled(_best_of_sources(by_class[c])), -_rank(c)))
        for name, by_class in votes.items()
    }


def _best_of_sources(opinions: Iterable[Proposal]) -> list[Proposal]:
    """One opinion, the surest, for each source."""
    best: dict[str, Proposal] = {}
    for proposal in opinions:
        if proposal.source not in best or best[proposal.source].score < proposal.score:
            best[proposal.source] = proposal
    return list(best.values())


def _verdict(span: tuple[int, int], cls: str, opinions: list[Proposal]) -> Verdict:
    agreeing = _best_of_sources(p for p in opinions if p.cls == cls)
    others = _best_of_sources(p for p in opinions if p.cls != cls)
    score = max(_pooled(agreeing), 0.9 * _pooled(others))
    ordered = sorted(opinions, key=lambda p: (p.cls != cls, -_weight(p) * p.score, p.source, p.cls))
    return Verdict(*span, cls, round(score, 4), tuple(ordered))


def _pooled(opinions: Iterable[Proposal]) -> float:
    doubt = 1.0
    for proposal in opinions:
        doubt *= 1 - _weight(proposal) * proposal.score
    return 1 - doubt


def _without_overlaps(verdicts: list[Verdict]) -> tuple[Verdict, ...]:
    """Of names that cross, the more valuable; of equal value the longer."""
    kept: list[Verdict] = []
    taken: set[int] = set()
    for verdict in sorted(verdicts, key=lambda v: (-_value(v), v.start)):
        places = range(verdict.start, verdict.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(verdict)
    return tuple(sorted(kept))


def _value(verdict: Verdict) -> float:
    return float(verdict.score * (verdict.end - verdict.start) ** _table().length)


def _weight(proposal: Proposal) -> float:
    row = _table().sources.get(proposal.source, _table().sources["any"])
    return row.get(proposal.cls, row["any"])


def _threshold(cls: str) -> float:
    return _table().threshold.get(cls, _table().threshold["any"])


def _rank(cls: str) -> int:
    return _table().prefer.index(cls)


@cache
def _table() -> Weights:
    return table("mentions/weights.yml", Weights)
