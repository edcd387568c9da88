"""What the name model knows of the language before it sees a name: words, their classes, bonds of characters.

Learned from plain text that was cut into words. Words are classed by the company they keep: positive pointwise
mutual information with frequent words at four places around them, its leading singular vectors (Levy and
Goldberg 2014), clustered by spherical k-means in a fine and a coarse way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
_HAN = re.compile("[一-鿿]{1,4}")


@dataclass(frozen=True, slots=True)
class Words:
    """Frequent words of one to four Chinese characters."""

    words: tuple[str, ...]
    """By falling frequency."""
    fine: tuple[int, ...]
    """Class of each word, from 1."""
    coarse: tuple[int, ...]
    """By fine class, from 1; a class of classes. Place 0 stands for no word."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How much is learned."""

    words: int = 32000
    least: int = 6
    """Occurrences a word must have."""
    contexts: int = 1500
    """Frequent words that count as company, at each of the four places."""
    dimensions: int = 120
    fine: int = 600
    coarse: int = 100
    rounds: int = 15


def learn_words(lines: Sequence[Sequence[str]], shape: Shape = Shape(), seed: int = 0) -> Words:
    """Class the frequent words of a text.

    Args:
        lines: sentences or paragraphs, as words.
        shape: how much to learn.
        seed: of the clustering.
    """
    counts = Counter(word for line in lines for word in line)
    frequent = sorted(counts, key=lambda word: (-counts[word], word))
    words = [w for w in frequent if counts[w] >= shape.least and _HAN.fullmatch(w)][: shape.words]
    company = _company(lines, words, frequent[: shape.contexts])
    vectors = _vectors(company, shape.dimensions)
    weights = np.sqrt(np.array([counts[word] for word in words], dtype=np.float32))
    fine, centres = _clusters(vectors, weights, shape.fine, shape.rounds, seed)
    sizes = np.bincount(fine, weights=weights, minlength=len(centres)).astype(np.float32)
    coarse, _ = _clusters(centres, np.sqrt(sizes), shape.coarse, shape.rounds, seed)
    return Words(tuple(words), tuple((fine + 1).tolist()), (0, *(coarse + 1).tolist()))


def _company(lines: Iterable[Sequence[str]], words: Sequence[str], contexts: Sequence[str]) -> Matrix:
    """Positive pointwise mutual information of words (rows) with contexts two before to two after (columns)."""
    row, column = {w: i for i, w in enumerate(words)}, {w: i for i, w in enumerate(contexts)}
    rows, columns = [], []
    for line in lines:
        rows += [row.get(word, -1) for word in line] + [-1, -1]
        columns += [column.get(word, -1) for word in line] + [-1, -1]
    flat, beside = np.array(rows), np.array(columns)
    parts = [_information(flat, np.roll(beside, -at), len(words), len(contexts)) for at in (-2, -1, 1, 2)]
    return np.hstack(parts)


def _information(rows: NDArray[np.int64], columns: NDArray[np.int64], height: int, width: int) -> Matrix:
    both = (rows >= 0) & (columns >= 0)
    cells, counts = np.unique(rows[both] * width + columns[both], return_counts=True)
    cleared: Matrix = np.zeros(height * width, dtype=np.float32)
    cleared[cells] = counts
    table: Matrix = cleared.reshape(height, width)
    chance = table.sum(axis=0) ** 0.75  # smoothed, so that rare company does not weigh too much
    chance /= max(float(chance.sum()), 1.0)
    expected = table.sum(axis=1, keepdims=True) * chance
    with np.errstate(divide="ignore", invalid="ignore"):
        information = np.log(table / expected)
    information[~np.isfinite(information)] = 0
    positive: Matrix = np.maximum(information, 0).astype(np.float32)
    return positive


def _vectors(company: Matrix, dimensions: int) -> Matrix:
    """Rows of unit length along the leading singular directions."""
    sample = company[:20000]
    values, directions = np.linalg.eigh(sample.T @ sample)
    values, directions = values[-dimensions:], directions[:, -dimensions:]
    vectors = company @ directions / np.maximum(values, 1e-6) ** 0.25
    return _unit(vectors)


def _unit(vectors: Matrix) -> Matrix:
    unit: Matrix = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return unit.astype(np.float32)


def _clusters(vectors: Matrix, weights: Matrix, count: int, rounds: int, seed: int) -> tuple[NDArray[np.int64], Matrix]:
    """Spherical k-means, started from the heaviest rows."""
    rng = np.random.default_rng(seed)
    count = min(count, len(vectors))
    heavy = np.argsort(-weights, kind="stable")[: count * 6]
    centres = vectors[rng.choice(heavy, count, replace=False)]
    for _ in range(rounds):
        nearest = (vectors @ centres.T).argmax(axis=1)
        order = np.argsort(nearest, kind="stable")
        used, begins = np.unique(nearest[order], return_index=True)
        centres = centres.copy()
        centres[used] = np.add.reduceat((vectors * weights[:, None])[order], begins, axis=0)
        centres = _unit(centres)
    return (vectors @ centres.T).argmax(axis=1), centres
