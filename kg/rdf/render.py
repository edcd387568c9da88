"""Blocks, that is subjects with all they say, as text in each format.

Blocks are made one by one and forgotten, so a graph of any size is written in bounded memory.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from kg.rdf.terms import PREFIXES

Block: TypeAlias = tuple[str, Sequence[tuple[str, Sequence[str]]]]
"""A subject, then its predicates with their objects, all as terms (see :mod:`kg.rdf.terms`)."""

Renderer: TypeAlias = Callable[[Iterable[Block], str], Iterator[str]]
"""Blocks and base IRI in, pieces of text out."""


def turtle(blocks: Iterable[Block], base: str) -> Iterator[str]:
    """Turtle: prefixes, then one paragraph for each subject."""
    yield from _prefixes(base)
    for block in blocks:
        yield _paragraph(block)


def trig(blocks: Iterable[Block], base: str) -> Iterator[str]:
    """TriG: as Turtle, all in one named graph, ``id:graph``."""
    yield from _prefixes(base)
    yield "id:graph {\n\n"
    for block in blocks:
        yield _paragraph(block)
    yield "}\n"


def ntriples(blocks: Iterable[Block], base: str) -> Iterator[str]:
    """N-Triples, a line for each triple, in the order of the blocks."""
    spaces = {**PREFIXES, "id": base}
    for subject, rows in blocks:
        head = _expand(subject, spaces)
        for predicate, objects in rows:
            start = f"{head} {_expand(predicate, spaces)} "
            for term in objects:
                yield f"{start}{_expand(term, spaces)} .\n"


def jsonld(blocks: Iterable[Block], base: str) -> Iterator[str]:
    """JSON-LD: a context with the prefixes, then one line for each subject."""
    context = json.dumps({**PREFIXES, "id": base}, indent=1)
    yield f'{{"@context": {context},\n"@graph": ['
    separator = "\n"
    for subject, rows in blocks:
        members = "".join(
            f", {_key(predicate)}: [{', '.join(_value(term, predicate) for term in objects)}]"
            for predicate, objects in rows
        )
        yield f'{separator}{{"@id": {_reference(subject)}{members}}}'
        separator = ",\n"
    yield "\n]}\n"


RENDERERS: Mapping[str, Renderer] = MappingProxyType(
    {"ttl": turtle, "nt": ntriples, "trig": trig, "jsonld": jsonld},
)
"""By name of the format, which is also the file's extension."""


def _prefixes(base: str) -> Iterator[str]:
    yield f"@prefix id: <{base}> .\n"
    for prefix, space in PREFIXES.items():
        yield f"@prefix {prefix}: <{space}> .\n"
    yield "\n"


def _paragraph(block: Block) -> str:
    subject, rows = block
    return f"{subject} " + " ;\n    ".join([f"{p} {', '.join(objects)}" for p, objects in rows]) + " .\n\n"


def _expand(term: str, spaces: Mapping[str, str]) -> str:
    """A Turtle term in the long form of N-Triples."""
    first = term[0]
    if first == "<":
        return term
    if first == '"':
        value, _, rest = term.rpartition('"')
        return f'{value}"^^{_expand(rest[2:], spaces)}' if rest.startswith("^^") else term
    if first in "-0123456789":
        return f'"{term}"^^<{PREFIXES["xsd"]}{_number_type(term)}>'
    if term == "a":
        return f"<{PREFIXES['rdf']}type>"
    prefix, _, local = term.partition(":")
    return f"<{spaces[prefix]}{local}>"


def _number_type(term: str) -> str:
    if "e" in term:
        return "double"
    return "decimal" if "." in term else "integer"


def _key(predicate: str) -> str:
    return '"@type"' if predicate == "a" else f'"{predicate}"'


def _reference(term: str) -> str:
    return f'"{term[1:-1]}"' if term[0] == "<" else f'"{term}"'


def _value(term: str, predicate: str) -> str:
    """A term as a JSON-LD value; our literals are spelt so that they are JSON strings as they stand."""
    if predicate == "a":
        return _reference(term)
    first = term[0]
    if first == '"':
        value, _, rest = term.rpartition('"')
        if rest.startswith("^^"):
            return f'{{"@value": {value}", "@type": "{rest[2:]}"}}'
        return f'{{"@value": {value}", "@language": "{rest[1:]}"}}' if rest else f'{{"@value": {value}"}}'
    if first in "-0123456789":
        return f'{{"@value": "{term}", "@type": "xsd:{_number_type(term)}"}}'
    return f'{{"@id": {_reference(term)}}}'
