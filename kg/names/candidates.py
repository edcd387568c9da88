"""Which names are worth a comparison: keys that a shorter name asks for and a longer one offers.

A page may list a thousand firms; comparing all pairs of them would cost more than reading it. Two organisations or
parks are compared only if a key of one is offered by the other; the keys follow from what the clues need.
"""

from __future__ import annotations

from functools import lru_cache

from kg.names.anatomy import Anatomy, anatomy
from kg.names.clue import Form
from kg.names.marks import contents
from kg.names.places import headline_letters

Keys = frozenset[tuple[str, ...]]
"""Each begins with the kind of clue that needs it."""


@lru_cache(maxsize=65536)
def asks(form: Form) -> Keys:
    """Keys under which the form looks for longer names of the same thing."""
    taken = anatomy(form.name, form.cls)
    own, keys = taken.own, {("marked", form.folded), *_shared(form, taken)}
    if own.middle and not own.places:
        keys.add(("placed", own.middle[0], own.kind))
    if own.kind and not own.core:
        keys.add(("kind", own.kind))
    return frozenset(keys)


@lru_cache(maxsize=65536)
def offers(form: Form) -> Keys:
    """Keys under which the form is found by shorter names."""
    taken = anatomy(form.name, form.cls)
    own, keys = taken.own, _shared(form, taken)
    keys |= {("marked", inner) for inner in contents(form.name)}
    if own.kind:
        keys.add(("kind", own.kind))
    if own.places:
        place = own.places[-1].name
        keys |= {("placed", letter, own.kind) for letter in place + headline_letters(place)}
    return frozenset(keys)


def _shared(form: Form, taken: Anatomy) -> set[tuple[str, ...]]:
    """Keys that both names have."""
    own, keys = taken.own, set[tuple[str, ...]]()
    if own.middle:
        keys.add(("begins", own.middle[:2]))
    if own.middle and (own.kind or own.places):
        keys.add(("letters", own.middle[0], own.kind))
    if form.cls == "Park":
        keys.add(("ends", form.folded[-3:]))
    return keys
