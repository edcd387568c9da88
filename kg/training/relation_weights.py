"""Yields the weights of the relation model, fitted to annotated articles.

Each relation and direction is a logistic regression of its own (:mod:`kg.training.logistic`) over the pairs of names
that may be so related. Articles tell which things are related, not where it is said: a first fit takes every meeting of
a related pair for an example, a second one only the meetings that the first finds about as telling as the best (T. G.
Dietterich et al., *Solving the multiple instance problem with axis-parallel rectangles*, Artificial Intelligence 89,
1997).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from kg.relations import rivals, weights
from kg.relations.candidates import Candidate, Pairs
from kg.relations.findings import Finding
from kg.relations.grammar import signatures
from kg.relations.judgement import key_of, meetings
from kg.relations.reach import Reach
from kg.relations.rivals import Key
from kg.relations.rows import Growing, Rows
from kg.relations.scene import Scene
from kg.relations.weights import Weights
from kg.training import logistic
from kg.training.logistic import Cases, Floats, Ints

LEAST = 4
"""How often a feature must occur to be weighed."""
PENALTY = {False: 1.5, True: 0.1}
"""Of a squared weight; less where the feature is what a rule found."""
ENOUGH = 30
"""How many right cases a relation needs for a curve of its own."""
PARTS = 3
"""Into how many parts the examples are dealt, each to be scored by a model of the others, for the curves."""
LIGHT = 0.08
"""Features whose weights all stay below are left out."""
BEHIND = 1.0
"""A meeting of a related pair whose log-odds are this far behind those of the pair's best one is no example."""


@dataclass(frozen=True, slots=True)
class Example:
    """An annotated article as the model sees it."""

    scene: Scene
    found: tuple[Finding, ...]
    pairs: Pairs
    related: frozenset[Key]
    """What is annotated, as far as both names stand in the text."""
    missing: tuple[str, ...]
    """Relations annotated between names that do not both stand in the text, by type."""
    share: float = 1.0
    """How much the article counts."""

    def rows(self, pair: Candidate) -> list[int]:
        """The features of one of the pairs."""
        return self.pairs.clues.rows(pair.clues)


LABELS = tuple(f"{kind}{way}" for kind in signatures().relations for way in "><")


def fit(examples: Sequence[Example], rows: Growing, reach: Reach) -> Weights:
    """A model of the examples, calibrated on scores that each article got from a model of the others.

    Args:
        examples: annotated articles.
        rows: the features that their pairs have.
        reach: with which their pairs were listed.
    """
    curves = _curves(
        [
            row
            for part in range(PARTS)
            for row in _scored(
                _fitted([e for i, e in enumerate(examples) if i % PARTS != part], rows), examples[part::PARTS]
            )
        ]
    )
    return _compact(replace(_fitted(examples, rows), curves=curves, precision=_precision(examples), reach=reach))


def _fitted(examples: Sequence[Example], rows: Growing) -> Weights:
    """Weights of both fits, without curves."""
    table = _Table(examples, rows)
    matrix = np.zeros((len(rows.known) + 1, len(LABELS)), np.float32)
    for column, label in enumerate(LABELS):
        matrix[table.kept, column] = table.fitted(label)
    return Weights(rows, LABELS, matrix, {}, {}, Reach())


class _Table:
    """Examples by label, each a run of numbers of the features that are kept."""

    def __init__(self, examples: Sequence[Example], rows: Growing) -> None:
        count = np.bincount(
            np.fromiter((row for e in examples for pair in e.pairs.candidates for row in e.rows(pair)), np.int64),
            minlength=len(rows.known) + 1,
        )
        self.kept = np.flatnonzero(count >= LEAST)
        self._number = np.full(len(count), -1)
        self._number[self.kept] = np.arange(len(self.kept))
        ruled = np.array([False, *(name.startswith("R") for name in rows.known)])[self.kept]
        self._penalty = np.where(ruled, PENALTY[True], PENALTY[False])
        self._flat: defaultdict[str, list[Ints]] = defaultdict(list)
        self._shares: defaultdict[str, list[float]] = defaultdict(list)
        self._related: defaultdict[str, list[tuple[int, Key] | None]] = defaultdict(list)
        for number, e in enumerate(examples):
            for pair in e.pairs.candidates:
                self._add(number, e, pair)

    def _add(self, number: int, e: Example, pair: Candidate) -> None:
        """Add a pair of an article, under each label that it may have."""
        listed = self._number[e.rows(pair)]
        listed = listed[listed >= 0]
        for label in pair.labels:
            key = _key(e, pair, label)
            self._flat[label].append(listed)
            self._shares[label].append(e.share)
            self._related[label].append((number, key) if key in e.related else None)

    def fitted(self, label: str) -> Floats:
        """Weights of the features that are kept for a label; zeros where it has fewer than three cases."""
        related = self._related[label]
        truth = np.array([key is not None for key in related], np.float64)
        if truth.sum() < 3:
            return np.zeros(len(self._penalty))
        flat, sizes = np.concatenate(self._flat[label]), np.array([len(row) for row in self._flat[label]])
        shares = np.array(self._shares[label])
        first = logistic.logistic(Cases(flat, sizes, truth, shares), self._penalty)
        told = _telling(related, np.add.reduceat(first[flat], np.cumsum([0, *sizes[:-1]])))
        telling = Cases(flat[np.repeat(told, sizes)], sizes[told], truth[told], shares[told])
        return logistic.logistic(telling, self._penalty, start=first)


def _telling(related: Sequence[tuple[int, Key] | None], scores: Floats) -> logistic.Flags:
    """Which cases to learn from: all but those of related pairs that are far behind the best of their pair."""
    best: dict[tuple[int, Key], float] = {}
    for key, score in zip(related, scores, strict=True):
        if key is not None:
            best[key] = max(best.get(key, score), score)
    return np.array(
        [key is None or score >= best[key] - BEHIND for key, score in zip(related, scores, strict=True)], bool
    )


def _key(e: Example, pair: Candidate, label: str) -> Key:
    head, tail = (pair.first, pair.second) if label.endswith(">") else (pair.second, pair.first)
    return key_of(e.scene, head, label[:-1], tail)


Rated = tuple[str, Floats, bool]
"""A relation, how one case of it stands among its rivals, whether it holds."""


def _scored(model: Weights, held: Sequence[Example]) -> list[Rated]:
    """How relations stand in articles that the model has not seen."""
    found: list[Rated] = []
    for e in held:
        met = meetings(e.scene, e.pairs.candidates, weights.scores(model, e.pairs), model.labels)
        best = {key: score for key, (score, _, _, _) in met.items()}
        found += [(key[1], standing, key in e.related) for key, standing in rivals.standing(best)]
    return found


def _curves(rated: Sequence[Rated]) -> dict[str, weights.Floats]:
    """What turns scores into probabilities, by relation; relations with few cases share one curve."""
    truths: defaultdict[str, list[bool]] = defaultdict(list)
    rows: defaultdict[str, list[Floats]] = defaultdict(list)
    for kind, standing, right in rated:
        for name in (kind, ""):
            rows[name].append(standing)
            truths[name].append(right)
    return {
        name: logistic.dense(np.array(rows[name]), np.array(truths[name], np.float64), 1.0).astype(np.float32)
        for name in sorted(rows)
        if not name or sum(truths[name]) >= ENOUGH
    }


def _precision(examples: Sequence[Example]) -> dict[str, float]:
    """For every construction the share of its asserted findings that are annotated, one right and one wrong added."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for e in examples:
        stated = {(f.rule, key_of(e.scene, f.head, f.type, f.tail)) for f in e.found if f.status == "asserted"}
        total.update(rule for rule, _ in stated)
        right.update(rule for rule, key in stated if key in e.related)
    return {rule: (right[rule] + 1) / (total[rule] + 2) for rule in sorted(total)}


def _compact(model: Weights) -> Weights:
    """The model without features that it hardly weighs."""
    told = np.abs(model.matrix).max(axis=1) >= LIGHT
    names = [name for name, row in model.rows.known.items() if told[row]]
    order = sorted(names)
    rows = [0, *(model.rows.known[name] for name in order)]
    return replace(model, rows=Rows(order), matrix=model.matrix[rows])
