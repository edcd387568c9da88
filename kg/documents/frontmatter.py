"""YAML front matter: what a file says about its article before the article begins."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import yaml


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The head of a file."""

    fields: Mapping[str, str]
    """Plain values by key, in lower case; lists and mappings are left out."""
    end: int
    """Offset at which the article begins; 0 where there is no front matter."""


_HEAD = re.compile(r"\s*---[ \t]*(?:\r\n|[\r\n])(.*?)(?:\r\n|[\r\n])(?:---|\.\.\.)[ \t]*(?:\r\n|[\r\n]|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([^\s:#'\"-][^:\n]{0,40}?)[ \t]*:[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # all values stay strings: dates and numbers are ours to read


def front_matter(text: str) -> FrontMatter:
    """The front matter of a file's text.

    Heads that are not valid YAML (``title: 华为: 北大``) are read line by line, so that no field is lost.
    """
    head = _HEAD.match(text)
    if not head or not _FIELD.search(head[1]):
        return FrontMatter({}, 0)
    return FrontMatter(_fields(head[1]), head.end())


def _fields(head: str) -> dict[str, str]:
    try:
        content = yaml.load(head, Loader=_LOADER)  # noqa: S506 - builds nothing but strings, lists and dicts
    except yaml.YAMLError:
        content = None
    if not isinstance(content, dict):
        content = {key: value.strip("'\"") for key, value in _FIELD.findall(head)}
    return {str(key).strip().lower(): value.strip() for key, value in content.items() if isinstance(value, str)}
