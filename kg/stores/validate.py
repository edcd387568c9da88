"""A graph's file checked against SHACL shapes, and what is wrong with it in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pyshacl
from pyshacl.errors import ReportableRuntimeError, ShapeLoadError
from rdflib import RDF, RDFS, SH, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from kg.errors import InputError
from kg.rdf.library import from_triples
from kg.stores.source import graph_file, triples
from kg.vocabulary import NAMESPACE, ontology_folder

_SIE = Namespace(NAMESPACE)
_OA = Namespace("http://www.w3.org/ns/oa#")
_ORG = Namespace("http://www.w3.org/ns/org#")
_SUMMARIES: Mapping[URIRef, tuple[URIRef, ...]] = {
    _SIE.Claim: (RDF.subject, RDF.predicate, RDF.object),
    _SIE.Observation: (_SIE.subject, _SIE.measure, _SIE.value, _SIE.unit),
    _SIE.Tenure: (_ORG.member, _SIE.postAt, _SIE.role),
    _SIE.Evidence: (_SIE.passage,),
    _SIE.Passage: (_OA.hasSelector,),
    _SIE.Appearance: (_SIE.form,),
    URIRef("http://www.w3.org/2006/time#Interval"): (_SIE.earliest, _SIE.latest),
    _OA.TextQuoteSelector: (_OA.exact,),
}
"""Class to the properties that tell a reader which of its things is meant."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is not as the shapes demand."""

    message: str
    """What is wrong and what would be right."""
    focus: str
    """IRI of the thing."""
    label: str
    """What the thing is, in words; empty where it has none."""
    value: str
    """The value that is wrong, if one is: a literal's text, or a thing in words, else its IRI."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found."""

    path: Path
    """The file that was checked."""
    triples: int
    """How many triples it holds."""
    problems: tuple[Problem, ...]
    """By message, then by thing."""

    @property
    def conforms(self) -> bool:
        """Nothing is wrong."""
        return not self.problems

    def lines(self, limit: int = 5) -> Iterator[str]:
        """The report as a person reads it.

        Args:
            limit: things that are named for each message; the others are counted.
        """
        found = "no problem" if self.conforms else f"{len(self.problems)} problem{'s' * (len(self.problems) > 1)}"
        yield f"{self.path}: {found} in {self.triples:,} triples"
        for message, problems in _by_message(self.problems).items():
            yield f"  {message}"
            for problem in problems[:limit]:
                yield f"    {_named(problem)}"
            if len(problems) > limit:
                yield f"    … and {len(problems) - limit} more"


def validate(path: Path, shapes: Path | None = None) -> Report:
    """Check a graph's file.

    Args:
        path: a build's folder, or an RDF file.
        shapes: a file of SHACL shapes in place of ``ontology/shapes.ttl``.

    Raises:
        InputError: no such file, malformed, or the shapes are not SHACL.
    """
    file = graph_file(path)
    data = from_triples(triples(file))
    size = len(data)
    data += from_triples(triples(ontology_folder() / "ontology.ttl"))  # shapes look the classes' hierarchy up there
    rules = shapes or ontology_folder() / "shapes.ttl"
    try:
        _, found, _ = pyshacl.validate(data, shacl_graph=from_triples(triples(rules)), inference="none")
    except (ReportableRuntimeError, ShapeLoadError) as error:
        raise InputError(f"{rules}: {error}") from error
    if not isinstance(found, Graph):
        raise InputError(f"{rules}: not usable as shapes ({found!r})")
    return Report(file, size, tuple(sorted(_problems(found, data))))


def _problems(found: Graph, data: Graph) -> Iterator[Problem]:
    for result in found.objects(None, SH.result):
        focus, value = found.value(result, SH.focusNode), found.value(result, SH.value)
        messages = sorted(map(str, found.objects(result, SH.resultMessage)))
        shown = "" if value is None or value == focus else _label(data, value) or str(value)
        yield Problem("; ".join(messages), str(focus), _label(data, focus), shown)


def _label(data: Graph, thing: Node | None, depth: int = 3) -> str:
    """A thing in words: its name, or that of what it is about."""
    if isinstance(thing, Literal):
        return str(thing)
    labels = sorted(data.objects(thing, RDFS.label), key=lambda label: (getattr(label, "language", ""), str(label)))
    if labels or not depth:
        return str(labels[0]) if labels else ""
    properties = chain.from_iterable(_SUMMARIES.get(URIRef(str(cls)), ()) for cls in data.objects(thing, RDF.type))
    parts = (
        _label(data, part, depth - 1) for name in properties for part in sorted(data.objects(thing, name), key=str)
    )
    return " ".join(part for part in parts if part)


def _by_message(problems: tuple[Problem, ...]) -> dict[str, list[Problem]]:
    groups: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        groups[problem.message].append(problem)
    return groups


def _named(problem: Problem) -> str:
    name = f"{problem.label} <{problem.focus}>" if problem.label else f"<{problem.focus}>"
    return f"{name}: {problem.value}" if problem.value else name
