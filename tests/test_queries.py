"""The competency questions find what a small graph holds, and what the sample articles say."""

import pytest
from factory import entity, evidence, fact, figure

import kg
from kg import rdf
from kg.graph import to_graph
from kg.model import Document, Resolution
from kg.stores.query import query
from kg.stores.questions import questions

DISTRICT = entity("District", "徐汇区")
COMMITTEE = entity("GovernmentBody", "中共徐汇区委员会")
BAY = entity("Park", "云帆湾")
HUB = entity("Park", "启明加速器")
STAR = entity("Company", "晨星科技", "晨星", "Star")
MOON = entity("Company", "明月机器人")
BANK = entity("Company", "申江银行")
INSTITUTE = entity("Institute", "浦江大学")
SCHOOL = entity("Institute", "浦江大学软件学院")
LAB = entity("Institute", "浦江大学软件学院智能实验室")
ALLIANCE = entity("Organization", "云帆产业联盟")
AI = entity("IndustryField", "人工智能", "AI")
HEAD = entity("Official", "张三")
BEFORE = entity("Official", "李四")
SECRETARY = entity("Official", "王五")
DEPUTY = entity("Official", "赵六")
FOUNDER = entity("Person", "钱七")
POLICY = entity("Policy", "云帆湾发展规划")
FAIR = entity("Event", "云帆大会")
PRODUCT = entity("Product", "观星大模型")
PLACES = (DISTRICT, BAY, HUB)
ORGANISATIONS = (COMMITTEE, STAR, MOON, BANK, INSTITUTE, SCHOOL, LAB, ALLIANCE)
PEOPLE = (HEAD, BEFORE, SECRETARY, DEPUTY, FOUNDER)
OTHERS = (AI, POLICY, FAIR, PRODUCT)

LATER = evidence("晨星科技落户云帆湾。", document="e")
FACTS = (
    fact(BAY, "locatedIn", DISTRICT),
    fact(HUB, "locatedIn", BAY),
    fact(STAR, "locatedIn", BAY, evidence=(evidence(), LATER)),
    fact(MOON, "locatedIn", HUB),
    fact(STAR, "focusesOn", AI),
    fact(MOON, "focusesOn", AI),
    fact(BAY, "focusesOn", AI),
    fact(HEAD, "holdsPosition", DISTRICT, role="区长", start="2021-03"),
    fact(BEFORE, "holdsPosition", DISTRICT, role="区长", start="2016", end="2021-02", status="past"),
    fact(DEPUTY, "holdsPosition", DISTRICT, role="副区长"),
    fact(SECRETARY, "holdsPosition", COMMITTEE, role="书记"),
    fact(FOUNDER, "holdsPosition", STAR, role="创始人"),
    fact(HEAD, "participatesIn", FAIR),
    fact(FOUNDER, "participatesIn", FAIR),
    fact(HUB, "incubates", MOON),
    fact(STAR, "foundedBy", FOUNDER),
    fact(BANK, "investsIn", STAR, start="2022", as_of="2023-01-01"),
    fact(STAR, "supplies", BANK),
    fact(STAR, "cooperatesWith", INSTITUTE),
    fact(MOON, "cooperatesWith", STAR, confidence=0.5),
    fact(DISTRICT, "organizes", FAIR),
    fact(DISTRICT, "issues", POLICY),
    fact(STAR, "develops", PRODUCT),
    fact(STAR, "memberOf", ALLIANCE),
    fact(SCHOOL, "partOf", INSTITUTE),
    fact(LAB, "partOf", SCHOOL),
    fact(MOON, "investsIn", BANK, status="planned", as_of="2023-01-01"),
)
FIGURES = (
    figure(BAY, 1200, "家", time="2022"),
    figure(BAY, 1300, "家", time="2022", evidence=(LATER,)),
    figure(BAY, 900, "家", as_of="2021-05-01", bound="at least"),
)
EXPECTED = {
    "ai-companies-in-parks": [
        ("徐汇区", "云帆湾", "晨星科技"),
        ("徐汇区", "启明加速器", "明月机器人"),
    ],
    "parks-of-districts": [("徐汇区", "云帆湾", "2"), ("徐汇区", "启明加速器", "1")],
    "heads-of-districts": [
        ("徐汇区", "书记", "王五", "", "", "asserted"),
        ("徐汇区", "区长", "李四", "2016", "2021-02", "past"),
        ("徐汇区", "区长", "张三", "2021-03", "", "asserted"),
    ],
    "incubated": [("启明加速器", "Park", "明月机器人")],
    "figures-of-parks": [
        ("云帆湾", "企业数", "2021-05-01", "atLeast", "900", "家", "d"),
        ("云帆湾", "企业数", "2022", "exact", "1200", "家", "d"),
        ("云帆湾", "企业数", "2022", "exact", "1300", "家", "e"),
    ],
    "two-steps": [("张三", "云帆大会", "钱七"), ("张三", "徐汇区", "赵六")],
    "founders": [("钱七", "晨星科技", "Company")],
    "investments": [("申江银行", "晨星科技", "2022", "2023-01-01")],
    "suppliers": [("晨星科技", "申江银行")],
    "fields": [("人工智能", "2", "0", "1")],
    "events": [("云帆大会", "徐汇区", "2")],
    "policies": [("云帆湾发展规划", "徐汇区", "2023-01-01")],
    "products": [("晨星科技", "观星大模型")],
    "planned": [("明月机器人", "investsIn", "申江银行", "2023-01-01")],
    "conflicting-figures": [("云帆湾", "企业数", "2022", "家", "1200", "1300")],
    "doubtful": [("明月机器人", "cooperatesWith", "晨星科技", "0.5", "1")],
    "well-supported": [("晨星科技", "locatedIn", "云帆湾", "2")],
    "names": [("人工智能", "AI", "en"), ("晨星科技", "Star", "en"), ("晨星科技", "晨星", "zh-hans")],
    "members": [("云帆产业联盟", "晨星科技")],
    "units": [
        ("浦江大学", "浦江大学软件学院"),
        ("浦江大学", "浦江大学软件学院智能实验室"),
        ("浦江大学软件学院", "浦江大学软件学院智能实验室"),
    ],
    "coverage": [("d", "2023-01-01", "27", "2"), ("e", "2024", "1", "1")],
    "careers": [
        ("张三", "2021-03", "", "区长", "徐汇区", "asserted"),
        ("李四", "2016", "2021-02", "区长", "徐汇区", "past"),
        ("王五", "", "", "书记", "中共徐汇区委员会", "asserted"),
        ("赵六", "", "", "副区长", "徐汇区", "asserted"),
        ("钱七", "", "", "创始人", "晨星科技", "asserted"),
    ],
}
SAMPLE = {
    "ai-companies-in-parks": {("徐汇区", "模速空间", "无问芯穹")},
    "parks-of-districts": {("徐汇区", "西岸智塔"), ("徐汇区", "模速空间"), ("奉贤区", "东方美谷")},
    "heads-of-districts": {("浦东新区", "书记", "朱芝松", "2022")},
    "incubated": {("苍岩创新工场", "Company", "柏澄生物"), ("苍岩创新工场", "Company", "砾石智能")},
    "figures-of-parks": {("大零号湾", "规划面积", "2023-05-16", "about", "17", "平方公里", "04-minhang.md")},
    "two-steps": {("王志刚", "科学技术部", "阴和俊")},
    "founders": {("王晖", "盛美上海"), ("张文", "壁仞科技"), ("复旦大学", "国家集成电路创新中心")},
    "investments": {("国家集成电路产业投资基金股份有限公司", "中芯国际")},
    "suppliers": {("盛美上海", "中芯国际")},
    "policies": {("G60科创走廊松江宣言",), ("上海市高质量孵化器培育实施方案",)},
    "products": {("壁仞科技", "BR100"), ("商汤科技", "日日新")},
    "units": {("联影医疗", "联影智能")},
    "careers": {("王志刚", "2018", "2023", "部长", "科学技术部")},
    "names": {("上海交通大学", "SJTU", "en"), ("上海交通大学", "上海交通大學", "zh-hant")},
    "coverage": {("10-chips.txt",), ("incubators", "2023-06-25")},
}
"""Rows that the sample's plainest sentences give, by their first columns: a better reading may add others."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """A build's folder with the graph of the sample articles."""
    path = tmp_path_factory.mktemp("sample")
    rdf.write(kg.build(), path / "graph.ttl")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A build's folder with the small graph."""
    path = tmp_path_factory.mktemp("build")
    documents = (Document("d", "", date="2023-01-01"), Document("e", "", date="2024"))
    resolution = Resolution(
        documents, ("0" * 64, "1" * 64), (*PLACES, *ORGANISATIONS, *PEOPLE, *OTHERS), FACTS, FIGURES
    )
    rdf.write(to_graph(resolution), path / "graph.ttl")
    return path


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_question(folder, name):
    """The question is answered with these rows."""
    assert sorted(query(folder, name).rows) == sorted(EXPECTED[name])


def test_partners(folder):
    """Partners count in both directions, the best connected first."""
    rows = [(name, number, set(names.split("、"))) for name, number, names in query(folder, "partners").rows]
    assert rows[0] == ("晨星科技", "2", {"浦江大学", "明月机器人"})


def test_evidence(folder):
    """A fact leads to every page that tells it, with the words it tells it in."""
    rows = [row for row in query(folder, "evidence").rows if row[:3] == ("晨星科技", "locatedIn", "云帆湾")]
    assert rows == [
        ("晨星科技", "locatedIn", "云帆湾", "asserted", "d", "2023-01-01", "甲公司落户乙园。"),
        ("晨星科技", "locatedIn", "云帆湾", "asserted", "e", "2024", "晨星科技落户云帆湾。"),
    ]


def test_all_are_tested():
    """No question ships untested."""
    assert {question.name for question in questions()} == {*EXPECTED, "partners", "evidence"}


def test_titles():
    """Every question is put in English and in Chinese."""
    assert [q.name for q in questions() if not (q.title.endswith("?") and q.title_zh.endswith("？"))] == []


@pytest.mark.parametrize("name", sorted(SAMPLE))
def test_question_to_the_sample(sample, name):
    """The answer holds what the articles say."""
    rows = query(sample, name).rows
    assert SAMPLE[name] - {row[:width] for row in rows for width in range(1, len(row) + 1)} == set()


@pytest.mark.parametrize("name", sorted(question.name for question in questions()))
def test_every_question_suits_the_sample(sample, name):
    """It is answered whole, each row in the columns that it asks for."""
    answer = query(sample, name)
    assert {len(row) for row in answer.rows} <= {len(answer.columns)}


def test_evidence_in_the_sample(sample):
    """A fact of the sample leads to the file that tells it, in its words."""
    rows = query(sample, "evidence").rows
    (row,) = (row for row in rows if row[:3] == ("上海人工智能实验室", "locatedIn", "西岸智塔"))
    assert (row[4], row[6]) == ("02-xuhui.txt", "上海期智研究院、上海人工智能实验室先后入驻西岸智塔。")
