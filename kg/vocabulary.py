"""The ontology's classes and relations, as the program uses them.

``ontology/ontology.ttl`` is the authority: this module only reads it, and a term that the file lacks is an error.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from kg.errors import KnowledgeError

NAMESPACE = "https://w3id.org/shanghai-innovation#"
"""Of all terms of ours; prefix ``sie``."""

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TAGS = {"en": "en", "zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}
_Rows = Mapping[str, Mapping[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Term:
    """What every term says of itself."""

    name: str
    """Local name (``Company``)."""
    labels: Mapping[str, str]
    """By language: ``en``, ``zh-Hans``, ``zh-Hant``."""
    definitions: Mapping[str, str]
    """By language."""


@dataclass(frozen=True, slots=True)
class Class(Term):
    """One of the thirteen classes."""

    ancestors: tuple[str, ...]
    """Wider classes among the thirteen, nearest first."""


@dataclass(frozen=True, slots=True)
class Relation(Term):
    """One of the fifteen relations."""

    domain: tuple[str, ...]
    """Classes that the head may have, narrower ones not listed."""
    range: tuple[str, ...]
    """Classes that the tail may have, likewise."""
    symmetric: bool
    """It holds both ways."""
    asymmetric: bool
    """It never holds both ways."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms that a graph may use."""

    classes: Mapping[str, Class]
    """By local name, in the order of the ontology."""
    relations: Mapping[str, Relation]
    """By local name, in the order of the ontology."""
    words: Mapping[str, str]
    """Local name of each status and bound to the word that the program uses (``atLeast`` to ``at least``)."""

    def require_class(self, name: str) -> Class:
        """The class of that local name.

        Raises:
            KnowledgeError: the ontology has none.
        """
        if name not in self.classes:
            raise KnowledgeError(f"the ontology has no class {name!r}; it has {', '.join(self.classes)}")
        return self.classes[name]

    def require_relation(self, name: str) -> Relation:
        """The relation of that local name.

        Raises:
            KnowledgeError: the ontology has none.
        """
        if name not in self.relations:
            raise KnowledgeError(f"the ontology has no relation {name!r}; it has {', '.join(self.relations)}")
        return self.relations[name]

    def is_a(self, name: str, wider: str) -> bool:
        """Whether the class is ``wider`` or lies below it."""
        return name == wider or wider in self.require_class(name).ancestors

    def allows(self, relation: str, head: str, tail: str) -> bool:
        """Whether a relation may lead from a thing of class ``head`` to one of class ``tail``.

        >>> vocabulary().allows("locatedIn", "Company", "Park"), vocabulary().allows("locatedIn", "Park", "Company")
        (True, False)
        """
        term = self.require_relation(relation)
        return any(self.is_a(head, wide) for wide in term.domain) and any(self.is_a(tail, wide) for wide in term.range)


@cache
def vocabulary() -> Vocabulary:
    """The ontology that ships with the package.

    Raises:
        KnowledgeError: the file is missing or malformed.
    """
    return read(ontology_folder() / "ontology.ttl")


def ontology_folder() -> Path:
    """Where ``ontology.ttl``, ``shapes.ttl`` and ``queries/`` lie: in the package, or beside it in a checkout.

    Raises:
        KnowledgeError: in neither place.
    """
    package = Path(__file__).parent
    for folder in (package / "ontology", package.parent / "ontology"):
        if (folder / "ontology.ttl").is_file():
            return folder
    raise KnowledgeError(f"ontology/ontology.ttl is missing from {package}; install kg again")


def read(path: Path) -> Vocabulary:
    """The vocabulary of an ontology file.

    Raises:
        KnowledgeError: the file cannot be read, or is no Turtle; the message names the line.
    """
    rows = _rows(path)
    classes = {name: _class(rows, name) for name in _below(rows, "Entity", _RDFS + "subClassOf")}
    relations = {name: _relation(rows, name) for name in _below(rows, "relation", _RDFS + "subPropertyOf")}
    words = {
        _local(term): row[_SKOS + "notation"][0]
        for term, row in rows.items()
        if term.startswith(NAMESPACE) and _SKOS + "notation" in row
    }
    return Vocabulary(MappingProxyType(classes), MappingProxyType(relations), MappingProxyType(words))


def _rows(path: Path) -> _Rows:
    """Subject to predicate to objects, in the order of the file; ``text@tag`` for tagged literals."""
    rows: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    try:
        for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            rows[_text(triple.subject)][_text(triple.predicate)].append(_text(triple.object))
    except (OSError, SyntaxError) as error:
        raise KnowledgeError(f"ontology {path}: {error}") from error
    return rows


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    if isinstance(term, ox.Triple):
        raise KnowledgeError(f"the ontology may not hold quoted triples: {term}")
    if isinstance(term, ox.Literal) and term.language:
        return f"{term.value}@{_TAGS.get(term.language.lower(), term.language)}"
    return term.value


def _local(iri: str) -> str:
    return iri.removeprefix(NAMESPACE)


def _below(rows: _Rows, top: str, link: str) -> Iterator[str]:
    """Local names of all terms that lead to ``top`` by ``link``, in the order of the file."""
    return (_local(term) for term in rows if term.startswith(NAMESPACE) and top in _ancestors(rows, _local(term), link))


def _ancestors(rows: _Rows, name: str, link: str) -> tuple[str, ...]:
    found: list[str] = []
    for wider in rows[NAMESPACE + name].get(link, ()):
        if wider.startswith(NAMESPACE):
            found += [_local(wider), *_ancestors(rows, _local(wider), link)]
    return tuple(dict.fromkeys(found))


def _class(rows: _Rows, name: str) -> Class:
    ancestors = tuple(wider for wider in _ancestors(rows, name, _RDFS + "subClassOf") if wider != "Entity")
    return Class(name, *_notes(rows, name), ancestors)


def _relation(rows: _Rows, name: str) -> Relation:
    row = rows[NAMESPACE + name]
    return Relation(
        name,
        *_notes(rows, name),
        domain=_union(rows, name, "domain"),
        range=_union(rows, name, "range"),
        symmetric=_OWL + "SymmetricProperty" in row[_RDF + "type"],
        asymmetric=_OWL + "AsymmetricProperty" in row[_RDF + "type"],
    )


def _union(rows: _Rows, name: str, side: str) -> tuple[str, ...]:
    """The class that ``side`` names, or those whose union it is.

    Raises:
        KnowledgeError: it names none.
    """
    try:
        (node,) = rows[NAMESPACE + name][_RDFS + side]
        if node.startswith(NAMESPACE):
            return (_local(node),)
        return tuple(_members(rows, rows[node][_OWL + "unionOf"][0]))
    except (ValueError, KeyError, IndexError) as error:
        raise KnowledgeError(f"the ontology's relation {name} needs one rdfs:{side}, a class or a union") from error


def _members(rows: _Rows, node: str) -> Iterator[str]:
    while node != _RDF + "nil":
        yield _local(rows[node][_RDF + "first"][0])
        node = rows[node][_RDF + "rest"][0]


def _notes(rows: _Rows, name: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    row = rows[NAMESPACE + name]
    return _by_language(row.get(_RDFS + "label", ())), _by_language(row.get(_SKOS + "definition", ()))


def _by_language(texts: list[str] | tuple[str, ...]) -> Mapping[str, str]:
    pairs = (text.rpartition("@") for text in texts)
    return MappingProxyType({language: text for text, _, language in pairs})
