"""The notebooks run from a fresh checkout, on the sample and on other pages, and are committed clean."""

import ast
import json
import warnings
from pathlib import Path

import pytest

pytest.importorskip("nbclient", reason="pip install 'kg[dev]'")
import nbformat
from jupyter_client import KernelManager
from nbclient import NotebookClient

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
VARIABLE = "ARTICLES = []"


def _code(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


@pytest.fixture(scope="module")
def kernel():
    """One kernel for all: loading the pipeline takes longer than the stories."""
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(cwd=str(FOLDER))
    yield manager
    manager.shutdown_kernel(now=True)


def test_there_are_five_numbered_notebooks():
    """Each story has its number."""
    assert [path.name[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_committed_without_output(path):
    """What a notebook showed on somebody's machine is not in the repository."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    kept = [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")]
    assert kept == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_defines_nothing(path):
    """Notebooks call kg: no function or class of their own."""
    defined = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    nodes = [node for cell in _code(path) for node in ast.walk(ast.parse(cell))]
    assert [node.name for node in nodes if isinstance(node, defined)] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_as_committed(path, kernel):
    """Run in Jupyter's kernel, without what earlier ones named, no cell fails, and none writes an error or warning."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell("%reset -f"))
    NotebookClient(notebook, km=kernel, timeout=120).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert [output for output in outputs if output.get("name") == "stderr"] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_on_another_folder(path, tmp_path):
    """One variable turns it to other pages, be there never so little on them."""
    (tmp_path / "page.txt").write_text("云杉科技园位于闵行区。\n", encoding="utf-8")
    code = _code(path)
    assert sum(VARIABLE in cell for cell in code) == 1
    names = {}
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        for cell in code:
            changed = cell.replace(VARIABLE, f"ARTICLES = [{str(tmp_path)!r}]")
            exec(compile(changed, path.name, "exec"), names)
    assert [name for _, name in names["g"].nodes(data="name")] == ["闵行区", "云杉科技园"]
