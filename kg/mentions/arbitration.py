"""Which proposals become mentions: evidence in log-odds, one class per name, no overlaps.

Every source that proposes a stretch for a class is evidence with a strength from 0 to 1; so are its rivals,
the stretches that overlap it and the other classes that are proposed for it. The score of a candidate is the
logistic function of the sum of ``weight × strength`` over its evidence, with the weights of
``data/mentions/weights.yml``. They were fitted by logistic regression to annotated news, the model's proposals made
by models that had not seen the page. Pages that no model has read are weighed by a table of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from math import exp, log
from typing import NamedTuple

from kg.lexicon import table
from kg.mentions import page
from kg.mentions.gazetteer import common_words
from kg.mentions.patterns.organisations import is_generic_name
from kg.model import Proposal


@dataclass(frozen=True, slots=True)
class Scale:
    """What evidence adds, in log-odds."""

    base: Mapping[str, float]
    """Class → log-odds of a candidate without evidence."""
    evidence: Mapping[str, Mapping[str, float]]
    """Kind of evidence → class (or ``any``) → log-odds that full strength adds."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The file ``data/mentions/weights.yml``."""

    read: Scale
    """For pages that a model has read."""
    unread: Scale
    """For pages with lexicon and patterns alone."""
    threshold: Mapping[str, float]
    """Class (or ``any``) → score that makes a mention."""
    rivalry: Mapping[str, float]
    """Source (or ``any``) → how strong a rival its proposals are to those they overlap."""
    probable: tuple[str, ...]
    """Sources whose score is a probability; their strength is its log-odds, scaled."""
    length: float
    """Exponent: of names that overlap, ``score × length ** this`` tells the better."""
    weak: float
    """A lexicon proposal with a score below this counts as the kind of evidence ``weak form``."""


class Candidate(NamedTuple):
    """A stretch for a class."""

    start: int
    end: int
    cls: str


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
    opinions = by_stretch(proposals)
    scale = scale_for(opinions)
    found = evidence(text, opinions)
    scores = {candidate: score(candidate.cls, kinds, scale) for candidate, kinds in found.items()}
    classes = _class_of_names(text, scores, posts(text, found))
    accepted = [
        Verdict(*c, round(p, 4), _ordered(opinions[c.start, c.end], c.cls, scale))
        for c, p in scores.items()
        if classes[text[c.start : c.end]] == c.cls and p >= _threshold(c.cls)
    ]
    return _without_overlaps(accepted)


def by_stretch(proposals: Iterable[Proposal]) -> dict[tuple[int, int], list[Proposal]]:
    """The opinions on each stretch."""
    opinions: dict[tuple[int, int], list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        opinions[proposal.start, proposal.end].append(proposal)
    return opinions


def scale_for(opinions: Mapping[tuple[int, int], list[Proposal]]) -> Scale:
    """The scale for a page, by whether a model has proposed anything on it."""
    probable = _table().probable
    read = any(p.source in probable for found in opinions.values() for p in found)
    return _table().read if read else _table().unread


def score(cls: str, found: Mapping[str, float], scale: Scale) -> float:
    """The probability that a candidate with this evidence is a name of its class."""
    odds = scale.base[cls] + sum(_weight(scale, kind, cls) * strength for kind, strength in found.items())
    return 1 / (1 + exp(-odds))


def evidence(text: str, opinions: Mapping[tuple[int, int], list[Proposal]]) -> dict[Candidate, dict[str, float]]:
    """The evidence for every candidate: kind → strength, 0 to 1.

    Args:
        text: the page.
        opinions: proposals by stretch.

    Returns:
        Kinds are the sources; ``weak form``; ``silence`` (of the model); ``common word`` (the stretch is one);
        ``barred`` (a word that no name reaches across stands in it); ``generic`` (its words name nothing);
        ``posted`` (the name has a post of this class elsewhere on the page); and the rivals: ``inside`` (a part of the
        stretch is proposed), ``across`` (a longer stretch, or one that crosses it), ``other class`` (the stretch,
        for another class).
    """
    candidates: dict[Candidate, dict[str, float]] = {}
    rivals: dict[tuple[int, int], float] = {}
    for span, proposals in opinions.items():
        rivals[span] = max(_rivalry(p) for p in proposals)
        for proposal in proposals:
            found = candidates.setdefault(Candidate(*span, proposal.cls), {})
            kind = _kind(proposal)
            found[kind] = max(found.get(kind, 0.0), _strength(proposal))
        _other_classes(span, proposals, candidates)
    _silence(candidates)
    _words(text, candidates)
    for span, found in _overlaps(rivals).items():
        for cls in {p.cls for p in opinions[span]}:
            candidates[Candidate(*span, cls)].update(found)
    return candidates


def _silence(candidates: Mapping[Candidate, dict[str, float]]) -> None:
    """Note where the model, if one has read the page, says nothing."""
    probable = frozenset(_table().probable)
    if any(not probable.isdisjoint(found) for found in candidates.values()):
        for found in candidates.values():
            if probable.isdisjoint(found):
                found["silence"] = 1.0


def _words(text: str, candidates: Mapping[Candidate, dict[str, float]]) -> None:
    """Note what the words of the candidates tell by themselves, and by their posts elsewhere on the page."""
    prepared = page.read(text)
    posted = {(text[c.start : c.end], c.cls) for c, found in candidates.items() if "title" in found}
    for candidate, found in candidates.items():
        name = text[candidate.start : candidate.end]
        if name in common_words() and candidate.cls not in _WORDY:
            found["common word"] = 1.0
        if prepared.stop_before(candidate.end - 1) > candidate.start:
            found["barred"] = 1.0
        if candidate.cls in _HOUSES and is_generic_name(name):
            found["generic"] = 1.0
        if (name, candidate.cls) in posted:
            found["posted"] = 1.0


_HOUSES = frozenset({"Company", "Institute", "Park", "Organization", "GovernmentBody"})
_WORDY = frozenset({"IndustryField", "Place", "District", "Person", "Official"})
"""Classes whose names are common words, or too short to be told from them."""


def _other_classes(span: tuple[int, int], proposals: list[Proposal], into: dict[Candidate, dict[str, float]]) -> None:
    """Note for every class of a stretch the strongest proposal for another."""
    classes = {p.cls for p in proposals}
    for cls in classes if len(classes) > 1 else ():
        into[Candidate(*span, cls)]["other class"] = max(_rivalry(p) for p in proposals if p.cls != cls)


def _overlaps(rivals: Mapping[tuple[int, int], float]) -> dict[tuple[int, int], dict[str, float]]:
    """For every stretch the strongest rival inside it, and the strongest that reaches out of it."""
    found: dict[tuple[int, int], dict[str, float]] = defaultdict(dict)
    for one, two in _overlapping(sorted(rivals)):
        for span, rival in ((one, two), (two, one)):
            kind = "inside" if span[0] <= rival[0] and rival[1] <= span[1] else "across"
            found[span][kind] = max(found[span].get(kind, 0.0), rivals[rival])
    return found


def _overlapping(spans: list[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """All pairs of different stretches that share a character; ``spans`` in order."""
    for index, one in enumerate(spans):
        for two in spans[index + 1 :]:
            if two[0] >= one[1]:
                break
            yield one, two


def posts(text: str, found: Mapping[Candidate, Mapping[str, float]]) -> dict[str, str]:
    """Persons whose posts on the page agree: their class, ``Official`` or ``Person``."""
    told: dict[str, set[str]] = defaultdict(set)
    for candidate, kinds in found.items():
        if "title" in kinds:
            told[text[candidate.start : candidate.end]].add(candidate.cls)
    return {name: classes.pop() for name, classes in told.items() if len(classes) == 1}


def _class_of_names(text: str, scores: Mapping[Candidate, float], posted: Mapping[str, str]) -> dict[str, str]:
    """The class of each name on the page: that with the greatest sum of scores over all places where it stands.

    Between official and person the posts decide, where they agree.
    """
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for candidate, value in scores.items():
        votes[text[candidate.start : candidate.end]][candidate.cls] += value
    best = {name: max(sorted(classes), key=classes.__getitem__) for name, classes in votes.items()}
    return {name: posted.get(name, cls) if cls in _PERSONS else cls for name, cls in best.items()}


_PERSONS = frozenset({"Official", "Person"})


def _ordered(opinions: list[Proposal], cls: str, scale: Scale) -> tuple[Proposal, ...]:
    def order(p: Proposal) -> tuple[bool, float, str, str]:
        return p.cls != cls, -_weight(scale, _kind(p), p.cls) * _strength(p), p.source, p.cls

    return tuple(sorted(opinions, key=order))


def _without_overlaps(verdicts: list[Verdict]) -> tuple[Verdict, ...]:
    """Of names that overlap, the more valuable."""
    kept: list[Verdict] = []
    taken: set[int] = set()
    for verdict in sorted(verdicts, key=lambda v: (-v.score * (v.end - v.start) ** _table().length, v.start)):
        places = range(verdict.start, verdict.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(verdict)
    return tuple(sorted(kept))


def _kind(proposal: Proposal) -> str:
    """The kind of evidence that a proposal is: its source, but a weak form of the lexicon is a kind of its own."""
    if proposal.source == "lexicon" and proposal.score < _table().weak:
        return "weak form"
    return proposal.source


_SURE = 0.995
_DOUBT = 0.03
"""Probabilities beyond these are as good as these."""


def _strength(proposal: Proposal) -> float:
    """Of a proposal, 0 to 1."""
    if proposal.source not in _table().probable:
        return proposal.score
    chance = min(max(proposal.score, _DOUBT), _SURE)
    return (_log_odds(chance) - _log_odds(_DOUBT)) / (_log_odds(_SURE) - _log_odds(_DOUBT))


def _log_odds(chance: float) -> float:
    return log(chance / (1 - chance))


def _rivalry(proposal: Proposal) -> float:
    weights = _table().rivalry
    return weights.get(_kind(proposal), weights["any"]) * _strength(proposal)


def _weight(scale: Scale, kind: str, cls: str) -> float:
    row = scale.evidence.get(kind) or scale.evidence["any"]
    return row.get(cls, row["any"])


def _threshold(cls: str) -> float:
    return _table().threshold.get(cls, _table().threshold["any"])


def _table() -> Weights:
    return _others[-1] if _others else table("mentions/weights.yml", Weights)


_others: list[Weights] = []
"""Weights that take the place of the file's for a while, the last one in force."""


@contextmanager
def weighing(weights: Weights) -> Iterator[None]:
    """Decide by other weights than the file's inside a ``with``; for fitting them, and for tests."""
    _others.append(weights)
    try:
        yield
    finally:
        _others.pop()
