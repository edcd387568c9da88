"""Plots for a look in a notebook: bars, a grid, posts over time.

Tables in, pictures out (SVG whose text stays text, so that a browser draws Chinese even where matplotlib has no font
for it). A table without numbers gives a picture that says so.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from io import StringIO
from typing import TYPE_CHECKING, Any

from kg.errors import KgError

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

FONTS = (
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Hiragino Sans GB", "Heiti SC"),
    *("Microsoft YaHei", "SimHei", "DengXian", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Arial Unicode MS"),
)
"""Fonts with Chinese characters that systems come with, the better ones first."""

COLOURS = ("#4477aa", "#ccbb44", "#228833", "#ee6677", "#66ccee", "#aa3377", "#bbbbbb")
"""Paul Tol's bright scheme, which the colour-blind can tell apart."""

_WIDTH = 8.0
"""Of a picture, in inches."""
_ROW = 0.28
"""Height of a bar or line, in inches."""
_YEAR = re.compile(r"(\d{4})(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture that a notebook shows."""

    svg: str

    def _repr_svg_(self) -> str:
        return self.svg


def bars(numbers: pd.Series | pd.DataFrame, title: str = "", *, most: int = 20) -> Plot:
    """Horizontal bars, the first row on top.

    Args:
        numbers: a bar per row, named by the index; of a table, a stacked part per column.
        title: stands above.
        most: rows that are drawn.

    Raises:
        KgError: matplotlib is not installed.
    """
    table = (numbers if hasattr(numbers, "columns") else numbers.to_frame()).head(most)
    return _plot(partial(_draw_bars, table), title, len(table) if len(table.columns) else 0)


def grid(numbers: pd.DataFrame, title: str = "") -> Plot:
    """A table as a grid of numbers, the larger the darker.

    Args:
        numbers: rows and columns are named by index and columns.
        title: stands above.

    Raises:
        KgError: matplotlib is not installed.
    """
    return _plot(partial(_draw_grid, numbers), title, len(numbers) + 2 if numbers.size else 0)


def spans(posts: pd.DataFrame, title: str = "") -> Plot:
    """Posts over time: a bar where begin or end is told, else a dot at the date of the page that tells it.

    Args:
        posts: as :func:`kg.frames.posts` makes it; past ones are grey. Left out are rows without any time,
            and posts that were only planned, denied or rejected.
        title: stands above.

    Raises:
        KgError: matplotlib is not installed.
    """
    held = posts[posts["status"].isin(("asserted", "past"))]
    drawn = [row for row in held.to_dict("records") if row["start"] or row["end"] or row["as_of"]]
    return _plot(partial(_draw_spans, drawn), title, len(drawn))


def year(time: str) -> float:
    """An ISO date or a prefix of one as a year with its months, 0 where there is none.

    >>> year("2018"), year("2018-07-02"), year("")
    (2018.0, 2018.5, 0.0)
    """
    found = _YEAR.match(time)
    return int(found[1]) + (int(found[2] or 1) - 1) / 12 if found else 0.0


def _plot(draw: Callable[[Axes], None], title: str, rows: int) -> Plot:
    try:
        from matplotlib import font_manager, rc_context  # noqa: PLC0415 - an extra: only plots need it
        from matplotlib.figure import Figure  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise KgError("plots need matplotlib; install it with: pip install 'kg[notebook]'") from error
    installed = {font.name for font in font_manager.fontManager.ttflist}
    settings: dict[Any, Any] = {
        "font.family": "sans-serif",
        "font.sans-serif": [*(font for font in FONTS if font in installed), "DejaVu Sans"],
        "text.parse_math": False,  # a name may hold dollar signs
        "svg.fonttype": "none",
        "svg.hashsalt": "kg",  # same input, same bytes
    }
    with rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing", UserWarning)  # the browser has them
        figure = Figure(figsize=(_WIDTH, 1.0 + _ROW * max(rows, 1)), layout="constrained")
        axes = figure.add_subplot(title=title)
        axes.spines[["top", "right"]].set_visible(False)
        (draw if rows else _draw_nothing)(axes)
        content = StringIO()
        figure.savefig(content, format="svg", metadata={"Date": None})
    return Plot(content.getvalue())


def _draw_nothing(axes: Axes) -> None:
    axes.set_axis_off()
    axes.text(0.5, 0.5, "nothing of this kind in the graph", ha="center", va="center", color="gray")


def _draw_bars(table: pd.DataFrame, axes: Axes) -> None:
    left = [0.0] * len(table)
    for number, column in enumerate(table.columns):
        values = table[column].astype(float).tolist()
        axes.barh(range(len(table)), values, left=left, color=COLOURS[number % len(COLOURS)], label=str(column))
        left = [before + value for before, value in zip(left, values, strict=True)]
    _name_rows(axes, [str(name) for name in table.index])
    if len(table.columns) > 1:
        axes.get_figure(root=True).legend(loc="outside right upper", frameon=False)  # type: ignore[union-attr]


def _draw_grid(numbers: pd.DataFrame, axes: Axes) -> None:
    values = numbers.to_numpy()
    axes.imshow(values, cmap="Blues", aspect="auto", vmin=0)
    axes.set_xticks(range(len(numbers.columns)), [str(name) for name in numbers.columns], rotation=30, ha="right")
    axes.set_yticks(range(len(numbers)), [str(name) for name in numbers.index])
    for row, column in zip(*values.nonzero(), strict=True):
        value = values[row, column]
        colour = "white" if value > values.max() / 2 else "black"
        axes.text(column, row, f"{value:g}", ha="center", va="center", color=colour)


def _draw_spans(rows: Sequence[Mapping[str, str]], axes: Axes) -> None:
    for height, row in enumerate(rows):
        colour = COLOURS[-1] if row["status"] == "past" else COLOURS[0]
        start, end, told = (year(row[name]) for name in ("start", "end", "as_of"))
        if start or end:
            last = end or max(told, start)
            first = start or last
            axes.barh(height, max(last - first, 0.1), left=first, color=colour, height=0.6)
        else:
            axes.plot([told], [height], "o", color=colour)
    _name_rows(axes, [f"{row['person']}  {row['body']} {row['role']}" for row in rows])
    axes.ticklabel_format(axis="x", useOffset=False)
    axes.locator_params(axis="x", integer=True)


def _name_rows(axes: Axes, names: Sequence[str]) -> None:
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.grid(axis="x", alpha=0.3)
