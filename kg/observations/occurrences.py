"""All that could own a number in a sentence: names, words standing for names, unnamed subjects."""

from __future__ import annotations

from kg.model import Span
from kg.observations.anaphors import stand_ins
from kg.observations.page import Page
from kg.observations.roles import Occurrence, named


def occurrences(page: Page, sentence: Span) -> list[Occurrence]:
    """All that could own a number in a sentence, by start."""
    found: list[Occurrence] = []
    for clause in page.clauses(sentence):
        inside = page.within(max(clause.start, sentence.start), clause.end)
        inner = [named(page, clause, index) for index in inside]
        found += inner
        found += stand_ins(page, clause, inner, found)
    return sorted(found, key=lambda occurrence: occurrence.start)
