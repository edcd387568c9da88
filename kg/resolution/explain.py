"""Where an entity comes from: its forms, pages, proposals, and why the forms were held to be one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from kg.model import Merge, Name
from kg.names import fold
from kg.text.folding import fold as to_simplified


class _HasNodes(Protocol):
    """What is needed of a graph, so that this floor need not know the graph's."""

    @property
    def nodes(self) -> Any: ...  # noqa: ANN401 - networkx's own view has no public type


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is known about where one entity comes from."""

    id: str
    iri: str
    cls: str
    name: str
    entry: str
    """Key of the curated entry, or empty."""
    forms: tuple[Name, ...]
    documents: tuple[tuple[str, int], ...]
    """Ids of the pages that name it, in order, with how often they do."""
    proposals: tuple[tuple[str, str, str, int], ...]
    """Source, class, reason, how often."""
    merges: tuple[Merge, ...]

    def __str__(self) -> str:
        """The account as lines of text."""
        return "\n".join(
            (
                f"{self.name} ({self.cls})",
                f"  {self.iri}",
                *([f"  curated as {self.entry}"] if self.entry else []),
                "  forms:",
                *(f"    {form.text}  {_times(form.count)}" for form in self.forms),
                "  named in:",
                *(f"    {document}  {_times(count)}" for document, count in self.documents),
                *(["  proposed by:"] if self.proposals else []),
                *(f"    {source} as {cls}: {reason}  {_times(count)}" for source, cls, reason, count in self.proposals),
                *(["  held to be one:"] if self.merges else []),
                *(f"    {m.left} = {m.right}: {m.reason} ({m.score:.2f})" for m in self.merges),
            )
        )


def _times(count: int) -> str:
    return f"×{count}" if count else "(curated, not printed)"


def explain(graph: _HasNodes, name: str) -> tuple[Explanation, ...]:
    """Where the entities of a name come from.

    Args:
        graph: a graph as :mod:`kg.graph` describes it.
        name: any form of a name, in either script; where no entity has it, all are told that have it as a part.

    Returns:
        One explanation per entity, those named most often first.
    """
    keys = {fold(name), fold(to_simplified(name))} - {""}
    if not keys:
        return ()
    nodes = [(node, data, {fold(form.text) for form in data["names"]}) for node, data in graph.nodes(data=True)]
    told = [(node, data) for node, data, forms in nodes if any(key in form for key in keys for form in forms)]
    exact = [(node, data) for node, data, forms in nodes if keys & forms]
    found = sorted(exact or told, key=lambda pair: (-len(pair[1]["appearances"]), pair[0]))
    return tuple(_explanation(node, data) for node, data in found)


def _explanation(node: str, data: Mapping[str, Any]) -> Explanation:
    pages = Counter(appearance.document for appearance in data["appearances"])
    return Explanation(
        id=node,
        iri=data["iri"],
        cls=data["cls"],
        name=data["name"],
        entry=data["entry"],
        forms=data["names"],
        documents=tuple(sorted(pages.items())),
        proposals=data["proposals"],
        merges=data["merges"],
    )
