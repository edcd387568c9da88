"""What speaks for and against each candidate name: the sources that propose it, its rivals, its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
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

Stretch = tuple[int, int]

Told = Mapping[Stretch, dict[str, dict[str, float]]]
"""The evidence by stretch and class: kind → strength, 0 to 1."""


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


def evidence(text: str, proposals: Iterable[Proposal], words: Words | None = None) -> dict[Candidate, dict[str, float]]:
    """The evidence for every candidate, as :class:`Hearing` tells it."""
    hearing = Hearing(text, words)
    hearing.hear(proposals)
    return {Candidate(*span, cls): kinds for span, classes in hearing.told.items() for cls, kinds in classes.items()}


class Hearing:
    """The proposals on a page and what they tell, in as many rounds as there are; each looks only at what it changes.

    Kinds of evidence are the sources; ``weak form``; ``common word`` (the stretch is one);
    ``barred`` (a word that no name reaches across stands in it); ``generic`` (its words name nothing);
    ``posted`` (the name has a post of this class elsewhere on the page); ``companies`` (how many the model
    reads on the page for its length: pages of business name more of them); and the rivals: ``inside`` (a part
    of the stretch is proposed), ``across`` (a longer stretch, or one that crosses it), ``other class`` (the
    stretch, for another class). Where two that overlap are proposed for one class, ``cut left`` and ``cut right``
    tell that a stretch begins or ends inside a word.
    """

    def __init__(self, text: str, words: Words | None = None) -> None:
        """Hear nothing yet.

        Args:
            text: the page.
            words: cuts a clause into words; None: no word is known.
        """
        self.opinions: dict[Stretch, list[Opinion]] = {}
        self.told: dict[Stretch, dict[str, dict[str, float]]] = {}
        self.is_read = False
        """Whether a model has proposed anything on the page."""
        self._text = text
        self._cutter = words
        self._rivals: dict[Stretch, float] = {}
        self._posted: set[tuple[str, str]] = set()
        self._companies = 0.0

    def hear(self, proposals: Iterable[Proposal]) -> AbstractSet[Stretch]:
        """Take in further proposals.

        Returns:
            The stretches of which something else is told than before.
        """
        heard, is_read = self._opined(proposals)
        changed = {*heard}
        if is_read:
            self.is_read, self._companies = True, self._crowd()
            changed.update(self.told)
        changed.update(self._words(heard))
        if self.is_read:
            for span in changed:
                for kinds in self.told[span].values():
                    kinds["companies"] = self._companies
        contested = self._overlaps(heard, changed)
        for span, kind in cut(self._text, contested, self._cutter) if self._cutter else ():
            for kinds in self.told[span].values():
                kinds[kind] = 1.0
        return changed

    def _opined(self, proposals: Iterable[Proposal]) -> tuple[AbstractSet[Stretch], bool]:
        """Note opinions; the stretches that they are on, and whether a model's are among them."""
        weights = in_force()
        heard: dict[Stretch, None] = {}
        is_read = False
        for proposal in proposals:
            counts = _counts(proposal.source, proposal.score, weights)
            span = proposal.start, proposal.end
            self.opinions.setdefault(span, []).append((proposal, counts))
            heard[span] = None
            is_read = is_read or counts.kind in weights.probable
        for span in heard:
            here = self.opinions[span]
            self.told[span] = _by_class(here)
            self._rivals[span] = max([counts.rivalry for _, counts in here])
        return heard.keys(), is_read

    def _crowd(self) -> float:
        """How many companies the model reads for the length of the page, 0 to 1."""
        probable = in_force().probable
        firms = {
            self._text[start:end]
            for (start, end), classes in self.told.items()
            if "Company" in classes and any(classes["Company"].get(kind, 0.0) >= _LIKELY for kind in probable)
        }
        return min(1.0, len(firms) / (_CROWD * max(len(self._text), _SHORT)))

    def _words(self, heard: AbstractSet[Stretch]) -> AbstractSet[Stretch]:
        """Note what the words of the candidates tell by themselves, and by their posts elsewhere on the page.

        Returns:
            The stretches of which something may have been noted.
        """
        prepared, common = page.read(self._text), common_words()
        posted: set[tuple[str, str]] = set()
        for span in heard:
            start, end = span
            name = self._text[start:end]
            is_common, is_barred = name in common, prepared.stop_before(end - 1) > start
            for cls, kinds in self.told[span].items():
                if is_common and cls not in _WORDY:
                    kinds["common word"] = 1.0
                if is_barred:
                    kinds["barred"] = 1.0
                if cls in _HOUSES and is_generic_name(name):
                    kinds["generic"] = 1.0
                if "title" in kinds:
                    posted.add((name, cls))
        told = heard if posted <= self._posted else self.told.keys()
        self._posted |= posted
        for start, end in told if self._posted else ():
            for cls, kinds in self.told[start, end].items():
                if (self._text[start:end], cls) in self._posted:
                    kinds["posted"] = 1.0
        return told

    def _overlaps(self, heard: AbstractSet[Stretch], changed: set[Stretch]) -> set[Stretch]:
        """Note for every stretch the strongest rival inside it, and the strongest that reaches out of it.

        Args:
            heard: stretches on which opinions are new.
            changed: gets those that have a new rival.

        Returns:
            The stretches that overlap another of the same class.
        """
        contested: set[Stretch] = set()
        for one, two in _overlapping(sorted(self._rivals)):
            if one not in heard and two not in heard:
                continue
            if not self.told[one].keys().isdisjoint(self.told[two]):
                contested |= {one, two}
            changed |= {one, two}
            for span, rival in ((one, two), (two, one)):
                kind = "inside" if span[0] <= rival[0] and rival[1] <= span[1] else "across"
                for kinds in self.told[span].values():
                    _note(kinds, kind, self._rivals[rival])
        return contested


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


_LIKELY = 0.3
"""Strength from which a company counts as read: a probability of about as much."""
_CROWD, _SHORT = 6 / 500, 300
"""Companies for each character of a page that is full of them; pages shorter than this many count as so long."""


_HOUSES = frozenset({"Company", "Institute", "Park", "Organization", "GovernmentBody"})
_WORDY = frozenset({"IndustryField", "Place", "District", "Person", "Official"})
"""Classes whose names are common words, or too short to be told from them."""


def _overlapping(spans: list[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """All pairs of different stretches that share a character; ``spans`` in order."""
    for index, one in enumerate(spans, 1):
        while index < len(spans) and spans[index][0] < one[1]:
            yield one, spans[index]
            index += 1  # noqa: PLW2901 - the inner walk starts after the outer one
