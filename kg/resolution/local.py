"""The entities of one document: mentions joined by name, curated entry, text clue and correction.

A *local* is what one page says of one thing; :mod:`kg.resolution.across` joins locals of many pages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from kg.model import Appearance, Extraction, Mention, Merge
from kg.names import WITHIN_DOCUMENT, Form, compare, contradict, fold, place_of
from kg.names.organisations import complementary
from kg.names.places import full_place
from kg.resolution.corrections import Corrections
from kg.resolution.union import Union

_APART = frozenset({"partOf", "investsIn", "cooperatesWith", "supplies", "incubates", "administers", "memberOf"})
"""Relations that no thing has with itself; names that stand in one are two things."""
_STRONG = 0.98
"""Links from here on (curated entry, text clue, correction) are not doubted for what the names look like."""
_LISTED = 0.85
"""A name that a curated firm's or body's entry does not list joins it from here on: most longer names are daughters."""
_TIE = 0.05
"""Two candidates for a short name this close to each other leave it open which is meant."""


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


@dataclass(slots=True)
class _Group:
    """All mentions of one spelling."""

    form: Form
    mentions: list[int]
    entry: str
    parents: set[str]


@dataclass(frozen=True, slots=True)
class _Edge:
    score: float
    short: int
    long: int
    reason: str


def read_document(extraction: Extraction, corrections: Corrections) -> Reading:
    """Join the mentions of one document.

    Returns:
        Locals in the order of their first mention.
    """
    mentions = [corrections.applied(mention, extraction.document.id) for mention in extraction.mentions]
    groups = _groups(mentions)
    at = {index: g for g, group in enumerate(groups) for index in group.mentions}
    edges = _edges(groups, at, extraction, corrections)
    sets, merges = _joined(groups, edges, _apart(groups, at, extraction, corrections))
    locals_, of_mention = [], [None] * len(mentions)
    for number, members in enumerate(sets):
        chosen = [groups[g] for g in members]
        locals_.append(_local(extraction.document.id, chosen, mentions, [merges[m] for m in members]))
        for group in chosen:
            for index in group.mentions:
                of_mention[index] = number  # type: ignore[call-overload]
    return Reading(tuple(locals_), tuple(of_mention))


def _groups(mentions: list[Mention | None]) -> list[_Group]:
    by_name: dict[str, list[int]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        if mention and fold(mention.name):
            by_name[fold(mention.name)].append(index)
    return [_group(indices, mentions) for indices in by_name.values()]


def _group(indices: list[int], mentions: list[Mention | None]) -> _Group:
    found = [mention for i in indices if (mention := mentions[i])]
    name = _most(Counter(m.name for m in found))
    classes: Counter[str] = Counter()
    for mention in found:
        classes[mention.cls] += max(1, round(mention.score * 100))
    entries = Counter(entry for m in found if (entry := _entry(m)))
    return _Group(Form(name, _most(classes)), indices, _most(entries), {fold(m.parent) for m in found if m.parent})


def _entry(mention: Mention) -> str:
    """The curated entry of the winning proposal."""
    return mention.proposals[0].entry if mention.proposals else ""


def _most(counts: Counter[str]) -> str:
    return min(counts, key=lambda key: (-counts[key], key), default="")


def _edges(groups: list[_Group], at: dict[int, int], extraction: Extraction, corrections: Corrections) -> list[_Edge]:
    edges = [*_listed(groups), *_told(groups, at, extraction), *_corrected(groups, corrections), *_alike(groups)]
    return sorted(edges, key=lambda e: (-e.score, e.short, e.long))


def _listed(groups: list[_Group]) -> Iterator[_Edge]:
    first: dict[str, int] = {}
    for index, group in enumerate(groups):
        if group.entry and first.setdefault(group.entry, index) != index:
            yield _edge(groups, first[group.entry], index, 1.0, f"both stand under {group.entry} in the curated lists")


def _told(groups: list[_Group], at: dict[int, int], extraction: Extraction) -> Iterator[_Edge]:
    for same in extraction.same:
        if same.first in at and same.second in at:
            first, second = at[same.first], at[same.second]
            if first != second and _may_be_told(groups[first].form, groups[second].form):
                yield _edge(groups, first, second, _STRONG, f"the page says so: {same.reason}")


def _may_be_told(left: Form, right: Form) -> bool:
    """Whether a bracket can mean that two names are one: 长三角（上海） names two places."""
    if left.family != right.family:
        return False
    return left.family != "place" or not (place_of(left.name) and place_of(right.name)) or bool(compare(left, right))


def _corrected(groups: list[_Group], corrections: Corrections) -> Iterator[_Edge]:
    first: dict[int, int] = {}
    for index, group in enumerate(groups):
        for line in corrections.merges_of(group.form.name):
            if first.setdefault(line, index) != index:
                yield _edge(groups, first[line], index, 1.0, f"corrections file, line {line}")


def _alike(groups: list[_Group]) -> Iterator[_Edge]:
    families: dict[str, list[int]] = defaultdict(list)
    for index, group in enumerate(groups):
        families[group.form.family].append(index)
    letters = [frozenset(_letters(group.form)) for group in groups]
    for members in families.values():
        for left, right in combinations(members, 2):
            if not letters[left].isdisjoint(letters[right]):
                clue = compare(groups[left].form, groups[right].form)
                if clue and clue.score >= WITHIN_DOCUMENT:
                    yield _edge(groups, left, right, clue.score, clue.reason)


def _letters(form: Form) -> str:
    """Letters of which two names of one thing share at least one: those of the full place for 沪, 鲁."""
    return form.folded + full_place(form.folded) if form.family == "place" else form.folded


def _edge(groups: list[_Group], left: int, right: int, score: float, reason: str) -> _Edge:
    short, long = sorted((left, right), key=lambda g: (len(groups[g].form.folded), groups[g].form.folded))
    return _Edge(score, short, long, reason)


def _apart(
    groups: list[_Group], at: dict[int, int], extraction: Extraction, corrections: Corrections
) -> set[frozenset[int]]:
    """Pairs of groups that the page or the user holds apart."""
    pairs = {
        frozenset((at[r.head], at[r.tail]))
        for r in extraction.relations
        if r.type in _APART and r.head in at and r.tail in at
    }
    pairs |= set(_listed_together(at, extraction))
    names = {group.form.folded: index for index, group in enumerate(groups)}
    pairs |= {frozenset((index, names[p])) for index, g in enumerate(groups) for p in g.parents if p in names}
    split = [index for index, group in enumerate(groups) if corrections.splits_of(group.form.name)]
    pairs |= {
        frozenset((a, b))
        for a, b in combinations(split, 2)
        if corrections.holds_apart(groups[a].form.name, groups[b].form.name)
    }
    return {pair for pair in pairs if len(pair) == 2}


def _listed_together(at: dict[int, int], extraction: Extraction) -> Iterator[frozenset[int]]:
    """Neighbours in an enumeration (京东、京东物流): one character apart, and no bracket tells they are the same."""
    told = {frozenset((s.first, s.second)) for s in extraction.same}
    mentions = extraction.mentions
    for index in range(len(mentions) - 1):
        neighbours = frozenset((index, index + 1))
        if mentions[index + 1].start - mentions[index].end == 1 and neighbours not in told:
            yield frozenset(at[i] for i in neighbours if i in at)


def _joined(
    groups: list[_Group], edges: list[_Edge], apart: set[frozenset[int]]
) -> tuple[list[list[int]], dict[int, list[Merge]]]:
    """Join along the edges, the surest first, where nothing speaks against it.

    Returns:
        The groups of each entity, and the merges that brought each group in.
    """
    union, members = Union(len(groups)), {g: [g] for g in range(len(groups))}
    merges: dict[int, list[Merge]] = defaultdict(list)
    of_short: dict[int, list[_Edge]] = defaultdict(list)
    for edge in edges:
        of_short[edge.short].append(edge)
    for edge in edges:
        a, b = union.find(edge.short), union.find(edge.long)
        if a == b or not _may_join(groups, members[a], members[b], apart, edge):
            continue
        if edge.score < _STRONG and _is_open(groups, edge, of_short[edge.short], union):
            continue
        root = union.join(a, b)
        members[root] = sorted(members[a] + members[b])
        left, right = groups[edge.short].form.name, groups[edge.long].form.name
        merges[edge.short].append(Merge(left, right, edge.reason, edge.score))
    return list(union.sets().values()), merges


def _may_join(
    groups: list[_Group], left: list[int], right: list[int], apart: set[frozenset[int]], edge: _Edge
) -> bool:
    for a in left:
        for b in right:
            if frozenset((a, b)) in apart and edge.score < 1:
                return False
            if groups[a].entry and groups[b].entry and groups[a].entry != groups[b].entry and edge.score < 1:
                return False
            if edge.score < _LISTED and bool(groups[a].entry) != bool(groups[b].entry) and _is_body(groups[a].form):
                return False
            if edge.score < _STRONG and contradict(groups[a].form, groups[b].form):
                return False
    return True


def _is_body(form: Form) -> bool:
    return form.family == "organisation"


def _is_open(groups: list[_Group], edge: _Edge, rivals: list[_Edge], union: Union) -> bool:
    """Whether a short name fits another thing as well or better, so that nobody can say it means this one."""
    return any(
        rival.score > edge.score - _TIE
        and union.find(rival.long) != union.find(edge.long)
        and compare(groups[rival.long].form, groups[edge.long].form) is None
        and not complementary(groups[rival.long].form, groups[edge.long].form)
        for rival in rivals
        if rival.long != edge.long
    )


def _local(document: str, groups: list[_Group], mentions: list[Mention | None], merges: list[list[Merge]]) -> Local:
    found = [m for g in groups for i in g.mentions if (m := mentions[i])]
    found.sort(key=lambda m: m.start)
    forms = sorted(((g.form, len(g.mentions)) for g in groups), key=lambda pair: _fullness(pair[0], pair[1]))
    return Local(
        document=document,
        cls=_voted_class(found),
        entry=_most(Counter(g.entry for g in groups if g.entry)),
        parent=_most(Counter(m.parent for m in found if m.parent)),
        forms=tuple(forms),
        printed=_printed(found),
        appearances=tuple(Appearance(document, m.spans, m.form or m.name) for m in found),
        merges=tuple(merge for rows in merges for merge in rows),
        proposals=count_proposals((p.source, p.cls, p.reason, 1) for m in found for p in m.proposals),
    )


def _voted_class(mentions: list[Mention]) -> str:
    """The class with the highest score over all mentions; a person with a public post is an Official."""
    votes: Counter[str] = Counter()
    for mention in mentions:
        votes[mention.cls] += max(1, round(mention.score * 100))
    best = _most(votes)
    return "Official" if best == "Person" and "Official" in votes else best


def _fullness(form: Form, count: int) -> tuple[int, int, str]:
    """Order of forms: the longest, then the most frequent, then by text."""
    return (-len(form.folded), -count, form.name)


def _printed(mentions: list[Mention]) -> tuple[tuple[str, int], ...]:
    counts = Counter(m.form for m in mentions if m.form and m.form != m.name)
    return tuple(sorted(counts.items()))


def count_proposals(rows: Iterable[ProposalCount], keep: int = 8) -> tuple[ProposalCount, ...]:
    """Add up equal rows; the most frequent first."""
    counts: dict[tuple[str, str, str], int] = defaultdict(int)
    for source, cls, reason, count in rows:
        counts[source, cls, reason] += count
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:keep]
    return tuple((*key, count) for key, count in ordered)
