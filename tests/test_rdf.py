"""Graphs survive the way to RDF and back, and RDF libraries read what was written."""

import gzip
import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from importlib.metadata import version

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import lexicon, rdf
from kg.errors import InputError, OutputError
from kg.graph import to_graph
from kg.lexicon import Entry
from kg.model import (
    Appearance,
    Document,
    Entity,
    Evidence,
    Fact,
    Figure,
    Merge,
    Name,
    Resolution,
    Span,
)
from kg.rdf.order import figure_key
from kg.rdf.terms import chars, link, moment, named, number, text

SIE = "https://w3id.org/shanghai-innovation#"
DEFAULT_DOCUMENTS = (Document("d", ""),)
ID = "https://w3id.org/shanghai-innovation/id/"
OX = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def evidence(**changes):
    """Evidence in document d, with changes."""
    return replace(Evidence("d", (Span(0, 9),), "晨星科技位于徐汇区。", 0.9, "在"), **changes)


def fact(**changes):
    """That the company lies in the district, with changes."""
    found = Fact("company-1", "locatedIn", "district-1", "", "", "", "2021-10-16", "asserted", 0.9, (evidence(),))
    return replace(found, **changes)


def entity(key, cls, name, **changes):
    """An entity with one name."""
    return replace(Entity(key, cls, name, (Name(name, "zh-Hans", 1),), ()), **changes)


def graph(*facts, figures=(), documents=DEFAULT_DOCUMENTS, base="https://example.org/id/", company=None):
    """A small graph of a company, a district and an official."""
    entities = (
        company or entity("company-1", "Company", "晨星科技"),
        entity("district-1", "District", "徐汇区"),
        entity("official-1", "Official", "张三"),
    )
    digests = tuple("0" * 64 for _ in documents)
    return to_graph(Resolution(tuple(documents), digests, entities, facts, tuple(figures)), base_iri=base)


def triples(built, form="ttl"):
    """What pyoxigraph reads in a graph's text."""
    content = "".join(rdf.serialize(built, form)).encode()
    return {(t.subject.value, t.predicate.value, t.object.value) for t in ox.parse(content, format=OX[form])}


STATUSES = ("asserted", "past", "planned", "negated", "rejected")

# Any text that RDF can carry: what it cannot is replaced on purpose, see test_text.
NONCHARACTERS = [*range(0xFDD0, 0xFDF0), *(plane << 16 | end for plane in range(17) for end in (0xFFFE, 0xFFFF))]
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters=["\0", *map(chr, NONCHARACTERS)])
TEXT = st.text(CHARACTERS, min_size=1, max_size=12)
LANGUAGE = st.sampled_from(["zh-Hans", "zh-Hant", "en"])
SPAN = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(lambda pair: Span(*pair))
SPANS = st.lists(SPAN, min_size=1, max_size=3).map(tuple)
SCORE = st.floats(0, 1)
TIME = st.sampled_from(["", "2021", "2021-02", "2021-02-28", "2021-02-30", "0021", "2021年"]) | TEXT
DOCUMENTS = st.lists(
    st.builds(
        Document,
        id=TEXT,
        text=st.just(""),
        path=TEXT,
        title=TEXT,
        date=TIME,
        author=TEXT,
        publisher=TEXT,
        url=st.sampled_from(["", "https://example.org/a?b=1#c", "http://例子.cn/", "javascript:x"]) | TEXT,
        body=st.none() | SPAN,
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda document: document.id,
).map(lambda found: tuple(sorted(found, key=lambda document: document.id)))


def evidences(documents):
    """Distinct evidence in any order."""
    key = st.sampled_from([document.id for document in documents])
    one = st.builds(Evidence, key, SPANS, TEXT, SCORE, TEXT)
    return st.lists(one, max_size=3, unique=True).map(tuple)


def entities(key, documents):
    """An entity of any class with any names, in any order of names, merges and proposals."""
    document = st.sampled_from([found.id for found in documents])
    names = st.lists(
        st.builds(Name, TEXT, LANGUAGE, st.integers(0, 9)), max_size=4, unique_by=lambda n: (n.text, n.lang)
    )
    seen = st.lists(st.builds(Appearance, document, SPANS, TEXT), max_size=4, unique=True)
    return st.builds(
        lambda own, names, first, **rest: Entity(
            id=key, name=names[0].text if names and first else own, names=tuple(names), **rest
        ),
        TEXT,
        names,
        st.booleans(),
        cls=st.sampled_from(["Company", "District", "IndustryField", "Official"]),
        appearances=seen.map(lambda found: tuple(sorted(found, key=lambda a: (a.document, a.spans, a.form)))),
        merges=st.lists(st.builds(Merge, TEXT, TEXT, TEXT, SCORE), max_size=3, unique=True).map(tuple),
        entry=TEXT | st.just(""),
        parent=TEXT | st.just(""),
        proposals=st.lists(st.tuples(TEXT, TEXT, TEXT, st.integers(1, 9)), max_size=3, unique=True).map(tuple),
        replaced=st.sets(st.sampled_from(["org-old1", "org-old2"])).map(sorted).map(tuple),
    )


@st.composite
def resolutions(draw):
    """Three entities, facts between them and figures about them, with texts of every kind."""
    documents = draw(DOCUMENTS)
    keys = ["a", "b-2", "c_3"]
    things = tuple(draw(entities(key, documents)) for key in keys)
    end = st.sampled_from(keys)
    relation = st.sampled_from(["locatedIn", "holdsPosition", "cooperatesWith"])
    status = st.sampled_from(STATUSES)
    cited = evidences(documents)
    facts = st.builds(Fact, end, relation, end, TEXT | st.just(""), TIME, TIME, TIME, status, SCORE, cited)
    bound = st.sampled_from(["exact", "about", "at least", "at most", "target"])
    value = st.floats(allow_nan=False)
    time = TIME | st.just("2017/2021")
    figures = st.builds(Figure, end, TEXT, value, TEXT, TEXT, time, bound, TIME, SCORE, cited)
    return Resolution(
        documents,
        tuple("0" * 64 for _ in documents),
        things,
        tuple(draw(st.lists(facts, max_size=4))),
        tuple(draw(st.lists(figures, max_size=4, unique_by=lambda f: (f.subject, figure_key(f))))),
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """One folder for all examples of a property."""
    return tmp_path_factory.mktemp("rdf")


@given(resolution=resolutions(), name=st.sampled_from(["g.ttl", "g.nt", "g.trig", "g.jsonld", "g.ttl.gz"]))
@settings(max_examples=60, deadline=None)
def test_round_trip(folder, resolution, name):
    """Whatever the texts, orders and times, what is read back equals what was written, in every format."""
    built = to_graph(resolution)
    rdf.write(built, folder / name)
    assert nx.utils.graphs_equal(rdf.read(folder / name), built)


@given(resolution=resolutions())
@settings(max_examples=25, deadline=None)
def test_libraries_agree(folder, resolution):
    """rdflib's Turtle parser and pyoxigraph's find the same triples, whatever the texts."""
    built = to_graph(resolution)
    rdf.write(built, folder / "agree.ttl")
    assert set(rdflib.Graph().parse(folder / "agree.ttl")) == set(rdf.to_rdflib(built))


def test_formats_agree():
    """The same triples stand in all formats."""
    built = graph(fact(), fact(head="official-1", type="holdsPosition", role="区长", start="2020", end="2021-03"))
    assert [triples(built, form) == triples(built) for form in OX] == [True] * 4


def test_same_bytes():
    """The order in which a graph was made leaves no trace."""
    facts = [fact(), fact(type="cooperatesWith"), fact(head="official-1", type="holdsPosition", role="区长")]
    assert "".join(rdf.serialize(graph(*facts))) == "".join(rdf.serialize(graph(*reversed(facts))))


def test_packed_bytes(tmp_path):
    """A packed file holds no clock and no name."""
    for name in ("a.ttl.gz", "b.ttl.gz"):
        rdf.write(graph(fact()), tmp_path / name)
    assert (tmp_path / "a.ttl.gz").read_bytes() == (tmp_path / "b.ttl.gz").read_bytes()


def test_order_of_nodes():
    """Nodes and edges are read back in the order in which they were built."""
    built = graph(fact(), fact(head="official-1", type="holdsPosition", role="区长"))
    assert list(built.edges(keys=True)) == [
        ("company-1", "district-1", "locatedIn||||asserted"),
        ("official-1", "district-1", "holdsPosition|区长|||asserted"),
    ]


@pytest.mark.parametrize(("status", "plain"), [(status, int(status == "asserted")) for status in STATUSES])
def test_plain_triple(status, plain):
    """Only what holds is stated as a plain triple."""
    found = triples(graph(fact(status=status)))
    assert [p for s, p, o in found].count(SIE + "locatedIn") == plain


@pytest.mark.parametrize("status", STATUSES)
def test_claim(status):
    """Every fact has a claim that names its status."""
    statuses = {o for s, p, o in triples(graph(fact(status=status))) if p == SIE + "status"}
    assert statuses == {SIE + status}


def test_own_class_alone():
    """An entity is typed with its own class and no wider one."""
    rows = triples(graph())
    assert {o for s, p, o in rows if s.endswith("official-1") and p.endswith("#type")} == {SIE + "Official"}


def test_no_blank_nodes_and_ascii_names():
    """Every subject is named, in ASCII, whatever the documents are called."""
    built = graph(fact(evidence=(evidence(document="沪/甲.txt"),)), documents=[Document("沪/甲.txt", "")])
    content = "".join(rdf.serialize(built, "nt")).encode()
    subjects = {t.subject for t in ox.parse(content, format=OX["nt"])}
    assert [s for s in subjects if not (isinstance(s, ox.NamedNode) and s.value.isascii())] == []


def test_evidence_in_print():
    """A claim leads to the document, to the sentence as printed, and to each piece of it."""
    built = graph(fact(evidence=(evidence(spans=(Span(30, 34), Span(2, 8))),)))
    query = f"""PREFIX sie: <{SIE}> PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?id ?quote ?start ?end {{ ?claim a sie:Claim ; sie:evidence/sie:passage ?passage .
            ?passage oa:hasSource/dcterms:identifier ?id ; oa:hasSelector/oa:exact ?quote ; oa:hasSelector ?piece .
            ?piece oa:start ?start ; oa:end ?end ; sie:rank ?rank }} ORDER BY ?rank"""
    rows = [tuple(str(value) for value in row) for row in rdf.to_rdflib(built).query(query)]
    assert rows == [("d", "晨星科技位于徐汇区。", "30", "34"), ("d", "晨星科技位于徐汇区。", "2", "8")]


def test_post():
    """A post names its holder, and the tenure its time, to the day where bounds are compared."""
    built = graph(fact(head="official-1", type="holdsPosition", role="区长", start="2020", end="2021-02"))
    query = f"""PREFIX sie: <{SIE}> PREFIX org: <http://www.w3.org/ns/org#> PREFIX time: <http://www.w3.org/2006/time#>
        SELECT ?role ?begin ?earliest ?latest {{ ?post a sie:Post ; sie:role ?role ; org:heldBy ?holder .
            ?tenure sie:post ?post ; org:member ?holder ; org:memberDuring ?interval .
            ?interval time:hasBeginning/time:inXSDgYear ?begin ; sie:earliest ?earliest ; sie:latest ?latest }}"""
    rows = [tuple(str(value) for value in row) for row in rdf.to_rdflib(built).query(query)]
    assert rows == [("区长", "2020", "2020-01-01", "2021-02-28")]


def test_planned_post_has_no_holder():
    """A post that somebody is only to get is not held."""
    built = graph(fact(head="official-1", type="holdsPosition", role="区长", status="planned"))
    assert [p for s, p, o in triples(built) if p.endswith("heldBy")] == []


def test_rdflib_tags():
    """rdflib gets language tags in the usual case, though pyoxigraph folds them."""
    names = {label.language for label in rdf.to_rdflib(graph()).objects(None, rdflib.RDFS.label)}
    assert names == {"zh-Hans"}


def test_no_warnings(tmp_path, caplog):
    """Odd dates are plain strings, so rdflib has nothing to complain about."""
    rdf.write(graph(fact(start="2021-02-30", end="2021-13")), tmp_path / "g.ttl")
    rdflib.Graph().parse(tmp_path / "g.ttl")
    assert caplog.records == []


@pytest.mark.parametrize(
    ("value", "term"),
    [
        ("徐汇区", '"徐汇区"'),
        ('a"b\\c', '"a\\"b\\\\c"'),
        ("a\r\n\tb", '"a\\r\\n\\tb"'),
        ("\x01\x85\u2028", '"\\u0001\\u0085\\u2028"'),
        ("𠮷", '"𠮷"'),
        ("a\0b\ud800\ufffe\U0001ffff", '"a\ufffdb\ufffd\ufffd\ufffd"'),
    ],
)
def test_text(value, term):
    """Texts are escaped so that Turtle, N-Triples and JSON read them alike; what RDF cannot carry is replaced."""
    assert text(value) == term


@pytest.mark.parametrize(
    ("value", "term"),
    [
        (22000, "22000.0"),
        (0.1, "0.1"),
        (1e30, "1e+30"),
        (float("inf"), '"INF"^^xsd:double'),
        (float("-inf"), '"-INF"^^xsd:double'),
        (float("nan"), '"NaN"^^xsd:double'),
    ],
)
def test_number(value, term):
    """Numbers keep every digit."""
    assert number(value) == term


@pytest.mark.parametrize(
    ("value", "term"),
    [
        ("2021", '"2021"^^xsd:gYear'),
        ("2021-02", '"2021-02"^^xsd:gYearMonth'),
        ("2024-02-29", '"2024-02-29"^^xsd:date'),
        ("2021-02-29", '"2021-02-29"'),
        ("2021/2022", '"2021/2022"'),
    ],
)
def test_moment(value, term):
    """A time is typed by its precision, and not at all where the calendar lacks it."""
    assert moment(value) == term


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "https://a b/",
        "https://例子.cn/",
        "https://x.cn/%zz",
        "https://x.cn/a|b",
        "https://x.cn/#a#b",
    ],
)
def test_unsound_link(url):
    """An address that a store might refuse is a literal."""
    assert link(url) == text(url)


def test_sound_link():
    """A web address is an IRI."""
    assert link("https://example.org/a?b=c&d=%E6%B2%AA#e") == "<https://example.org/a?b=c&d=%E6%B2%AA#e>"


def test_chars():
    """Pieces are joined by semicolons."""
    assert chars((Span(12, 20), Span(30, 34))) == "12,20;30,34"


@pytest.mark.parametrize("base", ["https://example.org/id/", "http://localhost:8080/x#", "urn:x-kg:", "https://a.cn/"])
def test_base(tmp_path, base):
    """Resources live where the user says, and are found there again."""
    built = graph(fact(), base=base)
    rdf.write(built, tmp_path / "g.ttl")
    assert rdf.read(tmp_path / "g.ttl").nodes["company-1"]["iri"] == base + "company-1"


@pytest.mark.parametrize(
    "base", ["", "example.org/", "https://example.org", "https://例子.cn/", "https://a.cn/<x>/", "https://a.cn/ /"]
)
def test_unsound_base(base):
    """A base IRI under which nothing can be named is refused."""
    with pytest.raises(InputError, match="base IRI"):
        rdf.check_base(base)


def test_unsound_id():
    """An id that makes no IRI is told."""
    with pytest.raises(InputError, match="no IRI"):
        named("https://a.cn/", "https://a.cn/企业")


def test_slash_in_id():
    """An id may hold a slash; it is then written in full."""
    assert named("https://a.cn/", "https://a.cn/x/1") == "<https://a.cn/x/1>"


def test_unknown_format(tmp_path):
    """The message tells which formats there are."""
    with pytest.raises(InputError, match=r"\.ttl, \.nt, \.trig, \.jsonld"):
        rdf.write(graph(), tmp_path / "g.docx")


def test_unwritable(tmp_path):
    """A place that is no folder is told."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        rdf.write(graph(), tmp_path / "file" / "g.ttl")


def test_whole_or_not_at_all(tmp_path):
    """A failure on the way leaves what stood there before, and nothing else."""
    path = tmp_path / "g.ttl"
    path.write_text("before", encoding="utf-8")
    with pytest.raises(KeyError):
        rdf.write(graph(fact(status="unheard of")), path)
    assert {p.name: p.read_text(encoding="utf-8") for p in tmp_path.iterdir()} == {"g.ttl": "before"}


def test_packed(tmp_path):
    """The packed file holds the same text."""
    rdf.write(graph(fact()), tmp_path / "g.nt.gz")
    assert gzip.decompress((tmp_path / "g.nt.gz").read_bytes()).decode() == "".join(rdf.serialize(graph(fact()), "nt"))


def test_read_missing(tmp_path):
    """No graph yet: the message says what to do."""
    with pytest.raises(InputError, match="build the graph first"):
        rdf.read(tmp_path / "g.ttl")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("not Turtle", "cannot be read"),
        (f"<{ID}a> a <{SIE}Company> .", "rdfs:label"),
        (f"<{ID}c> a <{SIE}Claim> ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> <{ID}a> .", "rdf:predicate"),
    ],
)
def test_read_malformed(tmp_path, content, message):
    """A file that is no graph of ours is told by what it lacks."""
    path = tmp_path / "g.ttl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(message)):
        rdf.read(path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("sie:asserted", "sie:maybe", "the ontology lacks"),
        ("sie:confidence 0.9", 'sie:confidence "high"', "no number"),
        ('sie:body "3,9"', 'sie:body "3"', "no list of positions"),
        ("a sie:Document", "a sie:Page", "no document of the file"),
    ],
)
def test_read_tampered(tmp_path, old, new, message):
    """A value that cannot be is told."""
    path = tmp_path / "g.ttl"
    rdf.write(graph(fact(), documents=[Document("d", "", body=Span(3, 9))]), path)
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=message):
        rdf.read(path)


def test_broader_field(monkeypatch):
    """Fields whose curated entries name a broader one are narrower concepts, where the graph has both."""
    fields = [Entry("f/ai", "IndustryField", "人工智能"), Entry("f/ml", "IndustryField", "机器学习", parent="f/ai")]
    monkeypatch.setattr(lexicon, "load", lambda: lexicon.Lexicon({entry.key: entry for entry in fields}, {}))
    entities = [entity(f"field-{e.name}".encode().hex(), e.cls, e.name, entry=e.key) for e in fields]
    built = to_graph(Resolution((), (), tuple(entities), (), ()), base_iri=ID)
    pairs = [(s, o) for s, p, o in triples(built) if p.endswith("core#broader")]
    assert pairs == [(ID + entities[1].id, ID + entities[0].id)]


def test_names_by_language():
    """Each language has one preferred name, and it is not repeated among the others."""
    names = (
        Name("晨星科技", "zh-Hans", 5),
        Name("晨星", "zh-Hans", 3),
        Name("晨星科技", "zh-Hant", 2),
        Name("Star", "en", 1),
    )
    built = graph(company=entity("company-1", "Company", "晨星科技", names=names))
    content = "".join(rdf.serialize(built))
    assert re.findall(r'skos:(\w+) ("晨星.*) ;', content) == [
        ("prefLabel", '"晨星科技"@zh-Hans, "晨星科技"@zh-Hant, "Star"@en'),
        ("altLabel", '"晨星"@zh-Hans'),
    ]


def test_run(tmp_path):
    """A run's own file tells engine, time and what it made, and is no part of the graph."""
    rdf.write(graph(fact()), tmp_path / "graph.ttl")
    begun = datetime(2026, 11, 21, 20, 30, tzinfo=timezone(timedelta(hours=8)))
    rdf.write_run(tmp_path / "run.ttl", tmp_path / "graph.ttl", took=(begun, begun), settings={"workers": "2"})
    query = """PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?time ?chosen ?engine ?hash { ?run a prov:Activity ; prov:startedAtTime ?time ;
            dcterms:description ?chosen ; prov:wasAssociatedWith/rdfs:label ?engine ;
            prov:generated/<https://w3id.org/shanghai-innovation#sha256> ?hash }"""
    rows = [tuple(map(str, row)) for row in rdflib.Graph().parse(tmp_path / "run.ttl").query(query)]
    digest = sha256((tmp_path / "graph.ttl").read_bytes()).hexdigest()
    assert rows == [("2026-11-21T12:30:00+00:00", "workers: 2", f"kg {version('kg')}", digest)]
