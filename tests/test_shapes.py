"""The shapes accept what kg writes and find what is planted."""

import owlrl
import pytest
import rdflib
from factory import entity, evidence, fact, figure, graph

from kg import rdf
from kg.errors import InputError
from kg.stores.validate import Problem, Report, validate
from kg.vocabulary import NAMESPACE, ontology_folder

COMPANY = entity("Company", "晨星科技")
DISTRICT = entity("District", "徐汇区")
PERSON = entity("Official", "张三")
FACTS = (
    fact(COMPANY, "locatedIn", DISTRICT),
    fact(COMPANY, "cooperatesWith", DISTRICT, status="planned", start="2021", end="2021"),
    fact(PERSON, "holdsPosition", DISTRICT, role="区长", start="2020-05", end="2021", status="past"),
    figure(COMPANY, 22000, "平方米", time="2017/2021", evidence=(evidence(), evidence("另一句。"))),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A build's folder with a sound graph."""
    path = tmp_path_factory.mktemp("build")
    rdf.write(graph(COMPANY, DISTRICT, PERSON, *FACTS), path / "graph.ttl")
    return path


@pytest.fixture
def planted(folder, tmp_path):
    """Messages of the check after a line of the sound graph was replaced."""

    def check(old, new):
        text = (folder / "graph.ttl").read_text(encoding="utf-8")
        assert old in text
        (tmp_path / "graph.ttl").write_text(text.replace(old, new), encoding="utf-8")
        return {problem.message for problem in validate(tmp_path).problems}

    return check


def test_what_kg_writes(folder):
    """A graph as kg writes it conforms."""
    assert validate(folder).problems == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("org:heldBy", "org:heldby", "a post needs a holder: an org:heldBy that leads to a person"),
        (
            "sie:evidence",
            "sie:evidences",
            "a claim needs evidence: a sie:evidence that leads to a sie:Evidence",
        ),
        ('sie:latest "2021-12-31"', 'sie:latest "2020-04-30"', "an interval may not end before it starts"),
        (
            f"sie:locatedIn id:{DISTRICT.id}",
            f"sie:locatedIn id:{COMPANY.id}",
            "the tail of sie:locatedIn must be a place",
        ),
        (
            "a sie:Company",
            "a sie:Company, sie:Organization",
            "an entity has its own class alone; wider classes follow from the ontology",
        ),
        ("sie:confidence 0.9", "sie:confidence 90.0", "a claim needs exactly one sie:confidence from 0 to 1"),
        ("oa:end 8", "oa:end 0", "a position needs one oa:start, a number of code points before oa:end"),
    ],
)
def test_planted(planted, old, new, message):
    """A planted mistake is told in words."""
    assert message in planted(old, new)


def test_problem_names_the_thing(folder, tmp_path):
    """A problem tells which thing is wrong, by name, and which value."""
    text = (folder / "graph.ttl").read_text(encoding="utf-8")
    text = text.replace(f"sie:locatedIn id:{DISTRICT.id}", f"sie:locatedIn id:{COMPANY.id}")
    (tmp_path / "graph.ttl").write_text(text, encoding="utf-8")
    focus = f"https://w3id.org/shanghai-innovation/id/{COMPANY.id}"
    assert validate(tmp_path).problems == (Problem("the tail of sie:locatedIn must be a place", focus, "晨星科技", ""),)


def test_lines():
    """Many things with one mistake are counted, not listed."""
    problems = tuple(Problem("a post needs a holder", f"p{place}", "", "") for place in range(7))
    assert list(Report("g.ttl", 1234, problems).lines(limit=2)) == [
        "g.ttl: 7 problems in 1,234 triples",
        "  a post needs a holder",
        "    <p0>",
        "    <p1>",
        "    … and 5 more",
    ]


def test_no_graph(tmp_path):
    """A folder without a graph tells how to build one."""
    with pytest.raises(InputError, match="kg build"):
        validate(tmp_path)


def reason(data):
    """A graph with the ontology and all that follows in OWL 2 RL."""
    data.parse(ontology_folder() / "ontology.ttl")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(data)
    return data


def contradictions(data):
    """What an OWL 2 RL reasoner finds wrong in a graph together with the ontology."""
    reason(data)
    errors = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")
    return sorted(str(text) for error in data.subjects(rdflib.RDF.type, errors) for text in data.objects(error))


def test_consistent_under_a_reasoner(folder):
    """A graph as kg writes it, with the ontology, holds no contradiction."""
    assert contradictions(rdflib.Graph().parse(folder / "graph.ttl")) == []


def test_reasoner_finds_contradictions():
    """By domain and range, a company in the place of a place is a contradiction."""
    data = rdflib.Graph().parse(
        data="PREFIX : <https://w3id.org/shanghai-innovation#> <urn:a> :locatedIn <urn:b> . <urn:b> a :Company ."
    )
    assert len(contradictions(data)) > 0


@pytest.mark.parametrize(("head", "unit"), [("Institute", True), ("Company", False)])
def test_a_part_of_an_organisation_is_its_unit(head, unit):
    """A school or laboratory is an org:OrganizationalUnit, a subsidiary is none."""
    rows = f"PREFIX : <{NAMESPACE}> <urn:a> a :{head} ; :partOf <urn:b> . <urn:b> a :Organization ."
    data = reason(rdflib.Graph().parse(data=rows))
    units = set(data.subjects(rdflib.RDF.type, rdflib.ORG.OrganizationalUnit))
    assert (rdflib.URIRef("urn:a") in units) is unit
