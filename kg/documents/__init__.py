"""Articles out of files: encodings, front matter, HTML, JSON Lines, and what each page tells about itself."""

from kg.documents.failure import Failure
from kg.documents.stream import read

__all__ = ["Failure", "read"]
