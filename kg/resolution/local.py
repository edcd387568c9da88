"""The entities of one document: mentions joined by name, curated entry, text clue and correction.

A *local* is what one page says of one thing; :mod:`kg.resolution.across` joins locals of many pages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from types import MappingProxyType
from typing import NamedTuple

from kg.model import Appearance, Extraction, Mention, Merge
from kg.names import FAMILIES, Form, fold
from kg.names.events import edition_agrees
from kg.names.titles import series
from kg.resolution.corrections import Corrections
from kg.resolution.links import Group, links, partings
from kg.resolution.within import join_groups

ProposalCount = tuple[str, str, str, int]
"""Source, class, reason, and how often; see :attr:`kg.model.Entity.proposals`."""


@dataclass(frozen=True, slots=True)
class Local:
    """One thing, as one document names it."""

    document: str
    cls: str
    entry: str
    """Key of the curated entry, or empty."""
    parent: str
    forms: tuple[tuple[Form, int], ...]
    """Names with the class they were read as, and their counts, the most telling first."""
    printed: tuple[tuple[str, int], ...]
    """Forms as printed where they differ from the names, with counts."""
    appearances: tuple[Appearance, ...]
    merges: tuple[Merge, ...]
    proposals: tuple[ProposalCount, ...]
    """The most frequent first."""

    @property
    def anchor(self) -> Form:
        """The fullest form."""
        return self.forms[0][0]


class Reading(NamedTuple):
    """The locals of a document, and which local each mention became."""

    locals: tuple[Local, ...]
    of_mention: tuple[int | None, ...]
    """Index into ``locals`` by mention; None for a banned name."""
    apart: tuple[tuple[int, int], ...] = ()
    """Pairs of locals that the page holds apart."""


def read_document(
    extraction: Extraction, corrections: Corrections, series_entries: Mapping[str, str] = MappingProxyType({})
) -> Reading:
    """Join the mentions of one document.

    Args:
        extraction: the document.
        corrections: the user's word.
        series_entries: curated events by the name of their series (:func:`kg.names.titles.series`).

    Returns:
        Locals in the order of their first mention.
    """
    mentions = [corrections.applied(mention, extraction.document.id) for mention in extraction.mentions]
    groups = _with_series(_groups(mentions), series_entries)
    at = {index: g for g, group in enumerate(groups) for index in group.mentions}
    apart = partings(groups, at, extraction, corrections)
    joined = join_groups(groups, links(groups, at, extraction, corrections), apart)
    number_of = {group: number for number, members in enumerate(joined.sets) for group in members}
    of_mention = tuple(number_of[at[index]] if index in at else None for index in range(len(mentions)))
    locals_ = tuple(
        _local(
            extraction.document.id,
            [groups[number] for number in members],
            mentions,
            [merge for number in members for merge in joined.merges.get(number, ())],
        )
        for members in joined.sets
    )
    held = {(a, b) for pair in apart.page for a, b in permutations(number_of[group] for group in pair) if a < b}
    return Reading(locals_, of_mention, tuple(sorted(held)))


def _groups(mentions: list[Mention | None]) -> list[Group]:
    by_name: dict[str, list[int]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        if mention and (folded := fold(mention.name)):
            by_name[folded].append(index)
    return [_group(indices, mentions) for indices in by_name.values()]


def _with_series(groups: list[Group], series_entries: Mapping[str, str]) -> list[Group]:
    """Editions of a curated event (第七届进博会) under its entry, unless the page tells two editions apart."""
    listed = {
        index: entry
        for index, group in enumerate(groups)
        if group.form.cls == "Event" and not group.entry and (entry := series_entries.get(series(group.form.name)))
    }
    return [
        replace(group, entry=listed[index]) if index in listed and _one_edition(groups, listed, index) else group
        for index, group in enumerate(groups)
    ]


def _one_edition(groups: list[Group], listed: Mapping[int, str], index: int) -> bool:
    name = groups[index].form.name
    return all(
        edition_agrees(name, groups[other].form.name) for other, entry in listed.items() if entry == listed[index]
    )


def _group(indices: list[int], mentions: list[Mention | None]) -> Group:
    found = [mention for i in indices if (mention := mentions[i])]
    form = Form(_usual([m.name for m in found]), _voted(found))
    entry = _usual([entry for m in found if (entry := _entry(m))])
    return Group(form, indices, entry, {fold(m.parent) for m in found if m.parent})


def _entry(mention: Mention) -> str:
    """The curated entry of the first proposal for the whole name as a thing of this family; the winner stands first."""
    family = FAMILIES.get(mention.cls, mention.cls)
    for proposal in mention.proposals:
        whole = (proposal.start, proposal.end) == (mention.start, mention.end)
        if proposal.entry and whole and FAMILIES.get(proposal.cls, proposal.cls) == family:
            return proposal.entry
    return ""


def _voted(mentions: Sequence[Mention]) -> str:
    """The class with the highest sum of scores, in hundredths, over the mentions that were read as it."""
    votes: dict[str, int] = dict.fromkeys([mention.cls for mention in mentions], 0)
    for mention in mentions if len(votes) > 1 else ():
        votes[mention.cls] += max(1, round(mention.score * 100))
    return _most(votes)


def _usual(values: Sequence[str]) -> str:
    """The most frequent value."""
    return _most(Counter(values)) if len(values) > 1 else "".join(values)


def _most(counts: Mapping[str, int]) -> str:
    """The key with the highest count, of equals the first by text; empty where there is none."""
    if len(counts) < 2:
        return next(iter(counts), "")
    return min(counts, key=lambda key: (-counts[key], key))


def _local(document: str, groups: list[Group], mentions: list[Mention | None], merges: list[Merge]) -> Local:
    found = [m for g in groups for i in g.mentions if (m := mentions[i])]
    found.sort(key=lambda m: m.start)
    forms = sorted(((g.form, len(g.mentions)) for g in groups), key=lambda pair: _fullness(pair[0], pair[1]))
    return Local(
        document=document,
        cls=_voted_class(found),
        entry=_listed_as(groups, forms[0][0]),
        parent=_usual([m.parent for m in found if m.parent]),
        forms=tuple(forms),
        printed=_printed(found),
        appearances=tuple(Appearance(document, m.spans, m.form or m.name) for m in found),
        merges=tuple(merges),
        proposals=count_proposals((p.source, p.cls, p.reason, 1) for m in found for p in m.proposals),
    )


def _listed_as(groups: list[Group], anchor: Form) -> str:
    """The curated entry of most groups.

    A short form that the lists hold for a thing of another class (国联中心, a park) says nothing where the page's
    fuller name is not listed.
    """
    fullest = next(group for group in groups if group.form == anchor)
    return _usual([g.entry for g in groups if g.entry and (fullest.entry or g.form.cls == anchor.cls)])


def _voted_class(mentions: list[Mention]) -> str:
    """The class with the highest score over all mentions; a person with a public post is an Official."""
    best = _voted(mentions)
    return "Official" if best == "Person" and any(m.cls == "Official" for m in mentions) else best


def _fullness(form: Form, count: int) -> tuple[int, int, str]:
    """Order of forms: the longest, then the most frequent, then by text."""
    return (-len(form.folded), -count, form.name)


def _printed(mentions: list[Mention]) -> tuple[tuple[str, int], ...]:
    differing = [m.form for m in mentions if m.form and m.form != m.name]
    return tuple(sorted(Counter(differing).items())) if differing else ()


def count_proposals(rows: Iterable[ProposalCount], keep: int = 8) -> tuple[ProposalCount, ...]:
    """Add up equal rows; the most frequent first."""
    counts: dict[tuple[str, str, str], int] = defaultdict(int)
    for source, cls, reason, count in rows:
        counts[source, cls, reason] += count
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:keep]
    return tuple((*key, count) for key, count in ordered)
