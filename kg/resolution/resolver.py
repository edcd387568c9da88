"""Extractions in, one resolution out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.lexicon import Entry, Lexicon, load
from kg.model import Document, Entity, Extraction, Merge, Name, Resolution
from kg.names import fold, is_latin
from kg.names.titles import series
from kg.resolution import facts
from kg.resolution.across import join_locals
from kg.resolution.consistency import consistent, united
from kg.resolution.corrections import Correction, Corrections
from kg.resolution.identifiers import Candidate, Identifier, assign
from kg.resolution.local import Local, count_proposals, read_document
from kg.resolution.rejection import review
from kg.resolution.state import State, Tie


@dataclass(frozen=True, slots=True)
class _Page:
    """What is kept of a document until the end."""

    document: Document
    digest: str
    locals: tuple[Local, ...]
    apart: tuple[tuple[int, int], ...]
    """Pairs of locals that the page holds apart."""
    stated: list[facts.Stated]
    counted: list[facts.Counted]


class Resolver:
    """Takes extractions one by one and keeps of each only what the graph will hold."""

    def __init__(
        self,
        corrections: Corrections | None = None,
        known: Sequence[Identifier] | None = None,
        lexicon: Lexicon | None = None,
    ) -> None:
        """Begin a resolution.

        Args:
            corrections: a person's word on names.
            known: identifiers of an earlier build, whose ids are kept.
            lexicon: curated names; None: those that ship with the package.
        """
        self._corrections = corrections or Corrections()
        self._known = tuple(known or ())
        self._lexicon = lexicon if lexicon is not None else load()
        self._series = {
            series(form): entry.key
            for entry in self._lexicon.entries.values()
            if entry.cls == "Event"
            for form in (entry.name, *entry.short, *entry.en)
        }
        self._pages: dict[str, _Page] = {}
        self._seen: set[str] = set()
        self._idle: tuple[Correction, ...] = ()

    def add(self, extraction: Extraction) -> None:
        """Take in one document; the same id again replaces what was there."""
        reading = read_document(extraction, self._corrections, self._series)
        if self._corrections.rows:
            self._seen.update(fold(text) for m in extraction.mentions for text in (m.name, m.form))
        self._pages[extraction.document.id] = _Page(
            extraction.document,
            extraction.digest,
            reading.locals,
            reading.apart,
            facts.stated(extraction, reading.of_mention, 0),
            facts.counted(extraction, reading.of_mention, 0),
        )

    def warnings(self) -> tuple[str, ...]:
        """Corrections that met no document so far, and no fact at the last finish, one line each."""
        return self._corrections.unmatched(frozenset(self._seen), self._idle)

    def finish(self) -> Resolution:
        """Join everything; the order in which documents were added does not matter."""
        pages = [self._pages[key] for key in sorted(self._pages)]
        locals_ = [local for page in pages for local in page.locals]
        stated, counted = _renumbered(pages)
        ties = [Tie(row.head, row.tail, row.relation.role) for row in stated]
        state = join_locals(locals_, ties, self._corrections, _held_apart(pages))
        dates = {page.document.id: page.document.date or "~" for page in pages}
        sets = sorted(state.union.sets().values(), key=lambda m: _first(m, locals_, dates))
        given = assign([_candidate(members, locals_, dates) for members in sets], self._known)
        ids = [""] * len(locals_)
        for (identifier, _), members in zip(given, sets, strict=True):
            for index in members:
                ids[index] = identifier
        entities = {
            identifier: self._entity(identifier, replaced, [locals_[i] for i in members], _merges(state, members))
            for (identifier, replaced), members in zip(given, sets, strict=True)
        }
        reviewed = review(facts.join_facts(stated, ids), entities, self._corrections)
        self._idle = reviewed.idle
        return Resolution(
            documents=tuple(page.document for page in pages),
            digests=tuple(page.digest for page in pages),
            entities=tuple(entities[key] for key in sorted(entities)),
            facts=consistent(reviewed.facts, entities, self._lexicon.entries),
            figures=united(facts.join_figures(counted, ids)),
        )

    def _entity(
        self, identifier: str, replaced: tuple[str, ...], locals_: list[Local], merges: tuple[Merge, ...]
    ) -> Entity:
        entry = next((local.entry for local in locals_ if local.entry), "")
        names = self._names(locals_, entry)
        texts = tuple(name.text for name in names)
        return Entity(
            id=identifier,
            cls=self._corrections.reclassed(texts) or self._class(locals_, entry),
            name=names[0].text,
            names=names,
            appearances=tuple(a for local in locals_ for a in local.appearances),
            merges=merges,
            entry=entry,
            parent=next((local.parent for local in locals_ if local.parent), ""),
            proposals=count_proposals(p for local in locals_ for p in local.proposals),
            replaced=tuple(sorted(replaced)),
        )

    def _class(self, locals_: list[Local], entry: str) -> str:
        """The curated class, else the one most mentions have; an Official stays one on every page."""
        if entry in self._lexicon.entries:
            return self._lexicon.entries[entry].cls
        votes: Counter[str] = Counter()
        for local in locals_:
            votes[local.cls] += len(local.appearances)
        best = min(votes, key=lambda cls: (-votes[cls], cls))
        return "Official" if best == "Person" and "Official" in votes else best

    def _names(self, locals_: list[Local], entry: str) -> tuple[Name, ...]:
        """All forms, the preferred one first: a rename, else the curated full name or the fullest form in print."""
        counts: Counter[tuple[str, str]] = Counter()
        for local in locals_:
            for form, count in local.forms:
                counts[form.name, _language(form.name)] += count
            for text, count in local.printed:
                _count_printed(counts, text, count, local)
        curated = self._lexicon.entries.get(entry)
        first = _preferred(counts, curated)
        printed = {fold(text) for text, _ in counts}
        for text in (curated.name, *curated.short, *curated.en) if curated else ():
            if fold(text) not in printed:
                counts[text, _language(text)] = 0
                printed.add(fold(text))
        renamed = self._corrections.renamed(tuple(text for text, _ in counts))
        if renamed:
            first = renamed
            counts.setdefault((renamed, _language(renamed)), 0)
        ordered = sorted(counts.items(), key=lambda item: (item[0][0] != first, -item[1], item[0]))
        return tuple(Name(text, lang, count) for (text, lang), count in ordered)


def resolve(
    extractions: Iterable[Extraction],
    corrections: Corrections | None = None,
    known: Sequence[Identifier] | None = None,
    lexicon: Lexicon | None = None,
) -> Resolution:
    """Join the extractions of all documents; see :class:`Resolver`."""
    resolver = Resolver(corrections, known, lexicon)
    for extraction in extractions:
        resolver.add(extraction)
    return resolver.finish()


def _renumbered(pages: Sequence[_Page]) -> tuple[list[facts.Stated], list[facts.Counted]]:
    """Relations and observations of all pages, with locals numbered through."""
    stated, counted, offset = [], [], 0
    for page in pages:
        stated += [row._replace(head=row.head + offset, tail=row.tail + offset) for row in page.stated]
        counted += [row._replace(subject=row.subject + offset) for row in page.counted]
        offset += len(page.locals)
    return stated, counted


def _held_apart(pages: Sequence[_Page]) -> Iterator[tuple[int, int]]:
    """Pairs of locals that a page holds apart, with locals numbered through."""
    offset = 0
    for page in pages:
        yield from ((left + offset, right + offset) for left, right in page.apart)
        offset += len(page.locals)


def _first(members: list[int], locals_: Sequence[Local], dates: dict[str, str]) -> tuple[str, str, int]:
    """Date, document and number of the earliest local; undated pages come last."""
    return min((dates[locals_[i].document], locals_[i].document, i) for i in members)


def _candidate(members: list[int], locals_: Sequence[Local], dates: dict[str, str]) -> Candidate:
    chosen = [locals_[i] for i in members]
    first = min(chosen, key=lambda local: (dates[local.document], local.document))
    return Candidate(
        entry=next((local.entry for local in chosen if local.entry), ""),
        earliest=first.anchor,
        document=first.document,
        documents=frozenset(local.document for local in chosen),
        names=tuple(sorted({form.folded for local in chosen for form, _ in local.forms})),
    )


def _merges(state: State, members: list[int]) -> tuple[Merge, ...]:
    """Reasons, each once, those of the pages first."""
    inside = [merge for i in members for merge in state.locals[i].merges]
    across = [merge for i in members for merge in state.merges.get(i, ()) if merge.left != merge.right]
    return tuple(dict.fromkeys((*inside, *across)))


def _language(text: str) -> str:
    return "en" if is_latin(text) else "zh-Hans"


def _count_printed(counts: Counter[tuple[str, str]], text: str, count: int, local: Local) -> None:
    """A form in Traditional script is a name of its own; the mere width or spacing of print is not."""
    if is_latin(text) or any(fold(text) == form.folded for form, _ in local.forms):
        return
    counts[text, "zh-Hant"] += count


def _preferred(counts: Mapping[tuple[str, str], int], curated: Entry | None) -> str:
    """The curated full name where it is printed, else the fullest form; an event goes without its edition."""
    texts = [(text, count) for (text, lang), count in counts.items() if lang == "zh-Hans"]
    texts = texts or [(text, count) for (text, _), count in counts.items()]
    if curated:
        listed = {fold(form) for form in (curated.name, *curated.short, *curated.en)}
        texts = [t for t in texts if fold(t[0]) == fold(curated.name)] or texts
        if curated.cls == "Event":
            texts = [t for t in texts if fold(t[0]) in listed] or [(curated.name, 0)]
    return min(texts, key=lambda pair: (-len(fold(pair[0])), -pair[1], pair[0]))[0]
