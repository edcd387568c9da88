"""The article of an HTML page: its text, and what the page tells about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from kg.documents.dates import normalise
from kg.documents.metadata import Metadata, from_fields, from_text, pages

_MARKUP = re.compile(
    r"\s*(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype|html|head|body|div|p|article|section|h[1-6]|table|figure|center|span|font)\b[^>]*>",
    re.IGNORECASE | re.DOTALL,
)
_PARAGRAPHS = re.compile(r"</p>|<br\s*/?>|</div>", re.IGNORECASE)
_CELLS = frozenset({"td", "th"})
DEPTH = 60
"""How many elements around a text are looked at; pages made to break readers nest thousands."""
_OUTER = frozenset({"table", "body", "article"})
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
    lines = "".join(part for run in _runs(node) for part in run).split("\n")
    return "\n".join(line.strip(" ") for line in lines).strip("\n")


def _runs(root: LexborNode) -> Iterator[tuple[str, str]]:
    """Pieces of text, each with what parts it from the one before: a blank line, line breaks, tabs, or nothing."""
    block, row, parted = -1, 0, ""
    for node in root.traverse(include_text=True):
        if node.tag == "br":
            parted += "\n"
        elif node.tag in _CELLS:
            here = _row(node)
            parted = parted + "\t" if here == row else "\n" if row else "\n\n"
            row = here
        if node.tag != "-text":
            continue
        text = _BLANKS.sub(" ", node.text(deep=False))
        around, in_cell, in_item = _place(node)
        if not text.strip():
            yield "", text if around == block and not parted else ""
            continue
        if not in_cell:
            parted = "\n\n" if around != block else parted
            row = 0
        elif around != block and not parted:
            parted = " "
        mark = "• " if in_item and around != block else ""
        yield parted, mark + (text.lstrip(" ") if parted else text)
        block, parted = around, ""


def _place(node: LexborNode) -> tuple[int, bool, bool]:
    """The nearest block around a text; whether it is in a cell of a table, and whether it is an item of a list."""
    blocks = pages().block_tags
    block, is_item = 0, False
    for parent in islice(_ancestors(node), DEPTH):
        tag = parent.tag or ""
        if not block and tag in blocks:
            block, is_item = parent.mem_id, tag == "li"
        if tag in _CELLS:
            return block or parent.mem_id, True, False
        if tag in _OUTER:
            break
    return block, False, is_item


def _ancestors(node: LexborNode) -> Iterator[LexborNode]:
    while (parent := node.parent) is not None:
        yield parent
        node = parent


def _row(cell: LexborNode) -> int:
    """The row that a cell is in; -1 if none."""
    return next((parent.mem_id for parent in islice(_ancestors(cell), DEPTH) if parent.tag == "tr"), -1)


__all__ = ["article", "is_markup"]
