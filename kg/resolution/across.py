"""Which locals of different documents are one thing.

Passes, each a row of :data:`PASSES`: corrections, curated entries, equal names that tell who is meant, names of one
core that only place or legal form or trade tells apart, and last equal names that tell little (people, 国联中心)
where the pages agree on whom they deal with. Every pass finds candidates by a key, never by trying all pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from kg.model import Merge
from kg.names import ACROSS_DOCUMENTS, Form, anatomy, compare, contradict, fold, is_distinctive, place_of
from kg.names.fields import field_core
from kg.names.policies import policy_core
from kg.names.titles import title_words
from kg.resolution.corrections import Corrections
from kg.resolution.local import Local
from kg.resolution.union import Union

_BODIES = frozenset({"organisation", "place"})
_CROWD = 60
"""More different names than this around one core, and only equal names are joined: the core is a common word."""


class Tie(NamedTuple):
    """A relation between two locals, as context for names that tell little."""

    head: int
    tail: int


@dataclass(slots=True)
class State:
    """What the passes work on."""

    locals: Sequence[Local]
    union: Union
    corrections: Corrections
    ties: Sequence[Tie]
    of_document: dict[str, list[int]]
    """Locals by document."""
    anchors: dict[int, list[Form]] = field(default_factory=dict)
    """Fullest forms of the locals of each set, by root."""
    entries: dict[int, str] = field(default_factory=dict)
    merges: dict[int, list[Merge]] = field(default_factory=lambda: defaultdict(list))
    """By local: what brought it to its set."""

    def may_join(self, left: int, right: int) -> bool:
        """Whether nothing speaks against one thing."""
        a, b = self.union.find(left), self.union.find(right)
        if self.entries.get(a) and self.entries.get(b) and self.entries[a] != self.entries[b]:
            return False
        for x in self.anchors[a]:
            for y in self.anchors[b]:
                if contradict(x, y) or self.corrections.holds_apart(x.name, y.name):
                    return False
        return True

    def join(self, left: int, right: int, reason: str, score: float) -> None:
        """Join the sets of two locals and keep the reason."""
        a, b = self.union.find(left), self.union.find(right)
        if a == b:
            return
        root = self.union.join(a, b)
        other = b if root == a else a
        anchors = self.anchors.pop(other)
        self.anchors[root] = list(dict.fromkeys([*self.anchors[root], *anchors]))
        self.entries[root] = self.entries.pop(root, "") or self.entries.pop(other, "")
        names = self.locals[left].anchor.name, self.locals[right].anchor.name
        self.merges[right].append(Merge(*names, reason, score))


Pass = Callable[[State], None]


def join_locals(locals_: Sequence[Local], ties: Sequence[Tie], corrections: Corrections) -> State:
    """Join the locals of all documents.

    Args:
        locals_: by document id, then in order of appearance; the outcome depends on their content alone.
        ties: relations between locals, by index.
        corrections: the user's word.
    """
    of_document: dict[str, list[int]] = defaultdict(list)
    for index, local in enumerate(locals_):
        of_document[local.document].append(index)
    state = State(locals_, Union(len(locals_)), corrections, ties, of_document)
    state.anchors = {index: [local.anchor] for index, local in enumerate(locals_)}
    state.entries = {index: local.entry for index, local in enumerate(locals_)}
    for work in PASSES:
        work(state)
    return state


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


def strong_key(form: Form) -> tuple[str, str] | None:
    """What two pages must share to mean one thing by name alone; None for a name that tells too little.

    Organisations and places share a space of names of four letters and more: 张江科学城 is one thing, park or not.
    """
    name, family = form.folded, form.family
    if family == "person":
        return None
    if family == "field":
        return family, field_core(form.name)
    if family == "policy":
        core = policy_core(form.name)
        return (family, core) if len(core) >= 6 and core not in title_words().policy_kinds else None
    if family in _BODIES:
        told = form.cls in ("Place", "District") or is_distinctive(form.name, form.cls)
        return ("body" if len(name) >= 4 else family, name) if told else None
    if family == "event":
        return (family, name) if len(name) >= 3 and name not in title_words().event_kinds else None
    return (family, name) if len(name) >= 3 else None


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
            if key := _core_key(form):
                buckets[key].setdefault(form, index)
    for key in sorted(buckets):
        if 1 < len(buckets[key]) <= _CROWD:
            _join_alike(state, buckets[key])


def _core_key(form: Form) -> tuple[str, str] | None:
    if form.family in _BODIES and form.cls not in ("Place", "District"):
        own = anatomy(form.name, form.cls).own
        return (form.family, own.core or own.middle) if own.middle else None
    if form.cls in ("Place", "District"):
        place = place_of(form.name)
        return ("place", place) if place else None
    return None


def _join_alike(state: State, forms: dict[Form, int]) -> None:
    pairs = []
    for left, right in combinations(sorted(forms), 2):
        clue = compare(left, right)
        if clue and clue.score >= ACROSS_DOCUMENTS:
            pairs.append((-clue.score, left, right, clue))
    for _, left, right, clue in sorted(pairs):
        if state.may_join(forms[left], forms[right]):
            state.join(forms[left], forms[right], f"{left.name} and {right.name}: {clue.reason}", clue.score)


def by_company_kept(state: State) -> None:
    """People, and other names that tell little: one only if the pages agree on organisation or post.

    A person's own organisations (by any relation) must meet the other's; for full names of three letters and more
    it is enough that the other page names the organisation at all.
    """
    kept = _kept(state)
    buckets: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for index, local in enumerate(state.locals):
        for form, _ in local.forms:
            if _is_weak(form):
                for tie in sorted(kept[index]):
                    buckets[form.family, form.folded, tie].append(index)
    for key in sorted(buckets):
        for index in buckets[key][1:]:
            if state.may_join(buckets[key][0], index):
                reason = f"the same name, and both pages tie it to {_named(state, key[2])}"
                state.join(buckets[key][0], index, reason, 0.9)
    _by_page(state, buckets)


def _by_page(state: State, buckets: dict[tuple[str, str, str], list[int]]) -> None:
    for index, local in enumerate(state.locals):
        if local.anchor.family != "person" or len(local.anchor.folded) < 3:
            continue
        around = sorted({str(state.union.find(i)) for i in state.of_document[local.document] if _is_body(state, i)})
        for tie in around:
            for other in buckets.get(("person", local.anchor.folded, tie), ())[:1]:
                if state.may_join(other, index):
                    reason = f"the same name, and the page also names {_named(state, tie)}"
                    state.join(other, index, reason, 0.8)


def _is_body(state: State, index: int) -> bool:
    return state.locals[index].anchor.family == "organisation"


def _is_weak(form: Form) -> bool:
    return form.family == "person" or (form.family != "field" and strong_key(form) is None and len(form.folded) >= 2)


def _kept(state: State) -> dict[int, set[str]]:
    """The company each local keeps: roots of the organisations it is tied to, and the places they govern."""
    kept: dict[int, set[str]] = defaultdict(set)
    for head, tail in state.ties:
        for one, other in ((head, tail), (tail, head)):
            anchor = state.locals[other].anchor
            if anchor.family in _BODIES and anchor.cls != "Place":
                kept[one].add(str(state.union.find(other)))
            place = place_of(anchor.name) if anchor.cls in ("District", "GovernmentBody", "Place") else ""
            if place and state.locals[one].cls == "Official":
                kept[one].add(f"={place}")
    return kept


def _named(state: State, tie: str) -> str:
    return tie[1:] if tie.startswith("=") else state.locals[int(tie)].anchor.name


PASSES: tuple[Pass, ...] = (by_correction, by_entry, by_name, by_core, by_company_kept, by_company_kept)
"""In this order; the last runs twice, because people that became one may join what they lead."""


def folded_forms(locals_: Iterable[Local]) -> Iterator[str]:
    """Folded names of some locals, each once, in order."""
    return iter(dict.fromkeys(form.folded for local in locals_ for form, _ in local.forms))


__all__ = ["PASSES", "State", "Tie", "fold", "folded_forms", "join_locals", "strong_key"]
