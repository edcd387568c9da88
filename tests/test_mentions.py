"""Names by lexicon and patterns: fixture texts, hand-made proposals, properties of the result."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import kg.mentions  # noqa: F401 - registers the components
from kg.lexicon import table
from kg.mentions import arbitration, derived, gazetteer, page
from kg.mentions.bylines import bylines
from kg.mentions.evidence import Candidate, evidence
from kg.mentions.patterns.columns import columns
from kg.mentions.patterns.edges import left_edge
from kg.mentions.patterns.grounds import grounds
from kg.mentions.patterns.persons import kind, rank
from kg.mentions.shapes import shaped
from kg.mentions.weights import Scale, Weights, weighing
from kg.model import Block, Proposal, Span

FIXTURES = Path(__file__).parent / "fixtures" / "mentions"


def _cases() -> list[pytest.param]:
    """The cases of all fixture files: title, input, expected lines, separated by lines of one full stop."""
    cases = []
    for path in sorted(FIXTURES.glob("*.md")):
        fields = path.read_text(encoding="utf-8").split("\n.\n")
        for title, text, expected in zip(fields[::3], fields[1::3], fields[2::3], strict=False):
            cases.append(pytest.param(text, expected.splitlines(), id=f"{path.stem}: {title.strip()}"))
    return cases


CORE = ("Company", "Institute", "Park", "District", "Official")
EXTENDED = ("Person", "GovernmentBody", "Organization", "IndustryField", "Policy", "Event", "Product", "Place")
CLASSES = CORE + EXTENDED
EVEN = Scale(
    dict.fromkeys(CLASSES, -3.0),
    {
        "any": {"any": 6.0},
        "weak form": {"any": 3.0},
        "latin": {"any": 3.0},
        "inside": {"any": -1.0},
        "across": {"any": -4.0},
        "other class": {"any": -2.0},
    },
)
"""Trusts all sources alike, so that these tests tell of the rules and not of what was fitted last."""
FIRM = Scale(EVEN.base, EVEN.evidence | {"short form": {"any": 2.0}, "other class": {"any": 0.0}})
"""Trusts short forms less."""


@pytest.fixture(autouse=True)
def _even_weights() -> Iterator[None]:
    with weighing(Weights(EVEN, EVEN, EVEN, {"any": 0.5}, {"any": 0.5}, ("model",), 0.5, 0.5)):
        yield


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.blank("zh")
    for name in ("kg_lexicon", "kg_patterns", "kg_arbiter"):
        pipeline.add_pipe(name)
    return pipeline


@pytest.mark.parametrize(("text", "expected"), _cases())
def test_fixture(nlp: Language, text: str, expected: list[str]) -> None:
    """The names of each class that the case lists, and no others of these classes.

    A line is a class and a name, with a count where it stands more than once; a class alone has no names.
    """
    rows = [line.split() for line in expected]
    wanted = Counter({(row[0], row[1]): int(row[2]) if len(row) > 2 else 1 for row in rows if len(row) > 1})
    classes = {row[0] for row in rows}
    found = Counter((m.cls, m.name) for m in nlp(text)._.kg_mentions if m.cls in classes)
    assert wanted == found


def test_mentions_are_in_order_and_apart(nlp: Language) -> None:
    """Mentions come by start and do not overlap."""
    mentions = nlp("青浦区科委主任邱明远在云杉量测（上海）有限公司说，青浦区欢迎同济大学。")._.kg_mentions
    assert all(a.end <= b.start for a, b in pairwise(mentions))


def test_every_opinion_is_kept_with_the_winner_first(nlp: Language) -> None:
    """A mention holds all proposals for its stretch; the first is for its class and gives a reason."""
    for mention in nlp("青浦区科委发布《青浦区低空条例》，聚焦人工智能产业。")._.kg_mentions:
        assert mention.cls == mention.proposals[0].cls
        assert all(p.source and p.reason for p in mention.proposals)


def test_entities_of_the_doc_follow_the_mentions(nlp: Language) -> None:
    """``doc.ents`` has the same stretches and classes."""
    doc = nlp("同济大学与云杉量测有限公司签约。")
    assert [(m.start, m.end, m.cls) for m in doc._.kg_mentions] == [
        (e.start_char, e.end_char, e.label_) for e in doc.ents
    ]


def test_bylines_name_nobody(nlp: Language) -> None:
    """Proposals inside a byline block are dropped."""
    doc = nlp.make_doc("负责人童自牧表示")
    doc._.kg_blocks = (Block(0, len(doc.text), "byline"),)
    for _, component in nlp.pipeline:
        doc = component(doc)
    assert doc._.kg_mentions == ()


def test_abbreviation_leaves_a_clue(nlp: Language) -> None:
    """以下简称 makes a Same of the two mentions, with the sentence as evidence."""
    doc = nlp.make_doc("云杉量测有限公司（以下简称“云量”）成立。")
    doc._.kg_sentences = (Span(0, len(doc.text)),)
    for _, component in nlp.pipeline:
        doc = component(doc)
    names = [m.name for m in doc._.kg_mentions]
    clues = [(names[s.first], names[s.second], s.reason, s.evidence) for s in doc._.kg_same]
    assert [("云杉量测有限公司", "云量", "以下简称", Span(0, len(doc.text)))] == clues


def test_same_text_same_mentions(nlp: Language) -> None:
    """The result depends on nothing but the text."""
    text = "云杉量测、拾光智驾和半亩芯片等七家企业落户青浦区。"
    assert nlp(text)._.kg_mentions == nlp(text)._.kg_mentions


def test_empty_text_has_no_mentions(nlp: Language) -> None:
    """An empty document passes through."""
    assert nlp("")._.kg_mentions == ()


def test_longest_curated_form_wins() -> None:
    """徐汇区 is found whole, not as 徐汇."""
    assert [("徐汇区"[m.start : m.end], m.entries[0].cls) for m in gazetteer.match("徐汇区")] == [
        ("徐汇区", "District")
    ]


def test_short_latin_forms_keep_their_case_and_borders() -> None:
    """AI is found as a word, not inside a word nor in lower case."""
    assert [m.start for m in gazetteer.match("用 AI 画 SAID 和 ai")] == [2]


def test_a_river_is_not_the_district() -> None:
    """黄浦 before 江 is not the district 黄浦."""
    assert "District" not in [m.entries[0].cls for m in gazetteer.match("黄浦江畔")]


@pytest.mark.parametrize(
    ("before", "edge"),
    [
        ("公司位于", 4),
        ("落户同济大学土木与", 2),
        ("他加入了", 4),
        ("华为", 0),
    ],
)
def test_left_edge(before: str, edge: int) -> None:
    """A name reaches back to the last word that bars it, and over a joint inside it."""
    assert edge == left_edge(page.read(before + "环境工程研究院"), len(before) + 4)


@pytest.mark.parametrize(
    ("chain", "post", "expected"),
    [
        ("青浦区科委", "主任", "Official"),
        ("云杉量测公司", "党委书记", "Person"),
        ("上海市储能协会", "秘书长", "Person"),
        ("", "区长", "Official"),
        ("某某大学", "校长", "Person"),
    ],
)
def test_rank(chain: str, post: str, expected: str) -> None:
    """The house before an ambiguous post decides."""
    text = chain + post
    assert expected == rank(text, len(chain), len(text), kind(post))


def test_rounds_come_to_what_one_round_comes_to() -> None:
    """Whatever comes first: evidence is weighed again where something new bears on it."""
    text = "申江大学芯片研究院院长骆长风说，云杉量测和申江大学共建。骆长风博士曾任云杉量测总经理。"
    proposals = [
        Proposal(0, 4, "Institute", 0.9, "model"),
        Proposal(0, 9, "Institute", 0.6, "suffix"),
        Proposal(4, 6, "IndustryField", 0.5, "lexicon"),
        Proposal(11, 14, "Person", 0.4, "speech"),
        Proposal(11, 14, "Official", 0.7, "title"),
        Proposal(16, 20, "Company", 0.8, "model"),
        Proposal(28, 31, "Official", 0.5, "document"),
        Proposal(35, 39, "Company", 0.5, "house"),
    ]
    whole = arbitration.decide(text, proposals)
    assert len(whole) > 3
    for order in (proposals, proposals[::-1], proposals[1::2] + proposals[::2]):
        arbiter = arbitration.Arbiter(text)
        for proposal in order:
            arbiter.hear([proposal])
        assert arbiter.names() == [v[:4] for v in whole]


def test_class_is_one_per_name() -> None:
    """A name has one class on a page: opinions for another are left out."""
    proposals = [
        Proposal(0, 2, "Person", 0.9, "title", "after a post"),
        Proposal(3, 5, "Product", 0.8, "pattern", "quoted"),
    ]
    verdicts = arbitration.decide("听澜，听澜", proposals)
    assert [v.cls for v in verdicts] == ["Person"]


def test_agreement_raises_the_score() -> None:
    """Two sources that agree are surer than each."""
    one = [Proposal(0, 2, "Company", 0.6, "pattern", "x")]
    two = [*one, Proposal(0, 2, "Company", 0.6, "model", "y")]
    assert arbitration.decide("听澜", one)[0].score < arbitration.decide("听澜", two)[0].score


def test_longer_name_wins_over_its_part() -> None:
    """Of a name and its part, both sure, the whole is taken."""
    proposals = [Proposal(0, 4, "Institute", 0.9, "pattern", "x"), Proposal(0, 9, "Institute", 0.9, "pattern", "y")]
    assert [(v.start, v.end) for v in arbitration.decide("同济大学附属东山医院", proposals)] == [(0, 9)]


def test_unsure_names_are_dropped() -> None:
    """Below the threshold there is no mention."""
    assert arbitration.decide("听澜", [Proposal(0, 2, "Company", 0.2, "pattern", "x")]) == ()


def test_a_daughter_beside_its_parent_is_another_firm() -> None:
    """What stands before a full name in its sentence is not its short form, unless the text says so."""
    parent = "砾石与申江集团合资成立上海砾石机器人有限公司。"
    told = "砾石，全称上海砾石机器人有限公司。"
    found = []
    for text in (parent, told):
        start = text.index("上海")
        named = Proposal(start, start + 11, "Company", 0.9, "suffix")
        found.append({text[p.start : p.end] for p, _ in derived.short_forms(text, [named])})
    assert found == [set(), {"砾石"}]


def test_short_forms_of_a_trade_are_no_names() -> None:
    """A firm whose name is its trade alone lends it to nobody."""
    named = derived.Named(0, 10, "Company", 0.9)
    assert list(derived.short_forms("中国铁路集团有限公司说铁路很长", [named])) == []


def test_bylines_inside_the_text() -> None:
    """The paper, its reporters and photographers are left out wherever they stand."""
    text = "申江晚报记者 邱明远\n图/周子衿\n报社记者节很热闹"
    assert [text[b.start : b.end] for b in bylines(text)] == ["申江晚报记者 邱明远", "图/周子衿"]


def test_parent_is_the_longest_house_at_the_beginning(nlp: Language) -> None:
    """A university's institute names the university; a firm's name that begins with another's does not."""
    doc = nlp("同济大学土木与环境工程研究院签约。腾讯科技有限公司到场。")
    assert {m.name: m.parent for m in doc._.kg_mentions} == {
        "同济大学土木与环境工程研究院": "同济大学",
        "腾讯科技有限公司": "",
    }


@pytest.mark.parametrize(
    ("stretch", "cls", "names"),
    [
        ("繁星计划和东岸英才计划", "Policy", ["繁星计划", "东岸英才计划"]),
        ("云杉有限公司听澜有限公司", "Company", ["云杉有限公司", "听澜有限公司"]),
        ("云杉有限公司上海分公司", "Company", ["云杉有限公司上海分公司"]),
        (" 骆长风", "Official", ["骆长风"]),
        ("云杉量测 （Yunshan", "Company", ["云杉量测"]),
        ("骆长风曾任管委会", "GovernmentBody", ["管委会"]),
        ("江苏任达", "Company", ["江苏任达"]),
        ("“智造论坛", "Event", ["智造论坛"]),
        ("云帆谷”创新港", "Park", ["云帆谷"]),
        ("“云帆谷”创新港", "Park", ["“云帆谷”创新港"]),
    ],
)
def test_proposals_get_the_shape_of_names(stretch: str, cls: str, names: list[str]) -> None:
    """Two names in one stretch are parted, a firm's branch is not; blanks and who took a post are no part of a name."""
    found = shaped(stretch, [Proposal(0, len(stretch), cls, 0.5, "model", "x")])
    assert names == [stretch[p.start : p.end] for p in found]


def test_columns_name_what_their_heads_say() -> None:
    """Cells below 企业名称 and 主营方向 are proposed, item by item; numbers and heads are not."""
    text = "序号\t企业名称\t主营方向\n1\t屿衡智能\t音频降噪、语音识别\n2\t澜隔\t膜材料\n"
    found = {(text[p.start : p.end], p.cls) for p in columns(page.read(text))}
    firms, fields = ("屿衡智能", "澜隔"), ("音频降噪", "语音识别", "膜材料")
    assert found == {(name, "Company") for name in firms} | {(name, "IndustryField") for name in fields}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("入驻“云帆谷”孵化器的企业", ["云帆谷"]),
        ("“云帆谷”科技街区开街", ["云帆谷"]),
        ("孵化器「云帆谷」里", ["云帆谷"]),
        ("“小而专”的孵化器、楼宇“上新”、“一站式”园区", []),
    ],
)
def test_quoted_grounds_are_parks(text: str, names: list[str]) -> None:
    """By the word beside the quotes; what they stress is no name."""
    assert [text[p.start : p.end] for p in grounds(page.read(text))] == names


def test_somebody_is_named_though_the_post_is_open() -> None:
    """Official or person: where neither is sure, the two together may be."""
    either = [Proposal(0, 2, cls, 0.55, "title") for cls in ("Official", "Person")]
    (verdict,) = arbitration.decide("张宇发言", either)
    assert verdict.cls in {"Official", "Person"}


def test_a_short_form_has_the_class_of_its_full_name() -> None:
    """Where the page tells what a name is short for, it is of that class, though another source is surer."""
    torn = [Proposal(0, 5, "Company", 0.75, "list"), Proposal(0, 5, "Institute", 1.0, "short form")]
    with weighing(Weights(FIRM, FIRM, FIRM, {"any": 0.5}, {"any": 0.0}, ("model",), 0.5, 0.5)):
        (verdict,) = arbitration.decide("树图区块链落户", torn)
    assert verdict.cls == "Institute"


def test_neighbours_share_a_class() -> None:
    """What stands beside a name in an enumeration is proposed as its like."""
    text = "有云杉量测、拾光智驾等"
    found = list(derived.neighbours(page.read(text), [derived.Named(1, 5, "Company", 0.8)]))
    assert [(text[p.start : p.end], p.cls) for p in found] == [("拾光智驾", "Company")]


def test_what_the_model_passes_over_has_its_own_scale() -> None:
    """A pattern counts by one scale where no model has read, and by another where it has and was silent."""
    never = Scale(dict.fromkeys(CLASSES, -9.0), {"any": {"any": 0.0}})
    rules = [Proposal(0, 2, "Company", 0.9, "suffix", "x")]
    read = [*rules, Proposal(3, 5, "Company", 0.9, "model", "y")]
    with weighing(Weights(EVEN, never, EVEN, {"any": 0.5}, {"any": 0.5}, ("model",), 0.5, 0.5)):
        assert [v.start for v in arbitration.decide("听澜和云杉", rules)] == [0]
        assert [v.start for v in arbitration.decide("听澜和云杉", read)] == [3]


def test_companies_count_for_the_length_of_the_page() -> None:
    """Two firms that the model reads fill a short page more than a long one; what it doubts is none."""
    firms = [Proposal(0, 2, "Company", 0.9, "model"), Proposal(3, 5, "Company", 0.8, "model")]
    doubted = Proposal(6, 8, "Company", 0.1, "model")
    text = "听澜和云杉与半亩"
    candidate = Candidate(0, 2, "Company")
    short = evidence(text, [*firms, doubted])[candidate]["companies"]
    long = evidence(text + "。" * 992, firms)[candidate]["companies"]
    assert short == pytest.approx(2 / 3.6)
    assert long == pytest.approx(2 / 12)


def test_edges_inside_a_word_are_told_where_names_contest_a_stretch() -> None:
    """冒雨察看 is a word here: what begins inside it cuts it; a stretch without a rival of its class is left alone."""
    text = "他冒雨察看听澜科技，云杉投产"
    proposals = [
        Proposal(3, 9, "Company", 0.5, "suffix"),
        Proposal(5, 9, "Company", 0.5, "model"),
        Proposal(10, 11, "Company", 0.5, "latin"),
    ]
    asked: list[str] = []

    def words(run: str) -> list[str]:
        asked.append(run)
        return ["他", "冒雨察看", "听澜", "科技"]

    found = evidence(text, proposals, words)
    assert [("cut left" in found[Candidate(start, 9, "Company")]) for start in (3, 5)] == [True, False]
    assert asked == ["他冒雨察看听澜科技"]


def test_shipped_weights_know_every_class_and_source() -> None:
    """The weights file is complete: a base for each class in both scales."""
    weights = table("mentions/weights.yml", Weights)
    assert set(CLASSES) == set(weights.read.base) == set(weights.unread.base)
    assert "model" in weights.read.evidence


@pytest.mark.parametrize(
    ("full", "short", "expected"),
    [
        ("上海量测科技产业创新发展中心", "上海量测中心", True),
        ("上海量测科技产业创新发展中心", "量测中心", True),
        ("上海交通大学", "上海大学", False),
        ("上海量测科技产业创新发展中心", "上海质检中心", False),
    ],
)
def test_contractions(full: str, short: str, *, expected: bool) -> None:
    """A name with characters left out is the same house; one university inside another's name is not."""
    names = [derived.Named(0, len(full), "Institute", 0.9)]
    names.append(derived.Named(len(full) + 1, len(full) + 1 + len(short), "Park", 0.6))
    found = {proposal.cls for proposal, _ in derived.contractions(f"{full}，{short}", names)}
    assert (found == {"Institute"}) is expected


def test_tokens_are_cut_at_the_edges_of_names(nlp: Language) -> None:
    """A token that reaches over the edge of a mention is split; the text stays the same."""
    text = "复旦大学与云杉量测有限公司签约"
    doc = Doc(nlp.vocab, words=["复旦", "大学与云杉", "量测", "有限", "公司签约"], spaces=[False] * 5)
    for _, component in nlp.pipeline:
        doc = component(doc)
    assert doc.text == text
    assert [entity.text for entity in doc.ents] == ["复旦大学", "云杉量测有限公司"]


def test_a_firm_is_not_its_group() -> None:
    """砾石集团 is no short form of a firm whose full name has no 集团."""
    named = derived.Named(0, 14, "Company", 0.9)
    text = "上海砾石智能医疗科技有限公司是砾石集团旗下的企业，砾石智能最年轻。"
    shortened = {text[p.start : p.end] for p, _ in derived.short_forms(text, [named])}
    assert shortened == {"砾石", "砾石智能"}
