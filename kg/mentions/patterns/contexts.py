"""The words of context that all rules share: ``data/mentions/contexts.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.lexicon import table


@dataclass(frozen=True, slots=True)
class Contexts:
    """Words beside names that tell their class."""

    lists: Mapping[str, tuple[str, ...]]
    """Class → nouns that close an enumeration of its members (A、B和C等七家企业)."""
    list_kinds: tuple[str, ...]
    """Words between 等 and that noun."""
    field_heads: tuple[str, ...]
    field_after: tuple[str, ...]
    field_before: tuple[str, ...]
    field_pursuits: tuple[str, ...]
    field_verbs: tuple[str, ...]
    field_tails: tuple[str, ...]
    not_fields: tuple[str, ...]


@cache
def contexts() -> Contexts:
    """The table of the package."""
    return table("mentions/contexts.yml", Contexts)
