"""Clues between two names, one by one."""

from __future__ import annotations

import doctest
import re
from importlib import import_module
from itertools import combinations

import pytest
from identity_cases import cases, extraction

from kg.names import Form, compare, contradict, fold, is_distinctive
from kg.names.anatomy import anatomy
from kg.names.candidates import asks, offers
from kg.names.places import Step, split_places
from kg.resolution.identifiers import telling


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ＡＣＳ智能", "ACS智能"),
        ("SenseTime", "sensetime"),
        ("“鲸鱼”号", "鲸鱼号"),
        ("《办法》", "办法"),
        ("玛丽·奥康纳", "玛丽・奥康纳"),
        ("徐 汇 区", "徐汇区"),
    ],
)
def test_print_does_not_matter(left, right):
    """Width, case, quotes, dots and blanks fold away."""
    assert fold(left) == fold(right)


def test_the_point_of_a_version_stays():
    """2.0 is not 20."""
    assert fold("青砚2.0") != fold("青砚20")


def test_a_full_name_comes_apart():
    """Core, trade, place in brackets, legal form."""
    taken = anatomy("澄羽互动娱乐(上海)有限责任公司", "Company")
    expected = ("澄羽", ("互动娱乐",), (Step("上海", ""),), "有限责任公司")
    assert expected == (taken.own.core, taken.own.fields, taken.bracket, taken.legal)


def test_a_parent_is_a_unit_of_its_own():
    """复旦大学 in 复旦大学附属中山医院."""
    assert [unit.kind for unit in anatomy("复旦大学附属中山医院", "Institute").units] == ["大学", "医院"]


def test_one_letter_kinds_need_their_class():
    """大 is a university in 交大, a part of the name in 光大."""
    assert [anatomy("交大", "Institute").own.kind, anatomy("光大", "Company").own.kind] == ["大学", ""]


def test_places_are_read_to_the_last():
    """And 区块链 does not begin with a district."""
    assert split_places("上海市徐汇区科委").rest == "科委"
    assert split_places("上海区块链协会").rest == "区块链协会"


@pytest.mark.parametrize("name", ["研究院", "国联中心", "上海分行", "管委会", "市科委"])
def test_generic_names_tell_nobody(name):
    """They mean somebody else on every page."""
    assert not is_distinctive(name, "Institute")


@pytest.mark.parametrize("name", ["澄羽", "上海大学", "静安区委", "上海国际汽车城", "青图研究院"])
def test_proper_names_tell_who_is_meant(name):
    """On any page."""
    assert is_distinctive(name, "Institute")


def test_a_clue_has_score_and_reason():
    """The order of the names makes no difference."""
    left, right = Form("澄羽", "Company"), Form("澄羽互动", "Company")
    assert compare(left, right) == compare(right, left) == (0.82, "the short name is the core of the long one")


def test_families_are_not_compared():
    """A firm and a product of one core are no pair."""
    assert compare(Form("澄羽", "Product"), Form("澄羽互动", "Company")) is None


def test_sisters_contradict_each_other():
    """A brand that both share does not join them."""
    assert contradict(Form("砾石智能", "Company"), Form("砾石集团", "Company"))


def test_halves_of_a_name_do_not_contradict():
    """青图研究院 and 青图区块链 may both be short for 青图区块链研究院."""
    assert not contradict(Form("青图研究院", "Institute"), Form("青图区块链", "Institute"))


def test_what_an_id_is_made_of():
    """The telling parts alone."""
    assert telling(Form("澄羽互动娱乐(上海)有限责任公司", "Company")) == "澄羽互动娱乐"
    assert telling(Form("上海市徐汇区", "District")) == "徐汇"
    assert telling(Form("区块链产业", "IndustryField")) == "区块链"


@pytest.mark.parametrize("module", ["folding", "places", "titles", "fields", "policies", "whereabouts"])
def test_examples_in_docstrings(module):
    """What the docstrings show is what happens."""
    result = doctest.testmod(import_module(f"kg.names.{module}"))
    assert (result.failed, result.attempted > 0) == (0, True)


def test_no_comparison_worth_making_is_missed():
    """Whatever two bodies of the corpus a clue would join, one asks for what the other offers."""
    bodies = {"Company", "Institute", "Organization", "GovernmentBody", "Park"}
    lines = {line for case in cases() for page in case.pages for line in page}
    forms = sorted({Form(m.name, m.cls) for line in lines for m in named(line) if m.cls in bodies})
    joined = [(a, b) for a, b in combinations(forms, 2) if compare(a, b)]
    assert [(a, b) for a, b in joined if asks(a).isdisjoint(offers(b)) and asks(b).isdisjoint(offers(a))] == []


def named(line):
    """The mentions of one line of a case, if it names anything."""
    return extraction((line,)).mentions if re.match(r"[A-Z]\w+: ", line) else ()
