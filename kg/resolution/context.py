"""People, and other names that tell little: one thing only if the pages agree on organisation or post."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from kg.names import Form, place_of, seat_of
from kg.resolution.keys import strong_key
from kg.resolution.state import State

_TIED = 0.9
"""Both pages tie the name to one organisation, or to posts of one place."""
_BESIDE = 0.8
"""One page ties it to an organisation that the other names, or ties it to none."""


class _Key(NamedTuple):
    """What two locals must share."""

    family: str
    name: str
    """Folded."""
    tie: str
    """Root of an organisation, or a place or post with ``=`` in front."""


def by_company_kept(state: State) -> None:
    """Join equal names that tell little where the pages agree on the company they keep.

    The organisations of one (by any relation), or the place it governs, must meet the other's. For people whose name
    has three letters or more it is enough that a page which gives them no post names the organisation at all.
    """
    kept = _kept(state)
    first: dict[_Key, int] = {}
    for index, key in _tied(state, kept):
        other = first.setdefault(key, index)
        if other != index and state.may_join(other, index):
            reason = f"the same name, and both pages tie it to {_named(state, key.tie)}"
            state.join(other, index, reason, _TIED)
    for index, key in _beside(state, kept):
        other = first.setdefault(key, index)
        if other != index and state.may_join(other, index):
            reason = f"the same name, and both pages name {_named(state, key.tie)}"
            state.join(other, index, reason, _BESIDE)


def _tied(state: State, kept: dict[int, set[str]]) -> Iterator[tuple[int, _Key]]:
    for index in sorted(kept):
        for form, _ in state.locals[index].forms:
            if _is_weak(form):
                for tie in sorted(kept[index]):
                    yield index, _Key(form.family, form.folded, tie)


def _beside(state: State, kept: dict[int, set[str]]) -> Iterator[tuple[int, _Key]]:
    """People without a post on their page, with the organisations the page names; names that stand once meet none."""
    bodies: dict[str, list[int]] = defaultdict(list)
    for index, local in enumerate(state.locals):
        if local.anchor.family == "organisation":
            bodies[local.document].append(index)
    bearers = Counter(form.folded for local in state.locals for form, _ in local.forms if form.family == "person")
    for index, local in enumerate(state.locals):
        anchor = local.anchor
        is_sought = anchor.family == "person" and len(anchor.folded) >= 3 and bearers[anchor.folded] > 1
        if is_sought and index not in kept:
            for tie in sorted({str(state.union.find(i)) for i in bodies.get(local.document, ())}):
                yield index, _Key("person", anchor.folded, tie)


def _is_weak(form: Form) -> bool:
    return form.family == "person" or (form.family != "field" and strong_key(form) is None and len(form.folded) >= 2)


def _kept(state: State) -> dict[int, set[str]]:
    """The company each local keeps: roots of the organisations it is tied to, and for officials the places governed."""
    kept: dict[int, set[str]] = defaultdict(set)
    for head, tail, role in state.ties:
        if seat_of(role):  # 国家主席, 上海市市长: posts that one person holds at a time
            kept[head].add(f"={role}")
        for one, other in ((head, tail), (tail, head)):
            anchor = state.locals[other].anchor
            if anchor.family in ("organisation", "place") and anchor.cls != "Place":
                kept[one].add(str(state.union.find(other)))
            place = _governed(anchor) if state.locals[one].cls == "Official" else ""
            if place:
                kept[one].add(f"={place}")
    return dict(kept)


def _governed(form: Form) -> str:
    """The place that a post at a district, city or office has to do with."""
    if form.cls == "GovernmentBody":
        return seat_of(form.name)
    return place_of(form.name) if form.family == "place" else ""


def _named(state: State, tie: str) -> str:
    return tie[1:] if tie.startswith("=") else state.locals[int(tie)].anchor.name
