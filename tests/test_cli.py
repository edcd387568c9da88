"""The commands as a user runs them: what they print, what they write, with which status they end."""

import json

import pytest

from kg.cli import main

PAGE = "2023年5月10日\n\n衡川科技有限公司位于上海市普陀区，创始人陆以衡任董事长。\n"


@pytest.fixture
def run(monkeypatch, capsys):
    """Run a command line; returns its status, standard output and standard error."""

    def call(*arguments):
        monkeypatch.setattr("sys.argv", ["kg", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return ended.value.code, printed.out, printed.err

    return call


@pytest.fixture
def pages(tmp_path):
    """A folder with one page."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    return folder


@pytest.fixture
def built(run, pages, tmp_path):
    """The output folder of that page."""
    status, _, err = run("build", pages, "-o", tmp_path / "out")
    assert status == 0, err
    return tmp_path / "out"


def test_build_writes_graph_and_page(built):
    """Turtle, GraphML, the page and the identifiers appear, and nothing half-written stays."""
    written = {path.name for path in built.iterdir()}
    assert {"graph.ttl", "graph.graphml", "index.html", "identifiers.jsonl"} <= written
    assert not [name for name in written if name.startswith(".")]


def test_build_tells_what_was_built_and_where(run, pages, tmp_path):
    """The counts and the files go to standard output."""
    _, out, _ = run("build", pages, "-o", tmp_path / "out")
    assert "1 documents" in out
    assert str(tmp_path / "out" / "index.html") in out


def test_build_twice_gives_the_same_bytes(run, pages, built):
    """Nothing depends on the clock or on the run."""
    names = ("graph.ttl", "graph.graphml", "index.html", "identifiers.jsonl")
    before = [(built / name).read_bytes() for name in names]
    run("build", pages, "-o", built, "--quiet")
    assert [(built / name).read_bytes() for name in names] == before


def test_cache_and_workers_give_the_same_graph(run, pages, built, tmp_path):
    """Kept tables and several processes change nothing in the result."""
    other = tmp_path / "other"
    for _ in range(2):
        status, _, err = run("build", pages, "-o", other, "--cache", "--workers", 2, "--quiet")
        assert (status, err) == (0, "")
    assert (other / "graph.ttl").read_bytes() == (built / "graph.ttl").read_bytes()


def test_quiet_says_nothing(run, pages, tmp_path):
    """--quiet leaves both streams empty when all goes well."""
    assert run("build", pages, "-o", tmp_path / "out", "--quiet") == (0, "", "")


def test_a_bad_file_does_not_end_the_run(run, pages, tmp_path):
    """It is named with the reason; the rest is read."""
    (pages / "broken.jsonl").write_text('{"id": "a", "text": "甲"}\n{broken\n', encoding="utf-8")
    status, out, err = run("build", pages, "-o", tmp_path / "out")
    assert (status, "2 documents" in out, "broken.jsonl" in err) == (0, True, True)


@pytest.mark.parametrize("name", ["nowhere", "empty", "binary.txt"])
def test_unreadable_input_ends_with_status_2(run, tmp_path, name):
    """A path that is missing, a folder with nothing in it and a binary file are told by name."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 8)
    status, out, err = run("build", tmp_path / name, "-o", tmp_path / "out")
    assert (status, out, name in err) == (2, "", True)


def test_output_that_cannot_be_written_is_told_before_work_starts(run, pages, tmp_path):
    """The folder is named, and what to do."""
    (tmp_path / "file").write_text("")
    status, _, err = run("build", pages, "-o", tmp_path / "file")
    assert (status, "choose another folder" in err) == (2, True)


def test_stats_counts_the_graph(run, built):
    """The same counts as after the build."""
    status, out, _ = run("stats", built)
    assert (status, "1 documents" in out, "Company" in out) == (0, True, True)


def test_stats_of_a_folder_without_graph_is_told(run, tmp_path):
    """Status 2 and the missing file's name."""
    status, _, err = run("stats", tmp_path)
    assert (status, "graph.ttl" in err) == (2, True)


def test_explain_shows_forms_and_pages(run, built):
    """Any form of the name finds the entity."""
    status, out, _ = run("explain", "衡川", built)
    assert (status, "衡川科技有限公司" in out, "page.txt" in out) == (0, True, True)


def test_explain_of_an_unknown_name_ends_with_status_1(run, built):
    """Nothing found is a failed check, not wrong use."""
    assert run("explain", "无此名", built)[0] == 1


@pytest.fixture
def gold(tmp_path):
    """A folder with the gold file of that page."""
    folder = tmp_path / "gold"
    folder.mkdir()
    entities = [
        {"id": "e1", "type": "Company", "name": "衡川科技有限公司"},
        {"id": "e2", "type": "Person", "name": "陆以衡"},
        {"id": "e3", "type": "District", "name": "普陀区", "aliases": ["上海市普陀区"]},
        {"id": "e4", "type": "Park", "name": "苍岩园"},
    ]
    relations = [{"head": "e2", "type": "holdsPosition", "tail": "e1", "role": "董事长"}]
    (folder / "page.json").write_text(
        json.dumps({"doc": "page.txt", "entities": entities, "relations": relations}), encoding="utf-8"
    )
    return folder


def test_evaluate_prints_precision_recall_and_errors(run, pages, gold):
    """The table and, with --errors, each miss."""
    status, out, _ = run("evaluate", pages, gold, "--errors")
    assert (status, "missed entity\tPark\t苍岩园" in out, "core entities" in out) == (0, True, True)


def test_evaluate_below_the_floor_ends_with_status_1(run, pages, gold):
    """The data fails the check."""
    assert run("evaluate", pages, gold, "--floor", "0.99")[0] == 1


def test_evaluate_tells_a_mistake_in_gold(run, pages, gold):
    """Status 2, the file and the field."""
    (gold / "page.json").write_text('{"doc": "page.txt"}', encoding="utf-8")
    status, _, err = run("evaluate", pages, gold)
    assert (status, "page.json" in err, "entities" in err) == (2, True, True)


def test_validate_finds_the_sample_right(run, built):
    """What kg writes conforms to its own shapes."""
    status, out, _ = run("validate", built)
    assert (status, "no problem" in out) == (0, True)


def test_query_answers_a_named_question(run, built):
    """Rows go to standard output."""
    status, out, _ = run("query", built, "founders", "--format", "csv")
    assert (status, "陆以衡" in out) == (0, True)


def test_query_without_query_lists_the_questions(run, built):
    """A user sees what can be asked."""
    status, out, _ = run("query", built)
    assert (status, "heads-of-districts" in out) == (0, True)


def test_export_writes_beside_the_graph_and_names_the_files(run, built):
    """Without -o the format's files stand in the build's folder."""
    status, out, _ = run("export", built, "--format", "neo4j")
    written = [built / "neo4j" / name for name in ("nodes.csv", "edges.csv")]
    assert (status, out.split(), all(path.is_file() for path in written)) == (0, [str(path) for path in written], True)


def test_export_in_an_unknown_format_ends_with_status_2(run, built):
    """The formats there are, are named."""
    status, _, err = run("export", built, "--format", "xlsx")
    assert (status, "graphml" in err) == (2, True)


def test_push_to_nobody_is_told(run, built):
    """A store that does not answer ends the command with its address."""
    status, _, err = run("push", built, "--endpoint", "http://127.0.0.1:9", "--store", "oxigraph", "--quiet")
    assert (status, "127.0.0.1:9" in err) == (2, True)


COMMANDS = [
    "build",
    "stats",
    "view",
    "explain",
    "query",
    "export",
    "validate",
    "push",
    "serve",
    "evaluate",
    "train",
    "benchmark",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(run, command):
    """Every command's help reads like documentation."""
    status, out, _ = run(command, "--help")
    assert (status, f"Example: kg {command}" in out) == (0, True)
