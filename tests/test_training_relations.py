"""Training of the relation model: examples from articles, regressions, figures."""

import json

import numpy as np
import pytest

from kg.errors import InputError
from kg.relations import weights
from kg.training import corpus, relations
from kg.training.logistic import Cases, dense, least, logistic
from kg.training.tally import Count

CORPORA = ("news.jsonl", "written.jsonl")
PLACES = ("徐汇区", "嘉定区", "宝山区", "青浦区")
FIRMS = (
    "云栈智能",
    "拾穗科技",
    "海桐制药",
    "木槿医疗",
    "澄屿光学",
    "北辰机器人",
    "拓岸航天",
    "微木科技",
    "竹影生物",
    "江桥银行",
)


def row(number: int, *, settled: bool) -> str:
    """A line of an annotated file: a firm that has its seat in a district, or only praises it."""
    firm, place = FIRMS[number % len(FIRMS)], PLACES[number % len(PLACES)]
    text = f"{firm}总部位于{place}。" if settled else f"{firm}称赞{place}。"
    names = [[firm, "Company"], [place, "District"]]
    links = [[firm, "locatedIn", place, ""]] if settled else []
    return json.dumps({"id": str(number), "title": "短讯", "text": text, "entities": names, "relations": links})


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Two corpora of twenty sentences each, and no others."""
    monkeypatch.setattr(relations, "shipped_files", dict)
    for name in CORPORA:
        lines = [row(number, settled=number % 4 > 0) for number in range(20)]
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_annotated_names_become_ends_of_keys(folder):
    """By the numbers of their mentions."""
    article = relations.annotated(corpus.read(folder / CORPORA[0])[1])
    assert article.page.related == {(0, "locatedIn", 1)}


def test_names_missing_from_the_text_are_counted(folder):
    """A relation whose end stands nowhere cannot be found, but counts as annotated."""
    article = corpus.read(folder / CORPORA[0])[1]
    odd = corpus.Link("没有的公司", "locatedIn", "嘉定区", "")
    odd_one = corpus.Article("x", "", article.text, article.names, article.forms, (), (odd,))
    assert relations.annotated(odd_one).missing == ("locatedIn",)


def test_trained_model_tells_seats_from_praise(folder, tmp_path):
    """What is written reads back and finds the relation that the articles teach, not the other."""
    relations.train(folder, tmp_path / "out")
    model = weights.read(tmp_path / "out" / weights.MODEL)
    articles = corpus.read(folder / CORPORA[0])
    judged = [relations.judge(relations.scene_of(articles[number]), 0.5, model) for number in (1, 4)]
    assert [len(found) for found in judged] == [1, 0]


def test_crossvalidation_counts_every_annotation(folder):
    """Held-out articles are counted once each."""
    report = relations.crossvalidate(folder)
    assert report.counts[CORPORA[0]]["locatedIn"].annotated == 15


def test_missing_corpus_is_told(tmp_path):
    """A folder without the articles is refused by name."""
    with pytest.raises(InputError, match=r"no \.jsonl file"):
        relations.train(tmp_path, tmp_path)


def test_figures():
    """Precision, recall and F1 from counts."""
    assert Count(3, 4, 6).figures == pytest.approx((0.75, 0.5, 0.6))


def test_figures_of_nothing():
    """Nothing predicted and nothing annotated is zero, not an error."""
    assert Count().figures == (0.0, 0.0, 0.0)


def test_least_finds_the_bottom():
    """L-BFGS ends where a quadratic function is least."""
    found = least(lambda w: (float((w - 3) @ (w - 3)), 2 * (w - 3)), np.zeros(4))
    assert found == pytest.approx(np.full(4, 3.0), abs=1e-3)


def test_logistic_weighs_what_separates():
    """A feature that goes with truth gets weight, one that does not gets none."""
    flat, sizes = np.array([0, 2, 1, 2, 0, 2, 1, 2]), np.array([2, 2, 2, 2])
    found = logistic(Cases(flat, sizes, np.array([1.0, 0.0, 1.0, 0.0]), np.ones(4)), np.full(3, 0.1))
    assert found[0] > 1 > -1 > found[1]


def test_dense_rises_with_its_column():
    """The curve through rising truths rises."""
    rows = np.array([[-2.0, 1.0], [-1.0, 1.0], [1.0, 1.0], [2.0, 1.0]])
    assert dense(rows, np.array([0.0, 0.0, 1.0, 1.0]), 0.1)[0] > 0
