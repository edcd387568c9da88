"""Compare kinds of name model on one fold: ``python docs/model_kinds.py FOLDER [--kind crf|spacy|spans]``.

The folder holds annotated-news.jsonl and written-news.jsonl. A fifth of each is held out; every kind is trained on the
rest and on the articles that ship, and finds names alone, without sources beside it and without the arbiter. Prints the
table of docs/names.md. It needs the package alone and takes about an hour on one core.
"""
# ruff: noqa: INP001, T201 - a script

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

import model_convolution
import model_spans
import numpy as np

from kg.components import BATCH
from kg.mentions.statistical import decoder, weights
from kg.mentions.statistical.weights import NameModel
from kg.training import language
from kg.training.corpus import Article, Name, place_names, read
from kg.training.crossvalidation import CORE, Report, compare, deal, total
from kg.training.examples import CLASSES
from kg.training.language import Bonds, Language, Words
from kg.training.names import Material, Plan, fit_model, read_material, shipped_files

HELD = {"news": "annotated-news.jsonl", "written": "written-news.jsonl"}
"""Column of the table → the file of which a fold is held out."""

LEAST = 0.25
"""Smallest probability with which a stretch is taken for a name."""

tell = partial(print, file=sys.stderr, flush=True)
"""Progress, beside the table."""

Pages = Sequence[Sequence[Name]]
"""The names of each page."""


@dataclass(frozen=True, slots=True)
class Finder:
    """A trained model."""

    find: Callable[[Sequence[str]], Pages]
    """The names of each of several texts."""
    size: int
    """Bytes of the model's file."""


Make = Callable[[Material], Finder]


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of model, measured."""

    reports: tuple[Report, ...]
    """One for each of :data:`HELD`."""
    cost: tuple[float, float, float] | None
    """Minutes of one core to train, characters per second, megabytes; None where the row above says so."""


def crf(plan: Plan, *, lists: bool = True, words: bool = True, corpora: bool = False) -> Make:
    """The kind that ships.

    Args:
        plan: how it is made.
        lists: whether it sees curated names.
        words: whether it knows distributional classes of words.
        corpora: whether it is trained on CLUENER and ResumeNER too.
    """
    plan = plan if lists else replace(plan, hidden=1.0)

    def make(material: Material) -> Finder:
        known = language.of_vocabulary(weights.shipped().vocabulary) if words else WORDLESS
        fitted = fit_model(material if corpora else Material(material.articles), known, plan, tell)
        file = weights.dump(fitted)
        model = weights.load(file, "the model") if lists else without_lists(fitted)
        return Finder(lambda texts: crf_names(texts, model), len(file))

    return make


WORDLESS = Language(Words((), (), (0,)), Bonds(np.zeros(0, np.uint64), np.zeros(0, np.uint64), np.zeros(0, np.int32)))
"""Nothing is known of the language."""


def without_lists(model: NameModel) -> NameModel:
    """A model to which every place looks as one that no list knows; lists are the last three templates."""
    blind = (np.full_like(lookup, lookup[0]) for lookup in model.lookups[-3:])
    return replace(model, lookups=(*model.lookups[:-3], *blind))


def crf_names(texts: Sequence[str], model: NameModel) -> Pages:
    """What a random field finds, surest first."""
    batches = (texts[at : at + BATCH] for at in range(0, len(texts), BATCH))
    pages = (page for batch in batches for page in decoder.guesses_of_pages(batch, model, LEAST))
    return [[Name(*guess[:3]) for guess in decoder.best(page)] for page in pages]


def spacy(tokenizer: Mapping[str, str], steps: int) -> Make:
    """A convolutional recogniser of spaCy's over the given tokens."""

    def make(material: Material) -> Finder:
        nlp = model_convolution.train(material.articles, tokenizer, steps)
        return Finder(lambda texts: model_convolution.find(nlp, texts), len(nlp.to_bytes()))

    return make


def spans(material: Material) -> Finder:
    """A classifier of stretches."""
    model = model_spans.train(material.articles, Plan(), tell)
    return Finder(lambda texts: [model_spans.find(text, model, LEAST) for text in texts], model.size)


KINDS: Mapping[str, Mapping[str, Make]] = {
    "crf": {
        "random field": crf(Plan()),
        "random field, no lists": crf(Plan(), lists=False),
        "random field, no lists, no word classes": crf(Plan(), lists=False, words=False),
        "random field, public corpora too": crf(Plan(), corpora=True),
    },
    "spans": {"classified stretches": spans},
    "spacy": {
        "spaCy, characters": spacy({"@tokenizers": "spacy.zh.ChineseTokenizer", "segmenter": "char"}, 8000),
        "spaCy, our words": spacy({"@tokenizers": "kg.Tokenizer.v1", "scope": "all"}, 8000),
    },
}
"""Kind → row of the table → how it is made."""


def split(folder: Path) -> tuple[Material, Mapping[str, Sequence[Article]]]:
    """What is trained on, and what is held out."""
    plan, rest, held = Plan(), list(chain.from_iterable(shipped_files().values())), {}
    for name, file in HELD.items():
        articles = read(folder / file)
        parts = deal(len(articles), 5, plan.recipe.seed)
        held[name] = [article for article, part in zip(articles, parts, strict=True) if part == 0]
        rest += [article for article, part in zip(articles, parts, strict=True) if part > 0]
    return Material(tuple(rest), read_material(folder, plan).others), held


def voted(text: str, names: Iterable[Name]) -> Sequence[Name]:
    """Every form with the class that it has most often on the page, wherever it stands there."""
    votes = Counter((text[name.start : name.end], name.cls) for name in names)
    return place_names(text, sorted(votes, key=lambda vote: (votes[vote], vote)))


def measure(make: Make, material: Material, held: Mapping[str, Sequence[Article]]) -> tuple[Row, Row]:
    """A row for the model alone, and one with a vote on every page."""
    start = time.process_time()
    finder = make(material)
    minutes = (time.process_time() - start) / 60
    texts = {name: [article.text for article in articles] for name, articles in held.items()}
    finder.find(next(iter(texts.values()))[:BATCH])  # tables load on first use
    start = time.process_time()
    found = {name: finder.find(pages) for name, pages in texts.items()}
    speed = sum(len(text) for pages in texts.values() for text in pages) / (time.process_time() - start)
    votes = {name: [*map(voted, texts[name], found[name])] for name in held}
    alone, vote = (tuple(compare(name, held[name], pages[name]) for name in held) for pages in (found, votes))
    return Row(alone, (minutes, speed, finder.size / 1e6)), Row(vote, None)


def line(name: str, row: Row) -> str:
    """A row of the table: F1 of core and all classes by document and by span, then the cost."""
    scores = [scores for report in row.reports for scores in (report.documents, report.spans)]
    cells = [f"{total(each, CORE).f1:.3f}, {total(each, CLASSES).f1:.3f}" for each in scores]
    cost = "{:.0f} | {:,.0f} | {:.1f}".format(*row.cost) if row.cost else " | | "
    return f"| {name} | {' | '.join(cells)} | {cost} |"


def main(folder: Path, kinds: Iterable[str]) -> None:
    """Print the table, row by row."""
    material, held = split(folder)
    columns = [f"{name}, by {unit}" for name in HELD for unit in ("document", "span")]
    print(f"| model | {' | '.join(columns)} | minutes to train | characters a second | MB |")
    print("|-" * (len(columns) + 4) + "|")
    for kind in kinds:
        for name, make in KINDS[kind].items():
            alone, vote = measure(make, material, held)
            print(line(name, alone), line("… and voting", vote), sep="\n", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kind", choices=[*KINDS])
    chosen = parser.parse_args()
    main(chosen.folder, [chosen.kind] if chosen.kind else KINDS)
