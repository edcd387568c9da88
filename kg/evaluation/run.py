"""Building and scoring a folder of pages, each alone."""

from __future__ import annotations

from pathlib import Path

from kg.errors import GoldError, InputError
from kg.evaluation.gold import Gold, read_gold
from kg.evaluation.scoring import Score, score
from kg.pipeline import Settings, run


def evaluate_folder(texts: Path, gold: Path, settings: Settings) -> dict[str, Score]:
    """Score of each page, by the name of its gold file without ending, in order.

    Args:
        texts: folder of pages.
        gold: folder of gold files, or one of them.
        settings: how to read the pages.

    Raises:
        InputError: a folder is missing or holds no gold file.
        GoldError: a gold file has a mistake, or its page is missing.
    """
    paths = [gold] if gold.is_file() else sorted(gold.glob("*.json"))
    if not paths:
        raise InputError(f"{gold}: no gold file (*.json) here; see the form in `kg evaluate --help`")
    if not texts.is_dir():
        raise InputError(f"{texts}: no such folder of pages")
    pages = {path: read_gold(path) for path in paths}
    return {path.stem: _evaluate(texts, path, page, settings) for path, page in pages.items()}


def _evaluate(texts: Path, path: Path, gold: Gold, settings: Settings) -> Score:
    page = texts / gold.doc
    if not page.is_file():
        raise GoldError(f'{path}: its page {page} does not exist; "doc" must name a file in {texts}')
    return score(run([page], settings).graph, gold)
