"""What the pages know before they see a graph: classes, relations and texts in both languages, and their own code."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from kg.lexicon import table
from kg.views.looks import looks
from kg.vocabulary import vocabulary

STATUSES = ("asserted", "past", "planned", "negated")
"""Of a fact that is shown, in the order in which the pages number them."""


@cache
def knowledge() -> dict[str, Any]:
    """Classes, relations, statuses and texts.

    Raises:
        KnowledgeError: a data file is malformed.
    """
    terms = vocabulary()
    return {
        "classes": [
            {"name": name, "zh": terms.classes[name].labels["zh-Hans"], "en": terms.classes[name].labels["en"]}
            | {"light": look.light, "dark": look.dark, "outline": look.outline}
            for name, look in looks().items()
        ],
        "relations": [
            {"name": term.name, "zh": term.labels["zh-Hans"], "en": term.labels["en"], "symmetric": term.symmetric}
            for term in terms.relations.values()
        ],
        "statuses": STATUSES,
        "texts": table("views/texts.yml", dict[str, dict[str, str]]),
    }


@cache
def asset(*path: str) -> str:
    """A file of ``kg/views/assets`` as text."""
    return files("kg").joinpath("views", "assets", *path).read_text(encoding="utf-8")


@cache
def application() -> str:
    """All of ``assets/app/*.js`` in the order of their numbers, in one scope of its own."""
    folder = files("kg").joinpath("views", "assets", "app")
    names = sorted(path.name for path in folder.iterdir() if path.name.endswith(".js"))
    return '(() => {\n"use strict";\n' + "\n".join(asset("app", name) for name in names) + "})();"
