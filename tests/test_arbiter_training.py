"""Training of the arbiter: which articles judge, and what is written."""

import json

import msgspec
import pytest
import yaml

from kg.mentions.weights import Weights
from kg.training import arbiter, crossvalidation, names

FIRMS = (
    "砾石智能科技有限公司",
    "澄羽互动娱乐有限公司",
    "海桐制药有限公司",
    "木槿医疗器械有限公司",
    "云栈信息科技有限公司",
)


def row(number: int) -> str:
    """A line of an annotated file."""
    firm = FIRMS[number % len(FIRMS)]
    text = f"昨天，{firm}宣布扩产，园区里的灯亮着。"
    return json.dumps({"id": f"{number}", "title": "短讯", "text": text, "entities": [[firm, "Company"]]})


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Fifty-two articles in two files; models are left out, for they take minutes."""
    monkeypatch.setattr(names, "shipped_files", dict)
    listed = crossvalidation.pipeline(("kg_lexicon", "kg_patterns"), tmp_path)
    monkeypatch.setattr(arbiter, "trained", lambda *_: {"all": listed})
    for name, numbers in (("press.jsonl", range(20)), ("written.jsonl", range(20, 52))):
        (tmp_path / name).write_text("\n".join(map(row, numbers)), encoding="utf-8")
    return tmp_path


def test_written_weights_read_back(folder, tmp_path):
    """The file follows the form of the one that ships, its comment included."""
    arbiter.train(folder, tmp_path / "weights.yml")
    text = (tmp_path / "weights.yml").read_text(encoding="utf-8")
    assert text.startswith("# What evidence says")
    assert msgspec.convert(yaml.safe_load(text), Weights).silent.evidence["legal form"]["any"] > 0


def test_every_article_judges_once(folder, tmp_path, monkeypatch):
    """Each article of the folder is weighed, by a model of the other folds."""
    judged = []
    monkeypatch.setattr(arbiter, "_judged", lambda _, article: judged.append(article.id))
    monkeypatch.setattr(arbiter.weighing, "fit", lambda _, start: start)
    arbiter.train(folder, tmp_path / "weights.yml")
    assert sorted(judged, key=int) == [str(n) for n in range(52)]
