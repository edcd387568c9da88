"""The border to rdflib: our graphs, and any file that pyoxigraph reads, as ``rdflib.Graph``.

pyoxigraph parses ten times faster than rdflib, so the triples come from it and only the terms are made anew.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
import rdflib

from kg.graph import Graph
from kg.rdf.frame import frame
from kg.rdf.terms import PREFIXES, TAGS
from kg.rdf.write import serialize

_STRING = PREFIXES["xsd"] + "string"


def to_rdflib(graph: Graph) -> rdflib.Graph:
    """The graph as rdflib has it, prefixes bound."""
    content = "".join(serialize(graph, "nt")).encode("utf-8")
    found = from_triples(ox.parse(content, format=ox.RdfFormat.N_TRIPLES))
    found.bind("id", frame(graph).base)
    return found


def from_triples(triples: Iterable[ox.Triple | ox.Quad]) -> rdflib.Graph:
    """Triples of pyoxigraph as an rdflib graph; names of graphs are dropped."""
    found = rdflib.Graph(bind_namespaces="none")
    for prefix, space in PREFIXES.items():
        found.bind(prefix, space)
    for triple in triples:
        found.add((from_ox(triple.subject), from_ox(triple.predicate), from_ox(triple.object)))
    return found


def from_ox(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> rdflib.term.IdentifiedNode | rdflib.Literal:
    """A term of pyoxigraph's as rdflib's.

    Raises:
        ValueError: a quoted triple, which rdflib lacks.
    """
    match term:
        case ox.NamedNode():
            return rdflib.URIRef(term.value)
        case ox.BlankNode():
            return rdflib.BNode(term.value)
        case ox.Literal() if term.language:
            return rdflib.Literal(term.value, lang=TAGS.get(term.language, term.language))
        case ox.Literal():
            kind = term.datatype.value
            return rdflib.Literal(term.value, datatype=None if kind == _STRING else rdflib.URIRef(kind))
    raise ValueError(f"rdflib has no term for {term}")
