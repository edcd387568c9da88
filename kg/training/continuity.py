"""Training of the small model of character sequences that mends torn pages: ``kg/data/models/continuity``.

It counts in the annotated articles, in CLUENER and FinRE, and inside the words of jieba's dictionary, which know what
belongs together in words that the articles lack.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import jieba
import msgspec

from kg.errors import InputError
from kg.files import write_whole
from kg.text.continuity import START, plain
from kg.training import corpus

PAIRS, TRIPLES = 2, 3
"""How often pairs and triples of characters must be counted to be kept."""
WORD = 4
"""Longest words of the dictionary that are counted, in characters."""
FREQUENCY = 10
"""What the dictionary must say of a word's frequency for it to be counted."""
DICTIONARY_WEIGHT = 2
"""How often a word of the dictionary counts: as often as a pair that is just kept."""

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*[”’」』）]*")


def train(folder: Path, out: Path) -> int:
    """Count, and write ``counts.msgpack.z``.

    Args:
        folder: holds ``annotated-news.jsonl``, ``written-news.jsonl``, ``cluener-train.jsonl``, ``finre-train.tsv``.
        out: folder for the model, made if missing.

    Returns:
        How many sequences are kept.

    Raises:
        InputError: a file is missing or malformed.
        OutputError: the folder cannot be written.
    """
    counts = Counter({sequence: DICTIONARY_WEIGHT * n for sequence, n in count(_words()).items()})
    counts.update(count(_texts(folder)))
    least = (0, 0, PAIRS, TRIPLES)
    kept = {sequence: number for sequence, number in sorted(counts.items()) if number >= least[len(sequence)]}
    write_whole(out / "counts.msgpack.z", zlib.compress(msgspec.msgpack.encode(kept), 9))
    return len(kept)


def count(texts: Iterable[str]) -> Counter[str]:
    """How often each sequence of one to three characters stands in the texts."""
    counts: Counter[str] = Counter()
    for text in texts:
        for size in (1, 2, 3):
            counts.update(text[i : i + size] for i in range(len(text) - size + 1))
    return counts


def _texts(folder: Path) -> Iterator[str]:
    """Sentences, each behind the sign of a start; those of CLUENER begin anywhere and are without it."""
    try:
        for name in ("annotated-news.jsonl", "written-news.jsonl"):
            for article in corpus.read(folder / name):
                yield from (START + plain(sentence) for sentence in _SENTENCE.findall(article.text))
        rows = (line.split("\t") for line in (folder / "finre-train.tsv").read_text(encoding="utf-8").splitlines())
        for text in sorted({row[3] for row in rows if len(row) > 3}):
            yield from (START + plain(sentence) for sentence in _SENTENCE.findall(text))
        for line in (folder / "cluener-train.jsonl").read_text(encoding="utf-8").splitlines():
            yield plain(json.loads(line)["text"])
    except OSError as error:
        raise InputError(f"{error.filename}: cannot be read: {error.strerror}") from error


def _words() -> Iterator[str]:
    jieba.initialize()
    for word, frequency in jieba.dt.FREQ.items():
        if 1 < len(word) <= WORD and frequency >= FREQUENCY:
            yield plain(word)
