"""Yields :class:`Construction`: the forms of ``kg/data/relations/*.yml`` as compiled patterns.

A form is a regular expression over a *strip* (see :mod:`kg.relations.strips`), in which every name is one
character that stands for its class. Beside the usual syntax it knows

==================  ==============================================================================
``{head:org}``      one name of a family of ``signatures.yml``; ``{head:org|park}`` of one of two
``{head:org*}``     the same, or an enumeration: A、B和C
``{each:org}``      an enumeration of two or more
``{product}``       short for ``{tail:product*}``
``{w}``             one of the construction's ``words``
``{title}``         a title of ``titles.yml``
``<8>``             up to eight characters of the same clause, no name but a field's among them
``<,8>``            the same, across commas
``<*8>``            the same, names allowed too
==================  ==============================================================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.errors import KnowledgeError
from kg.lexicon import table
from kg.relations.needs import Need, needs
from kg.relations.titles import titles
from kg.words import either

CLASSES = (
    "Company", "Institute", "Park", "District", "Official", "Person", "GovernmentBody",
    "Organization", "IndustryField", "Policy", "Event", "Product", "Place",
)  # fmt: skip
"""In the order of their characters in a strip."""

SLOT_BASE = 0xE000
SLOTS = f"{chr(SLOT_BASE)}-{chr(SLOT_BASE + len(CLASSES) - 1)}"
"""The characters that stand for names, as a range inside a character class."""

JOINING = ("、", "和", "与", "及")
"""What may stand between two names of an enumeration."""

SLOT = {name: chr(SLOT_BASE + i) for i, name in enumerate(CLASSES)}


@dataclass(frozen=True, slots=True)
class Signature:
    """Families of classes that a relation joins."""

    head: tuple[str, ...]
    tail: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """``signatures.yml``."""

    families: dict[str, tuple[str, ...]]
    relations: dict[str, Signature]


@dataclass(frozen=True, slots=True)
class Form:
    """An entry of a construction file."""

    name: str
    words: tuple[str, ...]
    """A strip without any of these cannot match."""
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A form, ready to be searched for."""

    expression: re.Pattern[str]
    needs: tuple[Need, ...]
    """Words and slots; a strip without one of each cannot match."""


@dataclass(frozen=True, slots=True)
class Construction:
    """One way to say one relation."""

    type: str
    name: str
    words: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    heads: frozenset[str]
    """Classes that the relation may have at its head, and below at its tail."""
    tails: frozenset[str]


@cache
def signatures() -> Signatures:
    """The classes that each relation may join."""
    found: Signatures = table("relations/signatures.yml", Signatures)
    return found


@cache
def classes(family: str) -> frozenset[str]:
    """The classes of a family, or of several joined by ``|``.

    Raises:
        KnowledgeError: no such family.
    """
    known = signatures().families
    unknown = set(family.split("|")) - known.keys()
    if unknown:
        raise KnowledgeError(f"relations/signatures.yml knows no family {min(unknown)}; add it there")
    return frozenset(name for part in family.split("|") for name in known[part])


@cache
def joins(relation: str) -> frozenset[tuple[str, str]]:
    """All pairs of classes that a relation may join."""
    signature = signatures().relations[relation]
    return frozenset(
        (head, tail) for h in signature.head for t in signature.tail for head in classes(h) for tail in classes(t)
    )


@cache
def constructions() -> tuple[Construction, ...]:
    """All constructions, by relation in the order of ``signatures.yml``."""
    return tuple(
        Construction(
            relation,
            f"{relation}/{form.name}",
            _needed(form),
            tuple(_pattern(f, form.words) for f in form.forms),
            frozenset(head for head, _ in joins(relation)),
            frozenset(tail for _, tail in joins(relation)),
        )
        for relation in signatures().relations
        for form in table(f"relations/{relation}.yml", tuple[Form, ...])
    )


def _pattern(form: str, words: tuple[str, ...]) -> Pattern:
    expression = compiled(form, words)
    slots = SLOT.values()
    telling = (need for need in needs(expression.pattern) if all(len(text) > 1 or text in slots for text in need))
    return Pattern(expression, tuple(telling))


def _needed(form: Form) -> tuple[str, ...]:
    """Words without which no form of a construction can match: those listed and those that the forms spell out."""
    spelt = (word for text in form.forms for word in re.findall("[\u4e00-\u9fff]{2,}", _TOKEN.sub("，", text)))
    return tuple(dict.fromkeys((*form.words, *spelt)))


_TOKEN = re.compile(r"\{(?:(?P<group>\w+):)?(?P<what>[\w|]+)(?P<many>\*?)\}|<(?P<across>[,*]?)(?P<gap>\d+)>")
_JOINT = "(?:[、及和与]|以及|，?以及|还有|同)"
_NAMES = "".join(slot for name, slot in SLOT.items() if name != "IndustryField")
_GAPS = {"": f"[^，。；：？！{_NAMES}]", ",": f"[^。；？！{SLOTS}]", "*": "[^。；？！]"}


def compiled(form: str, words: tuple[str, ...]) -> re.Pattern[str]:
    r"""A form as a regular expression.

    >>> bool(compiled("{head:firm}<4>{w}{tail:zone}", ("位于",)).search("\ue000总部位于\ue003"))
    True

    Raises:
        KnowledgeError: it names an unknown family or is no regular expression.
    """
    text = _TOKEN.sub(lambda m: _expanded(m, words), form)
    try:
        return re.compile(text)
    except re.error as error:
        raise KnowledgeError(f"data/relations: the form {form} is no pattern: {error}") from error


def _expanded(token: re.Match[str], words: tuple[str, ...]) -> str:
    group, what = token["group"], token["what"]
    if token["gap"]:
        return f"{_GAPS[token['across']]}{{0,{token['gap']}}}?"
    if group == "each":
        return _enumeration(what, least=1)
    if group:
        return f"(?P<{group}>{_enumeration(what) if token['many'] else _one(what)})"
    if what == "product":
        return f"(?P<tail>{_enumeration('product')})"
    fixed = {"w": f"(?:{either(words)})", "title": titles().phrase}
    return fixed.get(what, token[0])


def _one(family: str) -> str:
    return f"[{''.join(SLOT[name] for name in sorted(classes(family)))}]"


def _enumeration(family: str, least: int = 0) -> str:
    item = f"[{SLOT['Place']}{SLOT['District']}]?{_one(family)}"
    return f"{item}(?:{_JOINT}{item}){{{least},}}"
