"""How fast a build is, stage by stage, beside jieba's part-of-speech tagger on the same text in the same run."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from kg import documents
from kg.errors import InputError
from kg.graph import to_graph
from kg.model import Document
from kg.pipeline import CHUNK, collector_at_rest, extract_all, language
from kg.resolution import Resolver
from kg.text import read, to_doc

ROUNDS = 5
"""Parts that the text is cut into; the two sides take turns, so that a machine's moods fall on both."""


@dataclass(frozen=True, slots=True)
class Speed:
    """Characters per second, on one core."""

    characters: int
    build: float
    """Reading, extraction, identity and the graph."""
    posseg: float
    """``jieba.posseg`` alone."""
    stages: dict[str, float]
    """Share of the time of extraction that each component takes, 0 to 1."""

    @property
    def ratio(self) -> float:
        """How many times as fast as posseg the build is."""
        return self.build / self.posseg


def measure(paths: Sequence[str | Path], *, limit: int = 1000) -> Speed:
    """Time a build of the first ``limit`` documents beside posseg.

    Raises:
        InputError: jieba is not installed, or a path does not exist.
    """
    tag = _posseg()
    sample = [
        item for item in islice(documents.read([str(path) for path in paths]), limit) if isinstance(item, Document)
    ]
    nlp = language()
    extract_all(nlp, sample[:3])  # models and tables load on first use
    tag(sample[0].text[:200])
    seconds: dict[str, float] = defaultdict(float)
    resolver = Resolver()
    for part in range(ROUNDS):
        pages = sample[part::ROUNDS]
        with _timed(seconds, "posseg"):
            for document in pages:
                tag(document.text)
        with collector_at_rest(), _timed(seconds, "build"):
            for chunk in _chunks(pages):
                for extraction in extract_all(nlp, chunk):
                    resolver.add(extraction)
    with collector_at_rest(), _timed(seconds, "build"):
        to_graph(resolver.finish())
    characters = sum(len(document.text) for document in sample)
    return Speed(characters, characters / seconds["build"], characters / seconds["posseg"], _stages(sample))


def _stages(sample: list[Document]) -> dict[str, float]:
    """Share of each component in the time of extraction, measured over all documents."""
    nlp = language()
    seconds: dict[str, float] = defaultdict(float)
    for chunk in _chunks(sample):
        with _timed(seconds, "layout"):
            readings = [read(page) for page in chunk]
        with _timed(seconds, "tokens"):
            docs = [to_doc(nlp, reading) for reading in readings]
        for name, component in nlp.pipeline:
            with _timed(seconds, name):
                docs = list(component.pipe(docs)) if hasattr(component, "pipe") else [component(doc) for doc in docs]
    total = sum(seconds.values())
    return {name: spent / total for name, spent in seconds.items()}


def _chunks(pages: list[Document]) -> list[list[Document]]:
    """The pages as a build reads them together."""
    return [pages[i : i + CHUNK] for i in range(0, len(pages), CHUNK)]


class _timed:  # noqa: N801 - reads as a statement
    """Adds the time its block takes to an entry of a table."""

    def __init__(self, seconds: dict[str, float], name: str) -> None:
        self.seconds, self.name = seconds, name

    def __enter__(self) -> None:
        self.start = time.process_time()

    def __exit__(self, *_: object) -> None:
        self.seconds[self.name] += time.process_time() - self.start


def _posseg() -> Callable[[str], Any]:
    try:
        import jieba  # noqa: PLC0415 - only this measurement wants it
        import jieba.posseg  # noqa: PLC0415
    except ImportError as error:
        raise InputError("jieba is not installed, and the benchmark compares with it: pip install jieba") from error
    jieba.setLogLevel("WARNING")
    jieba.initialize()
    return jieba.posseg.lcut  # type: ignore[no-any-return]
