"""Annotated articles with other names in them.

A model that has seen a firm in one sentence only may learn the firm and not the sentence. Here names of a class are
replaced by others of their class, the same name by the same throughout an article.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.training.sketches import Hint, Sketch

Pools = Mapping[str, Sequence[str]]
"""Class → names."""


def substitute(sketch: Sketch, pools: Pools, share: float, rng: random.Random) -> Sketch:
    """The text with names of the pools' classes replaced.

    Args:
        sketch: whose hints name one class each; others are left alone.
        pools: names to choose from.
        share: of the names that are replaced, 0 to 1.
        rng: makes the choice.
    """
    chosen: dict[str, str] = {}
    pieces, hints, at, length = [], [], 0, 0
    for hint in sketch.hints:
        name = sketch.text[hint.start : hint.end]
        if name not in chosen:
            chosen[name] = _another(name, hint, pools, rng) if rng.random() < share else name
        between = sketch.text[at : hint.start]
        start = length + len(between)
        length, at = start + len(chosen[name]), hint.end
        pieces += [between, chosen[name]]
        hints.append(Hint(start, length, hint.classes))
    return Sketch("".join(pieces) + sketch.text[at:], tuple(hints), sketch.open)


def _another(name: str, hint: Hint, pools: Pools, rng: random.Random) -> str:
    """A name of the class, of about the same length if four tries find one."""
    pool = pools.get(hint.classes[0], ()) if len(hint.classes) == 1 else ()
    if not pool:
        return name
    tries = [rng.choice(pool) for _ in range(4)]
    return min(tries, key=lambda other: abs(len(other) - len(name)))


def pools(sketches: Sequence[Sketch], classes: Sequence[str], longest: int = 24) -> dict[str, list[str]]:
    """The names of texts by class, each once, sorted; only names of one class."""
    found: dict[str, set[str]] = defaultdict(set)
    for sketch in sketches:
        for hint in sketch.hints:
            if len(hint.classes) == 1 and hint.end - hint.start <= longest:
                found[hint.classes[0]].add(sketch.text[hint.start : hint.end])
    return {cls: sorted(found[cls]) for cls in classes if found[cls]}
