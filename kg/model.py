"""The values that travel between the stages: documents, mentions, facts, entities.

All are frozen. Offsets are Unicode code points, half-open, and come in two coordinate systems:

* *printed* offsets count in :attr:`Document.text`, what was read from the file;
* *reading* offsets count in the text that is analysed (folded to Simplified, lines joined, columns
  put back in order), which is also ``spacy.tokens.Doc.text``.

``kg.text.Reading`` leads from the second to the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Status = Literal["asserted", "past", "planned", "negated", "rejected"]
"""``asserted`` holds; ``past`` held once (曾, 原); ``planned`` is intended (拟, 计划); ``negated`` is denied;
``rejected`` was read from a page and struck out by a person."""

Bound = Literal["exact", "about", "at least", "at most", "target"]
"""How a printed number limits the real one: 705亿, 约710家, 超1200家, 不到5%, 力争达到…"""

BlockKind = Literal["title", "heading", "body", "list", "caption", "byline", "table"]
"""What a stretch of a page is; facts are read from all but ``byline``."""


class Span(NamedTuple):
    """A stretch of text: ``start`` inclusive, ``end`` exclusive, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One article as it was read."""

    id: str
    """Unique within a build; the same file gives the same id every time."""
    text: str
    """The printed text. Plain files: every character of the file. HTML and JSON Lines: the text they carry."""
    path: str = ""
    """Where it came from, as the user named it."""
    title: str = ""
    date: str = ""
    """Day of publication, ISO 8601 (``2021-10-16``, or a prefix of it), empty where the page does not tell."""
    author: str = ""
    publisher: str = ""
    url: str = ""
    body: Span | None = None
    """Printed offsets of the article itself where the text holds more (front matter); None: all of it."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, caption … of a reading."""

    start: int
    """Reading offset."""
    end: int
    kind: BlockKind
    """In a ``table`` every line is a row, its cells parted by tabs."""


def cells(text: str, row: Span) -> list[Span]:
    """Where the cells of a row of a table begin and end."""
    found, start = [], row.start
    for cell in text[row.start : row.end].split("\t"):
        found.append(Span(start, start + len(cell)))
        start += len(cell) + 1
    return found


@dataclass(frozen=True, slots=True)
class Proposal:
    """One source's opinion that a stretch of text is a name."""

    start: int
    """Reading offset."""
    end: int
    cls: str
    """A class of the ontology, by local name (``Company``)."""
    score: float
    """0 to 1: how sure the source is."""
    source: str
    """Which component proposes: ``lexicon``, ``model``, ``pattern``, ``title``, ``list``, ``bracket`` …"""
    reason: str = ""
    """A short phrase for a reader: the rule, suffix or list entry that fired."""
    entry: str = ""
    """Key of the curated entry (``kg.lexicon.Entry.key``) that was matched, if one was."""


HEAD_SIZES = range(8, 2, -1)
"""How many characters at the end of a name may stand for it, the longest first."""
_HEADLESS = frozenset({"Person", "Official", "District", "Place", "IndustryField"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text, after arbitration."""

    start: int
    """Reading offset."""
    end: int
    name: str
    """The stretch in Simplified script, line breaks and stray blanks taken out."""
    cls: str
    score: float
    """0 to 1."""
    proposals: tuple[Proposal, ...] = ()
    """All opinions about this stretch, the winner first."""
    parent: str = ""
    """Name of the organisation that this name contains as its parent (复旦大学 in 复旦大学工程与应用技术研究院)."""
    form: str = ""
    """As printed, in the script it was printed in; filled when the mention leaves the spaCy Doc."""
    spans: tuple[Span, ...] = ()
    """Printed offsets, more than one where the page breaks the name; filled together with ``form``."""

    @property
    def heads(self) -> tuple[str, ...]:
        """The last words of the name that may stand for it (研究中心, 联合实验室), the longest first."""
        if self.cls in _HEADLESS:
            return ()
        return tuple([self.name[-size:] for size in HEAD_SIZES if size < len(self.name) - 1])


@dataclass(frozen=True, slots=True)
class Same:
    """A clue in the text that two mentions name one thing (以下简称, brackets)."""

    first: int
    """Index into the document's mentions."""
    second: int
    reason: str
    evidence: Span
    """Reading offsets of the sentence."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A fact between two mentions of one document."""

    head: int
    """Index into the document's mentions."""
    type: str
    """A relation of the ontology, by local name (``locatedIn``)."""
    tail: int
    evidence: Span
    """Reading offsets of the sentence that states it."""
    confidence: float
    """0 to 1, a probability."""
    rule: str
    """The construction or model that found it."""
    role: str = ""
    """For ``holdsPosition``: the title as printed, in Simplified."""
    start: str = ""
    """When it began, ISO 8601 or a prefix, empty where not told."""
    end: str = ""
    """When it ended, likewise."""
    status: Status = "asserted"


@dataclass(frozen=True, slots=True)
class Observation:
    """A number that the text states about a named thing."""

    subject: int
    """Index into the document's mentions."""
    measure: str
    """What is counted or measured, in Simplified, as short as the text allows."""
    value: float
    """A plain number in ``unit`` (2.2万家 → 22000)."""
    unit: str
    """As printed without the multiplier (家, 元, %, 平方米)."""
    printed: str
    """The number as printed (2.2万)."""
    evidence: Span
    """Reading offsets of the sentence that states it."""
    confidence: float
    rule: str
    time: str = ""
    """Year, date or interval ``2017/2021`` (ISO 8601), empty where not told."""
    bound: Bound = "exact"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a page, quoted."""

    reading: Span
    """Reading offsets."""
    spans: tuple[Span, ...]
    """Printed offsets, in reading order."""
    quote: str
    """As printed, the pieces joined."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document yields: a small table that can be saved, read back and joined with others."""

    document: Document
    """With an empty ``text``: the table does not carry the page."""
    digest: str
    """SHA-256 of the printed text, hexadecimal."""
    passages: tuple[Passage, ...]
    """Every sentence that a fact cites, by reading offset."""
    mentions: tuple[Mention, ...]
    relations: tuple[Relation, ...]
    observations: tuple[Observation, ...]
    same: tuple[Same, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact stands in print."""

    document: str
    """:attr:`Document.id`."""
    spans: tuple[Span, ...]
    """Printed offsets."""
    quote: str
    """The printed sentence."""
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class Name:
    """One form of an entity's name."""

    text: str
    lang: str
    """``zh-Hans``, ``zh-Hant`` or ``en``."""
    count: int
    """How often it was printed; 0 for forms known only from curated lists."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """Where an entity is named in print."""

    document: str
    spans: tuple[Span, ...]
    form: str


@dataclass(frozen=True, slots=True)
class Merge:
    """Why two groups of mentions are held to be one entity."""

    left: str
    right: str
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Entity:
    """One real thing."""

    id: str
    """ASCII, stable from build to build; the last part of its IRI."""
    cls: str
    name: str
    """Fullest form, Simplified."""
    names: tuple[Name, ...]
    """All forms, the preferred one first, then by count and text."""
    appearances: tuple[Appearance, ...]
    """In document order."""
    merges: tuple[Merge, ...] = ()
    entry: str = ""
    """Key of the curated entry, where it is one."""
    parent: str = ""
    """Name of the organisation its name contains, see :attr:`Mention.parent`."""
    proposals: tuple[tuple[str, str, str, int], ...] = ()
    """Who proposed it as what and why: source, class, reason, how often; most frequent first."""
    replaced: tuple[str, ...] = ()
    """Ids that earlier builds gave to parts of it, sorted, see :mod:`kg.resolution.identifiers`."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation between two entities, with all its evidence."""

    head: str
    """:attr:`Entity.id`."""
    type: str
    tail: str
    role: str
    start: str
    end: str
    as_of: str
    """Latest date of a page that states it, empty where no page is dated."""
    status: Status
    confidence: float
    """Of all evidence together."""
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """An observation about an entity, with all its evidence."""

    subject: str
    """:attr:`Entity.id`."""
    measure: str
    value: float
    unit: str
    printed: str
    time: str
    bound: Bound
    as_of: str
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a set of extractions says once names are joined: the content of the graph."""

    documents: tuple[Document, ...]
    """Without text, by id."""
    digests: tuple[str, ...]
    """SHA-256 of each document's text, in the order of ``documents``."""
    entities: tuple[Entity, ...]
    """By id."""
    facts: tuple[Fact, ...]
    """By head, type, tail, role, start."""
    figures: tuple[Figure, ...]
    """By subject, measure, time, value."""
