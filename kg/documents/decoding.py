"""Text of a file's bytes, whatever Chinese encoding they are in."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from kg.documents.failure import UnreadableError
from kg.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ["gb18030", "big5hkscs", "big5"]
_SAMPLE = 1 << 16
_BINARY = {
    b"%PDF": "a PDF document; save its text as .txt",
    b"PK\x03\x04": "an archive or an Office document; save its text as .txt",
    b"\xd0\xcf\x11\xe0": "an old Office document; save its text as .txt",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "compressed; only .jsonl.gz is read compressed, unpack it first",
    b"Rar!": "an archive; unpack it first",
    b"7z\xbc\xaf": "an archive; unpack it first",
}
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)|<\?xml[^>]{0,80}encoding=["']([A-Za-z0-9_-]+)"""
)
_MOST_DAMAGE = 0.005
"""Share of a text's bytes that may be damaged for it still to be read as UTF-8."""


def require_codec(encoding: str | None) -> None:
    """Make sure that an encoding named by the user exists.

    Raises:
        InputError: it does not.
    """
    if encoding is None:
        return
    try:
        codecs.lookup(encoding)
    except LookupError as error:
        raise InputError(f"--encoding {encoding}: no such encoding; use utf-8, gb18030, big5 or utf-16") from error


def decode(data: bytes, encoding: str | None = None) -> str:
    """The text of a file.

    Args:
        data: all bytes of the file.
        encoding: its encoding; None: told by :func:`detect`.

    Returns:
        Every character but a byte order mark; line breaks as they are. A few damaged bytes of a UTF-8 file become
        U+FFFD.

    Raises:
        UnreadableError: the bytes are no text, or not in that encoding.
    """
    require_text(data)
    codec = _marked(data) or encoding or detect(data)
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        if codec == "utf-8" and encoding is None:
            return data.decode(codec, errors="replace")
        raise UnreadableError(
            f"not {codec} at byte {error.start}; name the file's encoding with --encoding, or save it as UTF-8"
        ) from error


def require_text(data: bytes) -> None:
    """Make sure that bytes may be text.

    Raises:
        UnreadableError: they are empty, or a known binary format, or hold zero bytes.
    """
    if not data.strip():
        raise UnreadableError("the file is empty; remove it or fill it")
    for magic, what in _BINARY.items():
        if data.startswith(magic):
            raise UnreadableError(f"not a text but {what}")
    if b"\0" in data[:_SAMPLE] and not _marked(data) and not _utf_16(data):
        raise UnreadableError("not a text: it holds zero bytes; leave it out")


def detect(data: bytes) -> str:
    """The encoding of a text: by byte order mark, as declared in HTML, UTF-8 if it fits, else told by statistics.

    Raises:
        UnreadableError: no encoding of Chinese text fits.
    """
    if marked := _marked(data):
        return marked
    sample = data[:_SAMPLE]
    if b"\0" in sample and (wide := _utf_16(data)):
        return wide
    if _damage(sample) <= _MOST_DAMAGE:
        return "utf-8"
    if (declared := _declared(sample)) and _fits(sample, declared):
        return declared
    best = from_bytes(sample, cp_isolation=_CANDIDATES).best()
    if best is None:
        raise UnreadableError("not a text in UTF-8, GB18030, Big5 or UTF-16; name its encoding with --encoding")
    return str(best.encoding)


def _marked(data: bytes) -> str:
    return next((codec for mark, codec in _MARKS if data.startswith(mark)), "")


def _utf_16(data: bytes) -> str:
    """UTF-16 without a mark, of the byte order that gives Chinese text; empty if none does."""
    sample = data[: _SAMPLE & ~1]
    for codec in ("utf-16-le", "utf-16-be"):
        text = sample.decode(codec, errors="replace")
        if len(_USUAL.findall(text)) >= 0.9 * len(text):
            return codec
    return ""


_USUAL = re.compile(r"[\s -~·—-…、-》「-】一-鿿！-～]")


def _damage(data: bytes) -> float:
    """Share of bytes that are not UTF-8; 1 where nothing but ASCII is left."""
    kept = data.decode("utf-8", errors="ignore").encode("utf-8")
    lost = max(len(data) - len(kept) - 3, 0) if len(data) == _SAMPLE else len(data) - len(kept)
    if lost and kept.isascii():
        return 1.0
    return lost / len(data)


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:4096])
    if not found:
        return ""
    name = (found[1] or found[2]).decode("ascii").lower()
    return {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(name, name)


def _fits(data: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(data)
    except (UnicodeDecodeError, LookupError):
        return False
    return True
