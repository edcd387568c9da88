"""Persons in lists of posts and in notices of appointment, where a name stands away from its post."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.mentions.page import Page
from kg.mentions.patterns.persons import holders, kind, name_at, post_hits, rank
from kg.model import Proposal


def appointments(page: Page) -> Iterator[Proposal]:
    """副主任甲、乙（女）、丙; 任命甲为某局局长，乙为…; 甲，男，…，现任某局局长."""
    yield from _sharing(page)
    yield from _appointed(page)
    yield from _introduced(page)


def _sharing(page: Page) -> Iterator[Proposal]:
    """Those who share the post that stands before the first of them."""
    for (start, stop, _), first, cls in holders(page.text):
        post, end = page.text[start:stop], first[1]
        while (joint := _JOINT.match(page.text, end)) and (name := name_at(page.text, joint.end())):
            if name[2] < _SURE or _GOES_ON.match(page.text, name[1]) is None:
                break
            yield Proposal(name[0], name[1], cls, 0.9, "title", f"in the same post, {post}")
            end = name[1]


def _appointed(page: Page) -> Iterator[Proposal]:
    """Those who are appointed or removed, with the post after the name."""
    for verb in _VERB.finditer(page.text):
        offset = verb.end()
        while name := name_at(page.text, offset):
            into = _INTO.match(page.text, name[1])
            found = _post_in(page, *into.span(1)) if into else None
            if found is None:
                break
            cls, post, end = found
            yield Proposal(name[0], name[1], cls, 0.95, "title", f"appointed or removed as {post}")
            further = _FURTHER.match(page.text, end)
            offset = further.end() if further else len(page.text)


def _introduced(page: Page) -> Iterator[Proposal]:
    """Those whom a notice presents with sex and birth."""
    for match in _PRESENTED.finditer(page.text) if _SEX.search(page.text) else ():
        name = name_at(page.text, match.start(1))
        if name is None or name[1] != match.end(1):
            continue
        now = _NOW.search(page.text, match.end(), match.end() + 160)
        found = _post_in(page, *now.span(1)) if now else None
        cls = found[0] if found else "Person"
        yield Proposal(name[0], name[1], cls, 0.95, "title", "presented with sex and birth")


def _post_in(page: Page, start: int, end: int) -> tuple[str, str, int] | None:
    """The last post in a stretch: the class of who holds it, its name, where it ends."""
    for hit in post_hits(page.text[start:end])[-1:]:
        low, high = start + hit.start, start + hit.end
        post = page.text[low:high]
        return rank(page.text, low, high, kind(post)), post, high
    return None


_SURE = 0.95
_JOINT = re.compile(r"(?:[（(][^()（）\n]{1,8}[)）])?[、，][ 　]?")
_GOES_ON = re.compile(r"[（(、，。；;\s]|$")
_VERB = re.compile(r"任命|免去|提名|聘任|补选|增选|推选|选举|调任")
_INTO = re.compile(r"(?:同志)?(?:[（(][^()（）\n]{1,8}[)）])?(?:为|的|任|担任|兼任|出任)([^，。；;\n]{2,40})")
_FURTHER = re.compile(r"(?:职务)?(?:[（(][^()（）\n]{1,16}[)）])?[，、；;]\s?")
_SEX = re.compile(r"[，,][男女][，,]")
_PRESENTED = re.compile(r"(?:^|[\n。；\s])([一-鿿]{2,4})(?:同志)?[，,][男女][，,]", re.MULTILINE)
_NOW = re.compile(r"(?:现任|现为|历任|拟任|拟提任|任)([^，。；;\n]{2,40})")
