"""Yields the relations of a scene: findings weighed, joined per pair, and cut by probability."""

from __future__ import annotations

from kg.model import Relation
from kg.relations.findings import Finding
from kg.relations.reading import read
from kg.relations.scene import Scene

_SYMMETRIC = frozenset({"cooperatesWith"})


def judge(scene: Scene, threshold: float) -> tuple[Relation, ...]:
    """The relations of a page, one per pair, type and role, by evidence.

    Args:
        scene: the page.
        threshold: the least probability, 0 to 1.
    """
    _, found = read(scene)
    best: dict[tuple[int, str, int, str], Relation] = {}
    for finding in found:
        relation = _relation(scene, finding, 0.3 if finding.rule == "locatedIn/named" else 0.7)
        key = _key(scene, relation)
        if relation.confidence >= threshold and (key not in best or _rank(best[key]) < _rank(relation)):
            best[key] = relation
    return tuple(sorted(best.values(), key=lambda r: (r.evidence, r.head, r.type, r.tail, r.role)))


def _relation(scene: Scene, finding: Finding, confidence: float) -> Relation:
    return Relation(
        finding.head, finding.type, finding.tail, scene.sentences[finding.sentence], confidence, finding.rule,
        finding.role, finding.start, finding.end, finding.status,
    )  # fmt: skip


def _key(scene: Scene, relation: Relation) -> tuple[int, str, int, str]:
    ends = scene.group[relation.head], scene.group[relation.tail]
    head, tail = sorted(ends) if relation.type in _SYMMETRIC else ends
    return head, relation.type, tail, relation.role


def _rank(relation: Relation) -> tuple[bool, float, int]:
    """Asserted before planned or past, probable before improbable, early before late."""
    return relation.status == "asserted", relation.confidence, -relation.evidence.start
