"""Clues for events, policies, products and fields."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.lexicon import table
from kg.names.clue import Clue, Form, is_subsequence
from kg.names.folding import fold, plain
from kg.names.places import split_places


@dataclass(frozen=True, slots=True)
class TitleWords:
    """The content of ``identity/titles.yml``; the file explains the fields."""

    editions: tuple[str, ...]
    openers: tuple[str, ...]
    synonyms: dict[str, str]
    event_kinds: tuple[str, ...]
    policy_kinds: tuple[str, ...]
    policy_openers: tuple[str, ...]
    policy_notes: tuple[str, ...]
    field_tails: tuple[str, ...]
    product_tails: tuple[str, ...]
    honours: tuple[str, ...]
    surnames: tuple[str, ...]


@cache
def title_words() -> TitleWords:
    """The word lists, read once."""
    return table("identity/titles.yml", TitleWords)


# --- events ---------------------------------------------------------------------------------------------------------


def edition(short: Form, long: Form) -> Clue | None:
    """One says which year or number, the other does not (进博会 / 第五届进博会)."""
    if editions_of(short.name) and editions_of(long.name) and not _one_edition(short.name, long.name):
        return None
    left, right = series(short.name), series(long.name)
    if left == right and len(left) >= 2 and left not in title_words().event_kinds:
        return Clue(0.92, "the same series; only the edition differs in print")
    if _told(left) == _told(right) and len(_told(left)) >= 2 and _told(left) not in title_words().event_kinds:
        return Clue(0.85, "the same event, with or without its place")
    return None


def event_letters(short: Form, long: Form) -> Clue | None:
    """进博会 for 中国国际进口博览会: letters in order, the same last letter, a start the long name allows."""
    if not edition_agrees(short.name, long.name):
        return None
    left, right = _told(series(short.name)), _told(series(long.name))
    if not 3 <= len(left) < len(right) or left[-1] != right[-1]:
        return None
    if _is_beginning(left, right):
        return None
    placed = any(left[0] == step.name[:1] for step in split_places(series(long.name)).steps)
    if (left[0] == right[0] and is_subsequence(left, right)) or (placed and is_subsequence(left[1:], right)):
        return Clue(0.8, "an abbreviation with the same first and last letter")
    return None


def _is_beginning(left: str, right: str) -> bool:
    """Whether the short name merely leaves out later words: 人工智能大会 is not 人工智能开发者大会."""
    kind = next((k for k in title_words().event_kinds if left.endswith(k) and right.endswith(k)), "")
    return right.startswith(left.removesuffix(kind)) and len(left) > len(kind) + 1


def inner_theme(short: Form, long: Form) -> Clue | None:
    """The same quoted theme and the same kind (“春天里的中国”对话会 / “春天里的中国：…”对话会)."""
    left, right = series(short.name), series(long.name)
    head = _shared_head(left, right)
    if (
        short.name[:1] in _OPENING
        and head >= 5
        and left[head:]
        and right.endswith(left[head:])
        and edition_agrees(short.name, long.name)
    ):
        return Clue(0.75, "the same beginning and end; the long name adds words between")
    return None


def _shared_head(left: str, right: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))


def edition_agrees(left: str, right: str) -> bool:
    """Whether editions let two names be one: equal, or one says none."""
    return not editions_of(left) or not editions_of(right) or _one_edition(left, right)


def _one_edition(left: str, right: str) -> bool:
    """A year and a number do not contradict each other (2025年第九届, 第九届)."""
    a, b = editions_of(left), editions_of(right)
    numbers = [{e for e in s if "届" in e or "次" in e or "期" in e} for s in (a, b)]
    years = [{e[:4] for e in s if e[:4].isdigit()} for s in (a, b)]
    return all(not x or not y or x == y for x, y in (numbers, years))


@cache
def _editions() -> re.Pattern[str]:
    return re.compile("|".join(title_words().editions))


@lru_cache(maxsize=16384)
def editions_of(name: str) -> frozenset[str]:
    """What the name prints of its edition: {2025年, 第九届}."""
    return frozenset(
        m.group().rstrip("年度·-") if m.group()[:4].isdigit() else m.group() for m in _editions().finditer(plain(name))
    )


@lru_cache(maxsize=16384)
def series(name: str) -> str:
    """The name without its edition and without what brackets add, folded, synonyms evened out.

    >>> series("2025年第九届亚冬会")
    '亚冬会'
    """
    text = re.sub(r"\([^()]*\)", "", plain(name))
    text = fold(_editions().sub("", text))
    for word, usual in title_words().synonyms.items():
        text = text.replace(word, usual)
    return text


@lru_cache(maxsize=16384)
def _told(text: str) -> str:
    """Without places and 国际, 全国 … in front."""
    rest = text
    for opener in title_words().openers:
        rest = rest.removeprefix(opener)
    rest = split_places(rest).rest.lstrip("-—–")
    for opener in title_words().openers:
        rest = rest.removeprefix(opener)
    return rest or text


# --- policies -------------------------------------------------------------------------------------------------------


def titled(short: Form, long: Form) -> Clue | None:
    """With or without 关于, issuer or the bracketed version."""
    left, right = policy_core(short.name), policy_core(long.name)
    if len(left) < 4 or left in title_words().policy_kinds or not _same_numbers(left, right):
        return None
    if left == right:
        return Clue(0.97, "the same title; only marks, issuer or version differ")
    if _told(left) == _told(right) and _one_place(left, right):
        return Clue(0.88, "the same title, with or without the place")
    return None


def title_end(short: Form, long: Form) -> Clue | None:
    """The end of the title (产业行动方案 / …三大“新赛道”产业行动方案)."""
    left, right = policy_core(short.name), policy_core(long.name)
    if len(left) >= 6 and left != right and right.endswith(left) and left not in title_words().policy_kinds:
        return Clue(0.78, "the end of the long title")
    if len(left) >= 8 and _middle_dropped(left, right):
        return Clue(0.75, "the same beginning and end; the long title adds words between")
    return None


def title_kind(short: Form, long: Form) -> Clue | None:
    """《办法》 for the one 办法 of the page."""
    left, right = fold(short.name), policy_core(long.name)
    if left in title_words().policy_kinds and len(right) > len(left) + 2 and right.endswith(left):
        return Clue(0.74, "the kind of document stands for its title")
    return None


def _middle_dropped(left: str, right: str) -> bool:
    head = _shared_head(left, right)
    return head >= 5 and len(left) - head >= 2 and right.endswith(left[head:])


def _one_place(left: str, right: str) -> bool:
    a, b = split_places(left).steps, split_places(right).steps
    return not a or not b or a[-1].name == b[-1].name


@lru_cache(maxsize=16384)
def policy_core(name: str) -> str:
    """The title without 关于, marks and the version in brackets, folded."""
    text = plain(name)
    for note in title_words().policy_notes:
        text = re.sub(note, "", text)
    for opener in title_words().policy_openers:
        text = text.removeprefix(opener)
    return series(text)


# --- products -------------------------------------------------------------------------------------------------------


def described(short: Form, long: Form) -> Clue | None:
    """With or without a word that says what it is (智能擦除 / 智能擦除功能)."""
    left, right = fold(short.name), fold(long.name)
    if len(left) >= 2 and right.startswith(left) and right[len(left) :] in _product_tails():
        return Clue(0.85, "the long name adds what it is")
    if left == fold(re.sub(r"\([^()]*\)", "", plain(long.name))) and len(left) >= 2:
        return Clue(0.85, "the long name adds a bracket")
    return None


def latin_part(short: Form, long: Form) -> Clue | None:
    """The Latin part of a mixed name (ChatGPT / 聊天机器人ChatGPT, SenseCore / SenseCore…AI云)."""
    left = fold(short.name)
    runs = re.findall(r"[a-z][a-z0-9 .+\-]*[a-z0-9+]", plain(long.name).casefold())
    if len(left) >= 2 and re.fullmatch(r"[a-z0-9.+\-]+", left) and runs and fold(runs[0]) == left:
        return Clue(0.78, "the part of the long name in Latin letters")
    return None


def after_latin(short: Form, long: Form) -> Clue | None:
    """What follows the Latin part and says what it is (数据科学平台 / Orca Base数据科学平台)."""
    left, right = short.folded, long.folded
    head = right.removesuffix(left)
    if len(left) >= 4 and head != right and re.fullmatch(r"[a-z][a-z0-9+\-]*", head):
        return Clue(0.74, "the long name puts its Latin name in front")
    return None


@cache
def _product_tails() -> frozenset[str]:
    return frozenset(fold(word) for word in title_words().product_tails)


def quoted(short: Form, long: Form) -> Clue | None:
    """What stands in quotes inside the long name (元创未来 / ‘元创未来’元宇宙特色产业园区)."""
    for match in _QUOTED.finditer(long.name):
        if fold(match[1]) == fold(short.name) and len(fold(short.name)) >= 2:
            return Clue(0.85, "the quoted part of the long name")
    if short.name[:1] in _OPENING and long.folded.endswith(short.folded) and len(short.folded) >= 4:
        return Clue(0.82, "the long name ends with the quoted short one")
    return None


def bracketed(short: Form, long: Form) -> Clue | None:
    """What stands in brackets inside the long name (WAIC / 世界人工智能大会(WAIC)), if it is no place or remark."""
    for inner in re.findall(r"\(([^()]+)\)$", plain(long.name)):
        if fold(inner) == short.folded and len(short.folded) >= 2 and not split_places(inner).steps:
            return Clue(0.9, "the bracket of the long name")
    return None


_QUOTED = re.compile(r"[“\"‘「『《〈]([^”\"’」』》〉]{2,20})[”\"’」』》〉]")
_OPENING = frozenset('“"‘「『')


# --- fields ---------------------------------------------------------------------------------------------------------


def one_field(short: Form, long: Form) -> Clue | None:
    """With or without 产业, 行业, 技术 (区块链 / 区块链技术)."""
    if field_core(short.name) == field_core(long.name):
        return Clue(0.95, "the same field, with or without 产业, 行业, 技术")
    return None


@lru_cache(maxsize=16384)
def field_core(name: str) -> str:
    """The name of the field without 产业 and its like; never empty.

    >>> field_core("人工智能产业")
    '人工智能'
    """
    text = fold(name).replace("+", "")  # 制造业+人工智能
    for tail in title_words().field_tails:
        if text.endswith(tail) and len(text) >= len(tail) + 2:
            return text[: -len(tail)]
    return text


def _same_numbers(left: str, right: str) -> bool:
    numbers = [set(re.findall(r"\d+", text)) for text in (left, right)]
    return numbers[0] <= numbers[1] or numbers[1] <= numbers[0]


def same_numbers(left: str, right: str) -> bool:
    """Whether the digits in two names let them be one: equal, or one has none."""
    return _same_numbers(fold(left), fold(right))
