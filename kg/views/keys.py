"""What a thing can be searched by: its names in all forms, Traditional script, and pinyin."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from opencc import OpenCC
from pypinyin import lazy_pinyin

from kg.model import Name

_LONGEST = 60
"""Of a name, in characters: beyond, nobody types."""


def search_keys(name: str, names: tuple[Name, ...]) -> str:
    """All forms of a name in lower case, one a line, the preferred first.

    >>> search_keys("徐汇区", ()).split()
    ['徐汇区', '徐匯區', 'xuhuiqu', 'xhq']
    """
    forms = dict.fromkeys((name, *(other.text for other in names)))
    return "\n".join(dict.fromkeys(key.lower() for form in forms for key in _keys(form[:_LONGEST])))


def _keys(form: str) -> Iterator[str]:
    yield form
    if not form.isascii():
        yield _converter().convert(form)
        syllables = lazy_pinyin(form)
        yield "".join(syllables)
        yield "".join(syllable[:1] for syllable in syllables)


@cache
def _converter() -> OpenCC:
    return OpenCC("s2t")
