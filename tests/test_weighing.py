"""The weights of evidence are fitted to what is annotated."""

import yaml

from kg.lexicon import table
from kg.mentions import arbitration
from kg.mentions.weights import Scale, Weights, weighing
from kg.model import Proposal
from kg.training.weighing import Judged, fit, render


def _article(number: int) -> Judged:
    """听澜 is a firm where the model says so, and 夜航 is none though a pattern says so."""
    text = f"{number}听澜和夜航"
    proposals = [Proposal(1, 3, "Company", 0.9, "model", "x"), Proposal(4, 6, "Company", 0.8, "suffix", "y")]
    return Judged(text, frozenset({(1, 3, "Company")}), proposals)


def test_fit_trusts_the_source_that_is_right() -> None:
    """What the model proposes is a name, what a pattern proposes without it is none, as annotated."""
    start = table("mentions/weights.yml", Weights)
    fitted = fit([_article(number) for number in range(9)], start)
    assert arbitration.score("Company", {"model": 0.9}, fitted.read) > 0.5
    assert arbitration.score("Company", {"suffix": 0.8}, fitted.silent) < 0.5
    assert fitted.unread == start.unread


def test_rendered_weights_read_back() -> None:
    """The text of the file holds the same weights."""
    weights = table("mentions/weights.yml", Weights)
    content = yaml.safe_load(render(weights, "# head\n"))
    assert weights.read.evidence == content["read"]["evidence"]
    assert weights.threshold == content["threshold"]


def test_weighing_ends_with_its_block() -> None:
    """Other weights are in force only inside the ``with``."""
    proposals = [Proposal(0, 2, "Company", 0.9, "title", "x")]
    before = arbitration.decide("听澜", proposals)
    scale = Scale({"Company": -9.0}, {"any": {"any": 0.0}})
    with weighing(Weights(scale, scale, scale, {"any": 0.5}, {"any": 0.0}, ("model",), 0.5, 0.5)):
        assert arbitration.decide("听澜", proposals) == ()
    assert arbitration.decide("听澜", proposals) == before
