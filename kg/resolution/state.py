"""What the passes over all documents work on: sets of locals, and the reasons that joined them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.model import Merge
from kg.names import Form, contradict
from kg.resolution.corrections import Corrections
from kg.resolution.local import Local
from kg.resolution.union import Union


class Tie(NamedTuple):
    """A relation between two locals, as context for names that tell little."""

    head: int
    tail: int
    role: str = ""
    """The post, as printed."""


@dataclass(slots=True)
class State:
    """What the passes work on."""

    locals: Sequence[Local]
    union: Union
    corrections: Corrections
    ties: Sequence[Tie]
    anchors: dict[int, list[Form]] = field(default_factory=dict)
    """Fullest forms of the locals of each set, by root."""
    entries: dict[int, str] = field(default_factory=dict)
    """Curated entries by root."""
    splits: dict[int, set[tuple[int, str]]] = field(default_factory=dict)
    """By root: lines of the corrections file that split its names from others, with the folded names."""
    apart: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    """By root: the roots of sets that some page holds apart from it."""
    merges: dict[int, list[Merge]] = field(default_factory=lambda: defaultdict(list))
    """By local: what brought it to its set."""

    def may_join(self, left: int, right: int) -> bool:
        """Whether nothing speaks against one thing."""
        a, b = self.union.find(left), self.union.find(right)
        if b in self.apart.get(a, ()) or self._is_split(a, b):
            return False
        if self.entries.get(a) and self.entries.get(b) and self.entries[a] != self.entries[b]:
            return False
        for x in self.anchors[a]:
            for y in self.anchors[b]:
                if contradict(x, y):
                    return False
        return True

    def _is_split(self, a: int, b: int) -> bool:
        """Whether a correction lists names of both roots apart."""
        others = self.splits.get(b, ())
        return any(line == other and x != y for line, x in self.splits.get(a, ()) for other, y in others)

    def join(self, left: int, right: int, reason: str, score: float) -> None:
        """Join the sets of two locals and keep the reason; what the user splits stays apart."""
        a, b = self.union.find(left), self.union.find(right)
        if a == b or self._is_split(a, b):
            return
        root = self.union.join(a, b)
        other = b if root == a else a
        anchors = self.anchors.pop(other)
        self.anchors[root] = list(dict.fromkeys([*self.anchors[root], *anchors]))
        held = {root if third == other else third for third in self.apart.pop(other, ())}
        self.apart[root] |= held
        for third in held:
            self.apart[third].discard(other)
            self.apart[third].add(root)
        if other in self.splits:
            self.splits.setdefault(root, set()).update(self.splits.pop(other))
        self.entries[root] = self.entries.pop(root, "") or self.entries.pop(other, "")
        names = self.locals[left].anchor.name, self.locals[right].anchor.name
        self.merges[right].append(Merge(*names, reason, score))
