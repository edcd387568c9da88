"""Terms as Turtle writes them: names, literals, numbers, times.

A term is a string: ``sie:Company``, ``<https://…>``, ``"徐汇区"@zh-Hans``, ``0.85``. Literals keep to escapes
that Turtle, N-Triples and JSON share, so that one spelling serves all formats.
"""

from __future__ import annotations

import math
import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import blake2b
from types import MappingProxyType

from kg.errors import InputError
from kg.model import Span

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "sie": "https://w3id.org/shanghai-innovation#",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "oa": "http://www.w3.org/ns/oa#",
        "org": "http://www.w3.org/ns/org#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "skosxl": "http://www.w3.org/2008/05/skos-xl#",
        "sosa": "http://www.w3.org/ns/sosa/",
        "time": "http://www.w3.org/2006/time#",
        "void": "http://rdfs.org/ns/void#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
"""Of the graphs we write; ``id`` joins them for the resources themselves."""

TAGS: Mapping[str, str] = MappingProxyType({"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"})
"""Lower case to the form we use: some stores fold language tags."""

# Lone surrogates, U+0000 and the code points that Unicode calls no characters: RDF tools refuse them or lose them.
_LOST = "\x00\ud800-\udfff\ufdd0-\ufdef" + "".join(
    chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF)
)
_ODD = re.compile(f'[\x01-\x1f"\\\\\x7f-\x9f\u2028\u2029{_LOST}]')
_REPLACED = re.compile(f"[{_LOST}]")
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_BASE = re.compile(r"(?:https?://[A-Za-z0-9.-]+(?::[0-9]+)?/|urn:[a-z0-9-]+:)(?:[A-Za-z0-9._~:/-]*[/:#])?")
_LINK = re.compile(
    r"https?://[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?::[0-9]{1,5})?"
    r"(?:[/?](?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?(?:#(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?"
)
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*)")
_IRI = re.compile(r"[a-z][a-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+")
_TIME = re.compile(r"[1-9][0-9]{3}(?:-[0-9]{2}){0,2}")
_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}


def check_base(iri: str) -> str:
    """The base IRI itself, if resources can be named below it.

    Raises:
        InputError: it is not an absolute ASCII IRI that ends in ``/``, ``#`` or ``:``.
    """
    if not _BASE.fullmatch(iri):
        raise InputError(
            f"base IRI {iri!r}: needs an absolute http(s) or urn IRI in ASCII that ends in '/', '#' or ':', "
            "such as https://example.org/id/"
        )
    return iri


def named(base: str, iri: str) -> str:
    """A resource's IRI as a term, ``id:…`` where it lies right below the base.

    Raises:
        InputError: no IRI that every store accepts.
    """
    local = iri.removeprefix(base)
    if local != iri and _LOCAL.fullmatch(local):
        return f"id:{local}"
    if not _IRI.fullmatch(iri) or iri.count("#") > 1:
        raise InputError(f"{iri!r} is no IRI in ASCII; choose other ids or another base IRI")
    return f"<{iri}>"


def link(url: str) -> str:
    """A page's address as a term: an IRI where it is a sound web address, else a literal."""
    return f"<{url}>" if _LINK.fullmatch(url) else text(url)


def mint(kind: str, *parts: object) -> str:
    """A resource named by a hash of what it says: the same parts give the same term in every build."""
    content = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return f"id:{kind}-{blake2b(content, digest_size=12).hexdigest()}"


def text(value: str, language: str = "") -> str:
    """A literal. What no RDF tool is sure to carry (lone surrogates, U+0000, noncharacters) becomes U+FFFD.

    Args:
        value: any string.
        language: ``zh-Hans``, ``zh-Hant`` or ``en``; empty: a plain string.
    """
    if _ODD.search(value):
        value = _ODD.sub(_escape, value)
    return f'"{value}"@{language}' if language else f'"{value}"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if _REPLACED.match(character):
        return "\N{REPLACEMENT CHARACTER}"
    return _SHORT.get(character) or f"\\u{ord(character):04X}"


def number(value: float) -> str:
    """A decimal, or a double where a decimal would be too long or cannot say it."""
    if math.isnan(value):
        return '"NaN"^^xsd:double'
    if math.isinf(value):
        return '"INF"^^xsd:double' if value > 0 else '"-INF"^^xsd:double'
    return repr(float(value))


def moment(value: str) -> str:
    """A year, month or day as a typed literal; anything else as a plain string."""
    kind = time_type(value)
    return f'"{value}"^^xsd:{kind}' if kind else text(value)


def time_type(value: str) -> str:
    """``gYear``, ``gYearMonth`` or ``date``; empty where the value is none of them or not in the calendar."""
    return _TYPES[len(value)] if days(value)[0] else ""


@cache
def days(value: str) -> tuple[str, str]:
    """First and last day of a year, month or day; both empty where the value is none or not in the calendar.

    >>> days("2021-02")
    ('2021-02-01', '2021-02-28')
    """
    if not _TIME.fullmatch(value):
        return "", ""
    year, month, day = (*map(int, value.split("-")), 0, 0)[:3]
    if month > 12 or ("-" in value and not month):
        return "", ""
    last = monthrange(year, month or 12)[1]
    if day > last or (len(value) == 10 and not day):
        return "", ""
    return f"{year}-{month or 1:02}-{day or 1:02}", f"{year}-{month or 12:02}-{day or last:02}"


def chars(spans: Iterable[Span]) -> str:
    """Spans as ``12,20;30,34``."""
    return ";".join(f"{start},{end}" for start, end in spans)
