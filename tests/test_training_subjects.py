"""Training of the weights that tell whose a number is."""

import json

import pytest
import yaml

from kg.errors import InputError
from kg.observations.clues import WEIGHTS
from kg.training import corpus, subjects

PAIRS = (("云栈智能", "拾穗科技"), ("海桐制药", "木槿医疗"), ("澄屿光学", "北辰机器人"), ("拓岸航天", "微木科技"))


def row(number: int) -> str:
    """An article whose number belongs to the second of two firms, though the first is nearer to it."""
    first, second = PAIRS[number % len(PAIRS)]
    text = f"{second}受访。{first}旁听，员工{number + 20}人。"
    start = len("短讯\n") + text.index(str(number + 20))
    numbers = [[start, str(number + 20), [second]]]
    names = [[first, "Company"], [second, "Company"]]
    return json.dumps({"id": str(number), "title": "短讯", "text": text, "entities": names, "numbers": numbers})


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Forty such articles and no others."""
    monkeypatch.setattr(subjects, "shipped_files", dict)
    monkeypatch.setattr(subjects, "short_texts", tuple)
    (tmp_path / "numbers.jsonl").write_text("\n".join(map(row, range(40))), encoding="utf-8")
    return tmp_path


def test_contests_know_who_is_right(folder):
    """All that could own the number compete, nobody among them, and the annotated one is right."""
    (contest,) = subjects.contests(corpus.read(folder / "numbers.jsonl")[0])
    assert len(contest.rivals) == len(contest.right) == 3
    assert contest.right == (False, True, False)


def test_learned_weights_follow_the_articles(folder):
    """What the articles say wins against what was set by hand."""
    found = [c for article in corpus.read(folder / "numbers.jsonl") for c in subjects.contests(article)]
    by_hand = {"here": 6.0, "before": 4.5, "behind": 3.2, "nobody": 2.6}
    learned = subjects.fit(found, by_hand)
    assert [contest.is_won(by_hand) for contest in found] == [False] * 40
    assert all(contest.is_won(learned) for contest in found)


def test_trained_file_keeps_what_was_set_by_hand(folder, tmp_path):
    """The written file has the shipped file's comment and hand-set weights, and new ones."""
    out = tmp_path / "weights.yml"
    subjects.train(folder, out)
    shipped = (subjects.files("kg") / "data" / WEIGHTS).read_text(encoding="utf-8")
    new, old = yaml.safe_load(out.read_text(encoding="utf-8")), yaml.safe_load(shipped)
    assert new["by_hand"] == old["by_hand"]
    assert new["weights"] != old["weights"]


def test_numbers_must_stand_where_they_are_said_to(tmp_path):
    """An offset that does not hold the number is refused with file and line."""
    line = json.loads(row(0)) | {"numbers": [[0, "20", ["云栈智能"]]]}
    (tmp_path / "bad.jsonl").write_text(json.dumps(line), encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.jsonl:1: no number '20'"):
        corpus.read(tmp_path / "bad.jsonl")
