"""Yields the posts that a strip prints around a person's name: 徐汇区科委主任、党组书记张宇; 张宇，某公司总经理."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from kg.model import Status
from kg.relations.discourse import Discourse
from kg.relations.findings import Finding
from kg.relations.grammar import SLOT, SLOTS, classes
from kg.relations.scene import Scene
from kg.relations.strips import Strip
from kg.relations.titles import titles

_PERSON = re.compile(f"[{SLOT['Person']}{SLOT['Official']}]")
_SLOT = re.compile(f"[{SLOTS}]")
_JOINED = re.compile(f"{_PERSON.pattern}[和与及、](?P<title>[^，。；：{SLOTS}]{{2,6}})$")
_ORGANS = classes("gov")
_MARKS = re.compile("[，。；：？！]")
_HOLDERS = classes("org|site|event|policy")
_BODIES = classes("org|park")
_BARE = 4
"""Longest name of an organ that does not say whose it is: 区委, 区政府, 区人大."""
_SHANGHAI = re.compile("^上海市?")
_AFTER = re.compile(
    "^(?:教授|院士|研究员|博士|主任|院长|所长|校长|书记|局长|区长|总经理|董事长|总裁|会长|秘书长|先生（)"
)
_SINCE = re.compile(r"(?:自|从)?(\d{4})年(?:(\d{1,2})月)?(?:至今|起|以来|开始|加入|担任|出任|就任|任|接任|履新)")
_UNTIL = re.compile(r"(\d{4})年?(?:至|到|-|—|—|~|～)(\d{4})年")


@dataclass(frozen=True, slots=True)
class Post:
    """An organisation and what somebody is there."""

    position: int
    """Of the organisation in the strip; -1 where it is not printed beside the title."""
    title: str


def find(scene: Scene, sentence: int, strip: Strip, discourse: Discourse) -> Iterator[Finding]:
    """Posts printed before or after each person of the strip."""
    shared: list[tuple[int, Post, str]] = []
    for match in _PERSON.finditer(strip.text):
        person = match.start()
        found = [(tail, post, "before") for post in _before(strip, person) for tail in _tail(scene, strip, post)]
        found = found or [(tail, post, "after") for post in _after(strip, person) for tail in _tail(scene, strip, post)]
        found = found or _of_topic(scene, strip, person, discourse) or _beside(scene, strip, person)
        if not found and person > 1 and strip.text[person - 1] in "、和" and _PERSON.match(strip.text[person - 2]):
            found = [(tail, post, "shared") for tail, post, _ in shared]
        shared = found
        for tail, post, rule in found:
            raw = Finding(
                strip.at[person], "holdsPosition", tail, sentence, f"holdsPosition/{rule}", _status(strip, post),
                post.title,
            )  # fmt: skip
            yield from expanded(scene, raw, strip.text)


def expanded(scene: Scene, post: Finding, text: str) -> Iterator[Finding]:
    """A post for each title of a phrase, held where that title is held, and what a founder founded.

    Args:
        scene: the page.
        post: a finding whose role may name several titles.
        text: the strip, which may tell the time.
    """
    start, end = times(text)
    for title in re.split("[、兼]", post.role):
        role = title.removeprefix("任").strip("的")
        tail = _home(scene, post.tail, role)
        status: Status = "planned" if titles().future.search(role) else post.status
        yield replace(post, tail=tail, role=role, status=status, start=start, end=end)
        if titles().founder.search(role) and scene.mentions[tail].cls in _BODIES and status != "planned":
            rule = post.rule.replace("holdsPosition", "foundedBy")
            yield Finding(tail, "foundedBy", post.head, post.sentence, rule)


def _before(strip: Strip, person: int) -> Iterator[Post]:
    """Posts that end at the person's name, the nearest first."""
    end = person
    text = strip.text
    if end and text[end - 1] == "：":
        end -= 1
    while True:
        holder = max((p for p in strip.at if p < end), default=-1)
        title = text[holder + 1 : end].strip("、兼的")
        if holder < 0 or not _is_title(title):
            return
        if _PERSON.match(text, holder):
            yield from _of_colleague(strip, holder, title)
            return
        yield Post(holder, title)
        end = holder
        if end and text[end - 1] in "、兼，":
            end -= 1
        elif not (end and _ends_in_title(text, end)):
            return


def _of_colleague(strip: Strip, person: int, title: str) -> Iterator[Post]:
    """The post of somebody named right after a person of the same house: 某公司董事长某甲、总工程师某乙."""
    if strip.text[person + 1] == "、" and not titles().local.search(title):
        yield from (Post(post.position, title) for post in islice(_before(strip, person), 1))


def _after(strip: Strip, person: int) -> Iterator[Post]:
    """Posts that begin at the person's name: an apposition, or a title after it."""
    text = strip.text
    start = person + 1
    if start < len(text) and text[start] in "，（：":
        start += 1
    stop = _MARKS.search(text, start)
    end = min(stop.start() if stop else len(text), text.find("）", start) % (len(text) + 1))
    positions = [p for p in sorted(strip.at) if start <= p < end]
    if positions and positions[0] == start:
        for holder, following in zip(positions, [*positions[1:], end], strict=True):
            title = text[holder + 1 : following].strip("、兼的")
            if not _is_title(title):
                return
            yield Post(holder, title)
        return
    suffix = _AFTER.match(text[person + 1 :])
    if suffix and person and person - 1 in strip.at:
        yield Post(person - 1, suffix[0])
    elif suffix and person > 1 and text[person - 1] == "的" and person - 2 in strip.at:
        yield Post(person - 2, suffix[0])


def _of_topic(scene: Scene, strip: Strip, person: int, discourse: Discourse) -> list[tuple[int, Post, str]]:
    """A bare title before the name: it is held where the page speaks of."""
    left = max(strip.text.rfind(mark, 0, person) for mark in "，。；：") + 1
    title = strip.text[left:person]
    if _SLOT.search(title) or len(title) > 10 or not _is_title(title):
        return []
    printed = [strip.at[p] for p in sorted(strip.at) if p < left and scene.mentions[strip.at[p]].cls in _BODIES]
    tail = printed[-1] if printed else discourse.subject(_BODIES)
    if any(titles().local.search(part) for part in title.split("、")):
        home = _local(scene, title)
        tail = tail if home is None else home
    return [] if tail is None else [(tail, Post(-1, title), "topic~")]


def _beside(scene: Scene, strip: Strip, person: int) -> list[tuple[int, Post, str]]:
    """A 市长 or 区长 named after somebody of the same city or district: 上海市委书记某甲和市长某乙."""
    match = _JOINED.search(strip.text, 0, person)
    if match is None or not titles().local.search(match["title"]) or not _is_title(match["title"]):
        return []
    bodies = [strip.at[p] for p in sorted(strip.at) if p < match.start() and scene.mentions[strip.at[p]].cls in _ORGANS]
    home = _home(scene, bodies[-1], match["title"]) if bodies else None
    return [] if home is None or home == bodies[-1] else [(home, Post(-1, match["title"]), "beside")]


def _is_title(text: str) -> bool:
    """Whether the text is one or several titles and nothing else."""
    return bool(
        2 <= len(text) <= 28
        and not _MARKS.search(text)
        and titles().head.search(text)
        and not titles().not_title.search(text)
    )


def _ends_in_title(text: str, end: int) -> bool:
    return bool(titles().head.search(text[max(0, end - 8) : end]))


def _tail(scene: Scene, strip: Strip, post: Post) -> list[int]:
    """The mention that the post is held in."""
    index = strip.at[post.position]
    return [index] if scene.mentions[index].cls in _HOLDERS else []


def _status(strip: Strip, post: Post) -> Status:
    before = strip.text[max(0, post.position - 2) : max(0, post.position)]
    past = before.endswith(("原", "时任", "曾任")) or titles().past.search(post.title)
    return "past" if past else "asserted"


def times(text: str) -> tuple[str, str]:
    """Start and end of the post as the sentence tells them, ISO 8601."""
    span = _UNTIL.search(text)
    if span:
        return span[1], span[2]
    since = _SINCE.search(text)
    if not since:
        return "", ""
    return (f"{since[1]}-{int(since[2]):02d}" if since[2] else since[1]), ""


def _home(scene: Scene, tail: int, role: str) -> int:
    """The district or city itself for a 区长 or 市长 printed after one of its organs, where the page names it."""
    mention = scene.mentions[tail]
    if mention.cls != "GovernmentBody" or not titles().local.search(role):
        return tail
    cls = "District" if role.endswith("区长") else "Place"
    for index, other in enumerate(scene.mentions):
        if other.cls == cls and (_SHANGHAI.sub("", other.name) or other.name)[:2] in mention.name:
            return scene.group[index]
    home = _local(scene, role) if len(mention.name) <= _BARE else None
    return tail if home is None else home


def _local(scene: Scene, title: str) -> int | None:
    """The district that a page is about, for its 区长."""
    if not title.endswith("区长"):
        return None
    named = Counter(group for group in scene.group if scene.mentions[group].cls == "District")
    return min(named, key=lambda group: (-named[group], group), default=None)
