"""Files that appear whole: written under another name beside their place, then moved there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from kg.errors import OutputError


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """A binary file to write to, which takes the place of ``path`` when the block ends without an error.

    Raises:
        OutputError: the folder cannot be made or written; nothing is left behind.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Closed below in both outcomes; a context manager would delete the file that is to stay.
        temporary = NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False)  # noqa: SIM115
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with temporary:
            yield temporary
        Path(temporary.name).chmod(0o666 & ~_umask())
        Path(temporary.name).replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        Path(temporary.name).unlink(missing_ok=True)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write text (as UTF-8) or bytes to ``path``, all of it or nothing.

    Raises:
        OutputError: the place cannot be written.
    """
    with whole(path) as file:
        file.write(content.encode("utf-8") if isinstance(content, str) else content)


def require_writable(folder: Path) -> None:
    """Make sure that files can be written to a folder, before long work starts; it is made if missing.

    Raises:
        OutputError: it cannot be made, is a file, or does not let us write.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(path: Path, error: OSError) -> OutputError:
    return OutputError(f"{path}: cannot be written: {error.strerror}; choose another folder with -o")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
