"""Ids that stay: ASCII, the same from build to build.

What is guaranteed:

* A curated entity has its entry's key as id, ``/`` written as ``-``, unless an earlier build gave it another.
* With the identifiers file of the last build (``identifiers.jsonl`` in the output folder), an entity keeps its id as
  long as it keeps one of its names: whatever documents, names or corrections are added. When two known entities turn
  out to be one, the older id stays and the other is kept in :attr:`~kg.model.Entity.replaced`; when one turns out to
  be two, the part that holds the first document keeps the id.
* Without that file, an id is made from the entity's own earliest page alone: its family and the telling parts of the
  fullest name there (place, legal form and bland words do not count). Adding later pages, or pages about other
  things, does not change it. Two things whose names give the same id (two people of one name) are told apart by the
  id of their first document, the earlier one keeping the plain form.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kg.errors import InputError
from kg.files import write_whole
from kg.model import Resolution
from kg.names import FAMILIES, Form, anatomy, fold
from kg.names.fields import field_core
from kg.names.policies import policy_core
from kg.names.titles import series
from kg.names.whereabouts import place_of

_SLUGS: Mapping[str, str] = {"organisation": "org"}
"""Families whose slug is not their name."""


class Identifier(msgspec.Struct, frozen=True):
    """One row of the file."""

    id: str
    family: str
    """See :data:`kg.names.FAMILIES`."""
    names: tuple[str, ...]
    """Folded names, sorted."""
    document: str
    """Id of the first document that named it."""
    replaced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that waits for its id."""

    entry: str
    earliest: Form
    """Fullest form on its earliest page."""
    document: str
    """The earliest page."""
    documents: frozenset[str]
    names: tuple[str, ...]
    """Folded, sorted."""


def read_identifiers(path: Path) -> tuple[Identifier, ...]:
    """Read the identifiers of an earlier build, oldest first.

    Raises:
        InputError: the file is unreadable or damaged; the message tells the line.
    """
    rows = []
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    for number, line in enumerate(lines, start=1):
        try:
            rows.append(msgspec.json.decode(line, type=Identifier))
        except msgspec.MsgspecError as error:
            raise InputError(
                f"{path}, line {number}: {error}; restore the file or delete it to mint new ids"
            ) from error
    return tuple(rows)


def write_identifiers(resolution: Resolution, path: Path, known: Sequence[Identifier] = ()) -> None:
    """Write the identifiers of a build, whole or not at all.

    Args:
        resolution: the build.
        path: the file, usually ``identifiers.jsonl`` in the output folder.
        known: rows of the last build; those whose entities this build lacks are kept, so that ids come back with them.

    Raises:
        OutputError: the place cannot be written.
    """
    encoder = msgspec.json.Encoder()
    rows = merged_identifiers(resolution, known)
    write_whole(path, b"".join(encoder.encode(row) + b"\n" for row in rows))


def merged_identifiers(resolution: Resolution, known: Sequence[Identifier] = ()) -> tuple[Identifier, ...]:
    """The rows that keep ids: known ones in their old order, then the new ones by id."""
    fresh = {
        entity.id: Identifier(
            entity.id,
            FAMILIES.get(entity.cls, entity.cls),
            tuple(sorted({fold(name.text) for name in entity.names if name.count})),
            entity.appearances[0].document if entity.appearances else "",
            entity.replaced,
        )
        for entity in resolution.entities
    }
    gone = {old for row in fresh.values() for old in row.replaced}
    kept = [_united(row, fresh.pop(row.id, None)) for row in known if row.id not in gone]
    return (*kept, *(fresh[key] for key in sorted(fresh)))


def _united(old: Identifier, new: Identifier | None) -> Identifier:
    if new is None:
        return old
    names = tuple(sorted({*old.names, *new.names}))
    return Identifier(old.id, new.family, names, old.document, tuple(dict.fromkeys((*old.replaced, *new.replaced))))


def assign(candidates: Sequence[Candidate], known: Sequence[Identifier]) -> list[tuple[str, tuple[str, ...]]]:
    """An id for each candidate, and the ids it replaces.

    Args:
        candidates: by earliest page; the order decides who keeps a plain id.
        known: rows of the last build, oldest first.
    """
    claims = _claims(candidates, known)
    taken = {row.id for row in known} | {old for row in known for old in row.replaced}
    assigned: list[tuple[str, tuple[str, ...]]] = []
    for index, candidate in enumerate(candidates):
        rows = claims.get(index, [])
        if rows:
            olds = [row.id for row in rows[1:]] + [old for row in rows for old in row.replaced]
            assigned.append((rows[0].id, tuple(dict.fromkeys(olds))))
            continue
        identifier = _fresh(candidate, taken)
        taken.add(identifier)
        assigned.append((identifier, ()))
    return assigned


def _claims(candidates: Sequence[Candidate], known: Sequence[Identifier]) -> dict[int, list[Identifier]]:
    """Known rows by the candidate that continues them, oldest first; each row has one heir."""
    by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, candidate in enumerate(candidates):
        for name in candidate.names:
            by_name[_space(candidate.earliest.family), name].append(index)
    by_entry = {c.entry.replace("/", "-"): index for index, c in reversed(list(enumerate(candidates))) if c.entry}
    heirs: dict[int, list[Identifier]] = defaultdict(list)
    for row in known:
        if row.id in by_entry:
            heirs[by_entry[row.id]].append(row)
            continue
        votes = Counter(index for name in row.names for index in by_name.get((_space(row.family), name), ()))
        heir = min(votes, key=lambda i: (not _continues(candidates[i], row), -votes[i], i), default=None)
        if heir is not None and (row.family != "person" or _continues(candidates[heir], row)):
            heirs[heir].append(row)
    return heirs


def _continues(candidate: Candidate, row: Identifier) -> bool:
    return row.document in candidate.documents


def _space(family: str) -> str:
    """Organisations and places may change into each other (a park read as an association); the rest may not."""
    return "body" if family in ("organisation", "place") else family


def _fresh(candidate: Candidate, taken: Iterable[str]) -> str:
    curated = candidate.entry.replace("/", "-")
    if curated and curated not in taken:  # a split may leave two entities with one entry
        return curated
    family = candidate.earliest.family
    slug = _SLUGS.get(family, family.lower())
    for key in (telling(candidate.earliest), f"{telling(candidate.earliest)}|{candidate.document}"):
        identifier = f"{slug}-{_digest(f'{family}|{key}')}"
        if identifier not in taken:
            return identifier
    salt = 0
    while (
        identifier := f"{slug}-{_digest(f'{family}|{telling(candidate.earliest)}|{candidate.document}|{salt}')}"
    ) in taken:
        salt += 1
    return identifier


def telling(form: Form) -> str:
    """The parts of a name that tell it from others, folded: what a fresh id is made from.

    >>> telling(Form("澄羽互动娱乐(上海)有限责任公司", "Company"))
    '澄羽互动娱乐'
    """
    if form.family == "organisation" or form.cls == "Park":
        return _telling_body(form)
    if form.family == "place":
        return place_of(form.name) or form.folded
    simplify = {"field": field_core, "policy": policy_core, "event": series}.get(form.family, fold)
    return simplify(form.name) or form.folded


def _telling_body(form: Form) -> str:
    taken = anatomy(form.name, form.cls)
    if len(taken.units) == 1 and len(taken.own.core) >= 2 and taken.own.kind == "":
        return taken.own.middle + ("集团" if taken.group else "")
    return form.folded


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
