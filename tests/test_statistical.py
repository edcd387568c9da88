"""The statistical name model: units, lookups, lattice, file and components."""

from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.errors import KnowledgeError
from kg.mentions.statistical import component, decoder, lattice, units, weights
from kg.mentions.statistical.keys import KeyMap

LABELS = lattice.Labels(("Company", "Person"))


def cut(text):
    found = units.split(text)
    return [text[a:b] for a, b in zip(found.starts, found.ends, strict=True)]


def test_latin_runs_and_numbers_are_one_unit():
    """A Latin word and a number with its point are one unit each, a Chinese character is one."""
    assert cut("用MiniMax增长12.5%") == ["用", "MiniMax", "增", "长", "12.5", "%"]


def test_units_cover_the_text():
    """Every character belongs to the unit that the index names."""
    text = "G60科创 走廊，Ｗ３\n"
    found = units.split(text)
    assert all(found.starts[u] <= i < found.ends[u] for i, u in enumerate(found.index))


def test_width_and_case_make_no_other_unit():
    """Half-width marks, capitals and full-width letters have the keys of their plain forms."""
    plain, odd = units.split("ai，(云)"), units.split("ＡＩ,（云）")
    assert plain.keys.tolist() == odd.keys.tolist()


def test_years_differ_from_other_numbers():
    """A year has a shape of its own."""
    year, number = units.split("2023"), units.split("7000")
    assert year.shapes[0] != number.shapes[0]


def test_characters_beyond_the_first_plane_are_units():
    """A rare character outside the Basic Multilingual Plane is one unit."""
    assert cut("𠮷野") == ["𠮷", "野"]


def test_empty_text_has_no_names():
    """An empty page gives nothing and does not fail."""
    assert decoder.guesses("", weights.shipped()) == []


def test_keys_map_to_their_number_plus_one():
    """Known keys give their number plus one, unknown ones 0, however many fall into one slot."""
    keys = np.arange(1, 2000, dtype=np.uint64) * np.uint64(7919)
    table = KeyMap(keys)
    assert np.arange(1, 2000).tolist() == table.look_up(keys).tolist()
    assert table.look_up(np.array([5, 7918], dtype=np.uint64)).tolist() == [0, 0]


def test_keys_come_back_in_order():
    """A map gives back the keys it was made of."""
    keys = np.array([9, 3, 7], dtype=np.uint64)
    assert KeyMap(keys).keys().tolist() == [9, 3, 7]


def test_marks_cut_clauses():
    """Clauses hold the units between marks, the longest first, all first units before all second ones."""
    clauses = lattice.clauses(units.split("甲，乙丙。丁"))
    assert clauses.order.tolist() == [2, 0, 5, 3]
    assert clauses.steps == ((0, 3), (3, 1))


def random_field(length, seed=0):
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(length, LABELS.count)).astype(np.float32)
    follow = np.where(LABELS.allowed(), np.exp(rng.normal(size=(LABELS.count,) * 2)), 0).astype(np.float32)
    clauses = lattice.stack(np.array([0]), np.array([length]))
    return scores, follow, clauses


def labellings(scores, follow):
    """All valid labellings of a clause and their weights, by force."""
    first, last = LABELS.first() > 0, LABELS.last() > 0
    paths = {(label,): np.exp(scores[0, label]) for label in range(LABELS.count) if first[label]}
    for row in scores[1:]:
        paths = {
            (*path, label): weight * follow[path[-1], label] * np.exp(row[label])
            for path, weight in paths.items()
            for label in range(LABELS.count)
            if follow[path[-1], label] > 0
        }
    return {path: weight for path, weight in paths.items() if last[path[-1]]}


def test_probabilities_are_those_of_all_labellings():
    """Forward and backward pass give the share of the labellings that have a label at a place."""
    scores, follow, clauses = random_field(4)
    field = lattice.evaluate(scores, follow, LABELS, clauses)
    paths = labellings(scores, follow)
    total = sum(paths.values())
    expected = [[sum(w for p, w in paths.items() if p[i] == k) / total for k in range(LABELS.count)] for i in range(4)]
    np.testing.assert_allclose(expected, field.forward * field.backward, atol=1e-4)
    assert np.log(total) == pytest.approx(field.log_total, abs=1e-3)


def test_stretches_have_the_probability_of_exactly_that_name():
    """The chance of a stretch is the share of labellings in which it is one name of its class."""
    scores, follow, clauses = random_field(4, seed=3)
    field = lattice.evaluate(scores, follow, LABELS, clauses)
    found = lattice.stretches(field, follow, LABELS, clauses, 0.0)
    chances = {
        (int(s), int(e), int(c)): float(p)
        for s, e, c, p in zip(*(getattr(found, f) for f in ("starts", "ends", "classes", "chances")), strict=True)
    }
    paths = labellings(scores, follow)
    three_units = sum(w for p, w in paths.items() if p[1:4] == (1, 3, 5)) / sum(paths.values())
    assert three_units == pytest.approx(chances[1, 3, 0], abs=1e-4)


def test_best_keeps_the_surest_of_those_that_cross():
    """Of guesses that cross, the surest stays; the others that cross nothing stay too."""
    guesses = [
        decoder.Guess(0, 4, "Company", 0.3),
        decoder.Guess(2, 6, "Park", 0.6),
        decoder.Guess(7, 9, "Person", 0.2),
    ]
    assert guesses[1:] == decoder.best(guesses)


def test_shipped_model_finds_an_unlisted_firm():
    """A firm that nobody listed is found by its form and context."""
    text = "上海鹭屿传感科技有限公司创始人裴青禾表示，公司已入驻园区。"
    found = {(text[g.start : g.end], g.cls) for g in decoder.best(decoder.guesses(text, weights.shipped(), 0.3))}
    assert {("上海鹭屿传感科技有限公司", "Company"), ("裴青禾", "Person")} <= found


def test_model_survives_its_file():
    """Writing and reading a model changes nothing, and writing it twice gives the same bytes."""
    model = weights.shipped()
    content = weights.dump(model)
    again = weights.load(content, "memory")
    assert content == weights.dump(again)
    assert decoder.guesses("徐汇区的商汤科技", model) == decoder.guesses("徐汇区的商汤科技", again)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x05\x06" + b"\0" * 18])
def test_damaged_file_is_named(tmp_path, content):
    """A file that is no model is told by its path."""
    path = tmp_path / "names.npz"
    path.write_bytes(content)
    with pytest.raises(KnowledgeError, match=r"names\.npz"):
        weights.load_file(path)


def test_missing_file_is_named():
    """A path that does not exist is told, with what to do."""
    with pytest.raises(KnowledgeError, match="kg train"):
        weights.load_file(Path("nowhere.npz"))


def test_component_adds_to_the_proposals():
    """The component keeps the proposals that are there and adds its own, as source model."""
    nlp = spacy.blank("zh")
    nlp.add_pipe("kg_model")
    doc = nlp.make_doc("复旦大学位于杨浦区。")
    doc._.kg_proposals = ["first"]
    first, *added = nlp(doc)._.kg_proposals
    assert first == "first"
    assert {("复旦大学", "model"), ("杨浦区", "model")} <= {(doc.text[p.start : p.end], p.source) for p in added}


def test_other_recognisers_speak_through_the_table():
    """The entities of another recogniser become proposals of our classes; labels we lack are passed over."""
    nlp = spacy.blank("zh")
    doc = Doc(nlp.vocab, words=["王", "珂", "在", "杭州", "三天"], spaces=[False] * 5)
    doc.ents = [Span(doc, 0, 2, "PERSON"), Span(doc, 3, 4, "GPE"), Span(doc, 4, 5, "DATE")]
    proposals = component.make_external(nlp, "kg_external_ner", "ontonotes")(doc)._.kg_proposals
    assert [(p.start, p.end, p.cls) for p in proposals] == [(0, 2, "Person"), (3, 5, "Place")]


def test_unknown_scheme_is_told():
    """A scheme that the table lacks is an error that lists the ones it has."""
    with pytest.raises(KnowledgeError, match="ontonotes"):
        component.make_external(spacy.blank("zh"), "kg_external_ner", "klingon")


def test_pages_read_together_are_read_as_alone():
    """Nothing of one page is seen from another, so the size of a batch changes no guess."""
    texts = [
        "“苍岩创新工场落户普陀区",
        "衡川微纳创始人陆以衡表示，公司在普陀区设有实验室。",
        "",
        "普陀区”科委主任屠景行介绍，衡川微纳研发了传感器",
    ]
    model = weights.shipped()
    together = decoder.guesses_of_pages(texts, model)
    assert together == [decoder.guesses(text, model) for text in texts]
