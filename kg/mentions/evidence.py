"""What speaks for and against each candidate name: the sources that propose it, its rivals, its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from math import log
from typing import NamedTuple

from kg.mentions import page
from kg.mentions.cuts import Words, cut
from kg.mentions.gazetteer import common_words
from kg.mentions.patterns.organisations import is_generic_name
from kg.mentions.weights import Weights, in_force
from kg.model import Proposal


class Candidate(NamedTuple):
    """A stretch for a class."""

    start: int
    end: int
    cls: str


class Counts(NamedTuple):
    """What a proposal counts."""

    kind: str
    """Of evidence: its source, but a weak form of the lexicon is a kind of its own."""
    strength: float
    """0 to 1."""
    rivalry: float
    """How strongly it speaks against what it overlaps, 0 to 1."""


Opinion = tuple[Proposal, Counts]

Opinions = Mapping[tuple[int, int], list[Opinion]]
"""Opinions by stretch."""

Told = Mapping[tuple[int, int], dict[str, dict[str, float]]]
"""The evidence by stretch and class: kind → strength, 0 to 1."""


def by_stretch(proposals: Iterable[Proposal]) -> dict[tuple[int, int], list[Opinion]]:
    """The opinions on each stretch."""
    weights = in_force()
    opinions: dict[tuple[int, int], list[Opinion]] = defaultdict(list)
    for proposal in proposals:
        opinions[proposal.start, proposal.end].append((proposal, _counts(proposal.source, proposal.score, weights)))
    return opinions


@lru_cache(maxsize=1 << 15)
def _counts(source: str, score: float, weights: Weights) -> Counts:
    """What a source's proposals with this score count."""
    kind = "weak form" if source == "lexicon" and score < weights.weak else source
    strength = _scaled(score) if kind in weights.probable else score
    return Counts(kind, strength, weights.rivalry.get(kind, weights.rivalry["any"]) * strength)


def _scaled(chance: float) -> float:
    """The log-odds of a probability, from 0 for doubt to 1 for certainty."""
    chance = min(max(chance, _DOUBT), _SURE)
    return (log(chance / (1 - chance)) - _LOWEST) / (_HIGHEST - _LOWEST)


_SURE, _DOUBT = 0.995, 0.03
"""Probabilities beyond these are as good as these."""
_LOWEST, _HIGHEST = log(_DOUBT / (1 - _DOUBT)), log(_SURE / (1 - _SURE))


def evidence(text: str, opinions: Opinions, words: Words | None = None) -> dict[Candidate, dict[str, float]]:
    """The evidence for every candidate, as :func:`told` tells it."""
    found = told(text, opinions, words)
    return {Candidate(*span, cls): kinds for span, classes in found.items() for cls, kinds in classes.items()}


def told(text: str, opinions: Opinions, words: Words | None = None) -> Told:
    """The evidence for every class of every stretch.

    Args:
        text: the page.
        opinions: by stretch.
        words: cuts a clause into words; None: no word is known.

    Returns:
        Kinds are the sources; ``weak form``; ``common word`` (the stretch is one);
        ``barred`` (a word that no name reaches across stands in it); ``generic`` (its words name nothing);
        ``posted`` (the name has a post of this class elsewhere on the page); ``companies`` (how many the model
        reads on the page for its length: pages of business name more of them); and the rivals: ``inside`` (a part
        of the stretch is proposed), ``across`` (a longer stretch, or one that crosses it), ``other class`` (the
        stretch, for another class). Where two that overlap are proposed for one class, ``cut left`` and ``cut right``
        tell that a stretch begins or ends inside a word.
    """
    found = {span: _by_class(here) for span, here in opinions.items()}
    if has_been_read(opinions):
        _crowd(text, found)
    _words(text, found)
    contested = _overlaps(opinions, found)
    for span, kind in cut(text, contested, words) if words else ():
        for kinds in found[span].values():
            kinds[kind] = 1.0
    return found


def _by_class(opinions: list[Opinion]) -> dict[str, dict[str, float]]:
    """What the opinions on one stretch tell for each of the classes that they name."""
    if len(opinions) == 1:  # as on most stretches
        proposal, (kind, strength, _) = opinions[0]
        return {proposal.cls: {kind: strength}}
    classes: dict[str, dict[str, float]] = {}
    for proposal, (kind, strength, _) in opinions:
        _note(classes.setdefault(proposal.cls, {}), kind, strength)
    if len(classes) > 1:
        for cls, kinds in classes.items():
            kinds["other class"] = max(counts.rivalry for proposal, counts in opinions if proposal.cls != cls)
    return classes


def _note(kinds: dict[str, float], kind: str, strength: float) -> None:
    """Keep the strength of a kind of evidence, if it is its strongest so far."""
    if kinds.get(kind, -1.0) < strength:
        kinds[kind] = strength


def has_been_read(opinions: Opinions) -> bool:
    """Whether a model has proposed anything on the page."""
    probable = in_force().probable
    return any(counts.kind in probable for here in opinions.values() for _, counts in here)


def _crowd(text: str, found: Told) -> None:
    """Note how many companies the model reads."""
    probable = in_force().probable
    firms = {
        text[start:end]
        for (start, end), classes in found.items()
        if "Company" in classes and any(classes["Company"].get(kind, 0.0) >= _LIKELY for kind in probable)
    }
    density = min(1.0, len(firms) / (_CROWD * max(len(text), _SHORT)))
    for classes in found.values():
        for kinds in classes.values():
            kinds["companies"] = density


_LIKELY = 0.3
"""Strength from which a company counts as read: a probability of about as much."""
_CROWD, _SHORT = 6 / 500, 300
"""Companies for each character of a page that is full of them; pages shorter than this many count as so long."""


def _words(text: str, found: Told) -> None:
    """Note what the words of the candidates tell by themselves, and by their posts elsewhere on the page."""
    prepared, common = page.read(text), common_words()
    posted = {
        (text[start:end], cls)
        for (start, end), classes in found.items()
        for cls, kinds in classes.items()
        if "title" in kinds
    }
    for (start, end), classes in found.items():
        name = text[start:end]
        is_common, is_barred = name in common, prepared.stop_before(end - 1) > start
        for cls, kinds in classes.items():
            if is_common and cls not in _WORDY:
                kinds["common word"] = 1.0
            if is_barred:
                kinds["barred"] = 1.0
            if cls in _HOUSES and is_generic_name(name):
                kinds["generic"] = 1.0
            if posted and (name, cls) in posted:
                kinds["posted"] = 1.0


_HOUSES = frozenset({"Company", "Institute", "Park", "Organization", "GovernmentBody"})
_WORDY = frozenset({"IndustryField", "Place", "District", "Person", "Official"})
"""Classes whose names are common words, or too short to be told from them."""


def _overlaps(opinions: Opinions, found: Told) -> set[tuple[int, int]]:
    """Note for every stretch the strongest rival inside it, and the strongest that reaches out of it.

    Returns:
        The stretches that overlap another of the same class.
    """
    contested: set[tuple[int, int]] = set()
    rivals = {span: max([counts.rivalry for _, counts in here]) for span, here in opinions.items()}
    for one, two in _overlapping(sorted(rivals)):
        if not found[one].keys().isdisjoint(found[two]):
            contested |= {one, two}
        for span, rival in ((one, two), (two, one)):
            kind = "inside" if span[0] <= rival[0] and rival[1] <= span[1] else "across"
            for kinds in found[span].values():
                _note(kinds, kind, rivals[rival])
    return contested


def _overlapping(spans: list[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """All pairs of different stretches that share a character; ``spans`` in order."""
    for index, one in enumerate(spans, 1):
        while index < len(spans) and spans[index][0] < one[1]:
            yield one, spans[index]
            index += 1  # noqa: PLW2901 - the inner walk starts after the outer one
