"""Facts and figures that repeat or contradict each other."""

from __future__ import annotations

import pytest

from kg.lexicon import Entry
from kg.model import Entity, Evidence, Fact, Figure, Status
from kg.resolution.consistency import consistent, united
from kg.resolution.geography import may_lie_in

CLASSES = {
    "firm": "Company",
    "lab": "Institute",
    "park": "Park",
    "valley": "Park",
    "hill": "Place",
    "district": "District",
    "gu": "Person",
}
ENTITIES = {key: Entity(key, cls, key, (), ()) for key, cls in CLASSES.items()}


def fact(
    head: str,
    relation: str,
    tail: str,
    confidence: float = 0.8,
    *,
    role: str = "",
    start: str = "",
    status: Status = "asserted",
    document: str = "1",
) -> Fact:
    evidence = (Evidence(document, (), role + start + head, confidence, "r"),)
    return Fact(head, relation, tail, role, start, "", "", status, confidence, evidence)


def kept(*facts: Fact) -> list[tuple[str, str]]:
    return [(f.head, f.tail) for f in consistent(facts, ENTITIES, {})]


def test_of_two_facts_that_cannot_both_hold_the_surer_stays():
    """An institute is not part of its own part."""
    assert kept(fact("firm", "partOf", "lab", 0.6), fact("lab", "partOf", "firm", 0.7)) == [("lab", "firm")]


def test_the_least_sure_of_a_circle_goes():
    """A lies in B, B in C; then C does not lie in A."""
    circle = [("park", "valley", 0.9), ("valley", "hill", 0.8), ("hill", "park", 0.7)]
    rows = [fact(head, "locatedIn", tail, sure) for head, tail, sure in circle]
    assert kept(*rows) == [("park", "valley"), ("valley", "hill")]


def test_two_firms_may_supply_each_other():
    """Only asymmetric relations are looked at."""
    assert len(kept(fact("firm", "supplies", "lab"), fact("lab", "supplies", "firm"))) == 2


def test_what_is_past_may_be_reversed():
    """A denied or former fact contradicts nothing."""
    assert len(kept(fact("firm", "partOf", "lab"), fact("lab", "partOf", "firm", status="past"))) == 2


def test_a_district_lies_in_no_park():
    """The park may lie in it."""
    assert kept(fact("district", "locatedIn", "park"), fact("park", "locatedIn", "district")) == [("park", "district")]


@pytest.mark.parametrize(
    ("inner", "outer", "possible"),
    [
        ("park/cyberport", "place/hongkong", True),
        ("park/cyberport", "place/china", True),
        ("park/cyberport", "place/yangtze-delta", True),
        ("park/cyberport", "", True),
        ("park/cyberport", "place/shanghai", False),
        ("place/hongkong", "park/cyberport", False),
        ("park/cyberport", "district/xuhui", False),
        ("institute/hku", "place/shanghai", True),
        ("park/cyberport", "park/cyberport-2", False),
    ],
)
def test_places_lie_where_the_lists_say(inner, outer, possible):
    """Or where they leave it open."""
    entries = {
        "place/china": Entry("place/china", "Place", "中国"),
        "place/yangtze-delta": Entry("place/yangtze-delta", "Place", "长三角", within="place/china"),
        "place/shanghai": Entry("place/shanghai", "Place", "上海", within="place/china"),
        "place/hongkong": Entry("place/hongkong", "Place", "香港", within="place/china"),
        "district/xuhui": Entry("district/xuhui", "District", "徐汇区", within="place/shanghai"),
        "park/cyberport": Entry("park/cyberport", "Park", "数码港", within="place/hongkong"),
        "park/cyberport-2": Entry("park/cyberport-2", "Park", "数码港二期", parent="park/cyberport"),
        "institute/hku": Entry("institute/hku", "Institute", "香港大学", within="place/hongkong"),
    }
    assert may_lie_in(inner, outer, entries) is possible


def test_ends_of_the_wrong_class_are_left_out():
    """A place turned out to be a firm."""
    assert kept(fact("park", "locatedIn", "firm")) == []


def test_a_post_without_a_title_goes_into_the_one_with_a_title():
    """With its evidence."""
    rows = fact("gu", "holdsPosition", "lab", role="主任"), fact("gu", "holdsPosition", "lab", document="2")
    (found,) = consistent(rows, ENTITIES, {})
    assert (found.role, found.confidence, len(found.evidence)) == ("主任", 0.96, 2)


def test_two_titles_are_two_posts():
    """One person may hold both."""
    rows = [fact("gu", "holdsPosition", "lab", role=role) for role in ("主任", "教授")]
    assert len(consistent(rows, ENTITIES, {})) == 2


def test_an_untimed_fact_goes_into_the_timed_one():
    """It says the same, only less."""
    (found,) = consistent([fact("firm", "partOf", "lab"), fact("firm", "partOf", "lab", start="2020")], ENTITIES, {})
    assert (found.start, len(found.evidence)) == ("2020", 2)


def test_facts_of_two_times_stay_two():
    """They contradict each other, or both hold."""
    assert len(consistent([fact("firm", "partOf", "lab", start=year) for year in ("2020", "2021")], ENTITIES, {})) == 2


def figure(measure: str, time: str = "", value: float = 63.0) -> Figure:
    evidence = (Evidence("1", (), measure + time, 0.8, "r"),)
    return Figure("park", measure, value, "家", "63", time, "exact", "", 0.8, evidence)


@pytest.mark.parametrize("other", ["科技企业", "企业数"])
def test_measures_that_continue_each_other_are_one(other):
    """The fuller one is kept."""
    (found,) = united([figure("企业"), figure(other)])
    assert (found.measure, len(found.evidence)) == (other, 2)


def test_a_figure_without_time_goes_into_the_dated_one():
    """It says the same, only less."""
    (found,) = united([figure("企业"), figure("企业", "2023")])
    assert (found.time, len(found.evidence)) == ("2023", 2)


@pytest.mark.parametrize("other", [figure("机构"), figure("企业", "2023", 64.0)])
def test_other_figures_stay(other):
    """Of another measure or value."""
    assert len(united([figure("企业"), other])) == 2
