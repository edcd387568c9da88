"""Annotated articles, partly known text, the fit of the name model and its cross-validation."""

import json
from pathlib import Path

import numpy as np
import pytest

from kg.errors import InputError, OutputError
from kg.mentions.statistical import decoder, units, weights
from kg.training import corpus, crossvalidation, fit, language, names, sketches, vocabulary
from kg.training.crossvalidation import Report, Score
from kg.training.examples import CLASSES, LABELS, Patterns

SMALL = names.Plan(fit.Recipe(epochs=6, rate=0.1, batch=400), least=1)


def write(path, *rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def row(text, *entities, title="标题"):
    return {"id": "a", "title": title, "text": text, "entities": list(entities)}


def placed(text, *forms):
    return [(text[n.start : n.end], n.cls) for n in corpus.place_names(text, forms)]


def test_a_form_stands_for_all_its_occurrences():
    """Every occurrence of an annotated form is a name."""
    assert placed("云岫入驻，云岫签约", ("云岫", "Company")) == [("云岫", "Company")] * 2


def test_the_longer_form_wins():
    """A form inside a longer annotated one is no name there."""
    forms = [("金山", "District"), ("金山办公", "Company")]
    assert placed("金山办公在金山", *forms) == [("金山办公", "Company"), ("金山", "District")]


def test_latin_forms_end_at_word_borders():
    """A Latin form is not found inside a longer Latin word."""
    assert placed("AIGC和AI", ("AI", "IndustryField")) == [("AI", "IndustryField")]


def test_single_characters_stay_out_of_words():
    """京 abbreviates Beijing, but not inside 南京 or 京东."""
    assert placed("南京、京东在京开会", ("京", "Place")) == [("京", "Place")]


def test_traditional_articles_are_folded(tmp_path):
    """Texts and forms come out in Simplified script, offsets in place."""
    path = write(tmp_path / "a.jsonl", row("聯芯科技落戶張江", ["聯芯科技", "Company"], ["張江", "Park"]))
    (article,) = corpus.read(path)
    assert [article.text[n.start : n.end] for n in article.names] == ["联芯科技", "张江"]


def test_a_malformed_line_is_named(tmp_path):
    """A line that is no article is told by file and line."""
    path = tmp_path / "a.jsonl"
    path.write_text("\n{}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.jsonl:2"):
        corpus.read(path)


def test_a_name_that_stands_nowhere_is_told(tmp_path):
    """An annotated form that the text lacks is an error that quotes it."""
    path = write(tmp_path / "a.jsonl", row("没有", ["云岫", "Company"]))
    with pytest.raises(InputError, match="云岫"):
        corpus.read(path)


def test_an_empty_folder_is_told(tmp_path):
    """A folder without articles is an error that names it."""
    with pytest.raises(InputError, match=tmp_path.name):
        corpus.read_folder(tmp_path)


def test_shipped_articles_can_be_read():
    """The articles that come with the package follow the form, and all classes occur in them."""
    files = names.shipped_files()
    assert {cls for articles in files.values() for article in articles for _, _, cls in article.names} == set(CLASSES)


def test_cluener_tells_what_it_knows(tmp_path):
    """Companies are exact, organisations may be several classes, positions are no names."""
    label = {"company": {"云岫": [[0, 1]]}, "organization": {"青联": [[3, 4]]}, "position": {"总裁": [[5, 6]]}}
    path = write(tmp_path / "c.jsonl", {"text": "云岫和青联总裁", "label": label})
    (sketch,) = sketches.read_cluener(path)
    assert [hint.classes for hint in sketch.hints] == [("Company",), ("Company", "Institute", "Organization"), ()]


def test_resumes_are_read_by_their_tags(tmp_path):
    """Characters with BMES tags become one text a sentence; a sentence's end is a line's end."""
    path = tmp_path / "r.bmes"
    path.write_text("裴 B-NAME\n青 E-NAME\n任 O\n\n沪 S-LOC\n", encoding="utf-8")
    (sketch,) = sketches.read_resumes(path)
    assert (sketch.text, [sketch.text[h.start : h.end] for h in sketch.hints]) == ("裴青任\n沪", ["裴青", "沪"])


def test_patterns_allow_what_a_hint_says():
    """The first unit of a company or park may be labelled as the begin of either, and as nothing else."""
    patterns = Patterns()
    hint = sketches.Hint(0, 2, ("Company", "Park"))
    marks = patterns.mark(units.split("张江。"), sketches.Sketch("张江。", (hint,)))
    allowed = np.flatnonzero(patterns.table()[marks[0]]).tolist()
    assert allowed == [1 + CLASSES.index("Company"), 1 + CLASSES.index("Park")]


def test_a_name_across_a_mark_is_left_open():
    """A name that holds a full stop cannot be said by the model: its units may be anything."""
    patterns = Patterns()
    sketch = sketches.Sketch("甲。乙", (sketches.Hint(0, 3, ("Company",)),))
    marks = patterns.mark(units.split(sketch.text), sketch)
    assert patterns.table()[marks].all(axis=1).tolist() == [True, True, True]


def known():
    return language.of_vocabulary(weights.shipped().vocabulary)


def test_language_survives_a_vocabulary():
    """Words and their classes come back from a vocabulary that was built with them."""
    words = language.Words(("张江", "科学城", "人工智能", "在"), (3, 1, 2, 4), (0, 1, 1, 2, 2))
    bonds = language.learn_bonds("张江科学城在张江，张江在科学城")
    built = vocabulary.build(["张江在科学城"], language.Language(words, bonds))
    again = language.of_vocabulary(built).words
    assert dict(zip(again.words, again.fine, strict=True)) == dict(zip(words.words, words.fine, strict=True))


def test_words_of_like_company_share_a_class():
    """Words that stand in the same places fall into one cluster, others into another."""
    lines = [[who, "说", what] for who in ("张三", "李四") for what in ("好", "对", "行")] * 4
    shape = language.Shape(least=1, contexts=6, dimensions=2, fine=3, coarse=2)
    words = language.learn_words(lines, shape)
    fine = dict(zip(words.words, words.fine, strict=True))
    assert fine["张三"] == fine["李四"] != fine["好"]


def test_a_model_learns_its_articles():
    """A model fitted to one article finds the names that are annotated in it."""
    article = corpus.Article("a", "", TEXT, corpus.place_names(TEXT, FORMS), tuple(FORMS), (), ())
    model = names.fit_model(names.Material((article,) * 8), known(), SMALL)
    found = {(TEXT[g.start : g.end], g.cls) for g in decoder.best(decoder.guesses(TEXT, model, 0.5))}
    assert found == set(FORMS)


TEXT = "鹭屿传感创始人裴青禾说，鹭屿传感落户松江。"
FORMS = [("鹭屿传感", "Company"), ("裴青禾", "Person"), ("松江", "District")]


def test_the_fit_is_told_and_repeats_itself():
    """Every epoch is told, and the same examples give the same weights."""
    patterns = np.eye(LABELS.count, dtype=bool)
    examples = fit.Examples(
        np.array([[1], [2]], np.int32),
        patterns,
        np.array([0, 40], np.int32),
        np.array([0]),
        np.array([2]),
        np.ones(1, np.float32),
    )
    told = []
    first, second = (fit.fit(examples, LABELS, fit.Recipe(epochs=3), told.append) for _ in range(2))
    assert len(told) == 6
    np.testing.assert_array_equal(first[0], second[0])


def test_training_says_where_it_cannot_write(tmp_path, monkeypatch):
    """A path that cannot be written is an error of output."""
    monkeypatch.setattr(names, "fit_model", lambda *_: weights.shipped())
    write(tmp_path / "a.jsonl", row("云岫", ["云岫", "Company"]))
    (tmp_path / "taken").write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(OutputError, match="taken"):
        names.train(tmp_path, tmp_path / "taken" / "names.npz")


def test_folds_are_even_and_repeat_themselves():
    """Every article has a fold, folds differ by one article at most, and the same seed deals the same."""
    dealt = crossvalidation.deal(11, 3, seed=5)
    assert sorted(map(dealt.count, range(3))) == [3, 4, 4]
    assert dealt == crossvalidation.deal(11, 3, seed=5)


def test_scores_add_up():
    """Counts add, and F1 is the harmonic mean of precision and recall."""
    score = Score(3, 4, 5) + Score(1, 1, 3)
    assert (score.precision, score.recall) == (0.8, 0.5)
    assert score.f1 == pytest.approx(2 * 0.8 * 0.5 / 1.3)


def test_measuring_counts_documents_and_spans():
    """A name that stands twice counts once by document and twice by span."""
    text = "复旦大学与复旦大学"
    article = corpus.Article("a", "", text, corpus.place_names(text, [("复旦大学", "Institute")]), (), (), ())
    nlp = crossvalidation.pipeline(("kg_lexicon",), Path())
    report = crossvalidation.measure("lexicon", nlp, [article])
    assert (report.documents["Institute"].wanted, report.spans["Institute"].wanted) == (1, 2)


def test_the_table_has_a_row_for_each_source_and_class():
    """Sources and classes each have their row."""
    empty = {cls: Score() for cls in CLASSES}
    text = crossvalidation.table([Report("lexicon", empty, empty), Report("all", empty, empty)])
    assert (
        sum(line.startswith(("| lexicon", "| all", *(f"| {cls} " for cls in CLASSES))) for line in text.splitlines())
        == 15
    )
