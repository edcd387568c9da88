"""The triples of a file as a table: subject to property to values."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import pyoxigraph as ox

from kg.errors import InputError
from kg.rdf.terms import PREFIXES, TAGS
from kg.rdf.write import format_of

_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
}
_TYPE = PREFIXES["rdf"] + "type"
_NAMES = {space: prefix for prefix, space in PREFIXES.items()}


@dataclass(frozen=True, slots=True)
class Table:
    """What a file says."""

    path: Path
    """The file, for messages."""
    rows: dict[str, dict[str, list[str]]]
    """Subject IRI to property (``sie:form``) to values; IRIs and literals alike as their bare text."""
    typed: dict[str, list[str]]
    """Class (``sie:Claim``, or a full IRI) to subjects."""
    languages: dict[str, str]
    """Language of each SKOS-XL label, by subject."""

    def all(self, subject: str, name: str) -> list[str]:
        """Every value of a property, in the order of the file."""
        return self.rows.get(subject, {}).get(name, [])

    def get(self, subject: str, name: str) -> str:
        """The value of a property, empty where there is none."""
        values = self.all(subject, name)
        return values[0] if values else ""

    def one(self, subject: str, name: str) -> str:
        """The value of a property that must be there.

        Raises:
            InputError: it is not there.
        """
        values = self.all(subject, name)
        if not values:
            raise InputError(f"{self.path}: {subject} has no {name}; was the file written by kg, and whole?")
        return values[0]

    def number(self, subject: str, name: str) -> float:
        """A number that must be there.

        Raises:
            InputError: it is not there, or none.
        """
        value = self.one(subject, name)
        try:
            return float(value)
        except ValueError as error:
            raise InputError(f"{self.path}: {name} of {subject} is {value!r}, no number") from error

    def rank(self, subject: str) -> int:
        """Place in a sequence, -1 where none is given."""
        return int(self.number(subject, "sie:rank")) if self.get(subject, "sie:rank") else -1


def read_table(path: Path) -> Table:
    """The triples of a file in any format that we write.

    Raises:
        InputError: no such file, or not in the format that its name tells; the message names the place.
    """
    table = Table(path, defaultdict(dict), defaultdict(list), {})
    names: dict[str, str] = {}
    for subject, predicate, term in _triples(path):
        name = names.get(predicate) or names.setdefault(predicate, _short(predicate))
        value = term.value
        if predicate == _TYPE:
            table.typed[names.get(value) or names.setdefault(value, _short(value))].append(subject)
        else:
            table.rows[subject].setdefault(name, []).append(value)
        if name == "skosxl:literalForm" and isinstance(term, ox.Literal):
            table.languages[subject] = TAGS.get((term.language or "").lower(), term.language or "")
    return table


def _triples(path: Path) -> Iterator[tuple[str, str, ox.NamedNode | ox.BlankNode | ox.Literal]]:
    form = _FORMATS[format_of(path)]
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            for triple in ox.parse(cast("BinaryIO", stream), format=form):
                if isinstance(triple.subject, ox.Triple) or isinstance(triple.object, ox.Triple):
                    raise InputError(f"{path}: holds quoted triples, which kg does not write")
                yield triple.subject.value, triple.predicate.value, triple.object
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file; build the graph first") from error
    except (OSError, EOFError, SyntaxError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error})") from error


def _short(iri: str) -> str:
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix = _NAMES.get(iri[:cut])
    return f"{prefix}:{iri[cut:]}" if prefix else iri
