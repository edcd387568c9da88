"""Yields the findings of the constructions of ``kg/data/relations/`` in a strip."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from kg.lexicon import table
from kg.relations.discourse import Discourse
from kg.relations.findings import Finding
from kg.relations.grammar import SLOT, SLOTS, Construction, Pattern, classes, constructions, joins
from kg.relations.scene import Scene
from kg.relations.status import status_at
from kg.relations.strips import Strip, Tape
from kg.words import Words

_OPENING = 16
"""Longest text before the first name of a clause that leaves out its subject."""
_SPEAKERS = classes("person")
_ATTRIBUTE = re.compile(f"[{SLOTS}](?:(?:[、和及与][{SLOTS}])*[^{SLOTS}]{{1,12}})?的(?!{SLOT['Place']})[{SLOTS}]")
"""A clause opens with what belongs to its own subject, or to a name in it: 主攻X的Y, 位于X的Y."""
_CLAUSE = re.compile("[^，；：]+")


@dataclass(frozen=True, slots=True)
class Founding:
    """``founding.yml``."""

    verbs: tuple[str, ...]
    continuing: tuple[str, ...]


class Spotted(NamedTuple):
    """What a text holds of the words of constructions."""

    stops: tuple[int, ...]
    """Where each word ends, in order."""
    numbers: tuple[int, ...]
    """The construction that it is a word of; a word of several is there several times."""
    words: frozenset[str]
    """The words, and others that patterns need."""

    def between(self, start: int, stop: int) -> tuple[int, ...]:
        """Numbers of the constructions whose words end behind ``start`` and not behind ``stop``."""
        return self.numbers[bisect_right(self.stops, start) : bisect_right(self.stops, stop)]


def find(scene: Scene, sentence: int, strip: Strip, seen: Spotted) -> Iterator[Finding]:
    """Findings of all constructions whose words stand in the strip, in the order of the grammar.

    Args:
        scene: the page.
        sentence: the one that is read.
        strip: of the sentence, perhaps with left-out subjects put in.
        seen: the words of the sentence; they are the same whatever subjects are put in between clauses.
    """
    if len(strip.at) < 2:
        return
    possible = _possible(frozenset([scene.mentions[index].cls for index in strip.at.values()]))
    for number in sorted(possible.keys() & set(seen.numbers)):
        for pattern in possible[number]:
            if not any(map(seen.words.isdisjoint, pattern.needs)):
                for match in pattern.expression.finditer(strip.text):
                    yield from _findings(scene, sentence, strip, constructions()[number], match)


@lru_cache(maxsize=1 << 12)
def _possible(here: frozenset[str]) -> dict[int, tuple[Pattern, ...]]:
    """By number the constructions that may join names of these classes: forms with the words that they still need."""
    return {
        number: forms
        for number, construction in enumerate(constructions())
        if not (here.isdisjoint(construction.heads) or here.isdisjoint(construction.tails))
        if (forms := tuple(form for pattern in construction.patterns if (form := _among(pattern, here))))
    }


def _among(pattern: Pattern, here: frozenset[str]) -> Pattern | None:
    """A pattern with what it needs besides names of these classes, None where it needs others."""
    slots = {SLOT[cls] for cls in here}
    words = tuple(need.difference(SLOT.values()) for need in pattern.needs if slots.isdisjoint(need))
    return Pattern(pattern.expression, words) if all(words) else None


@lru_cache(maxsize=256)
def spotted(text: str) -> Spotted:
    """The words of constructions in a text; kept for the texts of a page, as each is asked about several times."""
    known = _words().values
    found = [(end, known[number]) for number, _, end in _words().places(text)]
    return Spotted(
        tuple([end for end, (_, numbers) in found for _ in numbers]),
        tuple([number for _, (_, numbers) in found for number in numbers]),
        frozenset([word for _, (word, _) in found]),
    )


def with_subjects(
    scene: Scene, strip: Strip, governed: set[int], discourse: Discourse
) -> tuple[Strip | None, dict[int, int]]:
    """The strip with the subject put in where a clause leaves it out, None where none does.

    Args:
        scene: the page.
        strip: of the sentence.
        governed: positions of the names that no clause is about, see :func:`kg.relations.discourse.objects`.
        discourse: what was spoken of before.

    Returns:
        The strip; and for every name of a clause that leaves out its subject, by position, the mention left out.
    """
    told: dict[int, int] = {}
    seen = spotted(strip.text)
    if not seen.stops:
        return None, told
    text, named = strip.text, sorted(strip.at)
    tape, last, is_filled = Tape(), 0, False
    spoken: list[int] = []
    for clause in _CLAUSE.finditer(text):
        start, end = clause.span()
        positions = named[bisect_left(named, start) : bisect_left(named, end)]
        wanted = _wanted(scene, strip, seen, (start, end, positions[0] if positions else end))
        own = next((i for i in reversed(spoken) if scene.mentions[i].cls in wanted), None) if wanted else None
        subject = discourse.subject(wanted) if own is None and wanted else own
        if subject is not None:
            tape.copy(strip, last, start)
            tape.imply(scene, [subject])
            last, is_filled = start, True
            told.update(dict.fromkeys(positions, subject))
        free = [p for p in positions if p not in governed]
        if speech().search(text, max(start, end - 4), end):  # who speaks is not what is spoken of
            spoken = [strip.at[p] for p in free[:1] if scene.mentions[strip.at[p]].cls not in _SPEAKERS]
        else:
            spoken = spoken + _subjects(strip, (start, end), positions[-1:], free)
    if not is_filled:
        return None, told
    tape.copy(strip, last, len(text))
    return tape.strip(), told


def _subjects(strip: Strip, clause: tuple[int, int], last: list[int], free: list[int]) -> list[int]:
    """What a clause gives the next one to be about, the likeliest last.

    That is what it is about itself, what its attribute leads to (位于X的Y), and what it sets up, where the next clause
    does not go on with who did so.

    Args:
        strip: of the sentence.
        clause: its start and end.
        last: position of its last name, if it has any.
        free: positions of its names that nothing governs.
    """
    (start, end), text, found = clause, strip.text, free[:1]
    if last == [end - 1]:
        if text[end - 2 : end - 1] == "的" and free[-1:] == last:
            found += last
        rules = _founding()
        if rules.ahead.search(text, start, end) and not rules.next.match(text, end):
            found += last
    return [strip.at[p] for p in found]


def _wanted(scene: Scene, strip: Strip, seen: Spotted, clause: tuple[int, int, int]) -> frozenset[str]:
    """The classes one of which the left-out subject of a clause has; none where it leaves out none.

    Args:
        scene: the page.
        strip: of the sentence.
        seen: its words.
        clause: its start, its end, and where its first name stands, else its end.
    """
    start, end, stop = clause
    if not 0 < stop - start <= _OPENING:
        return frozenset()
    wanted = _heads(seen.between(start, stop)) or _heads(seen.between(stop, end))
    attribute = _ATTRIBUTE.match(strip.text, stop, end) if wanted else None
    has_own = attribute and scene.mentions[strip.at[attribute.end() - 1]].cls in wanted
    return frozenset() if has_own else wanted


@lru_cache(maxsize=1 << 12)
def _heads(numbers: tuple[int, ...]) -> frozenset[str]:
    """The classes that may be the subject of a clause that has words of these constructions."""
    return frozenset().union(*(constructions()[number].heads for number in numbers))


@cache
def speech() -> re.Pattern[str]:
    """Verbs that introduce what somebody says."""
    return re.compile(f"(?:{'|'.join(table('relations/speech.yml', tuple[str, ...]))})")


class _Founding(NamedTuple):
    """``founding.yml`` compiled."""

    ahead: re.Pattern[str]
    next: re.Pattern[str]


@cache
def _founding() -> _Founding:
    words = table("relations/founding.yml", Founding)
    ahead = re.compile(f"(?:{'|'.join(words.verbs)})[^，。；于在{SLOTS}]{{0,14}}[{SLOTS}]$")
    return _Founding(ahead, re.compile(f"，(?:{'|'.join(words.continuing)})"))


@cache
def _words() -> Words[tuple[str, tuple[int, ...]]]:
    """All words of constructions with the numbers of these; with none what only a pattern needs."""
    words: dict[str, list[int]] = {}
    for number, construction in enumerate(constructions()):
        for word in construction.words:
            words.setdefault(word, []).append(number)
        for pattern in construction.patterns:
            for word in chain.from_iterable(pattern.needs):
                if len(word) > 1:
                    words.setdefault(word, [])
    return Words({word: (word, tuple(numbers)) for word, numbers in words.items()}, overlapping=True)


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
