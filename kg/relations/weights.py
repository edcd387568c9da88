"""Yields :class:`Weights`: how much each feature speaks for each relation, learned by ``kg train``.

A linear model per relation and direction (logistic regression). Its scores become probabilities by a second, small
regression per relation over the score and those of its rivals (:mod:`kg.relations.rivals`), fitted on articles that the
first has not seen: Platt's method, with company. Stored sparsely, in one byte per weight.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from itertools import chain
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from kg.errors import KnowledgeError
from kg.relations.candidates import Pairs
from kg.relations.reach import Reach
from kg.relations.rows import Rows

MODEL = "relations.npz"
"""File of the model below ``kg/data/models``."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """A trained model."""

    rows: Rows
    """The row of each feature in ``matrix``."""
    labels: tuple[str, ...]
    """Column names: relation and direction, ``locatedIn>``."""
    matrix: Floats
    """Features by labels, log-odds; the first row, that of no feature, is zero."""
    curves: dict[str, Floats]
    """By relation: weights of :func:`kg.relations.rivals.standing`; ``""`` for relations without their own."""
    precision: dict[str, float]
    """For every construction the share of its findings that were right in the training articles."""
    reach: Reach
    """Which pairs are weighed at all."""


@cache
def weights() -> Weights:
    """The model that ships with the package.

    Raises:
        KnowledgeError: it is missing or damaged.
    """
    with as_file(files("kg").joinpath("data", "models", MODEL)) as path:
        return read(path)


def read(path: Path) -> Weights:
    """A model from a file that :func:`write` made.

    Raises:
        KnowledgeError: it is missing or damaged.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            rows = Rows(bytes(file["features"]).decode("utf-8").split("\n"))
            labels = tuple(str(label) for label in file["labels"])
            matrix = np.zeros((len(rows.known) + 1, len(labels)), np.float32)
            matrix[file["rows"] + np.uint32(1), file["columns"]] = file["values"].astype(np.float32) * file["scale"]
            rules = dict(zip(map(str, file["rules"]), map(float, file["precision"]), strict=True))
            curves = dict(zip(map(str, file["relations"]), file["curves"], strict=True))
            apart = {(first, second): int(far) for first, second, far in file["apart"].tolist()}
            idle = frozenset((reason, (first, second)) for reason, first, second in file["idle"].tolist())
            return Weights(rows, labels, matrix, curves, rules, Reach({**Reach().apart, **apart}, idle))
    except (OSError, KeyError, ValueError) as error:
        raise KnowledgeError(f"data/models/{path.name}: {error}; train it again with kg train") from error


def write(model: Weights, file: IO[bytes]) -> None:
    """Store a model, weights rounded to 1/127 of the largest one, zeros left out."""
    scale = np.float32(np.abs(model.matrix).max() / 127)
    rounded = np.rint(model.matrix[1:] / scale).astype(np.int8)
    rows, columns = np.nonzero(rounded)
    np.savez_compressed(
        file,
        features=np.frombuffer("\n".join(model.rows.known).encode("utf-8"), np.uint8),
        labels=np.array(model.labels),
        rows=rows.astype(np.uint32),
        columns=columns.astype(np.uint8),
        values=rounded[rows, columns],
        scale=scale,
        relations=np.array(list(model.curves)),
        curves=np.array(list(model.curves.values()), np.float32),
        rules=np.array(list(model.precision)),
        precision=np.array(list(model.precision.values()), np.float32),
        apart=np.array([(*classes, str(far)) for classes, far in sorted(model.reach.apart.items())]).reshape(-1, 3),
        idle=np.array([(reason, *classes) for reason, classes in sorted(model.reach.idle)], str).reshape(-1, 3),
    )


def scores(model: Weights, pairs: Pairs) -> Floats:
    """The log-odds of every label for every pair, before rivals are heard: pairs by labels."""
    if not pairs.candidates:
        return np.zeros((0, len(model.labels)), np.float32)
    told = _sums(model.matrix, pairs.clues.flat, pairs.clues.bounds[:-1])
    numbers = [pair.clues for pair in pairs.candidates]
    return _sums(told, list(chain.from_iterable(numbers)), np.cumsum([0, *map(len, numbers[:-1])]))


def _sums(matrix: Floats, rows: Sequence[int], starts: Sequence[int] | NDArray[np.int64]) -> Floats:
    """For each run of row numbers, by where it starts, the sum of the rows."""
    return np.asarray(np.add.reduceat(matrix.take(np.array(rows, np.int64), axis=0), starts, axis=0))


def probability(model: Weights, relation: str, standing: NDArray[np.float64]) -> float:
    """How likely a relation is, by its standing among its rivals."""
    curve = model.curves.get(relation, model.curves[""])
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, float(curve @ standing)))))
