"""The page as text: what stands in it, and what can never stand in it."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from factory import entity, evidence, fact, figure, graph, resolution

from kg import rdf
from kg.cli import main
from kg.graph import to_graph
from kg.model import Document
from kg.views import page, write, write_pages
from kg.views.atlas import atlas, position
from kg.views.content import content
from kg.views.embedding import embed, policy, web_address
from kg.views.keys import search_keys
from kg.views.layout import layout
from kg.views.looks import FIRST, looks, sizes
from kg.views.marks import marks, where_named
from kg.views.pages import file_name, pages
from kg.views.placement import Board
from kg.vocabulary import vocabulary

HOSTILE = ["<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "<!--<script>", "a\u2028b", "'\"&amp;"]


def _sample():
    pudong = entity("District", "浦东新区", entry="district/pudong")
    jiading = entity("District", "嘉定区", entry="district/jiading")
    park = entity("Park", "张江科学城", entry="park/zhangjiang-science-city")
    firm = entity("Company", "青穹科技")
    return graph(pudong, jiading, park, firm, fact(firm, "locatedIn", park), fact(park, "locatedIn", pudong))


class _Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def _core(text):
    return json.loads(re.search(r'id="core">(.*?)</script>', text)[1])


def test_the_page_loads_nothing():
    """No element of the page asks for another file."""
    loading = [(tag, a) for tag, a in _Tags(page(_sample())).found if {"src", "href", "data", "action"} & a.keys()]
    assert loading == []


def test_style_sheets_load_nothing():
    """No style of the page names another file."""
    style = re.search(r"<style>(.*?)</style>", page(_sample()), re.DOTALL)[1]
    assert re.findall(r"url\(|@import", style) == []


def test_the_policy_allows_the_scripts_of_the_page_alone():
    """The policy lists hashes, so that no other script runs, and lets nothing load."""
    metas = [a for tag, a in _Tags(page(_sample())).found if tag == "meta"]
    rules = next(a["content"] for a in metas if a.get("http-equiv") == "Content-Security-Policy")
    assert rules.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in rules


def test_a_policy_names_its_code_by_digest():
    """The hash is that of the code, as browsers compute it."""
    assert "script-src 'sha256-LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE='" in policy(["x"], [])


@pytest.mark.parametrize("name", HOSTILE)
def test_names_cannot_add_elements(name):
    """A page has the same elements, whatever its things are called."""
    plain, hostile = entity("Company", "甲"), replace(entity("Company", "甲"), name=name)
    assert _Tags(page(graph(hostile))).found[-8:] == _Tags(page(graph(plain))).found[-8:]


@pytest.mark.parametrize("text", HOSTILE)
def test_embedded_data_comes_back(text):
    """What is embedded reads as what it was and holds no character that HTML reads."""
    embedded = embed([text])
    assert json.loads(embedded) == [text]
    assert not set("<>&\u2028\u2029") & set(embedded)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a?b=1", "https://example.org/a?b=1"),
        ("http://example.org", "http://example.org"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("https://", ""),
        ("https://a b", ""),
        ("java\nscript:alert(1)", ""),
        ("http://[", ""),
    ],
)
def test_only_web_addresses_are_linked(url, expected):
    """Other schemes, and addresses without a host, are no links."""
    assert web_address(url) == expected


def test_the_same_graph_gives_the_same_page():
    """Two pages of equal graphs are equal to the byte."""
    assert page(_sample()) == page(_sample())


def test_written_page_is_the_page(tmp_path):
    """``write`` puts the page into ``index.html`` as UTF-8."""
    write(_sample(), tmp_path)
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == page(_sample())


def test_an_empty_graph_has_a_page():
    """A graph without nodes is drawn as an empty map."""
    assert _core(page(to_graph(resolution())))["nodes"]["id"] == []


def test_every_class_has_a_look():
    """The classes of the ontology and those of the legend are the same."""
    assert set(looks()) == set(vocabulary().classes)


def test_no_two_classes_look_alike():
    """Shape and colour both tell classes apart."""
    assert len({look.outline for look in looks().values()}) == len(looks())
    assert len({look.light for look in looks().values()}) == len(looks())


def test_sixteen_districts_are_on_the_map():
    """The atlas knows each of today's districts."""
    assert sum(key.startswith("district/") for key in atlas().points) == 16


def test_jiading_lies_north_west_of_pudong():
    """Directions of the map are those of the city."""
    places = {name: position(atlas().points[f"district/{name}"], 1000) for name in ("jiading", "pudong")}
    assert places["jiading"][0] < places["pudong"][0]
    assert places["jiading"][1] < places["pudong"][1]


def test_districts_stand_where_the_atlas_puts_them():
    """A district is within a cell of its place, however many things surround it."""
    g = _sample()
    placed = layout(g)
    node = next(node for node, key in g.nodes(data="entry") if key == "district/jiading")
    wish = position(atlas().points["district/jiading"], placed.reach)
    assert placed.map[node] == pytest.approx(wish, abs=10)


def test_a_firm_stands_by_its_park():
    """An organisation is nearer to its park than to a district at the other end of the city."""
    g = _sample()
    places = {g.nodes[node]["name"]: place for node, place in layout(g).map.items()}

    def distance(one, two):
        return abs(complex(*places[one]) - complex(*places[two]))

    assert distance("青穹科技", "张江科学城") < distance("青穹科技", "嘉定区") / 4


def test_nothing_stands_upon_another():
    """Shapes do not overlap in either layout."""
    parks = [entity("Park", f"园{i}") for i in range(6)]
    firms = [entity("Company", f"司{i}") for i in range(90)]
    g = graph(*parks, *firms, *(fact(firm, "locatedIn", parks[i % 6]) for i, firm in enumerate(firms)))
    placed, radius = layout(g), sizes(g)
    for places in (placed.map, placed.communities):
        nodes = sorted(places)
        for i, one in enumerate(nodes):
            for two in nodes[i + 1 :]:
                assert abs(complex(*places[one]) - complex(*places[two])) >= radius[one] + radius[two]


def test_communities_are_groups_of_the_graph():
    """Two knots without a tie are two communities, named by their hubs."""
    firms = [entity("Company", f"司{i}") for i in range(8)]
    ties = [(0, 1), (0, 2), (0, 3), (4, 5), (4, 6), (4, 7)]
    g = graph(*firms, *(fact(firms[a], "cooperatesWith", firms[b]) for a, b in ties))
    assert {group.hub for group in layout(g).groups} == {firms[0].id, firms[4].id}


def test_what_is_pinned_stays():
    """A pinned thing stands where it wishes, even on a taken place; others give way."""
    board = Board(100, [5.0], 1.0)
    first, pinned, third = (board.put((0, 0), 5, pinned=fixed) for fixed in (False, True, False))
    assert first == pinned == (0, 0)
    assert abs(complex(*third)) >= 10


def test_names_are_found_by_script_pinyin_and_english():
    """A name answers to Simplified, Traditional, pinyin, initials and its English form."""
    keys = search_keys("张江科学城", entity("Park", "张江科学城", "Zhangjiang Science City").names).split("\n")
    assert keys == ["张江科学城", "張江科學城", "zhangjiangkexuecheng", "zjkxc", "zhangjiang science city"]


def test_marks_are_where_the_thing_was_found():
    """A sentence in two pieces is marked by printed offsets, in both pieces."""
    said = evidence("甲公司落户乙园", spans=((10, 13), (20, 24)))
    firm = entity("Company", "甲公司")
    g = graph(firm)
    g.nodes[firm.id]["appearances"] = (replace(firm.appearances[0], spans=((12, 13), (20, 22))),)
    assert marks(_spans(said), firm.id, ("甲公司",), where_named(_spanned(g))) == [(2, 3), (3, 5)]


def _spans(said):
    from kg.model import Span

    return replace(said, spans=tuple(Span(*span) for span in said.spans))


def _spanned(g):
    from kg.model import Span

    for _, data in g.nodes(data=True):
        data["appearances"] = tuple(replace(a, spans=tuple(Span(*s) for s in a.spans)) for a in data["appearances"])
    return g


def test_marks_fall_back_on_the_words():
    """Where offsets do not tell, the longest name that stands in the sentence is marked."""
    said = replace(evidence("乙园迎来甲公司。"), spans=())
    assert marks(said, "x", ("甲", "甲公司"), {}) == [(4, 7)]


def test_a_firm_lies_in_the_district_of_its_park():
    """The district filter follows parks upwards."""
    core = content(_sample()).core["nodes"]
    row = core["name"].index("青穹科技")
    assert [core["name"][d] for d in core["districts"][row]] == ["浦东新区"]


def test_facts_keep_their_sentence_and_document():
    """What the panel shows of a fact is what the graph holds."""
    firm, park = entity("Company", "甲公司"), entity("Park", "乙园", appearances=())
    known = content(graph(firm, park, fact(firm, "locatedIn", park)))
    ((_, _, _, _, ((sentence, percent, rule, marked),)),) = known.portions["edges"][0]
    assert known.portions["sentences"][0][sentence] == [0, "甲公司落户乙园。"]
    assert (percent, rule, marked[:2]) == (90, "test", [[(0, 3)], [(5, 7)]])
    assert known.core["documents"] == [["测试", "2023-01-01", "", ""]]


def test_sentences_stand_once():
    """Facts that one sentence states share it."""
    firm, park, zone = entity("Company", "甲公司"), entity("Park", "乙园"), entity("Park", "丙园")
    known = content(graph(firm, park, zone, fact(firm, "locatedIn", park), fact(firm, "locatedIn", zone)))
    assert len(known.portions["sentences"][0]) == 1


def test_figures_are_in_the_panel_data():
    """A number comes with its measure, unit, time and sentence."""
    park = entity("Park", "乙园")
    known = content(graph(park, figure(park, 120.0, "家", time="2022")))
    assert known.portions["nodes"][0][0][1][0][:5] == ["企业数", 120.0, "家", "120.0", "2022"]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({}, [0, 0]),
        ({"as_of": "2022-07-01"}, [2022, 2022]),
        ({"start": "2019", "as_of": "2022"}, [2019, 2022]),
        ({"start": "2019-03", "end": "2021", "as_of": "2022"}, [2019, 2021]),
        ({"end": "2021", "as_of": "2022"}, [2021, 2021]),
    ],
)
def test_years_of_a_fact(dates, expected):
    """A fact holds from its start to its end, or to the page that states it."""
    firm, park = entity("Company", "甲公司"), entity("Park", "乙园")
    edges = content(graph(firm, park, fact(firm, "locatedIn", park, **dates))).core["edges"]
    assert [edges["from"][0], edges["to"][0]] == expected


def test_a_large_graph_is_drawn_in_part():
    """pyvis is handed the best connected things; the others wait in the data."""
    hub = entity("Park", "乙园")
    firms = [entity("Company", f"司{i}") for i in range(FIRST + 20)]
    text = page(graph(hub, *firms, *(fact(firm, "locatedIn", hub) for firm in firms)))
    drawn = json.loads(re.search(r'id="drawing">(.*?)</script>', text)[1])
    assert [len(drawn["nodes"]), len(_core(text)["nodes"]["id"])] == [FIRST, FIRST + 21]


def test_source_links_need_a_web_address():
    """A document's address reaches the page only where it can be followed."""
    pages = [Document("d", "", title="测试", url=url) for url in ("javascript:alert(1)", "https://example.org/1")]
    known = [content(to_graph(replace(resolution(), documents=(d,)))).core["documents"][0][3] for d in pages]
    assert known == ["", "https://example.org/1"]


def _written(tmp_path, g):
    return {path.name: path.read_text(encoding="utf-8") for path in write_pages(g, tmp_path)}


def test_every_district_and_park_has_a_page(tmp_path):
    """The further pages are the contents, three tables, and one for each place."""
    places = (entity("District", "浦东新区"), entity("District", "嘉定区"), entity("Park", "张江科学城"))
    expected = {f"{name}.html" for name in ("index", "entities", "posts", "timeline", *(place.id for place in places))}
    assert _written(tmp_path, _sample()).keys() == expected


def test_a_park_page_names_who_is_there(tmp_path):
    """The page of a park lists its firms, and cites the sentence."""
    text = _written(tmp_path, _sample())[entity("Park", "张江科学城").id + ".html"]
    assert "<bdi>青穹科技</bdi>" in text
    assert "<bdi>甲公司落户乙园。</bdi>" in text


@pytest.mark.parametrize("name", HOSTILE)
def test_further_pages_show_names_as_text(tmp_path, name):
    """No page has an element more because of a name."""
    plain, hostile = entity("Park", "甲"), entity("Park", name, id=entity("Park", "甲").id)
    pages = zip(_written(tmp_path, graph(plain)).values(), _written(tmp_path, graph(hostile)).values(), strict=True)
    for one, two in pages:
        assert [tag for tag, _ in _Tags(one).found] == [tag for tag, _ in _Tags(two).found]


def test_ids_cannot_lead_out_of_the_folder():
    """A node's id that looks like a path makes a plain file name."""
    assert file_name("../../etc/passwd") == "______etc_passwd.html"


def test_the_page_links_the_further_pages_that_were_written(tmp_path):
    """With ``pages`` the graph's page leads to them, without it does not."""
    write(_sample(), tmp_path, pages=True)
    with_pages = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert ('href="pages/index.html"' in with_pages, 'href="pages/index.html"' in page(_sample())) == (True, False)
    assert (tmp_path / "pages" / "index.html").is_file()


def test_the_timeline_is_in_order():
    """Dated facts and figures stand earliest first."""
    firm, park = entity("Company", "甲公司"), entity("Park", "乙园")
    g = graph(firm, park, fact(firm, "locatedIn", park, start="2021-03"), figure(park, 3.0, "家", time="2019"))
    rows = json.loads(re.search(r'id="data">(.*?)</script>', pages(g)["timeline.html"])[1])["rows"]
    assert [row[0] for row in rows] == ["2019", "2021-03"]


def test_kg_view_writes_the_further_pages(tmp_path, monkeypatch, capsys):
    """``kg view --pages`` writes them beside the page of a saved graph, and links them."""
    rdf.write(_sample(), tmp_path / "graph.ttl")
    write(_sample(), tmp_path)
    monkeypatch.setattr("typer.launch", lambda _address: 0)
    monkeypatch.setattr("sys.argv", ["kg", "view", str(tmp_path), "--pages"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert (ended.value.code, capsys.readouterr().out) == (0, f"{tmp_path / 'index.html'}\n")
    assert 'href="pages/index.html"' in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert (tmp_path / "pages" / "timeline.html").is_file()


def test_a_saved_graph_gives_the_same_page(tmp_path):
    """The page of a graph that was read back is that of the graph."""
    rdf.write(_sample(), tmp_path / "graph.ttl")
    assert page(rdf.read(tmp_path / "graph.ttl")) == page(_sample())


@pytest.mark.parametrize("made", [page, pages])
def test_a_rejected_fact_is_not_shown(made):
    """The pages are those of the graph without it."""
    firm, park = entity("Company", "晨星科技"), entity("Park", "云帆湾")
    told = fact(firm, "locatedIn", park)
    rejected = fact(firm, "partOf", park, role="x", status="rejected")
    assert made(graph(firm, park, told, rejected)) == made(graph(firm, park, told))
