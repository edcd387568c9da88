"""Facts and figures without those that others say better or contradict.

What a relation allows is the ontology's: classes at its two ends, and whether it can hold both ways.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from kg.model import Entity, Fact, Figure
from kg.resolution.evidence import ordered, together
from kg.resolution.geography import Entries, may_lie_in
from kg.vocabulary import vocabulary

_Said = TypeVar("_Said", Fact, Figure)


def consistent(facts: Iterable[Fact], entities: Mapping[str, Entity], entries: Entries) -> tuple[Fact, ...]:
    """The facts that can hold together, in their order.

    A vague fact goes into the precise one that repeats it; ends of classes that the relation does not take, and
    places where the curated lists say they cannot be, are left out; of asymmetric facts that lead in a circle the
    least sure is left out.

    Args:
        facts: about ``entities``.
        entities: by id.
        entries: the curated lists.
    """
    possible = [fact for fact in _absorbed(facts) if _fits(fact, entities[fact.head], entities[fact.tail], entries)]
    circular = _circular(possible)
    return tuple(fact for fact in possible if fact not in circular)


def _fits(fact: Fact, head: Entity, tail: Entity, entries: Entries) -> bool:
    if not vocabulary().allows(fact.type, head.cls, tail.cls):
        return False
    if fact.type != "locatedIn":
        return True
    return (head.cls, tail.cls) != ("District", "Park") and may_lie_in(head.entry, tail.entry, entries)


def _absorbed(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Facts that say no role or time go into the surest fact of the same two things that says one."""
    groups: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[fact.head, fact.type, fact.tail, fact.status].append(fact)
    return tuple(
        sorted(
            (fact for group in groups.values() for fact in _precise(group)),
            key=lambda f: (f.head, f.type, f.tail, f.role, f.start, f.end, f.status),
        )
    )


def _precise(group: Sequence[Fact]) -> list[Fact]:
    """The facts of a group, the vaguer ones gone into the others."""
    kept: list[Fact] = []
    for fact in sorted(group, key=lambda f: (-_told(f), -f.confidence, f.role, f.start, f.end)):
        target = next((i for i, other in enumerate(kept) if _says_more(other, fact)), None)
        if target is None:
            kept.append(fact)
        else:
            kept[target] = _with(kept[target], fact)
    return kept


def _told(fact: Fact) -> int:
    return sum(map(bool, (fact.role, fact.start, fact.end)))


def _says_more(fact: Fact, vague: Fact) -> bool:
    pairs = ((fact.role, vague.role), (fact.start, vague.start), (fact.end, vague.end))
    return all(other in ("", mine) for mine, other in pairs)


def _with(kept: _Said, other: _Said) -> _Said:
    """One of two facts, or figures, with the evidence of both."""
    evidence = ordered((*kept.evidence, *other.evidence))
    return replace(kept, evidence=evidence, confidence=together(evidence), as_of=max(kept.as_of, other.as_of))


def _circular(facts: Iterable[Fact]) -> frozenset[Fact]:
    """Asserted facts of asymmetric relations that close a circle of surer ones."""
    ahead: dict[tuple[str, str], set[str]] = defaultdict(set)
    found = set()
    for fact in sorted(facts, key=lambda f: (-f.confidence, -len(f.evidence), f.head, f.tail)):
        if fact.status == "asserted" and vocabulary().require_relation(fact.type).asymmetric:
            if _leads(ahead, fact.type, fact.tail, fact.head):
                found.add(fact)
            else:
                ahead[fact.type, fact.head].add(fact.tail)
    return frozenset(found)


def _leads(ahead: Mapping[tuple[str, str], set[str]], relation: str, start: str, goal: str) -> bool:
    """Whether facts of one relation lead from one thing to another."""
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        new = ahead.get((relation, here), set()) - seen
        seen |= new
        waiting += new
    return False


def united(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Figures with those joined that differ only in how fully they say the measure (企业, 科技企业) or the time."""
    groups: dict[tuple[str, float, str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[figure.subject, figure.value, figure.unit, figure.bound].append(figure)
    joined = (figure for group in groups.values() for figure in _fullest(group))
    return tuple(sorted(joined, key=lambda f: (f.subject, f.measure, f.time, f.value, f.unit, f.bound)))


def _fullest(group: Sequence[Figure]) -> list[Figure]:
    kept: list[Figure] = []
    for figure in sorted(group, key=lambda f: (not f.time, -len(f.evidence), -len(f.measure), f.measure, f.time)):
        target = next((i for i, other in enumerate(kept) if _is_variant(other, figure)), None)
        if target is None:
            kept.append(figure)
        else:
            kept[target] = _with(kept[target], figure)
    return kept


def _is_variant(full: Figure, figure: Figure) -> bool:
    if figure.time not in ("", full.time):
        return False
    short, long = sorted((full.measure, figure.measure), key=len)
    return long.startswith(short) or long.endswith(short)
