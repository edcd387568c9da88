"""Yields :class:`Candidate`: two names of a page that may be related, where they meet, as features to weigh."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.relations.constructions import speech, words
from kg.relations.findings import Finding
from kg.relations.grammar import SLOTS, joins, signatures
from kg.relations.reading import Line
from kg.relations.scene import Scene
from kg.relations.strips import Strip

_FAR = 90
"""Names further apart than this many characters of a strip are not paired."""
_JOINTS = re.compile(f"[{SLOTS}](?:(?:[、和与及]|以及|，?以及)?[{SLOTS}])+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two names, the one printed (or spoken of) first called the first."""

    first: int
    """Index of a mention."""
    second: int
    sentence: int
    """Where they meet."""
    labels: tuple[str, ...]
    """The relations they may have: ``locatedIn>`` with the first as head, ``locatedIn<`` with the second."""
    features: tuple[str, ...]


@cache
def labels(first: str, second: str) -> tuple[str, ...]:
    """The relations that two classes allow, with the direction."""
    forward = [f"{r}>" for r in signatures().relations if (first, second) in joins(r)]
    backward = [f"{r}<" for r in signatures().relations if (second, first) in joins(r) and r != "cooperatesWith"]
    return (*forward, *backward)


def candidates(scene: Scene, lines: Sequence[Line], found: Sequence[Finding]) -> Iterator[Candidate]:
    """All pairs worth weighing, sentence by sentence.

    Args:
        scene: the page.
        lines: its sentences as the rules saw them.
        found: what the rules found; each finding is a feature of its pair.
    """
    page = _Page(scene, found)
    met: set[tuple[int, int]] = set()
    for line in lines:
        met |= {_pair(scene, i, j) for i, j, _, _ in _meetings(scene, line.strip)}
    for line, after in zip(lines, [*lines[1:], None], strict=False):
        view = _View(line.strip)
        for i, j, p, q in _meetings(scene, line.strip):
            yield page.candidate(i, j, line, [*page.common(i, j), *view.between(p, q)])
        yield from _elliptic(scene, line, page, met)
        for reason, i in (*_speaker(scene, line, after), *line.topics):
            partners = _partners(scene, line, i, met)
            yield from (page.candidate(i, j, line, [*page.common(i, j), reason, *view.alone(q)]) for q, j in partners)
    yield from _cited(scene, lines, found, page, met)


def _meetings(scene: Scene, strip: Strip) -> list[tuple[int, int, int, int]]:
    """Pairs of mentions of a strip that may be related, with their positions."""
    rows = []
    slots = sorted(strip.at.items())
    for k, (p, i) in enumerate(slots):
        for q, j in slots[k + 1 :]:
            if q - p > _FAR:
                break
            if scene.group[i] != scene.group[j] and labels(scene.mentions[i].cls, scene.mentions[j].cls):
                rows.append((i, j, p, q))
    return rows


def _elliptic(scene: Scene, line: Line, page: _Page, met: set[tuple[int, int]]) -> Iterator[Candidate]:
    """Pairs of a left-out subject with what its sentence names, where they meet in no sentence."""
    if line.filled is None:
        return
    view = _View(line.filled)
    for i, j, p, q in _meetings(scene, line.filled):
        if (p in line.filled.implied or q in line.filled.implied) and _pair(scene, i, j) not in met:
            yield page.candidate(i, j, line, [*page.common(i, j), "elliptic", *view.between(p, q)])


def _speaker(scene: Scene, line: Line, after: Line | None) -> list[tuple[str, int]]:
    """Who says the sentence, where it ends a quotation and the next one opens with its speaker."""
    if after is None or not scene.text[: scene.sentences[line.sentence].end].endswith(("”", '"')):
        return []
    first = [after.strip.at[p] for p in sorted(after.strip.at)[:2]]
    return [("speaker", i) for i in first] if speech().search(after.strip.text[:40]) else []


def _partners(scene: Scene, line: Line, i: int, met: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Names of a sentence, with their positions, that meet ``i`` in no sentence and may be related to it."""
    for q, j in sorted(line.strip.at.items()):
        if q in line.strip.implied or _pair(scene, i, j) in met or scene.group[i] == scene.group[j]:
            continue
        if labels(scene.mentions[i].cls, scene.mentions[j].cls):
            yield q, j


def _cited(
    scene: Scene, lines: Sequence[Line], found: Sequence[Finding], page: _Page, met: set[tuple[int, int]]
) -> Iterator[Candidate]:
    """Pairs that only a rule brings together."""
    by_number = {line.sentence: line for line in lines}
    for finding in found:
        pair = _pair(scene, finding.head, finding.tail)
        if pair not in met and finding.sentence in by_number:
            first, second = sorted((finding.head, finding.tail))
            features = [*page.common(first, second), "cited"]
            yield page.candidate(first, second, by_number[finding.sentence], features)


def _pair(scene: Scene, i: int, j: int) -> tuple[int, int]:
    left, right = scene.group[i], scene.group[j]
    return (left, right) if left < right else (right, left)


class _Page:
    """What holds for a pair anywhere on the page."""

    def __init__(self, scene: Scene, found: Sequence[Finding]) -> None:
        self._scene = scene
        self._count = Counter(scene.group)
        self._classes = Counter(scene.mentions[g].cls for g in set(scene.group))
        self._names: dict[tuple[str, int], list[str]] = {}
        self._rules: dict[tuple[int, int], set[str]] = {}
        for f in found:
            head, tail = scene.group[f.head], scene.group[f.tail]
            mark = "" if f.status == "asserted" else f"!{f.status}"
            self._rules.setdefault((head, tail), set()).update({f"{f.rule}{mark}", f"{f.type}{mark}"})

    def candidate(self, i: int, j: int, line: Line, features: list[str]) -> Candidate:
        first, second = self._scene.mentions[i].cls, self._scene.mentions[j].cls
        return Candidate(i, j, line.sentence, labels(first, second), tuple(features))

    def common(self, i: int, j: int) -> list[str]:
        """Features of the two names and of what the rules say of them."""
        a, b = self._scene.mentions[i], self._scene.mentions[j]
        g, h = self._scene.group[i], self._scene.group[j]
        classes = f"{a.cls[:3]}{b.cls[:3]}"
        rows = ["bias", f"c={classes}", *self._own("a", i), *self._own("b", j)]
        rows += [f"R{rule}>" for rule in self._rules.get((g, h), ())]
        rows += [f"R{rule}<" for rule in self._rules.get((h, g), ())]
        if a.name[0] == b.name[0]:
            rows += [f"b^a{classes}"] * b.name.startswith(a.name[:4]) + [f"a^b{classes}"] * a.name.startswith(
                b.name[:4]
            )
        if a.name in b.name:
            rows.append(f"a in b{classes}")
        if b.name in a.name:
            rows.append(f"b in a{classes}")
        return rows

    def _own(self, side: str, i: int) -> list[str]:
        """Features of one name, kept from pair to pair."""
        rows = self._names.get((side, i))
        if rows is None:
            mention, count = self._scene.mentions[i], self._count[self._scene.group[i]]
            rows = [f"{side}$={mention.name[-2:]}", f"{side}$={mention.name[-1:]}", f"n{side}={min(count, 4)}",
                    f"c{side}={min(self._classes[mention.cls], 6)}"]  # fmt: skip
            self._names[side, i] = rows
        return rows


class _View:
    """What a strip shows around and between two of its names."""

    def __init__(self, strip: Strip) -> None:
        self._text = strip.text
        self._implied = strip.implied
        self._start = {p: p for p in strip.at}
        self._end = {p: p + 1 for p in strip.at}
        for match in _JOINTS.finditer(strip.text):
            for p in range(match.start(), match.end()):
                if p in strip.at and strip.text[p] == strip.text[match.end() - 1]:
                    self._start[p], self._end[p] = match.start(), match.end()
        self._first = min(strip.at, default=0)
        self._words = words(strip.text)
        self._lefts: dict[int, list[str]] = {}
        self._rights: dict[int, list[str]] = {}
        self._alone: dict[int, list[str]] = {}

    def between(self, p: int, q: int) -> list[str]:
        """Features of two names of the sentence, the enumerations they stand in taken as one name."""
        text = self._text
        if self._end[p] > q:
            return [f"joint={text[p + 1 : q]}"[:12], *self._left(p), *self._right(q)]
        left, right = self._end[p], self._start[q]
        if right < left:
            left, right = p + 1, q
        middle = text[left:right]
        kind = "".join(sorted({c for c in middle if c >= "\ue000" and c <= "\ue00c"}))
        commas = middle.count("，")
        rows = [f"m={middle}" if len(middle) <= 8 else "m", f"len={min(len(middle) // 4, 6)}", f"com={min(commas, 3)}",
                f"k={kind}", f"m<{middle[:2]}", f"m>{middle[-2:]}", f"m<{middle[:3]}", f"m>{middle[-3:]}"]  # fmt: skip
        last = middle.rsplit("，", 1)[-1]
        rows += [f"l={last[-6:]}"] if commas else []
        rows += [f"m2={middle[k : k + 2]}" for k in range(min(len(middle) - 1, 40))]
        rows += [f"l2={last[k : k + 2]}" for k in range(min(len(last) - 1, 24))] if commas else []
        found = {name for end, name in self._words if left < end <= right}
        classes = text[p] + text[q]
        rows += [f"w2={name}" for name in found] + [f"cw{classes}{name}" for name in found]
        rows.append(f"cm{classes}{middle}" if len(middle) <= 4 else f"cm{classes}")
        rows += ["rival a"] * (text[p] in kind) + ["rival b"] * (text[q] in kind)
        return [*rows, *self._left(p), *self._right(q)]

    def alone(self, q: int) -> list[str]:
        """Features of one name whose partner stands in another sentence."""
        if q not in self._alone:
            start, end = self._start[q], self._end[q]
            before, after = self._text[max(0, start - 14) : start], self._text[end : end + 12]
            rows = [f"t<{before[-2:]}", f"t<{before[-3:]}", f"t>{after[:2]}", f"t>{after[:3]}"]
            rows += [f"tb={before[k : k + 2]}" for k in range(len(before) - 1)]
            rows += [f"ta={after[k : k + 2]}" for k in range(len(after) - 1)]
            rows += [f"tw={name}" for stop, name in self._words if start - 14 < stop <= start]
            self._alone[q] = [*rows, f"tfirst={q == self._first}"]
        return self._alone[q]

    def _left(self, p: int) -> list[str]:
        if p not in self._lefts:
            start = self._start[p]
            before = self._text[max(0, start - 8) : start]
            rows = [f"x<{before[-2:]}", f"x<{before[-1:]}", f"first={p == self._first}", f"ia={p in self._implied}"]
            self._lefts[p] = rows + [f"b2={before[k : k + 2]}" for k in range(len(before) - 1)]
        return self._lefts[p]

    def _right(self, q: int) -> list[str]:
        if q not in self._rights:
            end = self._end[q]
            after = self._text[end : end + 12]
            rows = [f"x>{after[:2]}", f"x>{after[:1]}", f"x>{after[:3]}", f"ib={q in self._implied}"]
            rows += [f"a2={after[k : k + 2]}" for k in range(len(after) - 1)]
            self._rights[q] = rows + [f"w3={name}" for stop, name in self._words if end < stop <= end + 14]
        return self._rights[q]
