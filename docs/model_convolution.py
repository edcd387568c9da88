"""spaCy's recogniser of names by its own recipe, ``spacy init config --lang zh --pipeline ner``, for model_kinds.py."""
# ruff: noqa: INP001 - beside a script

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import spacy
from spacy.cli.init_config import init_config
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_loop

import kg.text  # noqa: F401 - registers the tokenizer
from kg.training.corpus import Article, Name
from kg.training.crossvalidation import deal


def train(articles: Sequence[Article], tokenizer: Mapping[str, str], steps: int) -> Language:
    """A pipeline that finds names.

    A tenth of the articles is not trained on: the weights that do best there are kept, and training ends when
    1,600 steps brought nothing better.

    Args:
        articles: annotated.
        tokenizer: a ``[nlp.tokenizer]`` of spaCy's configuration.
        steps: updates at most, each of up to 1,000 tokens.
    """
    config = init_config(lang="zh", pipeline=["ner"], optimize="efficiency")
    config["nlp"]["tokenizer"] = dict(tokenizer)
    config["initialize"]["tokenizer"] = {}
    config["training"]["max_steps"] = steps
    config["components"]["tok2vec"]["model"]["encode"]["window_size"] = 2  # a character says less than a word
    with TemporaryDirectory() as folder:
        for part, docs in _parts(articles, spacy.util.load_model_from_config(config, auto_fill=True)).items():
            config["paths"][part] = str(Path(folder) / f"{part}.spacy")
            DocBin(docs=docs).to_disk(config["paths"][part])
        train_loop(init_nlp(config), Path(folder), stdout=sys.stderr)
        return spacy.load(Path(folder) / "model-best")


def _parts(articles: Sequence[Article], nlp: Language) -> dict[str, list[Doc]]:
    """Nine tenths to train on, and one to choose by."""
    docs = [_annotated(article, nlp) for article in articles]
    parts = deal(len(docs), 10, 0)
    return {
        "train": [doc for doc, part in zip(docs, parts, strict=True) if part],
        "dev": [doc for doc, part in zip(docs, parts, strict=True) if not part],
    }


def _annotated(article: Article, nlp: Language) -> Doc:
    """The article's tokens and names; names whose edges lie inside tokens are left out."""
    doc = nlp.make_doc(article.text)
    doc.set_ents([span for name in article.names if (span := doc.char_span(*name)) is not None])
    return doc


def find(nlp: Language, texts: Sequence[str]) -> list[list[Name]]:
    """The names of each text."""
    return [[Name(e.start_char, e.end_char, e.label_) for e in doc.ents] for doc in nlp.pipe(texts)]
