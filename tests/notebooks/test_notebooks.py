"""The notebooks, run from top to bottom as somebody who opens them would."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest
from nbformat import NotebookNode

CHECKOUT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((CHECKOUT / "notebooks").glob("*.ipynb"))

# What a cell must show, by notebook and cell: patterns that occur in its output in this order.
SHOWN = {
    "01-a-tour": {
        "build": r"[\d,]{5,} statements, data version [0-9a-f]{16}",
        "gaps": r"\d+ gaps in 28 targets\n17 of 28 wordings are not verified",
        "show-table": r"<th>finding</th>.*umbrella-only-row.*10 of 28 targets reach responsible actors",
        "one-gap": r"Objective C .* has no date at all.*severity .*evidence: C1: .*\[recalled\]",
        "coverage": r"C Issues of concern</td><td>☂</td>.*umbrella: \d+.*1 Whole life cycle",
        "coverage-empty": r"No poverty, Clean energy, Reduced inequalities, Sustainable cities",
        "library": r"A1</td>.*A5</td>.*B6</td>.*D2</td>.*D5</td>.*E1</td>.*E5</td>",
        "own-sparql": r"<td>2030</td>.*<td>2035</td>.*<td>no date</td><td>2</td>",
        "rdflib": r"tg:responsibleActor actor:governments",
        "network": r"Targets that name no actor, sector or stage in particular: .*C1.*hangs on a single target",
        "pages": r"<iframe srcdoc=.*Coverage map",
    }
}

# Put before the first cell: whoever tries to reach another machine is told so by an error.
_NO_NETWORK = """
import sys


def _refuse(event, arguments):
    if event == "socket.getaddrinfo" and arguments[0] not in (None, "localhost", "127.0.0.1", "::1"):
        raise RuntimeError(f"the notebook looks for {arguments[0]}")
    if event == "socket.connect" and isinstance(arguments[1], tuple) and arguments[1][0] not in ("127.0.0.1", "::1"):
        raise RuntimeError(f"the notebook connects to {arguments[1][0]}")


sys.addaudithook(_refuse)
"""


def _read(path: Path) -> NotebookNode:
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    return notebook


def _output(cell: NotebookNode) -> str:
    """What a cell printed and displayed."""
    parts = []
    for output in cell.outputs:
        data = output.get("data", {})
        parts.append(output.get("text") or data.get("text/html") or data.get("text/plain", ""))
    return "\n".join(parts)


def test_there_are_notebooks() -> None:
    assert [path.stem for path in NOTEBOOKS] == sorted(SHOWN)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_clean(path: Path) -> None:
    """No outputs, no counts, stable names of cells, nothing of the machine it was written on."""
    notebook = _read(path)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code) >= 8
    assert not [cell.id for cell in code if cell.outputs or cell.execution_count is not None]
    assert not [cell.id for cell in notebook.cells if not re.fullmatch(r"[a-z]+(-[a-z]+)*", cell.id)]
    assert set(notebook.metadata) <= {"kernelspec", "language_info"}
    assert notebook.metadata.kernelspec.name == "python3"
    assert set(notebook.metadata.language_info) == {"name"}
    again = nbformat.writes(notebook) + "\n"
    assert path.read_text(encoding="utf-8") == again


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_uses_no_private_names(path: Path) -> None:
    source = "\n".join(cell.source for cell in _read(path).cells if cell.cell_type == "code")
    imported = re.findall(r"^from (targetgraph[\w.]*) import (.+)$", source, re.MULTILINE)
    assert len(imported) >= 5
    assert not re.findall(r"\b_\w+|\w\._\w+", " ".join(f"{m} {names}" for m, names in imported))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_links_lead_somewhere(path: Path) -> None:
    text = "\n".join(cell.source for cell in _read(path).cells if cell.cell_type == "markdown")
    local = [unquote(link) for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link]
    assert not [link for link in local if not (path.parent / link).exists()]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
# The kernel's own libraries complain of each other; what our code says in the kernel does not come this way.
@pytest.mark.filterwarnings("default")
def test_notebook_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from nbclient import NotebookClient

    # Whatever store or settings the caller has must not matter, nor must those of other notebooks.
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "TMPDIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
        (tmp_path / name.lower()).mkdir()
    monkeypatch.delenv("TARGETGRAPH_STORE", raising=False)
    notebook = _read(path)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(_NO_NETWORK))
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": tmp_path}}).execute()

    del notebook.cells[0]
    shown = {cell.id: _output(cell) for cell in notebook.cells if cell.cell_type == "code"}
    expected = SHOWN[path.stem]
    assert set(expected) == set(shown)
    wrong = {i: shown[i][:2000] for i, pattern in expected.items() if not re.search(pattern, shown[i], re.DOTALL)}
    assert not wrong, wrong
    assert not [i for i, c in enumerate(notebook.cells) if any(o.get("name") == "stderr" for o in c.get("outputs", []))]


def test_reaching_out_is_noticed() -> None:
    """The guard itself, in an interpreter of its own."""
    reach = "import socket\nsocket.create_connection(('192.0.2.1', 80), timeout=1)"
    done = subprocess.run(
        [sys.executable, "-c", f"{_NO_NETWORK}\n{reach}"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "the notebook looks for 192.0.2.1" in done.stderr or "connects to 192.0.2.1" in done.stderr
