"""A loaded graph gives tables, answers and pictures with few words."""

import copy
import pickle

import networkx as nx
import pytest
from factory import entity, fact, figure, graph
from servers import CHROMIUM

import kg
from kg import rdf
from kg.errors import InputError
from kg.workbench import Picture

FIRM = entity("Company", "甲公司")
PARK = entity("Park", "乙园")
SCHOOL = entity("Institute", "己大学")
HEAD = entity("Official", "张三")
POLICY = entity("Policy", "某办法")
FIELD = entity("IndustryField", "人工智能")
DISTRICT = entity("District", "丁区")
PARTS = (
    *(FIRM, PARK, SCHOOL, HEAD, POLICY, FIELD, DISTRICT),
    fact(FIRM, "locatedIn", PARK),
    fact(HEAD, "holdsPosition", DISTRICT, role="区长"),
    figure(PARK, 86, "家"),
)
ASK = "SELECT ?name WHERE { ?c a sie:Company ; rdfs:label ?name }"


@pytest.fixture
def g():
    return kg.KnowledgeGraph(graph(*PARTS))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("built")
    rdf.write(graph(*PARTS), place / "graph.ttl")
    return place


def test_load_gives_what_was_written(folder):
    """Nodes, edges and what they carry are those of the graph."""
    found, made = kg.load(folder), graph(*PARTS)
    assert isinstance(found, nx.MultiDiGraph)
    assert (dict(found.nodes(data=True)), list(found.edges(keys=True))) == (
        dict(made.nodes(data=True)),
        list(made.edges(keys=True)),
    )


def test_build_gives_one_too(tmp_path):
    """What is built can be used as what is loaded."""
    (tmp_path / "page.txt").write_text("云杉科技园位于闵行区。\n", encoding="utf-8")
    assert list(kg.build([tmp_path]).parks()["name"]) == ["云杉科技园"]


@pytest.mark.parametrize(
    ("accessor", "expected"),
    [
        ("companies", ["甲公司"]),
        ("institutes", ["己大学"]),
        ("parks", ["乙园"]),
        ("districts", ["丁区"]),
        ("people", ["张三"]),
        ("officials", ["张三"]),
        ("organizations", ["甲公司", "己大学"]),
        ("fields", ["人工智能"]),
        ("policies", ["某办法"]),
    ],
)
def test_accessors_give_their_class(g, accessor, expected):
    """Each word gives its kind of thing."""
    assert sorted(getattr(g, accessor)()["name"]) == sorted(expected)


def test_tables_of_facts(g):
    """Facts, posts, figures and pages are a word each."""
    assert [len(table) for table in (g.facts(), g.posts(), g.observations(), g.documents())] == [2, 1, 1, 1]


def test_sparql_answers_as_a_table(g):
    """Columns are the query's variables."""
    assert g.sparql(ASK).to_dict("list") == {"name": ["甲公司"]}


def test_sparql_knows_the_questions_by_name(g):
    """Each question that is listed can be asked."""
    assert "figures-of-parks" in g.questions().index
    assert len(g.sparql("figures-of-parks")) == 1


def test_sparql_sees_what_was_added(g):
    """A graph that has grown is asked as it is now."""
    g.sparql(ASK)
    grown = graph(*PARTS, entity("Company", "戊公司"))
    g.add_nodes_from(grown.nodes(data=True))
    assert set(g.sparql(ASK)["name"]) == {"甲公司", "戊公司"}


def test_mistake_in_a_query_is_told(g):
    """Not as a traceback of the store's."""
    with pytest.raises(InputError):
        g.sparql("SELECT ?x WHERE {")


def test_graph_that_was_asked_can_be_pickled_and_copied(g):
    """Nothing in a graph stands in the way of networkx's and Python's own tools."""
    g.sparql(ASK)
    found = [pickle.loads(pickle.dumps(g)), copy.deepcopy(g), g.copy(), g.subgraph(list(g))]
    assert {type(each) for each in found} == {kg.KnowledgeGraph}
    assert {each.number_of_edges() for each in found} == {2}


def test_part_takes_one_name_or_several(g):
    """A single name need not be put in a list; a column of a table will do."""
    assert set(g.part("甲公司")) == set(g.part(g.companies()["name"])) == {FIRM.id, PARK.id}


def test_show_is_a_frame_that_holds_the_page(g):
    """No file and no address is needed: what a notebook shows travels in it."""
    html = g.show("甲公司", height=300)._repr_html_()
    assert html.startswith("<iframe srcdoc=")
    assert "height:300px" in html


def test_page_cannot_leave_its_frame():
    """Whatever stands in the page is an attribute's value, and the frame is closed to the notebook."""
    html = Picture('"></iframe><script>alert(1)</script>', 100)._repr_html_()
    assert "<script>" not in html
    assert "allow-same-origin" not in html


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (apt-get install chromium)")
def test_page_works_in_a_frame(g, tmp_path):
    """Drawn, clicked and gone back in, it makes no error."""
    sync = pytest.importorskip("playwright.sync_api")
    page = tmp_path / "notebook.html"
    page.write_text(f"<!doctype html><meta charset=utf-8>{g.show()._repr_html_()}", encoding="utf-8")
    errors = []
    with sync.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_page()
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.goto(page.as_uri())
        frame = tab.frames[-1]
        frame.click("#language")
        frame.click("#back")
        frame.wait_for_function("location.hash === ''")
        browser.close()
    assert errors == []
