"""What the name model sees at each unit: one small number per feature template.

Units, pairs and triples of units around the position, the kind of unit, distributional classes of the words
that begin or end there, curated names, cue words ahead and behind (suffixes of organisations, posts) and the
state of quotes and brackets. Everything is computed for the whole text at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.mentions.gazetteer import Match
from kg.mentions.statistical.cues import bracket_views, cue_views
from kg.mentions.statistical.keys import KeyMap
from kg.mentions.statistical.listed import listed_views
from kg.mentions.statistical.units import SHAPES, Ints, Keys, Units, View, page_breaks, shift, split


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the model knows of the language; each map leads from keys to 1, 2, …, unknown to 0."""

    units: KeyMap
    pairs: KeyMap
    """Of :func:`pair_keys`."""
    triples: KeyMap
    quads: KeyMap
    """Words of four units, from the pairs they consist of."""
    word_classes: tuple[Ints, Ints, Ints, Ints]
    """Fine distributional class of the words of one, two, three and four units, 0 for what is no word."""
    coarse: Ints
    """Coarse class by fine class."""
    bonds: Ints
    """How much more often than by chance a pair's units stand together, by pair: 0 (unknown) to 7."""


def pair_keys(units: Ints) -> Keys:
    """Key of the pair that begins at each unit (the last with the unknown unit)."""
    return (units.astype(np.uint64) << np.uint64(16)) | shift(units, 1).astype(np.uint64)


def triple_keys(pairs: Ints, units: Ints) -> Keys:
    """Key of the triple that begins at each unit, from its first pair and its last unit."""
    return (pairs.astype(np.uint64) << np.uint64(16)) | shift(units, 2).astype(np.uint64)


def quad_keys(pairs: Ints) -> Keys:
    """Key of the four units that begin at each unit, from its two pairs."""
    return (pairs.astype(np.uint64) << np.uint64(32)) | shift(pairs, 2).astype(np.uint64)


def gap_keys(units: Ints) -> Keys:
    """Key of each unit and the next but one; shares its numbers with the pairs."""
    return (units.astype(np.uint64) << np.uint64(16)) | shift(units, 2).astype(np.uint64)


@dataclass(frozen=True, slots=True)
class Grams:
    """The units of a text as numbers of the vocabulary."""

    units: Ints
    pairs: Ints
    triples: Ints
    quads: Ints


def grams(units: Units, vocabulary: Vocabulary) -> Grams:
    """Number every unit, pair, triple and quadruple that the vocabulary knows."""
    ids = vocabulary.units.look_up(units.keys)
    pairs = vocabulary.pairs.look_up(pair_keys(ids))
    triples = _known(vocabulary.triples, triple_keys(pairs, ids), pairs > 0)
    quads = _known(vocabulary.quads, quad_keys(pairs), (pairs > 0) & (shift(pairs, 2) > 0))
    return Grams(ids, pairs, triples, quads)


def _known(keymap: KeyMap, keys: Keys, possible: NDArray[np.bool_]) -> Ints:
    """Look up only the keys that can be known."""
    values = np.zeros(len(keys), dtype=np.int32)
    values[possible] = keymap.look_up(keys[possible])
    return values


@dataclass(frozen=True, slots=True)
class Template:
    """One view of every unit of a text."""

    name: str
    size: int
    """Number of values."""
    values: Ints
    """One for each unit."""


def templates(
    text: str, vocabulary: Vocabulary, classes: tuple[str, ...], names: Iterable[Match]
) -> tuple[Units, list[Template]]:
    """All views of a text.

    Args:
        text: Simplified.
        vocabulary: what is known of the language.
        classes: of names, in the order of the model's.
        names: the curated names in it; training passes some over, so that the model does not lean on the lists alone.

    Returns:
        The units, and for each template its values; the templates are the same and in the same order for every text.
    """
    units = split(text)
    breaks = page_breaks(units)
    known = grams(units, vocabulary)
    bonds = vocabulary.bonds[known.pairs]
    for values in (known.pairs, known.triples, bonds):
        values[breaks] = 0  # as beyond the ends of a text
    views = [
        *_gram_views(known, vocabulary, breaks),
        *_shape_views(units),
        *_bond_views(units, bonds),
        *_word_views(known, vocabulary, breaks),
        *cue_views(text, units),
        *bracket_views(units),
        *listed_views(units, classes, names),
    ]
    return units, [Template(*view) for view in views]


def _gram_views(known: Grams, vocabulary: Vocabulary, breaks: NDArray[np.bool_]) -> Iterator[View]:
    """Units, pairs, triples and pairs with a gap, around the position."""
    for at in (-3, -2, -1, 0, 1, 2, 3):
        yield f"unit{at:+}", vocabulary.units.size + 1, shift(known.units, at)
    for at in (-3, -2, -1, 0, 1, 2):
        yield f"pair{at:+}", vocabulary.pairs.size + 1, shift(known.pairs, at)
    for at in (-3, -2, -1, 0, 1):
        yield f"triple{at:+}", vocabulary.triples.size + 1, shift(known.triples, at)
    gaps = vocabulary.pairs.look_up(gap_keys(known.units))
    gaps[breaks] = 0
    for at in (-2, -1, 0):
        yield f"gap{at:+}", vocabulary.pairs.size + 1, shift(gaps, at)


def _shape_views(units: Units) -> Iterator[View]:
    """Kinds of unit around the position."""
    s = units.shapes
    yield "shape", SHAPES**3, (shift(s, -1) * SHAPES + s) * SHAPES + shift(s, 1)
    yield "shapes-before", SHAPES**2, shift(s, -2) * SHAPES + shift(s, -1)
    yield "shapes-after", SHAPES**2, shift(s, 2) * SHAPES + shift(s, 1)


def _bond_views(units: Units, bonds: Ints) -> Iterator[View]:
    """How firmly neighbours stick together, in the language and on this page."""
    yield "bonds-before", 8**3, (shift(bonds, -1) * 8 + bonds) * 8 + shift(bonds, -2)
    yield "bonds-after", 8**3, (shift(bonds, 1) * 8 + bonds) * 8 + shift(bonds, 2)
    often = _repeated(units) * 8 + bonds
    yield "repeated", 32 * 32, shift(often, -1) * 32 + often


def _repeated(units: Units) -> Ints:
    """How often the pair that begins at each unit stands on the page, minus one: 0 to 3."""
    pages = np.cumsum(page_breaks(units)).astype(np.uint64)
    keys = (units.keys + (pages << np.uint64(42))) * np.uint64(0x9E3779B97F4A7C15) + shift(units.keys, 1)
    _, index, counts = np.unique(keys, return_inverse=True, return_counts=True)
    often: Ints = np.minimum(counts[index] - 1, 3).astype(np.int32)
    return often


def _word_views(known: Grams, vocabulary: Vocabulary, breaks: NDArray[np.bool_]) -> Iterator[View]:
    """Distributional classes of the longest words that begin, end or go on here, and of their neighbours."""
    begin, length, end, back = _longest_words(known, vocabulary)
    coarse, fine = vocabulary.coarse, len(vocabulary.coarse)
    wide = int(coarse.max(initial=0)) + 1
    places = np.arange(len(begin))
    first = np.maximum.accumulate(np.where(breaks, places + 1, 0))  # of each unit's page
    last = np.minimum.accumulate(np.where(breaks, places - 1, len(begin) - 1)[::-1])[::-1]
    after, before = np.minimum(places + 1, last), np.maximum(places - 1, first)
    yield "word-begins", fine * 4, begin * 4 + length - 1
    yield "word-ends", fine * 4, end * 4 + back - 1
    yield "word-next", fine, shift(begin, 1)
    yield "word-previous", fine, shift(end, -1)
    yield "border-left", wide * wide, coarse[shift(end, -1)] * wide + coarse[begin]
    yield "border-right", wide * wide, coarse[end] * wide + coarse[shift(begin, 1)]
    yield "word-then", wide * wide, coarse[begin] * wide + coarse[begin[np.minimum(places + length, last)]]
    yield "then-word", wide * wide, coarse[end] * wide + coarse[end[np.maximum(places - back, first)]]
    yield "word-after-next", fine, begin[np.minimum(after + length[after], last)]
    yield "word-before-previous", fine, end[np.maximum(before - back[before], first)]


def _longest_words(known: Grams, vocabulary: Vocabulary) -> tuple[Ints, Ints, Ints, Ints]:
    """Class and length of the longest word that begins at each unit, and of the longest that ends there."""
    tables = zip(vocabulary.word_classes, (known.units, known.pairs, known.triples, known.quads), strict=True)
    by_length = [classes[ids] for classes, ids in tables]
    begin, length = by_length[0], np.ones(len(known.units), dtype=np.int32)
    end, back = begin, length
    for size in (2, 3, 4):
        starting = by_length[size - 1]
        begin, length = np.where(starting > 0, starting, begin), np.where(starting > 0, size, length)
        ending = shift(starting, 1 - size)
        end, back = np.where(ending > 0, ending, end), np.where(ending > 0, size, back)
    return begin, length, end, back
