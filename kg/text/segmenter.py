"""Words by spacy-pkuseg, with the model that ships or a user's own."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache, partial
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import spacy
import spacy_pkuseg
from spacy_pkuseg.config import config

from kg.errors import InputError

FILES = ("features.msgpack", "weights.npz")
"""What a model's folder holds."""

_LONGEST = 400
"""Characters without punctuation that are cut at a time."""


@lru_cache(maxsize=1 << 14)
def words(text: str, model: str | None = None) -> tuple[str, ...]:
    """The words of a clause; joined, they are the clause.

    Args:
        text: without blanks and punctuation.
        model: folder of a spacy-pkuseg model; None: the one that ships. Loaded when it is first asked for, once in a
            process.

    Raises:
        InputError: there is no model in that folder.
    """
    segmenter, config.wordMax = _load(model)
    pieces = (text[i : i + _LONGEST] for i in range(0, len(text), _LONGEST))
    return tuple(word for piece in pieces for word in segmenter.cut(piece))


def make_words(model: str | None = None) -> Callable[[str], tuple[str, ...]]:
    """:func:`words` with a model, for spaCy's configuration: ``{"@misc": "kg.Words.v1"}``.

    Raises:
        InputError: there is no model in that folder.
    """
    require(model)
    return partial(words, model=model)


spacy.util.registry.misc("kg.Words.v1", func=make_words)


def require(model: str | None) -> None:
    """Make sure that a folder holds a model.

    Raises:
        InputError: it does not.
    """
    folder = _folder(model)
    if not all((folder / name).is_file() for name in FILES):
        raise InputError(f"{folder}: no segmentation model here; name a folder with {' and '.join(FILES)}")


class _Loaded(NamedTuple):
    """A model, ready to cut."""

    segmenter: spacy_pkuseg.pkuseg
    longest: int
    """Characters of the longest word that it knows: by itself spacy-pkuseg looks for words of up to six at every
    character, and pairs each that it finds, or does not find, with each; that takes most of its time."""


@cache
def _load(model: str | None) -> _Loaded:
    require(model)
    segmenter = spacy_pkuseg.pkuseg(str(_folder(model)), user_dict=None)
    return _Loaded(segmenter, max(map(len, segmenter.feature_extractor.unigram), default=0))


def _folder(model: str | None) -> Path:
    return Path(model) if model else Path(str(files("kg").joinpath("data", "models", "segmenter")))
