"""Other programs can read what is exported: each format is read back."""

import csv
import io
import json

import networkx as nx
import pyoxigraph as ox
import pytest
from factory import entity, evidence, fact, figure, graph

from kg.errors import InputError, OutputError
from kg.export import FORMATS, export, graphml, neo4j, spreadsheet
from kg.export.spreadsheet import harmless

FIRM = entity("Company", "甲公司", "甲;乙", 'A "quoted", name')
PARK = entity("Park", "=乙园")
BROKEN = evidence('第一行\n第二行，"引号"\r\n=1+1', document="d")
PLACED = fact(FIRM, "locatedIn", PARK, start="2020", evidence=(BROKEN, evidence()))
COUNTED = figure(PARK, 3.5, "亿元", printed="3.5", time="2020")
GRAPH = graph(FIRM, PARK, PLACED, COUNTED)


def _rows(table):
    return list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"), newline="")))


def _formula(cell):
    return cell.strip()[:1] in {"=", "+", "-", "@"} if cell else False


def test_graphml_is_read_by_networkx():
    """Nodes keep label and class; an edge keeps its relation, and its weight is the number of sentences."""
    read = nx.read_graphml(io.BytesIO(graphml(GRAPH)), force_multigraph=True)
    (edge,) = read.edges(data=True)
    assert (read.nodes[FIRM.id]["label"], read.nodes[FIRM.id]["class"]) == ("甲公司", "Company")
    assert (edge[:2], edge[2]["label"], edge[2]["weight"]) == ((FIRM.id, PARK.id), "locatedIn", 2)


def test_graphml_holds_no_character_that_xml_forbids():
    """A control character in a name does not make the file unreadable."""
    odd = entity("Company", "甲\x00\x0b公司")
    read = nx.read_graphml(io.BytesIO(graphml(graph(odd))))
    assert read.nodes[odd.id]["label"] == "甲\ufffd\ufffd公司"


def test_neo4j_header_is_that_of_the_importer():
    """Node and edge files begin with the columns neo4j-admin asks for."""
    tables = neo4j(GRAPH)
    headers = {name: table.split("\n", 1)[0].split(",")[:3] for name, table in tables.items()}
    assert headers == {"nodes.csv": ["id:ID", "name", ":LABEL"], "edges.csv": [":START_ID", ":END_ID", ":TYPE"]}


def test_neo4j_edges_end_at_nodes():
    """Each end of an edge is the id of exactly one node."""
    tables = neo4j(GRAPH)
    ids = [row["id:ID"] for row in _rows(tables["nodes.csv"])]
    ends = {row[end] for row in _rows(tables["edges.csv"]) for end in (":START_ID", ":END_ID")}
    assert (len(ids) - len(set(ids)), ends - set(ids)) == (0, set())


def test_neo4j_labels_hold_wider_classes():
    """A company can be asked for as an organisation."""
    labels = {row["id:ID"]: row[":LABEL"] for row in _rows(neo4j(GRAPH)["nodes.csv"])}
    assert labels[FIRM.id] == "Entity;Organization;Company"


def test_neo4j_carries_figures_and_pages():
    """A figure and a page are nodes that lead to what they are about, or are led to."""
    types = {row[":TYPE"] for row in _rows(neo4j(GRAPH)["edges.csv"])}
    assert types == {"locatedIn", "observationOf", "mentionedIn"}


def test_neo4j_rows_are_lines():
    """The importer reads a row per line unless told otherwise; line breaks in sentences become blanks."""
    for table in neo4j(GRAPH).values():
        assert len(table.splitlines()) == len(_rows(table)) + 1
        assert "\r" not in table


def test_neo4j_names_are_parted_by_semicolons_alone():
    """A semicolon in a name does not make two names of it."""
    names = {row["id:ID"]: row["names:string[]"] for row in _rows(neo4j(GRAPH)["nodes.csv"])}
    assert names[FIRM.id].split(";") == ["甲公司", "甲；乙", 'A "quoted", name']


def test_spreadsheet_keeps_line_breaks_and_quotes():
    """A sentence over two lines stays one cell."""
    (row,) = _rows(spreadsheet(GRAPH)["facts.csv"])
    assert (row["head"], row["quote"]) == ("甲公司", BROKEN.quote)


def test_spreadsheet_is_known_as_utf8():
    """Excel takes a file for UTF-8 by the mark at its beginning."""
    assert {table[0] for table in spreadsheet(GRAPH).values()} == {"\ufeff"}


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r=1", "＝1", "\n=1"])
def test_no_cell_is_a_formula(cell):
    """What a spreadsheet would run is shown as text."""
    assert harmless(cell) == f"'{cell}"


def test_formulas_are_harmless_in_all_tables():
    """Names, sentences and measures alike come from pages."""
    odd = graph(FIRM, PARK, PLACED, figure(PARK, -3, "=cmd", measure="@x", printed="-3"))
    cells = [cell for table in spreadsheet(odd).values() for row in _rows(table) for cell in row.values()]
    assert [cell for cell in cells if _formula(cell)] == ["-3"]


def test_numbers_stay_numbers():
    """A negative value can still be summed."""
    (row,) = _rows(spreadsheet(graph(PARK, figure(PARK, -3.5, "%")))["figures.csv"])
    assert float(row["value"]) == -3.5


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_writes_files(form, tmp_path):
    """What is returned is what was written, and none of it is empty."""
    written = export(GRAPH, form, tmp_path / "out")
    found = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert (sorted(written), all(path.stat().st_size for path in written)) == (found, True)


def test_triples_are_the_same_in_each_form(tmp_path):
    """N-Triples and TriG say what Turtle says."""
    forms = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES}
    read = []
    for form, parser in forms.items():
        (path,) = export(GRAPH, form, tmp_path / f"graph.{form}")
        read.append({str(triple) for triple in ox.parse(path=str(path), format=parser)})
    assert read[0] == read[1]


def test_jsonld_is_json(tmp_path):
    """Any program that reads JSON reads it."""
    (path,) = export(GRAPH, "jsonld", tmp_path / "graph.jsonld")
    assert "@context" in json.loads(path.read_text(encoding="utf-8"))


def test_half_a_surrogate_pair_is_written(tmp_path):
    """Text that UTF-8 cannot hold does not stop an export."""
    stated = fact(FIRM, "locatedIn", PARK, evidence=(evidence("甲\ud800公司"),))
    export(graph(FIRM, PARK, stated), "csv", tmp_path)
    assert "甲?公司" in (tmp_path / "facts.csv").read_text(encoding="utf-8")


def test_unknown_format_is_told(tmp_path):
    """The message names the formats there are."""
    with pytest.raises(InputError, match="graphml"):
        export(GRAPH, "xlsx", tmp_path / "graph.xlsx")


def test_place_that_cannot_be_written_is_told(tmp_path):
    """A file where a folder should be is the user's to solve."""
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(OutputError):
        export(GRAPH, "csv", tmp_path / "taken")
