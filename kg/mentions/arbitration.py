"""Which proposals become mentions: evidence in log-odds, one class per name, no overlaps.

Every source that proposes a stretch for a class is evidence with a strength from 0 to 1; so are its rivals,
the stretches that overlap it and the other classes that are proposed for it. The score of a candidate is the
logistic function of the sum of ``weight × strength`` over its evidence, with the weights of
``data/mentions/weights.yml``. They were fitted by logistic regression to annotated news, the model's proposals made
by models that had not seen the page. Pages that no model has read are weighed by a table of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import exp
from typing import NamedTuple

from kg.mentions.evidence import Candidate, Opinion, by_stretch, evidence, has_been_read
from kg.mentions.weights import Scale, Weights, in_force
from kg.model import Proposal


class Verdict(NamedTuple):
    """An accepted stretch."""

    start: int
    end: int
    cls: str
    score: float
    proposals: tuple[Proposal, ...]
    """All opinions on the stretch, those for the class first, by falling strength."""


def decide(text: str, proposals: Iterable[Proposal]) -> tuple[Verdict, ...]:
    """The names among the proposals, by start, none overlapping.

    Args:
        text: the page.
        proposals: in any order.
    """
    weights, opinions = in_force(), by_stretch(proposals)
    scale = weights.read if has_been_read(opinions) else weights.unread
    found = evidence(text, opinions)
    scores = {candidate: score(candidate.cls, kinds, scale) for candidate, kinds in found.items()}
    classes = _class_of_names(text, scores, posts(text, found))
    accepted = [
        Verdict(*c, round(p, 4), _ordered(opinions[c.start, c.end], c.cls, scale))
        for c, p in scores.items()
        if p >= weights.threshold.get(c.cls, weights.threshold["any"]) and classes[text[c.start : c.end]] == c.cls
    ]
    return _without_overlaps(accepted, weights)


def score(cls: str, found: Mapping[str, float], scale: Scale) -> float:
    """The probability that a candidate with this evidence is a name of its class."""
    odds = scale.base[cls] + sum(_weight(scale, kind, cls) * strength for kind, strength in found.items())
    return 1 / (1 + exp(-odds))


def posts(text: str, found: Mapping[Candidate, Mapping[str, float]]) -> dict[str, str]:
    """Persons whose posts on the page agree: their class, ``Official`` or ``Person``."""
    told: dict[str, set[str]] = defaultdict(set)
    for candidate, kinds in found.items():
        if "title" in kinds:
            told[text[candidate.start : candidate.end]].add(candidate.cls)
    return {name: classes.pop() for name, classes in told.items() if len(classes) == 1}


def _class_of_names(text: str, scores: Mapping[Candidate, float], posted: Mapping[str, str]) -> dict[str, str]:
    """The class of each name on the page: that with the greatest sum of scores over all places where it stands.

    Between official and person the posts decide, where they agree and are not clearly outvoted.
    """
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for candidate, value in scores.items():
        votes[text[candidate.start : candidate.end]][candidate.cls] += value
    best = {name: max(sorted(classes), key=classes.__getitem__) for name, classes in votes.items()}
    for name, cls in posted.items():
        if best[name] in _PERSONS and votes[name][cls] > _OUTVOTED * votes[name][best[name]]:
            best[name] = cls
    return best


_PERSONS = frozenset({"Official", "Person"})
_OUTVOTED = 0.3
"""A post does not decide where its class has less than this share of the votes of the other."""


def _ordered(opinions: list[Opinion], cls: str, scale: Scale) -> tuple[Proposal, ...]:
    def order(o: Opinion) -> tuple[bool, float, str, str]:
        return o.proposal.cls != cls, -_weight(scale, o.kind, o.proposal.cls) * o.strength, o.kind, o.proposal.cls

    return tuple(o.proposal for o in sorted(opinions, key=order))


def _without_overlaps(verdicts: list[Verdict], weights: Weights) -> tuple[Verdict, ...]:
    """Of names that overlap, the more valuable."""
    kept: list[Verdict] = []
    taken: set[int] = set()
    for verdict in sorted(verdicts, key=lambda v: (-v.score * (v.end - v.start) ** weights.length, v.start)):
        places = range(verdict.start, verdict.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(verdict)
    return tuple(sorted(kept))


def _weight(scale: Scale, kind: str, cls: str) -> float:
    row = scale.evidence.get(kind) or scale.evidence["any"]
    return row.get(cls, row["any"])
