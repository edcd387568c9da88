"""The files that a user's paths mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.documents.failure import Failure
from kg.errors import InputError

TEXTS = (".txt", ".md", ".html", ".htm")
RECORDS = (".jsonl", ".jsonl.gz")
_NOT_READ = {".pdf": "PDF", ".doc": "Word", ".docx": "Word", ".rtf": "RTF", ".odt": "OpenDocument", ".epub": "EPUB"}
_READ = ", ".join((*TEXTS, *RECORDS))


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read."""

    path: Path | None
    """None: standard input."""
    name: str
    """Path below the folder that the user named; a file's own name where the user named the file."""
    shown: str
    """As messages and :attr:`kg.model.Document.path` name it."""


def require(paths: Sequence[str]) -> None:
    """Make sure that there is something at each path.

    Raises:
        InputError: a path does not exist, or a folder holds nothing that is read.
    """
    for path in paths:
        if path == "-":
            continue
        place = Path(path)
        if not place.exists():
            raise InputError(f"{path}: no such file or folder; check the spelling")
        if place.is_dir() and next(_walk(place), None) is None:
            raise InputError(f"{path}: no article in this folder; kg reads {_READ}")


def sources(paths: Sequence[str]) -> Iterator[Source | Failure]:
    """The files at the paths, folders with all that is below them, in the order of the paths, then by name."""
    for path in paths:
        if path == "-":
            yield Source(None, "stdin", "-")
        elif Path(path).is_dir():
            yield from map(
                _checked, (Source(file, file.relative_to(path).as_posix(), str(file)) for file in _walk(Path(path)))
            )
        else:
            yield _checked(Source(Path(path), Path(path).name, path))


def _walk(folder: Path) -> Iterator[Path]:
    """Files of a kind that people take for articles, sorted; hidden ones are skipped."""
    kinds = (*TEXTS, *RECORDS, *_NOT_READ)
    for file in sorted(folder.rglob("*"), key=lambda file: file.relative_to(folder).as_posix()):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if not hidden and file.name.lower().endswith(kinds) and file.is_file():
            yield file


def _checked(source: Source) -> Source | Failure:
    kind = _NOT_READ.get(Path(source.name).suffix.lower())
    if kind is None:
        return source
    return Failure(source.shown, f"{kind} documents are not read; save the text as .txt")
