"""Yields the findings of the constructions of ``kg/data/relations/`` in a strip."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import ahocorasick

from kg.lexicon import table
from kg.relations.discourse import Discourse
from kg.relations.findings import Finding
from kg.relations.grammar import Construction, classes, constructions, joins
from kg.relations.scene import Scene
from kg.relations.status import status_at
from kg.relations.strips import Strip, Tape

_OPENING = 16
"""Longest text before the first name of a clause that leaves out its subject."""
_SPEAKERS = classes("person")
_CLAUSE = re.compile("[^，；：]+")


def find(scene: Scene, sentence: int, strip: Strip) -> Iterator[Finding]:
    """Findings of all constructions whose words stand in the strip, in the order of the grammar."""
    if len(strip.at) < 2:
        return
    here = {scene.mentions[index].cls for index in strip.at.values()}
    for number in sorted({number for _, number in hits(strip.text)}):
        construction = constructions()[number]
        if here.isdisjoint(construction.heads) or here.isdisjoint(construction.tails):
            continue
        for pattern in construction.patterns:
            for match in pattern.finditer(strip.text):
                yield from _findings(scene, sentence, strip, construction, match)


@lru_cache(maxsize=8)
def hits(text: str) -> tuple[tuple[int, int], ...]:
    """Where the words of constructions end in the text, each with the number of its construction.

    Kept for a few texts: each strip is asked about several times.
    """
    return tuple((end + 1, number) for end, numbers in _automaton().iter(text) for number in numbers)


def words(text: str) -> list[tuple[int, str]]:
    """The same with the constructions' names."""
    return [(end, constructions()[number].name) for end, number in hits(text)]


def with_subjects(scene: Scene, strip: Strip, discourse: Discourse) -> Strip | None:
    """The strip with the subject put in where a clause leaves it out; None where none does."""
    if not hits(strip.text):
        return None
    tape, last = Tape(), 0
    spoken: list[int] = []
    for clause in _CLAUSE.finditer(strip.text):
        positions = [p for p in sorted(strip.at) if clause.start() <= p < clause.end()]
        subject = _missing(scene, clause, positions, spoken, discourse)
        if subject is not None:
            tape.copy(strip, last, clause.start())
            tape.imply(scene, subject)
            last = clause.start()
        spoken = _spoken(scene, strip, clause, positions, spoken)
    if not last and not tape.strip().text:
        return None
    tape.copy(strip, last, len(strip.text))
    return tape.strip()


def _spoken(scene: Scene, strip: Strip, clause: re.Match[str], positions: list[int], before: list[int]) -> list[int]:
    """What the next clause may be about, the likeliest last: who speaks is not what is spoken of."""
    if speech().search(clause[0][-4:]):
        return [strip.at[p] for p in positions[:1] if scene.mentions[strip.at[p]].cls not in _SPEAKERS]
    closing = [p for p in positions if p == clause.end() - 1 and strip.text[p - 1 : p] == "的"]
    return before + [strip.at[p] for p in (*positions[:1], *closing)]


def _missing(
    scene: Scene, clause: re.Match[str], positions: list[int], spoken: list[int], discourse: Discourse
) -> int | None:
    """The mention that a clause leaves out as its subject."""
    start, stop = clause.start(), positions[0] if positions else clause.end()
    if not 0 < stop - start <= _OPENING:
        return None
    wanted = _heads(clause.string, start, stop) or _heads(clause.string, stop, clause.end())
    if not wanted:
        return None
    own = next((i for i in reversed(spoken) if scene.mentions[i].cls in wanted), None)
    return own if own is not None else discourse.subject(wanted)


def _heads(text: str, start: int, stop: int) -> frozenset[str]:
    """The classes that may be the subject of a clause that has a construction's word in this part."""
    found = {number for end, number in hits(text) if start < end <= stop}
    return frozenset().union(*(constructions()[number].heads for number in found))


@cache
def speech() -> re.Pattern[str]:
    """Verbs that introduce what somebody says."""
    return re.compile(f"(?:{'|'.join(table('relations/speech.yml', tuple[str, ...]))})")


@cache
def _automaton() -> ahocorasick.Automaton:
    words: dict[str, list[int]] = {}
    for number, construction in enumerate(constructions()):
        for word in construction.words:
            words.setdefault(word, []).append(number)
    automaton = ahocorasick.Automaton()
    for word, numbers in words.items():
        automaton.add_word(word, tuple(numbers))
    automaton.make_automaton()
    return automaton


def _findings(
    scene: Scene, sentence: int, strip: Strip, construction: Construction, match: re.Match[str]
) -> Iterator[Finding]:
    groups = match.re.groupindex
    heads = [i for name in ("head", "head2", "head3") if name in groups for i in items(strip, match, name)]
    tails = [i for name in ("tail", "tail2") if name in groups for i in items(strip, match, name)]
    allowed = joins(construction.type)
    status = status_at(strip.text, match.start(), match.end())
    role = match["role"] if "role" in groups else ""
    for head in heads:
        for tail in tails:
            pair = (strip.at[head], strip.at[tail])
            if scene.group[pair[0]] == scene.group[pair[1]]:
                continue
            if (scene.mentions[pair[0]].cls, scene.mentions[pair[1]].cls) in allowed:
                mark = "~" if {head, tail} & strip.implied else ""
                yield Finding(pair[0], construction.type, pair[1], sentence, construction.name + mark, status, role)


def items(strip: Strip, match: re.Match[str], group: str) -> list[int]:
    """Positions of the names that a group of a match enumerates; a place that only qualifies the next is left out."""
    start, end = match.span(group)
    return [p for p in range(start, end) if p in strip.at and not (p + 1 < end and p + 1 in strip.at)]
