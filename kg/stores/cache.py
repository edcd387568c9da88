"""The graph loaded into Oxigraph once and kept on disk beside it, until the graph's file changes."""

from __future__ import annotations

import shutil
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from tempfile import mkdtemp
from time import time

import pyoxigraph as ox

from kg.errors import InputError
from kg.stores.source import FORMATS, triples

_PART = "loading-"
_ABANDONED = 24 * 60 * 60
"""Seconds after which a store that is still being loaded is held to be abandoned."""


def cached(file: Path) -> Path | None:
    """The folder of a store that holds what the file holds now; loaded first where there is none yet.

    Stores of earlier contents are removed. Several processes may ask at once: each loads into a folder of its own,
    the first to finish wins.

    Returns:
        The folder, or None where nothing can be written beside the graph.

    Raises:
        InputError: the file is no RDF, or malformed.
    """
    folder = file.parent / ".cache" / "stores"
    store = folder / f"{file.name}-{_stamp(file)}"
    if store.is_dir():
        return store
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = Path(mkdtemp(prefix=_PART, dir=folder))
    except OSError:
        return None
    try:
        fill(ox.Store(str(part)), file)
        part.chmod(0o755)  # whoever may read the graph may read its store
        with suppress(OSError):  # another process was first
            part.rename(store)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    _tidy(folder, file.name, store)
    return store


def _tidy(folder: Path, name: str, store: Path) -> None:
    """Remove stores of earlier contents, and what processes that died have left behind."""
    for found in folder.iterdir():
        with suppress(OSError):  # another process may remove it at the same time
            abandoned = found.name.startswith(_PART) and time() - found.stat().st_mtime > _ABANDONED
            if abandoned or (found.name.startswith(f"{name}-") and found != store):
                shutil.rmtree(found)


def fill(store: ox.Store, file: Path) -> None:
    """Load a file into the store's default graph.

    Raises:
        InputError: the file is no RDF, or malformed.
    """
    if file.suffix in {".ttl", ".nt"}:
        try:
            store.bulk_load(path=str(file), format=FORMATS[file.suffix])
        except (OSError, SyntaxError) as error:
            raise InputError(f"{file}: cannot be read ({error})") from error
    else:
        store.bulk_extend(ox.Quad(*triple) for triple in triples(file))
    store.flush()


def _stamp(file: Path) -> str:
    status = file.stat()
    return blake2b(f"{status.st_size} {status.st_mtime_ns} {status.st_ino}".encode(), digest_size=8).hexdigest()
