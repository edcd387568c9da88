"""Chinese news and policy pages in, a knowledge graph of Shanghai's innovation ecosystem out.

>>> import kg
>>> graph = kg.build(["articles/"])  # doctest: +SKIP
>>> graph = kg.load("output")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.pipeline import Settings, build, load

__all__ = ["Settings", "build", "load"]


def __getattr__(name: str) -> object:
    """Load the pipeline when it is first used: `kg --help` need not wait for spaCy."""
    if name in __all__:
        from kg import pipeline  # noqa: PLC0415

        return getattr(pipeline, name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
