"""Rules that propose names by their form and context, one family a module; :data:`RULES` is the list of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.mentions.page import Page
from kg.mentions.patterns.appointments import appointments
from kg.mentions.patterns.columns import columns
from kg.mentions.patterns.events import events
from kg.mentions.patterns.fields import fields
from kg.mentions.patterns.grounds import grounds
from kg.mentions.patterns.houses import houses
from kg.mentions.patterns.latin import latin
from kg.mentions.patterns.lists import lists
from kg.mentions.patterns.organisations import organisations
from kg.mentions.patterns.persons import persons
from kg.mentions.patterns.places import places
from kg.mentions.patterns.products import products
from kg.mentions.patterns.works import policies
from kg.model import Proposal

Rule = Callable[[Page], Iterator[Proposal]]

RULES: tuple[Rule, ...] = (
    organisations,
    houses,
    persons,
    appointments,
    policies,
    events,
    products,
    grounds,
    fields,
    lists,
    places,
    latin,
    columns,
)


def propose(page: Page) -> list[Proposal]:
    """All rules' proposals, rule by rule."""
    return [proposal for rule in RULES for proposal in rule(page)]
