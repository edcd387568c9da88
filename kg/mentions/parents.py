"""The organisation that a longer name contains as its parent: 复旦大学 in 复旦大学工程与应用技术研究院."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kg.lexicon import table
from kg.mentions.arbitration import Verdict
from kg.model import Proposal


@dataclass(frozen=True, slots=True)
class Parents:
    """The file ``data/mentions/parents.yml``."""

    houses: tuple[str, ...]
    """Classes that can be parents, and have them."""
    branches: tuple[str, ...]
    """Last words of a firm's parts."""
    sure: float
    """A proposal with a lower score makes no parent."""


def by_start(proposals: Iterable[Proposal]) -> Mapping[int, list[Proposal]]:
    """The proposals that a parent can be among, by where they start."""
    found: dict[int, list[Proposal]] = defaultdict(list)
    houses, sure = _table().houses, _table().sure
    for proposal in proposals:
        if proposal.cls in houses and proposal.score >= sure:
            found[proposal.start].append(proposal)
    return found


def parent(text: str, verdict: Verdict, proposals: Mapping[int, list[Proposal]]) -> str:
    """Name of the organisation at the beginning of the name, the longest there is; empty where there is none."""
    name = text[verdict.start : verdict.end]
    if verdict.cls not in _table().houses or (verdict.cls == "Company" and not name.endswith(_table().branches)):
        return ""
    ends = [p.end for p in proposals.get(verdict.start, ()) if p.end <= verdict.end - 2]
    return text[verdict.start : max(ends)] if ends else ""


@cache
def _table() -> Parents:
    return table("mentions/parents.yml", Parents)
