"""The stages in order: paths in, graph out.

:func:`extract` is a pure function of one document; :func:`extractions` runs it over many, in one process or
several; :func:`build` joins the results into a graph.
"""

from __future__ import annotations

import gc
import hashlib
import logging
import re
import string
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import as_file, files
from itertools import islice
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg import documents, lexicon, rdf, resolution
from kg.components import BATCH
from kg.errors import InputError
from kg.graph import BASE_IRI, Graph, to_graph
from kg.model import Document, Extraction, Mention, Passage, Resolution, Span
from kg.tables import Cache
from kg.text import Reading, read, to_doc

log = logging.getLogger("kg")

COMPONENTS = (
    "kg_sentences",
    "kg_lexicon",
    "kg_patterns",
    "kg_model",
    "kg_arbiter",
    "kg_relations",
    "kg_observations",
)
"""Our spaCy components, in the order in which they run."""

CHUNK = 32
"""Documents that one task holds: enough to make common words and passing on cheap, few enough to spread."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user can choose about a build."""

    encoding: str | None = None
    """Of all plain files; None: told from each file."""
    segmenter: str | None = None
    """Folder of a spacy-pkuseg model; None: the one that ships."""
    names: str | None = None
    """A name model that ``kg train names`` wrote; None: the one that ships."""
    pipeline: str | None = None
    """Name or path of a spaCy pipeline to put our components into; its names take the place of our model's."""
    workers: int = 1
    """Processes that extract."""
    cache: str | None = None
    """Folder in which extractions are kept from build to build."""
    corrections: str | None = None
    """A corrections file."""
    identifiers: str | None = None
    """The identifiers file of an earlier build, whose ids are kept; one that does not exist counts as none."""
    base_iri: str = BASE_IRI
    """What the IRIs of entities begin with."""
    min_confidence: float = 0.0
    """Facts and figures below it are left out, 0 to 1."""


DEFAULTS = Settings()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a build."""

    graph: Graph
    resolution: Resolution
    failures: tuple[documents.Failure, ...]
    """What could not be read."""
    warnings: tuple[str, ...]
    """Corrections that met nothing."""


_LINE_BREAK = re.compile(r"\s*[\r\n]\s*")

Item = Document | documents.Failure

Listener = Callable[[Extraction | documents.Failure], None]
"""Told of each document as it is done, and of each that could not be read."""


def build(paths: Sequence[str | Path] = (), settings: Settings = DEFAULTS) -> Graph:
    """Read pages and return the graph of what they say.

    Args:
        paths: files and folders; none: the sample corpus that ships with the package.
        settings: how to read them.

    Returns:
        A ``networkx.MultiDiGraph`` as :mod:`kg.graph` describes it.

    Raises:
        InputError: a path does not exist, or there is nothing to read.
        CorrectionError: the corrections file has a mistake.
    """
    outcome = run(paths, settings)
    for failure in outcome.failures:
        log.warning("%s: %s", failure.path, failure.reason)
    for warning in outcome.warnings:
        log.warning("%s", warning)
    return outcome.graph


def load(path: str | Path) -> Graph:
    """Read back a graph that ``kg build`` wrote.

    Args:
        path: the output folder, or a Turtle file in it.

    Raises:
        InputError: there is no graph, or the file is not one of ours.
    """
    path = Path(path)
    return rdf.read(path / "graph.ttl" if path.is_dir() else path)


def run(paths: Sequence[str | Path], settings: Settings = DEFAULTS, listener: Listener | None = None) -> Outcome:
    """Read pages and return the graph with an account of the run.

    Args:
        paths: files and folders, ``-`` for standard input; none: the sample corpus.
        settings: how to read them.
        listener: called for each document.

    Raises:
        InputError: a path does not exist, or nothing could be read.
        CorrectionError: the corrections file has a mistake.
    """
    resolver = _resolver(settings)
    failures: list[documents.Failure] = []
    count = 0
    with collector_at_rest():
        for result in extractions(paths, settings):
            if listener:
                listener(result)
            if isinstance(result, documents.Failure):
                failures.append(result)
            else:
                count += 1
                resolver.add(result)
        if failures and not count:
            raise InputError("\n".join(f"{failure.path}: {failure.reason}" for failure in failures))
        resolved = resolver.finish()
        graph = to_graph(resolved, base_iri=settings.base_iri, min_confidence=settings.min_confidence)
    return Outcome(graph, resolved, tuple(failures), resolver.warnings())


def _resolver(settings: Settings) -> resolution.Resolver:
    corrections = resolution.read_corrections(Path(settings.corrections)) if settings.corrections else None
    kept = Path(settings.identifiers) if settings.identifiers else None
    known = resolution.read_identifiers(kept) if kept and kept.exists() else None
    return resolution.Resolver(corrections=corrections, known=known)


def extractions(paths: Sequence[str | Path], settings: Settings = DEFAULTS) -> Iterator[Extraction | documents.Failure]:
    """What each document yields, in the order of the documents.

    No more than a few chunks per worker are held at a time, however many documents there are.
    """
    with as_file(files("kg").joinpath("data", "sample")) as sample:
        read_documents = documents.read([str(path) for path in paths] or [str(sample)], encoding=settings.encoding)
        chunks = _chunks(read_documents)
        if settings.workers <= 1:
            for chunk in chunks:
                yield from _extract_chunk(chunk, settings)
        else:
            yield from _in_processes(chunks, settings)


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    items = iter(items)
    while chunk := list(islice(items, CHUNK)):
        yield chunk


def _in_processes(chunks: Iterable[list[Item]], settings: Settings) -> Iterator[Extraction | documents.Failure]:
    with ProcessPoolExecutor(settings.workers) as pool:
        waiting: deque[Future[list[Extraction | documents.Failure]]] = deque()
        for chunk in chunks:
            waiting.append(pool.submit(_extract_chunk, chunk, settings))
            if len(waiting) >= 3 * settings.workers:
                yield from waiting.popleft().result()
        for future in waiting:
            yield from future.result()


def _extract_chunk(items: list[Item], settings: Settings) -> list[Extraction | documents.Failure]:
    """What the documents of a chunk yield, in order; what the cache keeps is taken from there."""
    kept = _cache(settings)
    done: dict[int, Extraction | documents.Failure] = {}
    for place, item in enumerate(items):
        found = item if isinstance(item, documents.Failure) else kept.get(item) if kept else None
        if found is not None:
            done[place] = found
    fresh = {place: item for place, item in enumerate(items) if place not in done and isinstance(item, Document)}
    nlp = language(settings.segmenter, settings.pipeline, settings.names)
    for (place, document), extraction in zip(fresh.items(), extract_all(nlp, list(fresh.values())), strict=True):
        done[place] = extraction
        if kept:
            kept.put(document, extraction)
    return [done[place] for place in range(len(items))]


@cache
def _cache(settings: Settings) -> Cache | None:
    if not settings.cache:
        return None
    return Cache(Path(settings.cache), f"{settings.segmenter}\n{settings.pipeline}\n{settings.names}")


@cache
def language(segmenter: str | None = None, pipeline: str | None = None, names: str | None = None) -> Language:
    """The spaCy pipeline with our tokenizer and components.

    Args:
        segmenter: folder of a spacy-pkuseg model; None: the one that ships.
        pipeline: name or path of a spaCy pipeline to start from; its own components run first, and its names
            take the place of our model's.
        names: a name model that ``kg train names`` wrote; None: the one that ships.

    Raises:
        InputError: there is no such pipeline.
        KnowledgeError: the segmenter or the name model cannot be used.
    """
    if pipeline is None:
        # Our components read characters, and ask for words where names are contested.
        config = {"nlp": {"tokenizer": {"@tokenizers": "kg.Tokenizer.v1", "scope": "characters"}}}
        nlp = spacy.blank("zh", config=config)
        components: Sequence[str] = COMPONENTS
    else:
        try:
            nlp = spacy.load(pipeline)
        except OSError as error:
            raise InputError(f"{pipeline}: no such spaCy pipeline; install it, or give the path of one") from error
        components = ["kg_external_ner" if name == "kg_model" else name for name in COMPONENTS]
    settings: dict[str, dict[str, Any]] = {
        "kg_model": {"weights": names},
        "kg_arbiter": {"words": {"@misc": "kg.Words.v1", "model": segmenter}},
    }
    for name in components:
        if not nlp.has_pipe(name):
            nlp.add_pipe(name, config=settings.get(name, {}))
    for character in sorted(_everyday().union(*lexicon.load().forms)):
        nlp.vocab[character]  # looked up once for good: what a page adds is forgotten with the page
    return nlp


def _everyday() -> set[str]:
    """Characters that any page may hold: ASCII, and the marks and the common characters of GB 2312."""
    codes = (bytes((0xA0 + row, 0xA0 + cell)) for row in (1, 3, *range(16, 56)) for cell in range(1, 95))
    return {*string.printable, *"".join(code.decode("gb2312", "ignore") for code in codes)}


def extract(nlp: Language, document: Document) -> Extraction:
    """All that one document says: a pure function of it and of the pipeline's knowledge."""
    return extract_all(nlp, [document])[0]


def extract_all(nlp: Language, pages: Sequence[Document]) -> list[Extraction]:
    """What each of a few documents says, as :func:`extract` finds it, in less time than one by one."""
    with collector_at_rest(), nlp.memory_zone():  # spaCy forgets the words that are new to it with the pages
        readings = [read(page) for page in pages]
        docs = nlp.pipe((to_doc(nlp, reading) for reading in readings), batch_size=BATCH)
        return [extraction(*found) for found in zip(pages, readings, docs, strict=True)]


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Hold the garbage collector off.

    Pages and graphs are many objects with no circles among them (four thousand pages left none): again and again it
    would go through them in vain.
    """
    is_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_enabled:
            gc.enable()


def extraction(document: Document, reading: Reading, doc: Doc) -> Extraction:
    """What a Doc carries that has gone through the pipeline, with the places and letters of the page."""
    facts = (*doc._.kg_relations, *doc._.kg_observations)
    return Extraction(
        document=replace(document, text="", body=None),
        digest=hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest(),
        passages=_passages(reading, {*(fact.evidence for fact in facts), *(same.evidence for same in doc._.kg_same)}),
        mentions=tuple(_printed(reading, mention) for mention in doc._.kg_mentions),
        relations=doc._.kg_relations,
        observations=doc._.kg_observations,
        same=doc._.kg_same,
    )


def _passages(reading: Reading, spans: set[Span]) -> tuple[Passage, ...]:
    return tuple(reading.passage(span) for span in sorted(spans))


def _printed(reading: Reading, mention: Mention) -> Mention:
    """The mention with the places and letters of the page."""
    spans = reading.spans(mention.start, mention.end)
    form = _LINE_BREAK.sub("", reading.printed(spans))
    return Mention(  # thrice as quick as dataclasses.replace
        mention.start,
        mention.end,
        mention.name,
        mention.cls,
        mention.score,
        mention.proposals,
        mention.parent,
        form,
        spans,
    )
