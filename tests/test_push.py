"""Graphs are pushed to real triple stores over HTTP."""

import json
import re
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
import servers
from factory import entity, fact, graph

from kg import rdf
from kg.errors import InputError, OutputError
from kg.stores.client import Client, presets
from kg.stores.push import push

COMPANY = entity("Company", '晨星"科技"\\𠮷', "晨星")
DISTRICT = entity("District", "徐汇区")
TARGET = "https://example.org/graph"


@pytest.fixture
def folder(tmp_path):
    """A build's folder with one fact."""
    rdf.write(graph(COMPANY, DISTRICT, fact(COMPANY, "locatedIn", DISTRICT)), tmp_path / "graph.ttl")
    return tmp_path


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Oxigraph's server for the module."""
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph") / "data", servers.free_port()) as (_, address):
        yield Client.at(address, store="oxigraph")


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory):
    """Virtuoso for the module, where it is installed."""
    if not servers.VIRTUOSO:
        pytest.skip("Virtuoso is not installed: apt-get install virtuoso-opensource")
    with servers.virtuoso(tmp_path_factory.mktemp("virtuoso")) as address:
        yield Client.at(address, store="virtuoso", user="dba", password="dba")


def labels(address, **parameters):
    """Labels of the target graph, as the store tells them."""
    query = f"SELECT ?l {{ GRAPH <{TARGET}> {{ ?s <http://www.w3.org/2000/01/rdf-schema#label> ?l }} }}"
    url = f"{address}?{urlencode({'query': query, 'format': 'application/sparql-results+json', **parameters})}"
    with urlopen(url, timeout=30) as response:
        return {row["l"]["value"] for row in json.load(response)["results"]["bindings"]}


class Memory:
    """A store that keeps what it is told, and loses what a test wants."""

    def __init__(self, loses=0, breaks=0):
        self.graphs, self.loses, self.breaks, self.updates = {}, loses, breaks, []
        self.endpoint, self.preset = "memory", None

    def count(self, graph):
        return max(0, len(self.graphs.get(graph, ())) - self.loses)

    def add(self, graph, ntriples):
        self.breaks -= 1
        if self.breaks == 0:
            raise OutputError("memory: broken")
        self.graphs.setdefault(graph, set()).update(ntriples.splitlines())

    def update(self, text):
        self.updates.append(text.decode().split()[0])
        source, *target = re.findall("<(.+?)>", text.decode())
        content = self.graphs.pop(source, set())
        for name in target:
            self.graphs[name] = content


@pytest.mark.server
def test_pushed(folder, store):
    """What was pushed is there, in its own script and with its odd characters."""
    push(folder, store, graph=TARGET)
    assert labels(f"{store.endpoint}/query") == {'晨星"科技"\\𠮷', "徐汇区"}


@pytest.mark.server
def test_replaced(folder, store):
    """A later push replaces the graph as a whole, and leaves nothing beside it."""
    push(folder, store, graph=TARGET)
    rdf.write(graph(DISTRICT), folder / "graph.ttl")
    push(folder, store, graph=TARGET)
    assert (labels(f"{store.endpoint}/query"), store.count(f"{TARGET}-staging")) == ({"徐汇区"}, 0)


@pytest.mark.server
def test_killed(folder, tmp_path):
    """A server killed in the middle keeps the old graph, and the next push goes on where the first stopped."""
    port = servers.free_port()
    with ExitStack() as stack:
        process, address = stack.enter_context(servers.oxigraph(tmp_path / "data", port))
        client = Client.at(address, store="oxigraph")
        client.add(TARGET, b"<urn:a> <urn:b> <urn:c> .")
        with pytest.raises(OutputError, match="cannot be reached"):
            push(folder, client, graph=TARGET, part=30, progress=lambda sent, _: process.kill() if sent else None)
    with servers.oxigraph(tmp_path / "data", port):
        before = client.count(TARGET)
        done = push(folder, client, graph=TARGET, part=30)
        assert (before, done.resumed, client.count(TARGET)) == (1, 30, done.triples)


@pytest.mark.server
def test_by_update(folder, store):
    """A store without the Graph Store Protocol gets the data by SPARQL Update."""
    plain = presets()["oxigraph"]
    client = Client(store.endpoint, type(plain)(**{**{n: getattr(plain, n) for n in plain.__slots__}, "data": ""}))
    push(folder, client, graph=TARGET)
    assert labels(f"{store.endpoint}/query") == {'晨星"科技"\\𠮷', "徐汇区"}


@pytest.mark.server
def test_virtuoso(folder, virtuoso):
    """Virtuoso takes it too, and replaces it."""
    push(folder, virtuoso, graph=TARGET)
    push(folder, virtuoso, graph=TARGET)
    assert labels(f"{virtuoso.endpoint}/sparql") == {'晨星"科技"\\𠮷', "徐汇区"}


@pytest.mark.server
def test_virtuoso_wrong_password(folder, virtuoso):
    """A wrong password is told as such."""
    client = Client.at(virtuoso.endpoint, store="virtuoso", user="dba", password="wrong")
    with pytest.raises(OutputError, match="refused the login"):
        push(folder, client, graph=TARGET)


def test_progress(folder):
    """Progress is told after each part, and ends with all."""
    told = []
    done = push(folder, Memory(), graph=TARGET, part=40, progress=lambda sent, whole: told.append((sent, whole)))
    assert told == [(sent, done.triples) for sent in (*range(0, done.triples, 40), done.triples)]


def test_resumed(folder):
    """A push that was broken off sends only what is missing."""
    memory = Memory(breaks=3)
    with pytest.raises(OutputError):
        push(folder, memory, graph=TARGET, part=10)
    assert push(folder, memory, graph=TARGET, part=10).resumed == 20


def test_not_resumed_when_changed(folder):
    """A graph that changed in between is sent from the start, and nothing of the old one stays."""
    memory = Memory(breaks=3)
    with pytest.raises(OutputError):
        push(folder, memory, graph=TARGET, part=10)
    rdf.write(graph(DISTRICT), folder / "graph.ttl")
    done = push(folder, memory, graph=TARGET, part=10)
    assert (done.resumed, memory.count(TARGET)) == (0, done.triples)


def test_not_resumed_when_lost(folder):
    """If the store lost what was sent, all is sent again."""
    memory = Memory(breaks=3)
    with pytest.raises(OutputError):
        push(folder, memory, graph=TARGET, part=10)
    memory.graphs.clear()
    assert push(folder, memory, graph=TARGET, part=10).resumed == 0


def test_lost_triples(folder):
    """If the count is wrong, the graph in the store stays as it was."""
    memory = Memory(loses=1)
    with pytest.raises(OutputError, match="were sent"):
        push(folder, memory, graph=TARGET)
    assert memory.updates == []


def test_usual_tags(folder):
    """Language tags are sent in their usual case."""
    memory = Memory()
    push(folder, memory, graph=TARGET)
    tags = {line.rpartition(b"@")[2] for line in memory.graphs[TARGET] if b'"@' in line}
    assert tags == {b"zh-Hans .", b"en ."}


def test_blank_nodes(tmp_path):
    """Blank nodes cannot be sent in parts."""
    (tmp_path / "graph.ttl").write_text("<urn:a> <urn:b> [] .", encoding="utf-8")
    with pytest.raises(InputError, match="blank nodes"):
        push(tmp_path, Memory())


@pytest.mark.parametrize("name", ["", "graph", "https://a.cn/x y", "urn:x> <urn:y"])
def test_unsound_graph(folder, name):
    """The graph's name must be an IRI."""
    with pytest.raises(InputError, match="absolute IRI"):
        push(folder, Memory(), graph=name)


@pytest.mark.parametrize(
    ("endpoint", "name"),
    [
        ("http://127.0.0.1:7878", "oxigraph"),
        ("http://localhost:3030/kg", "fuseki"),
        ("http://10.0.0.1:7200/repositories/kg/", "graphdb"),
        ("https://example.org:8890", "virtuoso"),
    ],
)
def test_store_from_address(endpoint, name):
    """The usual addresses tell which store they are."""
    assert Client.at(endpoint).preset == presets()[name]


@pytest.mark.parametrize(
    "endpoint", ["file:///etc/passwd", "127.0.0.1:7878", "http://u:p@127.0.0.1:7878", "http://x/?a"]
)
def test_unsound_endpoint(endpoint):
    """An address that is no plain web address is refused."""
    with pytest.raises(InputError, match="plain http or https"):
        Client.at(endpoint)


def test_unknown_store():
    """An address that tells nothing needs the store's name."""
    with pytest.raises(InputError, match="oxigraph, fuseki, graphdb, virtuoso, sparql"):
        Client.at("https://example.org/sparql")


def test_password_is_not_shown():
    """The password does not appear where the client is printed."""
    assert "secret" not in repr(Client.at("http://127.0.0.1:7878", user="u", password="secret"))


@pytest.fixture
def answering():
    """A server that answers everything with one status and notes the logins it saw."""
    running = []

    def start(status, headers=()):
        logins = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                logins.append(self.headers.get("Authorization"))
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write("坏了 <html>".encode())

            def log_message(self, *_):
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        running.append(server)
        return logins, f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "message"),
    [(401, "refused the login"), (404, "knows no such address"), (500, "坏了"), (200, "is it a SPARQL endpoint")],
)
def test_refusals(answering, status, message):
    """What a store answers is told in words."""
    _, address = answering(status)
    with pytest.raises(OutputError, match=message):
        Client.at(address, store="oxigraph").count("urn:x")


def test_login(answering):
    """User and password are sent as HTTP has it."""
    logins, address = answering(500)
    with pytest.raises(OutputError):
        Client.at(address, store="oxigraph", user="u", password="密").count("urn:x")
    assert logins == ["Basic dTrlr4Y="]


def test_redirect_is_not_followed(answering):
    """Data and passwords go where the user said, or nowhere."""
    logins, other = answering(200)
    _, address = answering(307, [("Location", other)])
    with pytest.raises(OutputError, match="307"):
        Client.at(address, store="oxigraph", user="u", password="p").count("urn:x")
    assert logins == []


@pytest.mark.parametrize("page", ["docs/guide-engineer.md", "ontology/README.md"])
def test_the_table_of_stores_is_true(page):
    """It has the line that starts each store's server, and the address for it."""
    text = (Path(__file__).parent.parent / page).read_text(encoding="utf-8")
    lines = {line for preset in presets().values() if preset.start for line in (preset.start, preset.endpoint)}
    assert {line for line in lines if line not in text} == set()
