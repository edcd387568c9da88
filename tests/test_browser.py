"""The page in a real Chromium, with the network cut: what a user does, and what hostile names cannot do."""

import csv
import io
import re
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
from factory import entity, evidence, fact, figure, graph, resolution
from servers import CHROMIUM

import kg
from kg.graph import to_graph
from kg.model import Document
from kg.views import page, write

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright (pip install 'kg[dev]')")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (apt-get install chromium)"),
]


@pytest.fixture(scope="module")
def browser():
    """Chromium, started once."""
    with playwright.sync_playwright() as p:
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = p.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


class Opened:
    """A page that was opened from disk, and what it did that it should not."""

    def __init__(self, browser, path):
        self.context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN", offline=True)
        self.tab = self.context.new_page()
        self.troubles, self.requests, self.address = [], [], path.as_uri()
        self.tab.on("console", lambda m: self.troubles.append(m.text) if m.type in {"error", "warning"} else None)
        self.tab.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.tab.on("dialog", lambda dialog: (self.troubles.append(dialog.message), dialog.dismiss()))
        self.tab.on("request", lambda request: self.requests.append(request.url))
        self.go("")

    def go(self, state):
        self.tab.goto("about:blank")
        self.tab.goto(self.address + state)
        self.tab.wait_for_selector("html[data-drawn]", timeout=20000)
        return self.tab

    def reset(self):
        """Show what an address without a state shows, without loading the page again."""
        self.tab.evaluate("history.replaceState(null, '', '#'); dispatchEvent(new PopStateEvent('popstate'))")
        self.tab.evaluate("document.getElementById('export').removeAttribute('open')")
        self.tab.fill("#query", "")

    def search(self, text):
        self.tab.fill("#query", text)
        return self.tab.locator("#hits .name").all_inner_texts()

    def choose(self, text):
        self.search(text)
        self.tab.press("#query", "Enter")

    @property
    def title(self):
        return self.tab.locator("#panel .title").inner_text().strip()

    @property
    def shown(self):
        """Entities and facts that the page says it shows."""
        numbers = re.findall(r"\d+", self.tab.inner_text("#shown"))
        return int(numbers[0]), int(numbers[2])


def _write(folder, g):
    path = folder / "index.html"
    path.write_text(page(g), encoding="utf-8")
    return path


def _city():
    pudong = entity("District", "浦东新区", entry="district/pudong")
    jiading = entity("District", "嘉定区", entry="district/jiading")
    park = entity("Park", "张江科学城", "张江", "Zhangjiang Science City", entry="park/zhangjiang-science-city")
    firm, other = entity("Company", "青穹科技", appearances=()), entity("Company", "白鹭汽车")
    field, person = entity("IndustryField", "集成电路"), entity("Person", "陆明远", appearances=())
    said = evidence("青穹科技落户张江科学城。")
    held = evidence("陆明远2021年起任青穹科技董事长。")
    facts = [
        fact(firm, "locatedIn", park, evidence=(said,), as_of="2022-05-01"),
        fact(park, "locatedIn", pudong),
        fact(other, "locatedIn", jiading, confidence=0.4),
        fact(firm, "focusesOn", field, as_of="2019"),
        fact(person, "holdsPosition", firm, role="董事长", start="2021", evidence=(held,)),
        fact(firm, "cooperatesWith", other, status="planned"),
    ]
    figures = [figure(park, 100.0, "家", time="2020"), figure(park, 160.0, "家", time="2022")]
    document = Document("d", "", title="测试报道", date="2022-05-01", url="https://example.org/story")
    parts = (pudong, jiading, park, firm, other, field, person, *facts, *figures)
    return to_graph(replace(resolution(*parts), documents=(document,)))


@pytest.fixture(scope="module")
def city(browser, tmp_path_factory):
    """The page of a small city."""
    opened = Opened(browser, _write(tmp_path_factory.mktemp("city"), _city()))
    yield opened
    opened.context.close()


@pytest.fixture
def opened(city):
    """The small city as one first sees it."""
    city.reset()
    return city


def test_it_opens_offline_without_a_complaint(opened):
    """Nothing but the file itself is asked for, and the console stays empty."""
    assert set(opened.requests) <= {opened.address, "about:blank"}
    assert opened.troubles == []


def test_it_draws(opened):
    """The canvas holds more than one colour."""
    script = """() => {
        const canvas = document.querySelector("canvas");
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(data.buffer)).size;
    }"""
    assert opened.tab.evaluate(script) > 20


@pytest.mark.parametrize("query", ["张江科", "張江科學", "zhangjiang", "zjkxc", "Science City"])
def test_search_answers_as_one_types(opened, query):
    """Simplified, Traditional, pinyin, initials and English find the park."""
    assert opened.search(query)[0] == "张江科学城"


def test_search_says_when_there_is_nothing(opened):
    """A word that no name holds has no hit."""
    opened.tab.fill("#query", "没有这个")
    assert opened.tab.inner_text("#hits") == "没有找到"


def test_enter_opens_the_panel(opened):
    """Enter takes the first hit."""
    opened.choose("青穹")
    assert opened.title == "青穹科技"


def test_a_click_opens_the_panel(browser, tmp_path):
    """A click on the drawing shows what was clicked."""
    alone = Opened(browser, _write(tmp_path, graph(entity("District", "浦东新区", entry="district/pudong"))))
    alone.tab.locator("#graph canvas").click()
    alone.tab.wait_for_selector("#panel .title svg")
    assert alone.title == "浦东新区"
    alone.context.close()


def test_a_click_on_a_line_shows_its_fact(browser, tmp_path):
    """Between two things that stand alone lies their fact: a click on it opens its sentence."""
    firm, person = entity("Company", "青穹科技"), entity("Person", "陆明远")
    opened = Opened(browser, _write(tmp_path, graph(firm, person, fact(person, "holdsPosition", firm))))
    opened.tab.locator("#graph canvas").click()
    quote = opened.tab.locator("#panel blockquote bdi").first.inner_text()
    opened.context.close()
    assert quote == "甲公司落户乙园。"


def test_it_works_inside_a_notebook(browser, tmp_path):
    """In a frame without an address, as notebooks show it, it draws, searches and opens the panel."""
    frame = f'<iframe width="1300" height="700" srcdoc="{escape(page(_city()))}"></iframe>'
    (tmp_path / "notebook.html").write_text(f'<meta charset="utf-8">{frame}', encoding="utf-8")
    tab, troubles = browser.new_page(viewport={"width": 1366, "height": 768}, locale="zh-CN"), []
    tab.on("pageerror", lambda error: troubles.append(str(error)))
    tab.goto((tmp_path / "notebook.html").as_uri())
    inside = tab.frame_locator("iframe")
    inside.locator("html[data-drawn]").wait_for()
    inside.locator("#query").fill("青穹")
    inside.locator("#query").press("Enter")
    title = inside.locator("#panel .title").inner_text().strip()
    tab.close()
    assert (title, troubles) == ("青穹科技", [])


def test_a_fact_shows_its_sentence_with_the_words_marked(opened):
    """The sentence, its document, date and source stand behind the fact."""
    opened.choose("陆明远")
    opened.tab.locator("#panel .fact .about").first.click()
    quote = opened.tab.locator("#panel blockquote")
    assert quote.locator("bdi").first.inner_text() == "陆明远2021年起任青穹科技董事长。"
    assert quote.locator("mark").all_inner_texts() == ["陆明远", "青穹科技", "董事长"]
    assert quote.locator("footer").inner_text() == "测试报道 · 2022-05-01 · 原文链接 · 90%"
    assert quote.locator("a").get_attribute("rel") == "noopener noreferrer"


def test_numbers_over_time_are_a_chart(opened):
    """Two dated values make a line with two points."""
    opened.choose("张江")
    assert opened.tab.locator("#panel .chart circle").count() == 2


def test_the_legend_filters_classes(opened):
    """A press on a class takes its things out, another brings them back."""
    company = opened.tab.locator("#legend button", has_text="企业")
    company.click()
    without = opened.shown
    company.click()
    assert (without, opened.shown) == ((5, 1), (7, 6))


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("district=浦东新区", (3, 2)),
        ("field=集成电路", (2, 1)),
        ("without=locatedIn", (4, 3)),
        ("min=50", (6, 5)),
        ("from=2021&to=2021", (6, 4)),
    ],
)
def test_filters(opened, state, expected):
    """District, field, relation, confidence and years each leave what they should."""
    key, _, value = state.partition("=")
    ids = {"浦东新区": "District", "集成电路": "IndustryField"}
    given = f"{key}={entity(ids[value], value).id}" if value in ids else state
    opened.go(f"#{given}")
    assert opened.shown == expected


def test_filters_by_hand_reach_the_address(opened):
    """What is chosen in the column on the left stands in the address."""
    opened.tab.select_option("#district", label="浦东新区")
    opened.tab.fill("#from", "2020")
    opened.tab.press("#from", "Enter")
    assert "district=district-" in opened.tab.evaluate("location.hash")
    assert "from=2020" in opened.tab.evaluate("location.hash")


def test_a_path_between_two(opened):
    """The shortest path from the person to the district is told step by step."""
    opened.choose("陆明远")
    opened.tab.get_by_role("button", name="从此找路径").click()
    opened.choose("浦东")
    names = opened.tab.locator("#panel .steps .go").all_inner_texts()
    assert names == ["陆明远", "青穹科技", "张江科学城", "浦东新区"]


def test_steps_outwards(opened):
    """Each step is kept in the address and can be taken back."""
    opened.choose("陆明远")
    opened.tab.get_by_role("button", name="扩展一步").click()
    assert "hops=2" in opened.tab.evaluate("location.hash")


def test_back_and_forward(opened):
    """The browser's history leads through the views."""
    opened.choose("青穹")
    opened.choose("白鹭")
    opened.tab.click("#back")
    playwright.expect(opened.tab.locator("#panel h2")).to_have_text("青穹科技")
    opened.tab.click("#forward")
    playwright.expect(opened.tab.locator("#panel h2")).to_have_text("白鹭汽车")


def test_a_view_can_be_sent(opened):
    """An address opened afresh shows the same view."""
    opened.choose("青穹")
    opened.tab.click("[data-layout=groups]")
    opened.tab.click("#language")
    opened.tab.click("#theme")
    state = opened.tab.evaluate("location.hash")
    opened.go(state)
    assert opened.title == "青穹科技"
    assert opened.tab.get_attribute("[data-layout=groups]", "aria-pressed") == "true"
    assert opened.tab.evaluate("document.documentElement.lang") == "en"
    assert opened.tab.evaluate("document.documentElement.dataset.theme") == "dark"


@pytest.mark.parametrize(
    "state", ["#node=nothing", "#%%%", "#layout=constructor&lang=__proto__", "#hops=999&min=x&path=~~"]
)
def test_a_broken_address_does_no_harm(opened, state):
    """An address that was typed wrong shows the whole graph."""
    opened.go(state)
    assert opened.shown == (7, 6)
    assert opened.troubles == []


def test_the_language_changes(opened):
    """One press turns the page into English."""
    opened.tab.click("#language")
    assert opened.tab.inner_text("#panel h2") == "Overview"


def test_the_english_page_uses_english_names(opened):
    """Where an English name is known, the English page shows it, and the Chinese one among the others."""
    opened.choose("张江")
    opened.tab.click("#language")
    assert opened.title == "Zhangjiang Science City"
    assert "张江科学城" in opened.tab.inner_text("#panel .names")


def test_facts_export_as_csv(opened):
    """The table holds the facts that are shown, sentence included."""
    opened.go("#without=focusesOn~holdsPosition~cooperatesWith&min=50")
    rows = _download(opened, "#export-facts")
    assert rows[0][:5] == ["head", "head_class", "relation", "role", "tail"]
    assert {(row[0], row[2], row[4]) for row in rows[1:]} == {
        ("青穹科技", "locatedIn", "张江科学城"),
        ("张江科学城", "locatedIn", "浦东新区"),
    }


def test_things_export_as_csv(opened):
    """The table of things has a row for each."""
    assert len(_download(opened, "#export-things")) == 8


def _download(opened, button):
    opened.tab.click("#export summary")
    with opened.tab.expect_download() as saved:
        opened.tab.click(button)
    return list(csv.reader(io.StringIO(saved.value.path().read_text(encoding="utf-8-sig"))))


def test_the_picture_exports_as_png(opened):
    """The picture is a PNG file."""
    opened.tab.click("#export summary")
    with opened.tab.expect_download() as saved:
        opened.tab.click("#export-png")
    assert saved.value.path().read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_the_keyboard_reaches_the_graph(opened):
    """Arrow keys pick things in the drawing, Escape lets go."""
    opened.tab.focus("#graph")
    opened.tab.press("#graph", "ArrowRight")
    picked = opened.title
    opened.tab.press("#graph", "Escape")
    assert (picked in {"浦东新区", "嘉定区"}, opened.tab.inner_text("#panel h2")) == (True, "概览")


def test_the_keyboard_reaches_the_search(opened):
    """A slash puts the cursor into the search."""
    opened.tab.focus("#graph")
    opened.tab.keyboard.press("/")
    assert opened.tab.evaluate("document.activeElement.id") == "query"


PAYLOADS = (
    "<img src=x onerror=window.ran=1>",
    "</script><script>window.ran=1</script>",
    "<svg onload=window.ran=1>",
    "javascript:window.ran=1",
    "\u202eevil\u202c\u2066x\u2069",
    "${window.ran=1}{{window.ran=1}}",
    "'\"><iframe srcdoc='<script>parent.ran=1</script>'>",
    "<!--<script>",
    '=HYPERLINK("http://evil")',
    "\u2028window.ran=1\u0000\u0007",
)


@pytest.fixture(scope="module")
def hostile(browser, tmp_path_factory):
    """200 things with names that try to run, cited by sentences and documents that try too."""
    names = [f"{PAYLOADS[i % len(PAYLOADS)]}{i}" for i in range(199)] + ["长" * 10_000]
    things = [entity("Company", name, f"{name}!") for name in names]
    said = [evidence(f"{name}与{PAYLOADS[0]}合作。", spans=()) for name in names]
    facts = [
        fact(a, "cooperatesWith", b, role=b.name, evidence=(s,))
        for a, b, s in zip(things, things[1:], said, strict=False)
    ]
    counts = [figure(things[0], 3.0, PAYLOADS[0], measure=PAYLOADS[1], time=year) for year in ("2020", "2021")]
    bad = Document("d", "", title=PAYLOADS[1], date="2022", publisher=PAYLOADS[0], url="javascript:window.ran=1")
    parts = resolution(*things, *facts, *counts)
    opened = Opened(browser, _write(tmp_path_factory.mktemp("hostile"), to_graph(replace(parts, documents=(bad,)))))
    yield opened
    opened.context.close()


@pytest.mark.parametrize("number", [*range(10), 199])
def test_nothing_from_a_document_runs(hostile, number):
    """Names, sentences, titles and addresses are shown as text."""
    name = PAYLOADS[number % 10] if number < 199 else "长长长"
    hostile.reset()
    hostile.choose(name[:40].replace("\u202e", "").replace("\u202c", "").split("\u2066")[0].split("\u0000")[0])
    for about in hostile.tab.locator("#panel .fact .about").all()[:4]:
        about.click()
    hostile.tab.wait_for_timeout(50)
    assert hostile.tab.locator("#panel blockquote").count() > 0
    assert hostile.tab.evaluate("window.ran") is None
    assert hostile.tab.locator("#panel img, #panel iframe, #panel a, #hits img, #panel script").count() == 0
    assert hostile.troubles == []
    assert set(hostile.requests) <= {hostile.address, "about:blank"}


def test_hostile_names_in_csv_are_no_formulas(hostile):
    """A name that begins like a formula is quoted for spreadsheets."""
    hostile.reset()
    cells = {row[1] for row in _download(hostile, "#export-things")}
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_a_large_graph_opens_with_its_first_part(browser, tmp_path):
    """2,000 things: the page shows 400, says so, finds the rest and loads it when asked."""
    hub = entity("Park", "乙园")
    firms = [entity("Company", f"公司{i}号") for i in range(2000)]
    opened = Opened(browser, _write(tmp_path, graph(hub, *firms, *(fact(firm, "locatedIn", hub) for firm in firms))))
    assert opened.tab.inner_text("#shown").startswith("显示 400 / 2,001 个实体")
    assert opened.search("公司1999号") == ["公司1999号"]
    opened.tab.press("#query", "Escape")
    opened.tab.click("#everything")
    assert opened.tab.inner_text("#shown").startswith("显示 2,001 / 2,001")
    assert opened.troubles == []
    opened.context.close()


RECORD = """(() => {
    const { clearRect, fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.clearRect = function (...box) {
        window.written = [];
        clearRect.apply(this, box);
    };
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
        const at = this.getTransform().transformPoint(new DOMPoint(x, y));
        const scale = this.getTransform().a;
        const size = Number.parseFloat(this.font.match(/([\\d.]+)px/)[1]);
        const [width, height] = [this.measureText(text).width * scale, size * scale];
        window.written.push([text, at.x, at.y - height / 2, at.x + width, at.y + height / 2]);
        fillText.call(this, text, x, y);
    };
})()"""
"""Keeps what was last written on the canvas and where."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The pages of the sample articles."""
    folder = tmp_path_factory.mktemp("sample")
    write(kg.build(), folder, pages=True)
    return folder


def _overlap(one, two):
    return one[1] < two[3] and two[1] < one[3] and one[2] < two[4] and two[2] < one[4]


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
@pytest.mark.parametrize("state", ["#lang=zh&theme=light", "#lang=en&theme=dark&layout=groups"])
def test_no_name_stands_upon_another(browser, sample, size, state):
    """At first sight of the sample many names can be read, and none covers another; the picture is kept."""
    tab = browser.new_page(viewport={"width": size[0], "height": size[1]})
    tab.add_init_script(RECORD)
    tab.goto((sample / "index.html").as_uri() + state)
    tab.wait_for_selector("html[data-drawn]")
    written = tab.evaluate("window.written")
    _keep(tab, f"index-{size[0]}-{'light' if 'light' in state else 'dark'}")
    tab.close()
    assert len(written) > 40
    assert [(a[0], b[0]) for i, a in enumerate(written) for b in written[i + 1 :] if _overlap(a, b)] == []


def _keep(tab, name):
    """A picture in output/screenshots, which git does not keep."""
    folder = Path(__file__).parent.parent / "output" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    tab.screenshot(path=folder / f"{name}.png")


@pytest.mark.parametrize("name", ["index", "entities", "posts", "timeline"])
def test_further_pages_open_offline(browser, sample, name):
    """Each opens from disk alone, without a complaint, and turns into English."""
    tab, troubles = browser.new_page(viewport={"width": 1366, "height": 768}), []
    tab.on("console", lambda message: troubles.append(message.text))
    tab.on("pageerror", lambda error: troubles.append(str(error)))
    tab.goto((sample / "pages" / f"{name}.html").as_uri())
    _keep(tab, f"pages-{name}")
    tab.click("#language")
    english = tab.evaluate("document.documentElement.lang")
    tab.close()
    assert (english, troubles) == ("en", [])


def test_the_table_filters_and_sorts(browser, sample):
    """Typing leaves the rows that hold the word; a press on a head sorts by it."""
    tab = browser.new_page()
    tab.goto((sample / "pages" / "entities.html").as_uri())
    tab.fill("#filter", "张江")
    tab.click("#table th:first-child button")
    names = tab.locator("#table tbody tr").all_inner_texts()
    ascending = tab.get_attribute("#table th:first-child", "aria-sort")
    tab.close()
    assert (all("张江" in row for row in names), len(names) > 2, ascending) == (True, True, "ascending")
