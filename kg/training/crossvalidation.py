"""How well names are found in articles that a model was not trained on, source by source.

The articles are dealt into folds; for each fold a model is trained on all others, and the names that a pipeline
finds are compared with the annotated ones in two ways:

* by document: distinct names with their class, once for each article, as :mod:`kg.evaluation` counts entities;
* by span: every single mention with its exact edges and class.
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

import kg.mentions
import kg.text  # noqa: F401 - both register components
from kg.mentions.statistical import weights
from kg.training import language
from kg.training.corpus import Article, Name, read
from kg.training.examples import CLASSES
from kg.training.fit import Progress
from kg.training.names import Material, Plan, fit_model, read_material

CORE = ("Company", "Institute", "Park", "District", "Official")
"""The classes that the graph is about."""

SOURCES: Mapping[str, tuple[str, ...]] = {
    "lexicon": ("kg_lexicon",),
    "patterns": ("kg_patterns",),
    "model": ("kg_model",),
    "lexicon and patterns": ("kg_lexicon", "kg_patterns"),
    "all": ("kg_lexicon", "kg_patterns", "kg_model"),
}
"""Row of the table → the components that propose."""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of names."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.found + other.found, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what was wanted that was found; 0 where nothing was wanted."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        both = self.found + self.wanted
        return 2 * self.right / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """What one choice of sources reaches."""

    source: str
    documents: Mapping[str, Score]
    """By class; distinct names of each article."""
    spans: Mapping[str, Score]
    """By class; every mention."""


def total(scores: Mapping[str, Score], classes: Iterable[str] = CLASSES) -> Score:
    """The counts of several classes together."""
    return sum((scores[cls] for cls in classes if cls in scores), Score())


def crossvalidate(
    folder: Path, folds: int = 5, held: str = "", plan: Plan | None = None, progress: Progress = lambda _: None
) -> tuple[Report, ...]:
    """Train and measure once for every fold.

    Args:
        folder: as for :func:`kg.training.names.train`.
        folds: number of parts.
        held: name of a file in the folder: only its articles are dealt into folds and measured, all others are
            trained on every time. Empty: all of the folder's articles.
        plan: how models are made.
        progress: told of every step.

    Returns:
        A report for each row of :data:`SOURCES`.

    Raises:
        InputError: the folder's files cannot be used.
    """
    plan = plan or Plan()
    material = read_material(folder, plan)
    names = {article.id for article in (read(folder / held) if held else material.articles)}
    measured = [article for article in material.articles if article.id in names]
    dealt = deal(len(measured), folds, plan.recipe.seed)
    found: dict[str, list[Report]] = {source: [] for source in SOURCES}
    for fold in range(folds):
        test = [article for article, part in zip(measured, dealt, strict=True) if part == fold]
        progress(f"fold {fold + 1} of {folds}: {len(test)} articles held out")
        for report in _measure_fold(material, test, plan, progress):
            found[report.source].append(report)
    return tuple(_sum(reports) for reports in found.values())


def deal(count: int, folds: int, seed: int) -> list[int]:
    """The fold of each article: shuffled, all folds as large as they can be."""
    order = list(range(count))
    random.Random(seed).shuffle(order)  # noqa: S311 - no secret
    parts = [0] * count
    for place, article in enumerate(order):
        parts[article] = place % folds
    return parts


def _measure_fold(material: Material, test: Sequence[Article], plan: Plan, progress: Progress) -> list[Report]:
    held = {article.id for article in test}
    rest = tuple(article for article in material.articles if article.id not in held)
    pipelines = trained(Material(rest, material.others), SOURCES, plan, progress)
    return [measure(source, nlp, test) for source, nlp in pipelines.items()]


def trained(
    material: Material, sources: Mapping[str, Sequence[str]], plan: Plan, progress: Progress
) -> dict[str, Language]:
    """Pipelines whose model knows the material and no more.

    Args:
        material: what the model learns from.
        sources: name of a pipeline → the components that propose in it.
        plan: how the model is made.
        progress: told of every step.
    """
    model = fit_model(material, language.of_vocabulary(weights.shipped().vocabulary), plan, progress)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "names.npz"
        path.write_bytes(weights.dump(model))
        return {source: pipeline(components, path) for source, components in sources.items()}


def pipeline(components: Sequence[str], model: Path) -> Language:
    """A spaCy pipeline in which only the given components propose.

    Args:
        components: factories, in order.
        model: weights for ``kg_model``.
    """
    nlp = spacy.blank("zh")
    nlp.add_pipe("kg_sentences")
    for component in components:
        nlp.add_pipe(component, config={"weights": str(model)} if component == "kg_model" else {})
    nlp.add_pipe("kg_arbiter", config={"words": {"@misc": "kg.Words.v1"}})
    return nlp


def measure(source: str, nlp: Language, articles: Sequence[Article]) -> Report:
    """Compare the mentions of a pipeline with the annotated names."""
    mentions = (nlp(article.text)._.kg_mentions for article in articles)
    return compare(source, articles, ([Name(m.start, m.end, m.cls) for m in page] for page in mentions))


def compare(source: str, articles: Sequence[Article], pages: Iterable[Iterable[Name]]) -> Report:
    """Compare the names that were found in each article with the annotated ones."""
    documents: Counter[tuple[str, str]] = Counter()
    spans: Counter[tuple[str, str]] = Counter()
    for article, names in zip(articles, pages, strict=True):
        found, wanted = set(names), set(article.names)
        _count(spans, found, wanted)
        _count(documents, _forms(article.text, found), _forms(article.text, wanted))
    return Report(source, _scores(documents), _scores(spans))


def _forms(text: str, names: Iterable[Name]) -> set[tuple[str, str]]:
    return {(text[name.start : name.end], name.cls) for name in names}


Names = AbstractSet[tuple[Any, ...]]


def _count(counts: Counter[tuple[str, str]], found: Names, wanted: Names) -> None:
    """Add to the counts of right, found and wanted names by class, which is the last item of each."""
    for kind, names in (("right", found & wanted), ("found", found), ("wanted", wanted)):
        counts.update((kind, str(name[-1])) for name in names)


def _scores(counts: Counter[tuple[str, str]]) -> dict[str, Score]:
    return {cls: Score(counts["right", cls], counts["found", cls], counts["wanted", cls]) for cls in CLASSES}


def _sum(reports: Sequence[Report]) -> Report:
    documents = {cls: sum((r.documents[cls] for r in reports), Score()) for cls in CLASSES}
    spans = {cls: sum((r.spans[cls] for r in reports), Score()) for cls in CLASSES}
    return Report(reports[0].source, documents, spans)


def table(reports: Sequence[Report]) -> str:
    """The reports as Markdown: F1 by source, then precision, recall and F1 by class for the last of them."""
    lines = ["| names from | core, by document | all, by document | core, by span | all, by span |", "|-|-|-|-|-|"]
    for report in reports:
        both = (report.documents, report.spans)
        cells = [f"{total(scores, classes).f1:.3f}" for scores in both for classes in (CORE, CLASSES)]
        lines.append(f"| {report.source} | {' | '.join(cells)} |")
    lines += ["", "| class | precision | recall | F1 | by span | names |", "|-|-|-|-|-|-|"]
    last = reports[-1]
    for cls in CLASSES:
        score, span = last.documents[cls], last.spans[cls]
        lines.append(
            f"| {cls} | {score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f} | {span.f1:.3f} | {score.wanted} |"
        )
    return "\n".join(lines) + "\n"
