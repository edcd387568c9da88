"""Yields :class:`Strip`: a sentence with every name as one character, ready for the constructions.

Quotation marks, title marks and blanks are gone, half-width marks are full-width, and brackets that only repeat or
gloss a name are cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.relations.grammar import SLOT, SLOTS
from kg.relations.scene import Scene


@dataclass(frozen=True, slots=True)
class Strip:
    """A sentence with its names folded to one character each."""

    text: str
    at: dict[int, int]
    """Index of the mention for every position in ``text`` that holds one."""
    implied: frozenset[int] = frozenset()
    """The positions whose name is not printed there."""


_MARKS = dict.fromkeys("“”‘’「」『』《》〈〉\"' \r\n\u3000\ue00d", "") | {
    "\t": "，", ",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？", "!": "！", "﹑": "、",
}  # fmt: skip
_MARK = re.compile(f"[{''.join(_MARKS)}]")
_GLOSS = re.compile(r"（[^（）]{0,16}）")
_SLOT = re.compile(f"[{SLOTS}]")


class Tape:
    """A strip in the making."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._pieces: list[str] = []
        self._length = 0
        self._at: dict[int, int] = {}
        self._implied: set[int] = set()

    def copy(self, strip: Strip, start: int, end: int) -> None:
        """Add ``text[start:end]`` of a strip with its names."""
        shift = self._length - start
        for position, index in strip.at.items():
            if start <= position < end:
                self._at[position + shift] = index
                if position in strip.implied:
                    self._implied.add(position + shift)
        self._pieces.append(strip.text[start:end])
        self._length += end - start

    def imply(self, scene: Scene, names: Sequence[int]) -> None:
        """Add names that are not printed here, as an enumeration."""
        for index in names:
            if index != names[0]:
                self._pieces.append("、")
                self._length += 1
            self._at[self._length] = index
            self._implied.add(self._length)
            self._pieces.append(SLOT[scene.mentions[index].cls])
            self._length += 1

    def strip(self) -> Strip:
        """What has been added."""
        return Strip("".join(self._pieces), self._at, frozenset(self._implied))


def make_strip(scene: Scene, sentence: int) -> Strip:
    """The strip of a sentence."""
    return _without_glosses(_plain(scene, sentence))


def _plain(scene: Scene, sentence: int) -> Strip:
    start, end = scene.sentences[sentence]
    pieces: list[str] = []
    at: dict[int, int] = {}
    length = 0
    for index in range(*scene.within[sentence]):
        mention = scene.mentions[index]
        before = _clean(scene.text[start : mention.start])
        pieces += [before, SLOT[mention.cls]]
        at[length + len(before)] = index
        length += len(before) + 1
        start = mention.end
    pieces.append(_clean(scene.text[start:end]))
    return Strip("".join(pieces), at)


def _clean(text: str) -> str:
    return _MARK.sub(lambda mark: _MARKS[mark[0]], text)


def _without_glosses(strip: Strip) -> Strip:
    """Cut brackets that hold no name, or one of the class of the name before them."""
    if "（" not in strip.text:
        return strip
    tape, last = Tape(), 0
    for match in _GLOSS.finditer(strip.text):
        names = _SLOT.findall(match[0])
        if names and not (len(names) == 1 and match.start() and strip.text[match.start() - 1] == names[0]):
            continue
        tape.copy(strip, last, match.start())
        last = match.end()
    tape.copy(strip, last, len(strip.text))
    return tape.strip()
