"""Data and code as they may stand in a page: JSON that cannot end its element, and hashes that let code run."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from urllib.parse import urlsplit

from markupsafe import Markup

_UNSAFE = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})


def embed(value: object) -> str:
    """A value as JSON for a ``<script type="application/json">``: no character in it means anything to HTML."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def safe(text: str) -> Markup:
    """Text that templates must not escape: our own code, or JSON in which nothing means anything to HTML."""
    return Markup(text)  # noqa: S704


def policy(scripts: list[str], styles: list[str]) -> str:
    """A Content-Security-Policy under which these scripts and styles work and nothing else loads or runs."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_hash, scripts))}",
            f"style-src {' '.join(map(_hash, styles))}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(code: str) -> str:
    return f"'sha256-{b64encode(sha256(code.encode('utf-8')).digest()).decode('ascii')}'"


def web_address(url: str) -> str:
    """The address if a link may lead there (``http`` or ``https``, a host, nothing invisible), else empty."""
    if not url.isprintable() or " " in url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.hostname else ""
