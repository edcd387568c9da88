"""Files appear whole or not at all."""

import pytest

from kg.errors import OutputError
from kg.files import require_writable, whole, write_whole


def test_write_whole_replaces_the_file(tmp_path):
    """The new content takes the old one's place, and nothing else stays in the folder."""
    path = tmp_path / "a.txt"
    path.write_text("old")
    write_whole(path, "新")
    assert ([p.name for p in tmp_path.iterdir()], path.read_text(encoding="utf-8")) == (["a.txt"], "新")


def test_an_error_while_writing_leaves_the_old_file(tmp_path):
    """Nothing is half-written."""
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError), whole(path) as file:
        file.write(b"half" + "新".encode("ascii"))
    assert ([p.name for p in tmp_path.iterdir()], path.read_text()) == (["a.txt"], "old")


def test_a_folder_that_is_a_file_is_told(tmp_path):
    """The error names the place and what to do."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"file.*choose another folder"):
        require_writable(tmp_path / "file")
