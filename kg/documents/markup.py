"""The article of an HTML page: its text, and what the page tells about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from kg.documents.dates import normalise
from kg.documents.metadata import Metadata, from_fields, from_text, pages

_MARKUP = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body|div|p|article|section|h[1-6]|table|figure|center|span|font)\b[^>]*>",
    re.IGNORECASE | re.DOTALL,
)
_PARAGRAPHS = re.compile(r"</p>|<br\s*/?>|</div>", re.IGNORECASE)
_BLOCKS = frozenset(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3"
    " h4 h5 h6 header hr html li main ol p pre section summary table tbody tfoot thead tr ul".split()
)
_CELLS = frozenset({"td", "th"})
_BLANKS = re.compile(r"[^\S\u3000]+")
_SITE = re.compile(r"\s*(?:[_|丨]|\s[-–—]\s|--|——).{1,30}$")
"""What a ``<title>`` carries behind the headline."""


def is_markup(text: str, start: int = 0) -> bool:
    """Whether a text is HTML, whatever its file is called."""
    return _MARKUP.match(text, start) is not None or len(_PARAGRAPHS.findall(text, start)) > 2


def article(html: str) -> tuple[str, Metadata]:
    """The text of a page's article, and what the page tells about it.

    Paragraphs are parted by blank lines, ``<br>`` is a line break, cells of a table are parted by tabs, items of a
    list begin with ``•``. Navigation, scripts, comments of readers and the like are left out.

    Args:
        html: a whole page or a piece of one.
    """
    tree = LexborHTMLParser(html)
    told = _from_meta(tree).or_else(_from_linked_data(tree))
    title = told.title or _heading(tree)
    page_date = told.date or _from_time(tree)
    body = tree.body or tree.root
    if body is None:
        return "", told
    _drop(tree)
    whole = _text(body)
    container = _container(tree)
    text = whole if container is None else _text(container)
    told = Metadata(title, page_date, told.author, told.publisher, told.url)
    return text, told.or_else(from_text(whole)).or_else(Metadata(url=_canonical(tree)))


def _from_meta(tree: LexborHTMLParser) -> Metadata:
    values: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        values.setdefault(key.strip().lower(), attributes.get("content") or "")
    return from_fields(values, pages().meta)


def _from_linked_data(tree: LexborHTMLParser) -> Metadata:
    """From schema.org's JSON-LD, which many news sites carry."""
    for node in tree.css('script[type="application/ld+json"]'):
        try:
            content: Any = msgspec.json.decode(node.text())
        except msgspec.DecodeError:
            continue
        for item in content if isinstance(content, list) else [content]:
            if isinstance(item, dict) and item.get("datePublished"):
                return Metadata(date=normalise(str(item["datePublished"])))
    return Metadata()


def _heading(tree: LexborHTMLParser) -> str:
    headings = [node for node in tree.css("h1") if node.text(strip=True)]
    if headings:
        return _BLANKS.sub(" ", headings[0].text()).strip()
    title = tree.css_first("title")
    return _SITE.sub("", _BLANKS.sub(" ", title.text()).strip()) if title else ""


def _from_time(tree: LexborHTMLParser) -> str:
    node = tree.css_first("time")
    return normalise(node.attributes.get("datetime") or node.text()) if node else ""


def _canonical(tree: LexborHTMLParser) -> str:
    node = tree.css_first("link[rel=canonical]")
    return (node.attributes.get("href") or "") if node else ""


def _drop(tree: LexborHTMLParser) -> None:
    """Take what is no article text out of the tree."""
    known = pages()
    tree.strip_tags(list(known.drop_tags))
    for node in tree.css("[class], [id]"):
        if node.tag in {"html", "body", "article", "main"}:
            continue
        words = re.split(r"[\s_-]+", f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}".lower())
        if not known.drop_words.isdisjoint(words):
            node.decompose()


@cache
def _containers() -> tuple[str, ...]:
    return pages().containers


def _container(tree: LexborHTMLParser) -> LexborNode | None:
    """The element that holds the article: a well-known one, else the one whose paragraphs hold most of the text."""
    for selector in _containers():
        nodes = tree.css(selector)
        if len(nodes) == 1 and len(nodes[0].text()) > 100:
            return nodes[0]
    paragraphs = [(node.parent, len(node.text())) for node in tree.css("p") if node.parent]
    sums: dict[int, int] = {}
    for parent, length in paragraphs:
        sums[parent.mem_id] = sums.get(parent.mem_id, 0) + length
    best = max(paragraphs, key=lambda pair: sums[pair[0].mem_id], default=None)
    if best is None or sums[best[0].mem_id] < 0.7 * sum(sums.values()):
        return None
    return best[0]


def _text(node: LexborNode) -> str:
    """The text below an element, laid out by its block elements."""
    parts: list[str] = []
    for separator, text in _runs(node):
        if parts and parts[-1].endswith(("\n", "\t")) or not parts:
            text = text.lstrip(" ")
        if separator == " ":
            parts.append(text)
        elif text.strip():
            parts.extend((separator, text.lstrip(" ")))
    lines = "".join(parts).split("\n")
    return "\n".join(line.strip(" ") for line in lines).strip("\n")


def _runs(root: LexborNode) -> Iterator[tuple[str, str]]:
    """Pieces of text, each with what parts it from the one before: a blank line, line break, tab, or nothing."""
    last_block, last_row, broken = -1, -1, False
    for node in root.traverse(include_text=True):
        if node.tag == "br":
            broken = True
        if node.tag != "-text":
            continue
        text = _BLANKS.sub(" ", node.text(deep=False))
        if not text.strip():
            if text and not broken:
                yield " ", text
            continue
        block, row, item = _place(node)
        if block == last_block:
            separator = "\n" if broken else " "
        elif row == last_row != 0:
            separator = "\t"
        else:
            separator = "\n" if row and last_row else "\n\n"
        yield separator, f"• {text.lstrip()}" if item and block != last_block else text
        last_block, last_row, broken = block, row, False


def _place(node: LexborNode) -> tuple[int, int, bool]:
    """The nearest block or cell around a text, the row of a table it is in (0: none), whether it is a list's item."""
    block, item = 0, False
    parent = node.parent
    while parent is not None:
        tag = parent.tag or ""
        if not block and (tag in _BLOCKS or tag in _CELLS):
            block, item = parent.mem_id, tag == "li"
        if tag == "tr":
            return block, parent.mem_id, False
        if tag in {"table", "body", "article"}:
            break
        parent = parent.parent
    return block, 0, item


__all__ = ["article", "is_markup"]
