"""Tables say what the graph says."""

import sys

import pytest
from factory import entity, evidence, fact, figure, graph

from kg import frames
from kg.errors import KgError, KnowledgeError
from kg.stores.answers import Answer

FIRM = entity("Company", "甲公司", "甲")
PARK = entity("Park", "乙园")
INNER = entity("Park", "丙园")
DISTRICT = entity("District", "丁区")
FIELD = entity("IndustryField", "人工智能")
HEAD = entity("Official", "张三")
FOUNDER = entity("Person", "李四")
GRAPH = graph(
    *(FIRM, PARK, INNER, DISTRICT, FIELD, HEAD, FOUNDER),
    fact(FIRM, "locatedIn", INNER, evidence=(evidence("甲公司位于丙园。"), evidence("甲公司在丙园。"))),
    fact(INNER, "locatedIn", PARK),
    fact(PARK, "locatedIn", DISTRICT),
    fact(FIRM, "focusesOn", FIELD),
    fact(FIRM, "locatedIn", PARK, status="planned"),
    fact(HEAD, "holdsPosition", DISTRICT, role="区长", start="2021"),
    fact(FOUNDER, "holdsPosition", FIRM, role="董事长", start="2019"),
    fact(FOUNDER, "holdsPosition", DISTRICT, role="顾问", start="2015", status="past"),
    figure(PARK, 86, "家", time="2022"),
)


def test_entities_are_those_of_the_class():
    """Narrower classes count: officials are people."""
    assert set(frames.entities(GRAPH, "Person")["name"]) == {"张三", "李四"}


def test_entities_without_class_are_all():
    """Every node is a row."""
    assert set(frames.entities(GRAPH).index) == set(GRAPH)


def test_entities_with_most_facts_come_first():
    """The first rows are those worth a look."""
    assert list(frames.entities(GRAPH)["facts"]) == sorted(dict(GRAPH.degree()).values(), reverse=True)


def test_place_and_field_stand_beside_an_entity():
    """Where it is and what it does, from asserted facts alone."""
    row = frames.entities(GRAPH, "Company").iloc[0]
    assert (row["located_in"], row["fields"], row["other_names"]) == ("丙园", "人工智能", "甲")


def test_district_is_found_through_parks():
    """A firm in a park in a park in a district lies in the district."""
    assert frames.entities(GRAPH, "Company").iloc[0]["districts"] == "丁区"


def test_circle_of_places_ends():
    """Two parks said to lie in each other do not hold up the walk."""
    circle = graph(PARK, INNER, fact(PARK, "locatedIn", INNER), fact(INNER, "locatedIn", PARK))
    assert list(frames.entities(circle)["districts"]) == ["", ""]


def test_dates_of_pages_bound_an_entity():
    """First and last seen are dates of the pages that name it."""
    assert frames.entities(GRAPH, "Company").iloc[0][["first_seen", "last_seen"]].tolist() == ["2023-01-01"] * 2


def test_fact_shows_its_first_sentence_and_how_many_there_are():
    """A fact can be checked where it is read."""
    row = frames.facts(GRAPH, "locatedIn").query("head == '甲公司' and status == 'asserted'").iloc[0]
    assert (row["quote"], row["sentences"], row["document"], row["date"]) == ("甲公司位于丙园。", 2, "d", "2023-01-01")


def test_facts_without_relation_are_all():
    """Every edge is a row."""
    assert len(frames.facts(GRAPH)) == GRAPH.number_of_edges()


def test_posts_run_in_time():
    """A person's posts stand together, the earliest first."""
    shown = frames.posts(GRAPH)[["person", "role", "start", "status"]].to_numpy().tolist()
    assert shown == [
        ["张三", "区长", "2021", "asserted"],
        ["李四", "顾问", "2015", "past"],
        ["李四", "董事长", "2019", "asserted"],
    ]


def test_observations_are_numbers():
    """Values can be summed; the unit stands beside."""
    row = frames.observations(GRAPH).iloc[0]
    assert (row["subject"], row["value"] + 1, row["unit"], row["time"]) == ("乙园", 87, "家", "2022")


def test_documents_count_what_they_contribute():
    """Entities, facts and figures of a page, each once."""
    assert frames.documents(GRAPH).loc["d", ["entities", "facts", "figures"]].tolist() == [7, 8, 1]


@pytest.mark.parametrize("make", [frames.entities, frames.facts, frames.posts, frames.observations])
def test_empty_graph_gives_a_table_with_columns(make):
    """A notebook that selects columns runs on a graph without rows."""
    columns = make(GRAPH).columns
    assert (len(make(graph())), list(make(graph()).columns)) == (0, list(columns))


@pytest.mark.parametrize(("make", "term"), [(frames.entities, "Firm"), (frames.facts, "near")])
def test_terms_unknown_to_the_ontology_are_told(make, term):
    """A misspelt class is no empty table."""
    with pytest.raises(KnowledgeError, match=term):
        make(GRAPH, term)


def test_answers_have_numbers_names_and_gaps():
    """Numbers are numbers, IRIs are short, what is unbound is None."""
    xsd = "http://www.w3.org/2001/XMLSchema#"
    terms = (
        {"type": "literal", "value": "3", "datatype": f"{xsd}integer"},
        {"type": "uri", "value": "https://w3id.org/shanghai-innovation#Park"},
        None,
    )
    answer = Answer(columns=("n", "c", "o"), terms=(terms,), truth=None, graph=False, cut=False)
    assert frames.answers(answer).to_numpy().tolist() == [[3, "sie:Park", None]]


def test_missing_pandas_is_told(monkeypatch):
    """The message says what to install."""
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(KgError, match="notebook"):
        frames.entities(GRAPH)
