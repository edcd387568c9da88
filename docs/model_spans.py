"""Names by classifying stretches of text, for model_kinds.py.

Logistic regression first tells at which units a name may begin and at which one may end; every stretch between two such
units of a clause is then put into one class or none by multinomial regression over what the random field sees at its
first and last unit, the units inside, its length and its form. Surest stretches are taken first, none overlapping.
"""
# ruff: noqa: INP001 - beside a script

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.mentions.gazetteer import match
from kg.mentions.statistical import decoder, weights
from kg.mentions.statistical.decoder import Guess
from kg.mentions.statistical.features import Vocabulary, templates
from kg.mentions.statistical.lattice import Floats, at_marks
from kg.mentions.statistical.units import Ints, Units
from kg.mentions.statistical.weights import NameModel
from kg.training import language, vocabulary
from kg.training.corpus import Article, Name
from kg.training.examples import CLASSES, LABELS, Hide
from kg.training.fit import Examples, Progress, fit
from kg.training.logistic import Cases, logistic
from kg.training.names import Plan, compact, hide_some

LONGEST = 24
"""Units in a stretch."""

BUCKETS = 1 << 20
"""Rows of weights that features are hashed into; row 0 stays empty."""

MAY_BE = 0.003
"""Smallest probability with which a unit counts as the edge of a name."""

_OUTSIDE, _SINGLE = 0, 1 + 3 * len(CLASSES)
"""Labels of a stretch that is no name, and of one of the first class."""


@dataclass(frozen=True, slots=True)
class Page:
    """A text as features, each the number of a bucket."""

    units: Units
    firsts: Ints
    """Of a stretch that begins at a unit (row)."""
    lasts: Ints
    """Of one that ends there."""
    insides: Ints
    """Of one that holds it."""


@dataclass(frozen=True, slots=True)
class Stretches:
    """Parallel arrays, by first unit."""

    firsts: NDArray[np.int64]
    lasts: NDArray[np.int64]
    """Inclusive."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Weights by bucket, as logarithms of odds."""

    firsts: NDArray[np.float64]
    lasts: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SpanModel:
    """All that is needed to find names in a text."""

    edges: Edges
    stretches: NameModel
    """A random field of one unit, which is a stretch."""

    @property
    def size(self) -> int:
        """Bytes of the model's file."""
        edges = np.stack([self.edges.firsts, self.edges.lasts]).astype(np.float16)
        return len(weights.dump(self.stretches)) + len(zlib.compress(edges.tobytes()))


def train(articles: Sequence[Article], plan: Plan, progress: Progress) -> SpanModel:
    """A model of annotated articles, with the vocabulary and the settings of the random field."""
    known = vocabulary.build([a.text for a in articles], language.of_vocabulary(weights.shipped().vocabulary))
    hide = hide_some(plan.hidden, plan.recipe.seed)
    pages = [_page(article.text, known, hide) for article in articles]
    names = [_names(page.units, article.names) for page, article in zip(pages, articles, strict=True)]
    edges = Edges(
        _edges([page.firsts for page in pages], [{first for first, _ in each} for each in names]),
        _edges([page.lasts for page in pages], [{last for _, last in each} for each in names]),
    )
    found = [_stretches(page, edges) for page in pages]
    progress(f"{sum(len(each.firsts) for each in found)} stretches, {sum(map(len, names))} names")
    rows = np.concatenate([_features(a.text, page, each) for a, page, each in zip(articles, pages, found, strict=True)])
    gold = np.concatenate([_gold(*pair) for pair in zip(found, names, strict=True)])
    places = np.arange(len(rows))
    patterns = np.eye(LABELS.count, dtype=bool)[[_OUTSIDE, *range(_SINGLE, LABELS.count)]]
    examples = Examples(rows, patterns, gold, places, places + 1, np.ones(len(rows), np.float32))
    fitted, follow = fit(examples, LABELS, plan.recipe, progress)
    buckets = np.arange(BUCKETS, dtype=np.int32)
    buckets[len(fitted) :] = 0  # none of the articles' features
    return SpanModel(edges, compact(fitted, follow, [buckets], known, plan))


def find(text: str, model: SpanModel, least: float) -> list[Name]:
    """The names of a text.

    Args:
        text: Simplified.
        model: trained.
        least: smallest probability of a name.
    """
    page = _page(text, model.stretches.vocabulary)
    found = _stretches(page, model.edges)
    chances = _chances(_features(text, page, found), model.stretches)
    guesses = [
        Guess(*_offsets(page.units, found, place), CLASSES[cls], float(chances[place, cls + 1]))
        for place, cls in np.argwhere(chances[:, 1:] >= least).tolist()
    ]
    return [Name(*guess[:3]) for guess in decoder.best(guesses)]


def _page(text: str, known: Vocabulary, hide: Hide | None = None) -> Page:
    names = (name for name in match(text) if not (hide and hide(name)))
    units, views = templates(text, known, CLASSES, names)
    values = np.stack([view.values for view in views], axis=1)
    inside = [place for place, view in enumerate(views) if view.name in {"unit+0", "pair+0", "triple+0", "cue"}]
    return Page(units, _hashed(values, 0), _hashed(values, 1), _hashed(values[:, inside], 2))


def _hashed(values: NDArray[np.integer[Any]], kind: int) -> Ints:
    """A bucket for every value, by its column and kind."""
    columns = np.arange(values.shape[1], dtype=np.uint64) + np.uint64(kind * 100 + 1)
    mixed = (values.astype(np.uint64) + (columns << np.uint64(32))) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    return (1 + (mixed >> np.uint64(32)) % np.uint64(BUCKETS - 1)).astype(np.int32)


def _names(units: Units, names: Sequence[Name]) -> dict[tuple[int, int], int]:
    """First and last unit of each name → its class, from 1."""
    return {(int(units.index[n.start]), int(units.index[n.end - 1])): 1 + CLASSES.index(n.cls) for n in names}


def _edges(pages: Sequence[Ints], true: Sequence[set[int]]) -> NDArray[np.float64]:
    """Weights that tell which units are edges."""
    rows = np.concatenate(pages)
    truth = np.concatenate([np.isin(np.arange(len(page)), [*edges]) for page, edges in zip(pages, true, strict=True)])
    sizes = np.full(len(rows), rows.shape[1])
    cases = Cases(rows.ravel().astype(np.int64), sizes, truth.astype(np.float64), np.ones(len(rows)))
    return logistic(cases, np.ones(BUCKETS))


def _stretches(page: Page, edges: Edges) -> Stretches:
    """All stretches of a clause between two units that may be edges."""
    least = np.log(MAY_BE / (1 - MAY_BE))
    marks = at_marks(page.units)
    clause = np.cumsum(marks)
    begin = np.flatnonzero((edges.firsts[page.firsts].sum(axis=1) >= least) & ~marks)
    end = (edges.lasts[page.lasts].sum(axis=1) >= least) & ~marks
    firsts, lasts = np.repeat(begin, LONGEST), (begin[:, None] + np.arange(LONGEST)).ravel()
    reach = np.minimum(lasts, len(marks) - 1)
    kept = (lasts == reach) & end[reach] & (clause[firsts] == clause[reach])
    return Stretches(firsts[kept], lasts[kept])


def _features(text: str, page: Page, found: Stretches) -> Ints:
    """The buckets of every stretch, 0 where a short one has none."""
    lengths = found.lasts - found.firsts
    within = found.firsts[:, None] + np.arange(LONGEST)
    held = page.insides[np.minimum(within, len(page.insides) - 1)]
    held[within > found.lasts[:, None]] = 0
    spans = [_offsets(page.units, found, place) for place in range(len(lengths))]
    forms = np.array([zlib.crc32(text[start:end].encode()) for start, end in spans], dtype=np.int64)
    whole = np.stack([lengths, forms], axis=1)
    sides = page.firsts[found.firsts], page.lasts[found.lasts]
    return np.concatenate([*sides, held.reshape(len(held), -1), _hashed(whole, 3)], axis=1)


def _offsets(units: Units, found: Stretches, place: int) -> tuple[int, int]:
    return int(units.starts[found.firsts[place]]), int(units.ends[found.lasts[place]])


def _gold(found: Stretches, names: dict[tuple[int, int], int]) -> Ints:
    """Class of every stretch, from 1; 0 where it is no name."""
    pairs = zip(found.firsts.tolist(), found.lasts.tolist(), strict=True)
    return np.array([names.get(pair, 0) for pair in pairs], dtype=np.int32)


def _chances(rows: Ints, model: NameModel) -> Floats:
    """Probability of no name and of each class, by stretch."""
    labels = [_OUTSIDE, *range(_SINGLE, LABELS.count)]
    table = model.weights[:, labels].astype(np.float32) * np.float32(model.scale)
    scores = table[model.lookups[0][rows]].sum(axis=1)
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: Floats = odds / odds.sum(axis=1, keepdims=True)
    return chances
