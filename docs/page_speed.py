"""Measure how soon the page draws and answers, beside pyvis's own defaults: ``python docs/page_speed.py 1000 5000``.

Writes the rows of docs/page_speed.md to standard output. The graphs are made up: firms in parks in districts, with
two and a half facts a thing. It needs Chromium and the dev extra.
"""
# ruff: noqa: INP001, S311, T201 - a script, whose made-up graph needs no secret

from __future__ import annotations

import random
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as NotInTime
from pyvis.network import Network

from kg import views
from kg.graph import Graph, facts, to_graph
from kg.model import Document, Entity, Evidence, Fact, Name, Resolution, Span

PATIENCE = 60
"""Seconds after which a page counts as one that does not draw."""

DISTRICTS = {"pudong": "浦东新区", "xuhui": "徐汇区", "jiading": "嘉定区", "minhang": "闵行区", "yangpu": "杨浦区"}


def made_up(size: int) -> Graph:
    """A graph of that many nodes; the same every time."""
    chance = random.Random(1)
    districts = [_entity("District", name, f"district/{key}") for key, name in DISTRICTS.items()]
    parks = [_entity("Park", f"第{i}产业园") for i in range(size // 40)]
    firms = [_entity("Company", f"第{i}科技有限公司") for i in range(size - len(parks) - len(districts))]
    pairs = {(park, "locatedIn", chance.choice(districts)) for park in parks}
    pairs |= {(firm, "locatedIn", parks[int(len(parks) * chance.random() ** 2)]) for firm in firms}
    pairs |= {
        (chance.choice(firms), "cooperatesWith", chance.choice(firms[: size // 20])) for _ in range(size * 3 // 2)
    }
    made = sorted((_fact(*pair) for pair in pairs), key=lambda fact: (fact.head, fact.type, fact.tail))
    document = Document("d", "", title="报道", date="2023-01-01")
    return to_graph(Resolution((document,), ("0" * 64,), (*districts, *parks, *firms), tuple(made), ()))


def _entity(cls: str, name: str, entry: str = "") -> Entity:
    key = entry.replace("/", "-") or f"{cls.lower()}-{name[1:-4]}"
    return Entity(key, cls, name, (Name(name, "zh-Hans", 1),), (), entry=entry)


def _fact(head: Entity, relation: str, tail: Entity) -> Fact:
    quote = f"{head.name}与{tail.name}的消息。"
    said = (Evidence("d", (Span(0, len(quote)),), quote, 0.9, "made up"),)
    return Fact(head.id, relation, tail.id, "", "", "", "2023-01-01", "asserted", 0.9, said)


def defaults(graph: Graph) -> str:
    """The same graph as pyvis shows it by itself, its lists filled at once."""
    network = Network(directed=True, cdn_resources="in_line")
    network.nodes = [{"id": node, "label": data["name"], "shape": "dot"} for node, data in graph.nodes(data=True)]
    network.edges = [{"from": head, "to": tail, "arrows": "to"} for head, tail, _ in facts(graph)]
    text: str = network.generate_html()
    return text


def first_picture(browser: Browser, page: Path, drawn: Callable[[Page], object]) -> tuple[Page, float]:
    """Open a page; seconds until it has ``drawn``, infinite where it does not in time."""
    tab = browser.new_page(viewport={"width": 1366, "height": 768})
    start = time.perf_counter()
    try:
        tab.goto(page.as_uri(), timeout=PATIENCE * 1000, wait_until="commit")
        drawn(tab)
    except NotInTime:
        return tab, float("inf")
    return tab, time.perf_counter() - start


def search(tab: Page) -> float:
    """Seconds from typing to the hits."""
    start = time.perf_counter()
    tab.fill("#query", "第777科技")
    tab.wait_for_selector("#hits li")
    return time.perf_counter() - start


def ours_drawn(tab: Page) -> None:
    """Wait for our page's first picture. Its policy forbids Playwright's other way, which evaluates text."""
    tab.wait_for_selector("html[data-drawn]", timeout=PATIENCE * 1000)


def theirs_drawn(tab: Page) -> None:
    """Wait for the first coloured dot on the canvas."""
    tab.wait_for_function(COLOURED, timeout=PATIENCE * 1000)


COLOURED = """(() => { const c = document.querySelector('canvas'); if (!c || !c.width) return false;
    return new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer).some(Boolean); })()"""


def row(browser: Browser, folder: Path, size: int) -> str:
    """One line of the table."""
    graph = made_up(size)
    start = time.perf_counter()
    page = _saved(folder / "kg.html", views.page(graph))
    made = time.perf_counter() - start
    tab, ours = first_picture(browser, page, ours_drawn)
    answer = search(tab)
    tab.close()
    tab, theirs = first_picture(browser, _saved(folder / "pyvis.html", defaults(graph)), theirs_drawn)
    tab.close()
    cells = (
        f"{size:,}",
        f"{graph.number_of_edges():,}",
        f"{made:.1f}",
        f"{page.stat().st_size / 1e6:.1f}",
        f"{ours:.1f}",
        f"{answer:.2f}",
    )
    return f"| {' | '.join(cells)} | {theirs:.1f} |".replace("inf", f"none in {PATIENCE}")


def _saved(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def main(sizes: list[int]) -> None:
    """Print a row for each size."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        for size in sizes:
            # A browser of its own for each: a page that hangs must not slow the next.
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--headless=new", "--no-sandbox", "--disable-gpu"]
            )
            print(row(browser, Path(folder), size), flush=True)
            browser.close()


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]])
