"""Persons by their posts and by what they say; officials by the organ that the post is in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.lexicon import table
from kg.mentions.page import Page
from kg.model import Proposal
from kg.words import Hit, Words, flat


@dataclass(frozen=True, slots=True)
class Titles:
    """Posts by whether they make an official."""

    official: tuple[str, ...]
    ambiguous: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Persons:
    """The file ``data/mentions/persons.yml``."""

    surnames: str
    compound: tuple[str, ...]
    titles: Titles
    speech: tuple[str, ...]
    followers: tuple[tuple[str, ...], ...]
    bylines: tuple[str, ...]
    hidden: tuple[str, ...]
    words: tuple[str, ...]
    translit: str
    never_last: str
    loud: tuple[str, ...]
    organs: tuple[str, ...]
    outside: tuple[str, ...]


def persons(page: Page) -> Iterator[Proposal]:
    """Names after a post, names before a post or a verb of speech, foreign names with a dot."""
    yield from _after_titles(page)
    yield from _speakers(page)
    yield from _foreign(page)


def _after_titles(page: Page) -> Iterator[Proposal]:
    """书记徐枫, CEO 伍涛, 教授、博导李某某."""
    for post, (start, end, score), cls in holders(page.text):
        yield Proposal(start, end, cls, score, "title", f"after the post {page.text[post.start : post.end]}")


@lru_cache(maxsize=8)
def holders(text: str) -> tuple[tuple[Hit[str], tuple[int, int, float], str], ...]:
    """The posts that a name follows: the post, the name as :func:`name_at` finds it, its class."""
    named = ((post, name_at(text, post.end)) for post in post_hits(text))
    return tuple((post, name, rank(text, *post)) for post, name in named if name)


@lru_cache(maxsize=8)
def post_hits(text: str) -> tuple[Hit[str], ...]:
    """The posts in a text, each with its kind; 委员 in 委员会 is none."""
    return tuple(h for h in _titles().find(text) if h.value != "byline" and not text.startswith("会", h.end))


def name_at(text: str, offset: int) -> tuple[int, int, float] | None:
    """The Chinese name that begins at ``offset`` (a blank may stand before): its stretch and how sure it is."""
    match = _surname().match(text, offset)
    if match is None or _words().match(text, match.start(1)):
        return None
    start, given = match.start(1), match.end(1)
    ends = [end for end in (given + 2, given + 1) if _is_given(text, given, end)]
    if not ends:
        return None
    fit, end = max((_fit(text, end), end) for end in ends)
    return start, end, (0.5, 0.85, 0.95)[fit]


def _is_given(text: str, start: int, end: int) -> bool:
    """Whether a given name can stand there: characters, the last no particle, no form of address."""
    return (
        _HAN.fullmatch(text, start, end) is not None
        and text[end - 1] not in _table().never_last
        and text[end : end + 1] not in _DOTS
        and not _hidden().match(text, start, end + 2)
    )


def _fit(text: str, end: int) -> int:
    """How well a name ends here: 2 before a verb of speech, a post, the end of the clause; 1 before a particle."""
    match = _follows().match(text, end)
    if match is None:
        return 0
    return 1 if len(match.group()) == 1 and match.group() in _particles() else 2


def _speakers(page: Page) -> Iterator[Proposal]:
    """…。黄岩说; …，伍涛CEO; 姚期智院士."""
    for match in _speaker().finditer("\n" + page.text):
        start, end = match.start(1) - 1, match.end(1) - 1
        if _words().match(page.text, start) or _hidden().match(page.text, start + 1, end):
            continue
        post = match.group(2)
        score, source = (0.85, "title") if post in _kinds() else (0.7, "speech")
        cls = rank(page.text, match.start(2) - 1, match.end(2) - 1, _kinds()[post]) if post in _kinds() else "Person"
        yield Proposal(start, end, cls, score, source, f"before {post}")


def _foreign(page: Page) -> Iterator[Proposal]:
    """罗杰·科恩伯格: characters that transcribe foreign names, with a dot."""
    for match in _dotted().finditer(page.text) if _DOT.search(page.text) else ():
        start = match.start()
        for post in _titles().find(page.text[max(0, start - 12) : match.end()]):
            end = max(0, match.start() - 12) + post.end
            if start < end < match.start() + 4:
                start = end  # 主|任托马斯 → 主任|托马斯
        before = _before_title().search(page.text, max(0, start - 12), start)
        cls = rank(page.text, before.start(1), start, _kinds()[before.group(1)]) if before else "Person"
        yield Proposal(start, match.end(), cls, 0.9, "foreign name", "foreign name with a dot")


def is_hidden(name: str) -> bool:
    """Whether a name tells no more than a surname: 吴女士, 李某某, 王先生."""
    return name.endswith(_FORMS_OF_ADDRESS)


_FORMS_OF_ADDRESS = ("女士", "先生", "小姐", "某", "阿姨", "大爷", "奶奶", "同学", "师傅")


def kind(post: str) -> str:
    """``official``, ``ambiguous`` or ``other``; a post that is not listed is other."""
    return _kinds().get(post, "other")


def rank(text: str, start: int, end: int, post_kind: str) -> str:
    """Whether the holder of the post ``text[start:end]`` is an official.

    An ambiguous post (主任) is official where the house before it is an organ of state.
    """
    chain = _CLAUSE.split(text[max(0, start - 40) : end])[-1]
    if post_kind == "official" or _official_post().search(chain):
        return "Official"
    house = _posts().sub("", chain).rstrip()
    if post_kind == "ambiguous" and not house:
        return _inherited(text, start)
    if post_kind == "ambiguous" and not _outside().search(house) and (_organ().search(house) or _PARTY.search(chain)):
        return "Official"
    return "Person"


def _inherited(text: str, start: int) -> str:
    """What the holder of a post without a house is: as those whose house the sentence named before (…；副主任…)."""
    begin = max(text.rfind("\n", 0, start), text.rfind("。", 0, start), start - _REACH) + 1
    before = post_hits(text[begin:start])
    return rank(text, begin + before[-1].start, begin + before[-1].end, before[-1].value) if before else "Person"


_REACH = 100
_PARTY = re.compile(r"党[委组]书记$|工委书记$")
_DOTS, _DOT = tuple("·•・"), re.compile(r"[·•・]")
_HAN = re.compile(r"[一-鿿]+")
_CLAUSE = re.compile(r"[。！？!?；;，,\n“”]")


@cache
def _table() -> Persons:
    return table("mentions/persons.yml", Persons)


@cache
def _kinds() -> dict[str, str]:
    """Post → ``official``, ``ambiguous`` or ``other``; a post on several lists is as the later one says."""
    titles = _table().titles
    return (
        dict.fromkeys(titles.official, "official")
        | dict.fromkeys(titles.other, "other")
        | dict.fromkeys(titles.ambiguous, "ambiguous")
    )


@cache
def _titles() -> Words[str]:
    return Words(_kinds() | dict.fromkeys(_table().bylines, "byline"))


@cache
def _words() -> re.Pattern[str]:
    return _either(_table().words)


@cache
def _hidden() -> re.Pattern[str]:
    return re.compile(_either(_table().hidden).pattern + r"|[一-鿿]?(?:女士|先生|小姐|某)")


@cache
def _surname() -> re.Pattern[str]:
    compound = "|".join(_table().compound)
    return re.compile(rf"[ 　]?((?:{compound}|[{_table().surnames}]))")


@cache
def _follows() -> re.Pattern[str]:
    words = [*flat(_table().followers), *_table().speech, *_kinds()]
    return re.compile(_either(words).pattern + r"|[^一-鿿·]|$")


@cache
def _particles() -> frozenset[str]:
    return frozenset(w for w in flat(_table().followers) if len(w) == 1)


@cache
def _speaker() -> re.Pattern[str]:
    """A name and its verb or post, after a mark."""
    compound = "|".join(_table().compound)
    name = rf"(?:(?:{compound})[一-鿿]{{1,2}}|[{_table().surnames}][一-鿿]{{1,2}}?)"
    verbs = "|".join(
        sorted([*_table().loud, *_table().titles.other, *_table().titles.ambiguous], key=len, reverse=True)
    )
    return re.compile(
        rf"[。，,；;：:！？!?”’」』\n、\s（(]({name})(?:还|则|也|又|曾|向记者|对记者|告诉记者|进一步|同时|补充)?({verbs})"
    )


@cache
def _dotted() -> re.Pattern[str]:
    chars = _table().translit
    return re.compile(rf"[{chars}]{{1,6}}(?:[·•・][{chars}]{{1,7}}){{1,3}}")


@cache
def _before_title() -> re.Pattern[str]:
    return re.compile("(" + "|".join(sorted(_kinds(), key=len, reverse=True)) + ")$")


@cache
def _official_post() -> re.Pattern[str]:
    return _either(_table().titles.official)


@cache
def _posts() -> re.Pattern[str]:
    """A chain of posts at the end: 主任、党组书记."""
    return re.compile(rf"(?:{_either(list(_kinds())).pattern}|[、兼和及原]|[一二]级)+$")


@cache
def _organ() -> re.Pattern[str]:
    """A house whose name ends as an organ of state, or is a part of one (…委员会国际合作中心)."""
    return re.compile(rf"{_either(_table().organs).pattern}$|委员会|管委会|人民政府|国务院")


@cache
def _outside() -> re.Pattern[str]:
    return re.compile(_either(_table().outside).pattern + "$")


def _either(words: list[str] | tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(map(re.escape, sorted(set(words), key=len, reverse=True))) + ")")
