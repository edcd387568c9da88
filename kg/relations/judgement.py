"""Yields the relations of a scene: candidates weighed, joined with what the rules found, one per pair and role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np

from kg.model import Relation
from kg.relations import rivals
from kg.relations.candidates import Candidate, Pairs, candidates
from kg.relations.findings import Finding
from kg.relations.reading import read
from kg.relations.rivals import FLOOR, HOPELESS, Key
from kg.relations.rows import Clues
from kg.relations.scene import Scene
from kg.relations.weights import Floats, Weights, probability, scores, weights

SYMMETRIC = frozenset({"cooperatesWith"})
"""Relations without direction."""

UNSURE = frozenset({
    "locatedIn/named", "locatedIn/within", "locatedIn/known", "locatedIn/framed", "locatedIn/visited~", "partOf/known",
})  # fmt: skip
"""Rules that only point out a pair."""

_REMOTE = 0.07
"""What no rule states and no one sentence names must be surer by this much: broadcast news bear it out less often."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the model says of a pair."""

    probability: float
    head: int
    """Index of a mention."""
    tail: int
    sentence: int


def judge(scene: Scene, threshold: float, model: Weights | None = None) -> tuple[Relation, ...]:
    """The relations of a page, one per pair, type and role, by evidence.

    Args:
        scene: the page.
        threshold: the least probability, 0 to 1.
        model: the weights; None: those that ship.
    """
    return judge_all([scene], threshold, model)[0]


def judge_all(scenes: Sequence[Scene], threshold: float, model: Weights | None = None) -> list[tuple[Relation, ...]]:
    """The relations of each of a few pages, as :func:`judge` finds them, step by step, which is quicker."""
    model = model or weights()
    pages = [read(scene) for scene in scenes]
    clues = Clues(model.rows)
    pairs = [candidates(scene, *page, clues, model.reach).candidates for scene, page in zip(scenes, pages, strict=True)]
    table = scores(model, Pairs(list(chain.from_iterable(pairs)), clues))
    tables = np.split(table, np.cumsum([len(listed) for listed in pairs[:-1]]))
    weighed = [weigh(*page, model, threshold) for page in zip(scenes, pairs, tables, strict=True)]
    return [
        _judged(scene, found, verdicts, model, threshold)
        for scene, (_, found), verdicts in zip(scenes, pages, weighed, strict=True)
    ]


def _judged(
    scene: Scene, found: Sequence[Finding], weighed: dict[Key, Verdict], model: Weights, threshold: float
) -> tuple[Relation, ...]:
    """What the model finds likely of a page, joined with what the rules found."""
    stated = _by_key(scene, found)
    verdicts = {
        key: verdict
        for key, verdict in weighed.items()
        if key in stated or verdict.probability >= threshold + _REMOTE or _together(scene, key, verdict.sentence)
    }
    rows = [row for key, verdict in verdicts.items() for row in _relations(scene, key, verdict, stated.get(key, []))]
    rows += _unasserted(scene, stated, set(verdicts), model, threshold)
    return tuple(sorted(rows, key=lambda r: (r.evidence, r.head, r.type, r.tail, r.role)))


def weigh(
    scene: Scene, pairs: Sequence[Candidate], table: Floats, model: Weights, threshold: float
) -> dict[Key, Verdict]:
    """The verdict on each pair and relation that reaches the threshold, by the pairs' scores."""
    best = meetings(scene, pairs, table, model.labels)
    verdicts: dict[Key, Verdict] = {}
    for key, standing in rivals.standing({key: score for key, (score, _, _, _) in best.items()}, HOPELESS):
        p = probability(model, key[1], standing)
        if p >= threshold:
            verdicts[key] = Verdict(round(p, 4), *best[key][1:])
    return verdicts


def _together(scene: Scene, key: Key, sentence: int) -> bool:
    """Whether the sentence names both ends."""
    named = {scene.group[index] for index in range(*scene.within[sentence])}
    return key[0] in named and key[2] in named


def meetings(
    scene: Scene, pairs: Sequence[Candidate], table: Floats, known: tuple[str, ...]
) -> dict[Key, tuple[float, int, int, int]]:
    """For each pair and relation the meeting with the highest log-odds: these, head, tail and sentence.

    Args:
        scene: the page.
        pairs: of its names.
        table: their scores, pairs by labels.
        known: the labels.
    """
    best: dict[Key, tuple[float, int, int, int]] = {}
    opens = {labels: _open(known, labels) for labels in {pair.labels for pair in pairs}}
    flags = b"".join([opens[pair.labels] for pair in pairs])
    open_to = np.frombuffer(flags, bool).reshape(table.shape)
    for row, column in zip(*(where.tolist() for where in np.nonzero((table > FLOOR) & open_to)), strict=True):
        pair, label = pairs[row], known[column]
        head, tail = (pair.first, pair.second) if label[-1] == ">" else (pair.second, pair.first)
        key = key_of(scene, head, label[:-1], tail)
        score = float(table[row, column])
        if key not in best or best[key][0] < score:
            best[key] = (score, head, tail, pair.sentence)
    return best


@cache
def _open(known: tuple[str, ...], labels: tuple[str, ...]) -> bytes:
    """Which of the model's labels are among those of a pair: 1 or 0 for each."""
    return bytes(label in labels for label in known)


def key_of(scene: Scene, head: int, kind: str, tail: int) -> Key:
    """The key of a relation; without direction where it has none."""
    ends = scene.group[head], scene.group[tail]
    first, second = sorted(ends) if kind in SYMMETRIC else ends
    return first, kind, second


def _by_key(scene: Scene, found: Sequence[Finding]) -> dict[Key, list[Finding]]:
    rows: dict[Key, list[Finding]] = {}
    for finding in found:
        if finding.rule not in UNSURE and finding.status != "negated":
            rows.setdefault(key_of(scene, finding.head, finding.type, finding.tail), []).append(finding)
    return rows


def _relations(scene: Scene, key: Key, verdict: Verdict, stated: Sequence[Finding]) -> Iterator[Relation]:
    """One relation per role that the rules read; what only the model sees is cited where it sees it."""
    asserted = [finding for finding in stated if finding.status != "planned"]
    roles: dict[str, Finding] = {}
    for finding in asserted:
        roles.setdefault(finding.role, finding)
    if len(roles) > 1:
        roles.pop("", None)
    for finding in roles.values():
        yield _relation(scene, finding, verdict.probability)
    if not roles:
        evidence = scene.sentences[verdict.sentence]
        yield Relation(verdict.head, key[1], verdict.tail, evidence, verdict.probability, f"{key[1]}/weighed")


def _unasserted(
    scene: Scene, stated: dict[Key, list[Finding]], asserted: set[Key], model: Weights, threshold: float
) -> Iterator[Relation]:
    """What is only planned, or is past: as sure as the construction is elsewhere."""
    for key, findings in stated.items():
        first = next((f for f in findings if f.status in {"planned", "past"}), None)
        if first is None or key in asserted:
            continue
        confidence = model.precision.get(first.rule, 0.0)
        if confidence >= threshold:
            yield _relation(scene, first, confidence)


def _relation(scene: Scene, finding: Finding, confidence: float) -> Relation:
    evidence = scene.sentences[finding.sentence]
    return Relation(
        finding.head, finding.type, finding.tail, evidence, round(confidence, 4), finding.rule,
        finding.role, finding.start, finding.end, finding.status,
    )  # fmt: skip
