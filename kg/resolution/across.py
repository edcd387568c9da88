"""Which locals of different documents are one thing.

Passes, each a row of :data:`PASSES`: corrections, curated entries, equal names that tell who is meant, names of one
core that only place or legal form or trade tells apart, and last equal names that tell little (people, 国联中心)
where the pages agree on whom they deal with. Every pass finds candidates by a key, never by trying all pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from kg.names import ACROSS_DOCUMENTS, Form, compare
from kg.resolution.context import by_company_kept
from kg.resolution.corrections import Corrections
from kg.resolution.keys import core_key, strong_key
from kg.resolution.local import Local
from kg.resolution.state import State, Tie
from kg.resolution.union import Union

_CROWD = 60
"""More different names than this around one core, and only equal names are joined: the core is a common word."""


Pass = Callable[[State], None]


def join_locals(
    locals_: Sequence[Local], ties: Sequence[Tie], corrections: Corrections, apart: Iterable[tuple[int, int]] = ()
) -> State:
    """Join the locals of all documents.

    Args:
        locals_: by document id, then in order of appearance; the outcome depends on their content alone.
        ties: relations between locals, by index.
        corrections: the user's word.
        apart: pairs of locals, by index, that their page holds apart.
    """
    state = State(locals_, Union(len(locals_)), corrections, ties)
    state.anchors = {index: [local.anchor] for index, local in enumerate(locals_)}
    state.entries = {index: local.entry for index, local in enumerate(locals_)}
    for left, right in apart:
        state.apart[left].add(right)
        state.apart[right].add(left)
    state.splits = {index: names for index, local in enumerate(locals_) if (names := _split_names(local, corrections))}
    for work in PASSES:
        work(state)
    return state


def _split_names(local: Local, corrections: Corrections) -> set[tuple[int, str]]:
    return {(line, form.folded) for form, _ in local.forms for line in corrections.splits_of(form.name)}


def by_correction(state: State) -> None:
    """Names that a merge of the corrections file lists together."""
    first: dict[int, int] = {}
    for index, local in enumerate(state.locals):
        for form, _ in local.forms:
            for line in state.corrections.merges_of(form.name):
                state.join(first.setdefault(line, index), index, f"corrections file, line {line}", 1.0)


def by_entry(state: State) -> None:
    """The same curated entry."""
    first: dict[str, int] = {}
    for index, local in enumerate(state.locals):
        if local.entry:
            reason = f"both stand under {local.entry} in the curated lists"
            state.join(first.setdefault(local.entry, index), index, reason, 1.0)


def by_name(state: State) -> None:
    """The same name, where it tells who is meant; the longest names first."""
    buckets: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, local in enumerate(state.locals):
        for key in sorted({key for form, _ in local.forms if (key := strong_key(form))}):
            buckets[key].append(index)
    for key in sorted(buckets, key=lambda key: (-len(key[1]), key)):
        if len(buckets[key]) > 1:
            _join_bucket(state, buckets[key])


def _join_bucket(state: State, members: Sequence[int]) -> None:
    """Join locals that share a name; one that fits two things that differ stays by itself."""
    roots = sorted({state.union.find(m) for m in members}, key=lambda r: (_thinness(state, r), r))
    groups: list[int] = []
    for root in roots:
        fits = [group for group in groups if state.may_join(group, root)]
        if len(fits) == 1:
            state.join(fits[0], root, "the same name on both pages", 1.0)
        else:
            groups.append(root)


def _thinness(state: State, root: int) -> int:
    return -max(len(form.folded) for form in state.anchors[root])


def by_core(state: State) -> None:
    """Different names of one core: 上海砾石智能科技有限公司 on one page, 砾石智能 on another."""
    buckets: dict[tuple[str, str], dict[Form, int]] = defaultdict(dict)
    for index, local in enumerate(state.locals):
        for form, _ in local.forms:
            if key := core_key(form):
                buckets[key].setdefault(form, index)
    for key in sorted(buckets):
        if 1 < len(buckets[key]) <= _CROWD:
            _join_alike(state, buckets[key])


def _join_alike(state: State, forms: dict[Form, int]) -> None:
    pairs = []
    for left, right in combinations(sorted(forms), 2):
        clue = compare(left, right)
        if clue and clue.score >= ACROSS_DOCUMENTS:
            pairs.append((-clue.score, left, right, clue))
    for _, left, right, clue in sorted(pairs):
        if state.may_join(forms[left], forms[right]):
            state.join(forms[left], forms[right], f"{left.name} and {right.name}: {clue.reason}", clue.score)


PASSES: tuple[Pass, ...] = (by_correction, by_entry, by_name, by_core, by_company_kept, by_company_kept)
"""In this order; the last runs twice, because people that became one may join what they lead."""
