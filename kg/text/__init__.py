"""Documents as texts to analyse, and as spaCy Docs with blocks and sentences.

:func:`read` makes a :class:`Reading` of a document; :func:`to_doc` makes a spaCy Doc of that. Importing the package
registers the component ``kg_sentences`` and the tokenizer ``kg.Tokenizer.v1``.
"""

from kg.text import tokenizer as _tokenizer  # noqa: F401 - registers the tokenizer
from kg.text.components import to_doc
from kg.text.reading import Reading, Segment
from kg.text.repair import read

__all__ = ["Reading", "Segment", "read", "to_doc"]
