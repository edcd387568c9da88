"""The curated names agree with themselves, with the ontology's classes and with the folding of the text."""

import pytest
from opencc import OpenCC

import kg.lexicon
from kg.errors import KnowledgeError
from kg.lexicon import Entry, load, table

CLASSES = {
    "Company", "Institute", "Park", "District", "Official", "Person", "GovernmentBody",
    "Organization", "IndustryField", "Policy", "Event", "Product", "Place",
}  # fmt: skip

DISTRICTS = {
    "黄浦区", "徐汇区", "长宁区", "静安区", "普陀区", "虹口区", "杨浦区", "闵行区",
    "宝山区", "嘉定区", "浦东新区", "金山区", "松江区", "青浦区", "奉贤区", "崇明区",
}  # fmt: skip

VARIANTS = {"昇": "升"}
"""Characters that folding changes though Simplified pages print them; the folded form is listed beside the name."""


@pytest.fixture(scope="module")
def entries():
    return load().entries


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A package folder of our own; writes a names file into it."""
    monkeypatch.setattr(kg.lexicon, "files", lambda _package: tmp_path)
    kg.lexicon._read.cache_clear()
    folder = tmp_path / "data" / "names"
    folder.mkdir(parents=True)
    yield lambda name, text: (folder / name).write_text(text, encoding="utf-8")
    kg.lexicon._read.cache_clear()


def forms(entry):
    return (entry.name, *entry.short, *entry.weak, *entry.en)


def test_every_class_is_one_of_the_thirteen(entries):
    """No entry has a class that the ontology lacks."""
    assert {entry.cls for entry in entries.values()} - CLASSES == set()


def test_keys_are_ascii_slugs(entries):
    """A key can be a part of an IRI as it is."""
    assert [key for key in entries if not key.replace("-", "").replace("/", "").isalnum() or not key.isascii()] == []


def test_references_lead_to_entries(entries):
    """Whatever within and parent name exists."""
    lost = [(e.key, key) for e in entries.values() for key in (e.within, e.parent) if key and key not in entries]
    assert lost == []


def test_nothing_is_a_part_of_itself(entries):
    """Following parents and places comes to an end."""
    assert [key for key in entries if loops(entries, key, "parent") or loops(entries, key, "within")] == []


def loops(entries, key, field):
    seen = set()
    while key and key not in seen:
        seen.add(key)
        key = getattr(entries[key], field)
    return bool(key)


def test_sixteen_districts_stand_today(entries):
    """The districts without a successor are today's sixteen."""
    assert {e.name for e in entries.values() if e.cls == "District" and not e.parent} == DISTRICTS


@pytest.mark.parametrize(
    ("retired", "successor"),
    [("闸北区", "静安区"), ("卢湾区", "黄浦区"), ("南市区", "黄浦区"), ("南汇区", "浦东新区"), ("崇明县", "崇明区")],
)
def test_retired_district_leads_to_its_successor(entries, retired, successor):
    """A district that was merged names the one that holds its land today."""
    (entry,) = (e for e in entries.values() if e.name == retired)
    assert entries[entry.parent].name == successor


def test_no_form_stands_twice_in_an_entry(entries):
    """A form is the name, or short, or weak, or Latin."""
    assert [e.key for e in entries.values() if len(set(forms(e))) < len(forms(e))] == []


def test_a_strong_form_names_one_thing(entries):
    """Two entries share a form only where it is weak in all but one of them."""
    shared = {
        form: keys for form, keys in load().forms.items() if sum(form not in entries[key].weak for key in keys) > 1
    }
    assert shared == {}


def test_strong_forms_have_two_characters(entries):
    """A single character (沪) is never a name for certain."""
    assert [form for e in entries.values() for form in forms(e) if len(form) < 2 and form not in e.weak] == []


@pytest.fixture(scope="module")
def folded(entries):
    """Every form with what folding makes of it, where that is something else."""
    listed = [form for entry in entries.values() for form in forms(entry)]
    converted = OpenCC("t2s").convert("\n".join(listed)).split("\n")
    return [(form, other) for form, other in zip(listed, converted, strict=True) if form != other]


def test_names_are_simplified(folded):
    """Folding changes no form but for variants that Simplified pages print."""
    assert [form for form, other in folded if form.translate(str.maketrans(VARIANTS)) != other] == []


def test_forms_are_found_in_folded_text(folded):
    """Where folding changes a form, the folded one is listed too."""
    assert [other for _, other in folded if other not in load().forms] == []


def test_table_names_the_file_and_the_place_of_a_mistake(data):
    """A field of the wrong type is told with its file and row."""
    data("parks.yml", "- {key: park/a, cls: Park, name: 3}\n")
    with pytest.raises(KnowledgeError, match=r"names/parks\.yml.*\$\[0\]\.name"):
        table("names/parks.yml", tuple[Entry, ...])


def test_table_names_a_file_that_is_no_yaml(data):
    """Broken YAML is told with its file."""
    data("parks.yml", "- {key: park/a, cls: [\n")
    with pytest.raises(KnowledgeError, match=r"names/parks\.yml"):
        table("names/parks.yml", tuple[Entry, ...])


@pytest.mark.usefixtures("data")
def test_table_names_a_missing_file():
    """A file that is not there is told by its name."""
    with pytest.raises(KnowledgeError, match=r"names/lost\.yml is missing"):
        table("names/lost.yml", tuple[Entry, ...])


def test_load_refuses_a_key_that_stands_twice(data):
    """The second file with the same key is named."""
    row = "- {key: park/a, cls: Park, name: 甲园}\n"
    data("one.yml", row)
    data("two.yml", row)
    with pytest.raises(KnowledgeError, match=r"names/two\.yml: the key park/a"):
        load.__wrapped__()
