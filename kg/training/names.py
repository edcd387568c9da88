"""Trains the name model from annotated articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kg.mentions.gazetteer import Match
from kg.mentions.statistical.features import Vocabulary, templates
from kg.mentions.statistical.lattice import Floats, Labels, clauses
from kg.mentions.statistical.listed import Hide
from kg.mentions.statistical.units import Ints, Units
from kg.mentions.statistical.weights import NameModel
from kg.training.corpus import Article
from kg.training.fit import Examples, Progress, Recipe, fit

CLASSES = (
    "Company", "Institute", "Park", "District", "Official", "Person", "GovernmentBody", "Organization",
    "IndustryField", "Policy", "Event", "Product", "Place",
)  # fmt: skip
LABELS = Labels(CLASSES)


@dataclass(frozen=True, slots=True)
class Plan:
    """How a name model is made from articles."""

    recipe: Recipe = field(default_factory=Recipe)
    least: int = 2
    """Occurrences that a feature must have."""
    hidden: float = 0.3
    """Share of the curated names that are hidden while training."""
    pruned: float = 0.02
    """Features whose weights all stay below are dropped."""
    skip: tuple[str, ...] = ()
    """Templates that are left out."""


def fit_model(
    articles: Sequence[Article],
    weights: Sequence[float],
    vocabulary: Vocabulary,
    plan: Plan,
    progress: Progress = lambda _: None,
) -> NameModel:
    """A name model.

    Args:
        articles: annotated.
        weights: how much each article counts.
        vocabulary: see :func:`kg.training.vocabulary.build`.
        plan: how to do it.
        progress: told of every epoch.
    """
    examples, lookups = _examples(articles, weights, vocabulary, plan)
    rows, follow = fit(examples, LABELS, plan.recipe, progress)
    return _compact(rows, follow, lookups, vocabulary, plan)


def _examples(
    articles: Sequence[Article], weights: Sequence[float], vocabulary: Vocabulary, plan: Plan
) -> tuple[Examples, list[Ints]]:
    rng = np.random.default_rng(plan.recipe.seed)
    values, gold, starts, ends, shares, at = [], [], [], [], [], 0
    sizes: list[int] = []
    for article, weight in zip(articles, weights, strict=True):
        units, views = templates(article.text, vocabulary, CLASSES, hide_some(rng, plan.hidden))
        values.append(np.stack([view.values for view in views], axis=1))
        sizes = [0 if view.name in plan.skip else view.size for view in views]
        gold.append(label(units, article))
        begin, end = _clause_edges(units)
        starts.append(begin + at)
        ends.append(end + at)
        shares.append(np.full(len(begin), weight, dtype=np.float32))
        at += len(units.starts)
    rows, lookups = _numbered(np.concatenate(values), sizes, plan.least)
    return (
        Examples(rows, np.concatenate(gold), np.concatenate(starts), np.concatenate(ends), np.concatenate(shares)),
        lookups,
    )


def hide_some(rng: np.random.Generator, share: float) -> Hide:
    """Hides a name on all of a page, at random."""
    drawn: dict[str, bool] = {}

    def hide(match: Match) -> bool:
        return drawn.setdefault(match.entries[0].key, bool(rng.random() < share))

    return hide


def _clause_edges(units: Units) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    cut = clauses(units)
    first = cut.steps[0][1] if cut.steps else 0
    starts = cut.order[:first]
    ends = cut.order[cut.finals] + 1
    return starts, ends


def label(units: Units, article: Article) -> Ints:
    """The labels of an article's units; an edge of a name inside a unit takes the unit whole."""
    labels = np.zeros(len(units.starts), dtype=np.int32)
    n, reach = len(CLASSES), 0
    for name in article.names:
        first, last, cls = int(units.index[name.start]), int(units.index[name.end - 1]), CLASSES.index(name.cls)
        if first < reach:
            continue
        reach = last + 1
        labels[first + 1 : last] = 1 + n + cls
        labels[first], labels[last] = 1 + cls, 1 + 2 * n + cls
        if first == last:
            labels[first] = 1 + 3 * n + cls
    return labels


def _numbered(values: Ints, sizes: Sequence[int], least: int) -> tuple[Ints, list[Ints]]:
    """Rows for the values that occur often enough, and where to look them up."""
    rows, lookups, used = np.zeros_like(values), [], 1
    for column, size in enumerate(sizes):
        lookup = np.zeros(max(size, 1), dtype=np.int32)
        if size:
            counts = np.bincount(values[:, column], minlength=size)
            kept = np.flatnonzero(counts >= least)
            lookup[kept] = np.arange(used, used + len(kept))
            used += len(kept)
            rows[:, column] = lookup[values[:, column]]
        lookups.append(lookup)
    return rows, lookups


def _compact(rows: Floats, follow: Floats, lookups: Sequence[Ints], vocabulary: Vocabulary, plan: Plan) -> NameModel:
    """Whole-number weights, empty rows dropped."""
    kept = np.abs(rows).max(axis=1) >= plan.pruned
    kept[0] = True
    number = np.where(kept, np.cumsum(kept) - 1, 0).astype(np.int32)
    scale = float(np.quantile(np.abs(rows[kept]).max(axis=1), 0.999)) / 127
    weights = np.clip(np.rint(rows[kept] / scale), -127, 127).astype(np.int8)
    factors = np.where(LABELS.allowed(), np.exp(follow), 0).astype(np.float32)
    return NameModel(LABELS, vocabulary, tuple(number[lookup] for lookup in lookups), weights, scale, factors)
