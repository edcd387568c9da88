"""Keys under which names of different pages meet, so that no two documents are ever compared for its own sake."""

from __future__ import annotations

from functools import lru_cache

from kg.names import Form, anatomy, is_distinctive, place_of
from kg.names.fields import field_core
from kg.names.policies import policy_core, subject
from kg.names.titles import title_words

_BODIES = frozenset({"organisation", "place"})


@lru_cache(maxsize=65536)
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
        return (family, core) if len(subject(core)) >= 3 else None
    if family in _BODIES:
        told = form.cls in ("Place", "District") or is_distinctive(form.name, form.cls)
        return ("body" if len(name) >= 4 else family, name) if told else None
    if family == "event":
        return (family, name) if len(name) >= 3 and name not in title_words().event_kinds else None
    return (family, name) if len(name) >= 3 else None


@lru_cache(maxsize=65536)
def core_key(form: Form) -> tuple[str, str] | None:
    """Where two different names of one thing meet: the core, or the place itself; None for names that tell little."""
    if strong_key(form) is None:
        return None
    if form.family in _BODIES and form.cls not in ("Place", "District"):
        own = anatomy(form.name, form.cls).own
        return (form.family, own.core or own.middle) if own.middle else None
    if form.cls in ("Place", "District"):
        place = place_of(form.name)
        return ("place", place) if place else None
    return None
