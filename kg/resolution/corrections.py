"""A person's word on names and facts: merge, split, rename, reclass, ban, reject; from a YAML file, for every build.

``docs/corrections.md`` explains the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import yaml

from kg.errors import CorrectionError
from kg.model import Mention
from kg.names import FAMILIES, fold
from kg.vocabulary import vocabulary

Action = Literal["merge", "split", "rename", "reclass", "ban", "reject"]

_SHAPES: dict[str, tuple[str, ...]] = {
    "merge": (),
    "split": (),
    "rename": ("to",),
    "reclass": ("to",),
    "ban": (),
    "reject": (),
}
"""Actions, each with the key it needs besides the name."""
_EXTRA = frozenset({"in", "because"})
"""Keys that a correction may have: a document's id (what is rejected is so on all pages), and a remark."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One row of the file."""

    line: int
    """Counted from 1."""
    action: Action
    names: tuple[str, ...]
    """As written."""
    to: str = ""
    """New name or class."""
    document: str = ""
    """Id of the one document it holds for, empty for all."""
    relation: str = ""
    """Of a ``reject``, whose names are head and tail."""


@dataclass(frozen=True)
class Corrections:
    """All rows of the file, with indexes for the lookups of the resolver."""

    rows: tuple[Correction, ...] = ()
    path: str = field(default="", compare=False)

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[Correction, ...]]:
        found: dict[str, list[Correction]] = {}
        for row in self.rows:
            for name in row.names:
                found.setdefault(fold(name), []).append(row)
        return MappingProxyType({key: tuple(rows) for key, rows in found.items()})

    def _rows(self, name: str, action: Action) -> Iterator[Correction]:
        if not self.rows:  # as in most builds
            return iter(())
        return (row for row in self._by_name.get(fold(name), ()) if row.action == action)

    def applied(self, mention: Mention, document: str) -> Mention | None:
        """The mention with its class corrected, or None where its name is banned."""
        if not self.rows:
            return mention
        for name in (mention.name, mention.form):
            if any(row.document in ("", document) for row in self._rows(name, "ban")):
                return None
            for row in self._rows(name, "reclass"):
                if row.document in ("", document):
                    mention = replace(mention, cls=row.to, score=1.0)
        return mention

    def merges_of(self, name: str) -> tuple[int, ...]:
        """Lines of the merges that list the name."""
        return tuple(row.line for row in self._rows(name, "merge"))

    def splits_of(self, name: str) -> tuple[int, ...]:
        """Lines of the splits that list the name."""
        return tuple(row.line for row in self._rows(name, "split"))

    def holds_apart(self, left: str, right: str) -> bool:
        """Whether a split lists both names."""
        if not self.rows or fold(left) == fold(right):
            return False
        return not set(self.splits_of(left)).isdisjoint(self.splits_of(right))

    def renamed(self, names: tuple[str, ...]) -> str:
        """The name that a rename gives to whoever bears one of ``names``, or empty."""
        return next((row.to for name in names for row in self._rows(name, "rename")), "")

    def reclassed(self, names: tuple[str, ...]) -> str:
        """The class that a reclass for all documents gives to whoever bears one of ``names``, or empty."""
        return next((r.to for name in names for r in self._rows(name, "reclass") if not r.document), "")

    @cached_property
    def rejections(self) -> tuple[Correction, ...]:
        """The rows that reject a fact."""
        return tuple(row for row in self.rows if row.action == "reject")

    def unmatched(self, seen: frozenset[str], idle: tuple[Correction, ...] = ()) -> tuple[str, ...]:
        """A warning for each name of the file that no document prints, and for each rejection without a fact.

        Args:
            seen: folded names that were met, banned ones too.
            idle: rejections that met no fact.
        """
        missing = [
            (row.line, f"no document names {name}") for row in self.rows for name in row.names if fold(name) not in seen
        ]
        untold = [
            (row.line, f"no fact says {row.names[0]} {row.relation} {row.names[1]}")
            for row in idle
            if seen.issuperset(map(fold, row.names))
        ]
        path = self.path or "corrections"
        return tuple(f"{path}, line {line}: {text}; the correction has no effect" for line, text in missing + untold)


def read_corrections(path: Path) -> Corrections:
    """Read a corrections file.

    Raises:
        CorrectionError: it is not readable, not YAML, or has a row that cannot be applied; the message tells the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CorrectionError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    return parse_corrections(text, str(path))


def parse_corrections(text: str, path: str = "corrections.yml") -> Corrections:
    """The same from text; ``path`` is what messages call it."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CorrectionError(f"{path}, line {line}: not YAML: {error.problem}") from error
    if root is None:
        return Corrections((), path)
    if not isinstance(root, yaml.SequenceNode):
        raise CorrectionError(
            f"{path}, line {_line(root)}: expected a list of corrections, each line beginning with '- '"
        )
    return Corrections(tuple(_correction(node, path) for node in root.value), path)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _correction(node: yaml.Node, path: str) -> Correction:
    place = f"{path}, line {_line(node)}"
    if not isinstance(node, yaml.MappingNode):
        raise CorrectionError(f"{place}: expected 'merge: [...]' or another action, found {node.value!r}")
    pairs = {key.value: value for key, value in node.value}
    actions = [key for key in pairs if key in _SHAPES]
    if len(actions) != 1:
        raise CorrectionError(f"{place}: {_keys_problem(list(pairs), actions)}")
    action: Action = actions[0]
    _check_keys(node, action, path)
    if action == "reject":
        return _rejection(_line(node), pairs[action], path)
    names = _names(pairs[action], path, several=action in ("merge", "split"))
    to = _text(pairs["to"], path) if "to" in pairs else ""
    if action == "reclass" and to not in FAMILIES:
        raise CorrectionError(
            f"{path}, line {_line(pairs['to'])}: unknown class {to!r}; classes are {', '.join(FAMILIES)}"
        )
    document = _text(pairs["in"], path) if "in" in pairs else ""
    return Correction(_line(node), action, names, to, document)


def _rejection(line: int, node: yaml.Node, path: str) -> Correction:
    """``reject: [head, relation, tail]``."""
    place = f"{path}, line {_line(node)}"
    if not isinstance(node, yaml.SequenceNode) or len(node.value) != 3:
        raise CorrectionError(f"{place}: expected [head, relation, tail]")
    head, relation, tail = (_text(n, path) for n in node.value)
    if relation not in vocabulary().relations:
        known = ", ".join(vocabulary().relations)
        raise CorrectionError(f"{place}: unknown relation {relation!r}; relations are {known}")
    return Correction(line, "reject", (head, tail), relation=relation)


def _keys_problem(keys: list[str], actions: list[str]) -> str:
    if actions:
        return f"two actions in one correction ({', '.join(actions)}); begin each with its own '- '"
    return f"unknown action {', '.join(map(repr, keys))}; use {', '.join(_SHAPES)}"


def _check_keys(node: yaml.MappingNode, action: str, path: str) -> None:
    needed = _SHAPES[action]
    present = [key.value for key, _ in node.value]
    for key, _ in node.value:
        if key.value not in (action, *needed, *_EXTRA) or (action, key.value) == ("reject", "in"):
            raise CorrectionError(f"{path}, line {_line(key)}: unknown key {key.value!r} beside {action}")
    for key in needed:
        if key not in present:
            raise CorrectionError(f"{path}, line {_line(node)}: {action} needs '{key}: …'")


def _names(node: yaml.Node, path: str, *, several: bool) -> tuple[str, ...]:
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    names = tuple(_text(n, path) for n in nodes)
    if several and len({fold(name) for name in names}) < 2:
        raise CorrectionError(f"{path}, line {_line(node)}: expected two or more different names in [ ]")
    return names


def _text(node: yaml.Node, path: str) -> str:
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        raise CorrectionError(f"{path}, line {_line(node)}: expected a name")
    return str(node.value).strip()
