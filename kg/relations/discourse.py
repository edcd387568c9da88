"""Yields :class:`Discourse`: what a page is talking about at each point, so that what Chinese leaves out is found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from kg.lexicon import table
from kg.relations.anaphora import Kind, likeliest
from kg.relations.grammar import JOINING, SLOTS
from kg.relations.scene import Scene
from kg.relations.strips import Strip

_LEAD = 4
"""How many sentences, the title among them, are the top of a page."""
TOPICS = 2
"""Of how many things a sentence may speak without naming them, beside the page's main names and events."""
_ABOUT = 3.0
"""What a mention adds to a thing's salience where its sentence is about it; elsewhere it adds 1."""
_DECAY, _FORGOTTEN = 0.5, 0.05
"""What is left of salience with the next sentence, and the least that counts: S. Lappin and H. Leass, *An algorithm for
pronominal anaphora resolution*, Computational Linguistics 20, 1994."""
_SUBJECT = re.compile(f"[{SLOTS}]")
_GOVERNED = 10
"""How many characters before a name are looked at for what governs it."""


class Discourse:
    """The names spoken of so far; fed sentence by sentence."""

    def __init__(self, scene: Scene, topics: int = TOPICS) -> None:
        """Start at the top of the page, to tell so many topics of each sentence."""
        self._scene = scene
        self._count = topics
        self._subjects: list[tuple[int, int]] = []
        self._salience: dict[int, float] = {}
        self._latest: dict[int, int] = {}
        self._block = -1
        self._sentence = 0
        self._lead = scene.sentences[:_LEAD][-1].end if scene.sentences else 0
        self._main = _main(scene, self._lead)
        self._events = _events(scene)
        self._before: list[int] = []
        self._headed: dict[str, int] = {}
        self._employers: dict[int, list[int]] = {}

    def enter(self, sentence: int) -> None:
        """Begin a sentence."""
        self._sentence = sentence
        if self._scene.block[sentence] != self._block:
            self._block = self._scene.block[sentence]
            if self._scene.text.startswith("【", self._block):
                self._subjects = []

    def employ(self, person: int, body: int) -> None:
        """Remember where somebody works: his 公司 is that one."""
        self._employers.setdefault(self._scene.group[person], []).append(body)

    def employer(self, person: int, classes: tuple[str, ...]) -> int | None:
        """Where a speaker works, if that is of one of these classes."""
        bodies = self._employers.get(self._scene.group[person], ())
        return next((body for body in reversed(bodies) if self._scene.mentions[body].cls in classes), None)

    def leave(self, strip: Strip, governed: set[int]) -> None:
        """Finish a sentence: remember its names and its subjects, which none of the governed ones is."""
        about = subjects(strip, governed)
        self._before = [strip.at[position] for position in sorted(strip.at)]
        self._subjects += [(self._sentence, strip.at[position]) for position in about]
        self._salience = {group: value * _DECAY for group, value in self._salience.items() if value > _FORGOTTEN}
        for position, index in strip.at.items():
            group = self._scene.group[index]
            self._salience[group] = self._salience.get(group, 0.0) + (_ABOUT if position in about else 1.0)
            self._latest[group] = index
            if position not in strip.implied:
                self._headed.update(dict.fromkeys(self._scene.mentions[index].heads, index))

    def antecedent(self, kind: Kind) -> int | None:
        """The mention that a word of this kind stands for, None where there is none in reach."""
        found = likeliest(self._scene, self._salient(), kind)
        found = found or [self._main[name] for name in kind.classes if name in self._main]
        return found[0] if found else None

    @property
    def headed(self) -> Mapping[str, int]:
        """By the last words of names the latest mention of a name that ends in them."""
        return self._headed

    def latest(self) -> list[int]:
        """The mentions of the sentence before, in order."""
        return self._before

    def _salient(self) -> list[int]:
        """The last mention of each thing, that first which is most on the reader's mind."""
        groups = sorted(self._salience, key=lambda group: (-self._salience[group], -self._latest[group]))
        return [self._latest[group] for group in groups]

    def subject(self, classes: frozenset[str]) -> int | None:
        """The last subject of one of these classes, no further back than two sentences."""
        for sentence, index in reversed(self._subjects):
            if self._sentence - sentence > 2:
                return None
            if self._scene.mentions[index].cls in classes:
                return index
        return None

    def topics(self) -> tuple[tuple[str, int], ...]:
        """What may be spoken of unnamed, and why: what is most on the reader's mind, main names, events."""
        group = self._scene.group
        found = {group[index]: (f"topic{rank}", index) for rank, index in enumerate(self._salient()[: self._count])}
        start, end = self._scene.sentences[self._sentence]
        for index in self._main.values():
            if self._scene.mentions[index].start < start:
                found.setdefault(group[index], ("main", index))
        for index in self._events:
            if self._scene.mentions[index].start < end:
                leading = self._scene.mentions[index].start < self._lead
                found.setdefault(group[index], ("event" if leading else "event in passing", index))
        return tuple(found.values())


def subjects(strip: Strip, governed: set[int]) -> list[int]:
    """Positions in the strip of what its clauses are about: the last first of all, so that it is found last."""
    rows: list[int] = []
    for match in _SUBJECT.finditer(strip.text):
        start = match.start()
        if _agent().match(strip.text, start):
            continue
        if not start or strip.text[start - 1] in "，；：。" or (start < 12 and start not in governed):
            rows.append(start)
    if not rows and strip.at:
        rows.append(min(strip.at))
    return rows[::-1]


def objects(strip: Strip) -> set[int]:
    """Positions in the strip of names that a preposition or verb governs, with all that is enumerated there."""
    found: set[int] = set()
    for position in sorted(strip.at):
        listed = strip.text[position - 1 : position] in JOINING and position - 2 in found
        if listed or _oblique().search(strip.text, max(0, position - _GOVERNED), position):
            found.add(position)
    return found


@cache
def _agent() -> re.Pattern[str]:
    """An enumeration of names that a verb of ``agents.yml`` follows."""
    words = table("relations/agents.yml", tuple[str, ...])
    return re.compile(f"[{SLOTS}](?:[、和及与]?[{SLOTS}])*[^，。{SLOTS}]{{0,4}}(?:{'|'.join(words)})")


@cache
def _oblique() -> re.Pattern[str]:
    words = table("relations/oblique.yml", tuple[str, ...])
    return re.compile(f"(?:{'|'.join(words)})[^，。；：{SLOTS}]{{0,6}}$")


def _main(scene: Scene, lead: int) -> dict[str, int]:
    """By class what the page is about: named at its top and often, twice as often as the next."""
    counts: dict[str, list[tuple[int, int]]] = {}
    for group, count in Counter(scene.group).items():
        counts.setdefault(scene.mentions[group].cls, []).append((-count, group))
    best: dict[str, int] = {}
    for cls, rows in counts.items():
        first, second = (*sorted(rows), (0, 0))[:2]
        if first[0] <= -3 and first[0] <= 2 * second[0] and scene.mentions[first[1]].start < lead:
            best[cls] = first[1]
    return best


def _events(scene: Scene) -> tuple[int, ...]:
    """The page's events where it has no more than two: what is said may be said there."""
    groups = sorted({g for g in scene.group if scene.mentions[g].cls == "Event"})
    return tuple(groups) if len(groups) <= 2 else ()
