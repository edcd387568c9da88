"""Doc → mentions: curated names, patterns, a statistical model, and the arbiter between them.

Importing this package registers the spaCy factories ``kg_lexicon``, ``kg_patterns`` and ``kg_arbiter``.
"""

from kg.mentions.components import make_arbiter, make_lexicon, make_patterns

__all__ = ["make_arbiter", "make_lexicon", "make_patterns"]
