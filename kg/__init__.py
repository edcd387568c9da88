"""Chinese news and policy pages in, a knowledge graph of Shanghai's innovation ecosystem out.

>>> import kg
>>> g = kg.build(["articles/"])  # doctest: +SKIP
>>> g = kg.load("output")  # doctest: +SKIP
>>> g.companies(), g.sparql("fields"), g.show(about="张江")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.pipeline import Settings
    from kg.workbench import KnowledgeGraph, build, load

__all__ = ["KnowledgeGraph", "Settings", "build", "load"]


def __getattr__(name: str) -> object:
    """Load the pipeline when it is first used: `kg --help` need not wait for spaCy."""
    if name in __all__:
        from kg import pipeline, workbench  # noqa: PLC0415

        return getattr(pipeline if name == "Settings" else workbench, name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
