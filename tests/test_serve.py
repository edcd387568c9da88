"""The endpoint answers SPARQL clients, and nobody else."""

import json
import re
from threading import Thread
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
import rdflib
from factory import entity, fact, graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg import rdf
from kg.errors import InputError, OutputError
from kg.stores.questions import questions
from kg.stores.serve import Server

COMPANY = entity("Company", "晨星科技")
DISTRICT = entity("District", "徐汇区")
LABELS = "SELECT ?l { ?s rdfs:label ?l } ORDER BY ?l"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o . ?p ?q ?r }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A build's folder with one fact."""
    path = tmp_path_factory.mktemp("build")
    rdf.write(graph(COMPANY, DISTRICT, fact(COMPANY, "locatedIn", DISTRICT)), path / "graph.ttl")
    return path


@pytest.fixture(scope="module")
def server(folder):
    """The endpoint over that graph, with narrow limits."""
    with Server(folder, port=0, timeout=2, rows=5) as running:
        Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield running
        running.shutdown()


def get(server, path, body=None, **headers):
    """Status, media type, text and headers of a reply."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urlopen(Request(server.url + path, data=body, headers=named), timeout=30) as reply:
            return reply.status, reply.headers.get_content_type(), reply.read().decode(), reply.headers
    except HTTPError as error:
        with error:
            return error.code, error.headers.get_content_type(), error.read().decode(), error.headers


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        (f"sparql?{urlencode({'query': LABELS})}", None, None),
        ("sparql", urlencode({"query": LABELS}).encode(), "application/x-www-form-urlencoded"),
        ("sparql", LABELS.encode(), "application/sparql-query"),
    ],
)
def test_protocol(server, path, body, kind):
    """A query is sent in any of the three ways of the SPARQL 1.1 Protocol."""
    _, _, text, _ = get(server, path, body, **({"Content_Type": kind} if kind else {}))
    assert [row["l"]["value"] for row in json.loads(text)["results"]["bindings"]] == ["徐汇区", "晨星科技"]


@pytest.mark.parametrize(
    ("accept", "kind", "start"),
    [
        ("text/csv", "text/csv", "l\r\n徐汇区\r\n"),
        ("text/csv;q=0.1, application/sparql-results+xml", "application/sparql-results+xml", "<?xml"),
        ("image/png", "application/sparql-results+json", "{"),
    ],
)
def test_negotiation(server, accept, kind, start):
    """The client chooses the format."""
    _, found, text, _ = get(server, f"sparql?{urlencode({'query': LABELS})}", Accept=accept)
    assert (found, text.startswith(start)) == (kind, True)


def test_triples(server):
    """CONSTRUCT yields Turtle."""
    query = "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c FILTER(?c = sie:Company) }"
    _, kind, text, _ = get(server, f"sparql?{urlencode({'query': query})}", Accept="text/turtle")
    assert (kind, len(rdflib.Graph().parse(data=text))) == ("text/turtle", 1)


def test_rdflib_client(server):
    """rdflib's client connects as to any endpoint."""
    client = SPARQLStore(f"{server.url}sparql")
    query = "SELECT ?l { ?s a <https://w3id.org/shanghai-innovation#District> ; rdfs:label ?l }"
    rows = client.query(f"PREFIX rdfs: <{rdflib.RDFS}> {query}")
    assert [str(row[0]) for row in rows] == ["徐汇区"]


@pytest.mark.parametrize(
    ("path", "body", "headers", "expected"),
    [
        ("sparql", b"update=DROP+ALL", {}, (403, "read-only")),
        ("sparql", b"DROP ALL", {"Content_Type": "application/sparql-update"}, (403, "read-only")),
        ("sparql", b"query=SELECT", {}, (400, "error at")),
        ("sparql", b"query=ASK+{}&query=ASK+{}", {}, (400, "give one query")),
        ("sparql", urlencode({"query": ENDLESS}).encode(), {}, (400, "stopped after 2 s")),
        ("sparql", b"query=SELECT+*+{SERVICE+<http://127.0.0.1/>{}}", {}, (400, "SERVICE is refused")),
        ("sparql", b"ASK {}", {"Content_Type": "text/html"}, (415, "cannot read")),
        ("sparql", b"x" * 2_000_000, {}, (413, "1048576 bytes")),
        ("elsewhere", b"query=ASK+{}", {}, (404, "/sparql")),
        ("elsewhere", None, {}, (404, "/sparql")),
        ("sparql?query=ASK+{}", None, {"Host": "127.evil.example"}, (403, "this machine alone")),
        ("sparql", b"query=ASK+{}", {"Host": "kg.example:7879"}, (403, "this machine alone")),
    ],
)
def test_refused(server, path, body, headers, expected):
    """What may not be asked is refused with a reason, and the server lives on."""
    status, message = expected
    found, _, text, _ = get(server, path, body, **headers)
    assert (found, message in text) == (status, True)


def test_rows_are_cut(server):
    """A long answer is cut, and the reply says so."""
    _, _, text, headers = get(server, "sparql?query=SELECT+*+{?s+?p+?o}", Accept="application/json")
    assert (len(json.loads(text)["results"]["bindings"]), headers["X-Cut"]) == (5, "true")


def test_description(server):
    """The endpoint describes itself to clients that ask."""
    _, _, text, _ = get(server, "sparql")
    about = rdflib.Graph().parse(data=text)
    language = rdflib.URIRef("http://www.w3.org/ns/sparql-service-description#supportedLanguage")
    assert [str(value).rpartition("#")[2] for value in about.objects(None, language)] == ["SPARQL11Query"]


def test_page_offers_the_questions(server):
    """Every competency question is one click away."""
    _, _, text, _ = get(server, "")
    data = re.search(r'<script type="application/json" id="questions">(.*?)</script>', text, re.DOTALL)[1]
    assert [question["name"] for question in json.loads(data)] == [question.name for question in questions()]


def test_page_loads_nothing(server):
    """The page works without a network."""
    _, _, text, _ = get(server, "")
    assert re.findall(r"(?:src|href)\s*=", text) == []


def test_rebuilt(tmp_path):
    """A graph that is built anew is served from then on."""
    rdf.write(graph(COMPANY), tmp_path / "graph.ttl")
    with Server(tmp_path, port=0) as running:
        Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        rdf.write(graph(DISTRICT), tmp_path / "graph.ttl")
        _, _, text, _ = get(running, f"sparql?{urlencode({'query': LABELS})}", Accept="text/csv")
        running.shutdown()
    assert text == "l\r\n徐汇区\r\n"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.1", "example.org"])
def test_loopback_only(folder, host):
    """An address that others could reach is refused."""
    with pytest.raises(InputError, match="this machine alone"):
        Server(folder, host=host, port=0)


def test_port_taken(folder, server):
    """A port that is taken is told."""
    with pytest.raises(OutputError, match="choose another port"):
        Server(folder, port=server.server_port)
