"""Word lists and curated names: ``kg/data/*.yml`` as frozen tables.

Knowledge stands in data files, explained on top of each; this module only reads them. :func:`table` reads
any data file as a typed value, :func:`load` joins the curated names of ``kg/data/names/`` into one lexicon.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, TypeVar, cast

import msgspec
import yaml

from kg.errors import KnowledgeError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry:
    """A curated name: one real thing that we know before reading."""

    key: str
    """ASCII slug, unique, never changed once released: ``district/xuhui``."""
    cls: str
    """A class of the ontology, by local name."""
    name: str
    """Full name, Simplified."""
    short: tuple[str, ...] = ()
    """Other forms, as they stand once the text is folded; all name this thing and nothing else in news about
    Shanghai."""
    weak: tuple[str, ...] = ()
    """Forms that name it only where the context agrees (宝山, 光明): a proposal with a low score."""
    en: tuple[str, ...] = ()
    """Forms in Latin letters, the usual one first."""
    within: str = ""
    """Key of the place it lies in, where that is fixed (a park's district)."""
    parent: str = ""
    """Key of the organisation it is part of; for an industry field, the broader field; for a product, its maker;
    for a retired district, the district that holds its land today."""
    source: str = ""
    """Where the fact can be looked up; empty where the head of the file speaks for it."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All curated names."""

    entries: Mapping[str, Entry]
    """By key, in the order of the files."""
    forms: Mapping[str, tuple[str, ...]]
    """Keys of the entries that a form may name, full, short, weak and English forms together."""


def table(name: str, kind: type[T]) -> T:
    """A data file of the package as a value of type ``kind``.

    Args:
        name: path below ``kg/data`` (``relations.yml``).
        kind: a dataclass, msgspec.Struct or container type that the file must follow.

    Raises:
        KnowledgeError: the file is missing or does not follow ``kind``; the message names the place in it.
    """
    content: T = _read(name, cast("Any", kind))
    return content


@cache
def _read(name: str, kind: Any) -> Any:  # noqa: ANN401 - a cached function has no type variables
    """Read a file once."""
    path = files("kg").joinpath("data", *name.split("/"))
    try:
        content: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader, in C where built
        return msgspec.convert(content, kind, strict=True)
    except FileNotFoundError as error:
        raise KnowledgeError(f"data file {name} is missing from the package; install kg again") from error
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise KnowledgeError(f"data file {name}: {error}") from error


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def load() -> Lexicon:
    """The curated names that ship with the package.

    Raises:
        KnowledgeError: a file is malformed, or a key stands twice.
    """
    entries: dict[str, Entry] = {}
    forms: dict[str, list[str]] = {}
    folder = files("kg").joinpath("data", "names")
    for path in sorted(p.name for p in folder.iterdir() if p.name.endswith(".yml")):
        for entry in table(f"names/{path}", tuple[Entry, ...]):
            if entry.key in entries:
                raise KnowledgeError(f"data file names/{path}: the key {entry.key} stands twice; rename one")
            entries[entry.key] = entry
            for form in (entry.name, *entry.short, *entry.weak, *entry.en):
                forms.setdefault(form, []).append(entry.key)
    return Lexicon(MappingProxyType(entries), MappingProxyType({form: tuple(keys) for form, keys in forms.items()}))
