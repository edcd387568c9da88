"""Which proposals become mentions: evidence in log-odds, one class per name, no overlaps.

Every source that proposes a stretch for a class is evidence with a strength from 0 to 1; so are its rivals,
the stretches that overlap it and the other classes that are proposed for it. The score of a candidate is the
logistic function of the sum of ``weight × strength`` over its evidence, with the weights of
``data/mentions/weights.yml``. They were fitted by logistic regression to annotated articles, the model's proposals made
by models that had not seen the page: one table for what the model proposes, one for what it passes over. Pages that no
model has read are weighed by a third.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import exp
from typing import NamedTuple

from kg.mentions.cuts import Words
from kg.mentions.evidence import Hearing, Opinion, Stretch, Told
from kg.mentions.weights import Scale, Weights, added, in_force
from kg.model import Proposal


class Named(NamedTuple):
    """An accepted stretch."""

    start: int
    end: int
    cls: str
    score: float


class Verdict(NamedTuple):
    """An accepted stretch, and what was said of it."""

    start: int
    end: int
    cls: str
    score: float
    proposals: tuple[Proposal, ...]
    """All opinions on the stretch, those for the class first, by falling strength."""


def decide(text: str, proposals: Iterable[Proposal], words: Words | None = None) -> tuple[Verdict, ...]:
    """The names among the proposals, by start, none overlapping.

    Args:
        text: the page.
        proposals: in any order.
        words: cuts a clause into words; None: no word is known.
    """
    arbiter = Arbiter(text, words)
    arbiter.hear(proposals)
    return arbiter.verdicts()


class Arbiter:
    """Decides which proposals on a page are names; they may come in rounds."""

    def __init__(self, text: str, words: Words | None = None) -> None:
        """Begin without any.

        Args:
            text: the page.
            words: cuts a clause into words; None: no word is known.
        """
        self._text = text
        self._hearing = Hearing(text, words)
        self._scores: dict[Stretch, dict[str, float]] = {}

    def hear(self, proposals: Iterable[Proposal]) -> None:
        """Weigh further proposals, and again what they change."""
        weights, changed = in_force(), self._hearing.hear(proposals)
        told, is_read = self._hearing.told, self._hearing.is_read
        for span in changed:
            self._scores[span] = {
                cls: score(cls, kinds, _scale(kinds, is_read, weights)) for cls, kinds in told[span].items()
            }

    def names(self) -> list[Named]:
        """By start, none overlapping; torn between classes, it is a name."""
        text, found, weights = self._text, self._hearing.told, in_force()
        scores = [
            (text[start:end], start, end, cls, value)
            for start, end in found
            for cls, value in self._scores[start, end].items()
        ]
        classes = _class_of_names([*scores, *_of_full_names(text, found)], posts(text, found))
        least, threshold = weights.threshold["any"], weights.threshold
        torn = {span for span, kinds in found.items() if len(kinds) > 1}
        kin: dict[tuple[int, int, str], float] = defaultdict(float)
        for _, start, end, cls, value in scores:
            if (start, end) in torn:
                kin[start, end, _KIN.get(cls, cls)] += value
        accepted = [
            Named(start, end, cls, round(value, 4))
            for name, start, end, cls, value in scores
            if classes[name] == cls
            and (value >= threshold.get(cls, least) or kin.get((start, end, _KIN.get(cls, cls)), 0.0) >= _ENOUGH)
        ]
        return _without_overlaps(accepted, weights)

    def verdicts(self) -> tuple[Verdict, ...]:
        """The names, with what was said of them."""
        opinions, is_read = self._hearing.opinions, self._hearing.is_read
        return tuple(Verdict(*name, _ordered(opinions[name[:2]], name, is_read)) for name in self.names())


def _scale(kinds: Container[str], is_read: bool, weights: Weights) -> Scale:  # noqa: FBT001 - private
    """The scale for a candidate with these kinds of evidence."""
    if not is_read:
        return weights.unread
    return weights.read if any(kind in kinds for kind in weights.probable) else weights.silent


def score(cls: str, found: Mapping[str, float], scale: Scale) -> float:
    """The probability that a candidate with this evidence is a name of its class."""
    odds, weights = 0.0, added(cls, scale)
    for kind, strength in found.items():
        odds += weights[kind] * strength
    return 1 / (1 + exp(-scale.base[cls] - odds))


def posts(text: str, found: Told) -> dict[str, str]:
    """Persons whose posts on the page agree: their class, ``Official`` or ``Person``."""
    posted: dict[str, set[str]] = defaultdict(set)
    for (start, end), classes in found.items():
        for cls, kinds in classes.items():
            if "title" in kinds:
                posted[text[start:end]].add(cls)
    return {name: classes.pop() for name, classes in posted.items() if len(classes) == 1}


def _of_full_names(text: str, found: Told) -> Iterator[tuple[str, int, int, str, float]]:
    """One more vote for the class of the full name where a name is surely short for it."""
    for (start, end), classes in found.items():
        for cls, kinds in classes.items():
            if len(classes) > 1 and kinds.get("short form", 0.0) >= 1.0:
                yield text[start:end], start, end, cls, 1.0


def _class_of_names(scores: Iterable[tuple[str, int, int, str, float]], posted: Mapping[str, str]) -> dict[str, str]:
    """The class of each name on the page: that with the greatest sum of scores over all places where it stands.

    Between official and person the posts decide, where they agree and are not clearly outvoted.
    """
    votes: dict[str, dict[str, float]] = defaultdict(dict)
    for name, _, _, cls, value in scores:
        classes = votes[name]
        classes[cls] = classes.get(cls, 0.0) + value
    best = {name: _most(classes) for name, classes in votes.items()}
    for name, cls in posted.items():
        if best[name] in _PERSONS and votes[name][cls] > _OUTVOTED * votes[name][best[name]]:
            best[name] = cls
    return best


_PERSONS = frozenset({"Official", "Person"})
_KIN = dict.fromkeys(_PERSONS, "person") | dict.fromkeys(
    ("Company", "Institute", "Park", "GovernmentBody", "Organization"), "body"
)
"""Classes that one name may be torn between."""
_ENOUGH = 0.5
"""Sum of the scores for classes that are akin with which a name is taken, though none of them is sure."""
_OUTVOTED = 0.3
"""A post does not decide where its class has less than this share of the votes of the other."""


def _most(votes: Mapping[str, float]) -> str:
    """The class with the most votes, of equals the first by name."""
    return max(sorted(votes), key=votes.__getitem__) if len(votes) > 1 else next(iter(votes))


def _ordered(here: Sequence[Opinion], name: Named, is_read: bool) -> tuple[Proposal, ...]:  # noqa: FBT001 - private
    """What was said of a name's stretch, the strongest for its class first."""
    if len(here) == 1:
        return (here[0][0],)
    kinds = {counts.kind for proposal, counts in here if proposal.cls == name.cls}
    scale = _scale(kinds, is_read, in_force())
    return tuple(proposal for proposal, _ in sorted(here, key=lambda opinion: _rank(opinion, name.cls, scale)))


def _rank(opinion: Opinion, cls: str, scale: Scale) -> tuple[bool, float, str, str]:
    proposal, counts = opinion
    strength = added(proposal.cls, scale)[counts.kind] * counts.strength
    return proposal.cls != cls, -strength, counts.kind, proposal.cls


def _without_overlaps(names: list[Named], weights: Weights) -> list[Named]:
    """Of names that overlap, the more valuable; by start."""
    names.sort()
    if all(one.end <= two.start for one, two in pairwise(names)):
        return names
    kept: list[Named] = []
    taken: set[int] = set()
    for name in sorted(names, key=lambda n: (-n.score * (n.end - n.start) ** weights.length, n.start)):
        places = range(name.start, name.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(name)
    return sorted(kept)
