"""Numbers that count the names before them: A、B、C等七家企业."""

from __future__ import annotations

import re

from kg.observations.candidates import Surroundings
from kg.observations.clues import rules_of
from kg.observations.page import Page
from kg.observations.quantities import Quantity
from kg.observations.roles import UNNAMED, Occurrence

_COUNTED = re.compile("[”」》]?(?:等|等首批|首批|这|等共|在内的|等在内的|此次|等国内外|等知名)?")
_JOINED = re.compile("[”」》]?(?:、|和|与|及|以及)[“「《]?")


def counted_names(around: Surroundings, quantity: Quantity) -> list[Occurrence]:
    """The names that a number counts, in order; none where it counts something else."""
    page = around.page
    named = [o for o in around.of(page.sentence(quantity.start)) if o.end <= quantity.left and o.index != UNNAMED]
    if not named or not _COUNTED.fullmatch(page.text, named[-1].end, quantity.left):
        return []
    items = [named[-1]]
    for occurrence in reversed(named[:-1]):
        if not _JOINED.fullmatch(page.text, occurrence.end, items[0].start):
            break
        items.insert(0, occurrence)
    return items if len(items) > 1 or _is_last_item(page.text, items[0], quantity) else []


def _is_last_item(text: str, name: Occurrence, quantity: Quantity) -> bool:
    """Whether a name before a number ends a list of which the page knows no other name: …、A三家, A等三家."""
    if text[name.end : quantity.left].strip("”」》").startswith("等"):
        return True
    before = text[max(0, name.start - 9) : name.start]
    return before.endswith(("、", "和")) and not re.search(r"\d[^，。]{0,6}$", before)


def is_gathered(page: Page, first: Occurrence, quantity: Quantity) -> bool:
    """Whether a list of names is what somebody has gathered, and its count worth keeping."""
    rules = rules_of()
    before = page.text[max(0, first.start - 6) : first.start]
    return bool(rules.gathering.search(before) or rules.joining.match(page.text, quantity.right))
