"""Yields what speaks for a pair of names being related, as numbers of :class:`kg.relations.rows.Clues`.

What stands before a name or behind it is counted once for all pairs that it takes part in: a page has many more pairs
than names.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from kg.model import Mention
from kg.relations.constructions import spotted
from kg.relations.findings import Finding
from kg.relations.grammar import SLOTS
from kg.relations.rows import GRAMS, Clues, Row
from kg.relations.scene import Scene
from kg.relations.strips import Strip

_BETWEEN, _LAST, _BEFORE, _BEHIND, _LEFT, _RIGHT = (itemgetter(place) for place in range(len(GRAMS)))
_JOINTS = re.compile(f"[{SLOTS}](?:(?:[、和与及]|以及|，?以及)?[{SLOTS}])+")
_SLOT = re.compile(f"[{SLOTS}]")
_DIGITS = "0123456"
_RIVALS = ("rival a", "rival b")
_NEAR, _AFTER, _AROUND = 8, 12, 14
"""How many characters before the first name, behind the second, and around a lone one are looked at."""


class OnPage:
    """What holds for a pair anywhere on the page."""

    def __init__(self, scene: Scene, found: Sequence[Finding], clues: Clues) -> None:
        """Read the page once.

        Args:
            scene: the page.
            found: what the rules found; each finding is a feature of its pair.
            clues: gets what is found.
        """
        self._scene = scene
        self._of = of = clues.known.of
        self._add = clues.add
        self._begins = [sentence.start for sentence in scene.sentences]
        self._count = Counter(scene.group)
        self._classes = Counter(scene.mentions[g].cls for g in set(scene.group))
        self._names: dict[tuple[str, int], int] = {}
        self._classed: dict[tuple[str, str], int] = {}
        self._apart: dict[tuple[str, int, int], int] = {}
        self._rules: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
        for f in found:
            head, tail = scene.group[f.head], scene.group[f.tail]
            mark = "" if f.status == "asserted" else f"!{f.status}"
            self._rules[head, tail] |= {of["R"](f"{name}{mark}>") or 0 for name in (f.rule, f.type)}
            self._rules[tail, head] |= {of["R"](f"{name}{mark}<") or 0 for name in (f.rule, f.type)}

    def pair(self, i: int, j: int) -> list[int]:
        """Features of two names and of what the rules say of them."""
        a, b = self._scene.mentions[i], self._scene.mentions[j]
        clues = [self._of_classes(a.cls, b.cls), self._name("a", i), self._name("b", j)]
        special = [*self._rules.get((self._scene.group[i], self._scene.group[j]), ())]
        if a.name[0] == b.name[0] or a.name in b.name or b.name in a.name:
            special += [self._of[""](name) for name in _shared(a, b)]
        if special:
            clues.append(self._add(special))
        return clues

    def _of_classes(self, first: str, second: str) -> int:
        """Features of two classes, kept from pair to pair."""
        clue = self._classed.get((first, second))
        if clue is None:
            known = self._of[""]
            clue = self._add((known("bias"), known(f"c={first[:3]}{second[:3]}")))
            self._classed[first, second] = clue
        return clue

    def far(self, reason: str, i: int, sentence: int) -> int:
        """Features of a name of an earlier sentence that this one is about without naming it, kept from pair to pair.

        Args:
            reason: why it may be meant.
            i: the name.
            sentence: the one that is read.
        """
        clue = self._apart.get((reason, i, sentence))
        if clue is None:
            of, mention, block = self._of, self._scene.mentions[i], self._scene.block
            stands = bisect_right(self._begins, mention.start) - 1
            away = max(-1, min(sentence - stands, 5))
            together = block[stands] == block[sentence]
            clue = self._apart[reason, i, sentence] = self._add(
                (of[""](reason), of["tr"](reason + mention.cls), of["td="](str(away)), of["tB"](f"{together}{reason}"))
            )
        return clue

    def _name(self, side: str, i: int) -> int:
        """Features of one name, kept from pair to pair."""
        clue = self._names.get((side, i))
        if clue is None:
            of, mention, count = self._of, self._scene.mentions[i], self._count[self._scene.group[i]]
            ending, others = of[f"{side}$="], self._classes[mention.cls]
            clue = self._names[side, i] = self._add(
                (ending(mention.name[-2:]), ending(mention.name[-1:]), of[f"n{side}="](str(min(count, 4))),
                 of[f"c{side}="](str(min(others, 6))))
            )  # fmt: skip
        return clue


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


class _Lone(NamedTuple):
    """What a strip shows around a name whose partner stands in another sentence."""

    clue: int
    clause: str
    """The text of its clause before it, and below the slots there."""
    kinds: str
    before: tuple[int, ...]
    """Numbers of the constructions whose words stand in that text, and below of those that stand behind the name."""
    behind: tuple[int, ...]


class InStrip:
    """What a strip shows around and between two of its names; an enumeration is looked at as one name."""

    def __init__(self, strip: Strip, clues: Clues) -> None:
        """Read the strip once.

        Args:
            strip: with two names at least, or one whose partner is elsewhere.
            clues: gets what is found.
        """
        self._text = strip.text
        self._implied = strip.implied
        self._of = clues.known.of
        self._worded = clues.known.words
        self._add = clues.add
        self._start = {p: p for p in strip.at}
        self._end = {p: p + 1 for p in strip.at}
        for match in _JOINTS.finditer(strip.text):
            for p in range(match.start(), match.end()):
                if p in strip.at and strip.text[p] == strip.text[match.end() - 1]:
                    self._start[p], self._end[p] = match.start(), match.end()
        self._first = min(strip.at, default=0)
        self._told = spotted(strip.text).between
        self._grams = clues.known.grams(strip.text)
        self._lefts: dict[int, int] = {}
        self._rights: dict[int, int] = {}
        self._lone: dict[int, _Lone] = {}
        self._spoken: dict[tuple[str, int], int] = {}

    def between(self, p: int, q: int) -> list[int]:
        """Features of two names of the sentence, by their positions."""
        text = self._text
        if self._end[p] > q:
            return [self._add((self._of["joint="](text[p + 1 : q][:6]),)), self._left(p), self._right(q)]
        left, right = self._end[p], self._start[q]
        if right < left:
            left, right = p + 1, q
        return [self._middle(text[p] + text[q], left, right), self._left(p), self._right(q)]

    def alone(self, slot: str, q: int) -> list[int]:
        """Features of one name whose partner, of the class of ``slot``, stands in another sentence."""
        lone = self._lone.get(q)
        if lone is None:
            lone = self._lone[q] = self._around(q)
        spoken = self._spoken.get((slot, q))
        if spoken is None:
            spoken = self._spoken[slot, q] = self._about(slot, q, lone)
        return [lone.clue, spoken]

    def _middle(self, classes: str, left: int, right: int) -> int:
        """Features of the text between two names of these classes."""
        of, middle = self._of, self._text[left:right]
        size, commas, kinds = len(middle), middle.count("，"), _kinds(middle)
        begin, end = of["m<"], of["m>"]
        rows: list[Row] = [
            of["m="](middle) if size <= 8 else of[""]("m"),
            of["len="](_DIGITS[min(size // 4, 6)]), of["com="](_DIGITS[min(commas, 3)]), of["k="](kinds),
            begin(middle[:2]), begin(middle[:3]), end(middle[-2:]), end(middle[-3:]),
            of["cm"](classes + middle if size <= 4 else classes),
        ]  # fmt: skip
        if kinds:
            rows += [of[""](name) for name, slot in zip(_RIVALS, classes, strict=True) if slot in kinds]
        told = {*self._told(left, right)}
        if told:
            word, classed = self._worded("w2="), self._worded("cw", classes)
            rows += [table[number] for number in told for table in (word, classed)]
        rows += map(_BETWEEN, self._grams[left : min(right - 1, left + 40)])
        if commas:
            last = left + middle.rfind("，") + 1
            rows.append(of["l="](self._text[max(last, right - 6) : right]))
            rows += map(_LAST, self._grams[last : min(right - 1, last + 24)])
        return self._add(rows)

    def _around(self, q: int) -> _Lone:
        """Features of a lone name, whatever it may be related to."""
        of, text, start, end = self._of, self._text, self._start[q], self._end[q]
        left, right, begin = max(0, start - _AROUND), end + _AFTER, _clause(text, start)
        clause, before, behind, word = text[begin:start], of["t<"], of["t>"], self._worded("tw=")
        rows: list[Row] = [
            before(text[max(left, start - 2) : start]), before(text[max(left, start - 3) : start]),
            behind(text[end : end + 2]), behind(text[end : end + 3]), of["tfirst="](str(q == self._first)),
            of["tl2"](clause[:2]), of["tl3"](clause[:3]), of["tlen"](_DIGITS[min(len(clause) // 4, 6)]),
            of["tc"](_DIGITS[min(text.count("，", 0, start), 3)]),
        ]  # fmt: skip
        if len(clause) <= 6:
            rows.append(of["tm"](clause))
        rows += [word[number] for number in self._told(left, start)]
        rows += map(_LEFT, self._grams[left : max(left, start - 1)])
        rows += map(_RIGHT, self._grams[end : right - 1])
        told = self._told(begin, start), self._told(end, end + _AROUND)
        return _Lone(self._add(rows), clause, _kinds(clause), *told)

    def _about(self, slot: str, q: int, lone: _Lone) -> int:
        """How the sentence comes to the name, if it is about something of the class of ``slot``."""
        of, text, start = self._of, self._text, self._start[q]
        classes = slot + text[q]
        first = text[self._first] if self._first < start else "-"
        rows: list[Row] = [
            of["to"](classes + text[:2]), of["tnew"](f"{slot in text[:start]}{slot in lone.clause}"),
            of["tfs"](f"{slot}{first}{self._first == 0}"), of["tk"](classes + lone.kinds),
        ]  # fmt: skip
        for family, told in (("tcw", lone.before), ("taw", lone.behind)):
            if told:
                word = self._worded(family, classes)
                rows += [word[number] for number in told]
        return self._add(rows)

    def _left(self, p: int) -> int:
        clue = self._lefts.get(p)
        if clue is None:
            of, start = self._of, self._start[p]
            near = max(0, start - _NEAR)
            before, known = self._text[near:start], of["x<"]
            clue = self._lefts[p] = self._add(
                (known(before[-2:]), known(before[-1:]),
                 of["first="](str(p == self._first)), of["ia="](str(p in self._implied)),
                 *map(_BEFORE, self._grams[near : max(near, start - 1)]))
            )  # fmt: skip
        return clue

    def _right(self, q: int) -> int:
        clue = self._rights.get(q)
        if clue is None:
            of, end = self._of, self._end[q]
            after, known, word = self._text[end : end + 3], of["x>"], self._worded("w3=")
            clue = self._rights[q] = self._add(
                (known(after[:2]), known(after[:1]), known(after), of["ib="](str(q in self._implied)),
                 *(word[number] for number in self._told(end, end + _AROUND)),
                 *map(_BEHIND, self._grams[end : end + _AFTER - 1]))
            )  # fmt: skip
        return clue


def _clause(text: str, end: int) -> int:
    """Where the clause begins that goes on until ``end``."""
    return max(text.rfind("，", 0, end), text.rfind("；", 0, end), text.rfind("：", 0, end)) + 1


def _kinds(text: str) -> str:
    """The slots of a text, each once, in the order of the classes."""
    found = _SLOT.findall(text)
    return "".join(sorted(set(found))) if found else ""
