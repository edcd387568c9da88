"""Parts of a graph hold what was asked for and nothing else."""

import pytest
from factory import entity, fact, graph

from kg.errors import InputError, KnowledgeError
from kg.parts import part

FIRM = entity("Company", "甲公司")
PARK = entity("Park", "乙园")
DISTRICT = entity("District", "丁区")
OFFICIAL = entity("Official", "张三")
LONELY = entity("Company", "戊公司")
GRAPH = graph(
    *(FIRM, PARK, DISTRICT, OFFICIAL, LONELY),
    fact(FIRM, "locatedIn", PARK, confidence=0.5),
    fact(PARK, "locatedIn", DISTRICT),
    fact(OFFICIAL, "holdsPosition", DISTRICT),
)


def _names(found):
    return {name for _, name in found.nodes(data="name")}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, {"甲公司", "乙园", "丁区", "张三", "戊公司"}),
        ({"about": ["甲公司"]}, {"甲公司", "乙园"}),
        ({"about": ["甲公司"], "steps": 2}, {"甲公司", "乙园", "丁区"}),
        ({"about": ["乙園"], "steps": 0}, {"乙园"}),
        ({"about": ["戊公司"]}, {"戊公司"}),
        ({"cls": ["Company"]}, {"甲公司", "戊公司"}),
        ({"cls": ["Person"]}, {"张三"}),
        ({"about": ["丁区"], "cls": ["Park"]}, {"丁区", "乙园"}),
        ({"relation": ["holdsPosition"]}, {"张三", "丁区"}),
        ({"min_confidence": 0.6, "relation": ["locatedIn"]}, {"乙园", "丁区"}),
        ({"about": ["甲公司"], "min_confidence": 0.6}, {"甲公司"}),
    ],
)
def test_part_holds_what_was_asked_for(asked, expected):
    """Names, steps, classes, relations and confidence each narrow it."""
    assert _names(part(GRAPH, **asked)) == expected


def test_part_knows_its_pages():
    """A part is a graph of the same kind: its facts still lead to their pages."""
    found = part(GRAPH, about=["甲公司"])
    assert (found.graph, next(iter(found.edges))[:2]) == (GRAPH.graph, (FIRM.id, PARK.id))


def test_changing_a_part_leaves_the_graph():
    """A part is a copy."""
    part(GRAPH).nodes[FIRM.id]["name"] = "另名"
    assert GRAPH.nodes[FIRM.id]["name"] == "甲公司"


def test_unknown_name_is_told():
    """No empty picture for a misspelt name."""
    with pytest.raises(InputError, match="己公司"):
        part(GRAPH, about=["己公司"])


@pytest.mark.parametrize("asked", [{"cls": ["Firm"]}, {"relation": ["near"]}])
def test_unknown_terms_are_told(asked):
    """Nor for a misspelt class or relation."""
    with pytest.raises(KnowledgeError):
        part(GRAPH, **asked)
