"""Whose number it is: the named thing that a sentence tells a number of.

Every named thing around the number is weighed (``subjects.yml``): where it stands, what part it plays, how well
its class fits the measure. The best one wins, or nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from kg.model import Block
from kg.observations.clues import data_of, rules_of
from kg.observations.measures import Measure
from kg.observations.occurrences import occurrences
from kg.observations.page import Page
from kg.observations.quantities import Quantity
from kg.observations.roles import PERSONS, UNNAMED, Occurrence

_STEP = {"before": "per_clause", "ahead": "per_clause", "behind": "per_sentence"}
_BEHIND = ("adjunct", "placed", "introduced", "contained", "at")
_ELSEWHERE = {"attribute": _BEHIND, "inbound": _BEHIND, "here": ("introduced",), "behind": ("introduced",)}
"""Roles that do not count where a candidate stands in that place."""
_ATTRIBUTED = re.compile(r"(?:[^，,。；;、\d]{0,8}(?:组成|构成))?的[^，,。；;、\d]{0,12}")
_COUNTED = re.compile("[”」》]?(?:等|等首批|首批|这|等共|在内的|等在内的|此次|等国内外|等知名)?")
_JOINED = re.compile("[”」》]?(?:、|和|与|及|以及)[“「《]?")
_ADJACENT = re.compile("(?:首批|现有|已有|共有|拥有|有|的|累计|新增|集聚|已|现|共|年|内)*")

_ABOVE = frozenset({"heading", "over", "title"})
_CLOSING = re.compile("[”」][^，,。；;：:！？“「\\n]{0,24}")
_FAR = frozenset({"behind", "paragraph", "over", "title"})
_FEW = 10

SENTENCES_BACK = 3
"""How many sentences of its block a number may look back for its subject."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The subject of a number."""

    index: int
    """Index into the document's mentions."""
    score: float
    place: str
    """The weight of ``subjects.yml`` that names where the subject stood."""


class Candidate(NamedTuple):
    """A named thing near a number."""

    occurrence: Occurrence
    place: str
    """Where it stands, a weight of ``subjects.yml``."""
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

    def of(self, sentence: int) -> list[Occurrence]:
        """The occurrences of a sentence."""
        if sentence not in self.cache:
            self.cache[sentence] = occurrences(self.page, self.page.sentences[sentence])
        return self.cache[sentence]


def choose(around: Surroundings, quantity: Quantity, measure: Measure) -> Choice | None:
    """The subject of a number, None where the text names none.

    Args:
        around: the page and the number before.
        quantity: the number.
        measure: what it measures.
    """
    best: tuple[float, Candidate] | None = None
    items = _items(around, quantity)
    if items and not _is_gathered(around.page, items[0], quantity):
        return None
    candidates = [candidate for candidate in _candidates(around, quantity) if candidate.occurrence not in items]
    if any(candidate.place == "quoted" for candidate in candidates):
        candidates = [c for c in candidates if not _is_speaker(around.page, c)]
    for candidate in candidates:
        score = _score(around, quantity, measure, candidate)
        if best is None or score > best[0]:
            best = (score, candidate)
    if best is None or best[0] < data_of().threshold or best[1].occurrence.index == UNNAMED:
        return None
    return Choice(best[1].occurrence.index, best[0], best[1].place)


def _is_speaker(page: Page, candidate: Candidate) -> bool:
    """Whether a candidate is 我们 or 公司, which stand for the house of who is quoted."""
    occurrence = candidate.occurrence
    return page.text[occurrence.start : occurrence.end] in {"我们", "公司", "企业", "我司"}


def _items(around: Surroundings, quantity: Quantity) -> list[Occurrence]:
    """The names that a number counts: A、B、C等七家企业."""
    page = around.page
    named = [o for o in around.of(page.sentence(quantity.start)) if o.end <= quantity.left and o.index != UNNAMED]
    if not named or not _COUNTED.fullmatch(page.text, named[-1].end, quantity.left):
        return []
    items = [named[-1]]
    for occurrence in reversed(named[:-1]):
        if not _JOINED.fullmatch(page.text, occurrence.end, items[0].start):
            break
        items.insert(0, occurrence)
    return items if len(items) > 1 or _is_last_item(page.text, items[0], quantity) else []


def _is_last_item(text: str, name: Occurrence, quantity: Quantity) -> bool:
    """Whether a name before a number ends a list of which the page knows no other name: …、A三家, A等三家."""
    if text[name.end : quantity.left].strip("”」》").startswith("等"):
        return True
    before = text[max(0, name.start - 9) : name.start]
    return before.endswith(("、", "和")) and not re.search(r"\d[^，。]{0,6}$", before)


def _is_gathered(page: Page, first: Occurrence, quantity: Quantity) -> bool:
    """Whether a list of names is what somebody has gathered, and its count worth keeping."""
    rules = rules_of()
    before = page.text[max(0, first.start - 6) : first.start]
    return bool(rules.gathering.search(before) or rules.joining.match(page.text, quantity.right))


def _candidates(around: Surroundings, quantity: Quantity) -> Iterator[Candidate]:
    """Occurrences with their place and how many steps back it is."""
    page = around.page
    number = page.sentence(quantity.start)
    sentence = page.sentences[number]
    clauses = page.clauses(sentence)
    own = max((i for i, clause in enumerate(clauses) if clause.start <= quantity.start), default=0)
    named = any(occurrence.start < quantity.start and occurrence.index != UNNAMED for occurrence in around.of(number))
    for occurrence in around.of(number):
        place = max((i for i, clause in enumerate(clauses) if clause.start <= occurrence.start), default=0)
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
    if _ATTRIBUTED.fullmatch(between) and "contained" not in occurrence.roles:
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
    for back in range(1, SENTENCES_BACK + 1):
        if number - back < 0:
            return
        if not _same_run(page, number - back, number):
            yield from _paragraph_before(around, number, number - back)
            return
        for occurrence in around.of(number - back):
            yield Candidate(occurrence, "behind", back - 1)


def _paragraph_before(around: Surroundings, number: int, last: int) -> Iterator[Candidate]:
    """What the last sentence of the paragraph before tells of, where a paragraph names nothing of its own."""
    page = around.page
    kinds = {page.blocks[page.block(page.sentences[i].start)].kind for i in (last, number)}
    if kinds == {"body"} and not around.of(number):
        for occurrence in around.of(last):
            yield Candidate(occurrence, "paragraph")


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
    """Whether a block is one of a list: a bullet, a row, or a short line with a number."""
    if block.kind in {"list", "table"}:
        return True
    return block.kind == "heading" and bool(re.search(r"\d", page.text[block.start : block.end]))


def _above(around: Surroundings, number: int) -> Iterator[Candidate]:
    """What the heading above and the title of the page name."""
    page = around.page
    block = page.block(page.sentences[number].start)
    in_list = page.blocks[block].kind in {"list", "table"}
    heading = next((b for b in reversed(page.blocks[:block]) if b.kind in {"heading", "title"}), None)
    titles = [b for b in page.blocks[:block] if b.kind == "title" and b is not heading]
    for place, above in [("heading" if in_list else "over", heading), *(("title", title) for title in titles)]:
        if above:
            for occurrence in around.of(page.sentence(above.start)):
                yield Candidate(occurrence, place)


def _score(around: Surroundings, quantity: Quantity, measure: Measure, candidate: Candidate) -> float:
    """How well a candidate serves as subject: the sum of its weights."""
    weights = data_of().weights
    occurrence, place, steps = candidate
    score = weights[place] + sum(weights[role] for role in _parts(around, quantity, candidate))
    if place in _STEP:
        score += steps * weights[_STEP[place]]
    if occurrence.index == UNNAMED:
        return score
    return score + _fit(around.page, occurrence, measure)


def _parts(around: Surroundings, quantity: Quantity, candidate: Candidate) -> Iterator[str]:
    """Names of the weights for the part that a candidate plays, seen from the number."""
    occurrence, place, _ = candidate
    if place != "here" and around.last and around.last == _name(around.page, occurrence):
        yield from ("initial", _carried(around, quantity))
        yield from (role for role in occurrence.roles if role == "nationwide")
        return
    for role in occurrence.roles:
        if role not in _ELSEWHERE.get(place, ()):
            yield role
    if occurrence.initial or place in _ABOVE:
        yield "initial"
    elif place in {"before", "behind"} and "introduced" not in occurrence.roles:
        yield "object"
    if place in _FAR and quantity.value < _FEW and not quantity.printed[0].isdigit():
        yield "spelled"
    if quantity.kind == "money" and place == "here" and around.page.text[occurrence.end : quantity.left] == "的":
        yield "giver"
    aside = {"adjunct", "listed"} & set(occurrence.roles)
    if place == "here" and not aside and _ADJACENT.fullmatch(around.page.text, occurrence.end, quantity.left):
        yield "adjacent"


def _name(page: Page, occurrence: Occurrence) -> str:
    return "" if occurrence.index == UNNAMED else page.mentions[occurrence.index].name


def _carried(around: Surroundings, quantity: Quantity) -> str:
    """The weight for the subject of the number before."""
    number = around.page.sentence(quantity.start)
    if around.last_sentence != number:
        return "carried_on"
    between = (o for o in around.of(number) if around.last_end <= o.start < quantity.start and o.cls != "IndustryField")
    return "carried" if any(between) else "continued"


def _fit(page: Page, occurrence: Occurrence, measure: Measure) -> float:
    """What the class of a thing adds for this measure."""
    data = data_of()
    fit = measure.fit.get(occurrence.cls, data.classes.get(occurrence.cls, 0.0))
    return fit + (data.wide_weight if page.mentions[occurrence.index].name in data.wide else 0.0)
