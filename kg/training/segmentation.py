"""Training of the segmentation model that ships: ``kg/data/models/segmenter``.

The teacher is jieba's dictionary (without its model of unknown words), corrected by what the annotated articles and
our lexicon know: a word never straddles the edge of a name, names of persons are one word, and so are short names.
spacy-pkuseg's own trainer learns from that, offline; :func:`shrink` then leaves out what the model hardly uses.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import jieba
import msgspec
import numpy as np
import spacy_pkuseg
from spacy_pkuseg.config import config

from kg import lexicon
from kg.errors import InputError
from kg.text import segmenter
from kg.training import corpus

PERSONS = frozenset({"Person", "Official"})
SHORT_NAME = 4
"""Names up to this many characters are one word."""
SEED = 20211016
LONGEST = 2
"""Characters of the longest words that are clues. With 6, spacy-pkuseg's own choice, a model agrees with held-out
sentences hardly better and takes three times as long."""
HELD_OUT = 0.06
"""Share of the sentences that the model is measured on."""

FILES_NEEDED = ("annotated-news.jsonl", "written-news.jsonl", "cluener-train.jsonl")
"""What the folder of training data holds."""

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*")
_RUN = re.compile(r"([一-鿿]+)|([A-Za-z]+|[0-9]+(?:[.,][0-9]+)*%?|\S)")
"""Chinese characters, or what is never cut: a Latin word, a figure, a mark."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence and where names stand in it."""

    text: str
    names: tuple[corpus.Name, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """How well a segmenter agrees with held-out sentences, words counted by both edges."""

    precision: float
    recall: float
    edges: float
    """Share of the edges of annotated names at which the segmenter ends a word."""
    sentences: int

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def train(folder: Path, out: Path, *, limit: int = 22_000, iterations: int = 7) -> Scores:
    """Train a segmentation model.

    Args:
        folder: holds ``annotated-news.jsonl``, ``written-news.jsonl`` and ``cluener-train.jsonl``.
        out: folder for the model, made if missing.
        limit: sentences to learn from.
        iterations: passes over them.

    Returns:
        Agreement with held-out sentences, of the model as written.

    Raises:
        InputError: a file is missing or malformed.
    """
    sentences = list(_taught(_sentences(folder)))
    random.Random(SEED).shuffle(sentences)  # noqa: S311 - a fixed order, no secret
    held = int(min(len(sentences), limit) * HELD_OUT)
    with TemporaryDirectory() as temporary:
        seen, unseen = Path(temporary, "seen.txt"), Path(temporary, "unseen.txt")
        _write(map(words, sentences[held : held + limit]), seen)
        _write(map(words, sentences[:held]), unseen)
        _fit(seen, unseen, Path(temporary), iterations)
        shrink(Path(temporary), out)
    return measure(out, sentences[:held])


def _fit(seen: Path, unseen: Path, model: Path, iterations: int) -> None:
    """Run the trainer; what it prints goes to standard error."""
    before = config.featureTrim, config.wordMax
    config.featureTrim, config.wordMax = 1, LONGEST  # a clue that is seen once is left out
    try:
        with redirect_stdout(sys.stderr):
            spacy_pkuseg.train(str(seen), str(unseen), str(model), train_iter=iterations)
    finally:
        config.featureTrim, config.wordMax = before


def shrink(model: Path, out: Path, *, least: float = 0.1) -> None:
    """Write a model without the features of little weight, in less space.

    Args:
        model: folder of a model that spacy-pkuseg has trained.
        out: folder to write to.
        least: a feature stays if one of its weights, by absolute value, is no less.
    """
    data = msgspec.msgpack.decode((model / "features.msgpack").read_bytes())
    arrays = np.load(model / "weights.npz")
    tags, count = (int(size) for size in arrays["sizes"])
    nodes, edges = arrays["w"][: tags * count].reshape(count, tags), arrays["w"][tags * count :]
    strong = np.abs(nodes).max(axis=1) >= least
    strong[0] = True  # feature 0 stands in for any that is missing
    names = sorted(data["feature_to_idx"], key=data["feature_to_idx"].__getitem__)
    kept = np.flatnonzero(strong)
    features = {names[old]: new for new, old in enumerate(kept)}
    used = _words_in(features)
    out.mkdir(parents=True, exist_ok=True)
    content = {"unigram": used, "bigram": [], "feature_to_idx": features, "tag_to_idx": data["tag_to_idx"]}
    (out / "features.msgpack").write_bytes(msgspec.msgpack.encode(content))
    weights = np.concatenate([nodes[kept].ravel(), edges]).astype(np.float16).astype(np.float64)
    np.savez_compressed(out / "weights.npz", sizes=np.array([tags, len(kept)]), w=weights)


def _words_in(features: Iterable[str]) -> list[str]:
    """The words that features are about; the model asks for no other."""
    found: set[str] = set()
    for feature in features:
        kind, _, rest = feature.partition(".")
        if kind in {"w-1", "w1"}:
            found.add(rest)
        elif kind == "ww":
            found.update(rest.partition(".")[2].split("*"))
    return sorted(found - {"", "noWord"})


def measure(model: Path, sentences: Sequence[Marked]) -> Scores:
    """Agreement of a model with the teacher and with the annotated names, on sentences that it has not seen."""
    right = given = wanted = respected = names = 0
    for sentence in sentences:
        text = "".join(sentence.text.split())
        gold, found = _spans(words(sentence)), _spans(segmenter.words(text, str(model)))
        right, given, wanted = right + len(gold & found), given + len(found), wanted + len(gold)
        if text == sentence.text:
            cuts = {0, *(end for _, end in found)}
            edges = [edge for name in sentence.names for edge in (name.start, name.end)]
            respected, names = respected + sum(edge in cuts for edge in edges), names + len(edges)
    return Scores(right / max(given, 1), right / max(wanted, 1), respected / max(names, 1), len(sentences))


def _spans(sentence: Sequence[str]) -> set[tuple[int, int]]:
    ends = list(accumulate(map(len, sentence)))
    return set(zip([0, *ends], ends, strict=False))


def _write(sentences: Iterable[Sequence[str]], path: Path) -> None:
    path.write_text("".join(" ".join(sentence) + "\n" for sentence in sentences), encoding="utf-8")


def words(sentence: Marked) -> list[str]:
    """The words of a sentence as the teacher cuts it, blanks left out."""
    cuts = _name_edges(sentence)
    pieces: list[str] = []
    whole = {(name.start, name.end) for name in sentence.names if _is_one_word(name)}
    for start, end in pairwise(cuts):
        piece = sentence.text[start:end]
        pieces.extend([piece] if (start, end) in whole and " " not in piece else _cut(piece))
    return pieces


def _name_edges(sentence: Marked) -> list[int]:
    edges = {0, len(sentence.text)}
    for name in sentence.names:
        edges |= {name.start, name.end}
    return sorted(edges)


def _is_one_word(name: corpus.Name) -> bool:
    return name.cls in PERSONS or name.end - name.start <= SHORT_NAME


def _cut(text: str) -> Iterator[str]:
    """Words by dictionary; Latin words and figures whole."""
    for han, atom in _RUN.findall(text):
        if atom:
            yield atom
        else:
            yield from jieba.cut(han, HMM=False)


def _taught(sentences: Iterable[Marked]) -> Iterator[Marked]:
    """The same sentences; the teacher learns the lexicon's short names before the first."""
    for entry in lexicon.load().entries.values():
        for form in (entry.name, *entry.short):
            if 1 < len(form) <= SHORT_NAME:
                jieba.add_word(form)
    yield from sentences


def _sentences(folder: Path) -> Iterator[Marked]:
    for name in FILES_NEEDED[:2]:
        for article in corpus.read(folder / name):
            yield from _split(article.text, article.names)
    yield from _cluener(folder / FILES_NEEDED[2])


def _split(text: str, names: Sequence[corpus.Name]) -> Iterator[Marked]:
    """The sentences of an article."""
    for found in _SENTENCE.finditer(text):
        start, end = found.span()
        inside = (n for n in names if start <= n.start and n.end <= end)
        yield Marked(found[0], tuple(corpus.Name(n.start - start, n.end - start, n.cls) for n in inside))


def _cluener(path: Path) -> Iterator[Marked]:
    """The sentences of CLUENER, whose spans include their last character."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    for line in lines:
        row = json.loads(line)
        names = [
            corpus.Name(first, last + 1, "Person" if label == "name" else label)
            for label, forms in row["label"].items()
            for spans in forms.values()
            for first, last in spans
        ]
        yield Marked(row["text"], tuple(sorted(names)))
