"""The graph as RDF and back: every fact as a plain triple and as a claim with its evidence.

Written as Turtle, N-Triples, TriG or JSON-LD with :func:`write`, read back without loss with :func:`read`, handed to
rdflib with :func:`to_rdflib`. ``ontology/ontology.ttl`` explains the terms.
"""

from kg.rdf.read import read
from kg.rdf.terms import check_base
from kg.rdf.write import serialize, to_rdflib, write

__all__ = ["check_base", "read", "serialize", "to_rdflib", "write"]
