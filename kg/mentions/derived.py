"""Names that follow from names: repetitions, abbreviations in brackets, short forms of full company names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg.lexicon import table
from kg.mentions.arbitration import Named
from kg.mentions.gazetteer import cuts, is_curated, names_one_of
from kg.mentions.page import Page
from kg.mentions.patterns.edges import is_generic
from kg.mentions.patterns.fields import field_in
from kg.mentions.patterns.organisations import is_generic_name
from kg.mentions.patterns.persons import name_at
from kg.mentions.patterns.products import not_products
from kg.model import Proposal
from kg.words import either


class Clue(NamedTuple):
    """Two stretches of the text that name one thing."""

    first: tuple[int, int]
    second: tuple[int, int]
    reason: str


@dataclass(frozen=True, slots=True)
class ShortForms:
    """The file ``data/mentions/short_forms.yml``."""

    telling: tuple[str, ...]
    places: tuple[str, ...]
    legal: tuple[str, ...]
    trades: tuple[str, ...]
    tails: tuple[str, ...]
    common: tuple[str, ...]
    nouns: tuple[str, ...]
    contracting: tuple[str, ...]
    coined: tuple[str, ...]


def repetitions(text: str, names: Iterable[Named]) -> Iterator[Proposal]:
    """Every place where an accepted name stands, as sure as its best other place."""
    places: dict[tuple[str, str], list[Named]] = defaultdict(list)
    for name in names:
        places[text[name.start : name.end], name.cls].append(name)
    for (form, cls), found in places.items():
        if len(form) == 1 or form in _table().common:
            continue
        best = sorted(found, key=lambda n: (-n.score, n.start))[:2]
        for start, end in _everywhere(text, form):
            if start != best[0].start or len(best) > 1:
                score = best[start == best[0].start].score
                yield Proposal(start, end, cls, score, "document", "named so elsewhere on the page")


def neighbours(page: Page, names: Iterable[Named]) -> Iterator[Proposal]:
    """What stands beside an accepted name in an enumeration, as a name of its class: 商汤、X和Y等."""
    for name in names:
        for match in _beside(page, name):
            start, end = max(match.start(1), page.stop_before(match.end(1))), match.end(1)
            if name.cls == "IndustryField":
                start, end = field_in(page, start, end) or (end, end)
            if end - start > 1 and not is_generic(page.text[start:end]) and _may_be(page.text, start, end, name.cls):
                reason = f"beside {page.text[name.start : name.end]}"
                yield Proposal(start, end, name.cls, name.score, "neighbour", reason)


def _beside(page: Page, name: Named) -> Iterator[re.Match[str]]:
    """The members of an enumeration right after and right before a name; most names stand in none."""
    if page.text[name.end : name.end + 1] in _OPENS_AFTER and _begins_member(page, name.start):
        after = _AFTER.match(page.text, name.end)
        if after:
            yield after
    if page.text[name.start - 1 : name.start] in _CLOSES_BEFORE:
        before = _BEFORE.search(page.text, max(0, name.start - 16), name.start)
        if before:
            yield before


def _may_be(text: str, start: int, end: int, cls: str) -> bool:
    """Whether a stretch can name one of the class; persons' names begin with a surname and end with the stretch."""
    found = name_at(text, start) if cls in {"Person", "Official"} else (start, end)
    return found is not None and found[:2] == (start, end)


def _begins_member(page: Page, start: int) -> bool:
    """Whether a member of an enumeration, not the rest of one, begins here."""
    return not _HAN.match(page.text[start - 1 : start]) or page.stop_before(start) == start


_HAN = re.compile(r"[一-鿿]")
_MEMBER = r"[^、，。；：！？,;:!?\s“”‘’「」《》()（）和与及等]{2,12}"
_AFTER = re.compile(rf"[”’」)）]?(?:、|和|与|及|以及)[“‘「]?({_MEMBER})(?=[”’」]?(?:[、，。；,;]|和|与|及|等|\s))")
_BEFORE = re.compile(rf"(?:^|[、，。；：,;:“‘「\s和与及])({_MEMBER})[”’」]?(?:、|和|与|及|以及)[“‘「]?$")
_OPENS_AFTER, _CLOSES_BEFORE = frozenset("”’」)）、和与及以"), frozenset("、和与及“‘「\n")
"""The first characters of the one, the last of the other."""


def abbreviations(text: str, names: Iterable[Named]) -> Iterator[tuple[Proposal, Clue]]:
    """X(以下简称“Y”), X(Y): Y names what X names, here and further on."""
    for name in names:
        match = _ABBREVIATION.match(text, name.end)
        if match is None:
            continue
        group = str(match.lastgroup)
        start, end = match.span(group)
        form = text[start:end]
        if group == "bare" and not _is_short_for(form, text[name.start : name.end], name.cls):
            continue
        clue = Clue((name.start, name.end), (start, end), "brackets" if group == "bare" else "以下简称")
        score, reason = 0.7 if group == "bare" else 1.0, f"short for {text[name.start : name.end]}"
        for place in _everywhere(text, form):
            yield Proposal(*place, name.cls, score, "bracket", reason), clue


def short_forms(text: str, names: Iterable[Named]) -> Iterator[tuple[Proposal, Clue]]:
    """趣加 for 趣加互动娱乐(上海)有限责任公司, where the page uses it."""
    for name in names:
        full = text[name.start : name.end]
        for form in _shortened(full, name.cls):
            if _is_of_another(text, form, name):
                continue
            score = _BY_LENGTH.get(len(form), 1.0)
            for start, end in _everywhere(text, form):
                if start < name.start or end > name.end:
                    proposal = Proposal(start, end, name.cls, score, "short form", f"short for {full}")
                    yield proposal, Clue((name.start, name.end), (start, end), "short form")


def _is_of_another(text: str, form: str, name: Named) -> bool:
    """Whether a form stands before the full name in its sentence: 发那科与上海电气合资成立上海发那科机器人有限公司."""
    start = text.rfind(form, max(0, name.start - _AHEAD), name.start)
    return start >= 0 and not _one_thing().search(text, start + len(form), name.start)


_AHEAD = 60
"""How many characters before a full name are looked at for its short form."""


def without_grounds(text: str, names: Iterable[Named]) -> Iterator[tuple[Proposal, Clue]]:
    """智塔 for 西岸智塔: a park, elsewhere on the page, without the place or park that its name begins with."""
    parks: dict[str, Named] = {}
    for name in names:
        if name.cls == "Park":
            parks.setdefault(text[name.start : name.end], name)
    for full, name in parks.items():
        for form in _on_grounds(full):
            for start, end in _everywhere(text, form):
                if text[end - len(full) : end] != full:
                    clue = Clue((name.start, name.end), (start, end), "short form")
                    yield Proposal(start, end, "Park", 0.9, "short form", f"short for {full}"), clue


def _on_grounds(full: str) -> Iterator[str]:
    """What is left of a park's name behind the place or park that it begins with, if that names one by itself."""
    for length in range(2, len(full) - 1):
        form = full[length:]
        if names_one_of(full[:length], _GROUNDS) and (form[-1] in _table().coined or not is_generic_name(form)):
            yield form


_GROUNDS = frozenset({"Place", "District", "Park"})


def contractions(
    text: str, names: Iterable[Named], proposals: Iterable[Proposal] = ()
) -> Iterator[tuple[Proposal, Clue]]:
    """上海国创中心 for 上海国创科技产业创新发展中心: the same beginning and end, characters left out between.

    Args:
        text: the page.
        names: the full names, and short ones.
        proposals: further stretches that may be short names.
    """
    forms = {text[n.start : n.end]: n for n in names if n.cls in _HOUSES}
    if not forms:
        return
    further = {text[p.start : p.end]: (p.start, p.end) for p in proposals if p.cls in _HOUSES}
    short = further | {form: (name.start, name.end) for form, name in forms.items()}
    short = {f: at for f, at in short.items() if f.endswith(_table().contracting) and not is_curated(f)}
    for full, name in forms.items():
        for form, other in short.items():
            if 4 <= len(form) <= len(full) - 3 and form[-2:] == full[-2:] and _contracts(form, full):
                clue = Clue((name.start, name.end), other, "contraction")
                for place in _everywhere(text, form):
                    yield Proposal(*place, name.cls, 0.9, "contraction", f"short for {full}"), clue


_HOUSES = frozenset({"Company", "Institute", "Park", "Organization", "GovernmentBody"})


def _contracts(form: str, full: str) -> bool:
    """Whether ``form`` begins as ``full`` does, with or without its place, and is made of its characters in order."""
    rest = iter(full)
    begins = form[:2] == full[:2] or form[:2] == _places().sub("", full)[:2]
    return begins and all(char in rest for char in form)


_BY_LENGTH = {2: 0.4, 3: 0.7}
"""How sure a short form is, by its characters: brands of two are often words of the language too."""


def _shortened(full: str, cls: str) -> list[str]:
    """Forms by which a page may call an organisation after its full name, longest first."""
    if cls not in {"Company", "Institute"}:
        return []
    core = _brackets().sub("", full)
    stem = _legal().sub("", core)
    bare = _places().sub("", stem)
    brand = _trades().sub("", bare)
    if _trade_only().fullmatch(brand):
        return []
    tails = (t for t in _table().tails if t in core or (cls == "Company" and t not in _table().legal))
    forms = {stem, bare, brand} | {brand + tail for tail in tails}
    if cls == "Institute":
        forms = {form for form in forms if len(form) > len(brand)}
    if stem == core and cls == "Company":
        forms = {brand}
    return sorted(
        (f for f in forms if 2 <= len(f) < len(full) and f not in _table().common), key=lambda f: (-len(f), f)
    )


def _everywhere(text: str, form: str) -> Iterator[tuple[int, int]]:
    """Every place where ``form`` stands."""
    has_latin_edge = _is_latin(form[0]) or _is_latin(form[-1])
    start = text.find(form)
    while start >= 0:
        end = start + len(form)
        if not (has_latin_edge and _is_in_word(text, start, end)) and not cuts(text, start, end):
            yield start, end
        start = text.find(form, end)


def _is_in_word(text: str, start: int, end: int) -> bool:
    """Whether a form that begins or ends in a Latin letter or digit is a part of a longer word."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return (_is_latin(text[start]) and _is_latin(before)) or (_is_latin(text[end - 1]) and _is_latin(after))


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


_ABBREVIATION = re.compile(
    r"[”’」]?[（(](?:(?:以下|下称|下文|后文|又|英文)?(?:简称|简称为|称|统称)?[:：]?[“‘「『\"](?P<told>[^“”‘’「」\"）)]{2,14})[”’」』\"]"
    r"|(?:以下)?简称[:：]?(?P<plain>[^“”）)]{2,14})"
    r"|(?P<bare>[A-Za-z][A-Za-z0-9 .&\-]{1,30}|[一-鿿]{2,10}))[）)]"
)


_ABBREVIATED = frozenset({"Company", "Institute", "Event", "Organization", "Product", "Park"})
"""Classes whose names have Latin abbreviations."""


def _is_short_for(form: str, full: str, cls: str) -> bool:
    """Whether a bare bracket holds another name of ``full``: Latin letters, or characters of it in order."""
    if form[0].isascii():
        return cls in _ABBREVIATED and form not in not_products()
    rest = iter(full)
    return len(form) < len(full) and all(char in rest for char in form)


@cache
def _table() -> ShortForms:
    return table("mentions/short_forms.yml", ShortForms)


@cache
def _one_thing() -> re.Pattern[str]:
    """What stands between a short form and the full name of one thing, or parts two sentences."""
    return re.compile(rf"[。！？!?；\n（(]|{either(_table().telling)}")


@cache
def _brackets() -> re.Pattern[str]:
    return re.compile(r"[（(][^（）()]{1,10}[)）]")


@cache
def _legal() -> re.Pattern[str]:
    return re.compile(f"(?:{either(_table().legal)})+$")


@cache
def _places() -> re.Pattern[str]:
    return re.compile(f"^(?:{either(_table().places)})+(?=..)")


@cache
def _trade_only() -> re.Pattern[str]:
    """Stretches that name a trade and nobody in it."""
    return re.compile(f"(?:{either([*_table().trades, *_table().common, *_table().places, *_table().nouns])})+")


@cache
def _trades() -> re.Pattern[str]:
    return re.compile(f"(?<=..)(?:{either(_table().trades)})+$")
