"""Relations: what each construction states, what blocks it, posts, ellipsis, weights."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import spacy

from kg.errors import KnowledgeError
from kg.model import Block, Mention, Proposal, Same, Span
from kg.relations import weights
from kg.relations.candidates import candidates
from kg.relations.grammar import compiled, constructions, signatures
from kg.relations.judgement import SYMMETRIC, UNSURE, judge
from kg.relations.reach import Reach
from kg.relations.reading import read
from kg.relations.rivals import FLOOR, WIDTH, standing
from kg.relations.rows import Clues, Rows
from kg.relations.scene import Scene, make_scene
from kg.relations.titles import normal
from kg.relations.weights import Weights, scores
from kg.text.folding import fold
from kg.text.sentences import split

CLASSES = dict(
    zip(
        "CIPDONGAFLERX",
        (
            "Company", "Institute", "Park", "District", "Official", "Person", "GovernmentBody",
            "Organization", "IndustryField", "Policy", "Event", "Product", "Place",
        ),
        strict=True,
    )
)  # fmt: skip
FIXTURES = Path(__file__).parent / "fixtures" / "relations"


def scene(marked: str) -> Scene:
    """A scene from text whose names stand in brackets with the letter of their class."""
    text, mentions, last = "", [], 0
    marked = fold(marked)
    for match in re.finditer(r"\[([^|\]]+)\|(\w)\]", marked):
        text += marked[last : match.start()]
        mentions.append(Mention(len(text), len(text) + len(match[1]), match[1], CLASSES[match[2]], 1.0))
        text += match[1]
        last = match.end()
    text += marked[last:]
    return make_scene(text, mentions, (), list(split(text)))


def stated(marked: str, kind: str) -> set[tuple[str, str]]:
    """Names joined by an asserted finding of the kind."""
    page = scene(marked)
    found = [f for f in read(page)[1] if f.type == kind and f.status == "asserted" and f.rule not in UNSURE]
    names = {(page.mentions[f.head].name, page.mentions[f.tail].name) for f in found}
    return {tuple(sorted(pair)) for pair in names} if kind in SYMMETRIC else names


def cases(section: str) -> list:
    """All lines of a section of all fixture files."""
    rows = []
    for path in sorted(FIXTURES.glob("*.md")):
        part = re.split(r"^## (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        lines = part[part.index(section) + 1].splitlines()
        rows += [pytest.param(path.stem, line[2:], id=f"{path.stem}: {line[2:]}") for line in lines if line[:2] == "- "]
    return rows


def pairs(line: str) -> tuple[str, set[tuple[str, str]]]:
    """The sentence of a fixture line and the pairs it expects."""
    sentence, _, expected = line.partition(" => ")
    rows = [row.split(" > ") for row in expected.split("; ") if row]
    return sentence, {(head.strip(), tail.strip()) for head, tail in rows}


@pytest.mark.parametrize(("kind", "line"), cases("states"))
def test_constructions_state_their_relation(kind, line):
    """Every construction gives all its pairs and no other of its kind."""
    sentence, expected = pairs(line)
    expected = {tuple(sorted(pair)) for pair in expected} if kind in SYMMETRIC else expected
    assert expected == stated(sentence, kind)


@pytest.mark.parametrize(("kind", "sentence"), cases("states nothing"))
def test_blocked_constructions_state_nothing(kind, sentence):
    """Negation, plans, questions and mere neighbours give no relation."""
    assert set() == stated(sentence, kind)


def test_forms_match_nothing_without_what_they_need():
    """Where a form matches, one of each of its needs stands in the strip: the quick look leaves nothing out."""
    strips = [line.strip for case in cases("states") for line in read(scene(pairs(case.values[1])[0]))[0]]
    forms = [form for construction in constructions() for form in construction.patterns]
    matches = [(form, strip.text) for strip in strips for form in forms if form.expression.search(strip.text)]
    assert matches
    assert [text for form, text in matches for need in form.needs if not any(word in text for word in need)] == []


def test_fixtures_cover_all_relations():
    """Each relation of the vocabulary has its file with twelve positive and six negative cases."""
    counts = {section: Counter(row.values[0] for row in cases(section)) for section in ("states", "states nothing")}
    kinds = signatures().relations
    assert [kind for kind in kinds if counts["states"][kind] < 12 or counts["states nothing"][kind] < 6] == []


def tiny_model() -> Weights:
    """Weights that believe every asserted finding about places, and nothing else."""
    matrix = np.array([[0.0, 0.0], [-4.0, -4.0], [9.0, 0.0], [0.0, 9.0]], np.float32)
    labels = ("locatedIn>", "locatedIn<")
    rows = Rows(["bias", "RlocatedIn>", "RlocatedIn<"])
    return Weights(rows, labels, matrix, {"": np.eye(WIDTH, dtype=np.float32)[0]}, {"locatedIn/situated": 0.8}, Reach())


def judged(marked: str) -> list:
    """Relations of a marked text under the tiny model, without their places."""
    page = scene(marked)
    names = [mention.name for mention in page.mentions]
    return [(names[r.head], r.type, names[r.tail], r.status) for r in judge(page, 0.5, tiny_model())]


def test_a_pair_is_related_once():
    """The same statement in two sentences is one relation, cited from the first."""
    page = scene("[澄屿光学|C]总部位于[嘉定区|D]。[澄屿光学|C]扎根[嘉定区|D]。")
    (relation,) = judge(page, 0.5, tiny_model())
    assert page.sentences[0] == relation.evidence


def test_plans_are_kept_but_not_asserted():
    """A plan is a relation of its own status."""
    assert judged("[澄屿光学|C]计划落户[安亭芯谷|P]。") == [("澄屿光学", "locatedIn", "安亭芯谷", "planned")]


def test_denials_leave_nothing():
    """What is denied is no relation of any status."""
    assert judged("[澄屿光学|C]尚未落户[嘉定区|D]。") == []


def test_threshold_cuts():
    """Less probable relations are left out."""
    page = scene("[澄屿光学|C]总部位于[嘉定区|D]。")
    assert judge(page, 0.999, tiny_model()) == ()


@pytest.mark.parametrize(
    ("role", "post", "grade"),
    [
        ("分管科技的常务副区长", "区长", "常务副"),
        ("联合创办人", "创始人", "联合"),
        ("行政总裁", "首席执行官", ""),
        ("CTO", "首席技术官", ""),
        ("党组书记", "书记", ""),
        ("副总经理", "总经理", "副"),
        ("副总", "总经理", "副"),
        ("助理研究员", "研究员", "助理"),
        ("见习掌灯人", "见习掌灯人", ""),
    ],
)
def test_titles_have_a_normal_form(role, post, grade):
    """A title gives the usual word for its post and what grades it; an unknown one stays as it is."""
    assert normal(role) == (post, grade)


def posts(marked: str) -> set[tuple[str, str, str, str, str, str]]:
    """Holder, organisation, role, start, end and status of every post found."""
    page = scene(marked)
    rows = [f for f in read(page)[1] if f.type == "holdsPosition"]
    return {(page.mentions[f.head].name, page.mentions[f.tail].name, f.role, f.start, f.end, f.status) for f in rows}


def test_a_mayor_is_not_in_the_party_committee():
    """Somebody beside a party secretary does not hold the secretary's post."""
    marked = "[青浦区|D]开会。[青浦区委|G]书记[温述清|O]和区长[杭晓舟|O]出席。"
    assert ("杭晓舟", "青浦区委") not in stated(marked, "holdsPosition")


def test_titles_in_one_phrase_are_several_posts():
    """主任、党组书记 are two posts in one organ."""
    expected = {("张三丰", "徐汇区科委", role, "", "", "asserted") for role in ("主任", "党组书记")}
    assert expected == posts("[徐汇区科委|G]主任、[徐汇区科委|G]党组书记[张三丰|O]说。")


def test_district_head_serves_the_district():
    """A 区长 named after the party committee holds the post in the district."""
    marked = "[普陀区|D]正在转型。[普陀区委|G]常委、副区长[林疏影|O]表示。"
    expected = {("林疏影", "普陀区委", "常委", "", "", "asserted"), ("林疏影", "普陀区", "副区长", "", "", "asserted")}
    assert expected == posts(marked)


@pytest.mark.parametrize(
    ("marked", "start", "end", "status"),
    [
        ("[方一舟|N]2019年3月起担任[云栈智能|C]总经理。", "2019-03", "", "asserted"),
        ("2012年至2016年，[云栈智能|C]总经理[方一舟|N]带队北上。", "2012", "2016", "asserted"),
        ("[云栈智能|C]原总经理[方一舟|N]返校任教。", "", "", "past"),
        ("时任[云栈智能|C]总经理[方一舟|N]签了字。", "", "", "past"),
        ("[云栈智能|C]候任总经理[方一舟|N]到会。", "", "", "planned"),
    ],
)
def test_posts_in_time(marked, start, end, status):
    """Years, 原, 时任 and 候任 tell when a post is held."""
    page = scene(marked)
    found = [f for f in read(page)[1] if f.type == "holdsPosition"]
    assert [(start, end, status)] == [(f.start, f.end, f.status) for f in found][:1]


@pytest.mark.parametrize(
    ("marked", "head", "tail"),
    [
        pytest.param("[青浦区|D]公布账本。区长[杭晓舟|O]介绍。", "杭晓舟", "青浦区", id="a bare post"),
        pytest.param("[普陀区|D]开会。[区委|G]副书记、区长[温述清|O]主持。", "温述清", "普陀区", id="behind an organ"),
        pytest.param(
            "[东岸大学汽车学院|I]共建[氢能实验室|I]，由该院教授[司徒珩|N]负责。", "司徒珩", "东岸大学汽车学院",
            id="of the institute that so ends",
        ),
        pytest.param(
            "[云栈智能|C]与[东岸大学|I]共建[光电实验室|I]，由该校教授[权以琛|N]任主任。", "权以琛", "东岸大学",
            id="of the university",
        ),
        pytest.param(
            "[青浦区|D]开会。[青浦区委|G]书记[温述清|O]和区长[杭晓舟|O]出席。", "杭晓舟", "青浦区",
            id="beside a secretary",
        ),
        pytest.param(
            "[云栈智能|C]董事长[方一舟|N]、总工程师[权以琛|N]出席。", "权以琛", "云栈智能", id="beside a colleague"
        ),
    ],
)  # fmt: skip
def test_posts_whose_house_is_not_printed(marked, head, tail):
    """A district's head without its name, and 该院, 该校, hold their posts where a reader would say."""
    assert (head, tail) in stated(marked, "holdsPosition")


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param(
            "[申江集团|C]投资[微木科技|C]，前者总部位于[嘉定区|D]。", {("申江集团", "嘉定区")}, id="the former"
        ),
        pytest.param(
            "[申江集团|C]投资[微木科技|C]，后者总部位于[嘉定区|D]。", {("微木科技", "嘉定区")}, id="the latter"
        ),
        pytest.param(
            "[申江集团|C]、[微木科技|C]开业。两家公司总部位于[嘉定区|D]。",
            {("申江集团", "嘉定区"), ("微木科技", "嘉定区")},
            id="both",
        ),
        pytest.param(
            "[申江集团|C]和[微木科技|C]开业。前者租下[东岸大厦|P]，后者总部位于[嘉定区|D]。",
            {("申江集团", "东岸大厦"), ("微木科技", "嘉定区")},
            id="both in one sentence",
        ),
    ],
)
def test_pairs_and_plurals_stand_for_the_names_before(marked, expected):
    """前者, 后者 and 两家公司 stand for the last names of their kind."""
    assert expected == stated(marked, "locatedIn")


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param(
            "[东岸光电联合实验室|I]揭牌。联合实验室位于[嘉定区|D]。",
            {("东岸光电联合实验室", "嘉定区")},
            id="last words",
        ),
        pytest.param(
            "[东岸大学|I]建设[光电检测平台|I]。平台位于[嘉定区|D]。",
            {("光电检测平台", "嘉定区")},
            id="a noun that ends it",
        ),
    ],
)
def test_parts_of_names_stand_for_them(marked, expected):
    """The last words of an earlier name at the start of a clause stand for it."""
    assert expected == stated(marked, "locatedIn")


def test_a_count_behind_names_stands_for_no_others():
    """三方 behind the names that it counts brings in nobody."""
    marked = "[光电研究院|I]揭牌。由[申江集团|C]、[微木科技|C]、[东岸大学|I]三方共建。"
    assert "光电研究院" not in {name for pair in stated(marked, "cooperatesWith") for name in pair}


def test_rows_of_tables_tie_what_their_cells_name():
    """The head of a column says how the thing of a row is tied to what the cell names."""
    text = "平台名称\t牵头单位\t所在区\t状态\n光电中试平台\t东岸大学、微木科技\t嘉定区\t启用\n"
    names = {"光电中试平台": "Institute", "东岸大学": "Institute", "微木科技": "Company", "嘉定区": "District"}
    mentions = [Mention(text.index(n), text.index(n) + len(n), n, cls, 1.0) for n, cls in names.items()]
    page = make_scene(text, mentions, (), list(split(text)), [Block(0, len(text), "table")])
    found = {
        (f.type, page.mentions[f.head].name, page.mentions[f.tail].name)
        for f in read(page)[1]
        if f.rule.endswith("/column")
    }
    platform = "光电中试平台"
    assert found == {
        ("foundedBy", platform, "东岸大学"),
        ("foundedBy", platform, "微木科技"),
        ("locatedIn", platform, "嘉定区"),
    }


def test_a_committee_has_the_zone_that_ends_like_it():
    """示范区执委会 is in charge of the one park whose name ends in 示范区."""
    marked = "[长三角绿色发展示范区|P]成立。[示范区执委会|G]介绍。"
    assert stated(marked, "administers") == {("示范区执委会", "长三角绿色发展示范区")}


def test_a_short_form_opens_the_name_of_a_school():
    """交大航空航天学院 is part of the university that 交大 stands for."""
    marked = "[上海交通大学|I]揭牌。[交大航空航天学院|I]参与。"
    assert stated(marked, "partOf") == {("交大航空航天学院", "上海交通大学")}


def test_clauses_tell_whose_they_are():
    """A clause without subject tells which mention it leaves out, by the names that it has."""
    page = scene("[上海|X]建设了[光电研究院|I]，并制订了[光电计划|L]。")
    (line,) = read(page)[0]
    assert {page.mentions[line.strip.at[p]].name: page.mentions[i].name for p, i in line.told.items()} == {
        "光电计划": "上海"
    }


def test_short_forms_are_one_thing():
    """What the text says is the same counts as one end."""
    page = scene("[澄屿光学科技公司|C]总部位于[嘉定区|D]。[澄屿|C]扎根[嘉定区|D]。")
    joined = make_scene(page.text, page.mentions, (Same(0, 2, "short", Span(0, 1)),), page.sentences)
    assert len(judge(joined, 0.5, tiny_model())) == 1


def test_component_fills_the_doc():
    """kg_relations reads the layers of a Doc and lays its own."""
    page = scene("[云栈智能|C]创始人[方一舟|N]说。")
    nlp = spacy.blank("zh")
    nlp.add_pipe("kg_relations")
    doc = nlp.make_doc(page.text)
    doc._.kg_mentions, doc._.kg_sentences = page.mentions, page.sentences
    doc = nlp.get_pipe("kg_relations")(doc)
    assert {"holdsPosition", "foundedBy"} == {relation.type for relation in doc._.kg_relations}


def test_unknown_family_is_told():
    """A form that names no known family of classes is refused with its place."""
    with pytest.raises(KnowledgeError, match="knows no family firms"):
        compiled("{head:firms}在", ())


def test_weights_survive_storage(tmp_path):
    """Written and read back, a model rates pairs the same but for rounding."""
    path = tmp_path / "relations.npz"
    with path.open("wb") as file:
        weights.write(tiny_model(), file)
    page = scene("[澄屿光学|C]总部位于[嘉定区|D]。")
    pairs = candidates(page, *read(page), Clues(tiny_model().rows), Reach())
    kept = scores(weights.read(path), pairs)
    assert np.allclose(scores(tiny_model(), pairs), kept, atol=0.1)


def test_damaged_weights_are_told(tmp_path):
    """A file that is no model is refused by name."""
    (tmp_path / "relations.npz").write_bytes(b"nothing")
    with pytest.raises(KnowledgeError, match=r"relations\.npz"):
        weights.read(tmp_path / "relations.npz")


@pytest.mark.parametrize("marked", ["", "今天没有新闻。", "[云栈智能|C]"])
def test_pages_without_pairs_give_nothing(marked):
    """Pages with no or one name have no relations."""
    assert judged(marked) == []


def test_forms_of_a_curated_name_are_one_thing():
    """Mentions of one curated entry count as one end, whatever their form."""
    page = scene("[澄屿光学|C]总部位于[嘉定|D]。[澄屿光学|C]扎根[嘉定区|D]。")
    entry = Proposal(0, 1, "District", 1.0, "lexicon", entry="district/jiading")
    mentions = [replace(m, proposals=(entry,)) if m.cls == "District" else m for m in page.mentions]
    assert len(judge(make_scene(page.text, mentions, (), page.sentences), 0.5, tiny_model())) == 1


def test_rivals_are_heard():
    """The standing of a pair names the best score with the same head, the same tail, and of another relation."""
    rows = dict(standing({(1, "locatedIn", 2): 2.0, (1, "locatedIn", 3): 1.0, (1, "partOf", 3): 0.5}))
    assert rows[1, "locatedIn", 3].tolist() == [1.0, 1.0, 2.0, FLOOR, 0.5, FLOOR, 1.0, 0.0, 0.0]
