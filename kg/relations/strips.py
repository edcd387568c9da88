"""Yields :class:`Strip`: a sentence with every name as one character, ready for the constructions.

Quotation marks, title marks and blanks are gone, half-width marks are full-width, brackets that only repeat or
gloss a name are cut, and words that stand for a name (该公司, 园区, 他) have become its character.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from kg.lexicon import table
from kg.relations.grammar import SLOT, SLOTS
from kg.relations.scene import Scene

Antecedent = Callable[[str, tuple[str, ...]], int | None]
"""Gives the mention that a word stands for, and that is of one of these classes."""
Employer = Callable[[int, tuple[str, ...]], int | None]
"""Gives where the person of a mention works, if that is of one of these classes."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A sentence with its names folded to one character each."""

    text: str
    at: dict[int, int]
    """Index of the mention for every position in ``text`` that holds one."""
    implied: frozenset[int] = frozenset()
    """The positions whose name is not printed there."""


@dataclass(frozen=True, slots=True)
class Anaphor:
    """An entry of ``anaphora.yml``."""

    words: tuple[str, ...]
    bare: tuple[str, ...]
    classes: tuple[str, ...]
    closing: tuple[str, ...] = ()


_MARKS = dict.fromkeys("“”‘’「」『』《》〈〉\"' \t\r\n\u3000\ue00d", "") | {
    ",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？", "!": "！", "﹑": "、",
}  # fmt: skip
_MARK = re.compile(f"[{''.join(_MARKS)}]")
_GLOSS = re.compile(r"（[^（）]{0,16}）")
_POINTER = re.compile("(?:作为)?这[一个家座所项]")
_SLOT = re.compile(f"[{SLOTS}]")
_SPEAKER = re.compile(f"[{SLOT['Person']}{SLOT['Official']}](?=[^，。；{SLOTS}]{{0,6}}[说示绍露出为调称][，：])")


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

    def imply(self, scene: Scene, index: int) -> None:
        """Add a name that is not printed here."""
        self._at[self._length] = index
        self._implied.add(self._length)
        self._pieces.append(SLOT[scene.mentions[index].cls])
        self._length += 1

    def strip(self) -> Strip:
        """What has been added."""
        return Strip("".join(self._pieces), self._at, frozenset(self._implied))


def make_strip(scene: Scene, sentence: int, antecedent: Antecedent, employer: Employer) -> Strip:
    """The strip of a sentence; ``antecedent`` tells what its anaphora stand for, ``employer`` whose 公司 is said."""
    return _with_antecedents(scene, _without_glosses(_plain(scene, sentence)), antecedent, employer)


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


def _with_antecedents(scene: Scene, strip: Strip, antecedent: Antecedent, employer: Employer) -> Strip:
    pattern, kinds, words = _anaphora()
    if not words.search(strip.text):
        return strip
    tape, last = Tape(), 0
    for match in pattern.finditer(strip.text):
        if match["closing"] and not _POINTER.match(strip.text):
            continue
        index = None if match["closing"] else _named_before(scene, strip, match.start(), kinds[match[0]])
        speaker = _SPEAKER.search(strip.text, 0, match.start()) if index is None else None
        index = employer(strip.at[speaker.start()], kinds[match[0]]) if speaker else index
        index = antecedent(match[0], kinds[match[0]]) if index is None else index
        if index is not None:
            tape.copy(strip, last, match.start())
            tape.imply(scene, index)
            last = match.end()
    if not last:
        return strip
    tape.copy(strip, last, len(strip.text))
    return tape.strip()


def _named_before(scene: Scene, strip: Strip, position: int, classes: tuple[str, ...]) -> int | None:
    """The last mention of the sentence before the position that is of one of these classes."""
    found = [p for p, i in strip.at.items() if p < position and scene.mentions[i].cls in classes]
    return strip.at[max(found)] if found else None


@cache
def _anaphora() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]], re.Pattern[str]]:
    """What stands for a name where it may, the classes of each word, and the words anywhere, which are sooner found."""
    entries = table("relations/anaphora.yml", tuple[Anaphor, ...])
    kinds = {word: entry.classes for entry in entries for word in (*entry.closing, *entry.words, *entry.bare)}
    closing = _any([word for entry in entries for word in entry.closing])
    free = _any([word for entry in entries for word in entry.words])
    bare = _any([word for entry in entries for word in entry.bare])
    return (
        re.compile(
            rf"{free}(?!家)|(?:(?<=[，。；：])|^){bare}(?![名地法制们型级化员章])"
            rf"|(?<=的)(?P<closing>{closing})(?=，)"
        ),
        kinds,
        re.compile(_any([*kinds])),
    )


def _any(words: list[str]) -> str:
    return f"(?:{'|'.join(sorted(words, key=lambda w: (-len(w), w)))})"
