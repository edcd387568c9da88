"""The vocabulary of a name model: what occurs in the articles, and the words of the language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from kg.mentions.statistical.features import Vocabulary, gap_keys, pair_keys, quad_keys, triple_keys
from kg.mentions.statistical.keys import KeyMap
from kg.mentions.statistical.units import Ints, Keys, split
from kg.training.language import Words

LEAST = 2
"""Occurrences that a unit, pair or triple of the articles must have."""


def build(texts: Sequence[str], words: Words, plain: Sequence[str]) -> Vocabulary:
    """The vocabulary of articles.

    Args:
        texts: of the articles, Simplified.
        words: classed words of the language; they and their parts are always known.
        plain: text from which the bonds of characters are counted.
    """
    keys = [split(text).keys for text in texts]
    spelled = [split(word).keys for word in words.words]
    units = _keymap([_frequent(keys), *spelled])
    ids, word_ids = [units.look_up(k) for k in keys], [units.look_up(k) for k in spelled]
    neighbours = [*map(pair_keys, ids), *map(gap_keys, ids)]
    pairs = _keymap([_frequent(neighbours), *(pair_keys(w)[:-1] for w in word_ids)])
    in_text, in_words = [pairs.look_up(pair_keys(i)) for i in ids], [pairs.look_up(pair_keys(w)) for w in word_ids]
    threes = [triple_keys(p, i)[p > 0] for p, i in zip(in_text, ids, strict=True)]
    long_words = [triple_keys(p, w)[:-2] for p, w in zip(in_words, word_ids, strict=True) if len(w) > 2]
    triples = _keymap([_frequent(threes), *long_words])
    quads = _keymap([quad_keys(p)[:1] for p in in_words if len(p) == 4])
    classes = _classes((units, pairs, triples, quads), words, word_ids)
    return Vocabulary(
        units, pairs, triples, quads, classes, np.array(words.coarse, np.int32), _bonds(units, pairs, plain)
    )


def _frequent(arrays: Iterable[Keys]) -> Keys:
    keys, counts = np.unique(np.concatenate(list(arrays)), return_counts=True)
    return keys[counts >= LEAST]


def _keymap(arrays: Sequence[Keys]) -> KeyMap:
    """Of all distinct keys, sorted."""
    return KeyMap(np.unique(np.concatenate(list(arrays)).astype(np.uint64)) if arrays else np.zeros(0, dtype=np.uint64))


Maps = tuple[KeyMap, KeyMap, KeyMap, KeyMap]


def _classes(maps: Maps, words: Words, ids: Sequence[Ints]) -> tuple[Ints, Ints, Ints, Ints]:
    """Fine class of the units, pairs, triples and quadruples that are words."""
    one, two, three, four = (np.zeros(keymap.size + 1, dtype=np.int32) for keymap in maps)
    classes = (one, two, three, four)
    for word, cls in zip(ids, words.fine, strict=True):
        classes[len(word) - 1][_number(maps, word)] = cls
    return classes


def _number(maps: Maps, word: Ints) -> int:
    """Number of a word among the units, pairs, triples or quadruples."""
    if len(word) == 1:
        return int(word[0])
    pairs = maps[1].look_up(pair_keys(word))
    if len(word) == 2:
        return int(pairs[0])
    if len(word) == 3:
        return int(maps[2].look_up(triple_keys(pairs, word))[0])
    return int(maps[3].look_up(quad_keys(pairs))[0])


def _bonds(units: KeyMap, pairs: KeyMap, plain: Sequence[str]) -> Ints:
    """Pointwise mutual information of the known pairs, in seven steps; 1 for pairs seen fewer than three times."""
    single, double = np.zeros(units.size + 1), np.zeros(pairs.size + 1)
    for text in plain:
        ids = units.look_up(split(text).keys)
        single += np.bincount(ids, minlength=len(single))
        double += np.bincount(pairs.look_up(pair_keys(ids)), minlength=len(double))
    keys = pairs.keys()
    left, right = _ints(keys >> np.uint64(16)), _ints(keys & np.uint64(0xFFFF))
    with np.errstate(divide="ignore", invalid="ignore"):
        information = np.log(double[1:] * single.sum() / (single[left] * single[right]))
    steps = np.clip(np.floor(np.nan_to_num(information, nan=0, neginf=0) / 1.5) + 3, 2, 7)
    return np.concatenate(([0], np.where(double[1:] < 3, 1, steps))).astype(np.int32)


def _ints(keys: Keys) -> NDArray[np.int64]:
    return keys.astype(np.int64)
