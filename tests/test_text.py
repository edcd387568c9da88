"""kg.text: readings, folding, sentences, the tokenizer and the spaCy component."""

from __future__ import annotations

import pickle
import re
import shutil
from pathlib import Path

import pytest
import spacy
from hypothesis import example, given, settings
from hypothesis import strategies as st

import kg
from kg.errors import InputError
from kg.model import Document, Span
from kg.text import Reading, read, to_doc
from kg.text.continuity import load
from kg.text.folding import fold
from kg.text.sentences import split
from kg.text.tokenizer import Tokenizer

SHIPPED = Path(kg.__file__).parent / "data" / "models" / "segmenter"
FIXTURES = Path(__file__).parent / "fixtures" / "text"


def reading(text: str, body: Span | None = None) -> Reading:
    return read(Document("a", text, body=body))


def cases(name: str) -> list[object]:
    """Title, page and expected blocks of each case of a fixture file."""
    pattern = re.compile(r"^(\S[^\n]*)\n\.\n(.*?)\n\.\n((?:\[[^\n]*\n)+)", re.MULTILINE | re.DOTALL)
    found = pattern.findall((FIXTURES / name).read_text(encoding="utf-8"))
    return [pytest.param(page, expected, id=title) for title, page, expected in found]


@pytest.mark.parametrize(("page", "expected"), cases("repair.md"))
def test_repair(page, expected):
    """Each page is read as a careful typesetter would set it."""
    read_page = reading(page)
    blocks = (f"[{b.kind}] {read_page.text[b.start : b.end]}" for b in read_page.blocks)
    assert expected.splitlines() == [block.replace("\n", "⏎") for block in blocks]


def test_all_cases_are_found():
    """A slip in the fixture file must not hide a case."""
    text = (FIXTURES / "repair.md").read_text(encoding="utf-8")
    assert text.count("\n.\n") == 2 * len(cases("repair.md"))


def test_front_matter_is_not_read():
    """The reading begins where the body does."""
    page = "---\ntitle: 甲\n---\n乙园区开工。"
    assert reading(page, Span(page.index("乙"), len(page))).text == "乙园区开工。\n"


def test_a_title_in_front_matter_is_read():
    """It stands on top, and leads back to where it is printed."""
    page = "---\ntitle: 園區上新，企業雲集\n---\n乙园区开工。"
    found = read(Document("a", page, title="園區上新，企業雲集", body=Span(page.index("乙"), len(page))))
    assert found.text == "园区上新，企业云集\n乙园区开工。\n"
    assert found.blocks[0].kind == "title"
    assert found.passage(Span(0, 4)).quote == "園區上新"


def test_a_title_with_a_comma_is_one():
    """The document says that it is."""
    page = "园区上新，企业云集\n甲园区昨天开工。"
    assert read(Document("a", page, title="园区上新，企业云集")).blocks[0].kind == "title"


def test_spans_lead_back_to_print():
    """A joined name has two places in print, and is quoted in the script of the page."""
    page = "記者昨日獲悉，本港一間初創公司與上海一家企業簽署了合作協議，共同研發新一代海洋機\n\n器人技術平台。"
    found = reading(page)
    start = found.text.index("海洋机器人")
    assert found.passage(Span(start, start + 5)).quote == "海洋機器人"
    assert [page[a:b] for a, b in found.spans(start, start + 5)] == ["海洋機", "器人"]


def test_passages_quote_without_marks():
    """Bold marks are not part of what a passage says."""
    found = reading("产值达到**705亿元**，再创新高。")
    assert found.passage(Span(0, len(found.text) - 1)).quote == "产值达到705亿元，再创新高。"


def test_an_empty_stretch_has_no_place():
    """No span is empty."""
    assert reading("甲园区开工。").spans(2, 2) == ()


MARKS = ("，", "。", "「", "」", "\n", "\n\n", "\r\n", " ", "\t", "\x00", "\u3000", "\u200b", "\ufeff", "\u2028")
LAYOUT = ("**", "# ", "- ", "◆", "[甲](b)", "記者 王小明")
WORDS = ("園區", "上海", "乾隆", "AI", "12.5", "的", "𠮷", "ＡＢ", "海洋機器人產業園昨日正式啟用並迎來首批企業")
PIECES = st.sampled_from(MARKS + LAYOUT + WORDS)


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60))
@settings(max_examples=300, deadline=None)
@example("海洋機器人產業園昨日正式啟用並迎來首批企業，\n\n**的**「園")
def test_offsets_lead_back(page):
    """Whatever the page: what a block says is what its printed places say, folded, and no place is read twice."""
    found = reading(page)
    for block in found.blocks:
        printed = "".join(page[span.start : span.end] for span in found.spans(block.start, block.end))
        assert fold(printed).split() == found.text[block.start : block.end].split() or (
            "".join(fold(printed).split()) == "".join(found.text[block.start : block.end].split())
        )
    places = [place for s in found.segments for place in range(s.printed, s.printed + s.length)]
    assert len(places) == len(set(places))


@given(st.text(max_size=80) | st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_folding_keeps_length(text):
    """Character i of the folded text stands for character i of the printed one."""
    assert len(text) == len(fold(text))


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("上海國際科技創新中心", "上海国际科技创新中心"),
        ("乾隆年間、乾淨、頭髮、發展", "乾隆年间、干净、头发、发展"),
        ("已是简体，不变。", "已是简体，不变。"),
        ("ＡＢ１２％", "AB12%"),
        ("⾸席", "首席"),
        ("羅傑‧科恩", "罗杰·科恩"),
        ("（全角标点，不变）", "（全角标点，不变）"),
    ],
)
def test_folding(printed, folded):
    """Script and letters are folded, punctuation stays."""
    assert folded == fold(printed)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("甲开工。乙落成！丙呢？", ["甲开工。", "乙落成！", "丙呢？"]),
        ("甲开工；乙落成。", ["甲开工；乙落成。"]),
        ("他说：“甲开工。”乙不知道。", ["他说：“甲开工。”", "乙不知道。"]),
        ("“甲开工。”王某说。乙落成。", ["“甲开工。”王某说。", "乙落成。"]),
        ("真的吗？！好。", ["真的吗？！", "好。"]),
        ("（如此。）另见", ["（如此。）", "另见"]),
        ("第一行\n第二行", ["第一行", "第二行"]),
        ("见http://a.cn/?b=1！好", ["见http://a.cn/?b=1！", "好"]),
        ("增长12.5%。", ["增长12.5%。"]),
        ("  甲。  乙 ", ["甲。", "乙"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text, sentences):
    """They end at 。！？ and line breaks, with what closes behind them."""
    assert sentences == [text[start:end] for start, end in split(text)]


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_sentences_hold_all_that_is_not_blank(text):
    """No character is lost or in two sentences."""
    assert "".join(text.split()) == "".join("".join(text[a:b] for a, b in split(text)).split())


def blank(**options: object) -> spacy.language.Language:
    return spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "kg.Tokenizer.v1", **options}}})


def test_component_lays_sentences_by_block():
    """A block ends a sentence though no full stop does."""
    nlp = blank()
    nlp.add_pipe("kg_sentences")
    doc = nlp(to_doc(nlp, reading("园区上新\n\n甲开工。乙落成。")))
    assert [doc.text[a:b] for a, b in doc._.kg_sentences] == ["园区上新", "甲开工。", "乙落成。"]


def test_component_works_in_any_pipeline():
    """A Doc without blocks is one body."""
    nlp = spacy.blank("zh")
    nlp.add_pipe("kg_sentences")
    assert nlp("甲开工。乙落成。")._.kg_sentences == ((0, 4), (4, 8))


def test_docs_carry_document_and_blocks():
    """The document is laid on without its text."""
    doc = to_doc(blank(), reading("甲开工。"))
    assert (doc._.kg_document.id, doc._.kg_document.text, len(doc._.kg_blocks)) == ("a", "", 1)


def test_clauses_with_cues_are_cut_into_words():
    """The others are cut into characters, Latin words and figures whole."""
    doc = Tokenizer(blank().vocab)("今天下雨，某企业成立AI研究院，共1,200人。")
    assert [token.text for token in doc] == [
        "今",
        "天",
        "下",
        "雨",
        "，",
        "某",
        "企业",
        "成立",
        "AI",
        "研究院",
        "，",
        "共",
        "1,200",
        "人",
        "。",
    ]


def test_all_clauses_are_cut_on_demand():
    """Scope ``all`` cuts what has no cue."""
    doc = Tokenizer(blank().vocab, scope="all")("我们今天出发")
    assert [token.text for token in doc] == ["我们", "今天", "出发"]


def test_no_clause_is_cut_where_nobody_asks_for_words():
    """Scope ``characters`` makes a token of each character."""
    doc = Tokenizer(blank().vocab, scope="characters")("某企业成立AI院")
    assert [token.text for token in doc] == list("某企业成立AI院")


def test_names_are_words():
    """The model has learned persons and places of Shanghai."""
    words = [token.text for token in Tokenizer(blank().vocab, scope="all")("任正非在漕河泾开发区参观")]
    assert {"任正非", "漕河泾"} <= set(words)


@given(st.lists(PIECES | st.sampled_from(["公司", "成立", "大学"]), max_size=30).map("".join) | st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_tokens_are_the_text(text):
    """No character is lost or added."""
    assert text == TOKENIZER(text).text


TOKENIZER = Tokenizer(spacy.blank("zh").vocab)


def test_pipelines_with_the_tokenizer_are_saved_and_loaded(tmp_path):
    """Scope and words are the same afterwards."""
    nlp = blank(scope="all")
    nlp.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    assert loaded.tokenizer.scope == "all"
    assert [t.text for t in nlp("我们今天出发")] == [t.text for t in loaded("我们今天出发")]


def test_a_model_of_ones_own_is_saved_along(tmp_path):
    """The saved pipeline needs the model's folder no longer."""
    shutil.copytree(SHIPPED, tmp_path / "mine")
    blank(model=str(tmp_path / "mine")).to_disk(tmp_path / "saved")
    shutil.rmtree(tmp_path / "mine")
    loaded = spacy.load(tmp_path / "saved", config={"nlp": {"tokenizer": {"model": None}}})
    assert str(tmp_path / "saved" / "tokenizer") == loaded.tokenizer.model


def test_a_folder_without_a_model_is_the_users_mistake(tmp_path):
    """It is told when the pipeline is made, not at the first text."""
    with pytest.raises(InputError, match="no segmentation model"):
        Tokenizer(spacy.blank("zh").vocab, model=str(tmp_path))


def test_bytes_and_pickles_keep_the_settings():
    """Both are ways to another process."""
    tokenizer = Tokenizer(spacy.blank("zh").vocab, scope="all")
    copy = Tokenizer(spacy.blank("zh").vocab).from_bytes(tokenizer.to_bytes())
    assert copy.scope == "all"
    assert pickle.loads(pickle.dumps(tokenizer)).scope == "all"


@pytest.mark.parametrize(
    ("left", "right"), [("用于医学影", "像设备"), ("三年来的发", "展成果"), ("加快推进科技", "创新中心建设")]
)
def test_continuations_are_told_from_beginnings(left, right):
    """What goes on reads better behind the text than at the start of a sentence."""
    assert load().odds(left, right) > 0 > load().odds(left, "记者从园区了解到")
