"""Yields :class:`Finding`: what a rule found, before it is weighed."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Status


@dataclass(frozen=True, slots=True)
class Finding:
    """A relation that a construction states."""

    head: int
    """Index of a mention."""
    type: str
    tail: int
    sentence: int
    """Index of the sentence."""
    rule: str
    """``type/name`` of the construction, with ``~`` where an end is implied."""
    status: Status = "asserted"
    role: str = ""
    start: str = ""
    end: str = ""
