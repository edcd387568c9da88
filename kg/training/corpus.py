"""Annotated articles, read from JSON Lines files, with their names placed in the text.

One object a line::

    {"id": "…", "title": "…", "text": "…",
     "entities": [["上海交通大学", "Institute"], ["上海交大", "Institute"]],
     "same": [["上海交通大学", "上海交大"]],
     "relations": [["张三", "holdsPosition", "上海交通大学", "教授"]],
     "numbers": [[17, "3200人", ["上海交通大学"]]]}

A form stands for all its occurrences in title and text, except where it lies inside a longer annotated form.
Everything is folded to Simplified, as the text that is analysed is. A number stands with its offset in title, line
break and text, as printed, and with the form that it is told of, "" for nobody, and others that a reader may choose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec

from kg.errors import InputError
from kg.text.folding import fold


class Name(NamedTuple):
    """One occurrence of an annotated name."""

    start: int
    """Offset into :attr:`Article.text`, inclusive."""
    end: int
    """Exclusive."""
    cls: str
    """A class of the ontology, by local name."""


class Link(NamedTuple):
    """An annotated relation, its ends by form."""

    head: str
    type: str
    tail: str
    role: str
    """The title as printed; empty where there is none."""


class Number(NamedTuple):
    """A number and whose it is."""

    start: int
    """Offset into :attr:`Article.text`."""
    subjects: tuple[str, ...]
    """Forms of what it is told of, the best one first; "" for nobody."""


@dataclass(frozen=True, slots=True)
class Article:
    """An annotated article, all of it in Simplified script."""

    id: str
    title: str
    text: str
    """The title, a line break, the body; all offsets count here, in code points."""
    names: tuple[Name, ...]
    """By start, none overlapping."""
    forms: tuple[tuple[str, str], ...]
    """Every annotated form and its class, as listed in the file."""
    same: tuple[tuple[str, ...], ...]
    """Groups of forms that name one thing."""
    relations: tuple[Link, ...]
    numbers: tuple[Number, ...] = ()
    """Those whose subjects are annotated."""


class _Row(msgspec.Struct):
    """A line of the file."""

    id: str
    text: str
    entities: list[tuple[str, str]]
    title: str = ""
    same: list[list[str]] = []
    relations: list[tuple[str, str, str, str]] = []
    numbers: list[tuple[int, str, list[str]]] = []


def read(path: Path) -> tuple[Article, ...]:
    """The articles of one ``.jsonl`` file, in its order; blank lines are passed over.

    Raises:
        InputError: the file cannot be read, or a line does not follow the form; names file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    return tuple(_article(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip())


def read_folder(folder: Path, skip: str = "") -> tuple[Article, ...]:
    """The articles of all ``.jsonl`` files of a folder, files by name.

    Args:
        folder: holds the files.
        skip: files whose names begin so are left alone.

    Raises:
        InputError: there is no such file, or one of them is malformed.
    """
    return tuple(article for articles in read_files(folder, skip).values() for article in articles)


def read_files(folder: Path, skip: str = "") -> dict[str, tuple[Article, ...]]:
    """The same by name of the file."""
    paths = sorted(path for path in folder.glob("*.jsonl") if not (skip and path.name.startswith(skip)))
    if not paths:
        raise InputError(f"{folder}: no .jsonl file of annotated articles here; name a folder that has some")
    return {path.name: read(path) for path in paths}


def _article(line: str, place: str) -> Article:
    """One line of the file as an article."""
    try:
        row = msgspec.json.decode(line, type=_Row)
    except msgspec.DecodeError as error:
        raise InputError(f"{place}: not an annotated article: {error}") from error
    text = fold(f"{row.title}\n{row.text}")
    forms = tuple((fold(form), cls) for form, cls in row.entities)
    for (printed, _), (form, _) in zip(row.entities, forms, strict=True):
        if not form or form not in text:
            raise InputError(f"{place}: the name {printed!r} stands nowhere in title or text; correct or remove it")
    same = tuple(tuple(fold(form) for form in group) for group in row.same)
    relations = tuple(Link(fold(head), kind, fold(tail), fold(role)) for head, kind, tail, role in row.relations)
    for start, printed, subjects in row.numbers:
        if not text.startswith(printed, start) or not subjects:
            raise InputError(f"{place}: no number {printed!r} with a subject at offset {start}; correct or remove it")
    numbers = tuple(Number(start, tuple(map(fold, subjects))) for start, _, subjects in row.numbers)
    return Article(row.id, fold(row.title), text, place_names(text, forms), forms, same, relations, numbers)


def place_names(text: str, forms: Iterable[tuple[str, str]]) -> tuple[Name, ...]:
    """Where the forms stand in the text; of forms that overlap, the longer one stands.

    Args:
        text: Simplified.
        forms: annotated forms and their classes.
    """
    taken = bytearray(len(text))
    names: list[Name] = []
    for form, cls in sorted(dict(forms).items(), key=lambda item: (-len(item[0]), item[0])):
        for start in _occurrences(text, form):
            end = start + len(form)
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                names.append(Name(start, end, cls))
    return tuple(sorted(names))


def _occurrences(text: str, form: str) -> Iterator[int]:
    """Starts of ``form`` where it can be a name of its own."""
    for match in re.finditer(_bounded(form), text):
        yield match.start()


def _bounded(form: str) -> str:
    """A pattern for the form that does not match inside a longer word.

    Latin letters end where letters end (``AI`` is not in ``AIGC``), and a single character that abbreviates
    a place is not one inside the words listed here (京 in 北京, 港 in 港口).
    """
    before, after = _INSIDE.get(form, ("", ""))
    left = f"(?<![{before}])" if before else ""
    right = f"(?![{after}])" if after else ""
    left += r"(?<![A-Za-z])" if re.match("[A-Za-z]", form[0]) else ""
    right += r"(?![A-Za-z])" if re.match("[A-Za-z]", form[-1]) else ""
    return f"{left}{re.escape(form)}{right}"


_INSIDE = {
    "京": ("南北东盛汴", "东剧津畿"),
    "沪": ("", "深东"),
    "港": ("香海空珠临口湾良渔军", "口股元湾珠"),
    "鲁": ("粗秘", "迅班莽"),
    "中国": ("", "式"),
}
"""Form → characters that may not stand before it, and after it."""
