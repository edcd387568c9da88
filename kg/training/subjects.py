"""Trains the weights that tell whose a number is, ``kg/data/observations/weights.yml``.

For each number that an annotated article gives a subject, or none, the things that could own it compete, and nobody
with them: a conditional logit (D. McFadden, *Conditional logit analysis of qualitative choice behavior*, 1974). Weights
are drawn towards those that were set by hand, for some parts are too rare to be learned.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import as_file, files
from itertools import chain
from pathlib import Path

import numpy as np

from kg.files import write_whole
from kg.lexicon import load
from kg.observations.candidates import Surroundings
from kg.observations.clues import WEIGHTS, weights_of
from kg.observations.components import readings
from kg.observations.features import Features, features, nobody
from kg.observations.lists import counted_names
from kg.observations.page import Page
from kg.observations.roles import UNNAMED
from kg.observations.subjects import SCALE, rivals
from kg.training import corpus, logistic
from kg.training.corpus import Article
from kg.training.logistic import Floats
from kg.training.names import shipped_files
from kg.training.relations import blocks_of, scene_of

FOLDS = 5
SHARE = 6.0
"""How much the short texts of ``numbers/`` count, in the registers of notices and bulletins, which no others have."""
LEAST = 8
"""How often a feature must occur to be weighed, if it is not weighed by hand."""
LIGHT = 0.1
"""Learned weights below it are left out."""
PENALTY = 5.0
"""Of a squared step away from the weight set by hand. Cross-validation on our own articles asks for less, but then
real pages, which are longer and plainer, lose."""


@dataclass(frozen=True, slots=True)
class Contest:
    """A number and who might own it."""

    rivals: tuple[dict[str, float], ...]
    """Features of each of them, the last one nobody."""
    right: tuple[bool, ...]
    """Which of them do, as far as the number stands for them."""
    share: float = 1.0
    """How much it counts."""

    def is_won(self, weights: Mapping[str, float]) -> bool:
        """Whether one that does gets the greatest sum."""
        sums = [sum(weights.get(name, 0.0) * value for name, value in row.items()) for row in self.rivals]
        return self.right[sums.index(max(sums))]


def train(folder: Path, out: Path) -> None:
    """Fit the weights to all numbers whose subjects are annotated, and write ``weights.yml``.

    Args:
        folder: holds ``*.jsonl`` files of annotated articles, which are added to those that ship.
        out: file to write; it takes the place of ``kg/data/observations/weights.yml``.

    Raises:
        InputError: there is no such file, or one is malformed.
        OutputError: ``out`` cannot be written.
    """
    learned = fit([contest for rows in _material(folder) for contest in rows], weights_of().by_hand)
    shipped = files("kg").joinpath("data", *WEIGHTS.split("/")).read_text(encoding="utf-8")
    rows = "".join(f"  {json.dumps(name, ensure_ascii=False)}: {weight}\n" for name, weight in learned.items())
    write_whole(out, shipped[: shipped.index("weights:\n")] + "weights:\n" + rows)


def crossvalidate(folder: Path) -> str:
    """How often the right one wins in articles not learned from, of five folds, and how often by hand alone.

    Args:
        folder: as for :func:`train`.

    Raises:
        InputError: there is no such file, or one is malformed.
    """
    found = _material(folder)
    by_hand = weights_of().by_hand
    won = {"by hand": 0, "learned": 0}
    for fold in range(FOLDS):
        learned = fit([c for i, rows in enumerate(found) if i % FOLDS != fold for c in rows], by_hand)
        for contest in (c for rows in found[fold::FOLDS] for c in rows):
            won["by hand"] += contest.is_won(by_hand)
            won["learned"] += contest.is_won(learned)
    count = sum(map(len, found))
    return "".join(f"{name:8s} {right / count:.3f} of {count} numbers\n" for name, right in won.items())


def _material(folder: Path) -> list[list[Contest]]:
    """The contests of each article with annotated numbers, those of the folder first."""
    articles = [*corpus.read_folder(folder, skip="cluener-"), *chain.from_iterable(shipped_files().values())]
    found = [list(contests(article)) for article in articles if article.numbers]
    return found + [[replace(c, share=SHARE) for c in contests(article)] for article in short_texts()]


def short_texts() -> tuple[Article, ...]:
    """Texts of our own in which numbers are annotated, and no names but those that numbers need."""
    with as_file(files("kg.training").joinpath("numbers")) as folder:
        return corpus.read_folder(folder)


def contests(article: Article) -> Iterator[Contest]:
    """The numbers of an article whose subjects are annotated, each seen as the annotation leaves the one before."""
    page = page_of(article)
    around = Surroundings(page, {})
    group = _things(article)
    told = {number.start: number.subjects for number in article.numbers}
    for reading in readings(page):
        start = reading.quantity.start
        if start not in told:
            continue
        owners = {group.get(name, name) for name in told[start]}
        items = counted_names(around, reading.quantity)
        found = rivals(around, reading.quantity, items)
        names = ["" if c.occurrence.index == UNNAMED else page.mentions[c.occurrence.index].name for c in found]
        right = [group.get(name, name) in owners for name in names]
        rows = [_summed(features(around, reading.quantity, reading.measure, c)) for c in found]
        rows.append(_summed(nobody(around, reading.quantity, items)))
        yield Contest(tuple(rows), (*right, "" in owners or not any(right)))
        if told[start][0]:
            around.last, around.last_end = told[start][0], reading.quantity.end
            around.last_sentence = page.sentence(start)


def _things(article: Article) -> dict[str, str]:
    """For each annotated form one name of its thing: forms that the article or the lexicon joins have the same."""
    first = {form: forms[0] for forms in article.same for form in forms}
    found: dict[str, str] = {}
    known: dict[tuple[str, str], str] = {}
    for form, cls in article.forms:
        thing = first.get(form, form)
        for key in load().forms.get(form, ()):
            if load().entries[key].cls == cls:
                thing = known.setdefault((key, cls), thing)
        found[form] = thing
    return found


def page_of(article: Article) -> Page:
    """An article as the readers of numbers see it."""
    scene, blocks = scene_of(article), tuple(blocks_of(article.text))
    starts = tuple(mention.start for mention in scene.mentions), tuple(block.start for block in blocks)
    return Page(scene.text, scene.mentions, scene.sentences, blocks, None, *starts)


def _summed(features: Features) -> dict[str, float]:
    """Features by name, each as often as it is there."""
    return {**Counter(features.names), **features.sizes}


def fit(contests: Sequence[Contest], by_hand: Mapping[str, float]) -> dict[str, float]:
    """The weights under which the right ones win most surely.

    Args:
        contests: numbers with their rivals.
        by_hand: weights to be drawn to; others are drawn to zero.
    """
    count = Counter(name for contest in contests for row in contest.rivals for name in row)
    names = sorted({name for name, times in count.items() if times >= LEAST} | by_hand.keys())
    column = {name: number for number, name in enumerate(names)}
    matrix = np.zeros((sum(len(contest.rivals) for contest in contests), len(names)))
    for line, row in enumerate(row for contest in contests for row in contest.rivals):
        for name, value in row.items():
            if name in column:
                matrix[line, column[name]] = value
    right = np.array([flag for contest in contests for flag in contest.right])
    shares = np.array([contest.share for contest in contests])
    starts = np.cumsum([0, *(len(contest.rivals) for contest in contests[:-1])])
    start = np.array([by_hand.get(name, 0.0) for name in names])

    sizes = np.diff([*starts, len(matrix)])

    def loss(w: Floats) -> tuple[float, Floats]:
        score = matrix @ w / SCALE
        odds = np.exp(score - np.repeat(np.maximum.reduceat(score, starts), sizes))
        every, won = np.add.reduceat(odds, starts), np.add.reduceat(odds * right, starts)
        error = odds * np.repeat(shares / every, sizes) - odds * right * np.repeat(shares / won, sizes)
        away = w - start
        return (
            float(shares @ np.log(every / won) + PENALTY / 2 * away @ away),
            matrix.T @ error / SCALE + PENALTY * away,
        )

    found = logistic.least(loss, start)
    learned = {name: round(float(found[column[name]]), 2) for name in names}
    return {name: weight for name, weight in learned.items() if abs(weight) >= LIGHT or name in by_hand}
