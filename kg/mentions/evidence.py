"""What speaks for and against each candidate name: the sources that propose it, its rivals, its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from math import log
from typing import NamedTuple

from kg.mentions import page
from kg.mentions.gazetteer import common_words
from kg.mentions.patterns.organisations import is_generic_name
from kg.mentions.weights import Weights, in_force
from kg.model import Proposal


class Candidate(NamedTuple):
    """A stretch for a class."""

    start: int
    end: int
    cls: str


class Opinion(NamedTuple):
    """A proposal and what it counts."""

    proposal: Proposal
    kind: str
    """Of evidence: its source, but a weak form of the lexicon is a kind of its own."""
    strength: float
    """0 to 1."""
    rivalry: float
    """How strongly it speaks against what it overlaps, 0 to 1."""


Opinions = Mapping[tuple[int, int], list[Opinion]]
"""Opinions by stretch."""


def by_stretch(proposals: Iterable[Proposal]) -> dict[tuple[int, int], list[Opinion]]:
    """The opinions on each stretch."""
    weights = in_force()
    opinions: dict[tuple[int, int], list[Opinion]] = defaultdict(list)
    for proposal in proposals:
        opinions[proposal.start, proposal.end].append(_opinion(proposal, weights))
    return opinions


def _opinion(proposal: Proposal, weights: Weights) -> Opinion:
    weak = proposal.source == "lexicon" and proposal.score < weights.weak
    kind = "weak form" if weak else proposal.source
    strength = _scaled(proposal.score) if kind in weights.probable else proposal.score
    rivalry = weights.rivalry.get(kind, weights.rivalry["any"]) * strength
    return Opinion(proposal, kind, strength, rivalry)


def _scaled(chance: float) -> float:
    """The log-odds of a probability, from 0 for doubt to 1 for certainty."""
    chance = min(max(chance, _DOUBT), _SURE)
    return (log(chance / (1 - chance)) - _LOWEST) / (_HIGHEST - _LOWEST)


_SURE, _DOUBT = 0.995, 0.03
"""Probabilities beyond these are as good as these."""
_LOWEST, _HIGHEST = log(_DOUBT / (1 - _DOUBT)), log(_SURE / (1 - _SURE))


def evidence(text: str, opinions: Opinions) -> dict[Candidate, dict[str, float]]:
    """The evidence for every candidate: kind → strength, 0 to 1.

    Args:
        text: the page.
        opinions: by stretch.

    Returns:
        Kinds are the sources; ``weak form``; ``silence`` (of the model); ``common word`` (the stretch is one);
        ``barred`` (a word that no name reaches across stands in it); ``generic`` (its words name nothing);
        ``posted`` (the name has a post of this class elsewhere on the page); and the rivals: ``inside`` (a part of the
        stretch is proposed), ``across`` (a longer stretch, or one that crosses it), ``other class`` (the stretch,
        for another class).
    """
    candidates: dict[Candidate, dict[str, float]] = {}
    rivals: dict[tuple[int, int], float] = {}
    for span, here in opinions.items():
        rivals[span] = max(opinion.rivalry for opinion in here)
        for opinion in here:
            found = candidates.setdefault(Candidate(*span, opinion.proposal.cls), {})
            found[opinion.kind] = max(found.get(opinion.kind, 0.0), opinion.strength)
        _other_classes(span, here, candidates)
    if has_been_read(opinions):
        _silence(candidates)
    _words(text, candidates)
    for span, found in _overlaps(rivals).items():
        for cls in {opinion.proposal.cls for opinion in opinions[span]}:
            candidates[Candidate(*span, cls)].update(found)
    return candidates


def has_been_read(opinions: Opinions) -> bool:
    """Whether a model has proposed anything on the page."""
    probable = in_force().probable
    return any(opinion.kind in probable for here in opinions.values() for opinion in here)


def _silence(candidates: Mapping[Candidate, dict[str, float]]) -> None:
    """Note where the model says nothing."""
    probable = frozenset(in_force().probable)
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


def _other_classes(span: tuple[int, int], here: list[Opinion], into: dict[Candidate, dict[str, float]]) -> None:
    """Note for every class of a stretch the strongest opinion for another."""
    classes = {opinion.proposal.cls for opinion in here}
    for cls in classes if len(classes) > 1 else ():
        into[Candidate(*span, cls)]["other class"] = max(o.rivalry for o in here if o.proposal.cls != cls)


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
    for index, one in enumerate(spans, 1):
        while index < len(spans) and spans[index][0] < one[1]:
            yield one, spans[index]
            index += 1  # noqa: PLW2901 - the inner walk starts after the outer one
