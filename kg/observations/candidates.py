"""The named things that a number could belong to, each with the place where it stands, seen from the number."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from kg.model import Block
from kg.observations.clues import data_of, rules_of
from kg.observations.occurrences import occurrences
from kg.observations.page import Page
from kg.observations.quantities import Quantity
from kg.observations.roles import PERSONS, UNNAMED, Occurrence

_ATTRIBUTED = re.compile(
    r"(?:[^，,。；;、\d]{0,8}(?:组成|构成|发起|共建|组建|成立|参与|建设|建成|打造|研发|投资|改造))?的[^，,。；;、\d]{0,12}"
)
_CLOSING = re.compile("[”」][^，,。；;：:！？“「\\n]{0,24}")

_ENTRY = re.compile("【[^】]{2,6}】")
_GROUND = frozenset({"District", "Park", "Place"})
_FIELD = re.compile(r"\s*[^，,。；;：:\s]{2,10}[:：][^，。；;：:\n]{1,24}\s*")
_SHARE = re.compile(r"(?:^|[，,。；;：:、“「\s）)])$")
"""Before a share of many things: 76%的德国企业."""
_BEGUN = re.compile(r"\s*\**\d[\d,，.]*[万亿]*[余多]?\**[^\d，,。；;]{1,4}\**(?:左右|以上)?[，,。；;]")
"""How a block begins that has only the end of a clause: its number and unit."""
_CLOSED = re.compile("[。！？!?…”」』）)：:]\\s*$")
_LAYOUT = 12
"""Blocks that a page's layout may set between the two parts of a sentence."""
_COLUMN = 20
"""Characters that a block needs to be more than a caption."""

_HEADS = frozenset({"heading", "title"})
SENTENCES_BACK = 3
"""How many sentences of its block a number may look back for its subject."""
ITEMS_BACK = 10
"""The same for a number in a list."""


class Candidate(NamedTuple):
    """A named thing near a number."""

    occurrence: Occurrence
    place: str
    """Where it stands, a weight of ``weights.yml``."""
    steps: int = 0
    """Clauses or sentences beyond the nearest of that place."""


@dataclass(slots=True)
class Surroundings:
    """What has been read of a page, sentence by sentence."""

    page: Page
    cache: dict[int, list[Occurrence]]
    """Occurrences by index of the sentence."""
    last: str = ""
    """Name of the subject of the number before."""
    last_sentence: int = -1
    """Sentence of the number before."""
    last_end: int = 0
    """Where the number before ends."""
    named: Counter[str] = field(init=False)
    """How often the page prints each name."""
    main: dict[str, int] = field(init=False)
    """By class how often it prints the name of it that it prints most often."""

    def __post_init__(self) -> None:
        """Count the names of the page."""
        self.named = Counter(mention.name for mention in self.page.mentions)
        self.main = {}
        for mention in self.page.mentions:
            self.main[mention.cls] = max(self.main.get(mention.cls, 0), self.named[mention.name])

    def of(self, sentence: int) -> list[Occurrence]:
        """The occurrences of a sentence."""
        if sentence not in self.cache:
            self.cache[sentence] = occurrences(self.page, self.page.sentences[sentence])
        return self.cache[sentence]


def candidates_of(around: Surroundings, quantity: Quantity) -> Iterator[Candidate]:
    """Occurrences with their place and how many steps back it is."""
    page = around.page
    number = page.sentence(quantity.start)
    sentence = page.sentences[number]
    begins = [clause.start for clause in page.clauses(sentence)]
    own = max(0, bisect_right(begins, quantity.start) - 1)
    named = any(occurrence.start < quantity.start and occurrence.index != UNNAMED for occurrence in around.of(number))
    for occurrence in around.of(number):
        place = max(0, bisect_right(begins, occurrence.start) - 1)
        if occurrence.start >= quantity.end:
            behind = _behind(page, quantity, occurrence) if place == own else ""
            if behind:
                yield Candidate(occurrence, behind)
            elif place > own and not named and _may_follow(quantity, occurrence):
                yield Candidate(occurrence, "ahead", place - own - 1)
        elif place == own:
            yield Candidate(occurrence, "here")
        else:
            yield Candidate(occurrence, "before", own - place - 1)
    yield from _quoted(around, quantity)
    yield from _earlier(around, number)
    yield from _above(around, number)


def _quoted(around: Surroundings, quantity: Quantity) -> Iterator[Candidate]:
    """The speaker's house behind the quotation that the number stands in."""
    page = around.page
    block = page.blocks[page.block(quantity.start)]
    if not _is_open(page.text, block.start, quantity.start):
        return
    closing = _CLOSING.search(page.text, quantity.end, block.end)
    if closing is None or not rules_of().speech.match(page.text, closing.start() + 1):
        return
    for index in page.within(closing.start(), closing.end()):
        for occurrence in around.of(page.sentence(page.mentions[index].start)):
            if occurrence.start == page.mentions[index].start and occurrence.cls not in PERSONS:
                yield Candidate(replace(occurrence, roles=()), "quoted")
                return


def _is_open(text: str, start: int, end: int) -> bool:
    """Whether a quotation that began in a stretch is open at its end."""
    return any(text.rfind(mark, start, end) > text.rfind(close, start, end) for mark, close in ("“”", "「」"))


def _may_follow(quantity: Quantity, occurrence: Occurrence) -> bool:
    """Whether a number may be told of a thing that is named only later: 88秒完成成像, …推出的X."""
    return occurrence.cls == "Product" and quantity.kind in data_of().ahead_kinds


def _behind(page: Page, quantity: Quantity, occurrence: Occurrence) -> str:
    """The place of a name behind the number, empty where it cannot be the subject."""
    rules = rules_of()
    between = page.text[quantity.right : occurrence.start]
    is_share = quantity.kind == "percent" and _SHARE.search(page.text[max(0, quantity.left - 2) : quantity.left])
    if _ATTRIBUTED.fullmatch(between) and "contained" not in occurrence.roles and not is_share:
        return "attribute"
    if quantity.kind not in data_of().inbound_kinds:
        return ""
    if rules.inbound.search(between):
        return "inbound"
    if between.endswith(("在", "于")) and rules.arriving.match(page.text, occurrence.end):
        return "inbound"
    if occurrence.roles == ("repeated",) and page.text[occurrence.start : occurrence.end].endswith("此"):
        return "inbound"
    return ""


def _earlier(around: Surroundings, number: int) -> Iterator[Candidate]:
    """What the sentences before it tell of, in its block; a list goes back to what introduces it."""
    page = around.page
    in_list = page.blocks[page.block(page.sentences[number].start)].kind == "list"
    for back in range(1, (ITEMS_BACK if in_list else SENTENCES_BACK) + 1):
        if number - back < 0:
            return
        if not _same_run(page, number - back, number):
            yield from _before_the_block(around, number, number - back)
            return
        for occurrence in around.of(number - back):
            yield Candidate(occurrence, "behind", min(back, SENTENCES_BACK) - 1)


def _before_the_block(around: Surroundings, number: int, last: int) -> Iterator[Candidate]:
    """What stands before a block: the sentence that the layout tore apart, else the paragraph before."""
    torn = _torn(around.page, number)
    if torn is None:
        yield from _paragraph_before(around, number, last)
        return
    for occurrence in around.of(torn):
        yield Candidate(occurrence, "behind")


def _torn(page: Page, number: int) -> int | None:
    """The open sentence that a block goes on with, where a caption or a column's end stands between the two."""
    start = page.sentences[number].start
    if not _BEGUN.match(page.text, start):
        return None
    block = page.block(start)
    for earlier in reversed(page.blocks[max(0, block - _LAYOUT) : block]):
        if earlier.kind == "body" and earlier.end - earlier.start > _COLUMN:
            is_open = not _CLOSED.search(page.text[max(earlier.start, earlier.end - 3) : earlier.end])
            if is_open:
                return page.sentence(earlier.end - 1)
    return None


def _paragraph_before(around: Surroundings, number: int, last: int) -> Iterator[Candidate]:
    """What the last sentence of the paragraph before tells of, where a paragraph names nothing of its own."""
    page = around.page
    kinds = {page.blocks[page.block(page.sentences[i].start)].kind for i in (last, number)}
    is_entry = page.text.startswith("【", page.sentences[number].start)
    if kinds == {"body"} and not around.of(number) and not is_entry:
        for occurrence in around.of(last):
            yield Candidate(occurrence, "paragraph")


def _is_entry(page: Page, block: int) -> bool:
    """Whether a block is an entry of a yearbook, which its heading governs: 【人才】…; items of news stand alone."""
    return bool(_ENTRY.match(page.text, page.blocks[block].start))


def _same_run(page: Page, earlier: int, later: int) -> bool:
    """Whether two sentences stand in one block, or in one list with its introduction."""
    first, second = (page.block(page.sentences[i].start) for i in (earlier, later))
    if first == second:
        return True
    run = page.blocks[first : second + 1]
    if any(block.kind == "heading" for block in run[1:]) and run[0].kind == "body":
        return False
    return all(_is_item(page, block) for block in run[1:])


def _is_item(page: Page, block: Block) -> bool:
    """Whether a block is one of a list: a bullet, a row, a field of a fact sheet, or a short line with a number."""
    if block.kind in {"list", "table"} or _FIELD.fullmatch(page.text, block.start, block.end):
        return True
    return block.kind == "heading" and bool(re.search(r"\d", page.text[block.start : block.end]))


def _above(around: Surroundings, number: int) -> Iterator[Candidate]:
    """What the heading above and the title of the page name."""
    page = around.page
    block = page.block(page.sentences[number].start)
    in_list = page.blocks[block].kind in {"list", "table"}
    if page.blocks[block].kind in _HEADS:
        return
    heading = next((page.blocks[i] for i in range(block - 1, -1, -1) if page.blocks[i].kind in _HEADS), None)
    title = page.blocks[0] if block and page.blocks[0].kind == "title" else None
    for place, above in (("heading" if in_list else "over", heading), ("title", title if title != heading else None)):
        if above:
            for occurrence in around.of(page.sentence(above.start)):
                governs = occurrence.cls in _GROUND and _is_entry(page, block)
                yield Candidate(occurrence, "heading" if governs else place)
