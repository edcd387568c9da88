"""Extractions as bytes: what one document yields, saved and read back.

An extraction is a pure function of a document and of what the package knows, so its bytes can be kept per
document (:class:`Cache`), made in other processes, or gathered from other machines.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from kg.files import write_whole
from kg.model import Document, Extraction

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Extraction)


def encode(extraction: Extraction) -> bytes:
    """JSON, UTF-8, one line."""
    return _encoder.encode(extraction)


def decode(table: bytes) -> Extraction:
    """The extraction that :func:`encode` wrote.

    Raises:
        msgspec.DecodeError: the bytes are not such a table.
    """
    return _decoder.decode(table)


class Cache:
    """Extractions kept in a folder, one file per document, content and state of the package."""

    def __init__(self, folder: Path, settings: str = "") -> None:
        """Keep tables in ``folder``; ``settings`` tells apart pipelines that read differently."""
        self.folder = folder
        self._state = f"{version('kg')}\n{knowledge_digest()}\n{settings}"

    def get(self, document: Document) -> Extraction | None:
        """The kept extraction of just this document, or None; a damaged file counts as none."""
        try:
            return decode(self._path(document).read_bytes())
        except (OSError, msgspec.DecodeError):
            return None

    def put(self, document: Document, extraction: Extraction) -> None:
        """Keep an extraction."""
        write_whole(self._path(document), encode(extraction))

    def _path(self, document: Document) -> Path:
        key = hashlib.sha256(self._state.encode() + msgspec.json.encode(document)).hexdigest()
        return self.folder / key[:2] / f"{key}.json"


@cache
def knowledge_digest() -> str:
    """SHA-256 over the package's code and data files: another value means that extractions may differ."""
    digest = hashlib.sha256()
    for path in _walk(files("kg")):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _walk(folder: Traversable) -> list[Traversable]:
    found = []
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.is_dir():
            found += _walk(path)
        elif path.name.endswith((".py", ".yml", ".npz", ".msgpack")):
            found.append(path)
    return found
