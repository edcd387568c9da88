"""The fitted name model as a value, and its file."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from kg.errors import KnowledgeError
from kg.mentions.statistical.features import Vocabulary
from kg.mentions.statistical.keys import KeyMap
from kg.mentions.statistical.lattice import Floats, Labels
from kg.mentions.statistical.units import Ints, Keys

FORMAT = 1
"""Of the file; raised when features change, so that old weights are refused instead of misread."""


@dataclass(frozen=True, slots=True)
class NameModel:
    """All that is needed to find names in a text."""

    labels: Labels
    vocabulary: Vocabulary
    lookups: tuple[Ints, ...]
    """For each template the row of ``weights`` by value; row 0 is empty."""
    weights: NDArray[np.int8]
    """One column a label; times ``scale`` the logarithm of a factor."""
    scale: float
    follow: Floats
    """Factor of each label (column) after each label (row)."""


@cache
def shipped() -> NameModel:
    """The model that ships with the package."""
    return load(files("kg").joinpath("data", "models", "names.npz").read_bytes(), "the shipped name model")


def load_file(path: Path) -> NameModel:
    """The model of a file that :func:`dump` made.

    Raises:
        KnowledgeError: the file is missing, damaged or of another version.
    """
    try:
        return load(path.read_bytes(), str(path))
    except OSError as error:
        raise KnowledgeError(
            f"{path}: the name model cannot be read ({error.strerror}); make one with kg train"
        ) from error


def load(content: bytes, place: str) -> NameModel:
    """The model that :func:`dump` wrote.

    Args:
        content: of the file.
        place: where it came from, for messages.

    Raises:
        KnowledgeError: damaged, or of another version.
    """
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        head = msgspec.json.decode(arrays["head"].tobytes(), type=_Head)
    except (ValueError, KeyError, zipfile.BadZipFile, EOFError, msgspec.DecodeError) as error:
        raise KnowledgeError(f"{place}: no name model ({error}); make one with kg train") from error
    if head.format != FORMAT:
        raise KnowledgeError(
            f"{place}: a name model of format {head.format}, not {FORMAT}; make a new one with kg train"
        )
    return _model(head, arrays)


class _Head(msgspec.Struct):
    """The small values of the file."""

    format: int
    classes: tuple[str, ...]
    scale: float


def _model(head: _Head, arrays: dict[str, NDArray[Any]]) -> NameModel:
    one, two, three, four = (arrays[f"words{n}"].astype(np.int32) for n in (1, 2, 3, 4))
    vocabulary = Vocabulary(
        KeyMap(_restored(arrays["units"])),
        KeyMap(_restored(arrays["pairs"])),
        KeyMap(_restored(arrays["triples"])),
        KeyMap(_restored(arrays["quads"])),
        (one, two, three, four),
        arrays["coarse"].astype(np.int32),
        arrays["bonds"].astype(np.int32),
    )
    lookups, row = [], 1
    for size, count, ids in _split(arrays):
        lookup = np.zeros(size, dtype=np.int32)
        lookup[ids] = np.arange(row, row + count)
        lookups.append(lookup)
        row += count
    follow = arrays["follow"].astype(np.float32)
    return NameModel(Labels(head.classes), vocabulary, tuple(lookups), arrays["weights"], head.scale, follow)


def _split(arrays: dict[str, NDArray[Any]]) -> list[tuple[int, int, Ints]]:
    """Size, number of rows and the values that have a row, of each template."""
    counts = arrays["counts"].tolist()
    pieces = np.split(arrays["ids"], np.cumsum(counts)[:-1])
    sizes = arrays["sizes"].tolist()
    return [(size, count, np.cumsum(piece)) for size, count, piece in zip(sizes, counts, pieces, strict=True)]


def dump(model: NameModel) -> bytes:
    """The model as a file, the same bytes for the same model."""
    values = [np.flatnonzero(lookup) for lookup in model.lookups]
    vocabulary = model.vocabulary
    head = _Head(FORMAT, model.labels.classes, model.scale)
    arrays: dict[str, NDArray[Any]] = {
        "head": np.frombuffer(msgspec.json.encode(head), dtype=np.uint8),
        **{name: _packed(getattr(vocabulary, name).keys()) for name in ("units", "pairs", "triples", "quads")},
        **{f"words{n}": classes.astype(np.uint16) for n, classes in enumerate(vocabulary.word_classes, 1)},
        "coarse": vocabulary.coarse.astype(np.uint16),
        "bonds": vocabulary.bonds.astype(np.uint8),
        "sizes": np.array([len(lookup) for lookup in model.lookups], dtype=np.int32),
        "counts": np.array([len(ids) for ids in values], dtype=np.int32),
        "ids": np.concatenate([np.diff(ids, prepend=0) for ids in values]).astype(np.int32),
        "weights": model.weights,
        "follow": model.follow.astype(np.float32),
    }
    return _archive(arrays)


def _packed(keys: Keys) -> Keys:
    """Sorted keys as differences, which compress well."""
    return np.diff(keys, prepend=np.uint64(0))


def _restored(packed: Keys) -> Keys:
    return np.cumsum(packed, dtype=np.uint64)


def _archive(arrays: dict[str, NDArray[Any]]) -> bytes:
    """An ``.npz`` without the clock in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, array in arrays.items():
            piece = io.BytesIO()
            np.lib.format.write_array(piece, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), piece.getvalue(), zipfile.ZIP_DEFLATED, 6)
    return out.getvalue()
