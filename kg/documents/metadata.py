"""What a page tells about itself: title, date, author, publisher, address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache

from kg.documents.dates import find_day, normalise
from kg.lexicon import table


@dataclass(frozen=True, slots=True)
class Metadata:
    """About a document; empty where nothing is told."""

    title: str = ""
    date: str = ""
    """ISO 8601, see :func:`kg.documents.dates.normalise`."""
    author: str = ""
    publisher: str = ""
    url: str = ""

    def or_else(self, other: Metadata) -> Metadata:
        """These values, and the other's where these are empty."""
        missing = {f.name: getattr(other, f.name) for f in fields(self) if not getattr(self, f.name)}
        return replace(self, **missing)


@dataclass(frozen=True, slots=True)
class Pages:
    """``data/text/pages.yml``."""

    fields: Mapping[str, tuple[str, ...]]
    meta: Mapping[str, tuple[str, ...]]
    block_tags: frozenset[str]
    drop_tags: tuple[str, ...]
    drop_words: frozenset[str]
    containers: tuple[str, ...]
    publishers: tuple[str, ...]
    authors: tuple[str, ...]
    date_labels: str


def pages() -> Pages:
    """What ``data/text/pages.yml`` says."""
    return table("text/pages.yml", Pages)


def from_fields(values: Mapping[str, str], keys: Mapping[str, tuple[str, ...]] | None = None) -> Metadata:
    """Metadata from keyed values.

    Args:
        values: by key, in lower case.
        keys: for each field of :class:`Metadata` the keys that may hold it, best first; None: those of front matter.
    """
    found = {
        field: next((values[key].strip() for key in names if values.get(key, "").strip()), "")
        for field, names in (keys or pages().fields).items()
    }
    if found["publisher"].startswith(("http://", "https://")):
        found["url"] = found["url"] or found["publisher"]
        found["publisher"] = ""
    return Metadata(**(found | {"date": normalise(found["date"])}))


HEAD_LINES, FOOT_LINES, LONGEST_LINE = 12, 6, 90
"""By-lines stand in the first or last lines of a page and are short."""


def from_text(text: str, start: int = 0) -> Metadata:
    """Metadata from the by-lines at the head and foot of a text.

    Args:
        text: printed text.
        start: where the article begins in it.
    """
    lines = [line for line in _short_lines(text, start) if _HINT.search(line)]
    publishers, authors = _expressions()
    return Metadata(
        date=next(filter(None, map(_published, lines)), ""),
        author=_first(authors, lines),
        publisher=_first(publishers, lines),
    )


_HINT = re.compile(r"[来來稿]源|作者|[记記]者|撰|文|[0-9〇]{2}")


def _short_lines(text: str, start: int) -> list[str]:
    """The first and last lines of a text that are not blank, those among them that are short."""
    head = [line.strip() for line in text[start : start + 4000].splitlines() if line.strip()][:HEAD_LINES]
    foot = [line.strip() for line in text[max(start + 4000, len(text) - 2000) :].splitlines() if line.strip()]
    if not foot:
        foot = [line.strip() for line in text[start:].splitlines() if line.strip()][HEAD_LINES:]
    return [line for line in (*head, *foot[-FOOT_LINES:]) if len(line) <= LONGEST_LINE]


def _published(line: str) -> str:
    """The day of publication, where the line tells one: nothing much but a date, or a date with a label."""
    day = find_day(line)
    if day and (len(line) <= 2 * len("2021年10月16日") or _date_label().search(line)) and "。" not in line:
        return day
    return ""


@cache
def _date_label() -> re.Pattern[str]:
    return re.compile(pages().date_labels)


@cache
def _expressions() -> tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]:
    known = pages()
    return tuple(map(re.compile, known.publishers)), tuple(map(re.compile, known.authors))


def _first(patterns: Iterable[re.Pattern[str]], lines: list[str]) -> str:
    for line in lines:
        for pattern in patterns:
            if found := pattern.search(line):
                return found["value"].strip()
    return ""
