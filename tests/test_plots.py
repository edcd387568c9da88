"""Plots are pictures of the numbers, whatever the names and fonts."""

import sys
import xml.etree.ElementTree as ET

import pytest

pd = pytest.importorskip("pandas")
pytest.importorskip("matplotlib")

from kg import plots  # noqa: E402
from kg.errors import KgError  # noqa: E402

POST = {"person": "张三", "role": "区长", "body": "丁区", "start": "", "end": "", "as_of": "", "status": "asserted"}


def _texts(plot):
    return {
        "".join(node.itertext()).strip() for node in ET.fromstring(plot.svg).iter("{http://www.w3.org/2000/svg}text")
    }


def test_bars_are_named():
    """Each bar has the name of its row, as text."""
    assert {"题目", "甲", "乙"} <= _texts(plots.bars(pd.Series({"甲": 3, "乙": 1}), "题目"))


def test_bars_of_a_table_have_a_legend():
    """Each part of a bar has the name of its column."""
    assert {"园区", "企业"} <= _texts(plots.bars(pd.DataFrame({"园区": [1], "企业": [2]}, index=["丁区"])))


def test_bars_stop_at_the_most_wanted():
    """A long table does not make an endless picture."""
    texts = _texts(plots.bars(pd.Series(range(30), index=[f"n{i}" for i in range(30)]), most=2))
    assert ("n1" in texts, "n2" in texts) == (True, False)


def test_grid_shows_numbers():
    """Each cell that is not zero shows its number."""
    assert {"丁区", "云", "7"} <= _texts(plots.grid(pd.DataFrame({"云": [7, 0]}, index=["丁区", "戊区"])))


def test_spans_name_posts():
    """Person, place of work and post stand beside the bar."""
    assert "张三 丁区 区长" in {
        " ".join(text.split()) for text in _texts(plots.spans(pd.DataFrame([POST | {"start": "2019"}])))
    }


def test_posts_without_time_are_left_out():
    """Nothing is known of when they were."""
    posts = pd.DataFrame([POST, POST | {"person": "李四", "as_of": "2023-05-01"}])
    assert not any("张三" in text for text in _texts(plots.spans(posts)))


@pytest.mark.parametrize("status", ["planned", "negated", "rejected"])
def test_posts_that_nobody_held_are_left_out(status):
    """A plan is no post."""
    plot = plots.spans(pd.DataFrame([POST | {"start": "2019", "status": status}]))
    assert not any("张三" in text for text in _texts(plot))


@pytest.mark.parametrize(
    "plot",
    [
        lambda: plots.bars(pd.Series(dtype=float)),
        lambda: plots.bars(pd.DataFrame()),
        lambda: plots.grid(pd.DataFrame()),
        lambda: plots.spans(pd.DataFrame([POST])),
    ],
)
def test_nothing_to_draw_is_said(plot):
    """An empty table is no error."""
    assert _texts(plot()) == {"nothing of this kind in the graph"}


def test_dollar_signs_are_no_formula():
    """A name is text, whatever matplotlib makes of its signs."""
    assert "$甲_{$" in _texts(plots.bars(pd.Series({"$甲_{$": 1})))


@pytest.mark.filterwarnings("error")
def test_no_warning_without_a_chinese_font(monkeypatch):
    """Where matplotlib has no font for them, the text is left to the browser."""
    monkeypatch.setattr(plots, "FONTS", ())
    assert "甲" in _texts(plots.bars(pd.Series({"甲": 3})))


def test_same_table_same_picture():
    """A notebook run twice does not change."""
    numbers = pd.Series({"甲": 3, "乙": 1})
    assert plots.bars(numbers).svg == plots.bars(numbers).svg


def test_missing_matplotlib_is_told(monkeypatch):
    """The message says what to install."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(KgError, match="notebook"):
        plots.bars(pd.Series({"甲": 3}))
