"""How fast a build is, stage by stage, beside jieba's part-of-speech tagger on the same text in the same run."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from spacy.language import Language

from kg import documents, export
from kg.components import BATCH
from kg.errors import InputError
from kg.graph import to_graph
from kg.model import Document
from kg.pipeline import CHUNK, collector_at_rest, extract_all, extraction, language
from kg.resolution import Resolver
from kg.text import read, to_doc

ROUNDS = 5
"""Parts that the text is cut into; the two sides take turns, so that a machine's moods fall on both."""


@dataclass(frozen=True, slots=True)
class Speed:
    """Characters per second, on one core."""

    characters: int
    build: float
    """Extraction, identity and the graph."""
    written: float
    """The same, with the files of a build written."""
    posseg: float
    """``jieba.posseg`` alone."""
    stages: dict[str, float]
    """Share of each step in the time of a build whose files are written, 0 to 1."""


def measure(paths: Sequence[str | Path], *, limit: int = 1000) -> Speed:
    """Time a build of the first ``limit`` documents beside posseg.

    Raises:
        InputError: jieba is not installed, or a path does not exist.
    """
    tag = _posseg()
    sample = [
        item for item in islice(documents.read([str(path) for path in paths]), limit) if isinstance(item, Document)
    ]
    nlp, resolver, started = language(), Resolver(), datetime.now(UTC)
    extract_all(nlp, sample[:3])  # models and tables load on first use
    tag(sample[0].text[:200])
    posseg, stages = defaultdict[str, float](float), defaultdict[str, float](float)
    for part in range(ROUNDS):
        pages = sample[part::ROUNDS]
        with _timed(posseg, "posseg"):
            for document in pages:
                tag(document.text)
        with collector_at_rest():
            for chunk in _chunks(pages):
                _extract(nlp, chunk, resolver, stages)
    with collector_at_rest():
        with _timed(stages, "identity"):
            resolved = resolver.finish()
        with _timed(stages, "graph"):
            graph = to_graph(resolved)
        built = sum(stages.values())
        with _timed(stages, "files"), TemporaryDirectory() as folder:
            export.write(graph, resolved, Path(folder), started)
    characters, total = sum(len(document.text) for document in sample), sum(stages.values())
    return Speed(
        characters,
        build=characters / built,
        written=characters / total,
        posseg=characters / posseg["posseg"],
        stages={name: spent / total for name, spent in stages.items()},
    )


def _extract(nlp: Language, pages: Sequence[Document], resolver: Resolver, seconds: dict[str, float]) -> None:
    """Do as :func:`kg.pipeline.extract_all` does, and add up the time of each step."""
    with nlp.memory_zone():
        with _timed(seconds, "layout"):
            readings = [read(page) for page in pages]
        with _timed(seconds, "tokens"):
            docs = [to_doc(nlp, reading) for reading in readings]
        component: Any
        for name, component in nlp.pipeline:
            with _timed(seconds, name):
                docs = list(component.pipe(docs, batch_size=BATCH))
        with _timed(seconds, "identity"):
            for page, reading, doc in zip(pages, readings, docs, strict=True):
                resolver.add(extraction(page, reading, doc))


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
