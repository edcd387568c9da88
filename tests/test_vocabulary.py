"""The ontology is read as the program needs it."""

from itertools import product
from typing import Any

import pytest

from kg import vocabulary as module
from kg.errors import KnowledgeError
from kg.lexicon import table
from kg.vocabulary import vocabulary

CLASSES = (
    "Company Institute Park District Official Person GovernmentBody Organization IndustryField Policy Event Product "
    "Place"
)
RELATIONS = (
    "locatedIn holdsPosition administers partOf foundedBy cooperatesWith investsIn supplies incubates develops "
    "organizes participatesIn issues focusesOn memberOf"
)


def test_classes():
    """The thirteen classes stand in the order in which tables show them."""
    assert list(vocabulary().classes) == CLASSES.split()


def test_relations():
    """The fifteen relations, and neither their inverses nor the helper properties, are relations."""
    assert list(vocabulary().relations) == RELATIONS.split()


@pytest.mark.parametrize("kind", ["classes", "relations"])
def test_labels_in_three_languages(kind):
    """Every term can be shown and explained in English and in both scripts."""
    terms = getattr(vocabulary(), kind).values()
    assert {t.name for t in terms if not set(t.labels) == set(t.definitions) == {"en", "zh-Hans", "zh-Hant"}} == set()


def test_only_cooperation_is_symmetric():
    """No other relation holds both ways."""
    assert [r.name for r in vocabulary().relations.values() if r.symmetric] == ["cooperatesWith"]


def test_what_lies_in_or_comes_from_another_never_does_so_both_ways():
    """Asymmetric relations; firms may own shares of each other, or supply each other."""
    asymmetric = {r.name for r in vocabulary().relations.values() if r.asymmetric}
    assert asymmetric == {"locatedIn", "partOf", "administers", "foundedBy", "incubates"}


@pytest.mark.parametrize(
    ("relation", "head", "tail", "allowed"),
    [
        ("locatedIn", "Company", "District", True),
        ("locatedIn", "District", "Place", True),
        ("locatedIn", "Company", "Company", False),
        ("holdsPosition", "Official", "District", True),
        ("holdsPosition", "Company", "District", False),
        ("incubates", "Park", "Company", True),
        ("incubates", "Park", "Institute", False),
        ("focusesOn", "Park", "IndustryField", True),
    ],
)
def test_allows(relation, head, tail, allowed):
    """A narrower class may stand where its wider one may."""
    assert vocabulary().allows(relation, head, tail) is allowed


def test_words():
    """A status or bound is named in the graph by a term, in the program by a word."""
    assert vocabulary().words["atLeast"] == "at least"


@pytest.mark.parametrize("require", [vocabulary().require_class, vocabulary().require_relation])
def test_unknown_term(require):
    """A term that the ontology lacks is an error that names it."""
    with pytest.raises(KnowledgeError, match="'Unicorn'"):
        require("Unicorn")


def test_malformed_file(tmp_path):
    """A broken ontology is told with its place."""
    path = tmp_path / "ontology.ttl"
    path.write_text("<a> <b> .", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"ontology\.ttl"):
        module.read(path)


def test_grammar_keeps_to_the_ontology():
    """Whatever classes the grammar lets a relation join, the ontology allows."""
    signatures = table("relations/signatures.yml", dict[str, Any])
    families = signatures["families"]
    joined = {
        (relation, head, tail)
        for relation, ends in signatures["relations"].items()
        for heads in ends["head"]
        for tails in ends["tail"]
        for head, tail in product(families[heads], families[tails])
    }
    assert {triple for triple in joined if not vocabulary().allows(*triple)} == set()
