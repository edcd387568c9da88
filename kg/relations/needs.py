"""Yields what a text must hold for a pattern to match: a cheap look before a dear search."""

from __future__ import annotations

import re
from collections.abc import Iterator

Need = frozenset[str]
"""Texts of which one must be there."""

_PIECE = re.compile(
    r"(?P<look>\(\?<?[=!])|(?P<group>\((?:\?:|\?P<\w+>)?)|\[(?P<set>\^?[^]]*)\]|(?P<times>[?*+]|\{\d*,?\d*\})\??"
    r"|(?P<some>[.^$]|\\\w)|\\?(?P<one>.)"
)


def needs(pattern: str) -> tuple[Need, ...]:
    """What a regular expression cannot do without, the longest first.

    >>> [sorted(need) for need in needs("[ac](?:在|位于)了?(?!x)(?:de|fg){1,2}?hi(?:j)?k+")]
    [['de', 'fg'], ['hi'], ['a', 'c'], ['位于', '在'], ['k']]
    """
    return tuple(sorted(_group(_PIECE.finditer(pattern)), key=_length, reverse=True))


def _length(need: Need) -> int:
    return min(map(len, need))


def _group(pieces: Iterator[re.Match[str]]) -> list[Need]:
    """Needs of what comes up to the end of a group; of alternatives one need each, taken together."""
    branches: list[list[list[Need] | str]] = [[]]
    for piece in pieces:
        if piece[0] == ")":
            break
        if piece[0] == "|":
            branches.append([])
        elif piece["times"]:
            branches[-1].append(_repeated(branches[-1].pop(), piece["times"]))
        else:
            branches[-1].append(_part(piece, pieces))
    found = [_joined(branch) for branch in branches]
    if len(found) == 1:
        return found[0]
    return [frozenset[str]().union(*(max(part, key=_length) for part in found))] if all(found) else []


def _part(piece: re.Match[str], pieces: Iterator[re.Match[str]]) -> list[Need] | str:
    """The needs of one part of a pattern, or the character that it is."""
    if piece["look"]:
        _group(pieces)
        return []
    if piece["group"]:
        return _group(pieces)
    if piece["set"]:
        return [] if set("^-\\").intersection(piece["set"]) else [frozenset(piece["set"])]
    return piece["one"] or []


def _repeated(part: list[Need] | str, times: str) -> list[Need]:
    """The needs of a part that comes several times, or perhaps never."""
    if times[0] in "?*" or times.startswith(("{0", "{,")):
        return []
    return [frozenset(part)] if isinstance(part, str) else part


def _joined(branch: list[list[Need] | str]) -> list[Need]:
    """The needs of parts that follow each other; characters side by side are one text."""
    found: list[Need] = []
    text = ""
    for part in (*branch, []):
        if isinstance(part, str):
            text += part
        else:
            found += [frozenset({text}), *part] if text else part
            text = ""
    return found
