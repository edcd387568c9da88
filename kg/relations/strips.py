"""Yields :class:`Strip`: a sentence with every name as one character, ready for the constructions.

Quotation marks, title marks and blanks are gone, half-width marks are full-width, brackets that only repeat or
gloss a name are cut, and words that stand for a name (该公司, 园区, 他) have become its character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, Protocol

from kg.lexicon import table
from kg.relations.grammar import SLOT, SLOTS, classes
from kg.relations.scene import Scene
from kg.relations.titles import titles


class Memory(Protocol):
    """What has been spoken of before a sentence, see :class:`kg.relations.discourse.Discourse`."""

    def antecedent(self, classes: tuple[str, ...], endings: tuple[str, ...]) -> int | None:
        """The mention that a word stands for that may be one of these classes, and rather one that so ends."""

    def employer(self, person: int, classes: tuple[str, ...]) -> int | None:
        """Where a person works, if that is of one of these classes."""

    def latest(self) -> list[int]:
        """The mentions of the sentence before, in order."""


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

    classes: tuple[str, ...]
    nouns: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    inner: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plural:
    """Words for several names."""

    words: tuple[str, ...]
    count: int
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Anaphora:
    """``anaphora.yml``."""

    determiners: tuple[str, ...]
    pairs: tuple[str, str]
    plurals: tuple[Plural, ...]
    verbs: tuple[str, ...]
    holder: tuple[str, ...]
    alike: dict[str, tuple[str, ...]]
    entries: tuple[Anaphor, ...]


_MARKS = dict.fromkeys("“”‘’「」『』《》〈〉\"' \r\n\u3000\ue00d", "") | {
    "\t": "，", ",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？", "!": "！", "﹑": "、",
}  # fmt: skip
_MARK = re.compile(f"[{''.join(_MARKS)}]")
_GLOSS = re.compile(r"（[^（）]{0,16}）")
_POINTER = re.compile("(?:作为)?这[一个家座所项]")
_SLOT = re.compile(f"[{SLOTS}]")
_GOVERNORS = "在进了入于到是为向给与对从由把驻户持"
"""What a noun may follow that stands for a name."""
_PERSONS, _BODIES = classes("person"), classes("body")
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


def make_strip(scene: Scene, sentence: int, memory: Memory) -> Strip:
    """The strip of a sentence; ``memory`` tells what its anaphora stand for."""
    return _with_antecedents(scene, _without_glosses(_plain(scene, sentence)), memory)


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


def _with_antecedents(scene: Scene, strip: Strip, memory: Memory) -> Strip:
    anaphora = _anaphora()
    if not anaphora.words.search(strip.text):
        return strip
    tape, last = Tape(), 0
    for match in anaphora.pattern.finditer(strip.text):
        found = _antecedents(scene, strip, match, memory)
        if found:
            tape.copy(strip, last, match.start())
            tape.imply(scene, found)
            last = match.end()
    if not last:
        return strip
    tape.copy(strip, last, len(strip.text))
    return tape.strip()


def _antecedents(scene: Scene, strip: Strip, match: re.Match[str], memory: Memory) -> Sequence[int]:
    """What a word of the strip stands for."""
    word = match[0]
    if word in _anaphora().plurals:
        return _several(scene, strip, match, memory)
    found = (_antecedent if (match["noun"] or word) in _anaphora().kinds else _paired)(scene, strip, match, memory)
    return () if found is None else (found,)


def _several(scene: Scene, strip: Strip, match: re.Match[str], memory: Memory) -> Sequence[int]:
    """The last things of a plural's classes, as many as it counts."""
    plural = _anaphora().plurals[match[0]]
    here = [strip.at[p] for p in sorted(strip.at) if p < match.start()]
    found: dict[int, int] = {}
    for index in reversed([*memory.latest(), *here]):
        if scene.mentions[index].cls in plural.classes and len(found) < plural.count:
            found.setdefault(scene.group[index], index)
    return sorted(found.values()) if len(found) == plural.count else ()


def _antecedent(scene: Scene, strip: Strip, match: re.Match[str], memory: Memory) -> int | None:
    """A name of the sentence, whose 公司 it is, or what was spoken of before."""
    noun = match["noun"] or match[0]
    if match["closing"] and not _POINTER.match(strip.text):
        return None
    classes, endings = _anaphora().kinds[noun]
    # What a verb of the clause governs is not its subject: X是公司的供应商.
    before = strip.text.rfind("，", 0, match.start()) + 1 if match["inner"] else match.start()
    found = None if match["closing"] else _named_before(scene, strip, before, classes, endings)
    speaker = _SPEAKER.search(strip.text, 0, match.start()) if found is None else None
    found = memory.employer(strip.at[speaker.start()], classes) if speaker else found
    return memory.antecedent(classes, endings) if found is None else found


def _named_before(
    scene: Scene, strip: Strip, position: int, classes: tuple[str, ...], endings: tuple[str, ...]
) -> int | None:
    """The last mention of the sentence before the position of one of these classes, and rather one that so ends."""
    found = [strip.at[p] for p in sorted(strip.at) if p < position and scene.mentions[strip.at[p]].cls in classes]
    return next(iter(likelier(scene, found, classes, endings)[::-1]), None)


def likelier(scene: Scene, found: list[int], classes: tuple[str, ...], endings: tuple[str, ...]) -> list[int]:
    """Those of the mentions whose names so end, or all; any full name of a firm ends in 公司: that tells none apart."""
    named = [i for i in found if "Company" not in classes and scene.mentions[i].name.endswith(endings)]
    return named or found


def _paired(scene: Scene, strip: Strip, match: re.Match[str], memory: Memory) -> int | None:
    """The former or the latter of the last two things of one kind; persons where a post or a saying follows."""
    person = _anaphora().holder.match(strip.text, match.end())
    kinds = (_PERSONS,) if person else (_BODIES, frozenset({"Park"}))
    here = [strip.at[p] for p in sorted(strip.at) if p < match.start()]
    names = [*memory.latest(), *here]
    last = next((i for i in reversed(names) if any(scene.mentions[i].cls in kind for kind in kinds)), None)
    if last is None:
        return None
    kind = next(kind for kind in kinds if scene.mentions[last].cls in kind)
    before = [i for i in names if scene.mentions[i].cls in kind and scene.group[i] != scene.group[last]]
    if not before:
        return None
    return before[-1] if match[0] == _anaphora().first else last


class _Compiled(NamedTuple):
    """What stands for a name where it may, and the words anywhere, which are sooner found."""

    pattern: re.Pattern[str]
    words: re.Pattern[str]
    kinds: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
    """For each word the classes that it stands for, and how their names end."""
    plurals: Mapping[str, Plural]
    first: str
    holder: re.Pattern[str]


@cache
def _anaphora() -> _Compiled:
    lists = table("relations/anaphora.yml", Anaphora)
    kinds = {
        word: (entry.classes, lists.alike.get(word, (word[-2:],)))
        for entry in lists.entries
        for word in (*entry.closing, *entry.words, *entry.bare, *entry.inner, *entry.behind, *entry.nouns)
    }
    nouns, free, bare, inner, behind, closing = (
        _any([word for entry in lists.entries for word in getattr(entry, place)])
        for place in ("nouns", "words", "bare", "inner", "behind", "closing")
    )
    determiner, verbs = "|".join(lists.determiners), "|".join(f"(?<={verb})" for verb in lists.verbs)
    plurals = {word: plural for plural in lists.plurals for word in plural.words}
    pattern = (
        rf"(?:{determiner})(?P<noun>{nouns})(?!家)|{free}|{_any([*lists.pairs])}|{_any(plurals)}|(?:{verbs}){behind}"
        rf"|(?:(?<=[，。；：])|^){bare}(?![名地法制们型级化员章])|(?<=、){bare}(?={titles().phrase})"
        rf"|(?<=[{_GOVERNORS}])(?P<inner>{inner})(?![名地法制们型级化员章区股高所院])"
        rf"|(?<=的)(?P<closing>{closing})(?=，)"
    )
    words = _any([*kinds, *lists.pairs, *plurals])
    first, _ = lists.pairs
    return _Compiled(re.compile(pattern), re.compile(words), kinds, plurals, first, re.compile(_any([*lists.holder])))


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(words, key=lambda w: (-len(w), w)))})"
