"""kg.pipeline: many pages at a time say what each says alone."""

import gc
from importlib.resources import as_file, files

from kg import documents
from kg.model import Document
from kg.pipeline import collector_at_rest, extract, extract_all, language


def test_pages_say_the_same_together_and_alone():
    """Components that work in batches mix nothing up."""
    with as_file(files("kg").joinpath("data", "sample")) as folder:
        pages = [page for page in documents.read([str(folder)]) if isinstance(page, Document)]
    nlp = language()
    together = extract_all(nlp, pages)
    assert len(together) > 2
    assert together == [extract(nlp, page) for page in pages]


def test_collector_works_again_after_a_rest():
    """Also where one rest lies within another."""
    with collector_at_rest():
        with collector_at_rest():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
