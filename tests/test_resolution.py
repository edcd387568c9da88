"""Which names are one thing, and what becomes of ids, facts and figures."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest
from identity_cases import Case, cases, extraction

from kg.lexicon import Entry, Lexicon
from kg.model import Document, Extraction, Mention, Observation, Passage, Relation, Span
from kg.resolution import Resolver, read_identifiers, resolve, write_identifiers
from kg.resolution.across import State, join_locals
from kg.resolution.corrections import Corrections
from kg.resolution.local import read_document

NOTHING = Lexicon({}, {})


def things(case: Case) -> frozenset[frozenset[str]]:
    """What the names of a case are joined to, in the notation of the fixtures."""
    found: dict[str, set[str]] = defaultdict(set)
    several = len(case.pages) > 1
    pages = [extraction(lines, str(number)) for number, lines in enumerate(case.pages, start=1)]
    for entity in resolve(pages, lexicon=NOTHING).entities:
        for appearance in entity.appearances:
            found[entity.id].add(appearance.form + (f"@{appearance.document}" if several else ""))
    return frozenset(frozenset(names) for names in found.values())


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.title)
def test_same_or_not(case):
    """The names of the case are joined as it says."""
    assert case.expected == things(case)


def test_there_are_sixty_cases():
    """The corpus does not shrink."""
    assert len(cases()) >= 60
