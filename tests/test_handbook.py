"""The ontology's page tells every term."""

import re
from pathlib import Path

import pytest

from kg.stores.handbook import handbook, main
from kg.vocabulary import ontology_folder

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def page():
    """The page as it is made now."""
    return handbook()


def test_every_term(page):
    """Each term of the ontology has its entry."""
    terms = re.findall(r"^sie:(\w+) a ", (ontology_folder() / "ontology.ttl").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(re.findall(r'<h3 id="(\w+)"', page)) == sorted(terms)


def test_links(page):
    """Every link leads to a term."""
    assert set(re.findall(r'href="#(\w+)"', page)) - set(re.findall(r'id="(\w+)"', page)) == set()


def test_not_stale(page):
    """The page in docs/ is the one that the ontology gives; if not, run `make docs`."""
    assert (ROOT / "docs" / "ontology.html").read_text(encoding="utf-8") == page


def test_drawing():
    """The drawing shows every class and every relation."""
    drawing = (ROOT / "docs" / "ontology.svg").read_text(encoding="utf-8")
    ontology = (ontology_folder() / "ontology.ttl").read_text(encoding="utf-8")
    relations = set(
        re.findall(r"^sie:(\w+) a [^.]*?rdfs:subPropertyOf sie:relation", ontology, re.MULTILINE | re.DOTALL)
    )
    assert {name for name in relations if name not in drawing} == set()


def test_unwritable(tmp_path, capsys):
    """A place that cannot be written is told, with status 2."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert (main(str(tmp_path / "file" / "x.html")), "cannot" in capsys.readouterr().err) == (2, True)
