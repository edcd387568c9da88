"""Yields what speaks for a pair of names being related, as row numbers of a model's matrix: :class:`Rows`.

Features are counted once where they arise, a name's or a word's for all pairs that it takes part in, and are numbers
from the start: a page has many more pairs than names, and a model knows only some of the features.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.model import Mention
from kg.relations.constructions import words
from kg.relations.findings import Finding
from kg.relations.grammar import SLOTS
from kg.relations.scene import Scene
from kg.relations.strips import Strip

GRAMS = ("m2=", "l2=", "b2=", "a2=", "tb=", "ta=")
"""What features of two characters begin with: between the names, in the last clause between them, before the first,
after the second; and before and after a name whose partner is not in the sentence."""
_NOWHERE = (0,) * len(GRAMS)
_JOINTS = re.compile(f"[{SLOTS}](?:(?:[、和与及]|以及|，?以及)?[{SLOTS}])+")
_SLOT = re.compile(f"[{SLOTS}]")
_NEAR, _AFTER, _AROUND = 8, 12, 14
"""How many characters before the first name, behind the second, and around a lone one are looked at."""


class Rows:
    """The features that a model knows, by name, and their rows in its matrix; row 0 is that of no feature."""

    def __init__(self, names: Iterable[str]) -> None:
        """Number the names from 1, in their order."""
        self.known = {name: row for row, name in enumerate(names, 1)}
        grams = {name[3:] for name in self.known if name.startswith(GRAMS)}
        self._grams = {gram: tuple(self.known.get(family + gram, 0) for family in GRAMS) for gram in grams}

    def of(self, names: Iterable[str]) -> list[int]:
        """The rows of those of the features that are known."""
        return [*filter(None, map(self.known.get, names))]

    def grams(self, text: str) -> Sequence[tuple[int, ...]]:
        """For every two characters that follow each other their rows as features of each of :data:`GRAMS`."""
        known = self._grams
        return [known.get(text[k : k + 2], _NOWHERE) for k in range(len(text) - 1)]


class Growing(Rows):
    """Rows of all features that are asked for: for training."""

    def __init__(self) -> None:
        """Begin without any."""
        super().__init__(())

    def of(self, names: Iterable[str]) -> list[int]:
        """The rows of the features, new ones for those that are new."""
        known = self.known
        return [known.setdefault(name, len(known) + 1) for name in names]

    def grams(self, text: str) -> Sequence[tuple[int, ...]]:
        """Likewise."""
        return [tuple(self.of(family + text[k : k + 2] for family in GRAMS)) for k in range(len(text) - 1)]


class OnPage:
    """What holds for a pair anywhere on the page."""

    def __init__(self, scene: Scene, found: Sequence[Finding], rows: Rows) -> None:
        """Read the page once.

        Args:
            scene: the page.
            found: what the rules found; each finding is a feature of its pair.
            rows: of the model.
        """
        self._scene = scene
        self._rows = rows
        self._count = Counter(scene.group)
        self._classes = Counter(scene.mentions[g].cls for g in set(scene.group))
        self._names: dict[tuple[str, int], list[int]] = {}
        self._classed: dict[tuple[str, str], list[int]] = {}
        self._rules: dict[tuple[int, int], set[str]] = {}
        for f in found:
            head, tail = scene.group[f.head], scene.group[f.tail]
            mark = "" if f.status == "asserted" else f"!{f.status}"
            self._rules.setdefault((head, tail), set()).update({f"{f.rule}{mark}", f"{f.type}{mark}"})

    def pair(self, i: int, j: int) -> list[int]:
        """Features of two names and of what the rules say of them."""
        a, b = self._scene.mentions[i], self._scene.mentions[j]
        g, h = self._scene.group[i], self._scene.group[j]
        rows = [*self._of_classes(a.cls, b.cls), *self._name("a", i), *self._name("b", j)]
        if (g, h) in self._rules or (h, g) in self._rules:
            rows += self._rows.of(f"R{rule}>" for rule in self._rules.get((g, h), ()))
            rows += self._rows.of(f"R{rule}<" for rule in self._rules.get((h, g), ()))
        if a.name[0] == b.name[0] or a.name in b.name or b.name in a.name:
            rows += self._rows.of(_shared(a, b))
        return rows

    def _of_classes(self, first: str, second: str) -> list[int]:
        """Features of two classes, kept from pair to pair."""
        rows = self._classed.get((first, second))
        if rows is None:
            rows = self._classed[first, second] = self._rows.of(("bias", f"c={first[:3]}{second[:3]}"))
        return rows

    def far(self, reason: str, i: int, sentence: int) -> list[int]:
        """Features of a name of an earlier sentence that this one is about without naming it.

        Args:
            reason: why it may be meant.
            i: the name.
            sentence: the one that is read.
        """
        scene = self._scene
        stands = bisect_right(scene.sentences, scene.mentions[i].start, key=lambda s: s.start) - 1
        together = scene.block[stands] == scene.block[sentence]
        away = max(-1, min(sentence - stands, 5))
        return self._rows.of((reason, f"tr{reason}{scene.mentions[i].cls}", f"td={away}", f"tB{together}{reason}"))

    def _name(self, side: str, i: int) -> list[int]:
        """Features of one name, kept from pair to pair."""
        rows = self._names.get((side, i))
        if rows is None:
            mention, count = self._scene.mentions[i], self._count[self._scene.group[i]]
            rows = self._rows.of(
                (f"{side}$={mention.name[-2:]}", f"{side}$={mention.name[-1:]}", f"n{side}={min(count, 4)}",
                 f"c{side}={min(self._classes[mention.cls], 6)}")
            )  # fmt: skip
            self._names[side, i] = rows
        return rows


def _shared(a: Mention, b: Mention) -> Iterator[str]:
    """Features of two names with letters in common."""
    classes = f"{a.cls[:3]}{b.cls[:3]}"
    if b.name.startswith(a.name[:4]):
        yield f"b^a{classes}"
    if a.name.startswith(b.name[:4]):
        yield f"a^b{classes}"
    if a.name in b.name:
        yield f"a in b{classes}"
    if b.name in a.name:
        yield f"b in a{classes}"


class InStrip:
    """What a strip shows around and between two of its names; an enumeration is looked at as one name."""

    def __init__(self, strip: Strip, rows: Rows) -> None:
        """Read the strip once.

        Args:
            strip: with two names at least, or one whose partner is elsewhere.
            rows: of the model.
        """
        self._text = strip.text
        self._implied = strip.implied
        self._rows = rows
        self._start = {p: p for p in strip.at}
        self._end = {p: p + 1 for p in strip.at}
        for match in _JOINTS.finditer(strip.text):
            for p in range(match.start(), match.end()):
                if p in strip.at and strip.text[p] == strip.text[match.end() - 1]:
                    self._start[p], self._end[p] = match.start(), match.end()
        self._first = min(strip.at, default=0)
        found = words(strip.text)
        self._stops = [stop for stop, _ in found]
        self._words = [name for _, name in found]
        grams = rows.grams(strip.text)
        self._grams: Mapping[str, tuple[int, ...]] = dict(
            zip(GRAMS, zip(*grams, strict=True) if grams else ((),) * len(GRAMS), strict=True)
        )
        self._kept: Mapping[str, dict[tuple[int, str], list[int]]] = {"left": {}, "right": {}, "alone": {}, "of": {}}

    def between(self, p: int, q: int) -> list[int]:
        """Features of two names of the sentence, by their positions."""
        text = self._text
        if self._end[p] > q:
            return [*self._rows.of((f"joint={text[p + 1 : q]}"[:12],)), *self._left(p), *self._right(q)]
        left, right = self._end[p], self._start[q]
        if right < left:
            left, right = p + 1, q
        return [*self._middle(text[p] + text[q], left, right), *self._left(p), *self._right(q)]

    def _middle(self, classes: str, left: int, right: int) -> list[int]:
        """Features of the text between two names of these classes."""
        middle = self._text[left:right]
        commas = middle.count("，")
        kind = "".join(sorted(set(_SLOT.findall(middle))))
        names = [f"m={middle}" if len(middle) <= 8 else "m", f"len={min(len(middle) // 4, 6)}", f"com={min(commas, 3)}",
                 f"k={kind}", f"m<{middle[:2]}", f"m>{middle[-2:]}", f"m<{middle[:3]}", f"m>{middle[-3:]}",
                 f"cm{classes}{middle}" if len(middle) <= 4 else f"cm{classes}"]  # fmt: skip
        if kind:
            names += ["rival a"] * (classes[0] in kind) + ["rival b"] * (classes[1] in kind)
        for name in set(self._told(left, right)):
            names += (f"w2={name}", f"cw{classes}{name}")
        found = self._grams["m2="][left : min(right - 1, left + 40)]
        if not commas:
            return [*self._rows.of(names), *found]
        last = left + middle.rfind("，") + 1
        names.append(f"l={self._text[max(last, right - 6) : right]}")
        return [*self._rows.of(names), *found, *self._grams["l2="][last : min(right - 1, last + 24)]]

    def alone(self, slot: str, q: int) -> list[int]:
        """Features of one name whose partner, of the class of ``slot``, stands in another sentence."""
        found = self._kept["of"].get((q, slot))
        if found is None:
            found = self._kept["of"][q, slot] = [*self._around(q), *self._spoken(slot, q)]
        return found

    def _around(self, q: int) -> list[int]:
        found = self._kept["alone"].get((q, ""))
        if found is None:
            text, start, end = self._text, self._start[q], self._end[q]
            left, right = max(0, start - _AROUND), end + _AFTER
            names = [f"t<{text[max(left, start - 2) : start]}", f"t<{text[max(left, start - 3) : start]}",
                     f"t>{text[end : end + 2]}", f"t>{text[end : end + 3]}", f"tfirst={q == self._first}"]  # fmt: skip
            names += [f"tw={name}" for name in self._told(left, start)]
            grams = (*self._grams["tb="][left : max(left, start - 1)], *self._grams["ta="][end : right - 1])
            found = self._kept["alone"][q, ""] = [*self._rows.of(names), *grams]
        return found

    def _spoken(self, slot: str, q: int) -> list[int]:
        """How the sentence comes to the name, if it is about something of the class of ``slot``."""
        text, start, end = self._text, self._start[q], self._end[q]
        left = max(text.rfind(mark, 0, start) for mark in "，；：") + 1
        clause, classes = text[left:start], slot + text[q]
        first = text[self._first] if self._first < start else "-"
        names = [f"to{classes}{text[:2]}", f"tl2{clause[:2]}", f"tl3{clause[:3]}", f"tlen{min(len(clause) // 4, 6)}",
                 f"tnew{slot in text[:start]}{slot in clause}", f"tfs{slot}{first}{self._first == 0}",
                 f"tk{classes}{''.join(sorted(set(_SLOT.findall(clause))))}",
                 f"tc{min(text.count('，', 0, start), 3)}"]  # fmt: skip
        names += [f"tm{clause}"] * (len(clause) <= 6)
        names += [f"tcw{classes}{name}" for name in self._told(left, start)]
        names += [f"taw{classes}{name}" for name in self._told(end, end + _AROUND)]
        return self._rows.of(names)

    def _left(self, p: int) -> list[int]:
        found = self._kept["left"].get((p, ""))
        if found is None:
            start = self._start[p]
            near = max(0, start - _NEAR)
            before = self._text[near:start]
            names = (f"x<{before[-2:]}", f"x<{before[-1:]}", f"first={p == self._first}", f"ia={p in self._implied}")
            found = [*self._rows.of(names), *self._grams["b2="][near : max(near, start - 1)]]
            self._kept["left"][p, ""] = found
        return found

    def _right(self, q: int) -> list[int]:
        found = self._kept["right"].get((q, ""))
        if found is None:
            end = self._end[q]
            after = self._text[end : end + 3]
            names = [f"x>{after[:2]}", f"x>{after[:1]}", f"x>{after}", f"ib={q in self._implied}"]
            names += [f"w3={name}" for name in self._told(end, end + _AROUND)]
            found = [*self._rows.of(names), *self._grams["a2="][end : end + _AFTER - 1]]
            self._kept["right"][q, ""] = found
        return found

    def _told(self, left: int, right: int) -> list[str]:
        """Names of the constructions whose words end behind ``left`` and not behind ``right``."""
        return self._words[bisect_right(self._stops, left) : bisect_right(self._stops, right)]
