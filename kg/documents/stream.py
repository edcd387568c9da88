"""Documents one after another."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import chain, count
from pathlib import Path

from kg.documents.dates import find_day
from kg.documents.decoding import decode, require_codec
from kg.documents.failure import Failure, UnreadableError
from kg.documents.frontmatter import front_matter
from kg.documents.markup import article, is_markup
from kg.documents.metadata import Metadata, from_fields, from_text
from kg.documents.records import Record, records
from kg.documents.sources import RECORDS, Source, require, sources
from kg.model import Document, Span


def read(paths: Sequence[str | Path], *, encoding: str | None = None) -> Iterator[Document | Failure]:
    """Read articles.

    Args:
        paths: files (.txt, .md, .html, .htm, .jsonl, .jsonl.gz; others are read as text), folders, or ``-`` for
            standard input.
        encoding: of all files but .jsonl.gz; None: told from each file.

    Returns:
        Documents in the order of the paths, files of a folder by name, read when they are asked for; for each file
        or line that cannot be read, a :class:`Failure` in its place. The id of a document is its path below the
        folder named, or its own ``id``; if that is taken, its path as the user named it; then that with a number.

    Raises:
        InputError: a path does not exist, a folder holds no article, or there is no such encoding. Raised at once.
    """
    named = [str(path) for path in paths]
    require(named)
    require_codec(encoding)
    return _unique(_read(named, encoding))


def _read(paths: Sequence[str], encoding: str | None) -> Iterator[Document | Failure]:
    for source in sources(paths):
        if isinstance(source, Failure):
            yield source
            continue
        try:
            yield from _articles(source, encoding)
        except UnreadableError as error:
            yield Failure(source.shown, str(error))
        except OSError as error:
            yield Failure(source.shown, f"cannot be read: {error.strerror}; check its permissions")


def _unique(items: Iterable[Document | Failure]) -> Iterator[Document | Failure]:
    """The same items, ids made unique."""
    taken: set[str] = set()
    for item in items:
        if isinstance(item, Failure):
            yield item
            continue
        numbered = (f"{item.path}~{number}" for number in count(2))
        unique = next(candidate for candidate in chain((item.id, item.path), numbered) if candidate not in taken)
        taken.add(unique)
        yield item if unique == item.id else replace(item, id=unique)


def _articles(source: Source, encoding: str | None) -> Iterator[Document | Failure]:
    if source.path is None:
        yield from _standard_input(source, encoding)
    elif source.name.lower().endswith(RECORDS):
        with source.path.open("rb") as file:
            yield from _from_records(records(file, source.shown, encoding), source)
    else:
        yield _from_text(decode(source.path.read_bytes(), encoding), source)


def _standard_input(source: Source, encoding: str | None) -> Iterator[Document | Failure]:
    """One text, or JSON Lines where the first line is an object."""
    data = sys.stdin.buffer.read()
    if data.lstrip().startswith((b"{", b"\x1f\x8b")):
        yield from _from_records(records(BytesIO(data), source.shown, encoding), source)
    else:
        yield _from_text(decode(data, encoding), source)


def _from_records(items: Iterable[Record | Failure], source: Source) -> Iterator[Document | Failure]:
    for item in items:
        yield item if isinstance(item, Failure) else _from_record(item, source)


def _from_record(record: Record, source: Source) -> Document:
    text, told = record.fields["text"], from_fields(record.fields)
    if is_markup(text):
        text, more = article(text)
        told = told.or_else(more)
    told = told.or_else(from_text(text))
    name = record.fields.get("id") or f"{source.name}:{record.line}"
    return _document(name, _titled(text, told.title), f"{source.shown}:{record.line}", told)


def _from_text(text: str, source: Source) -> Document:
    """The document of a plain file or an HTML page, with or without front matter."""
    head = front_matter(text)
    told = from_fields(head.fields)
    if not text[head.end :].strip():
        raise UnreadableError("nothing but front matter; add the article or remove the file")
    if is_markup(text, head.end):
        text, more = article(text[head.end :])
        if not text.strip():
            raise UnreadableError("an HTML page without text; it may need a browser to show, save its text as .txt")
        told = told.or_else(more)
        return _document(source.name, _titled(text, told.title), source.shown, told)
    told = told.or_else(from_text(text, head.end))
    document = _document(source.name, text, source.shown, told)
    return replace(
        document, title=told.title or _first_line(text, head.end), body=Span(head.end, len(text)) if head.end else None
    )


def _document(name: str, text: str, path: str, told: Metadata) -> Document:
    date = told.date or find_day(Path(name).name) or find_day(told.url)
    return Document(name, text, path, told.title, date, told.author, told.publisher, told.url)


def _titled(text: str, title: str) -> str:
    """The text with its title on top, as a reader sees it, unless it is there already."""
    if not title or "".join(title.split()) in "".join(text[:500].split()):
        return text
    return f"{title}\n\n{text}"


_LONGEST_TITLE = 50


def _first_line(text: str, start: int) -> str:
    """The first line of an article, where it can be its title."""
    line = text[start : start + 2000].lstrip().partition("\n")[0].strip().lstrip("#").strip()
    return line if len(line) <= _LONGEST_TITLE and not line.endswith(("。", "，", ",", "；")) else ""
