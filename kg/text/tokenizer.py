"""The tokenizer ``kg.Tokenizer.v1``: words where names may stand, characters elsewhere.

spacy-pkuseg cuts some fifty thousand characters a second; most clauses of a page hold nothing that needs it. With the
scope ``cues`` only clauses in which ``data/text/cues.yml`` finds a cue are cut into words, and the others become one
token per character, Latin words and figures whole. With ``all`` every clause is cut. With ``characters`` each
character is a token: our own components read the text, and ask for words only where names are contested.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.lexicon import table
from kg.text import segmenter
from kg.words import Words

Scope = Literal["cues", "all", "characters"]

_CLAUSE = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]{2,}")
_PLAIN = re.compile(r"[A-Za-z]+|[0-9]+(?:[.,][0-9]+)*|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cues:
    """``data/text/cues.yml``."""

    suffixes: tuple[str, ...]
    posts: tuple[str, ...]
    verbs: tuple[str, ...]


class Settings(msgspec.Struct, frozen=True):
    """What makes a tokenizer."""

    scope: Scope
    model: str | None


class Tokenizer:
    """Text to a spaCy Doc; the tokens, joined, are the text."""

    def __init__(self, vocab: Vocab, model: str | None = None, scope: Scope = "cues") -> None:
        """Nothing is loaded until the first text.

        Args:
            vocab: of the pipeline.
            model: folder of a spacy-pkuseg model; None: the one that ships.
            scope: ``cues``, ``all`` or ``characters``, see the module.

        Raises:
            InputError: there is no model in that folder.
        """
        segmenter.require(model)
        self.vocab = vocab
        self.model = model
        self.scope = scope

    def __call__(self, text: str) -> Doc:
        """The text as a Doc."""
        tokens = self._tokens(text)
        return Doc(self.vocab, words=tokens, spaces=[False] * len(tokens))

    def pipe(self, texts: Iterable[str], batch_size: int = 1) -> Iterator[Doc]:  # noqa: ARG002 - spaCy's signature
        """The texts as Docs."""
        yield from map(self, texts)

    def _tokens(self, text: str) -> list[str]:
        if self.scope == "characters":
            return list(text)
        tokens: list[str] = []
        done = 0
        for start, end in _cued(text) if self.scope == "cues" else _clauses(text):
            tokens += _PLAIN.findall(text, done, start)
            tokens += segmenter.words(text[start:end], self.model)
            done = end
        return tokens + _PLAIN.findall(text, done)

    def to_bytes(self, **_: object) -> bytes:
        """Scope and the place of the model."""
        return msgspec.msgpack.encode(Settings(self.scope, self.model))

    def from_bytes(self, data: bytes, **_: object) -> Tokenizer:
        """Take over what :meth:`to_bytes` told."""
        settings = msgspec.msgpack.decode(data, type=Settings)
        self.scope, self.model = settings.scope, settings.model
        return self

    def to_disk(self, path: str | Path, **_: object) -> None:
        """Write scope and, if it is the user's own, the model to a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _SCOPE).write_text(self.scope, encoding="utf-8")
        for name in segmenter.FILES if self.model else ():
            (folder / name).write_bytes(Path(str(self.model), name).read_bytes())

    def from_disk(self, path: str | Path, **_: object) -> Tokenizer:
        """Read what :meth:`to_disk` wrote."""
        folder = Path(path)
        self.scope = msgspec.convert((folder / _SCOPE).read_text(encoding="utf-8"), Scope)
        if all((folder / name).is_file() for name in segmenter.FILES):
            self.model = str(folder)
        return self


_SCOPE = "scope"


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Runs of Chinese characters."""
    return (clause.span() for clause in _CLAUSE.finditer(text))


def _cued(text: str) -> Iterator[tuple[int, int]]:
    """Runs of Chinese characters in which a cue stands."""
    cues = (end - 1 for _, _, end in _cues().places(text))
    cue = next(cues, len(text))
    for start, end in _clauses(text):
        while cue < start:
            cue = next(cues, len(text))
        if cue < end:
            yield start, end


@cache
def _cues() -> Words[None]:
    known = table("text/cues.yml", Cues)
    return Words(dict.fromkeys((*known.suffixes, *known.posts, *known.verbs)), overlapping=True)


def make_tokenizer(model: str | None = None, scope: Scope = "cues") -> Callable[[Language], Tokenizer]:
    """A factory of tokenizers for spaCy's configuration: ``{"@tokenizers": "kg.Tokenizer.v1"}``."""
    return lambda nlp: Tokenizer(nlp.vocab, model, scope)


spacy.util.registry.tokenizers("kg.Tokenizer.v1", func=make_tokenizer)
