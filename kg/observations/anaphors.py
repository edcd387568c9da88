"""Words that stand for a name printed before (该园区, 全市, 此), and subjects without a name (某企业, 全国)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.model import HEAD_SIZES, Span
from kg.observations.clues import Anaphors, rules_of
from kg.observations.page import Page
from kg.observations.roles import ASIDE, GIVEN, UNNAMED, WINDOW, Occurrence, is_aside

_POINTING = "该这本此全我"
"""How a word begins that points at one thing; another one (产品, 公司) may just speak of such things."""
_POINTERS = "该这座家本款全项个"
_REACH = 600
"""Characters that an anaphor may look back, but for those of a whole city or district."""
_ASIDE, _FIRST = 0.3, 2.0
"""What a mention counts that its sentence is not about, and one that its sentence begins with."""
_GROUND = ("Park", "District", "Place")
_OWN = frozenset({"Park", "Institute", "Event"})
"""Classes of things that stand for themselves; a product or a fund may be told of its house."""
_HERE = Anaphors((), _GROUND, nearest=True)


def stand_ins(page: Page, clause: Span, named: list[Occurrence], found: list[Occurrence]) -> Iterable[Occurrence]:
    """The anaphors and unnamed subjects of a clause, given what its sentence has named so far."""
    rules = rules_of()
    for match in rules.here.finditer(page.text, clause.start, clause.end):
        yield _resolved(page, match, _HERE, [], clause.start)
    made = _made(page, clause)
    if made:
        yield made
    start = _behind_adverbs(page, clause)
    opening = _opening(page, clause, start)
    head = _head(page, start)
    if head and (opening is None or opening.end() < head.end):
        yield head
        return
    if opening is None or page.in_name(opening.end() - 1, opening.end()):
        return
    if opening["word"] in rules.anaphors:
        near = [o for o in found if o.end <= opening.start() and not ASIDE & set(o.roles)]
        occurrence = _resolved(page, opening, rules.anaphors[opening["word"]], near, opening.start())
        if _is_of_unnamed(page, opening["word"], near):
            yield replace(occurrence, index=UNNAMED, cls="")
        elif occurrence.index != UNNAMED or _is_topic(page, opening):
            yield occurrence
    elif page.text[opening.start() - 1] not in "在于" and not any(
        o.initial and o.start < opening.start() for o in named
    ):
        yield Occurrence(*opening.span(), UNNAMED, "", initial=True)


def _head(page: Page, start: int) -> Occurrence | None:
    """The last words of an earlier name behind the adverbs of a clause that stand for it: 联合实验室, 对接会."""
    for size in HEAD_SIZES if page.headed else ():
        index = page.named_before(page.text[start : start + size], start)
        if index is not None and not page.in_name(start, start + size):
            return Occurrence(start, start + size, index, page.mentions[index].cls, initial=True, roles=("repeated",))
    return None


def _made(page: Page, clause: Span) -> Occurrence | None:
    """A thing without a name that a clause sets up: 设立总规模20亿元的产业基金, 合作建设中试基地."""
    match = rules_of().made_thing.search(page.text, clause.start, clause.end)
    if match is None:
        return None
    if any(
        page.mentions[i].cls not in GIVEN or page.mentions[i].end == match.end()
        for i in page.within(match.start("thing"), match.end())
    ):
        return None
    return Occurrence(*match.span("thing"), UNNAMED, "", roles=("introduced",) if match["size"] else ())


def _is_topic(page: Page, opening: re.Match[str]) -> bool:
    """Whether a word whose name the page does not tell is what its clause speaks of: 该园区…, 培训班由…."""
    if opening["word"][0] in _POINTING:
        return True
    is_own = rules_of().anaphors[opening["word"]].classes[0] in _OWN
    return is_own and bool(rules_of().telling.match(page.text, opening.end()))


def _is_of_unnamed(page: Page, word: str, near: list[Occurrence]) -> bool:
    """Whether a word repeats the noun of an unnamed thing: 建设中试基地，基地…."""
    last = next((o for o in reversed(near) if o.index == UNNAMED), None)
    return last is not None and page.text[last.start : last.end].endswith(word.lstrip(_POINTERS))


def _opening(page: Page, clause: Span, start: int) -> re.Match[str] | None:
    """The word that opens a clause, with its adverbs or behind them, if it stands for a subject."""
    begins = dict.fromkeys((clause.start, start))
    words = (rules_of().stand_in.match(page.text, begin, clause.end) for begin in begins)
    return next((word for word in words if word), None)


def _behind_adverbs(page: Page, clause: Span) -> int:
    """Where a clause goes on behind its adverbs and marks."""
    start = clause.start
    while (adverb := rules_of().opener.match(page.text, start, clause.end)) and adverb.end() > start:
        start = adverb.end()
    return start


def _resolved(page: Page, match: re.Match[str], anaphor: Anaphors, near: list[Occurrence], offset: int) -> Occurrence:
    """An anaphor as an occurrence of what it stands for; unnamed where that is not told.

    Args:
        page: the page.
        match: the word.
        anaphor: what it may stand for.
        near: what its sentence has named before it.
        offset: where to look back from.
    """
    said = [o for o in near if o.index != UNNAMED and _fits(page, o.index, o.cls, anaphor)]
    noun = match["word"].lstrip(_POINTERS)
    repeated = [o.index for o in near if o.index != UNNAMED and page.mentions[o.index].name.endswith(noun)]
    if repeated and len(noun) > 1 and not anaphor.plain:
        index = repeated[-1]
    elif said and not anaphor.named:
        index = min(reversed(said), key=lambda o: 0 if anaphor.nearest else anaphor.classes.index(o.cls)).index
    else:
        index = _antecedent(page, offset, match["word"], anaphor)
    cls = page.mentions[index].cls if index != UNNAMED else ""
    roles = ("repeated", "setting") if page.text.startswith("上，", match.end()) else ("repeated",)
    return Occurrence(match.start(), match.end(), index, cls, initial=True, roles=roles)


def _fits(page: Page, index: int, cls: str, anaphor: Anaphors) -> bool:
    """Whether an anaphor may stand for a name."""
    return cls in anaphor.classes and (not anaphor.endings or page.mentions[index].name.endswith(anaphor.endings))


def _antecedent(page: Page, offset: int, word: str, anaphor: Anaphors) -> int:
    """Index of the name that an anaphor stands for: one that ends in the word, else the last topic of its class."""
    noun = word.lstrip(_POINTERS)
    block = page.blocks[page.block(offset)]
    reach = 0 if anaphor.classes[0] in _GROUND else max(0, offset - _REACH)
    behind = page.within(reach, offset)
    earlier = [i for i in reversed(behind[-WINDOW:]) if _fits(page, i, page.mentions[i].cls, anaphor)]
    same = [i for i in earlier if page.mentions[i].name.endswith(noun)]
    if same and len(noun) > 1 and not anaphor.plain:
        return same[0]
    if anaphor.named:
        return UNNAMED
    if anaphor.plain and earlier:
        return _salient(page, earlier, offset)
    near = [i for i in earlier if page.mentions[i].start >= block.start]
    for group in _groups(page, near, earlier, anaphor):
        topic = next((i for i in group if not is_aside(page, i)), UNNAMED)
        if topic != UNNAMED:
            return topic
    return next(iter(near), _ahead(page, offset, anaphor) if not earlier else UNNAMED)


def _salient(page: Page, earlier: Sequence[int], offset: int) -> int:
    """The last mention of the name that is most on the reader's mind.

    Every mention of a name counts, half as much with each sentence that has passed since; twice where its sentence
    begins with it, and less where it is an example, a modifier or behind a preposition (S. Lappin and H. Leass, *An
    algorithm for pronominal anaphora resolution*, Computational Linguistics 20, 1994).

    Args:
        page: the page.
        earlier: mentions before the offset, the last one first.
        offset: where a word stands for one of them.
    """
    here = page.sentence(offset)
    sentence_of = {index: page.sentence(page.mentions[index].start) for index in earlier}
    first = {sentence_of[index]: index for index in earlier}
    weight: dict[str, float] = {}
    last: dict[str, int] = {}
    for index in earlier:
        name, sentence = page.mentions[index].name, sentence_of[index]
        part = _ASIDE if is_aside(page, index) else _FIRST if first[sentence] == index else 1.0
        weight[name] = weight.get(name, 0.0) + part * 0.5 ** (here - sentence)
        last.setdefault(name, index)
    return last[max(weight, key=lambda name: (weight[name], last[name]))]


def _ahead(page: Page, offset: int, anaphor: Anaphors) -> int:
    """Index of the ground that a page names only further down, as boxes of figures at its top do; else unnamed."""
    if anaphor.endings or anaphor.classes[0] not in _GROUND:
        return UNNAMED
    further = page.within(offset, len(page.text))[:WINDOW]
    for cls in sorted(anaphor.classes, key=lambda cls: cls != "District"):
        index = next((i for i in further if page.mentions[i].cls == cls), UNNAMED)
        if index != UNNAMED and cls != "Place":
            return index
    return UNNAMED


def _groups(page: Page, near: list[int], earlier: list[int], anaphor: Anaphors) -> Iterable[list[int]]:
    """Names in the order in which an anaphor looks for its own."""
    if anaphor.nearest:
        yield near
    for cls in anaphor.classes:
        for group in (near, earlier):
            yield [i for i in group if page.mentions[i].cls == cls]
