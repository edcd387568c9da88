"""The weights by which proposals become names, fitted to annotated articles.

A logistic regression over the evidence that :mod:`kg.mentions.evidence` gathers for each candidate: one weight for
each kind of evidence, and one for what it means more or less for a class. The model's proposals must come from models
that were not trained on the article, or the model is trusted too much.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

import numpy as np

from kg.mentions.evidence import Candidate, evidence
from kg.mentions.rounds import gather
from kg.mentions.weights import Scale, Weights, weighing
from kg.model import Proposal
from kg.text import segmenter
from kg.training.examples import CLASSES
from kg.training.logistic import Floats, least

Evidence = Mapping[str, float]
Row = tuple[str, Evidence, bool]
"""A candidate: its class, its evidence, whether it is a name."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An annotated article with what was proposed for it."""

    text: str
    names: AbstractSet[tuple[int, int, str]]
    """Start, end and class of the annotated names."""
    proposals: Sequence[Proposal]


SHARED, OWN, BASE = 1.0, 4.0, 0.3
"""Penalties of the squared weights: of a kind of evidence, of what it means to one class, of a class by itself."""

LEAST: Mapping[str, Mapping[str, float]] = {
    "lexicon": {
        "Company": 2.2,
        **dict.fromkeys(("Institute", "Park", "District", "GovernmentBody", "Organization"), 2.8),
        **dict.fromkeys(("Event", "Policy", "Product"), 1.8),
    },
    "foreign name": {"Person": 4.2},
    "contraction": dict.fromkeys(("Company", "Institute", "Park", "Organization", "GovernmentBody"), 3.0),
    "bracket": dict.fromkeys(
        ("Company", "Institute", "Park", "Organization", "GovernmentBody", "Event", "Policy"), 3.5
    ),
    "department": {"GovernmentBody": 3.6, "Institute": 2.5},
    "short form": {"Park": 4.0},
    "extension": {"Company": 4.0, "Institute": 4.0},
    "ground": {"Park": 3.5},
    "column": dict.fromkeys(
        ("Company", "Institute", "Park", "Person", "IndustryField", "Policy", "Event", "Product"), 3.0
    ),
}
"""Weights do not fall below these: pages about Shanghai name more of what the lexicon lists than the annotated
articles do, and some kinds are sure but too rare to be weighed."""


def fit(articles: Iterable[Judged], start: Weights) -> Weights:
    """Fit both scales of read pages in three steps: on the first round, then twice on what both rounds gather.

    Args:
        articles: all read by a model.
        start: for the first round, and for all that is not fitted (thresholds, rivalry, pages without a model).
    """
    articles = list(articles)
    weights = _fitted([row for a in articles for row in _rows(a, a.proposals)], start)
    for _ in range(2):
        with weighing(weights):
            gathered = [(a, gather(a.text, (), a.proposals, segmenter.words).proposals) for a in articles]
            rows = [row for a, proposals in gathered for row in _rows(a, proposals)]
        weights = _fitted(rows, start)
    return weights


def _fitted(rows: Sequence[Row], start: Weights) -> Weights:
    """Weights with a scale for the rows that a model has proposed, and one for the others, as far as there are any."""
    spoken = [row for row in rows if not row[1].keys().isdisjoint(start.probable)]
    silent = [row for row in rows if row[1].keys().isdisjoint(start.probable)]
    return replace(
        start,
        read=_fit(spoken) if spoken else start.read,
        silent=_fit(silent) if silent else start.silent,
    )


def _rows(article: Judged, proposals: Iterable[Proposal]) -> Iterable[Row]:
    """The candidates of an article."""
    found: dict[Candidate, dict[str, float]] = evidence(article.text, proposals, segmenter.words)
    for candidate, kinds in found.items():
        yield candidate.cls, kinds, tuple(candidate) in article.names


def _fit(rows: Sequence[Row]) -> Scale:
    """The scale that tells names from other candidates best."""
    kinds = sorted({kind for _, evidence, _ in rows for kind in evidence})
    columns = {key: i for i, key in enumerate([(k, c) for k in [*kinds, "base"] for c in ("any", *CLASSES)])}
    penalty = np.array([BASE if k == "base" else SHARED if c == "any" else OWN for k, c in columns])
    weights = _regress(rows, columns, penalty)
    base = {cls: round(float(weights[columns["base", "any"]] + weights[columns["base", cls]]), 2) for cls in CLASSES}
    evidence = {"any": {"any": 1.0}} | {kind: _row(kind, weights, columns) for kind in kinds}
    for kind, least_of in LEAST.items():
        row = evidence.setdefault(kind, {"any": min(least_of.values())})
        row.update({cls: max(row.get(cls, row["any"]), value) for cls, value in least_of.items()})
    return Scale(base, evidence)


def _row(kind: str, weights: Floats, columns: Mapping[tuple[str, str], int]) -> dict[str, float]:
    """What a kind of evidence adds: for any class, and for those to which it means something else."""
    shared = float(weights[columns[kind, "any"]])
    own = {cls: float(weights[columns[kind, cls]]) for cls in CLASSES}
    return {"any": round(shared, 2)} | {cls: round(shared + x, 2) for cls, x in own.items() if abs(x) > _TELLING}


_TELLING = 0.15
"""Smaller differences between classes are left out of the file."""


def _regress(rows: Sequence[Row], columns: Mapping[tuple[str, str], int], penalty: Floats) -> Floats:
    """Logistic regression over rows of strengths."""
    cells = [
        (number, columns[kind, who], strength)
        for number, (cls, evidence, _) in enumerate(rows)
        for kind, strength in (*evidence.items(), ("base", 1.0))
        for who in ("any", cls)
    ]
    line, column = np.array([c[0] for c in cells]), np.array([c[1] for c in cells])
    strength, truth = np.array([c[2] for c in cells]), np.array([float(row[2]) for row in rows])

    def loss(w: Floats) -> tuple[float, Floats]:
        score = np.bincount(line, strength * w[column], len(rows))
        error = 1 / (1 + np.exp(-np.clip(score, -30, 30))) - truth
        slope = np.bincount(column, strength * error[line], len(penalty)) + penalty * w
        return float((np.logaddexp(0, score) - truth * score).sum() + (penalty * w) @ w / 2), slope

    return least(loss, np.zeros(len(penalty)))


def render(weights: Weights, head: str) -> str:
    """The weights as the text of ``data/mentions/weights.yml``.

    Args:
        weights: to be written.
        head: the comment on top of the file.
    """
    parts = [head]
    parts += [f"threshold: {_flow(weights.threshold)}", f"rivalry: {_flow(weights.rivalry)}"]
    parts += [f"probable: [{', '.join(weights.probable)}]", f"length: {weights.length}", f"weak: {weights.weak}"]
    for name in ("read", "silent", "unread"):
        scale = getattr(weights, name)
        parts += ["", f"{name}:", f"  base: {_flow(scale.base)}", "  evidence:"]
        parts += [f"    {kind}: {_flow(row)}" for kind, row in sorted(scale.evidence.items())]
    return "\n".join(parts) + "\n"


def _flow(row: Mapping[str, float]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in row.items()) + "}"
