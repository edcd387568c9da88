"""Trains the name model from a folder of annotated articles."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import as_file, files
from itertools import chain
from pathlib import Path

import numpy as np

from kg.files import write_whole
from kg.mentions.gazetteer import Match
from kg.mentions.statistical import weights
from kg.mentions.statistical.features import Vocabulary
from kg.mentions.statistical.lattice import Floats
from kg.mentions.statistical.units import Ints
from kg.mentions.statistical.weights import NameModel
from kg.training import language, vocabulary
from kg.training.corpus import Article, read_files, read_folder
from kg.training.examples import LABELS, Hide, gather
from kg.training.fit import Progress, Recipe, fit
from kg.training.sketches import Sketch, of_article, read_cluener, read_resumes


@dataclass(frozen=True, slots=True)
class Plan:
    """How a name model is made."""

    recipe: Recipe = field(default_factory=Recipe)
    least: int = 2
    """Occurrences that a feature must have."""
    hidden: float = 0.3
    """Share of the curated names that are hidden while training, so that the model does not lean on lists alone."""
    pruned: float = 0.06
    """Features whose weights all stay below are dropped."""
    light: float = 0.02
    """Single weights below are zero, which halves the file and changes next to nothing."""
    cluener: float = 0.3
    """How much a sentence of CLUENER counts against one of an article."""
    resumes: float = 0.2
    """How much a sentence of ResumeNER counts."""


@dataclass(frozen=True, slots=True)
class Material:
    """What a model is trained on."""

    articles: tuple[Article, ...]
    others: tuple[tuple[Sketch, float], ...] = ()
    """Texts of which only part is known, and how much each counts."""


def read_material(folder: Path, plan: Plan) -> Material:
    """The annotated articles of a folder and those that ship, and what public corpora lie beside them.

    Args:
        folder: holds ``*.jsonl`` files of annotated articles, and maybe ``cluener-train.jsonl`` and
            ``resume-train.char.bmes``; the other parts of these corpora are left alone.
        plan: how much the corpora count.

    Raises:
        InputError: a file is malformed, or there is none.
    """
    articles = [*read_folder(folder, skip="cluener-"), *chain.from_iterable(shipped_files().values())]
    others = [(sketch, plan.cluener) for path in folder.glob("cluener-train.jsonl") for sketch in read_cluener(path)]
    others += [
        (sketch, plan.resumes) for path in folder.glob("resume-train.char.bmes") for sketch in read_resumes(path)
    ]
    return Material(tuple(articles), tuple(others))


def shipped_files() -> dict[str, tuple[Article, ...]]:
    """The articles of our own writing that come with the package, by file."""
    with as_file(files("kg.training").joinpath("articles")) as folder:
        return read_files(folder)


def train(folder: Path, out: Path, plan: Plan | None = None, progress: Progress = lambda _: None) -> NameModel:
    """Train a model on all articles of a folder and write it.

    The same files, lists and plan give the same bytes.

    Args:
        folder: see :func:`read_material`.
        out: file to write; ``kg_model`` takes its path as ``weights``.
        plan: how to do it; None: as the shipped model was made.
        progress: told of every step, a sentence each.

    Raises:
        InputError: the folder's files cannot be used.
        OutputError: ``out`` cannot be written.
    """
    plan = plan or Plan()
    material = read_material(folder, plan)
    progress(f"{len(material.articles)} annotated articles, {len(material.others)} texts of other corpora")
    model = fit_model(material, language.of_vocabulary(weights.shipped().vocabulary), plan, progress)
    write_whole(out, weights.dump(model))
    return model


def fit_model(
    material: Material, known: language.Language, plan: Plan, progress: Progress = lambda _: None
) -> NameModel:
    """A name model.

    Args:
        material: what to learn from.
        known: what is known of the language.
        plan: how to do it.
        progress: told of every epoch.
    """
    sketches = [*map(of_article, material.articles), *(sketch for sketch, _ in material.others)]
    shares = [1.0] * len(material.articles) + [share for _, share in material.others]
    numbers = vocabulary.build([sketch.text for sketch in sketches], known)
    examples, lookups = gather(sketches, shares, numbers, plan.least, hide_some(plan.hidden, plan.recipe.seed))
    rows, follow = fit(examples, LABELS, plan.recipe, progress)
    return compact(rows, follow, lookups, numbers, plan)


def hide_some(share: float, seed: int) -> Hide:
    """Hides curated names at random, each time anew."""
    rng = random.Random(seed)  # noqa: S311 - no secret

    def hide(_: Match) -> bool:
        return rng.random() < share

    return hide


def compact(rows: Floats, follow: Floats, lookups: Sequence[Ints], vocabulary: Vocabulary, plan: Plan) -> NameModel:
    """A model of whole-number weights, the lightest of them zero, empty rows dropped.

    Args:
        rows: weights by row and label, the first row empty.
        follow: weights of transitions.
        lookups: for each template the row by value.
        vocabulary: what is known of the language.
        plan: says which weights and rows count as empty.
    """
    kept = np.abs(rows).max(axis=1) >= plan.pruned
    kept[0] = True
    number = np.where(kept, np.cumsum(kept) - 1, 0).astype(np.int32)
    scale = float(np.quantile(np.abs(rows[kept]).max(axis=1), 0.999)) / 127
    told = np.where(np.abs(rows[kept]) >= plan.light, rows[kept], 0.0)
    weights = np.clip(np.rint(told / scale), -127, 127).astype(np.int8)
    factors = np.where(LABELS.allowed(), np.exp(follow), 0).astype(np.float32)
    return NameModel(LABELS, vocabulary, tuple(number[lookup] for lookup in lookups), weights, scale, factors)
