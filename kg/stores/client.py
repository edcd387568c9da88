"""The border to HTTP: a triple store as an object that queries, updates and takes data."""

from __future__ import annotations

import http.client
import json
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import (
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    HTTPRedirectHandler,
    OpenerDirector,
    Request,
    build_opener,
)

from kg.errors import InputError, OutputError
from kg.lexicon import table


@dataclass(frozen=True, slots=True)
class Preset:
    """How one kind of store is spoken to; see ``kg/data/stores.yml``."""

    start: str
    endpoint: str
    hint: str
    data: str
    graph: str
    update: str
    query: str
    login: str


def presets() -> Mapping[str, Preset]:
    """The stores we know, by name."""
    found: Mapping[str, Preset] = table("stores.yml", dict[str, Preset])
    return found


@dataclass(frozen=True, slots=True)
class Client:
    """One store at one address."""

    endpoint: str
    preset: Preset
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 600
    """Seconds that one request may take."""

    @classmethod
    def at(cls, endpoint: str, *, store: str = "", user: str = "", password: str = "", timeout: float = 600) -> Client:
        """A store by its address.

        Args:
            endpoint: as in the table of presets.
            store: name of a preset; empty: told from the address.
            user: empty: no login.
            password: kept to this object, never logged or written.
            timeout: seconds that one request may take.

        Raises:
            InputError: no web address, no such preset, or none that the address tells.
        """
        address = urlsplit(endpoint)
        if address.scheme not in {"http", "https"} or not address.hostname or address.query or address.username:
            raise InputError(
                f"endpoint {endpoint!r}: needs a plain http or https address, such as http://127.0.0.1:7878"
            )
        known = presets()
        name = store or next((name for name, p in known.items() if p.hint and re.search(p.hint, endpoint)), "")
        if name not in known:
            raise InputError(f"endpoint {endpoint}: tell which store it is, one of {', '.join(known)}")
        return cls(endpoint.rstrip("/"), known[name], user, password, timeout)

    def count(self, graph: str) -> int:
        """Triples in a graph.

        Raises:
            OutputError: the store cannot be reached, or refuses.
        """
        body = self._send(
            "POST",
            self.endpoint + self.preset.query,
            urlencode({"query": f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"}).encode("ascii"),
            {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/sparql-results+json"},
        )
        try:
            return int(json.loads(body)["results"]["bindings"][0]["n"]["value"])
        except (ValueError, KeyError, IndexError, TypeError) as error:
            raise OutputError(
                f"{self.endpoint}: answered a count with {body[:200]!r}; is it a SPARQL endpoint?"
            ) from error

    def add(self, graph: str, ntriples: bytes) -> None:
        """Add triples to a graph.

        Raises:
            OutputError: the store cannot be reached, or refuses.
        """
        if not self.preset.data:
            self.update(b"INSERT DATA { GRAPH <%s> {\n%s} }" % (graph.encode(), ntriples))
            return
        url = f"{self.endpoint}{self.preset.data}?{self.preset.graph}={quote(graph, safe='')}"
        self._send("POST", url, ntriples, {"Content-Type": "text/turtle; charset=utf-8"})

    def update(self, text: bytes) -> None:
        """Run a SPARQL update.

        Raises:
            OutputError: the store cannot be reached, or refuses.
        """
        headers = {"Content-Type": "application/sparql-update; charset=utf-8"}
        self._send("POST", self.endpoint + self.preset.update, text, headers)

    def _send(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        request = Request(url, data=body, headers=dict(headers), method=method)  # noqa: S310 - http or https, see `at`
        if self.user and self.preset.login == "basic":
            token = b64encode(f"{self.user}:{self.password}".encode()).decode("ascii")
            request.add_unredirected_header("Authorization", f"Basic {token}")
        try:
            with self._opener(url).open(request, timeout=self.timeout) as response:
                found: bytes = response.read()
                return found
        except HTTPError as error:
            raise OutputError(f"{self.endpoint}: {_refusal(error)}") from error
        except (URLError, OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", "") or error
            raise OutputError(f"{self.endpoint}: cannot be reached ({reason}); is the server running?") from error

    def _opener(self, url: str) -> OpenerDirector:
        if not self.user or self.preset.login != "digest":
            return build_opener(_NoRedirect)
        passwords = HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, url, self.user, self.password)
        return build_opener(_NoRedirect, HTTPDigestAuthHandler(passwords))


class _NoRedirect(HTTPRedirectHandler):
    """Follows nothing: data and passwords go where the user said, or nowhere."""

    def redirect_request(self, *_: object) -> None:
        """Refuse."""


def _refusal(error: HTTPError) -> str:
    """What a store answered, in words."""
    if error.code in {401, 403}:
        return f"refused the login (HTTP {error.code}); check the user and the password"
    if error.code == 404:
        return "knows no such address (HTTP 404); check the endpoint and which store it is"
    return f"refused (HTTP {error.code} {error.reason}: {_start(error)})"


def _start(stream: IO[bytes]) -> str:
    try:
        return " ".join(stream.read(400).decode("utf-8", "replace").split())
    except OSError:
        return "no reason given"
