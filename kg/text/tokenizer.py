"""The tokenizer ``kg.Tokenizer.v1``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab


class Tokenizer:
    """Text to tokens."""

    def __init__(self, vocab: Vocab, model: str | None = None, scope: str = "cues") -> None:
        self.vocab = vocab
        self.model = model
        self.scope = scope

    def __call__(self, text: str) -> Doc:
        """One token per character."""
        words = list(text)
        return Doc(self.vocab, words=words, spaces=[False] * len(words))

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Nothing to keep."""

    def from_disk(self, path: str | Path, **_: Any) -> Tokenizer:  # noqa: ARG002
        """Nothing to read."""
        return self


@spacy.registry.tokenizers("kg.Tokenizer.v1")
def make_tokenizer(model: str | None = None, scope: str = "cues") -> Callable[[Language], Tokenizer]:
    """A factory of tokenizers for spaCy's configuration."""
    return lambda nlp: Tokenizer(nlp.vocab, model, scope)
