"""Yields :class:`Candidate`: two names of a page that may be related, where they meet, with what speaks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, combinations
from typing import NamedTuple

from kg.relations.constructions import speech
from kg.relations.features import InStrip, OnPage
from kg.relations.findings import Finding
from kg.relations.grammar import SLOT
from kg.relations.reach import FAR, Reach, labels
from kg.relations.reading import Line
from kg.relations.rows import Clues
from kg.relations.scene import Scene
from kg.relations.strips import Strip


class Candidate(NamedTuple):
    """Two names, the one printed (or spoken of) first called the first."""

    first: int
    """Index of a mention."""
    second: int
    sentence: int
    """Where they meet."""
    labels: tuple[str, ...]
    """The relations they may have: ``locatedIn>`` with the first as head, ``locatedIn<`` with the second."""
    clues: list[int]
    """What speaks for or against them, by number, see :mod:`kg.relations.features`."""


class Pairs(NamedTuple):
    """The pairs of a page worth weighing."""

    candidates: list[Candidate]
    """Sentence by sentence."""
    clues: Clues


def candidates(scene: Scene, lines: Sequence[Line], found: Sequence[Finding], clues: Clues, reach: Reach) -> Pairs:
    """All pairs worth weighing.

    Args:
        scene: the page.
        lines: its sentences as the rules saw them.
        found: what the rules found; each finding is a feature of its pair.
        clues: gets what speaks for them.
        reach: how far the model looks.
    """
    return Pairs(list(_Pairing(scene, lines, found, clues, reach).all()), clues)


class _Pairing:
    """A page whose names are being paired."""

    def __init__(
        self, scene: Scene, lines: Sequence[Line], found: Sequence[Finding], clues: Clues, reach: Reach
    ) -> None:
        self._scene = scene
        self._lines = lines
        self._found = found
        self._reach = reach
        self._clues = clues
        self._page = OnPage(scene, found, clues)
        self._stated = stated(scene, found)
        self._meetings = [meetings(scene, line.strip, reach, self._stated) for line in lines]
        self._told: dict[tuple[bool, str, str, str], int] = {}
        self._naming = naming(scene, lines)

    def all(self) -> Iterator[Candidate]:
        """Pairs that meet, that are spoken of, and that a rule joins where they do neither."""
        for line, together, after in zip(self._lines, self._meetings, [*self._lines[1:], None], strict=False):
            topics = (*_speaker(self._scene, line, after), *line.topics)
            apart = list(spoken_of(self._scene, line, topics, self._naming, self._reach))
            if together or apart:
                view = InStrip(line.strip, self._clues)
                for i, j, p, q in together:
                    yield self._candidate(i, j, line, [*view.between(p, q), *self._subject(i, j, line.told.get(q))])
                for reason, i, j, q in apart:
                    far = self._page.far(reason, i, line.sentence)
                    yield self._candidate(i, j, line, [far, *view.alone(SLOT[self._scene.mentions[i].cls], q)])
            yield from self._elliptic(line)
        yield from self._cited()

    def _candidate(self, i: int, j: int, line: Line, clues: Sequence[int]) -> Candidate:
        first, second = self._scene.mentions[i].cls, self._scene.mentions[j].cls
        return Candidate(i, j, line.sentence, labels(first, second), [*self._page.pair(i, j), *clues])

    def _subject(self, i: int, j: int, subject: int | None) -> Sequence[int]:
        """Whether the clause of the second name leaves out a subject, and it is the first or another."""
        if subject is None or self._scene.group[subject] == self._scene.group[j]:
            return ()
        is_own = self._scene.group[subject] == self._scene.group[i]
        whose, first, second = (self._scene.mentions[k].cls[:3] for k in (subject, i, j))
        key = (is_own, whose, first, second)
        clue = self._told.get(key)
        if clue is None:
            known, mine = self._clues.known.of[""], "own" if is_own else "other"
            clue = self._told[key] = self._clues.add(
                (known(f"{mine} subject"), known(f"{mine} subject {first}"), known(f"{mine} subject {whose}{second}"))
            )
        return (clue,)

    def _elliptic(self, line: Line) -> Iterator[Candidate]:
        """Pairs of a left-out subject with what its sentence names that a rule joins, and no sentence else."""
        if line.filled is None:
            return
        group, implied = self._scene.group, line.filled.implied
        pairs = [
            (i, j, p, q)
            for (p, i), (q, j) in combinations(sorted(line.filled.at.items()), 2)
            if (p in implied or q in implied)
            and (group[i], group[j]) in self._stated
            and self._naming[group[i]].isdisjoint(self._naming[group[j]])
        ]
        if not pairs:
            return
        view = InStrip(line.filled, self._clues)
        elliptic = self._clues.add((self._clues.known.of[""]("elliptic"),))
        for i, j, p, q in pairs:
            yield self._candidate(i, j, line, [elliptic, *view.between(p, q)])

    def _cited(self) -> Iterator[Candidate]:
        """Pairs that only a rule brings together."""
        by_number = {line.sentence: line for line in self._lines}
        cited = self._clues.add((self._clues.known.of[""]("cited"),))
        group = self._scene.group
        paired = {(group[i], group[j]) for i, j, _, _ in chain.from_iterable(self._meetings)}
        for finding in self._found:
            ends = group[finding.head], group[finding.tail]
            if ends not in paired and ends[::-1] not in paired and finding.sentence in by_number:
                first, second = sorted((finding.head, finding.tail))
                yield self._candidate(first, second, by_number[finding.sentence], [cited])


def stated(scene: Scene, found: Sequence[Finding]) -> frozenset[tuple[int, int]]:
    """The groups that a rule joins, in both orders."""
    ends = [(scene.group[finding.head], scene.group[finding.tail]) for finding in found]
    return frozenset(ends).union((tail, head) for head, tail in ends)


def meetings(
    scene: Scene, strip: Strip, reach: Reach, always: AbstractSet[tuple[int, int]]
) -> list[tuple[int, int, int, int]]:
    """Pairs of mentions of a strip that are worth weighing, with their positions.

    Args:
        scene: the page.
        strip: of a sentence.
        reach: how far apart they may be.
        always: groups whose pairs are worth it wherever the two can be seen together.
    """
    rows = []
    slots = [(p, i, scene.mentions[i].cls, scene.group[i]) for p, i in sorted(strip.at.items())]
    for k, (p, i, first, one) in enumerate(slots, 1):
        for q, j, second, other in slots[k:]:
            if q - p > FAR:
                break
            if one != other and (q - p <= reach.apart.get((first, second), 0) or (one, other) in always):
                rows.append((i, j, p, q))
    return rows


def naming(scene: Scene, lines: Iterable[Line]) -> Mapping[int, AbstractSet[int]]:
    """By group the sentences that name it."""
    found: dict[int, set[int]] = {group: set() for group in scene.group}
    for line in lines:
        for index in line.strip.at.values():
            found[scene.group[index]].add(line.sentence)
    return found


def spoken_of(
    scene: Scene, line: Line, topics: Sequence[tuple[str, int]], naming: Mapping[int, AbstractSet[int]], reach: Reach
) -> Iterator[tuple[str, int, int, int]]:
    """Pairs of what a sentence may be about with what it names, where no sentence names both.

    Args:
        scene: the page.
        line: the sentence.
        topics: what it may be about, and why.
        naming: by group the sentences that name it.
        reach: what is worth weighing.

    Yields:
        The reason; both names; the position of the latter.
    """
    slots = [row for row in sorted(line.strip.at.items()) if row[0] not in line.strip.implied]
    for reason, i in topics:
        cls, elsewhere = scene.mentions[i].cls, naming[scene.group[i]]
        for q, j in slots:
            classes = cls, scene.mentions[j].cls
            if classes not in reach.apart or (reason, classes) in reach.idle:
                continue
            if elsewhere.isdisjoint(naming[scene.group[j]]):
                yield reason, i, j, q


def _speaker(scene: Scene, line: Line, after: Line | None) -> list[tuple[str, int]]:
    """Who says the sentence, where it ends a quotation and the next one opens with its speaker."""
    if after is None or not scene.text.endswith(("”", '"'), 0, scene.sentences[line.sentence].end):
        return []
    first = [after.strip.at[p] for p in sorted(after.strip.at)[:2]]
    return [("speaker", i) for i in first] if speech().search(after.strip.text[:40]) else []
