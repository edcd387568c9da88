"""Articles of a JSON Lines file, plain or gzipped, one line at a time."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, BinaryIO

import msgspec

from kg.documents.decoding import decode, detect
from kg.documents.failure import Failure, UnreadableError


@dataclass(frozen=True, slots=True)
class Record:
    """A line that holds an article."""

    line: int
    """From 1."""
    fields: Mapping[str, str]
    """Plain values as strings, keys in lower case; ``text`` is there."""


def records(file: BinaryIO, path: str, encoding: str | None = None) -> Iterator[Record | Failure]:
    """The records of a JSON Lines file, in order; a line that cannot be read costs no other.

    Args:
        file: the bytes, not compressed or gzipped.
        path: for failures.
        encoding: of the file; None: told from its first lines.
    """
    try:
        for number, line in enumerate(_lines(file), 1):
            if encoding is None and not line.isascii():
                encoding = detect(line)
            if line.strip():
                yield _record(line, number, path, encoding or "utf-8")
    except UnreadableError as error:
        yield Failure(path, str(error))
    except (OSError, EOFError, zlib.error) as error:
        yield Failure(path, f"breaks off, the rest is lost: {error}; fetch or pack the file again")


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Lines as UTF-8 or another encoding whose line breaks are plain; UTF-16 files are read whole."""
    first = file.read(2)
    rest = chain([first], file)
    if first == b"\x1f\x8b":
        file.seek(0)
        with gzip.open(file) as unpacked:
            yield from unpacked
        return
    if first in {b"\xff\xfe", b"\xfe\xff"}:
        yield from (first + file.read()).decode("utf-16").encode("utf-8").splitlines()
        return
    yield next(rest) + file.readline()
    yield from file


def _record(line: bytes, number: int, path: str, encoding: str) -> Record | Failure:
    try:
        text = decode(line, encoding)
        content: Any = msgspec.json.decode(text.encode("utf-8"))
    except UnreadableError as error:
        return Failure(path, f"line {number}: {error}")
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        return Failure(path, f"line {number}: no JSON ({error}); correct or remove the line")
    if not isinstance(content, dict) or not isinstance(content.get("text"), str) or not content["text"].strip():
        return Failure(path, f'line {number}: no article in "text"; each line must be an object with a field "text"')
    return Record(number, {str(k).lower(): str(v) for k, v in content.items() if isinstance(v, str | int)})
