"""Graphs are asked and kept in stores."""

import os
import time

import pytest
from factory import entity, fact, graph

from kg import rdf
from kg.errors import InputError
from kg.stores import query as module
from kg.stores.cache import cached
from kg.stores.query import query
from kg.stores.questions import require_local

COMPANY = entity("Company", "晨星科技")
DISTRICT = entity("District", "徐汇区")
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o . ?p ?q ?r }"


@pytest.fixture
def folder(tmp_path):
    """A build's folder with one fact."""
    rdf.write(graph(COMPANY, DISTRICT, fact(COMPANY, "locatedIn", DISTRICT)), tmp_path / "graph.ttl")
    return tmp_path


def test_text(folder):
    """A query is given as text, and the usual prefixes need no declaration."""
    found = query(folder, 'SELECT ?c ?l { ?c a sie:District ; rdfs:label ?l FILTER(langMatches(LANG(?l), "zh-Hans")) }')
    assert (found.columns, found.rows[0][1]) == (("c", "l"), "徐汇区")


def test_file(folder):
    """A query is given as a file."""
    path = folder / "q.rq"
    path.write_text("\ufeffSELECT ?n { [] a sie:Company ; rdfs:label ?n }", encoding="utf-8")
    assert query(folder, str(path)).rows == (("晨星科技",),)


def test_ask(folder):
    """ASK is answered yes or no."""
    assert query(folder, "ASK { ?c sie:locatedIn ?d }").rows == (("yes",),)


def test_construct(folder):
    """CONSTRUCT yields triples, as Turtle if asked."""
    found = query(folder, "CONSTRUCT { ?d skos:prefLabel ?l } WHERE { ?d a sie:District ; rdfs:label ?l }")
    assert (
        f'<https://w3id.org/shanghai-innovation/id/{DISTRICT.id}> skos:prefLabel "徐汇区"@zh-hans'
        in found.formatted("ttl")
    )


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("csv", "l,n\r\n徐汇区,1\r\n"),
        ("tsv", '?l\t?n\n"徐汇区"@zh-hans\t1\n'),
        ("json", '"xml:lang": "zh-Hans"'),
        ("xml", "<literal>徐汇区</literal>"),
    ],
)
def test_formats(folder, form, text):
    """Rows are written as SPARQL 1.1 has them."""
    found = query(folder, "SELECT (STR(?x) AS ?l) (1 AS ?n) { ?d a sie:District ; rdfs:label ?x }")
    if form in {"json", "tsv"}:
        found = query(folder, "SELECT (?x AS ?l) (1 AS ?n) { ?d a sie:District ; rdfs:label ?x }")
    assert text in found.formatted(form)


@pytest.mark.parametrize(("text", "form"), [("ASK {}", "csv"), ("SELECT * {}", "ttl"), ("DESCRIBE <urn:x>", "csv")])
def test_wrong_format(folder, text, form):
    """A format that does not fit the answer is refused with those that do."""
    with pytest.raises(InputError, match="choose one of"):
        query(folder, text).formatted(form)


def test_rows_are_cut(folder):
    """Rows beyond the limit are left out, and the answer says so."""
    found = query(folder, "SELECT * { ?s ?p ?o }", rows=2)
    assert (len(found.rows), found.cut) == (2, True)


def test_all_rows_are_not_cut(folder):
    """An answer that fits exactly is whole."""
    found = query(folder, "SELECT * { ?s a sie:Company }", rows=1)
    assert (len(found.rows), found.cut) == (1, False)


def test_timeout(folder):
    """A query that runs away is stopped."""
    with pytest.raises(InputError, match=r"stopped after 1 s"):
        query(folder, ENDLESS, timeout=1)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("SELECT ?x {", "cannot be run: error at 1:12"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "cannot be run"),
        ("no-such-question", "neither SPARQL, nor a file"),
        ("x" * 5000, "cannot be read"),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE is refused"),
    ],
)
def test_refused(folder, asked, message):
    """What cannot be asked is told."""
    with pytest.raises(InputError, match=message):
        query(folder, asked)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?service a sie:Product } # SERVICE <x>",
        'SELECT * { ?s rdfs:label "SERVICE { " }',
        "SELECT * { ?s ?p <https://example.org/service> }",
        "SELECT * { ?s ex:service ?o }",
        "SELECT * { ?s ?p '''a ' SERVICE ''' }",
    ],
)
def test_service_in_words(text):
    """The word alone is no call."""
    assert require_local(text) == text


@pytest.mark.parametrize("text", ["SELECT * {service<urn:x>{}}", "SELECT * { ?s ?p 'a' . SERVICE SILENT ?x {} }"])
def test_service_hidden(text):
    """A call is found however it is spelt."""
    with pytest.raises(InputError, match="SERVICE"):
        require_local(text)


def test_no_graph(tmp_path):
    """A folder without a graph tells how to build one."""
    with pytest.raises(InputError, match="kg build"):
        query(tmp_path, "ASK {}")


def test_malformed_graph(tmp_path):
    """A broken graph is told with its place."""
    (tmp_path / "graph.ttl").write_text("<urn:a> <urn:b>", encoding="utf-8")
    with pytest.raises(InputError, match=r"graph\.ttl: cannot be read"):
        query(tmp_path, "ASK {}")


def test_loaded_once(folder):
    """As long as the graph stays, its store does."""
    assert cached(folder / "graph.ttl") == cached(folder / "graph.ttl")


def test_refreshed(folder):
    """When the graph changes, the answer does, and the old store goes."""
    query(folder, "ASK {}")
    rdf.write(graph(DISTRICT), folder / "graph.ttl")
    found = query(folder, "SELECT * { ?c a sie:Company }").rows
    assert (found, len(list((folder / ".cache" / "stores").iterdir()))) == ((), 1)


def test_broken_load_leaves_nothing(tmp_path):
    """A graph that cannot be read leaves no store behind."""
    (tmp_path / "graph.ttl").write_text("<urn:a> <urn:b>", encoding="utf-8")
    with pytest.raises(InputError):
        cached(tmp_path / "graph.ttl")
    assert list((tmp_path / ".cache" / "stores").iterdir()) == []


def test_abandoned_load_is_removed(folder):
    """What a process that died has left behind goes after a day."""
    left = folder / ".cache" / "stores" / "loading-x"
    left.mkdir(parents=True)
    os.utime(left, (0, 0))
    cached(folder / "graph.ttl")
    assert not left.exists()


def test_unwritable_folder(folder):
    """Where nothing can be kept, the graph is loaded for the query alone."""
    (folder / ".cache").write_text("in the way", encoding="utf-8")
    assert query(folder, "ASK { ?c sie:locatedIn ?d }").truth is True


@pytest.mark.parametrize("name", ["graph.nt", "graph.trig", "graph.jsonld", "graph.ttl.gz"])
def test_any_format(tmp_path, name):
    """A graph in any format of ours is asked alike."""
    rdf.write(graph(COMPANY, DISTRICT), tmp_path / name)
    assert query(tmp_path, "SELECT ?l { [] a sie:Company ; rdfs:label ?l }").rows == (("晨星科技",),)


def test_worker_dies(folder, monkeypatch):
    """A query whose process dies is told, not hidden."""
    monkeypatch.setattr(module.sys, "executable", "/bin/false")
    with pytest.raises(InputError, match="ended early"):
        query(folder, "ASK {}")


def test_same_size_and_later(folder):
    """A graph of the same size, written later, is another graph."""
    before = cached(folder / "graph.ttl")
    later = time.time_ns() + 1_000_000
    os.utime(folder / "graph.ttl", ns=(later, later))
    assert cached(folder / "graph.ttl") != before
