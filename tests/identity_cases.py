"""Reads the cases of ``fixtures/identity`` and builds the extractions they describe."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kg.model import Document, Extraction, Mention, Proposal, Relation, Same, Span

FOLDER = Path(__file__).parent / "fixtures" / "identity"


@dataclass(frozen=True)
class Case:
    title: str
    pages: tuple[tuple[str, ...], ...]
    """Lines of each page."""
    expected: frozenset[frozenset[str]]
    """Names of each thing, with ``@page`` where there are several pages."""


def cases() -> list[Case]:
    found = []
    for path in sorted(FOLDER.glob("*.md")):
        for title, body, expected in re.findall(
            r"^([^\n]+)\n\.\n(.*?)\n\.\n(.*?)\n\.$", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
        ):
            pages = tuple(tuple(page.strip().splitlines()) for page in body.split("---\n"))
            things = frozenset(frozenset(line.split(" = ")) for line in expected.splitlines())
            found.append(Case(title, pages, things))
    return found


def extraction(lines: tuple[str, ...], document: str = "page", date: str = "") -> Extraction:
    """A page whose names stand in the order of the lines, far apart except for neighbours joined by 、."""
    mentions, at = [], 0
    entries = dict(pair for line in lines for pair in _entries(line))
    for cls, name, near in _names(lines):
        at += 1 if near else 40
        spans = (Span(at, at + len(name)),)
        proposal = Proposal(at, at + len(name), cls, 0.9, "list", "a list", entries.get(name, ""))
        mentions.append(Mention(at, at + len(name), name, cls, 0.9, (proposal,), form=name, spans=spans))
        at += len(name)
    index = {mention.name: number for number, mention in enumerate(mentions)}
    return Extraction(
        Document(document, "", date=date), "", (), tuple(mentions), _relations(lines, index), (), _same(lines, index)
    )


def _names(lines):
    for line in lines:
        if match := re.match(r"([A-Z]\w+): ([^\[]+)", line):
            for piece in match[2].split(", "):
                for number, name in enumerate(piece.strip().split("、")):
                    yield match[1], name, number > 0


def _entries(line):
    for key, names in re.findall(r"\[(\S+): ([^\]]+)\]", line):
        for name in names.split(", "):
            yield name, key


def _relations(lines, index):
    rows = [re.fullmatch(r"(.+) -(\w+)(?::(.+))?-> (.+)", line) for line in lines]
    return tuple(Relation(index[r[1]], r[2], index[r[4]], Span(0, 9), 0.8, "test", role=r[3] or "") for r in rows if r)


def _same(lines, index):
    rows = [re.fullmatch(r"(.+) ~ (.+)", line) for line in lines]
    return tuple(Same(index[r[1]], index[r[2]], "in brackets", Span(0, 9)) for r in rows if r)
