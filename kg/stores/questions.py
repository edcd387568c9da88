"""The competency questions: ``ontology/queries/*.rq``, each with a title, and the text of what a user asks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import InputError
from kg.vocabulary import ontology_folder

# What may hold the word SERVICE without calling one: texts, IRIs, comments.
_SILENT = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""' + r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"' + r"|'(?:[^'\\\n\r]|\\.)*'|<[^<>\"{}|^`\\\s]*>|#[^\n]*",
    re.DOTALL,
)
_VERB = re.compile(r"(?:\s|#[^\n]*\n)*(?:PREFIX|BASE|SELECT|ASK|CONSTRUCT|DESCRIBE)\s", re.IGNORECASE)
_SERVICE = re.compile(r"(?<![\w?$:.-])SERVICE(?![\w:-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """One query that ships with kg."""

    name: str
    """What ``kg query`` knows it by."""
    title: str
    """The question in English."""
    title_zh: str
    """The question in Chinese."""
    text: str
    """SPARQL."""


@cache
def questions() -> tuple[Question, ...]:
    """All competency questions by name."""
    return tuple(_question(path) for path in sorted((ontology_folder() / "queries").glob("*.rq")))


def _question(path: Path) -> Question:
    text = path.read_text(encoding="utf-8")
    titles = dict(re.findall(r"^# (title(?:-zh)?): (.+)$", text, re.MULTILINE))
    return Question(path.stem, titles["title"], titles["title-zh"], text)


def query_text(asked: str) -> str:
    """The SPARQL of what a user asks: a question's name, a file, or the query itself.

    Raises:
        InputError: it is none of them, or a file that cannot be read.
    """
    found = next((question.text for question in questions() if question.name == asked), "")
    if found:
        return found
    if "{" in asked or _VERB.match(asked):
        return asked
    try:
        return Path(asked).read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        names = ", ".join(question.name for question in questions())
        raise InputError(f"{asked!r} is neither SPARQL, nor a file, nor one of the questions: {names}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{asked}: cannot be read as UTF-8 ({error})") from error


def require_local(query: str) -> str:
    """The query itself, if it asks nothing but the graph.

    Raises:
        InputError: it calls another endpoint by SERVICE.
    """
    if _SERVICE.search(_SILENT.sub(" ", query)):
        raise InputError("SERVICE is refused: queries are answered from the graph alone, never from the network")
    return query
