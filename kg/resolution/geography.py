"""What the curated lists know of where places lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.lexicon import Entry
from kg.names.places import is_province

_PLACES = frozenset({"Park", "District", "Place"})
Entries = Mapping[str, Entry]
"""By key."""


def may_lie_in(inner: str, outer: str, entries: Entries) -> bool:
    """Whether the lists leave it open, or say, that one place lies in another.

    They deny it of a place that is the wider one of the two, and of places in two provinces. Organisations and events
    may be in many places, so of these nothing is denied.

    Args:
        inner: key of the entry, or empty.
        outer: likewise.
        entries: the lists.
    """
    if not _is_place(inner, entries) or not _is_place(outer, entries):
        return True
    around_inner, around_outer = list(_around(inner, entries)), list(_around(outer, entries))
    if inner != outer and inner in around_outer:
        return False
    provinces = [_province(around, entries) for around in (around_inner, around_outer)]
    return not all(provinces) or provinces[0] == provinces[1]


def _is_place(key: str, entries: Entries) -> bool:
    return key in entries and entries[key].cls in _PLACES


def _around(key: str, entries: Entries) -> Iterator[str]:
    """The entry and those it lies in, narrowest first; the parent of a park is a park around it."""
    while key in entries:
        yield key
        entry = entries[key]
        key = (entry.parent if entry.cls == "Park" else "") or entry.within


def _province(around: list[str], entries: Entries) -> str:
    return next((key for key in around if entries[key].cls == "Place" and is_province(entries[key].name)), "")
