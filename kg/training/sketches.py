"""Text of which only part is known: public corpora with other classes than ours.

CLUENER tells companies, persons and government bodies exactly, its organisations and addresses may be one of
several classes of ours, and on fields, policies or products it is silent. A :class:`Sketch` says just that, and
training counts every labelling that agrees with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec

from kg.errors import InputError
from kg.lexicon import table
from kg.training.corpus import Article


class Hint(NamedTuple):
    """A stretch that is a name of one of some classes, or none."""

    start: int
    """Offset in code points."""
    end: int
    classes: tuple[str, ...]
    """Sorted; none: the stretch is no name."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A text and what is known of its names."""

    text: str
    hints: tuple[Hint, ...]
    """By start, none overlapping."""
    open: tuple[str, ...] = ()
    """Classes of which there may be names outside the hints."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A corpus in ``data/models/names-corpora.yml``."""

    labels: Mapping[str, tuple[str, ...]]
    """Label of the corpus → classes it may be; a label that is missing tells nothing."""
    open: tuple[str, ...]
    """Classes that the corpus does not mark."""


def of_article(article: Article) -> Sketch:
    """An annotated article, of which everything is known."""
    return Sketch(article.text, tuple(Hint(n.start, n.end, (n.cls,)) for n in article.names))


def read_cluener(path: Path) -> list[Sketch]:
    """The sentences of a CLUENER file.

    Raises:
        InputError: a line does not follow its form.
    """
    corpus = _mapped("cluener")
    sketches = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = msgspec.json.decode(line, type=_Sentence)
        except msgspec.DecodeError as error:
            raise InputError(f"{path}:{number}: not a sentence of CLUENER: {error}") from error
        found = [
            Hint(start, last + 1, corpus.labels[label])
            for label, forms in row.label.items()
            if label in corpus.labels
            for places in forms.values()
            for start, last in places
        ]
        sketches.append(Sketch(row.text, tuple(_apart(found)), corpus.open))
    return joined(sketches)


class _Sentence(msgspec.Struct):
    text: str
    label: dict[str, dict[str, list[tuple[int, int]]]] = {}


def read_resumes(path: Path) -> list[Sketch]:
    """The sentences of a ResumeNER file, one character and its BMES tag a line.

    Raises:
        InputError: a line is no character with a tag.
    """
    corpus = _mapped("resumes")
    sentences: list[list[tuple[str, str]]] = [[]]
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            sentences.append([])
            continue
        character, _, tag = line.rpartition(" ")
        if not character or not tag:
            raise InputError(f"{path}:{number}: not a character and its tag: {line!r}")
        sentences[-1].append((character, tag))
    return joined([_resume(sentence, corpus) for sentence in sentences if sentence])


def joined(sketches: Sequence[Sketch], size: int = 40) -> list[Sketch]:
    """Lone sentences as texts of ``size`` lines, which are read faster."""
    return [_join(sketches[at : at + size]) for at in range(0, len(sketches), size)]


def _join(sketches: Sequence[Sketch]) -> Sketch:
    hints: list[Hint] = []
    at = 0
    for sketch in sketches:
        hints.extend(Hint(hint.start + at, hint.end + at, hint.classes) for hint in sketch.hints)
        at += len(sketch.text) + 1
    return Sketch("\n".join(sketch.text for sketch in sketches), tuple(hints), sketches[0].open)


def _resume(sentence: list[tuple[str, str]], corpus: Mapped) -> Sketch:
    text = "".join(character for character, _ in sentence)
    return Sketch(text, tuple(_tagged([tag for _, tag in sentence], corpus)), corpus.open)


def _tagged(tags: list[str], corpus: Mapped) -> Iterator[Hint]:
    start = 0
    for place, tag in enumerate(tags):
        position, _, label = tag.partition("-")
        if position in {"B", "S"}:
            start = place
        if position in {"E", "S"} and label in corpus.labels:
            yield Hint(start, place + 1, corpus.labels[label])


def _apart(hints: list[Hint]) -> Iterator[Hint]:
    """The hints that do not overlap an earlier or longer one."""
    reach = 0
    for hint in sorted(hints, key=lambda h: (h.start, -h.end)):
        if hint.start >= reach:
            reach = hint.end
            yield hint


def _mapped(name: str) -> Mapped:
    return table("models/names-corpora.yml", dict[str, Mapped])[name]
