"""Yields strips in which words that stand for a name (该公司, 园区, 他, 联合实验室) have become its character."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, Protocol

from kg.lexicon import table
from kg.model import HEAD_SIZES
from kg.relations.grammar import SLOT, SLOTS, classes
from kg.relations.scene import Scene
from kg.relations.strips import Strip, Tape
from kg.relations.titles import titles
from kg.words import Words

_MARK = re.compile("[，。；：]")
_OPENING = re.compile("(?:该|这[一家个座所项届场]|本[届次])?(?=[一-鿿])")
"""What may stand between a mark and the last words of a name."""
_POINTER = re.compile("(?:作为)?这[一个家座所项款场届支台]")
_GOVERNORS = "在进了入于到是为向给与对从由把驻户持"
"""What a noun may follow that stands for a name."""
_PERSONS, _BODIES = classes("person"), classes("body")
_SPEAKER = re.compile(f"[{SLOT['Person']}{SLOT['Official']}](?=[^，。；{SLOTS}]{{0,6}}[说示绍露出为调称][，：])")


_Replacement = tuple[int, int, Sequence[int]]
"""Where words of a strip begin and end, and the names that they stand for."""


class Kind(NamedTuple):
    """What a word may stand for."""

    classes: tuple[str, ...]
    """The likeliest first."""
    endings: tuple[str, ...]
    """How names of what is meant end: one that does goes before all others."""
    is_exact: bool
    """Whether only names that so end are meant."""


class Memory(Protocol):
    """What has been spoken of before a sentence, see :class:`kg.relations.discourse.Discourse`."""

    def antecedent(self, kind: Kind) -> int | None:
        """The mention that a word of this kind stands for."""

    @property
    def headed(self) -> Mapping[str, int]:
        """By the last words of names the latest mention of a name that ends in them."""

    def employer(self, person: int, classes: tuple[str, ...]) -> int | None:
        """Where a person works, if that is of one of these classes."""

    def latest(self) -> list[int]:
        """The mentions of the sentence before, in order."""


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
    attributive: tuple[str, ...]
    verbs: tuple[str, ...]
    holder: tuple[str, ...]
    alike: dict[str, tuple[str, ...]]
    exact: tuple[str, ...]
    entries: tuple[Anaphor, ...]


def resolved(scene: Scene, strip: Strip, memory: Memory) -> Strip:
    """The strip with the names that its words stand for; ``memory`` tells which these are."""
    return _with_antecedents(scene, _with_heads(scene, strip, memory), memory)


def _with_heads(scene: Scene, strip: Strip, memory: Memory) -> Strip:
    """Clauses that open with the last words of an earlier name (联合实验室, 对接会) open with that name.

    A strict match of heads: H. Lee and others, *Deterministic coreference resolution based on entity-centric,
    precision-ranked rules*, Computational Linguistics 39, 2013.
    """
    return _replaced(scene, strip, _heads(strip, memory.headed)) if memory.headed else strip


def _heads(strip: Strip, headed: Mapping[str, int]) -> Iterator[_Replacement]:
    for clause in (0, *(mark.end() for mark in _MARK.finditer(strip.text))):
        opening = _OPENING.match(strip.text, clause)
        start = opening.end() if opening else 0
        for size in HEAD_SIZES if opening else ():
            head = strip.text[start : start + size]
            if head in headed and head not in _anaphora().kinds:
                yield start, start + size, [headed[head]]
                break


def _with_antecedents(scene: Scene, strip: Strip, memory: Memory) -> Strip:
    found = (
        (*match.span(), names)
        for match in _standing_in(strip.text)
        if (names := _antecedents(scene, strip, match, memory))
    )
    return _replaced(scene, strip, found)


def _standing_in(text: str) -> Iterator[re.Match[str]]:
    """The words that stand for names, none overlapping: looked for where one of them begins, or what points to it."""
    anaphora, last = _anaphora(), 0
    places = {start for _, start, _ in anaphora.words.places(text)}
    if places:
        places.update(pointer.start() for pointer in anaphora.determiner.finditer(text))
    for place in sorted(places):
        if place >= last and (match := anaphora.pattern.match(text, place)):
            last = match.end()
            yield match


def _replaced(scene: Scene, strip: Strip, replacements: Iterable[_Replacement]) -> Strip:
    """The strip with names in place of some of its words."""
    tape, last = Tape(), 0
    for start, end, names in replacements:
        tape.copy(strip, last, start)
        tape.imply(scene, names)
        last = end
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
    if match.start() - 1 in strip.at:  # A、B、C三方共建: it counts what stands before it
        return ()
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
    kind = _anaphora().kinds[noun]
    # What a verb of the clause governs is not its subject: X是公司的供应商.
    before = strip.text.rfind("，", 0, match.start()) + 1 if match["inner"] else match.start()
    found = None if match["closing"] else _named_before(scene, strip, before, kind)
    speaker = _SPEAKER.search(strip.text, 0, match.start()) if found is None else None
    found = memory.employer(strip.at[speaker.start()], kind.classes) if speaker else found
    return memory.antecedent(kind) if found is None else found


def _named_before(scene: Scene, strip: Strip, position: int, kind: Kind) -> int | None:
    """The last mention of the sentence before the position that a word of this kind may stand for."""
    found = [strip.at[p] for p in sorted(strip.at) if p < position]
    return next(iter(likeliest(scene, found, kind)[::-1]), None)


def likeliest(scene: Scene, found: Sequence[int], kind: Kind) -> list[int]:
    """Those of the mentions that are of the kind's classes, and rather those whose names end in its way.

    Any full name of a firm ends in 公司: that tells none apart.
    """
    fits = [index for index in found if scene.mentions[index].cls in kind.classes]
    named = [i for i in fits if "Company" not in kind.classes and scene.mentions[i].name.endswith(kind.endings)]
    return named if named or kind.is_exact else fits


def _paired(scene: Scene, strip: Strip, match: re.Match[str], memory: Memory) -> int | None:
    """The former or the latter of the last two things of one kind; persons where a post or a saying follows."""
    person = _anaphora().holder.match(strip.text, match.end())
    kinds = (_PERSONS,) if person else (_BODIES, frozenset({"Park"}))
    opened = strip.text.find(_anaphora().first, 0, match.start())
    here = [strip.at[p] for p in sorted(strip.at) if p < (match.start() if opened < 0 else opened)]
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
    """What stands for a name where it may, and the words anywhere and what points to them, which are sooner found."""

    pattern: re.Pattern[str]
    determiner: re.Pattern[str]
    holder: re.Pattern[str]
    words: Words[None]
    kinds: dict[str, Kind]
    """What each word may stand for."""
    plurals: Mapping[str, Plural]
    first: str


@cache
def _anaphora() -> _Compiled:
    lists = table("relations/anaphora.yml", Anaphora)
    kinds = {
        word: Kind(entry.classes, lists.alike.get(word, (word[-2:],)), word in lists.exact)
        for entry in lists.entries
        for word in (*entry.closing, *entry.words, *entry.bare, *entry.inner, *entry.behind, *entry.nouns)
    }
    nouns, free, bare, inner, behind, closing = (
        _any([word for entry in lists.entries for word in getattr(entry, place)])
        for place in ("nouns", "words", "bare", "inner", "behind", "closing")
    )
    determiner, verbs = "|".join(lists.determiners), "|".join(f"(?<={verb})" for verb in lists.verbs)
    plurals = {word: plural for plural in lists.plurals for word in plural.words}
    several = f"(?<!第){_any(plurals)}(?!{_any(lists.attributive)})"
    pattern = (
        rf"(?:{determiner})(?P<noun>{nouns})(?!家)|{free}|{_any([*lists.pairs])}|{several}|(?:{verbs}){behind}"
        rf"|(?:(?<=[，。；：])|^){bare}(?![名地法制们型级化员章])|(?<=、){bare}(?={titles().phrase})"
        rf"|(?<=[{_GOVERNORS}])(?P<inner>{inner})(?![名地法制们型级化员章区股高所院])"
        rf"|(?<=的)(?P<closing>{closing})(?=，)"
    )
    words = Words(dict.fromkeys((*kinds, *lists.pairs, *plurals)), overlapping=True)
    first, _ = lists.pairs
    holder = re.compile(_any([*lists.holder]))
    return _Compiled(re.compile(pattern), re.compile(determiner), holder, words, kinds, plurals, first)


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(words, key=lambda w: (-len(w), w)))})"
