"""Resolved values become nodes and edges, and are counted."""

import networkx as nx
import pytest
from factory import entity, fact, figure, graph, resolution

from kg.errors import KnowledgeError
from kg.graph import statistics, to_graph

FIRM = entity("Company", "甲公司")
PARK = entity("Park", "乙园")
CITY = entity("Place", "丙市")


def test_node_carries_what_the_entity_says():
    """A node has the class, the names and an IRI below the base."""
    built = to_graph(resolution(FIRM), base_iri="https://example.org/")
    node = built.nodes[FIRM.id]
    assert (node["cls"], node["names"], node["iri"]) == ("Company", FIRM.names, f"https://example.org/{FIRM.id}")


def test_edge_carries_what_the_fact_says():
    """An edge has relation, role, status, confidence and evidence."""
    stated = fact(FIRM, "locatedIn", PARK, start="2020")
    edge = next(iter(graph(FIRM, PARK, stated)[FIRM.id][PARK.id].values()))
    assert edge == {
        "relation": "locatedIn",
        "role": "",
        "start": "2020",
        "end": "",
        "as_of": "",
        "status": "asserted",
        "confidence": 0.9,
        "evidence": stated.evidence,
    }


def test_facts_that_differ_in_time_are_edges_of_their_own():
    """Two terms of one post do not overwrite each other."""
    first, second = (fact(FIRM, "locatedIn", PARK, start=year) for year in ("2010", "2020"))
    assert graph(FIRM, PARK, first, second).number_of_edges() == 2


def test_place_without_a_fact_is_left_out():
    """A place stands in the graph only if it takes part in something."""
    assert CITY.id not in graph(FIRM, CITY)


def test_place_with_a_figure_stays():
    """A number about a place is something it takes part in."""
    assert CITY.id in graph(CITY, figure(CITY, 3, "家"))


def test_confidence_cuts_facts_and_figures():
    """What is less probable than asked for is left out."""
    parts = (FIRM, PARK, fact(FIRM, "locatedIn", PARK, confidence=0.4), figure(PARK, 3, "家", confidence=0.4))
    counts = statistics(to_graph(resolution(*parts), min_confidence=0.5))
    assert (counts.relations, counts.observations) == ({}, 0)


@pytest.mark.parametrize("parts", [(entity("Firm", "甲"),), (FIRM, PARK, fact(FIRM, "near", PARK))])
def test_terms_unknown_to_the_ontology_are_refused(parts):
    """The ontology is the authority on classes and relations."""
    with pytest.raises(KnowledgeError):
        graph(*parts)


def test_statistics_count_asserted_facts_only():
    """A planned fact is kept but not counted as one."""
    planned = fact(FIRM, "locatedIn", PARK, status="planned")
    counts = statistics(graph(FIRM, PARK, planned, fact(PARK, "locatedIn", CITY), CITY, figure(PARK, 3, "家")))
    assert (counts.entities, counts.relations, counts.observations, counts.evidence) == (
        {"Company": 1, "Park": 1, "Place": 1},
        {"locatedIn": 1},
        1,
        3,
    )


def test_graph_is_a_multidigraph():
    """Users get a plain networkx graph."""
    assert type(graph(FIRM)) is nx.MultiDiGraph
