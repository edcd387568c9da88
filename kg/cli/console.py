"""Where the command line writes: results to standard output, messages and progress to standard error."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

if TYPE_CHECKING:
    from kg.documents import Failure
    from kg.model import Extraction
    from kg.pipeline import Listener

out = Console(markup=False, highlight=False, emoji=False)
err = Console(stderr=True, markup=False, highlight=False, emoji=False)

LINE_EVERY = 10.0
"""Seconds between two progress lines where standard error is no terminal."""


def say(message: str) -> None:
    """Tell the user something that is not the command's result."""
    err.print(message, soft_wrap=True)


def table(title: str, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    """A table whose first column is text and whose others are numbers."""
    result = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for position, name in enumerate(header):
        result.add_column(name, justify="right" if position else "left", no_wrap=True)
    for row in rows:
        result.add_row(*row)
    return result


@contextmanager
def progress(total: int | None, *, quiet: bool) -> Iterator[Listener]:
    """A listener that shows how far a build is: a bar on a terminal, a line now and then elsewhere."""
    if quiet:
        yield lambda _result: None
    elif err.is_terminal:
        with _bar(total) as listener:
            yield listener
    else:
        yield _Lines(total)


@contextmanager
def _bar(total: int | None) -> Iterator[Listener]:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("reading", total=total)

        def listen(_result: Extraction | Failure) -> None:
            bar.advance(task)

        yield listen


class _Lines:
    """Plain lines: how many documents are done."""

    def __init__(self, total: int | None) -> None:
        self.total = f" of {total}" if total else ""
        self.done = 0
        self.last = time.monotonic()

    def __call__(self, _result: Extraction | Failure) -> None:
        self.done += 1
        if time.monotonic() - self.last >= LINE_EVERY:
            say(f"read {self.done}{self.total} documents")
            self.last = time.monotonic()
