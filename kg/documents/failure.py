"""What could not be read, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """A file, or a line of one, that did not become a document."""

    path: str
    """As the user named it, or below the folder that the user named."""
    reason: str
    """What was found there and what to do, in one line; it names the line of a JSON Lines file."""


class UnreadableError(Exception):
    """Raised inside this package; becomes a :class:`Failure`."""
