"""A read-only SPARQL 1.1 endpoint over a build's graph, on this machine alone, with a page to ask from.

``/sparql`` speaks the SPARQL 1.1 Protocol (GET, form and direct POST; JSON, XML, CSV, TSV, Turtle, N-Triples), ``/`` is
the page. Updates are refused, queries are limited in time, rows and number at once. A graph that is built anew while
the server runs is served from then on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from ipaddress import ip_address
from pathlib import Path
from threading import BoundedSemaphore, Lock
from types import MappingProxyType
from urllib.parse import parse_qs, urlsplit

from kg.errors import InputError, KgError, OutputError
from kg.stores.answers import Answer
from kg.stores.cache import cached
from kg.stores.query import ask
from kg.stores.questions import questions
from kg.stores.source import graph_file

_ROWS: Mapping[str, str] = MappingProxyType(
    {
        "application/sparql-results+json": "json",
        "application/json": "json",
        "application/sparql-results+xml": "xml",
        "application/xml": "xml",
        "text/csv": "csv",
        "text/tab-separated-values": "tsv",
    }
)
_TRIPLES: Mapping[str, str] = MappingProxyType(
    {"text/turtle": "ttl", "application/n-triples": "nt", "text/plain": "nt"},
)
_LARGEST = 1 << 20
_AT_ONCE = 4
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'"
_DESCRIPTION = """@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
<{url}> a sd:Service ; sd:endpoint <{url}> ; sd:supportedLanguage sd:SPARQL11Query ;
    sd:resultFormat <http://www.w3.org/ns/formats/SPARQL_Results_JSON>, <http://www.w3.org/ns/formats/Turtle> .
"""


class Server(ThreadingHTTPServer):
    """The endpoint; ``serve_forever()`` runs it, ``shutdown()`` from another thread ends it."""

    daemon_threads = True

    def __init__(
        self, path: Path, *, host: str = "127.0.0.1", port: int = 7879, timeout: float = 30, rows: int = 10_000
    ) -> None:
        """Open the port and load the graph.

        Args:
            path: a build's folder, or an RDF file.
            host: an address of this machine's loopback.
            port: 0 takes any that is free.
            timeout: seconds after which a query is stopped.
            rows: rows that an answer may have; longer ones are cut, and the header ``X-Cut`` says so.

        Raises:
            InputError: no graph, or an address that others could reach.
            OutputError: the port is taken.
        """
        if not _is_loopback(host):
            raise InputError(f"host {host}: kg serves this machine alone; use an address of its loopback, as 127.0.0.1")
        self.path, self.seconds, self.rows = path, timeout, rows
        self.loading, self.running = Lock(), BoundedSemaphore(_AT_ONCE)
        self.place()
        try:
            super().__init__((host, port), _Handler)
        except OSError as error:
            raise OutputError(f"port {port}: {error.strerror}; choose another port") from error

    @property
    def url(self) -> str:
        """Of the page."""
        return f"http://{self.server_address[0]!s}:{self.server_port}/"

    def place(self) -> Path:
        """The store of the graph as it is now, or its file."""
        with self.loading:
            file = graph_file(self.path)
            return cached(file) or file


class _Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server
    server_version = "kg"
    sys_version = ""
    timeout = 60

    def do_GET(self) -> None:
        """The page, the endpoint's description, or a query."""
        address = urlsplit(self.path)
        if not self._is_local():
            return
        if address.path == "/":
            self._reply(200, "text/html; charset=utf-8", _page())
        elif address.path != "/sparql":
            self._reply(404, "text/plain; charset=utf-8", "there is / and /sparql")
        elif not address.query:
            self._reply(200, "text/turtle; charset=utf-8", _DESCRIPTION.format(url=f"{self.server.url}sparql"))
        else:
            self._protocol(parse_qs(address.query))

    def do_POST(self) -> None:
        """A query in a form or as it is."""
        if not self._is_local():
            return
        length = self.headers.get("Content-Length", "")
        size = int(length) if length.isdigit() else 0
        body = self.rfile.read(min(size, 8 * _LARGEST)).decode("utf-8", "replace")  # read, so that the client listens
        if size > _LARGEST:
            self._reply(413, "text/plain; charset=utf-8", f"a query may have {_LARGEST} bytes")
            return
        kind = self.headers.get_content_type()
        if urlsplit(self.path).path != "/sparql":
            self._reply(404, "text/plain; charset=utf-8", "queries go to /sparql")
        elif kind == "application/x-www-form-urlencoded":
            self._protocol(parse_qs(body))
        elif kind == "application/sparql-query":
            self._protocol({"query": [body]})
        elif kind == "application/sparql-update":
            self._protocol({"update": [body]})
        else:
            self._reply(415, "text/plain; charset=utf-8", f"cannot read {kind}")

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal is the user's."""

    def _is_local(self) -> bool:
        """Whether the browser was asked for this machine, and not tricked here by a foreign name."""
        name = urlsplit(f"//{self.headers.get('Host', '')}").hostname or ""
        if _is_loopback(name):
            return True
        self._reply(403, "text/plain; charset=utf-8", "kg serves this machine alone")
        return False

    def _protocol(self, parameters: Mapping[str, list[str]]) -> None:
        if "update" in parameters:
            self._reply(403, "text/plain; charset=utf-8", "updates are refused: the graph is read-only")
        elif len(parameters.get("query", ())) != 1:
            self._reply(400, "text/plain; charset=utf-8", "give one query")
        elif not self.server.running.acquire(timeout=self.server.seconds):
            self._reply(503, "text/plain; charset=utf-8", "too many queries at once; try again")
        else:
            try:
                self._query(parameters["query"][0])
            finally:
                self.server.running.release()

    def _query(self, text: str) -> None:
        try:
            found = ask(self.server.place(), text, timeout=self.server.seconds, rows=self.server.rows)
            kind, form = negotiated(found, self.headers.get("Accept", ""))
            content = found.formatted(form)
        except KgError as error:
            self._reply(400, "text/plain; charset=utf-8", str(error))
        else:
            self._reply(200, f"{kind}; charset=utf-8", content, {"X-Cut": "true"} if found.cut else {})

    def _reply(self, status: int, kind: str, content: str, headers: Mapping[str, str] = MappingProxyType({})) -> None:
        body = content.encode("utf-8", "replace")
        self.send_response(status)
        fixed = {"Content-Type": kind, "Content-Length": str(len(body)), "Content-Security-Policy": _POLICY}
        for name, value in {**fixed, "X-Content-Type-Options": "nosniff", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def _is_loopback(name: str) -> bool:
    try:
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False


def negotiated(found: Answer, accept: str) -> tuple[str, str]:
    """Media type and format of an answer, by what a client accepts, the most wanted first.

    >>> negotiated(Answer(("x",), (), None, False, False), "text/csv;q=0.5, application/sparql-results+xml")
    ('application/sparql-results+xml', 'xml')
    """
    offered = _TRIPLES if found.graph else _ROWS
    wanted = sorted((_weighed(item) for item in accept.split(",")), key=lambda pair: -pair[1])
    for kind, weight in wanted:
        if weight and kind in offered and not (found.truth is not None and offered[kind] in {"csv", "tsv"}):
            return kind, offered[kind]
    return next(iter(offered.items()))


def _weighed(item: str) -> tuple[str, float]:
    """A media type of an Accept header and its weight."""
    kind, *parameters = (piece.strip() for piece in item.split(";"))
    weight = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
    return kind.lower(), float(weight) if weight.replace(".", "", 1).isdigit() else 0.0


@cache
def _page() -> str:
    """The page with the questions in it; ``<`` is escaped, so that nothing in them ends the script."""
    asked = [{"name": q.name, "title": q.title, "zh": q.title_zh, "text": q.text} for q in questions()]
    data = json.dumps(asked, ensure_ascii=False).replace("<", "\\u003c")
    return files("kg.stores").joinpath("page.html").read_text(encoding="utf-8").replace("QUESTIONS", data, 1)
