"""The vocabulary of a name model: what occurs in the articles, and the words of the language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from kg.mentions.statistical.features import Vocabulary, gap_keys, pair_keys, triple_keys
from kg.mentions.statistical.keys import KeyMap
from kg.mentions.statistical.units import Ints, Keys, split
from kg.training.language import Bonds, Language, Words

LEAST = 2
"""Occurrences that a unit, pair or triple of the articles must have."""


def build(texts: Sequence[str], language: Language) -> Vocabulary:
    """The vocabulary of articles.

    Args:
        texts: of the articles, Simplified.
        language: its words and their parts are always known.
    """
    keys = [split(text).keys for text in texts]
    spelled = _by_length(language.words)
    units = _keymap([_frequent(keys), *(word.ravel() for word, _ in spelled)])
    ids, words = [units.look_up(k) for k in keys], [_numbers(units, word) for word, _ in spelled]
    neighbours = [*map(pair_keys, ids), *map(gap_keys, ids)]
    pairs = _keymap([_frequent(neighbours), *(_side_by_side(word, 1, 16).ravel() for word in words)])
    doubles = [_numbers(pairs, _side_by_side(word, 1, 16)) for word in words]
    threes = [triple_keys(two, one)[two > 0] for one, two in ((i, pairs.look_up(pair_keys(i))) for i in ids)]
    in_words = [_joined(double[:, :-1], word[:, 2:], 16) for double, word in zip(doubles, words, strict=True)]
    triples = _keymap([_frequent(threes), *(keys.ravel() for keys in in_words)])
    fours = _joined(doubles[3][:, :1], doubles[3][:, 2:], 32).ravel()
    quads = _keymap([fours])
    numbers = words[0][:, 0], doubles[1][:, 0], triples.look_up(in_words[2][:, 0]), quads.look_up(fours)
    one, two, three, four = (
        _classes(keymap, number, classes)
        for keymap, number, (_, classes) in zip((units, pairs, triples, quads), numbers, spelled, strict=True)
    )
    bonds = _bonds(units, pairs, language.bonds)
    coarse = np.array(language.words.coarse, dtype=np.int32)
    return Vocabulary(units, pairs, triples, quads, (one, two, three, four), coarse, bonds)


def _by_length(words: Words) -> list[tuple[Keys, Ints]]:
    """For the words of one to four units: their units' keys (words by units), and their classes."""
    groups = []
    for length in (1, 2, 3, 4):
        chosen = [(word, cls) for word, cls in zip(words.words, words.fine, strict=True) if len(word) == length]
        keys = split("".join(word for word, _ in chosen)).keys.reshape(-1, length)
        groups.append((keys, np.array([cls for _, cls in chosen], dtype=np.int32)))
    return groups


def _numbers(keymap: KeyMap, keys: Keys) -> Ints:
    """The numbers of a table of keys."""
    return keymap.look_up(keys.ravel()).reshape(keys.shape)


def _side_by_side(numbers: Ints, by: int, bits: int) -> Keys:
    """Keys of neighbours in each row."""
    return _joined(numbers[:, :-by], numbers[:, by:], bits)


def _joined(left: Ints, right: Ints, bits: int) -> Keys:
    return (left.astype(np.uint64) << np.uint64(bits)) | right.astype(np.uint64)


def _classes(keymap: KeyMap, numbers: Ints, classes: Ints) -> Ints:
    """Class by number, 0 for what is no word."""
    table = np.zeros(keymap.size + 1, dtype=np.int32)
    table[numbers] = classes
    return table


def _frequent(arrays: Iterable[Keys]) -> Keys:
    keys, counts = np.unique(np.concatenate(list(arrays)), return_counts=True)
    return keys[counts >= LEAST]


def _keymap(arrays: Sequence[Keys]) -> KeyMap:
    """Of all distinct keys, sorted."""
    return KeyMap(np.unique(np.concatenate(list(arrays)).astype(np.uint64)) if arrays else np.zeros(0, dtype=np.uint64))


def _bonds(units: KeyMap, pairs: KeyMap, bonds: Bonds) -> Ints:
    """Step of each pair; 1 for pairs that the language does not know."""
    lefts, rights = units.look_up(bonds.lefts), units.look_up(bonds.rights)
    known = (lefts > 0) & (rights > 0)
    numbers = pairs.look_up(_joined(lefts[known], rights[known], 16))
    steps = np.ones(pairs.size + 1, dtype=np.int32)
    steps[numbers] = bonds.steps[known]
    steps[0] = 0
    return steps
