"""Training of the relation model ``kg/data/models/relations.npz``, and what it reaches on articles it has not seen.

Each pair of names that may be related is an example for :mod:`kg.training.relation_weights`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from kg.files import whole
from kg.model import Block, BlockKind, Mention, Same, Span
from kg.relations import weights
from kg.relations.candidates import candidates
from kg.relations.judgement import SYMMETRIC, judge, key_of
from kg.relations.reach import Reach
from kg.relations.reading import read
from kg.relations.rivals import Key
from kg.relations.rows import Clues, Growing
from kg.relations.scene import Scene, make_scene
from kg.relations.weights import Weights
from kg.text.sentences import split
from kg.training import corpus
from kg.training.corpus import Article
from kg.training.names import shipped_files
from kg.training.reach import Page
from kg.training.reach import reach as learned
from kg.training.relation_weights import Example, fit
from kg.training.tally import Count, Report, reliability

FOLDS = 5
THRESHOLD = 0.4
"""Least probability of a relation when the figures are taken; about where F1 is best."""
GIVEN = 4.0
"""How much an article of the user's folder counts against one that ships: real pages are among them."""
TOPICS = 4
"""Of how many things a sentence may speak without naming them: more than a page is asked for, for what is wrong there
teaches, too."""
SHIPPED = "articles"
"""Name of the articles that ship with kg."""


def train(folder: Path, out: Path) -> None:
    """Fit the model to all annotated articles of a folder and write ``relations.npz``.

    Args:
        folder: holds ``*.jsonl`` files of annotated articles.
        out: folder for the model, made if missing.

    Raises:
        InputError: there is no such file, or one is malformed.
        OutputError: the folder cannot be written.
    """
    rows = Growing()
    sets, reach = material(folder, rows)
    model = fit([e for examples in sets.values() for e in examples], rows, reach)
    with whole(out / weights.MODEL) as file:
        weights.write(model, file)


def crossvalidate(folder: Path) -> Report:
    """Five-fold cross-validation with the annotated names given.

    Args:
        folder: holds ``*.jsonl`` files of annotated articles.

    Raises:
        InputError: there is no such file, or one is malformed.
    """
    features = Growing()
    sets, reach = material(folder, features)
    counts: dict[str, defaultdict[str, Count]] = {name: defaultdict(Count) for name in sets}
    rated: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        model = fit([e for rows in sets.values() for i, e in enumerate(rows) if i % FOLDS != fold], features, reach)
        for name, rows in sets.items():
            for held in rows[fold::FOLDS]:
                _compare(held, model, counts[name], rated)
    return Report({name: dict(rows) for name, rows in counts.items()}, reliability(rated))


def material(folder: Path, rows: Growing) -> tuple[dict[str, list[Example]], Reach]:
    """The articles of a folder by file, and those that ship with kg, as far as their relations are annotated.

    Args:
        folder: holds ``*.jsonl`` files of annotated articles.
        rows: learns the features.

    Returns:
        The examples, and the reach with which their pairs were listed.

    Raises:
        InputError: there is no such file, or one is malformed.
    """
    found = corpus.read_files(folder, skip="cluener-")
    sets = {name: [annotated(a, GIVEN) for a in articles] for name, articles in found.items() if _tied(articles)}
    sets[SHIPPED] = [annotated(a) for a in chain.from_iterable(filter(_tied, shipped_files().values()))]
    reach = learned(article.page for article in chain.from_iterable(sets.values()))
    return {name: [_example(a, rows, reach) for a in articles] for name, articles in sets.items()}, reach


def _tied(articles: Iterable[Article]) -> bool:
    """Whether relations are annotated in a file at all: an article of it without any then says that it has none."""
    return any(article.relations for article in articles)


class Annotated(NamedTuple):
    """An article with its names placed and its rules run."""

    page: Page
    missing: tuple[str, ...]
    """Relations annotated between names that do not both stand in the text, by type."""
    share: float


def annotated(article: Article, share: float = 1.0) -> Annotated:
    """An article read with a share of the weight."""
    scene = scene_of(article)
    where = {scene.mentions[i].name: i for i in range(len(scene.mentions) - 1, -1, -1)}
    related, missing = set(), []
    for link in article.relations:
        ends = [_stand_in(article, where, name) for name in (link.head, link.tail)]
        if ends[0] is None or ends[1] is None:
            missing.append(link.type)
        else:
            related.add(key_of(scene, ends[0], link.type, ends[1]))
    return Annotated(Page(scene, *read(scene, TOPICS), frozenset(related)), tuple(missing), share)


def _example(article: Annotated, rows: Growing, reach: Reach) -> Example:
    """An article with its pairs listed, with the rows of their features."""
    scene, lines, found, related = article.page
    pairs = candidates(scene, lines, found, Clues(rows), reach)
    return Example(scene, tuple(found), pairs, related, article.missing, article.share)


def scene_of(article: Article) -> Scene:
    """The scene of an article."""
    text = article.text
    mentions = [Mention(n.start, n.end, text[n.start : n.end], n.cls, 1.0) for n in article.names]
    first: dict[str, int] = {}
    for index, mention in enumerate(mentions):
        first.setdefault(mention.name, index)
    groups = [[first[form] for form in group if form in first] for group in article.same]
    same = [Same(group[0], other, "annotated", Span(0, 0)) for group in groups for other in group[1:]]
    return make_scene(text, mentions, same, list(split(text)), blocks_of(text))


def blocks_of(text: str) -> list[Block]:
    """Every line, or run of lines with tabs, which are the rows of a table."""
    lines = re.finditer(r"(?:[^\n\t]*\t[^\n]*\n?)+|[^\n]*\n?", text)
    return [Block(*line.span(), _kind(line[0]) if line.start() else "title") for line in lines if line[0]]


def _kind(line: str) -> BlockKind:
    """What a line shows itself to be."""
    marks: dict[str, BlockKind] = {"#": "heading", "-": "list"}
    return "table" if "\t" in line else marks.get(line[: line.find(" ")], "body")


def _stand_in(article: Article, where: dict[str, int], name: str) -> int | None:
    """A mention of the name, or of another form of the same thing."""
    forms = [name, *(form for group in article.same if name in group for form in group)]
    return next((where[form] for form in forms if form in where), None)


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
