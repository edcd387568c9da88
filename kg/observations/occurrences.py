"""All that could own a number in a sentence: names, words standing for names, unnamed subjects."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Span
from kg.observations.anaphors import stand_ins
from kg.observations.clues import rules_of
from kg.observations.page import Page
from kg.observations.roles import Occurrence, named

_NO_HEADS = frozenset({"IndustryField", "Person", "Official", "GovernmentBody"})


def occurrences(page: Page, sentence: Span) -> list[Occurrence]:
    """All that could own a number in a sentence, by start."""
    found: list[Occurrence] = []
    for clause in page.clauses(sentence):
        inside = page.within(max(clause.start, sentence.start), clause.end)
        inner = [named(page, clause, index) for index in inside]
        inner += stand_ins(page, clause, inner, found)
        whole = [o for o in inner if not any(u.start <= o.start and o.end < u.end for u in inner)]
        found += _told(page, clause, sorted(whole, key=lambda occurrence: occurrence.start))
    return found


def _told(page: Page, clause: Span, inner: list[Occurrence]) -> list[Occurrence]:
    """The occurrences of a clause; what stands inside the attribute of a later name is its modifier."""
    made = rules_of().made
    heads = [o.start for o in inner if o.cls not in _NO_HEADS and made.fullmatch(page.text, clause.start, o.start)]
    last = max(heads, default=clause.start)
    return [replace(o, roles=(*o.roles, "modifier")) if o.start < last else o for o in inner]
