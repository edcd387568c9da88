"""Proposals in the shape of names: no blanks at their ends, no beginnings of longer names, no two names in one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from kg.lexicon import table
from kg.mentions.gazetteer import becomes_firm
from kg.model import Proposal


def shaped(text: str, proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """The proposals, trimmed and parted; those that stop within a longer name are left out.

    Args:
        text: the page.
        proposals: in any order, which is kept.
    """
    for proposal in proposals:
        start, end = _trimmed(text, proposal)
        if start < end and not (proposal.cls in _HOUSES and becomes_firm(text, start, end)):
            for one, two in _parted(text, start, end) if proposal.source != "lexicon" else ((start, end),):
                yield (
                    proposal if (one, two) == (proposal.start, proposal.end) else replace(proposal, start=one, end=two)
                )


_HOUSES = frozenset({"Company", "Institute", "Park", "Organization", "GovernmentBody"})


def _trimmed(text: str, proposal: Proposal) -> tuple[int, int]:
    """The stretch without blanks at its ends, without a bracket that it does not close, and behind a verb of posts."""
    name = whole = text[proposal.start : proposal.end]
    if "任" in name and proposal.cls in _HOUSES and (verb := _behind("appointed").match(name)):
        return proposal.start + verb.end(), proposal.end
    if proposal.cls == "Event" and (verb := _behind("attended").match(name)):
        return proposal.start + verb.end(), proposal.end
    if proposal.cls in _HOUSES and _visits().search(name) and (visited := _visited().match(name)):
        return proposal.start, proposal.start + visited.end("ground")
    if "（" in name or "(" in name:
        name = _UNCLOSED.sub("", name)
    if half := _HALF_QUOTED.match(name):
        return proposal.start + half.start(half.lastgroup or 0), proposal.start + half.end(half.lastgroup or 0)
    if name == whole and name.strip() == name:
        return proposal.start, proposal.end
    return proposal.start + len(name) - len(name.lstrip()), proposal.start + len(name.rstrip())


_UNCLOSED = re.compile(r"(?<=.)[(（][^)）]*$", re.DOTALL)
_HALF_QUOTED = re.compile("[“「『](?P<inside>[^“”「」『』]{2,})$|(?P<before>[^“”「」『』]{2,})[”」』]")
"""What stands inside a quotation that goes on behind the stretch, or at the end of one that began before it:
“|工业互联网大会, 星火谷|”创新港."""


def _parted(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The stretches of the names in a stretch: two where a last word stands at the end and before a joint."""
    match = _two().fullmatch(text, start, end) if text.endswith(_last(), start, end) else None
    if match is None:
        return ((start, end),)
    one, two = next(pair for pair in _PAIRS if match[pair[0]])
    return match.span(one), match.span(two)


_PAIRS = (("one", "two"), ("first", "second"), ("ground", "other"))
"""Groups of the pattern that hold the two names."""


def _lists() -> dict[str, tuple[str, ...]]:
    return table("mentions/shapes.yml", dict[str, tuple[str, ...]])


@cache
def _behind(verbs: str) -> re.Pattern[str]:
    """Up to the last verb of a list: 朱某曾任|管委会, 在京出席|民营企业座谈会."""
    return re.compile(f".*(?:{'|'.join(_lists()[verbs])})(?=..)")


@cache
def _visits() -> re.Pattern[str]:
    """What somebody does at a ground; few names hold such words, and this is sooner seen."""
    return re.compile("|".join(_lists()["visited"]))


@cache
def _visited() -> re.Pattern[str]:
    """A ground and what somebody does there: 苏州工业园|了解园区."""
    rows = _lists()
    return re.compile(f"(?P<ground>.{{2,}}?(?:{'|'.join(rows['grounds'])}))(?:{'|'.join(rows['visited'])})")


@cache
def _last() -> tuple[str, ...]:
    """Last words of a stretch that may hold two names."""
    rows = _lists()
    return (*rows["last"], *rows["grounds"], *rows["legal"])


@cache
def _two() -> re.Pattern[str]:
    """A计划|和|B计划; A有限公司|B有限公司; A开发区|和|B社区."""
    rows = _lists()
    last = "|".join(map(re.escape, sorted(rows["last"], key=len, reverse=True)))
    legal = "|".join(map(re.escape, rows["legal"]))
    ground = "|".join(map(re.escape, rows["grounds"]))
    return re.compile(
        rf"(?P<one>.{{2,}}?(?:{legal}))(?P<two>.{{2,}}(?:{legal}))"
        rf"|(?P<first>.{{2,}}?(?P<last>{last}))[和与及、](?P<second>.{{2,}}(?P=last))"
        rf"|(?P<ground>.{{3,}}?(?:{ground}))[和与及、](?P<other>.{{3,}}(?:{ground}))",
        re.DOTALL,
    )
