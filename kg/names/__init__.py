"""Clues that two names are one, each with a score and a sentence that says why; pure."""

from kg.names.anatomy import Anatomy, Unit, anatomy, is_distinctive
from kg.names.apart import complementary, contradict
from kg.names.clue import FAMILIES, Clue, Form
from kg.names.compare import ACROSS_DOCUMENTS, RULES, WITHIN_DOCUMENT, compare
from kg.names.folding import fold, is_latin
from kg.names.whereabouts import place_of, seat_of

__all__ = [
    "ACROSS_DOCUMENTS",
    "FAMILIES",
    "RULES",
    "WITHIN_DOCUMENT",
    "Anatomy",
    "Clue",
    "Form",
    "Unit",
    "anatomy",
    "compare",
    "complementary",
    "contradict",
    "fold",
    "is_distinctive",
    "is_latin",
    "place_of",
    "seat_of",
]
