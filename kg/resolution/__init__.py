"""Mentions become entities: within a document, across documents, with ids that stay."""

from kg.resolution.corrections import Correction, Corrections, parse_corrections, read_corrections
from kg.resolution.explain import Explanation, explain
from kg.resolution.identifiers import Identifier, read_identifiers, write_identifiers
from kg.resolution.resolver import Resolver, resolve

__all__ = [
    "Correction",
    "Corrections",
    "Explanation",
    "Identifier",
    "Resolver",
    "explain",
    "parse_corrections",
    "read_corrections",
    "read_identifiers",
    "resolve",
    "write_identifiers",
]
