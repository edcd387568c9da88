"""Sentences of a text, by punctuation and line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Span

_CLOSERS = r"”’」』》）)\]】〕\"'"
_SENTENCE = re.compile(
    r"(?=\S)[^。！？!?\n]*"
    # ? and ! inside an address or a Latin name end nothing
    r"(?:(?<=[A-Za-z0-9/])[!?](?=[A-Za-z0-9=&/])[^。！？!?\n]*)*"
    rf"(?:[。！？!?]+[{_CLOSERS}]*)?"
)
_SAYING = re.compile(r"[^。！？!?\n，；]{1,14}(?:说|(?<!知)道|表示|称|指出|介绍|强调|透露|坦言|认为|告诉记者)。")
"""Who said it, when it stands behind the quotation: a sentence of its own only in form."""


def split(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The sentences of a stretch of text, in order, without the blanks around them.

    A sentence ends at 。！？ with the brackets and quotes that close behind them, and at a line break. ； does not end
    one: what it parts mostly shares a subject. A short ``…说。`` behind a quotation belongs to it.

    Args:
        text: Simplified text.
        start: where the stretch begins, in code points.
        end: where it ends, exclusive; None: at the end of the text.

    Yields:
        Spans into ``text``; together they hold all of the stretch that is not blank.
    """
    end = len(text) if end is None else end
    while start < end and (found := _SENTENCE.search(text, start, end)):
        stop = found.end()
        if text[stop - 1] in _QUOTES and (saying := _SAYING.match(text, stop, end)):
            stop = saying.end()
        yield Span(found.start(), found.start() + len(text[found.start() : stop].rstrip()))
        start = stop


_QUOTES = '”」』"’'
