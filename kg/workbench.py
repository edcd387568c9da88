"""The graph as people work with it: a ``networkx.MultiDiGraph`` that also gives tables, answers and pictures.

>>> import kg
>>> g = kg.load("output")  # doctest: +SKIP
>>> g.companies()  # doctest: +SKIP
>>> g.sparql("heads-of-districts")  # doctest: +SKIP
>>> g.show(about="张江")  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast
from weakref import WeakKeyDictionary

import networkx as nx

from kg import frames, pipeline, rdf, views
from kg.parts import part
from kg.stores.query import query
from kg.stores.questions import questions

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Picture:
    """A page that a notebook shows in place, in a frame of its own, whatever the notebook runs in."""

    page: str
    """HTML, complete."""
    height: int
    """In pixels."""

    def _repr_html_(self) -> str:
        """For Jupyter: the page travels inside the frame, so no file and no address is needed."""
        return (
            f'<iframe srcdoc="{escape(self.page)}" sandbox="allow-scripts allow-downloads allow-popups" '
            f'style="width:100%;height:{self.height}px;border:1px solid #8884;border-radius:6px"></iframe>'
        )


class KnowledgeGraph(nx.MultiDiGraph):  # type: ignore[misc]  # networkx has no types
    """A graph as :mod:`kg.graph` describes it, with tables, queries and pictures of it.

    All that networkx does with a ``MultiDiGraph`` it does with this. Copies and parts are ``KnowledgeGraph`` too.
    Tables need pandas: ``pip install 'kg[notebook]'``.
    """

    def entities(self, cls: str = "") -> pd.DataFrame:
        """Entities of a class and of narrower ones, or all, those with most facts first."""
        return frames.entities(self, cls)

    def companies(self) -> pd.DataFrame:
        """Entities of class ``Company``."""
        return self.entities("Company")

    def institutes(self) -> pd.DataFrame:
        """Universities, institutes, hospitals: entities of class ``Institute``."""
        return self.entities("Institute")

    def parks(self) -> pd.DataFrame:
        """Entities of class ``Park``."""
        return self.entities("Park")

    def districts(self) -> pd.DataFrame:
        """Entities of class ``District``."""
        return self.entities("District")

    def people(self) -> pd.DataFrame:
        """Entities of class ``Person``, officials among them."""
        return self.entities("Person")

    def officials(self) -> pd.DataFrame:
        """Entities of class ``Official``."""
        return self.entities("Official")

    def organizations(self) -> pd.DataFrame:
        """Entities of class ``Organization``: companies, institutes and government bodies among them."""
        return self.entities("Organization")

    def fields(self) -> pd.DataFrame:
        """Entities of class ``IndustryField``."""
        return self.entities("IndustryField")

    def policies(self) -> pd.DataFrame:
        """Entities of class ``Policy``."""
        return self.entities("Policy")

    def facts(self, relation: str = "") -> pd.DataFrame:
        """Facts of a relation, or all, each with the first sentence that states it."""
        return frames.facts(self, relation)

    def posts(self) -> pd.DataFrame:
        """Who holds or held which post where, and since when."""
        return frames.posts(self)

    def observations(self) -> pd.DataFrame:
        """Figures: subject, measure, value, unit, time."""
        return frames.observations(self)

    def documents(self) -> pd.DataFrame:
        """The pages, and what each contributes."""
        return frames.documents(self)

    def questions(self) -> pd.DataFrame:
        """The questions that :meth:`sparql` knows by name."""
        rows = [{"name": q.name, "question": q.title, "问题": q.title_zh, "sparql": q.text} for q in questions()]
        return frames.table(rows, ("name", "question", "问题", "sparql")).set_index("name")

    def sparql(self, asked: str, *, timeout: float = 60) -> pd.DataFrame:
        """Ask the graph.

        It is turned into RDF at the first query, and again when entities or facts have been added or taken away;
        where you only changed attributes, ask its ``copy()``.

        Args:
            asked: SPARQL 1.1, a file that holds it, or the name of a question (:meth:`questions`). Prefixes need not
                be declared.
            timeout: seconds after which the query is stopped.

        Raises:
            InputError: a mistake in the query, or it ran out of time.
        """
        return frames.answers(query(_stored(self), asked, timeout=timeout))

    def part(
        self,
        about: str | Collection[str] = (),
        *,
        steps: int = 1,
        cls: str | Collection[str] = (),
        relation: str | Collection[str] = (),
        min_confidence: float = 0.0,
    ) -> KnowledgeGraph:
        """What stands around some names, or is of some classes and relations: see :func:`kg.parts.part`."""
        found = part(
            self,
            about=_several(about),
            steps=steps,
            cls=_several(cls),
            relation=_several(relation),
            min_confidence=min_confidence,
        )
        return cast("KnowledgeGraph", found)

    def show(  # noqa: PLR0913 - as in kg.parts
        self,
        about: str | Collection[str] = (),
        *,
        steps: int = 1,
        cls: str | Collection[str] = (),
        relation: str | Collection[str] = (),
        min_confidence: float = 0.0,
        height: int = 640,
    ) -> Picture:
        """The interactive page, in the notebook; of a :meth:`part`, where one is described. Height in pixels."""
        shown = self.part(about, steps=steps, cls=cls, relation=relation, min_confidence=min_confidence)
        return Picture(views.page(shown), height)


def build(paths: Sequence[str | Path] = (), settings: pipeline.Settings = pipeline.DEFAULTS) -> KnowledgeGraph:
    """Read pages and return the graph of what they say.

    Args:
        paths: files and folders; none: the sample corpus that ships with the package.
        settings: how to read them.

    Raises:
        InputError: a path does not exist, or there is nothing to read.
        CorrectionError: the corrections file has a mistake.
    """
    return KnowledgeGraph(pipeline.build(paths, settings))


def load(path: str | Path) -> KnowledgeGraph:
    """Read back a graph that ``kg build`` wrote.

    Args:
        path: the output folder, or a Turtle file in it.

    Raises:
        InputError: there is no graph, or the file is not one of ours.
    """
    return KnowledgeGraph(pipeline.load(path))


@dataclass(frozen=True, slots=True)
class _Stored:
    """A graph as RDF in a folder that goes when the graph goes."""

    size: tuple[int, int]
    """Nodes and edges at the time."""
    folder: TemporaryDirectory[str]


# Beside the graphs, not in them: a graph can be copied and pickled, a folder cannot.
_STORES: WeakKeyDictionary[KnowledgeGraph, _Stored] = WeakKeyDictionary()


def _stored(graph: KnowledgeGraph) -> Path:
    """The folder of a graph's RDF, written anew if the graph has grown or shrunk."""
    size = graph.number_of_nodes(), graph.number_of_edges()
    known = _STORES.get(graph)
    if known is None or known.size != size:
        folder = TemporaryDirectory(prefix="kg-")
        rdf.write(graph, Path(folder.name) / "graph.nt")
        known = _STORES[graph] = _Stored(size, folder)
    return Path(known.folder.name)


def _several(asked: str | Collection[str]) -> tuple[str, ...]:
    return (asked,) if isinstance(asked, str) else tuple(asked)
