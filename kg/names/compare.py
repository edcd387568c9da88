"""The algorithm: a table of clues and weights, and the best clue that two names give."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

from kg.names import (
    abbreviations,
    events,
    fields,
    full_names,
    marks,
    people,
    policies,
    products,
    short_names,
    whereabouts,
)
from kg.names.clue import Clue, Form
from kg.names.titles import same_numbers

WITHIN_DOCUMENT = 0.7
"""Names of one page are one thing from this score on."""
ACROSS_DOCUMENTS = 0.9
"""Names of different pages are one thing from this score on."""


class Rule(NamedTuple):
    """A row of the table."""

    clue: Callable[[Form, Form], Clue | None]
    """Takes the shorter form first."""
    families: frozenset[str]
    """Families of classes it reads."""
    weight: float
    """The clue's score is multiplied with this."""


_BODIES = frozenset({"organisation", "place"})

RULES: tuple[Rule, ...] = (
    Rule(full_names.trimmed, _BODIES, 1.0),
    Rule(full_names.bare_kind, _BODIES, 1.0),
    Rule(full_names.own_part, _BODIES, 1.0),
    Rule(short_names.shortened, _BODIES, 1.0),
    Rule(short_names.purpose, _BODIES, 1.0),
    Rule(short_names.ending, frozenset({"place"}), 1.0),
    Rule(short_names.beginning, _BODIES, 1.0),
    Rule(abbreviations.abbreviated_body, _BODIES, 1.0),
    Rule(abbreviations.abbreviated_firm, _BODIES, 1.0),
    Rule(whereabouts.one_place, frozenset({"place"}), 1.0),
    Rule(whereabouts.in_wider_place, frozenset({"place"}), 1.0),
    Rule(whereabouts.neighbourhood, frozenset({"place"}), 1.0),
    Rule(whereabouts.townlike, frozenset({"place"}), 1.0),
    Rule(people.without_honour, frozenset({"person"}), 1.0),
    Rule(people.surname_and_honour, frozenset({"person"}), 1.0),
    Rule(people.last_part, frozenset({"person"}), 1.0),
    Rule(events.edition, frozenset({"event"}), 1.0),
    Rule(events.event_letters, frozenset({"event"}), 1.0),
    Rule(events.inner_theme, frozenset({"event"}), 1.0),
    Rule(policies.titled, frozenset({"policy"}), 1.0),
    Rule(policies.title_end, frozenset({"policy"}), 1.0),
    Rule(policies.title_kind, frozenset({"policy"}), 1.0),
    Rule(products.described, frozenset({"product"}), 1.0),
    Rule(products.latin_part, frozenset({"product"}), 1.0),
    Rule(products.after_latin, frozenset({"product"}), 1.0),
    Rule(marks.quoted, frozenset({"organisation", "place", "event", "product"}), 1.0),
    Rule(marks.bracketed, frozenset({"organisation", "person", "event", "policy", "product", "field"}), 1.0),
    Rule(fields.one_field, frozenset({"field"}), 1.0),
)
"""Every clue there is; the best one counts, clues are not added up."""


@lru_cache(maxsize=65536)
def compare(left: Form, right: Form) -> Clue | None:
    """The best clue that two forms name one thing, or None.

    The order of the arguments does not matter. Digits that contradict each other (鹿鸣2.0, 鹿鸣3.0) forbid any clue
    except between events, whose editions have rules of their own.
    """
    if left.folded == right.folded:
        return Clue(1.0, "the same name")
    short, long = sorted((left, right), key=lambda form: (len(form.folded), form.folded))
    if left.family != right.family:
        return _misread(short, long)
    if short.family != "event" and not same_numbers(short.name, long.name):
        return None
    found = [
        Clue(round(clue.score * rule.weight, 3), clue.reason)
        for rule in _rules(short.family)
        if (clue := rule.clue(short, long))
    ]
    return max(found, key=lambda clue: clue.score, default=None)


@cache
def _rules(family: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES if family in rule.families)


def _misread(short: Form, long: Form) -> Clue | None:
    """A body that one mention reads as a park, another as an institute: one, if both say the same kind."""
    if {short.family, long.family} != _BODIES or not full_names.same_kind(short, long):
        return None
    found = [clue for rule in (full_names.trimmed, short_names.shortened) if (clue := rule(short, long))]
    return max(found, key=lambda clue: clue.score, default=None)
