"""The ontology as a page to read: every term with its names, meaning and place, in HTML.

Run as ``python -m kg.stores.handbook docs/ontology.html``, which ``make docs`` does. The page is made from
``ontology.ttl`` alone, in its order, so it is never older than the ontology.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.errors import KgError
from kg.files import write_whole
from kg.rdf.library import from_triples
from kg.stores.questions import questions
from kg.stores.source import triples
from kg.vocabulary import NAMESPACE, ontology_folder, vocabulary

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --accent: #1a6f8f; }
body { font: 16px/1.5 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; margin: 0 auto;
  max-width: 62rem; padding: 1rem 1.2rem 4rem; }
h1 { margin-bottom: 0; } h2 { margin-top: 2.5rem; border-bottom: 2px solid var(--accent); }
h3 { margin: 1.6rem 0 .2rem; } h3 small { font-weight: normal; opacity: .75; }
p { margin: .2rem 0; } nav a { margin-right: .8em; white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .3rem 0; font-size: .92em; }
dt { opacity: .7; } dd { margin: 0; } code { font-size: .95em; } a { color: var(--accent); }
"""
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Shanghai innovation ecosystem: ontology</title>
<style>{style}</style>
</head>
<body>
<h1>Shanghai innovation ecosystem</h1>
<p>Ontology, version {version}. Namespace <code>{namespace}</code>, prefix <code>sie</code>.</p>
<p>{about}</p>
<nav>
{contents}</nav>
{terms}<h2>Questions</h2>
<dl>
{questions}</dl>
</body>
</html>
"""
_ROWS = (
    ("wider", (RDFS.subClassOf, RDFS.subPropertyOf)),
    ("from", (RDFS.domain,)),
    ("to", (RDFS.range,)),
    ("inverse", (OWL.inverseOf,)),
)


def handbook() -> str:
    """The page."""
    source = ontology_folder() / "ontology.ttl"
    graph = from_triples(triples(source))
    for prefix, space in (("schema", "https://schema.org/"), ("foaf", "http://xmlns.com/foaf/0.1/")):
        graph.bind(prefix, space)
    names = dict.fromkeys(str(triple.subject).strip("<>") for triple in triples(source))
    sections = tuple(_sections(graph, tuple(URIRef(name) for name in names if name.startswith(NAMESPACE))))
    ontology = URIRef(NAMESPACE.removesuffix("#"))
    return _PAGE.format(
        style=_STYLE,
        namespace=NAMESPACE,
        version=escape(str(graph.value(ontology, OWL.versionInfo))),
        about=escape(_in(graph, ontology, "en", DCTERMS.description)),
        contents="".join(f"<p><b>{title}</b> {_links(graph, terms)}</p>\n" for title, terms in sections),
        terms="".join(
            f"<h2>{title}</h2>\n{''.join(_term(graph, term) for term in terms)}" for title, terms in sections
        ),
        questions="".join(
            f"<dt><code>{q.name}</code></dt><dd>{escape(q.title)} {escape(q.title_zh)}</dd>\n" for q in questions()
        ),
    )


def _sections(graph: Graph, terms: tuple[URIRef, ...]) -> Iterator[tuple[str, list[URIRef]]]:
    """Headings and their terms, in the order of the file."""
    known = vocabulary()
    classes = {URIRef(NAMESPACE + name) for name in ("Entity", *known.classes)}
    relations = {URIRef(NAMESPACE + name) for name in ("relation", *known.relations)}
    inverses = set(graph.subjects(OWL.inverseOf))
    records = set(graph.subjects(RDF.type, OWL.Class)) - classes
    values = set(graph.subjects(RDF.type, OWL.NamedIndividual))
    kinds = (("Classes", classes), ("Relations", relations), ("Inverses", inverses), ("Further classes", records))
    for title, members in (*kinds, ("Values", values)):
        yield title, [term for term in terms if term in members]
    taken = classes | relations | inverses | records | values
    yield "Properties of records", [term for term in terms if term not in taken]


def _links(graph: Graph, terms: list[URIRef]) -> str:
    return " ".join(_shown(graph, term) for term in terms)


def _term(graph: Graph, term: URIRef) -> str:
    """One term: heading, definitions, and what it is tied to."""
    name = escape(term.removeprefix(NAMESPACE))
    labels = " · ".join(escape(_in(graph, term, tag)) for tag in ("en", "zh-Hans", "zh-Hant"))
    meanings = "".join(f"<p>{escape(_in(graph, term, tag, SKOS.definition))}</p>" for tag in ("en", "zh-Hans"))
    ties = "".join(
        f"<dt>{word}</dt><dd>{', '.join(_shown(graph, end) for end in ends)}</dd>"
        for word, properties in _ROWS
        if (ends := [end for name in properties for end in sorted(graph.objects(term, name), key=str)])
    )
    kind = (
        "<dt>kind</dt><dd>symmetric: holds both ways</dd>" if (term, RDF.type, OWL.SymmetricProperty) in graph else ""
    )
    return f'<h3 id="{name}"><code>sie:{name}</code> <small>{labels}</small></h3>\n{meanings}<dl>{ties}{kind}</dl>\n'


def _shown(graph: Graph, node: Node) -> str:
    """A term of ours as a link within the page, a foreign one by prefix, a union by its members."""
    members = graph.value(node, OWL.unionOf)
    if members is not None:
        return " or ".join(_shown(graph, member) for member in Collection(graph, members))
    if str(node).startswith(NAMESPACE):
        name = escape(str(node).removeprefix(NAMESPACE))
        return f'<a href="#{name}">{name}</a>'
    return f"<code>{escape(graph.namespace_manager.normalizeUri(str(node)))}</code>"


def _in(graph: Graph, term: Node, tag: str, name: URIRef = RDFS.label) -> str:
    """A term's label or other text in one language."""
    return next((str(text) for text in graph.objects(term, name) if getattr(text, "language", "") == tag), "")


def main(target: str) -> int:
    """Write the page."""
    try:
        write_whole(Path(target), handbook())
    except KgError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
