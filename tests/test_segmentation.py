"""kg.training.segmentation and kg.training.continuity: what the shipped models learn from, and how they shrink."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy_pkuseg

from kg.errors import InputError
from kg.text import continuity as shipped
from kg.training import continuity
from kg.training.corpus import Name
from kg.training.segmentation import FILES_NEEDED, Marked, measure, shrink, train, words

SENTENCES = [
    "滨江海洋研究院昨天在滨江新区成立，院长由王小明担任。",
    "甲乙科技有限公司与滨江大学签署合作协议，共建联合实验室。",
    "李大文表示，公司去年产值达到12.5亿元，同比增长8%。",
    "园区聚集了一百多家企业，主攻智能芯片和生物医药。",
]


@pytest.fixture
def folder(tmp_path):
    """A folder of training data in small."""
    article = {"id": "1", "title": "园区上新", "text": "\n".join(SENTENCES * 5), "entities": [["王小明", "Person"]]}
    line = json.dumps(article, ensure_ascii=False)
    sentence = json.dumps({"text": SENTENCES[2], "label": {"name": {"李大文": [[0, 2]]}}}, ensure_ascii=False)
    for name, content in zip(FILES_NEEDED, (line, line, sentence), strict=True):
        (tmp_path / name).write_text(content + "\n", encoding="utf-8")
    (tmp_path / "finre-train.tsv").write_text(f"甲\t乙\tunknown\t{SENTENCES[1]}\n", encoding="utf-8")
    return tmp_path


def test_words_do_not_straddle_names():
    """The teacher's dictionary knows 上海市 and 长江; the name 市长江大海 is cut out of them."""
    sentence = Marked("上海市长江大海出席", (Name(2, 4, "Title"), Name(4, 7, "Person")))
    assert words(sentence) == ["上海", "市长", "江大海", "出席"]


def test_persons_are_one_word():
    """Whatever the dictionary says."""
    assert words(Marked("欧阳明明白白到会", (Name(0, 4, "Person"),)))[0] == "欧阳明明"


def test_long_names_are_cut_inside():
    """Their parts are words, their edges are kept."""
    sentence = Marked("位于上海市海洋研究所内", (Name(2, 10, "Institute"),))
    found = words(sentence)
    assert "上海市" in found
    assert len("".join(found[: found.index("内")])) == 10


def test_figures_and_latin_words_are_whole():
    """Blanks are left out."""
    assert words(Marked("AI Data 增长12.5%。", ())) == ["AI", "Data", "增长", "12.5%", "。"]


def test_training_writes_a_model_that_segments(folder, tmp_path):
    """From the kept command's own data to a model of spacy-pkuseg, offline."""
    scores = train(folder, tmp_path / "out", limit=40, iterations=3)
    segmenter = spacy_pkuseg.pkuseg(str(tmp_path / "out"), user_dict=None)
    assert "王小明" in segmenter.cut(SENTENCES[0])
    assert scores.f1 > 0.8


def test_shrinking_keeps_the_words(folder, tmp_path):
    """Features of no weight are not missed."""
    train(folder, tmp_path / "out", limit=40, iterations=3)
    shrink(tmp_path / "out", tmp_path / "less", least=1e-4)
    one, two = (spacy_pkuseg.pkuseg(str(tmp_path / name), user_dict=None) for name in ("out", "less"))
    assert [one.cut(s) for s in SENTENCES] == [two.cut(s) for s in SENTENCES]


def test_measuring_counts_both_edges():
    """The shipped model agrees with plain words, and ends one at the edges of a name."""
    model = Path(shipped.__file__).parents[1] / "data" / "models" / "segmenter"
    scores = measure(model, [Marked("任正非在上海表示", (Name(0, 3, "Person"),))])
    assert (scores.precision, scores.recall, scores.edges) == (1.0, 1.0, 1.0)


def test_missing_data_is_the_users_mistake(tmp_path):
    """The message names the file."""
    with pytest.raises(InputError, match=r"annotated-news\.jsonl"):
        train(tmp_path, tmp_path / "out")


def test_continuity_counts_sequences(folder, tmp_path):
    """What is often seen is kept, with starts of sentences."""
    assert continuity.train(folder, tmp_path / "out") > 1000
    counts = continuity.count([f"{shipped.START}甲乙", f"{shipped.START}甲丙"])
    assert (counts[f"{shipped.START}甲"], counts["甲乙"], counts["甲"]) == (2, 1, 2)
