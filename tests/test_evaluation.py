"""Gold files are checked, and graphs are compared with them as the rules say."""

import json

import pytest
from factory import entity, fact, figure, graph

from kg.errors import GoldError
from kg.evaluation.gold import Gold, GoldEntity, GoldObservation, GoldRelation, read_gold
from kg.evaluation.scoring import Count, fold, score

FIRM = entity("Company", "衡川科技", "衡川")
PARK = entity("Park", "青禾园")
CITY = entity("Place", "上海")
GOLD = Gold(
    doc="a.txt",
    entities=(
        GoldEntity("e1", "Company", "衡川科技", ("衡川",)),
        GoldEntity("e2", "Park", "青禾園"),
        GoldEntity("e3", "Place", "上海", optional=True),
        GoldEntity("e4", "District", "普陀区"),
    ),
    relations=(GoldRelation("e1", "locatedIn", ("e2", "e4"), "…"), GoldRelation("e2", "locatedIn", "e4", "…")),
    observations=(GoldObservation("e2", "企业数", 30, "家"), GoldObservation("e2", "面积", 5, "亩", optional=True)),
)


def test_entity_is_right_by_class_and_a_shared_name():
    """Scripts do not matter, and optional entities count neither way."""
    result = score(graph(FIRM, PARK), GOLD)
    assert result.total("Company", "Park", "Place") == Count(2, 2, 2)


def test_second_node_for_one_gold_entity_is_wrong():
    """Aliases must be merged."""
    result = score(graph(entity("Company", "衡川科技"), entity("Company", "衡川")), GOLD)
    assert result.counts["Company"] == Count(1, 2, 1)


def test_relation_is_right_with_any_of_the_tails():
    """A gold row may allow several tails."""
    result = score(graph(FIRM, PARK, fact(FIRM, "locatedIn", PARK)), GOLD)
    assert result.counts["locatedIn"] == Count(1, 1, 2)


def test_location_that_follows_outward_is_neutral():
    """A firm in a park of a district is in the district; so is anything in Shanghai."""
    district = entity("District", "普陀区")
    parts = (FIRM, PARK, district, CITY, fact(PARK, "locatedIn", CITY), fact(FIRM, "locatedIn", district))
    gold = Gold("a.txt", GOLD.entities, (GoldRelation("e1", "locatedIn", "e2"), GoldRelation("e2", "locatedIn", "e4")))
    assert score(graph(*parts), gold).counts["locatedIn"] == Count(0, 0, 2)


def test_planned_facts_are_not_scored():
    """Only what is asserted counts."""
    result = score(graph(FIRM, PARK, fact(FIRM, "locatedIn", PARK, status="planned")), GOLD)
    assert result.counts["locatedIn"] == Count(0, 0, 2)


def test_cooperation_counts_in_either_direction():
    """cooperatesWith is symmetric."""
    gold = Gold("a.txt", GOLD.entities, (GoldRelation("e2", "cooperatesWith", "e1"),))
    result = score(graph(FIRM, PARK, fact(FIRM, "cooperatesWith", PARK)), gold)
    assert result.counts["cooperatesWith"] == Count(1, 1, 1)


def test_observation_needs_value_and_unit():
    """The right number in the wrong unit is wrong; optional ones are neutral."""
    result = score(graph(PARK, figure(PARK, 30, "家"), figure(PARK, 30, "个"), figure(PARK, 5, "亩")), GOLD)
    assert result.counts["Observation"] == Count(1, 2, 1)


def test_errors_show_the_sentence():
    """What is wrong is told with the sentence it was read from."""
    result = score(graph(FIRM, PARK, fact(PARK, "partOf", FIRM)), GOLD)
    wrong = [error for error in result.errors if error.kind == "wrong relation"]
    assert [(e.type, e.what, e.evidence) for e in wrong] == [("partOf", "青禾园 → 衡川科技", "甲公司落户乙园。")]


def test_fold_ignores_script_width_case_quotes_and_blanks():
    """Names that differ only in print are one spelling."""
    assert fold("「智能 ＡＩ」雲・谷") == fold("智能ai云谷")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", r"gold\.json: .*truncated"),
        ({"doc": "a"}, r"gold\.json: .*missing required field `entities`"),
        ({"doc": "a", "entities": [{"id": "e1", "type": "Firm", "name": "甲"}]}, "unknown class Firm"),
        (
            {"doc": "a", "entities": [], "relations": [{"head": "e9", "type": "locatedIn", "tail": "e9"}]},
            "relation 1: e9 is no entity's id",
        ),
        ({"doc": "a", "entities": [{"id": "e1", "type": "Park", "name": "甲"}] * 2}, "id e1 stands twice"),
    ],
)
def test_mistakes_in_gold_are_told_with_their_place(tmp_path, content, message):
    """A gold file with a mistake is refused, the file and the row named."""
    path = tmp_path / "gold.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    with pytest.raises(GoldError, match=message):
        read_gold(path)
