"""Real triple stores on loopback and a real browser, for the tests that drive them."""

import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

OXIGRAPH = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
VIRTUOSO = shutil.which("virtuoso-t")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_INI = Path("/usr/share/virtuoso-opensource-7/virtuoso.ini")


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def oxigraph(location, port):
    """Oxigraph's server over a folder; yields its process and its address."""
    command = [OXIGRAPH, "serve", "--location", str(location), "--bind", f"127.0.0.1:{port}"]
    with _running(command, f"http://127.0.0.1:{port}", location.parent) as process:
        yield process, f"http://127.0.0.1:{port}"


@contextmanager
def virtuoso(folder):
    """Virtuoso with its own files and ports; yields its address. User and password are dba."""
    port, sql = free_port(), free_port()
    text = re.sub(r"/var/lib/virtuoso-opensource-7/(db|vsp)", str(folder), _INI.read_text(encoding="utf-8"))
    sections = re.split(r"(?m)^(?=\[)", text)
    ports = {"[Parameters]": sql, "[HTTPServer]": port}
    for place, section in enumerate(sections):
        number = ports.get(section.split("\n", 1)[0].strip())
        if number:
            sections[place] = re.sub(r"(?m)^ServerPort.*$", f"ServerPort = 127.0.0.1:{number}", section)
    (folder / "virtuoso.ini").write_text("".join(sections), encoding="utf-8")
    command = [VIRTUOSO, "+foreground", "+configfile", str(folder / "virtuoso.ini")]
    with _running(command, f"http://127.0.0.1:{port}/sparql", folder):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _running(command, address, folder):
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait(address, process)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(address, process):
    """Return once the server answers anything at all."""
    for _ in range(600):
        try:
            urlopen(address, timeout=5).close()
        except HTTPError:
            return
        except (URLError, OSError):
            assert process.poll() is None, "the server ended while starting"
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(address)
