"""Training of the relation model ``kg/data/models/relations.npz``, and what it reaches on articles it has not seen.

Each pair of names that may be related is an example, each relation and direction a logistic regression of its own
(:mod:`kg.training.logistic`). Articles tell which things are related, not where it is said: every meeting of a related
pair counts as an example of the relation.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from kg.files import whole
from kg.model import Block, Mention, Same, Span
from kg.relations import rivals, weights
from kg.relations.candidates import Candidate, candidates
from kg.relations.findings import Finding
from kg.relations.grammar import signatures
from kg.relations.judgement import SYMMETRIC, judge, key_of, meetings
from kg.relations.reading import read
from kg.relations.rivals import Key
from kg.relations.scene import Scene, make_scene
from kg.relations.weights import Weights
from kg.text.sentences import split
from kg.training import corpus, logistic
from kg.training.corpus import Article
from kg.training.logistic import Floats, Ints
from kg.training.names import shipped_articles
from kg.training.tally import Count, Report, reliability

LEAST = 4
"""How often a feature must occur to be weighed."""
PENALTY = {False: 0.7, True: 0.1}
"""Of a squared weight; less where the feature is what a rule found."""
ENOUGH = 30
"""How many right cases a relation needs for a curve of its own."""
FOLDS = 5
THRESHOLD = 0.4
"""Least probability of a relation when the figures are taken; about where F1 is best."""
SHIPPED = "articles"
"""Name of the articles that ship with kg."""
CORPORA = ("annotated-news.jsonl", "written-news.jsonl")


@dataclass(frozen=True, slots=True)
class Example:
    """An annotated article as the model sees it."""

    scene: Scene
    found: tuple[Finding, ...]
    pairs: tuple[Candidate, ...]
    related: frozenset[Key]
    """What is annotated, as far as both names stand in the text."""
    missing: tuple[str, ...]
    """Relations annotated between names that do not both stand in the text, by type."""


def train(folder: Path, out: Path) -> None:
    """Fit the model to all annotated articles of a folder and write ``relations.npz``.

    Args:
        folder: holds the files of :data:`CORPORA`.
        out: folder for the model, made if missing.

    Raises:
        InputError: a file is missing or malformed.
        OutputError: the folder cannot be written.
    """
    model = fit([example(article) for articles in material(folder).values() for article in articles])
    with whole(out / weights.MODEL) as file:
        weights.write(model, file)


def crossvalidate(folder: Path) -> Report:
    """Five-fold cross-validation with the annotated names given.

    Args:
        folder: holds the files of :data:`CORPORA`.

    Raises:
        InputError: a file is missing or malformed.
    """
    sets = {name: [example(article) for article in articles] for name, articles in material(folder).items()}
    counts: dict[str, defaultdict[str, Count]] = {name: defaultdict(Count) for name in sets}
    rated: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        model = fit([e for rows in sets.values() for i, e in enumerate(rows) if i % FOLDS != fold])
        for name, rows in sets.items():
            for held in rows[fold::FOLDS]:
                _compare(held, model, counts[name], rated)
    return Report({name: dict(rows) for name, rows in counts.items()}, reliability(rated))


def material(folder: Path) -> dict[str, tuple[Article, ...]]:
    """The articles of a folder by file, and those that ship with kg, as far as their relations are annotated.

    Raises:
        InputError: a file is missing or malformed.
    """
    found = {name: corpus.read(folder / name) for name in CORPORA}
    return {**found, SHIPPED: tuple(article for article in shipped_articles() if article.relations)}


def example(article: Article) -> Example:
    """An article with its names placed, its rules run, its pairs listed."""
    scene = scene_of(article)
    lines, found = read(scene)
    where = {scene.mentions[i].name: i for i in range(len(scene.mentions) - 1, -1, -1)}
    related, missing = set(), []
    for link in article.relations:
        ends = [_stand_in(article, where, name) for name in (link.head, link.tail)]
        if ends[0] is None or ends[1] is None:
            missing.append(link.type)
        else:
            related.add(key_of(scene, ends[0], link.type, ends[1]))
    pairs = tuple(candidates(scene, lines, found))
    return Example(scene, tuple(found), pairs, frozenset(related), tuple(missing))


def scene_of(article: Article) -> Scene:
    """The scene of an article: every line a block, the first one its title."""
    text = article.text
    mentions = [Mention(n.start, n.end, text[n.start : n.end], n.cls, 1.0) for n in article.names]
    first: dict[str, int] = {}
    for index, mention in enumerate(mentions):
        first.setdefault(mention.name, index)
    groups = [[first[form] for form in group if form in first] for group in article.same]
    same = [Same(group[0], other, "annotated", Span(0, 0)) for group in groups for other in group[1:]]
    ends = [i for i, c in enumerate(text) if c == "\n"] + [len(text)]
    starts = [0, *(end + 1 for end in ends[:-1])]
    blocks = [Block(s, e, "body" if s else "title") for s, e in zip(starts, ends, strict=True)]
    return make_scene(text, mentions, same, list(split(text)), blocks)


def _stand_in(article: Article, where: dict[str, int], name: str) -> int | None:
    """A mention of the name, or of another form of the same thing."""
    forms = [name, *(form for group in article.same if name in group for form in group)]
    return next((where[form] for form in forms if form in where), None)


def fit(examples: Sequence[Example]) -> Weights:
    """A model of the examples, calibrated on a fifth of them that a first fit has not seen."""
    labels = tuple(f"{kind}{way}" for kind in signatures().relations for way in "><")
    held = [e for i, e in enumerate(examples) if i % FOLDS == 1]
    rest = [e for i, e in enumerate(examples) if i % FOLDS != 1]
    curves = _curves(_fitted(rest, labels), held)
    return replace(_fitted(examples, labels), curves=curves, precision=_precision(examples))


def _fitted(examples: Sequence[Example], labels: tuple[str, ...]) -> Weights:
    counts = Counter(name for e in examples for pair in e.pairs for name in pair.features)
    features = {name: row for row, name in enumerate(sorted(n for n, count in counts.items() if count >= LEAST))}
    table = _Rows(features)
    for e in examples:
        table.add(e)
    matrix = np.zeros((len(features), len(labels)), np.float32)
    for column, label in enumerate(labels):
        matrix[:, column] = table.fitted(label)
    return Weights(features, labels, matrix, {}, {})


class _Rows:
    """Examples by label, each a run of feature numbers."""

    def __init__(self, features: dict[str, int]) -> None:
        self._features = features
        self._penalty = np.array([PENALTY[name.startswith("R")] for name in features])
        self._flat: defaultdict[str, list[Ints]] = defaultdict(list)
        self._truth: defaultdict[str, list[bool]] = defaultdict(list)

    def add(self, e: Example) -> None:
        """Add all pairs of an article, under each label that they may have."""
        for pair in e.pairs:
            numbers = np.array([self._features[name] for name in pair.features if name in self._features], np.int64)
            for label in pair.labels:
                self._flat[label].append(numbers)
                self._truth[label].append(_holds(e, pair, label))

    def fitted(self, label: str) -> Floats:
        """Weights of all features for a label; zeros where it has fewer than three cases."""
        truth = np.array(self._truth[label], np.float64)
        if truth.sum() < 3:
            return np.zeros(len(self._features))
        rows = self._flat[label]
        return logistic.logistic(np.concatenate(rows), np.array([len(row) for row in rows]), truth, self._penalty)


def _holds(e: Example, pair: Candidate, label: str) -> bool:
    head, tail = (pair.first, pair.second) if label.endswith(">") else (pair.second, pair.first)
    return key_of(e.scene, head, label[:-1], tail) in e.related


def _curves(model: Weights, held: Sequence[Example]) -> dict[str, weights.Floats]:
    """What turns held-out scores into probabilities, by relation; relations with few cases share one curve."""
    rows: defaultdict[str, list[Floats]] = defaultdict(list)
    truths: defaultdict[str, list[bool]] = defaultdict(list)
    for e in held:
        best = {key: found[0] for key, found in meetings(e.scene, e.pairs, model).items()}
        for key, standing in rivals.standing(best):
            for name in (key[1], ""):
                rows[name].append(standing)
                truths[name].append(key in e.related)
    return {
        name: logistic.dense(np.array(rows[name]), np.array(truths[name], np.float64), 1.0).astype(np.float32)
        for name in sorted(rows)
        if not name or sum(truths[name]) >= ENOUGH
    }


def _precision(examples: Sequence[Example]) -> dict[str, float]:
    """For every construction the share of its asserted findings that are annotated, one right and one wrong added."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for e in examples:
        stated = {(f.rule, key_of(e.scene, f.head, f.type, f.tail)) for f in e.found if f.status == "asserted"}
        total.update(rule for rule, _ in stated)
        right.update(rule for rule, key in stated if key in e.related)
    return {rule: (right[rule] + 1) / (total[rule] + 2) for rule in sorted(total)}


def _compare(e: Example, model: Weights, counts: defaultdict[str, Count], rated: list[tuple[float, bool]]) -> None:
    """Count what the model gets right in a held-out article, the way pages are scored."""
    stated = [r for r in judge(e.scene, 0.05, model) if r.status != "planned"]
    odds = {key_of(e.scene, r.head, r.type, r.tail): r.confidence for r in stated}
    for key, p in odds.items():
        if key in e.related or not _neutral(e, key):
            rated.append((p, key in e.related))
            if p >= THRESHOLD:
                counts[key[1]] += Count(right=int(key in e.related), predicted=1)
    for kind in [key[1] for key in e.related] + list(e.missing):
        counts[kind] += Count(annotated=1)


def _neutral(e: Example, key: Key) -> bool:
    """Whether a place follows from the annotated ones by going outward, or is the city."""
    head, kind, tail = key
    if kind != "locatedIn":
        return kind in SYMMETRIC and (tail, kind, head) in e.related
    if e.scene.mentions[tail].name in {"上海", "上海市"}:
        return True
    reached, todo = set(), [head]
    while todo:
        here = todo.pop()
        for a, relation, b in e.related:
            if relation == "locatedIn" and a == here and b not in reached:
                reached.add(b)
                todo.append(b)
    return tail in reached
