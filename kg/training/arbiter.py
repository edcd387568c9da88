"""Trains the arbiter: fits its weights to what the sources propose for annotated articles.

The model's proposals for an article come from a model of the other articles; see :mod:`kg.training.weighing`.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from spacy.language import Language

from kg.files import write_whole
from kg.mentions.weights import in_force
from kg.training import weighing
from kg.training.corpus import Article
from kg.training.crossvalidation import SOURCES, deal, trained
from kg.training.fit import Progress
from kg.training.names import Material, Plan, read_material
from kg.training.weighing import Judged

FOLDS = 5


def train(folder: Path, out: Path, progress: Progress = lambda _: None) -> None:
    """Fit the weights for pages that a model has read, and write ``weights.yml``.

    Args:
        folder: as for :func:`kg.training.names.train`.
        out: file to write; it takes the place of ``kg/data/mentions/weights.yml``.
        progress: told of every step.

    Raises:
        InputError: the folder's files cannot be used.
        OutputError: ``out`` cannot be written.
    """
    plan = Plan()
    material = read_material(folder, plan)
    dealt = deal(len(material.articles), FOLDS, plan.recipe.seed)
    judged: list[Judged] = []
    for fold in range(FOLDS):
        progress(f"fold {fold + 1} of {FOLDS}")
        rest = [article for article, part in zip(material.articles, dealt, strict=True) if part != fold]
        held = [article for article, part in zip(material.articles, dealt, strict=True) if part == fold]
        pipelines = trained(Material(tuple(rest), material.others), {"all": SOURCES["all"]}, plan, progress)
        judged += [_judged(pipelines["all"], article) for article in held]
    write_whole(out, weighing.render(weighing.fit(judged, in_force()), _head()))


def _judged(nlp: Language, article: Article) -> Judged:
    doc = nlp(article.text)
    return Judged(article.text, {(n.start, n.end, n.cls) for n in article.names}, list(doc._.kg_proposals))


def _head() -> str:
    """The comment on top of the weights that ship."""
    text = files("kg").joinpath("data", "mentions", "weights.yml").read_text(encoding="utf-8")
    return "".join(line + "\n" for line in text.splitlines() if line.startswith("#")) + "\n"
