"""What the name model knows of the language before it sees a name: words, their classes, bonds of characters.

Learned from plain text that was cut into words. Words are classed by the company they keep: positive pointwise
mutual information with frequent words at four places around them, its leading singular vectors (Levy and
Goldberg 2014), clustered by spherical k-means in a fine and a coarse way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.mentions.statistical.features import Vocabulary
from kg.mentions.statistical.units import Ints, Keys, split

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
class Bonds:
    """How much more often than by chance two units stand side by side."""

    lefts: Keys
    """Key of the first unit of each pair."""
    rights: Keys
    steps: Ints
    """2 (less often than by chance) to 7; see :func:`learn_bonds`."""


@dataclass(frozen=True, slots=True)
class Language:
    """All that is learned from plain text."""

    words: Words
    bonds: Bonds


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


def learn(lines: Sequence[Sequence[str]], shape: Shape = Shape(), seed: int = 0) -> Language:
    """Words and bonds of a text that was cut into words.

    Args:
        lines: sentences or paragraphs, as words.
        shape: how much to learn.
        seed: of the clustering.
    """
    return Language(learn_words(lines, shape, seed), learn_bonds("\n".join("".join(line) for line in lines)))


def learn_bonds(text: str, least: int = 3) -> Bonds:
    """Pointwise mutual information of neighbours, in steps of 1.5 nats; step 3 begins at zero.

    Args:
        text: plain.
        least: occurrences that a pair must have.
    """
    units, ids = np.unique(split(text).keys, return_inverse=True)
    single = np.bincount(ids)
    pairs, counts = np.unique(ids[:-1] * len(units) + ids[1:], return_counts=True)
    pairs, counts = pairs[counts >= least], counts[counts >= least]
    left, right = pairs // len(units), pairs % len(units)
    information = np.log(counts * len(ids) / (single[left] * single[right]))
    steps = np.clip(np.floor(information / 1.5) + 3, 2, 7).astype(np.int32)
    return Bonds(units[left], units[right], steps)


def of_vocabulary(vocabulary: Vocabulary) -> Language:
    """What a vocabulary that was built earlier knows of the language."""
    units, pairs = vocabulary.units.keys(), vocabulary.pairs.keys()
    left, right = (pairs >> np.uint64(16)).astype(np.int64), (pairs & np.uint64(0xFFFF)).astype(np.int64)
    known = np.flatnonzero((vocabulary.bonds[1:] > 1) & (left > 0) & (right > 0))
    bonds = Bonds(units[left[known] - 1], units[right[known] - 1], vocabulary.bonds[1:][known])
    spelled = sorted(_spelled(vocabulary))
    words, fine = tuple(word for word, _ in spelled), tuple(cls for _, cls in spelled)
    return Language(Words(words, fine, tuple(vocabulary.coarse.tolist())), bonds)


def _spelled(vocabulary: Vocabulary) -> Iterator[tuple[str, int]]:
    """The words of a vocabulary and their fine classes."""
    names = ["?", *(chr(int(key)) if key < 0x10000 else "?" for key in vocabulary.units.keys())]  # noqa: SIM118 - not a dict
    pairs = vocabulary.pairs.keys().tolist()
    two = ["??", *(names[key >> 16] + names[key & 0xFFFF] for key in pairs)]
    three = ["???", *(two[key >> 16] + names[key & 0xFFFF] for key in vocabulary.triples.keys().tolist())]
    four = ["????", *(two[key >> 32] + two[key & 0xFFFFFFFF] for key in vocabulary.quads.keys().tolist())]
    for spellings, classes in zip((names, two, three, four), vocabulary.word_classes, strict=True):
        yield from ((spellings[place], int(classes[place])) for place in np.flatnonzero(classes).tolist())


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
