"""Clues between names of events."""

from __future__ import annotations

from functools import lru_cache

from kg.names.clue import Clue, Form, is_subsequence
from kg.names.folding import plain
from kg.names.places import split_places
from kg.names.titles import OPENING, editions, series, shared_head, title_words, told


def edition(short: Form, long: Form) -> Clue | None:
    """One says which year or number, the other does not (进博会 / 第五届进博会)."""
    if editions_of(short.name) and editions_of(long.name) and not _one_edition(short.name, long.name):
        return None
    left, right = series(short.name), series(long.name)
    if left == right and len(left) >= 2 and left not in title_words().event_kinds:
        return Clue(0.92, "the same series; only the edition differs in print")
    if told(left) == told(right) and len(told(left)) >= 2 and told(left) not in title_words().event_kinds:
        return Clue(0.85, "the same event, with or without its place")
    shared = editions_of(short.name) & editions_of(long.name)
    if any(edition.startswith("第") for edition in shared) and len(left) >= 4 and right.endswith(left):
        return Clue(0.8, "the same edition, and the long name puts a place or host in front")
    return None


def event_letters(short: Form, long: Form) -> Clue | None:
    """进博会 for 中国国际进口博览会: letters in order, the same last letter, a start the long name allows."""
    if not edition_agrees(short.name, long.name):
        return None
    left, right = told(series(short.name)), told(series(long.name))
    if not 3 <= len(left) < len(right) or left[-1] != right[-1] or _is_beginning(left, right):
        return None
    placed = any(left[0] == step.name[:1] for step in split_places(series(long.name)).steps)
    if (left[0] == right[0] and is_subsequence(left, right)) or (placed and is_subsequence(left[1:], right)):
        return Clue(0.8, "an abbreviation with the same first and last letter")
    return None


def _is_beginning(left: str, right: str) -> bool:
    """Whether the short name merely leaves out later words: 人工智能大会 is not 人工智能开发者大会."""
    kind = next((k for k in title_words().event_kinds if left.endswith(k) and right.endswith(k)), "")
    return right.startswith(left.removesuffix(kind)) and len(left) > len(kind) + 1


def inner_theme(short: Form, long: Form) -> Clue | None:
    """The same quoted theme and the same kind (“云上的校园”对话会 / “云上的校园：…”对话会)."""
    if short.name[:1] not in OPENING or not edition_agrees(short.name, long.name):
        return None
    left, right = series(short.name), series(long.name)
    head = shared_head(left, right)
    if head >= 5 and left[head:] and right.endswith(left[head:]):
        return Clue(0.75, "the same beginning and end; the long name adds words between")
    return None


def edition_agrees(left: str, right: str) -> bool:
    """Whether editions let two names be one: equal, or one says none."""
    return not editions_of(left) or not editions_of(right) or _one_edition(left, right)


def _one_edition(left: str, right: str) -> bool:
    """A year and a number do not contradict each other (2025年第九届, 第九届)."""
    a, b = editions_of(left), editions_of(right)
    numbers = [{e for e in s if "届" in e or "次" in e or "期" in e} for s in (a, b)]
    years = [{e[:4] for e in s if e[:4].isdigit()} for s in (a, b)]
    return all(not x or not y or x == y for x, y in (numbers, years))


@lru_cache(maxsize=16384)
def editions_of(name: str) -> frozenset[str]:
    """What the name prints of its edition: {2025年, 第九届}."""
    return frozenset(
        m.group().rstrip("年度·-") if m.group()[:4].isdigit() else m.group() for m in editions().finditer(plain(name))
    )
