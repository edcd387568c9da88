"""Yields :class:`Candidate`: two names of a page that may be related, where they meet, with what speaks for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from kg.relations.constructions import speech
from kg.relations.features import InStrip, OnPage
from kg.relations.findings import Finding
from kg.relations.grammar import SLOT, joins, signatures
from kg.relations.reading import Line
from kg.relations.rows import Clues, Rows
from kg.relations.scene import Scene
from kg.relations.strips import Strip

_FAR, _CLOSE = 90, 30
"""Names further apart than this many characters of a strip are not paired; the second holds for classes that are tied
to places close by only."""


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


@cache
def labels(first: str, second: str) -> tuple[str, ...]:
    """The relations that two classes allow, with the direction."""
    forward = [f"{r}>" for r in signatures().relations if (first, second) in joins(r)]
    backward = [f"{r}<" for r in signatures().relations if (second, first) in joins(r) and r != "cooperatesWith"]
    return (*forward, *backward)


@cache
def _reach(first: str, second: str) -> int:
    """How far apart two names of these classes may be related; 0 if they may not."""
    near = signatures().near
    is_close = (first == "Place" and second in near) or (second == "Place" and first in near)
    return (_CLOSE if is_close else _FAR) if labels(first, second) else 0


def candidates(scene: Scene, lines: Sequence[Line], found: Sequence[Finding], rows: Rows) -> Pairs:
    """All pairs worth weighing.

    Args:
        scene: the page.
        lines: its sentences as the rules saw them.
        found: what the rules found; each finding is a feature of its pair.
        rows: the features that the model knows.
    """
    clues = Clues()
    return Pairs(list(_Pairing(scene, lines, found, rows, clues).all()), clues)


class _Pairing:
    """A page whose names are being paired."""

    def __init__(self, scene: Scene, lines: Sequence[Line], found: Sequence[Finding], rows: Rows, clues: Clues) -> None:
        self._scene = scene
        self._lines = lines
        self._found = found
        self._rows = rows
        self._clues = clues
        self._page = OnPage(scene, found, rows, clues)
        self._meetings = [_meetings(scene, line.strip) for line in lines]
        self._told: dict[tuple[bool, str, str, str], int] = {}
        self._met: defaultdict[int, set[int]] = defaultdict(set)
        """By group the groups that it meets, and itself."""
        for i, j, _, _ in chain.from_iterable(self._meetings):
            self._met[scene.group[i]].add(scene.group[j])
            self._met[scene.group[j]].add(scene.group[i])
        for group in scene.group:
            self._met[group].add(group)

    def all(self) -> Iterator[Candidate]:
        """Pairs that meet, that meet where a subject is put in, that are spoken of, and that a rule joins."""
        for line, meetings, after in zip(self._lines, self._meetings, [*self._lines[1:], None], strict=False):
            spoken_of = [
                row for reason, i in (*_speaker(self._scene, line, after), *line.topics)
                for row in self._spoken_of(reason, i, line)
            ]  # fmt: skip
            if meetings or spoken_of:
                view = InStrip(line.strip, self._rows, self._clues)
                for i, j, p, q in meetings:
                    yield self._candidate(i, j, line, [*view.between(p, q), *self._subject(i, j, line.told.get(q))])
                for far, i, j, q in spoken_of:
                    slot = SLOT[self._scene.mentions[i].cls]
                    yield self._candidate(i, j, line, [far, *view.alone(slot, q)])
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
            known, mine = self._rows.of[""], "own" if is_own else "other"
            clue = self._told[key] = self._clues.add(
                (known(f"{mine} subject"), known(f"{mine} subject {first}"), known(f"{mine} subject {whose}{second}"))
            )
        return (clue,)

    def _elliptic(self, line: Line) -> Iterator[Candidate]:
        """Pairs of a left-out subject with what its sentence names, where they meet in no sentence."""
        if line.filled is None:
            return
        implied = line.filled.implied
        pairs = [row for row in _meetings(self._scene, line.filled) if implied.intersection(row[2:])]
        pairs = [row for row in pairs if not self._meet(*row[:2])]
        if not pairs:
            return
        view = InStrip(line.filled, self._rows, self._clues)
        elliptic = self._clues.add((self._rows.of[""]("elliptic"),))
        for i, j, p, q in pairs:
            yield self._candidate(i, j, line, [elliptic, *view.between(p, q)])

    def _spoken_of(self, reason: str, i: int, line: Line) -> Iterator[tuple[int, int, int, int]]:
        """Pairs of what a sentence may be about with what it names, where they meet in no sentence.

        Yields:
            Features of the former; both names; the position of the latter.
        """
        scene = self._scene
        met, cls = self._met[scene.group[i]], scene.mentions[i].cls
        far: int | None = None
        for q, j in sorted(line.strip.at.items()):
            if q in line.strip.implied or scene.group[j] in met or _reach(cls, scene.mentions[j].cls) < _FAR:
                continue
            far = self._page.far(reason, i, line.sentence) if far is None else far
            yield far, i, j, q

    def _meet(self, i: int, j: int) -> bool:
        """Whether the two are named in one sentence, or are one."""
        return self._scene.group[j] in self._met[self._scene.group[i]]

    def _cited(self) -> Iterator[Candidate]:
        """Pairs that only a rule brings together."""
        by_number = {line.sentence: line for line in self._lines}
        cited = self._clues.add((self._rows.of[""]("cited"),))
        for finding in self._found:
            if not self._meet(finding.head, finding.tail) and finding.sentence in by_number:
                first, second = sorted((finding.head, finding.tail))
                yield self._candidate(first, second, by_number[finding.sentence], [cited])


def _meetings(scene: Scene, strip: Strip) -> list[tuple[int, int, int, int]]:
    """Pairs of mentions of a strip that may be related, with their positions."""
    rows = []
    slots = sorted(strip.at.items())
    for k, (p, i) in enumerate(slots):
        for q, j in slots[k + 1 :]:
            if q - p > _FAR:
                break
            reach = _reach(scene.mentions[i].cls, scene.mentions[j].cls)
            if q - p <= reach and scene.group[i] != scene.group[j]:
                rows.append((i, j, p, q))
    return rows


def _speaker(scene: Scene, line: Line, after: Line | None) -> list[tuple[str, int]]:
    """Who says the sentence, where it ends a quotation and the next one opens with its speaker."""
    if after is None or not scene.text.endswith(("”", '"'), 0, scene.sentences[line.sentence].end):
        return []
    first = [after.strip.at[p] for p in sorted(after.strip.at)[:2]]
    return [("speaker", i) for i in first] if speech().search(after.strip.text[:40]) else []
