"""How far apart names are paired: learned from annotated articles, and kept to."""

import json

import pytest

from kg.relations.candidates import candidates
from kg.relations.reach import FAR, Reach, labels
from kg.relations.reading import read
from kg.relations.rows import Clues, Rows
from kg.training import corpus
from kg.training.reach import ENOUGH, reach
from kg.training.relations import annotated, scene_of

PAIR = ("Company", "District")


def article(text: str, *, related: bool):
    """An article that names 云栈智能 and 徐汇区."""
    link = [["云栈智能", "locatedIn", "徐汇区", ""]] if related else []
    names = [["云栈智能", "Company"], ["徐汇区", "District"]]
    return {"id": text, "title": "短讯", "text": text, "entities": names, "relations": link}


@pytest.fixture
def pages(tmp_path):
    """Reads articles as training does."""

    def made(rows):
        path = tmp_path / "articles.jsonl"
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
        return [annotated(read_article).page for read_article in corpus.read(path)]

    return made


def test_reach_ends_where_nothing_is_related(pages):
    """A firm is placed in the district right behind it, never in one that the sentence names much later."""
    near = [article(f"第{n}次，云栈智能挨着徐汇区。", related=True) for n in range(ENOUGH)]
    far = [article(f"第{n}次，云栈智能{'很久以前说过的话' * 4}徐汇区。", related=False) for n in range(ENOUGH)]
    assert reach(pages(near + far)).apart[PAIR] == 4


def test_reach_knows_only_what_it_has_seen_often(pages):
    """Classes that hardly ever meet keep the widest reach."""
    few = [article(f"第{n}次，云栈智能挨着徐汇区。", related=False) for n in range(ENOUGH - 1)]
    assert reach(pages(few)).apart[PAIR] == FAR


def test_related_pairs_count_where_they_stand_closest(pages):
    """That they meet again further apart says nothing for such a distance."""
    twice = "第{}次，云栈智能挨着徐汇区。云栈智能" + "很久以前说过的话" * 4 + "徐汇区。"
    assert reach(pages([article(twice.format(n), related=True) for n in range(ENOUGH)])).apart[PAIR] == 4


def test_topics_of_which_nothing_comes_are_idle(pages):
    """The firm of the sentence before, where the next one names a district."""
    rows = [article(f"第{n}次，云栈智能开业。徐汇区下雨。", related=False) for n in range(ENOUGH)]
    assert ("topic0", PAIR) in reach(pages(rows)).idle
    rows = [article(f"第{n}次，云栈智能开业。徐汇区下雨。", related=True) for n in range(ENOUGH)]
    assert reach(pages(rows)).idle == frozenset()


@pytest.mark.parametrize(("apart", "count"), [(4, 1), (3, 0)])
def test_names_out_of_reach_are_not_paired(apart, count, pages):
    """搬来 is no construction: only the distance decides."""
    ((scene, lines, found, _),) = pages([article("云栈智能搬来到徐汇区。", related=True)])
    narrow = Reach({PAIR: apart})
    assert len(candidates(scene, lines, found, Clues(Rows(())), narrow).candidates) == count


def test_what_a_rule_joins_is_paired_at_any_distance(tmp_path):
    """The rules see what the table cannot."""
    path = tmp_path / "article.jsonl"
    path.write_text(json.dumps(article("云栈智能总部位于徐汇区。", related=True)), encoding="utf-8")
    scene = scene_of(corpus.read(path)[0])
    lines, found = read(scene)
    pairs = candidates(scene, lines, found, Clues(Rows(())), Reach({PAIR: 0}))
    assert [pair.labels for pair in pairs.candidates] == [labels(*PAIR)]
