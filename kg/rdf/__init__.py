"""The graph as RDF and back: every fact as a plain triple and as a claim with its evidence.

Written as Turtle, N-Triples, TriG or JSON-LD with :func:`write`, read back without loss with :func:`read`, handed to
rdflib with :func:`to_rdflib`. ``ontology/ontology.ttl`` explains the terms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.graph import Graph
from kg.rdf.read import read
from kg.rdf.run import write_run
from kg.rdf.terms import check_base
from kg.rdf.write import serialize, write

if TYPE_CHECKING:
    import rdflib

__all__ = ["check_base", "read", "serialize", "to_rdflib", "write", "write_run"]


def to_rdflib(graph: Graph) -> rdflib.Graph:
    """The graph as rdflib has it, prefixes bound."""
    from kg.rdf import library  # noqa: PLC0415 - rdflib loads slowly, and few need it

    return library.to_rdflib(graph)
